//! What sessions that have ended left behind: said when it was looked up, shown as tasks with each of their
//! rows, and offered; and what became of that which this session left unknown. Nothing of it goes out without a
//! question.

use crate::app::effect::Effects;
use crate::app::fault;
use crate::app::model::Model;
use crate::app::notice::{Notice, Word};
use crate::app::screen::asks::{self, Question};
use crate::app::tasks;
use crate::domain::Text;
use crate::domain::back::{Interrupted, Recovered};
use crate::domain::plan::{TaskId, Weight};
use crate::job::Task;
use crate::job::rest::waiting;
use crate::job::task::Past;

use super::back::note;
use super::tell;

/// What ended sessions have left is known: it is said, and kept among the tasks.
pub(in crate::app) fn recovered(model: &mut Model, found: Result<Box<Recovered>, Text>) -> Effects {
    match found {
        Ok(found) if *found == Recovered::default() => model.say("nothing is open any more"),
        Ok(found) => {
            for words in found.words() {
                note(model, None, words.excerpt(500).to_string());
            }
            for one in found.left {
                take(model, one);
            }
            let own = found.own.iter();
            return own.flat_map(|one| settle(model, one)).collect();
        }
        Err(cause) => {
            let words = format!(
                "the journal cannot be written, so nothing can be sent: {}",
                cause.excerpt(300)
            );
            note(model, None, words);
        }
    }
    Effects::new()
}

/// What this session left unknown of a task was looked up.
fn settle(model: &mut Model, one: &Interrupted) -> Effects {
    let id = one.course.task;
    let ended = model.ended.get_mut(&id);
    let Some(task) = model.tasks.get_mut(&id).or(ended) else {
        return Effects::new();
    };
    let before = task.clone();
    task.looked_up(&one.fates);
    if *task == before {
        return Effects::new();
    }
    super::looked_up(model, id)
}

/// Keeps one of them as a task, and says it where something of it was not sent.
fn take(model: &mut Model, one: Interrupted) {
    let words = one.words(fault::doing(one.course.verb));
    let is_unfinished = one.is_unfinished();
    let profile = Some(one.course.profile.clone());
    let next = match inherit(model, one) {
        Ok(id) => {
            model.notices.finished(id);
            let task = tasks::find(model, id).cloned();
            if let Some(task) = task.iter().find(|task| task.is_half_done_as_a_whole()) {
                tell::half_done(model, task);
                return;
            }
            let next = match task.as_ref().and_then(waiting) {
                Some(_) => "g f takes up what was not started, w shows each row",
                None => "w shows each row: look before you repeat any",
            };
            let word = Word::Unfinished {
                task: id,
                kind: "INTERRUPTED",
                words,
                next,
            };
            let at = model.now.wall;
            is_unfinished.then_some(Notice { at, profile, word })
        }
        Err(why) => {
            let words = format!(
                "{}; it cannot be finished from here: {why}",
                words.excerpt(300)
            );
            if is_unfinished {
                note(model, profile, words);
            }
            None
        }
    };
    if let Some(notice) = next {
        model.notices.add(notice);
    }
}

/// The task that it is from now on; one that is known already stands as it was looked up now.
fn inherit(model: &mut Model, one: Interrupted) -> Result<TaskId, &'static str> {
    let (no, plan) = (one.course.no, one.plan?);
    let mut known = model.ended.values_mut();
    if let Some(task) = known.find(|task| task.is_of(no)) {
        task.looked_up(&one.fates);
        return Ok(task.id);
    }
    let id = TaskId(model.last_task.0 + 1);
    let past = Past {
        plan: no,
        at: one.course.at,
    };
    model.last_task = id;
    let task = Task::inherited(id, past, (plan, &one.fates));
    model.ended.insert(id, task);
    Ok(id)
}

/// The question that takes up what waits of the newest task that has been left.
pub(super) fn left(model: &Model) -> Option<Question> {
    let tasks = model.ended.values().rev();
    let mut inherited = tasks.filter(|task| task.past().is_some());
    inherited.find_map(|task| left_of(model, task))
}

/// The question that takes up what waits of a task, where there is something.
pub(in crate::app) fn left_of(model: &Model, task: &Task) -> Option<Question> {
    let mut question = asks::of(model, waiting(task)?);
    question.notes.insert(0, (Weight::Told, told(task)));
    Some(taking_up(question, task))
}

/// The question for the rest of a task: its yes takes the rest over, and nobody else does that again.
pub(super) fn taking_up(question: Question, task: &Task) -> Question {
    Question {
        finishes: Some(task.id),
        why: task.rest_why(),
        ..question
    }
}

fn told(task: &Task) -> Text {
    let (tally, id) = (task.tally(), task.id.0);
    if task.is_half_done_as_a_whole() {
        return Text::from(format!(
            "this is what is missing of task {id}, which is half done"
        ));
    }
    let stays = match tally.done + tally.already + tally.refused + tally.unknown {
        0 => "none of whose rows is done".to_owned(),
        count => format!("{count} of its rows are not among these, w shows what came of them"),
    };
    Text::from(format!(
        "this is what was not started of task {id}, {stays}"
    ))
}
