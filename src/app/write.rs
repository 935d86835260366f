//! Writes, seen from the core: a plan that was agreed to becomes a task, its steps go out, what went
//! stale is asked for again.

use super::effect::{Effect, Effects, Ending};
use super::fault;
use super::model::{Leaving, Model};
use super::notice::{Notice, Word};
use super::overlay::returned;
use super::screen::{invites, members, orgs};
use super::store::SentNote;
use crate::domain::outcome::Proof;
use crate::domain::plan::{Seen, Step, TaskId};
use crate::domain::{ApiError, Mutation, Outcome, Plan, StepNo, Text, Verb, Wish};
use crate::job::Task;
use crate::job::task::{Mode, State};

/// A person has said yes to a plan that is on the screen.
pub(super) fn begin(model: &mut Model, plan: Plan, typed: Option<&str>) -> Effects {
    let task = TaskId(model.last_task.0 + 1);
    let Some(consent) = plan.agree(task, typed) else {
        model.say("this cannot be done: something still speaks against it");
        return Effects::new();
    };
    model.last_task = task;
    model
        .tasks
        .insert(task, Task::new(task, plan.clone(), consent));
    vec![Effect::Record { task, plan }]
}

/// The plan is in the journal, or could not be written.
pub(super) fn recorded(model: &mut Model, id: TaskId, result: Result<(), ApiError>) -> Effects {
    let failed = result.clone().err();
    if let Some(task) = model.tasks.get_mut(&id) {
        task.recorded(result);
    }
    if let Some(error) = failed {
        fail(model, id, error);
        returned::settled(model, id);
    }
    go_on(model)
}

/// The steps of all tasks that are due now.
pub(super) fn go_on(model: &mut Model) -> Effects {
    let now = model.now.moment;
    let mut effects = Effects::new();
    for (id, task) in &mut model.tasks {
        let going = task.next(now);
        effects.extend(going.into_iter().map(|go| Effect::Carry { task: *id, go }));
    }
    effects
}

/// A step came to its end.
pub(super) fn carried(
    model: &mut Model,
    id: TaskId,
    (step, outcome): (StepNo, Outcome),
) -> Effects {
    let now = model.now.moment;
    let Some(task) = model.tasks.get_mut(&id) else {
        return Effects::new();
    };
    let what = subject(&task.plan, step);
    let change = task.plan.steps[step].change.clone();
    task.settle(now, step, outcome.clone());
    if matches!(task.mode(), Mode::NeedsToken | Mode::Paused) {
        // Nothing here asks for another token or a longer wait yet: what was not sent is said to be not sent.
        task.stop();
    }
    let gave_up = *task.mode() == Mode::Stopping;
    if let (Outcome::NotApplied(error), true) = (&outcome, gave_up) {
        fail(model, id, error.clone());
    } else {
        tell(model, id, (what, &change, &outcome));
    }
    let mut effects = go_on(model);
    if model.tasks.get(&id).is_some_and(Task::is_over) {
        effects.extend(over(model, id));
    }
    if model.leaving == Leaving::WhenSent && !model.tasks.values().any(Task::is_sending) {
        effects.push(Effect::Quit(Ending::Quit));
    }
    effects
}

/// Says what came of a step.
fn tell(model: &mut Model, id: TaskId, (what, change, outcome): (String, &Mutation, &Outcome)) {
    match outcome {
        Outcome::Done(receipt) => {
            remember(model, change);
            let how = match receipt.proof {
                Proof::Answer => "done",
                Proof::ReadAgain => "done (the answer was lost; read again, it shows)",
                Proof::AlreadySo => "already so: nothing had to be sent",
            };
            model.say(format!("{what}: {how}"));
        }
        Outcome::Refused(error) => fail(model, id, error.clone()),
        Outcome::NotApplied(error) => model.say(fault::words(error).cause.as_str()),
        Outcome::Unknown => {
            let words = format!(
                "{what}: outcome unknown. The answer was lost and reading again did not settle it; \
                 it is not sent again by itself. Look before you repeat it"
            );
            add(model, id, Word::Unknown(Text::from(words)));
        }
        Outcome::Differs(_) => {
            let words = format!(
                "{what}: not sent. Somebody has changed it meanwhile; look at it and decide again"
            );
            add(model, id, Word::Note(Text::from(words)));
        }
    }
}

/// What a change is about, in a few words.
fn subject(plan: &Plan, step: StepNo) -> String {
    let Step { change, seen, .. } = &plan.steps[step];
    let doing = fault::doing(change.verb());
    match change {
        Mutation::Invite { draft, .. } => format!("{doing} {}", draft.email.raw()),
        Mutation::RevokeInvite { invite } => match seen {
            Seen::Invite(seen) => {
                let to = seen.email.known().unwrap_or(seen.at.id.text());
                format!("{doing} of {}", to.raw())
            }
            Seen::Nothing | Seen::Gone | Seen::Org(_) | Seen::Member(_) | Seen::Invites(_) => {
                format!("{doing} {}", invite.id.raw())
            }
        },
        Mutation::InviteBulk { drafts, .. } => format!("{doing} {} people", drafts.len()),
        Mutation::CreateOrg { .. }
        | Mutation::EditOrg { .. }
        | Mutation::DeleteOrg { .. }
        | Mutation::SetLogo { .. }
        | Mutation::RemoveLogo { .. }
        | Mutation::MergeMetadata { .. }
        | Mutation::AddMember { .. }
        | Mutation::SetRole { .. }
        | Mutation::GiveRole { .. }
        | Mutation::TakeRole { .. }
        | Mutation::RemoveMember { .. }
        | Mutation::AcceptInvite { .. } => doing.to_owned(),
    }
}

/// Where the service keeps no list of invites, the program remembers what it sent.
fn remember(model: &mut Model, change: &Mutation) {
    let Mutation::Invite { org, draft } = change else {
        return;
    };
    let unlisted = model
        .store
        .account(org.profile())
        .is_some_and(|account| account.capabilities.refusal(Verb::InviteList).is_some());
    if unlisted {
        model.store.sent_notes.push(SentNote {
            org: org.clone(),
            email: draft.email.clone(),
            at: model.now.wall,
        });
    }
}

fn fail(model: &mut Model, id: TaskId, error: ApiError) {
    add(model, id, Word::Failed(error, None));
}

fn add(model: &mut Model, id: TaskId, word: Word) {
    let profile = model.tasks.get(&id).map(|task| task.profile().clone());
    model.notices.add(Notice {
        at: model.now.wall,
        profile,
        word,
    });
}

/// A task is over: what it made stale is read again. What failed stays on its row until it is dismissed.
fn over(model: &mut Model, id: TaskId) -> Effects {
    let Some(task) = model.tasks.get(&id) else {
        return Effects::new();
    };
    let wish = task.plan.wish.clone();
    let mut effects = returned::settled(model, id);
    let Some(task) = model.tasks.get(&id) else {
        return effects;
    };
    let clean = task
        .steps()
        .all(|(_, state)| matches!(state, State::Done(_)));
    if clean {
        model.tasks.remove(&id);
    }
    effects.extend(stale(model, &wish));
    effects
}

fn stale(model: &mut Model, wish: &Wish) -> Effects {
    let profile = wish.profile().clone();
    let mut effects = match wish.verb() {
        Verb::InviteCreate | Verb::InviteRevoke | Verb::InviteResend => invites::read(model),
        Verb::MemberAdd | Verb::MemberRole | Verb::MemberRemove => members::read(model),
        Verb::OrgCreate
        | Verb::OrgEdit
        | Verb::OrgDelete
        | Verb::LogoSet
        | Verb::LogoRemove
        | Verb::MetadataSet
        | Verb::MemberLeave
        | Verb::InviteAccept => orgs::read_one(model, &profile),
        Verb::WhoAmI
        | Verb::OrgList
        | Verb::OrgShow
        | Verb::MetadataShow
        | Verb::MemberList
        | Verb::MemberShow
        | Verb::MemberRoles
        | Verb::InviteList
        | Verb::RoleList
        | Verb::UserFind
        | Verb::UserMemberships => Effects::new(),
    };
    if model.panes.invite_scope == super::model::InviteScope::All {
        effects.extend(invites::read_all(model));
    }
    refresh_counts(model, wish);
    effects
}

/// The organization's row holds counts, so its rest is read again.
fn refresh_counts(model: &mut Model, wish: &Wish) {
    let org = match wish {
        Wish::Invite { org, .. } | Wish::AddMember { org, .. } => org.clone(),
        Wish::RevokeInvite { invite } => invite.at.org.clone(),
        Wish::RemoveMember { member } => member.at.org.clone(),
        Wish::CreateOrg { .. }
        | Wish::EditOrg { .. }
        | Wish::DeleteOrg { .. }
        | Wish::SetLogo { .. }
        | Wish::RemoveLogo { .. }
        | Wish::SetMetadata { .. }
        | Wish::SetRoles { .. }
        | Wish::Leave { .. }
        | Wish::Resend(_)
        | Wish::AcceptInvite { .. } => return,
    };
    if let Some(account) = model.store.account_mut(org.profile()) {
        account.orgs.retry(&org);
    }
}
