//! What is left of a plan that stopped half-way: never what was done, never what may have been done.

use crate::domain::mutation::OrgRef;
use crate::domain::outcome::{Made, Receipt};
use crate::domain::{Fields, Mutation, OrgId, Value, Wish};

use super::Task;
use super::task::{Mode, State};

/// The key under which a wish carries metadata that a request of its own merges.
const METADATA: &str = "public_metadata";

/// What of a task was not done although other steps of it were, or for want of a token, as a wish of its
/// own.
pub fn rest(task: &Task) -> Option<Wish> {
    let some_done = task.steps().any(|(_, state)| is_done(state));
    if !task.is_over() || !(some_done || *task.mode() == Mode::NeedsToken) {
        return None;
    }
    if task.steps().all(|(_, state)| is_left(state)) {
        return Some(task.plan.wish.clone());
    }
    let left: Vec<&Mutation> = task
        .steps()
        .filter(|(_, state)| is_left(state))
        .map(|(step, _)| &step.change)
        .collect();
    match (&task.plan.wish, left.first()?) {
        // From the roles as they are, the same wish comes to what is missing and to nothing else.
        (Wish::SetRoles { .. }, _) => Some(task.plan.wish.clone()),
        (_, Mutation::Invite { org, .. } | Mutation::InviteBulk { org, .. }) => {
            let drafts = left.iter().flat_map(|change| change.drafts()).cloned();
            Some(Wish::Invite {
                org: org.clone(),
                drafts: drafts.collect(),
            })
        }
        (_, Mutation::AddMember { org, user, role }) => Some(Wish::AddMember {
            org: existing(org, task)?,
            user: user.clone(),
            role: role.clone(),
        }),
        (_, Mutation::EditOrg { org, .. } | Mutation::MergeMetadata { org, .. }) => {
            Some(Wish::EditOrg {
                org: org.clone(),
                fields: fields(&left),
            })
        }
        (
            _,
            Mutation::CreateOrg { .. }
            | Mutation::DeleteOrg { .. }
            | Mutation::SetLogo { .. }
            | Mutation::RemoveLogo { .. }
            | Mutation::SetRole { .. }
            | Mutation::GiveRole { .. }
            | Mutation::TakeRole { .. }
            | Mutation::RemoveMember { .. }
            | Mutation::RevokeInvite { .. }
            | Mutation::AcceptInvite { .. },
        ) => None,
    }
}

/// Whether a step is done.
pub fn is_done(state: &State) -> bool {
    matches!(state, State::Done(_))
}

/// Whether it is certain that a step was not done, and nothing more comes of it.
pub fn is_left(state: &State) -> bool {
    match state {
        State::Refused(_) | State::Differs(_) | State::Skipped => true,
        State::Waiting | State::Sent | State::Done(_) | State::Unknown => false,
    }
}

/// The organization of a step: its own, or the one that a step before has made.
fn existing(org: &OrgRef, task: &Task) -> Option<OrgId> {
    match org {
        OrgRef::Id(id) => Some(id.clone()),
        OrgRef::Of(_, number) => match task.steps().nth(*number)?.1 {
            State::Done(Receipt {
                made: Some(Made::Org(id)),
                ..
            }) => Some(id.clone()),
            State::Done(_)
            | State::Waiting
            | State::Sent
            | State::Refused(_)
            | State::Differs(_)
            | State::Unknown
            | State::Skipped => None,
        },
    }
}

fn fields(left: &[&Mutation]) -> Fields {
    let mut all = Fields::default();
    for change in left {
        if let Mutation::EditOrg { fields, .. } = change {
            fields
                .iter()
                .for_each(|(key, value)| all.set(key, value.clone()));
        }
        if let Mutation::MergeMetadata { merge, .. } = change {
            all.set(METADATA, Value::Json(merge.clone()));
        }
    }
    all
}
