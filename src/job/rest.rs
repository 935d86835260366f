//! What is left of a plan that stopped half-way: never what was done, never what may have been done.

use crate::domain::mutation::OrgRef;
use crate::domain::outcome::{Made, Receipt};
use crate::domain::wish::Resend;
use crate::domain::wished::fields;
use crate::domain::{Assignment, Member, Mutation, OrgId, Role, Seen, StepNo, Wish};

use super::Task;
use super::part::Part;
use super::task::{Mode, State};

/// What of a task failed or was not sent, to be tried once more: never what was done, and never what may
/// have been done.
pub fn failed(task: &Task) -> Option<Wish> {
    again(task, is_left)
}

/// What of a task waits to be taken up: what was not sent, nothing that anybody has said no to, and the other
/// halves of what is half done.
pub fn waiting(task: &Task) -> Option<Wish> {
    let is_unsent: fn(&State) -> bool = |state| *state == State::Skipped;
    if !task.is_over() || task.heir.is_some() {
        return None;
    }
    if task.is_half_done_as_a_whole() {
        return failed(task);
    }
    let Wish::Each(_) = task.plan.wish else {
        return again(task, is_unsent);
    };
    let waits = |part: &&Part<'_>| {
        is_open(task, part, is_unsent) || (task.is_half_done(part) && is_open(task, part, is_left))
    };
    let parts = task.parts();
    let waiting = parts.iter().filter(waits);
    Wish::each(waiting.map(|part| renewed(task, part)).collect())
}

/// Whether a task that is over has left something to be taken up or to be tried again, in this session or a
/// later one. What nobody sent anything of is over with its session, unless it was to finish something.
pub fn leaves_something(task: &Task) -> bool {
    let has = |is_met: fn(&State) -> bool| task.states().iter().any(is_met);
    has(is_done)
        || has(State::is_unknown)
        || (task.is_bulk() && has(|state| matches!(state, State::Refused(_))))
        || task.finishes()
}

/// Whether nothing came of a task that was to finish another one, so that all of that is left as it was. What
/// waits for a token, or has changed meanwhile, is offered once more as it is.
pub fn came_to_nothing(task: &Task) -> bool {
    let is_nothing = |state: &State| match state {
        State::Refused(_) | State::Skipped => true,
        State::Differs(now) => now.is_gone(),
        State::Waiting | State::Sent | State::Done(_) | State::Unknown(_) => false,
    };
    let is_held = *task.mode() == Mode::NeedsToken;
    task.finishes() && !is_held && task.states().iter().all(is_nothing)
}

/// What of a task is meant by its state, as a wish of its own.
fn again(task: &Task, is_meant: fn(&State) -> bool) -> Option<Wish> {
    if !task.is_over() || task.heir.is_some() {
        return None;
    }
    if let Wish::Each(_) = task.plan.wish {
        let parts = task.parts();
        let again = parts.iter().filter(|part| is_open(task, part, is_meant));
        return Wish::each(again.map(|part| renewed(task, part)).collect());
    }
    if task.states().iter().all(is_meant) {
        return Some(task.plan.wish.clone());
    }
    let numbers = 0..task.plan.steps.len();
    let left: Vec<&Mutation> = numbers
        .filter(|number| is_free(task, *number, is_meant))
        .map(|number| &task.plan.steps[number].change)
        .collect();
    of_steps(task, &left)
}

/// Whether it is certain of each step of a row that it was done or was not, and some are meant.
fn is_open(task: &Task, part: &Part<'_>, is_meant: fn(&State) -> bool) -> bool {
    let states = || task.states()[part.steps.clone()].iter();
    states().any(is_meant) && states().all(|state| is_meant(state) || is_done(state))
}

/// Whether a step is meant, and it is certain what came of those before it.
fn is_free(task: &Task, number: StepNo, is_meant: fn(&State) -> bool) -> bool {
    let mut before = task.plan.steps[number].after;
    while let Some(number) = before {
        let state = &task.states()[number];
        if !is_meant(state) && !is_done(state) {
            return false;
        }
        before = task.plan.steps[number].after;
    }
    is_meant(&task.states()[number])
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
    let shown = std::mem::replace(from, held.to_vec());
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
    let is_bulk = matches!(task.plan.wish, Wish::Each(_));
    let some_done = task.states().iter().any(is_done);
    let is_begun = is_bulk || some_done || *task.mode() == Mode::NeedsToken;
    failed(task).filter(|_| is_begun)
}

/// The wish that these steps of a task come to.
fn of_steps(task: &Task, left: &[&Mutation]) -> Option<Wish> {
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
                fields: fields(left),
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
        State::Waiting | State::Sent | State::Done(_) | State::Unknown(_) => false,
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
            | State::Unknown(_)
            | State::Skipped => None,
        },
    }
}
