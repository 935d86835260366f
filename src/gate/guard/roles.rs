//! Roles that were typed and not chosen: whether the service lists them for this organization.

use super::Findings;
use super::case::Case;
use crate::domain::capabilities::Vocabulary;
use crate::domain::{Answer, Mutation, OrgRef, Query, Role, Row};

const WHAT: &str = "Role";

/// Looks roles without an id up, where the service lists its roles.
pub(super) async fn listed(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    let wanted: Vec<_> = wanted(case).filter(|role| role.id.is_none()).collect();
    if wanted.is_empty() || case.can.vocabulary != Vocabulary::Listed {
        return found;
    }
    let org = case.org_id().cloned();
    let Ok(Answer::Roles(rows)) = case.link.query(Query::Roles { org }).await else {
        found.unread(WHAT);
        return found;
    };
    let known: Vec<_> = rows.into_iter().filter_map(Row::known).collect();
    for role in wanted {
        if known.iter().all(|one| one.key != role.key) {
            let words = format!(
                "{} is not among those listed for this organization",
                role.key.raw()
            );
            found.warn(WHAT, words);
        }
    }
    found.checks.dedup();
    found
}

fn wanted<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Role> {
    let invited = |change: &'a Mutation| change.drafts().iter().filter_map(|one| one.role.as_ref());
    let changes = case.steps.iter().map(|step| &step.change);
    changes.flat_map(move |change| given(change).into_iter().chain(invited(change)))
}

/// The role that somebody gets who is there already.
fn given(change: &Mutation) -> Option<&Role> {
    if let Mutation::SetRole { role, .. }
    | Mutation::AddMember {
        org: OrgRef::Id(_),
        role,
        ..
    } = change
    {
        Some(role)
    } else {
        None
    }
}
