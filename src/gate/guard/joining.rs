//! What is there already: members, open invites and organizations that a plan would make again.

use super::Findings;
use super::case::Case;
use crate::domain::plan::Seen;
use crate::domain::{ApiError, Fault, Mutation, OrgRef, Step};

/// Refuses what exists.
pub(super) fn already(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    for words in case.steps.iter().filter_map(exists) {
        let error = ApiError::new(case.wish.verb(), Fault::Conflict);
        found.refuse(error.words(words));
    }
    found
}

fn exists(step: &Step) -> Option<String> {
    match (&step.change, &step.seen) {
        (Mutation::Invite { draft, .. }, Seen::Invites(open)) if !open.is_empty() => Some(format!(
            "{} has an open invite already: send that one again",
            draft.email.raw()
        )),
        (
            Mutation::AddMember {
                org: OrgRef::Id(_), ..
            },
            Seen::Member(member),
        ) => Some(format!(
            "{} is a member already: change the role instead",
            member.display_name().raw()
        )),
        (Mutation::CreateOrg { .. }, Seen::Org(org)) => Some(format!(
            "the short name is taken by {}: choose another one",
            org.display_name().raw()
        )),
        _ => None,
    }
}
