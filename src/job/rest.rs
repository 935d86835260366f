//! What is left of a plan that stopped half-way: never what was done, never what may have been done.

use crate::domain::mutation::OrgRef;
use crate::domain::outcome::{Made, Receipt};
use crate::domain::wish::Resend;
use crate::domain::{Assignment, Fields, Member, Mutation, OrgId, Role, Seen, Value, Wish};

use super::Task;
use super::part::Part;
use super::task::{Mode, State};

/// The key under which a wish carries metadata that a request of its own merges.
const METADATA: &str = "public_metadata";

/// What of a task failed or was not sent, to be tried once more: never what was done, and never what may
/// have been done.
pub fn failed(task: &Task) -> Option<Wish> {
    if !task.is_over() {
        return None;
    }
    if let Wish::Each(_) = task.plan.wish {
        let parts = task.parts();
        let again = parts.iter().filter(|part| is_open(task, part));
        return Wish::each(again.map(|part| renewed(task, part)).collect());
    }
    let all_left = task.steps().all(|(_, state)| is_left(state));
    let wish = || task.plan.wish.clone();
    all_left.then(wish).or_else(|| rest(task))
}

/// Whether it is certain of each step of a row that it was done or was not, and some were not.
fn is_open(task: &Task, part: &Part<'_>) -> bool {
    let states = || task.states()[part.steps.clone()].iter();
    states().any(is_left) && states().all(|state| is_left(state) || is_done(state))
}

/// The wish of a row with the record as it was found when it had changed.
pub fn renewed(task: &Task, part: &Part<'_>) -> Wish {
    let mut wish = part.wish.clone();
    for number in part.steps.clone() {
        if let State::Differs(now) = &task.states()[number] {
            renew(&mut wish, &task.plan.steps[number].change, now);
        }
    }
    wish
}

/// Puts what is there now into a wish that carries the record as it was shown.
pub fn renew(wish: &mut Wish, change: &Mutation, now: &Seen) {
    let is_one = matches!(change, Mutation::SetRole { .. });
    match (wish, now) {
        (Wish::RemoveMember { member }, Seen::Member(now)) if member.at == now.at => {
            member.clone_from(now);
        }
        (Wish::SetRoles { from, .. }, Seen::Member(now)) if is_one => {
            *from = now.assignments().to_vec();
        }
        (Wish::SetRoles { from, to, .. }, Seen::Member(now)) => renew_roles(now, (from, to)),
        (
            Wish::RevokeInvite { invite } | Wish::Resend(Resend::Listed(invite)),
            Seen::Invite(now),
        ) => {
            let redirect = invite.redirect.clone();
            invite.clone_from(now);
            if invite.redirect.known().is_none() {
                invite.redirect = redirect;
            }
        }
        _ => {}
    }
}

/// The roles as they are now become those that were shown. What somebody else has given stays given and what
/// somebody else has taken stays taken: nobody asked for either of those to change.
fn renew_roles(now: &Member, (from, to): (&mut Vec<Assignment>, &mut Vec<Role>)) {
    let Some(held) = now.roles.known() else {
        return;
    };
    let holds =
        |roles: &[Assignment], role: &Role| roles.iter().any(|one| one.role.key == role.key);
    let shown = std::mem::replace(from, held.clone());
    to.retain(|role| !holds(&shown, role) || holds(held, role));
    let came = held.iter().filter(|one| !holds(&shown, &one.role));
    for one in came {
        if !to.iter().any(|role| role.key == one.role.key) {
            to.push(one.role.clone());
        }
    }
}

/// What of a task was not done although other steps of it were, or for want of a token, as a wish of its
/// own.
pub fn rest(task: &Task) -> Option<Wish> {
    if let Wish::Each(_) = task.plan.wish {
        return failed(task);
    }
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
        (
            _,
            Mutation::AddMember {
                org,
                user,
                role,
                metadata,
            },
        ) => Some(Wish::AddMember {
            org: existing(org, task)?,
            user: user.clone(),
            role: role.clone(),
            metadata: metadata.clone(),
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
