//! Questions that a task itself leads to: whether to wait, whether to finish it, and whether it is still
//! wanted after somebody has changed the record. None of them opens above another layer.

use crate::app::confirm::{Asking, Note};
use crate::app::effect::Effects;
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::notice::Word;
use crate::app::screen::asks::{self, Question};
use crate::app::{called, differs};
use crate::domain::plan::{Seen, Weight};
use crate::domain::{ApiError, Fault, Profile, Step, Text, Verb, Wish};
use crate::job::rest::{failed, is_done, renew, renewed, rest};
use crate::job::task::{Mode, State};
use crate::job::{Part, Task};

use super::past::{self, taking_up};
use super::tell;

/// Takes up what is left of the newest task that has something left.
pub(in crate::app) fn finish(model: &mut Model) -> Effects {
    let tasks: Vec<Task> = model.tasks.values().rev().cloned().collect();
    for task in tasks {
        if *task.mode() == Mode::TooLong {
            open_wait(model, &task);
            return Effects::new();
        }
        if let Some(question) = left(model, &task) {
            return asks::question(model, question);
        }
    }
    if let Some(question) = past::left(model) {
        return asks::question(model, question);
    }
    model.say("nothing is left to be finished");
    Effects::new()
}

/// Asks about the newest task of a profile that lacked a token, now that there is one.
pub(in crate::app) fn offer(model: &mut Model, profile: &Profile) -> Effects {
    if !model.overlays.is_empty() {
        return Effects::new();
    }
    let mut tasks = model.tasks.values().rev();
    let lacked = tasks
        .find(|task| *task.mode() == Mode::NeedsToken && task.profile() == profile)
        .cloned();
    match lacked.and_then(|task| left(model, &task)) {
        Some(question) => asks::question(model, question),
        None => Effects::new(),
    }
}

/// The question that takes a task up again, where there is something to ask.
fn left(model: &Model, task: &Task) -> Option<Question> {
    let question = match rest(task) {
        Some(_) if matches!(task.plan.wish, Wish::Each(_)) => return again(model, task),
        Some(wish) => asks::of(model, wish),
        None => changed_question(model, task)?,
    };
    Some(taking_up(question, task))
}

/// The question that tries once more what failed of a task, where something can be tried.
pub(in crate::app) fn again(model: &Model, task: &Task) -> Option<Question> {
    let mut question = asks::of(model, failed(task)?);
    question.left.splice(0..0, met(task));
    question.notes.splice(0..0, changes(task));
    Some(taking_up(question, task))
}

/// Asks whether a task that waits for longer than anybody sits out shall.
pub(in crate::app) fn ask_wait(model: &mut Model, id: crate::domain::plan::TaskId) {
    if let Some(task) = model.tasks.get(&id).cloned() {
        open_wait(model, &task);
    }
}

/// A task waits for longer than anybody sits out: whether it shall.
pub(super) fn ask_to_wait(model: &mut Model, id: crate::domain::plan::TaskId) {
    let Some(task) = model.tasks.get(&id).cloned() else {
        return;
    };
    tell::waits(model, &task);
    if model.overlays.is_empty() {
        open_wait(model, &task);
    }
}

fn open_wait(model: &mut Model, task: &Task) {
    let mut question = asks::of(model, task.plan.wish.clone());
    question.title = Text::from("Wait or stop");
    question.yes = "wait";
    question.notes.clear();
    let confirm = asks::opened(model, question, Asking::Waiting(task.id, None));
    model.overlays.push(Overlay::Confirm(Box::new(confirm)));
}

/// Asks whether the program is left although tasks have more to send; whether there was anything to ask.
pub(in crate::app) fn ask_to_leave(model: &mut Model) -> bool {
    let has_more = |task: &&Task| task.steps().any(|(_, state)| *state == State::Waiting);
    let Some(task) = model.tasks.values().find(has_more) else {
        return false;
    };
    let wish = task.plan.wish.clone();
    let mut question = asks::of(model, wish);
    question.title = Text::from("Leave while something is being sent");
    question.yes = "stop the rest and leave";
    question.about.clear();
    question.notes.clear();
    let confirm = asks::opened(model, question, Asking::Leaving(None));
    model.overlays.push(Overlay::Confirm(Box::new(confirm)));
    true
}

/// Nothing of a task was sent, since somebody has changed the record: that is said, and asked again with
/// both.
pub(super) fn changed(model: &mut Model, task: &Task) -> Effects {
    if let Wish::Each(_) = task.plan.wish {
        return changed_rows(model, task);
    }
    if let Some(verb) = vanished(task) {
        tell::fail(model, task.id, ApiError::new(verb, Fault::Missing));
        return Effects::new();
    }
    let Some(question) = left(model, task).filter(|_| changed_question(model, task).is_some())
    else {
        return Effects::new();
    };
    let said: Vec<String> = question
        .notes
        .iter()
        .filter(|(weight, _)| *weight == Weight::Warning)
        .map(|(_, words)| words.excerpt(300).to_string())
        .collect();
    let word = Word::Unfinished {
        task: task.id,
        kind: "NOT SENT",
        words: Text::from(said.join("; ")),
        next: "g f looks again and asks again",
    };
    tell::add(model, task.id, word);
    if model.overlays.is_empty() {
        return asks::question(model, question);
    }
    Effects::new()
}

/// The rows of a bulk that somebody has changed meanwhile are asked again, and no others.
fn changed_rows(model: &mut Model, task: &Task) -> Effects {
    let parts = task.parts();
    let differing = parts.iter().filter(|part| differs(task, part));
    let wishes: Vec<Wish> = differing.map(|part| renewed(task, part)).collect();
    let Some(wish) = Wish::each(wishes) else {
        return Effects::new();
    };
    if !model.overlays.is_empty() {
        return Effects::new();
    }
    let mut question = asks::of(model, wish);
    question.left.splice(0..0, met(task));
    question.notes.splice(0..0, changes(task));
    asks::question(model, question)
}

/// Whether a row was not sent since its record has changed and is still there.
fn differs(task: &Task, part: &Part<'_>) -> bool {
    matches!(task.standing(part), State::Differs(now) if !now.is_gone())
}

/// What has changed of each row that was not sent, by its name.
fn changes(task: &Task) -> Vec<Note> {
    let parts = task.parts();
    let differing = parts.iter().filter(|part| differs(task, part));
    let note = |part: &Part<'_>| {
        let State::Differs(now) = task.standing(part) else {
            return None;
        };
        let seen = &task.plan.steps[part.steps.start].seen;
        let mut changes = differs::changes(seen, now);
        if changes.is_empty() {
            changes.push("in something that is not shown here".to_owned());
        }
        let name = called::part(task, part);
        let words = format!(
            "somebody changed {} meanwhile: {}",
            name.excerpt(120),
            changes.join("; ")
        );
        Some((Weight::Warning, Text::from(words)))
    };
    differing.filter_map(note).collect()
}

/// What was to be changed, where somebody has taken the record away meanwhile.
fn vanished(task: &Task) -> Option<Verb> {
    let is_gone = |(step, state): &(&Step, &State)| {
        matches!(state, State::Differs(now) if now.is_gone()) && !step.seen.is_gone()
    };
    let (step, _) = task.steps().find(is_gone)?;
    Some(step.change.verb())
}

/// The same question once more, with what has changed.
fn changed_question(model: &Model, task: &Task) -> Option<Question> {
    if vanished(task).is_some() || !task.is_over() || task.steps().any(|(_, state)| is_done(state))
    {
        return None;
    }
    let mut wish = task.plan.wish.clone();
    let mut notes = Vec::new();
    for (step, state) in task.steps() {
        if let State::Differs(now) = state {
            let mut changes = differs::changes(&step.seen, now);
            if changes.is_empty() {
                changes.push("in something that is not shown here".to_owned());
            }
            let words = format!("somebody changed it meanwhile: {}", changes.join("; "));
            notes.push((Weight::Warning, Text::from(words)));
            renew(&mut wish, &step.change, now);
        }
    }
    if notes.is_empty() {
        return None;
    }
    let mut question = asks::of(model, wish);
    let met = met(task);
    if let (Wish::SetRoles { to, .. }, Some(Seen::Member(member))) = (&question.wish, met.first()) {
        question.about = asks::about_roles(model, member, to);
    }
    question.left.splice(0..0, met);
    question.notes.splice(0..0, notes);
    Some(question)
}

/// The records as they were found instead of those that were shown.
fn met(task: &Task) -> Vec<Seen> {
    let met = |(_, state): (&Step, &State)| {
        let State::Differs(now) = state else {
            return None;
        };
        Some(now.clone())
    };
    task.steps().filter_map(met).collect()
}
