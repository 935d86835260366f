//! Addresses that are invited although they belong to members.

use super::Findings;
use super::case::Case;
use crate::domain::capabilities::Addresses;
use crate::domain::{
    Answer, ApiError, Cursor, Fault, InviteDraft, Member, Mutation, OrgId, Query, Text,
};

const WHAT: &str = "Members already";
/// Addresses that are looked for, one question each.
const MOST: usize = 10;

/// Refuses an invite to a member, where members are found by address.
pub(super) async fn members(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    let drafts: Vec<_> = drafts(case).collect();
    let (Addresses::Searched, Some(org)) = (case.can.rules.addresses, case.org_id()) else {
        return found;
    };
    for draft in drafts.iter().take(MOST) {
        match is_member(case, org, &draft.email).await {
            Some(true) => {
                let words = format!("{} is a member already", draft.email.raw());
                let error = ApiError::new(case.wish.verb(), Fault::Conflict);
                found.refuse(error.words(words));
            }
            Some(false) => {}
            None => found.unread(WHAT),
        }
    }
    if drafts.len() > MOST {
        let words = format!("could not be checked beyond the first {MOST} addresses");
        found.warn(WHAT, words);
    }
    found.checks.dedup();
    found
}

fn drafts<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a InviteDraft> {
    let drafts = |change: &'a Mutation| match change {
        Mutation::Invite { draft, .. } => std::slice::from_ref(draft),
        Mutation::InviteBulk { drafts, .. } => drafts.as_slice(),
        _ => &[],
    };
    case.steps.iter().flat_map(move |step| drafts(&step.change))
}

/// Whether somebody with this very address is among those whom the service finds by it.
async fn is_member(case: &Case<'_>, org: &OrgId, email: &Text) -> Option<bool> {
    let query = Query::Members {
        org: org.clone(),
        role: None,
        text: Some(email.clone()),
        page: Cursor::FIRST,
    };
    let Ok(Answer::Members(page)) = case.link.query(query).await else {
        return None;
    };
    let wanted = email.raw().to_lowercase();
    let same = |member: &Member| {
        let email = member.email.known();
        email.is_some_and(|email| email.raw().to_lowercase() == wanted)
    };
    Some(page.rows.iter().any(|row| same(&row.item)))
}
