//! The tasks: what the keys of their list and of the rows of one do. A task is held, stopped, looked at or
//! taken off the list here; what failed of it is asked again by a question.

use crate::app::effect::{Effect, Effects};
use crate::app::layer::Overlay;
use crate::app::model::{Model, Repeat};
use crate::app::screen::asks;
use crate::app::tasks::{self, Tasks, Way};
use crate::app::write;
use crate::domain::plan::TaskId;
use crate::job::Task;
use crate::job::rest::failed;
use crate::job::task::Mode;

/// Asks whether what was not started of the task is to be taken up.
pub fn wish_rest(model: &mut Model) -> Effects {
    let Some(task) = here(model).cloned() else {
        return Effects::new();
    };
    if let Some(heir) = task.heir {
        model.say(format!("its rest is task {}: take that one up", heir.0));
        return Effects::new();
    }
    match write::left_of(model, &task) {
        Some(question) => asks::question(model, question),
        None => said(model, "nothing of this task waits to be taken up"),
    }
}

/// Opens the list of tasks.
pub fn open(model: &mut Model) -> Effects {
    if tasks::all(model).is_empty() {
        model.say("nothing was sent in this session yet, and no ended one has left anything: there is no task");
        return Effects::new();
    }
    model.overlays.push(Overlay::Tasks(Box::default()));
    Effects::new()
}

/// Shows a task that has just begun, where nothing else is on the screen but tasks.
pub fn show(model: &mut Model, id: TaskId) {
    if let Some(tasks) = top_mut(model) {
        let way = tasks.way;
        *tasks = Tasks::of(id);
        tasks.way = way;
    } else if model.overlays.is_empty() {
        let tasks = Tasks::of(id);
        model.overlays.push(Overlay::Tasks(Box::new(tasks)));
    }
}

/// Shows the rows of the task under the cursor.
pub fn inspect(model: &mut Model) -> Effects {
    let id = here(model).map(|task| task.id);
    if top(model).is_some_and(|tasks| tasks.open.is_some()) {
        model.say("these are the rows of the task: Esc closes them");
        return Effects::new();
    }
    if let Some(tasks) = top_mut(model) {
        tasks.open = id;
        tasks.cursor = id;
        tasks.top = 0;
        tasks.way = Way::List;
    }
    Effects::new()
}

/// Back to the list, else to the panes.
pub fn close(model: &mut Model) -> Effects {
    match top_mut(model) {
        Some(tasks) if tasks.open.is_some() && tasks.way == Way::List => {
            tasks.open = None;
            tasks.top = 0;
        }
        Some(_) => drop(model.overlays.pop()),
        None => {}
    }
    Effects::new()
}

/// Stops the task: what was not sent is not sent.
pub fn stop(model: &mut Model) -> Effects {
    match here(model) {
        Some(task) if !task.is_over() => {
            let id = task.id;
            write::stop(model, id)
        }
        Some(_) => said(model, "it is over: nothing more is sent"),
        None => Effects::new(),
    }
}

/// Holds the task, or lets it go on.
pub fn toggle_pause(model: &mut Model) -> Effects {
    let Some(task) = here(model) else {
        return Effects::new();
    };
    if task.is_over() {
        return said(model, "it is over: nothing more is sent");
    }
    let id = task.id;
    match task.mode() {
        Mode::Recording => said(model, "not yet: the plan is being recorded"),
        Mode::Stopping => said(model, "it stops: only what was sent is waited for"),
        Mode::Running | Mode::Until(_) => {
            hold(model, id);
            said(model, "held: what was sent is waited for, p lets it go on")
        }
        Mode::TooLong => {
            write::ask_wait(model, id);
            Effects::new()
        }
        Mode::NeedsToken => said(
            model,
            "it wants another token: g t takes one, then g f takes up the rest",
        ),
        Mode::Paused => {
            let effects = write::wait(model, id);
            model.say("it goes on");
            effects
        }
    }
}

fn hold(model: &mut Model, id: TaskId) {
    if let Some(task) = model.tasks.get_mut(&id) {
        task.pause();
    }
}

/// Asks whether what failed of the task is to be tried once more.
pub fn wish_retry(model: &mut Model) -> Effects {
    let Some(task) = here(model).cloned() else {
        return Effects::new();
    };
    if !task.is_over() {
        return said(model, "it is not over yet: x stops it");
    }
    if let Some(heir) = task.heir {
        model.say(format!("its rest is task {}: try that one", heir.0));
        return Effects::new();
    }
    match write::again(model, &task) {
        Some(question) => asks::question(model, question),
        None => said(
            model,
            "nothing of it can be tried again: what is done stays so, and what is unknown is to be looked at",
        ),
    }
}

/// Takes a task off the list. What was not sent of it is offered no more then: that wants the key twice.
pub fn dismiss(model: &mut Model) -> Effects {
    let Some(task) = here(model).cloned() else {
        return Effects::new();
    };
    if !task.is_over() {
        return said(model, "it is not over yet: x stops it");
    }
    let has_rest = failed(&task).is_some();
    let is_asked = top(model).is_some_and(|tasks| tasks.dropping == Some(task.id));
    if has_rest && (!is_asked || model.repeat == Repeat::Again) {
        if let Some(tasks) = top_mut(model) {
            tasks.dropping = Some(task.id);
        }
        return said(
            model,
            "D once more drops it: what was not done is offered no more",
        );
    }
    // What it was to finish is not wanted either.
    let finished = tasks::half_done_before(model, task.id).cloned();
    tasks::forget(model, task.id);
    if let Some(tasks) = top_mut(model) {
        *tasks = Tasks::default();
    }
    if tasks::all(model).is_empty() {
        model.overlays.pop();
    }
    model.say("it is off the list; the journal keeps it: g j");
    let is_kept = has_rest || task.past().is_some();
    let unwanted = is_kept.then_some(&task).into_iter().chain(&finished);
    unwanted.map(write::close).collect()
}

/// Looks up once more what ended sessions have left open, and what this one has left unknown.
pub fn look_up(model: &mut Model) -> Effects {
    let all = tasks::all(model);
    let may_tell = |task: &&Task| task.past().is_some() || task.can_be_looked_up();
    if !all.iter().any(may_tell) {
        let is_unknown = all.iter().any(|task| task.tally().unknown > 0);
        let why = if is_unknown {
            "what is unknown cannot be read back: look there before you repeat it"
        } else {
            "nothing is unknown: there is nothing to look up"
        };
        return said(model, why);
    }
    model.say("looking up what is open");
    vec![Effect::Recover]
}

/// Moves the rows of a task, or the cursor among the tasks; whether that was possible.
pub(super) fn turn(model: &mut Model, by: isize) -> bool {
    let Some(shown) = top(model).cloned() else {
        return false;
    };
    let ids: Vec<TaskId> = tasks::all(model).iter().map(|task| task.id).collect();
    let last = here(model).map_or(0, |task| tasks::last_top(model, task));
    let at = |last: usize, before: usize| before.min(last).saturating_add_signed(by).min(last);
    let before = ids.iter().position(|id| Some(*id) == shown.cursor);
    let before = before.unwrap_or(0);
    let Some(tasks) = top_mut(model) else {
        return false;
    };
    tasks.dropping = None;
    if shown.open.is_some() {
        tasks.top = at(last, shown.top);
        return tasks.top != shown.top;
    }
    let after = at(ids.len().saturating_sub(1), before);
    tasks.cursor = ids.get(after).copied();
    after != before
}

pub(super) fn said(model: &mut Model, words: &'static str) -> Effects {
    model.say(words);
    Effects::new()
}

pub(super) fn here(model: &Model) -> Option<&Task> {
    tasks::here(model, top(model)?)
}

pub(super) fn top(model: &Model) -> Option<&Tasks> {
    if let Some(Overlay::Tasks(tasks)) = model.overlays.last() {
        Some(tasks)
    } else {
        None
    }
}

pub(super) fn top_mut(model: &mut Model) -> Option<&mut Tasks> {
    if let Some(Overlay::Tasks(tasks)) = model.overlays.last_mut() {
        Some(tasks)
    } else {
        None
    }
}
