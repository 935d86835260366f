//! What sessions that have ended left behind: said when it was looked up, shown as tasks with each of their
//! rows, and offered. Nothing of it goes out without a question.

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
use crate::job::rest::unsent;
use crate::job::task::Past;

use super::back::note;

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

/// Keeps one of them as a task, and says it where something of it was not sent.
fn take(model: &mut Model, one: Interrupted) {
    let words = one.words(fault::doing(one.course.verb));
    let is_unfinished = one.is_unfinished();
    let profile = Some(one.course.profile.clone());
    let next = match inherit(model, one) {
        Ok(id) => {
            model.notices.finished(id);
            let task = tasks::find(model, id);
            let next = match task.and_then(unsent) {
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

/// The question that takes up what was not started of the newest task that has been left.
pub(super) fn left(model: &Model) -> Option<Question> {
    let tasks = model.ended.values().rev();
    let mut inherited = tasks.filter(|task| task.past().is_some());
    inherited.find_map(|task| left_of(model, task))
}

/// The question that takes up what was not started of a task, where there is something.
pub(in crate::app) fn left_of(model: &Model, task: &Task) -> Option<Question> {
    let mut question = asks::of(model, unsent(task)?);
    question.notes.insert(0, (Weight::Told, told(task)));
    Some(taking_up(question, task))
}

/// The question for the rest of a task: its yes takes the rest over, and nobody else does that again.
pub(super) fn taking_up(question: Question, task: &Task) -> Question {
    Question {
        finishes: Some(task.id),
        why: task.rest_why().clone(),
        ..question
    }
}

fn told(task: &Task) -> Text {
    let (tally, id) = (task.tally(), task.id.0);
    let stays = match tally.done + tally.already + tally.failed + tally.unknown {
        0 => "none of whose rows is done".to_owned(),
        count => format!("{count} of its rows are not among these, w shows what came of them"),
    };
    Text::from(format!(
        "this is what was not started of task {id}, {stays}"
    ))
}
