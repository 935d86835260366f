//! What is said of writes: what came of each step, and of a task that stopped half-way.

use std::time::Duration;

use crate::app::fault;
use crate::app::model::Model;
use crate::app::notice::{Notice, Word};
use crate::app::store::SentNote;
use crate::app::tasks;
use crate::domain::mutation::Parting;
use crate::domain::outcome::Proof;
use crate::domain::plan::{Seen, Step, TaskId};
use crate::domain::{
    ApiError, Clean, Fault, Member, Mutation, OrgId, Outcome, Plan, StepNo, Text, Verb, Wish,
};
use crate::job::Task;
use crate::job::rest::{failed, is_done, rest};
use crate::job::task::{Mode, PATIENCE, State};

/// Steps of a task that are named one by one in a message.
const FEW: usize = 6;

/// Characters of a name in a message.
const SHOWN: usize = 80;

/// Says what came of a step.
pub(super) fn outcome(model: &mut Model, id: TaskId, (step, outcome): (StepNo, &Outcome)) {
    let Some(task) = model.tasks.get(&id) else {
        return;
    };
    let what = subject(model, &task.plan, step);
    let is_row = matches!(task.plan.wish, Wish::Each(_));
    let change = task.plan.steps[step].change.clone();
    let unsettled = fault::unsettled(&task.plan.steps[step]);
    let waits = task.steps().nth(step).map(|(_, state)| state.clone()) == Some(State::Waiting);
    match outcome {
        Outcome::Done(receipt) => {
            let done = task.steps().filter(|(_, state)| is_done(state)).count();
            let of = match task.steps().count() {
                1 => String::new(),
                all => format!(" ({done} of {all} requests)"),
            };
            remember(model, &change);
            let how = match receipt.proof {
                Proof::Answer => "done".to_owned(),
                Proof::Unread => {
                    "done (what the answer said beside that cannot be read)".to_owned()
                }
                Proof::ReadAgain => format!("done ({})", fault::read_again(receipt)),
                Proof::AlreadySo => fault::already_so(receipt),
            };
            model.say(format!("{what}: {how}{of}"));
        }
        Outcome::NotApplied(error) if waits => model.say(fault::words(error).cause.as_str()),
        // Said once nothing of the task is under way any more.
        Outcome::NotApplied(_) if *task.mode() == Mode::NeedsToken => {}
        // What came of the rows of a bulk is said when it is over, and each has its row in the task.
        Outcome::Refused(error) | Outcome::NotApplied(error) if is_row => {
            model.say(format!("{what}: {}", fault::reason(error)));
        }
        Outcome::Unknown if is_row => model.say(format!("{what}: outcome unknown")),
        Outcome::Unproven(error) if is_row => {
            model.say(format!("{what}: outcome unknown: {}", fault::came(error)));
        }
        Outcome::Refused(error) | Outcome::NotApplied(error) => fail(model, id, error.clone()),
        Outcome::Unknown | Outcome::Unproven(_) => {
            let came = if let Outcome::Unproven(error) = outcome {
                fault::came(error)
            } else {
                "the answer was lost".to_owned()
            };
            let words = Text::from(format!(
                "{what}: outcome unknown: {came}, and {unsettled}. It is not sent again by itself"
            ));
            let look = look(model, &change);
            let task = id;
            add(model, id, Word::Unknown { task, words, look });
        }
        // Said when the task is over, with what has changed.
        Outcome::Differs(_) => {}
    }
}

/// Where a person sees whether a change was made whose answer was lost.
fn look(model: &Model, change: &Mutation) -> &'static str {
    match change {
        Mutation::CreateOrg { .. } => "press 1 and R: if it was made, it is in the list",
        Mutation::DeleteOrg { .. } => {
            "press 1 and R: if it was deleted, it is no longer in the list"
        }
        Mutation::AcceptInvite { .. } => {
            "press 1 and R: if it was accepted, the organization is in the list"
        }
        Mutation::EditOrg { .. } | Mutation::MergeMetadata { .. } => {
            "press 1 and d: the details show what is there now"
        }
        Mutation::SetLogo { .. } => {
            "press 1 and d: what the service sent names the logo that is there"
        }
        Mutation::RemoveLogo { .. } => "press 1 and d: if it was removed, the details name no logo",
        Mutation::AddMember { .. } => "press 3 and R: if it was done, the person is in the list",
        Mutation::SetRole { .. } | Mutation::GiveRole { .. } | Mutation::TakeRole { .. } => {
            "press 3 and R: the list shows the roles as they are"
        }
        Mutation::RemoveMember {
            why: Parting::Leaves,
            ..
        } => "press 1 and R: if you have left, it is no longer in the list",
        Mutation::RemoveMember {
            why: Parting::Removed,
            ..
        } => "press 3 and R: if it was done, the row is gone",
        Mutation::Invite { org, .. } | Mutation::InviteBulk { org, .. } => {
            let account = model.store.account(org.profile());
            if account.is_some_and(|account| account.refusal(Verb::InviteList).is_none()) {
                "press 4 and R: who was invited is in the list"
            } else {
                "no list can show it: ask whether the mail has come"
            }
        }
        Mutation::RevokeInvite { .. } => "press 4 and R: if it was done, the row is gone",
    }
}

/// What a change is about, in a few words.
fn subject(model: &Model, plan: &Plan, step: StepNo) -> String {
    let Step { change, seen, .. } = &plan.steps[step];
    let doing = fault::doing(change.verb());
    match (change, seen) {
        (Mutation::Invite { draft, .. }, _) => {
            let is_again = plan.wish.verb() == Verb::InviteResend;
            let again = if is_again { " again" } else { "" };
            format!("{doing} {}{again}", draft.email.raw())
        }
        (Mutation::AddMember { user, .. }, _) => {
            format!("{doing} {}", user.text().excerpt(SHOWN))
        }
        (Mutation::InviteBulk { drafts, .. }, _) => format!("{doing} {} people", drafts.len()),
        (Mutation::RevokeInvite { invite }, seen) => match seen {
            Seen::Invite(seen) => {
                let to = seen.email.known().unwrap_or(seen.at.id.text());
                format!("{doing} of {}", to.raw())
            }
            Seen::Nothing
            | Seen::Gone
            | Seen::Org(_)
            | Seen::Member(_)
            | Seen::Invites(_)
            | Seen::Orgs(_) => {
                format!("{doing} {}", invite.id.raw())
            }
        },
        (Mutation::GiveRole { role, .. }, Seen::Member(member)) => {
            let role = role.name.excerpt(SHOWN);
            format!("give {} the role {role}", called(member))
        }
        (Mutation::TakeRole { role, .. }, Seen::Member(member)) => {
            let role = role.name.excerpt(SHOWN);
            format!("take the role {role} from {}", called(member))
        }
        (Mutation::SetRole { role, .. }, Seen::Member(member)) => {
            let role = role.name.excerpt(SHOWN);
            format!("change the role of {} to {role}", called(member))
        }
        (
            Mutation::RemoveMember {
                member,
                why: Parting::Leaves,
            },
            _,
        ) => format!("{doing} {}", org_name(model, &member.org)),
        (Mutation::CreateOrg { fields, .. }, _) => match fields.text("name") {
            Some(name) => format!("create the organization {}", name.excerpt(SHOWN)),
            None => doing.to_owned(),
        },
        (
            Mutation::SetLogo { .. } | Mutation::RemoveLogo { .. } | Mutation::MergeMetadata { .. },
            Seen::Org(org),
        ) => format!("{doing} of {}", org.display_name().excerpt(SHOWN)),
        (_, Seen::Member(member)) => format!("{doing}: {}", called(member)),
        (_, Seen::Org(org)) => format!("{doing} {}", org.display_name().excerpt(SHOWN)),
        (_, Seen::Nothing | Seen::Gone | Seen::Invite(_) | Seen::Invites(_) | Seen::Orgs(_)) => {
            doing.to_owned()
        }
    }
}

fn org_name(model: &Model, id: &OrgId) -> Clean {
    let row = model.store.org(id);
    let name = row.map_or(id.text(), |row| row.item.display_name());
    name.excerpt(SHOWN)
}

fn called(member: &Member) -> Clean {
    member.display_name().excerpt(SHOWN)
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

/// A task stopped half-way: what was done and what was not.
pub(super) fn half_done(model: &mut Model, task: &Task) {
    if let Wish::Each(_) = task.plan.wish {
        bulk(model, task);
        return;
    }
    let done = task.steps().filter(|(_, state)| is_done(state)).count();
    if done == 0 || done == task.steps().count() {
        return;
    }
    let words = Text::from(each_step(model, task, done));
    let word = Word::Unfinished {
        task: task.id,
        kind: "HALF DONE",
        words,
        next: match rest(task) {
            Some(_) => "g f finishes it",
            None => "look at it before you go on",
        },
    };
    add(model, task.id, word);
}

/// What is half done is left so: nothing came of what was to finish it.
pub(super) fn left_half_done(model: &mut Model, task: &Task) {
    if task.tally().half_done > 0 {
        half_done(model, task);
    }
}

/// A bulk is over: how many rows came to what, and why not all of them were done.
fn bulk(model: &mut Model, task: &Task) {
    let tally = task.tally();
    let doing = fault::doing(task.plan.wish.verb());
    let counts = format!("{doing}: {}", tally.words());
    if tally.done + tally.already == tally.all() {
        model.say(counts);
        return;
    }
    let mut why: Vec<String> = Vec::new();
    for (_, state) in task.steps() {
        if let State::Refused(error) = state {
            let reason = fault::reason(error).clone();
            if !why.contains(&reason) {
                why.push(reason);
            }
        }
    }
    why.truncate(2);
    let words = [vec![counts], why].concat().join("; ");
    let word = Word::Unfinished {
        task: task.id,
        kind: "NOT ALL DONE",
        words: Text::from(words),
        next: match failed(task) {
            Some(_) => "w shows each row, g f takes up what was not done",
            None => "w shows each row: look before you repeat any",
        },
    };
    add(model, task.id, word);
}

/// What came of each step; of a long task only of some that were not done.
fn each_step(model: &Model, task: &Task, done: usize) -> String {
    let count = task.steps().count();
    let said = |(number, (_, state)): (usize, (&Step, &State))| {
        format!("{}: {}", subject(model, &task.plan, number), ended(state))
    };
    let each = task.steps().enumerate();
    if count <= FEW {
        return each.map(said).collect::<Vec<_>>().join("; ");
    }
    let bad = each.filter(|(_, (_, state))| !is_done(state));
    let mut words = vec![format!("{done} of {count} requests done")];
    words.extend(bad.take(FEW).map(said));
    let more = (count - done).saturating_sub(FEW);
    words.extend((more > 0).then(|| format!("{more} more not done")));
    words.join("; ")
}

/// A task is over for want of a token, and nothing of it is done: it can be taken up again.
pub(super) fn unsent(model: &mut Model, id: TaskId, last: &Outcome) {
    let Some(task) = model.tasks.get(&id) else {
        return;
    };
    let some_done = task.steps().any(|(_, state)| is_done(state));
    if *task.mode() != Mode::NeedsToken || some_done {
        return;
    }
    let error = match last {
        Outcome::NotApplied(error) => error.clone(),
        Outcome::Done(_)
        | Outcome::Refused(_)
        | Outcome::Unknown
        | Outcome::Unproven(_)
        | Outcome::Differs(_) => ApiError::new(task.plan.wish.verb(), Fault::SignedOut),
    };
    if rest(task).is_none() {
        return fail(model, id, error);
    }
    let parts = task.parts();
    let names = parts
        .iter()
        .filter(|part| *task.standing(part) == State::Skipped);
    let names: Vec<String> = names
        .map(|part| subject(model, &task.plan, part.steps.start))
        .collect();
    let more = names.len().saturating_sub(FEW);
    let mut words = names[..names.len() - more].join("; ");
    if more > 0 {
        words = format!("{words} and {more} more, w shows each row");
    }
    let words = format!("{words}: {}", fault::reason(&error));
    let word = Word::Unfinished {
        task: id,
        kind: "NOT SENT",
        words: Text::from(words),
        next: "g f offers it again once the token is good",
    };
    add(model, id, word);
}

/// How a step ended, in a message.
fn ended(state: &State) -> String {
    match state {
        State::Done(_) => "done".to_owned(),
        State::Refused(error) => format!("not done, {}", fault::reason(error)),
        State::Differs(_) => "not sent, it has changed meanwhile".to_owned(),
        State::Unknown(Some(came)) => format!("outcome unknown, {}", fault::came(came)),
        State::Unknown(None) => "outcome unknown".to_owned(),
        State::Waiting | State::Sent | State::Skipped => "not sent".to_owned(),
    }
}

/// A task waits for longer than anybody sits out.
pub(super) fn waits(model: &mut Model, task: &Task) {
    if *task.mode() != Mode::TooLong {
        return;
    }
    model.notices.finished(task.id);
    let wait = task.patience().since(model.now.moment).as_secs();
    let doing = fault::doing(task.plan.wish.verb());
    let is_again = Duration::from_secs(wait) <= PATIENCE;
    let again = if is_again { ", again and again" } else { "" };
    let word = Word::Unfinished {
        task: task.id,
        kind: "WAITS",
        words: Text::from(format!(
            "{doing}: the service asks for {wait} s of patience{again}"
        )),
        next: "g f decides whether to wait or to stop",
    };
    add(model, task.id, word);
}

pub(super) fn fail(model: &mut Model, id: TaskId, error: ApiError) {
    add(model, id, Word::Failed(error, None));
}

pub(super) fn add(model: &mut Model, id: TaskId, word: Word) {
    let profile = tasks::find(model, id).map(|task| task.profile().clone());
    model.notices.add(Notice {
        at: model.now.wall,
        profile,
        word,
    });
}
