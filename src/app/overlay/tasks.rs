//! The tasks of the session: what the keys of their list, of the rows of one and of the path of an export
//! do. A task is held, stopped or looked at here; what failed of it is asked again by a question.

use tui_input::Input;

use crate::app::effect::{Effect, Effects, Over};
use crate::app::layer::Overlay;
use crate::app::model::{Model, Repeat};
use crate::app::msg::{RequestId, Unwritten};
use crate::app::pending::Purpose;
use crate::app::results::{self, Format};
use crate::app::screen::asks;
use crate::app::tasks::{self, Export, Tasks, Way, Writing};
use crate::app::write;
use crate::domain::Text;
use crate::domain::plan::TaskId;
use crate::job::Task;
use crate::job::task::Mode;

use super::ARMING;

/// Opens the list of tasks.
pub fn open(model: &mut Model) -> Effects {
    if tasks::all(model).is_empty() {
        model.say("nothing was sent in this session yet, so there is no task");
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
    match write::again(model, &task) {
        Some(question) => asks::question(model, question),
        None => said(
            model,
            "nothing of it can be tried again: what is done stays so, and what is unknown is to be looked at",
        ),
    }
}

/// Opens the field for the path that results are written to.
pub fn open_export(model: &mut Model) -> Effects {
    let Some(id) = here(model).map(|task| task.id) else {
        return Effects::new();
    };
    if let Some(tasks) = top_mut(model) {
        tasks.cursor = Some(id);
        tasks.export = Some(Export {
            path: Input::new(format!("orgdeck-task-{}.csv", id.0)),
            stage: Writing::Editing,
        });
    }
    Effects::new()
}

/// Closes the field; nothing was written.
pub fn close_export(model: &mut Model) -> Effects {
    let asked = match export(model).map(|export| export.stage) {
        Some(Writing::Asked(id)) => Some(id),
        Some(Writing::Editing | Writing::Taken(_)) | None => None,
    };
    if let Some(tasks) = top_mut(model) {
        tasks.export = None;
    }
    if asked.is_some() {
        return model.pending.cancel(|purpose| *purpose == Purpose::Export);
    }
    Effects::new()
}

/// Writes the results to the path that is typed; over a file that is there only when that was asked.
pub fn submit_export(model: &mut Model) -> Effects {
    let Some((path, stage)) = export(model).map(|one| (one.path.value().to_owned(), one.stage))
    else {
        return Effects::new();
    };
    let Some(format) = Format::of(&path) else {
        return said(
            model,
            "the end of the path says how it is written: .csv or .json",
        );
    };
    let over = match stage {
        Writing::Asked(_) => return said(model, "it is being written"),
        Writing::Editing => Over::Never,
        Writing::Taken(shown) if model.now.moment < shown.after(ARMING) => {
            return said(model, "held back: this was shown just now");
        }
        Writing::Taken(_) if model.repeat == Repeat::Again => {
            return said(model, "held back: the same key came twice at once");
        }
        Writing::Taken(_) => Over::Forced,
    };
    let Some(content) = here(model).map(|task| results::written(task, format)) else {
        return Effects::new();
    };
    let id = model.pending.ask(Purpose::Export);
    if let Some(export) = export_mut(model) {
        export.stage = Writing::Asked(id);
    }
    vec![Effect::Export {
        id,
        path,
        content,
        over,
    }]
}

/// An export was written, or not: a file that is there is asked about.
pub fn exported(model: &mut Model, id: RequestId, result: Result<(), Unwritten>) -> Effects {
    if model.pending.answered(id).is_none() {
        return Effects::new();
    }
    let now = model.now.moment;
    match result {
        Ok(()) => {
            let path = export(model).map(|export| Text::from(export.path.value()));
            if let Some(tasks) = top_mut(model) {
                tasks.export = None;
            }
            let path = path.map_or_else(String::new, |path| path.excerpt(200).to_string());
            model.say(format!("written to {path}"));
        }
        Err(Unwritten::Taken) => {
            if let Some(export) = export_mut(model) {
                export.stage = Writing::Taken(now);
            }
            model
                .say("there is such a file already: Enter once more writes over it, Esc leaves it");
        }
        Err(Unwritten::Failed(why)) => {
            if let Some(export) = export_mut(model) {
                export.stage = Writing::Editing;
            }
            model.say(format!("not written: {}", why.excerpt(300)));
        }
    }
    Effects::new()
}

/// One row down.
pub fn move_down(model: &mut Model) -> Effects {
    step(model, 1)
}

/// One row up.
pub fn move_up(model: &mut Model) -> Effects {
    step(model, -1)
}

/// A page down.
pub fn move_page_down(model: &mut Model) -> Effects {
    step(model, PAGE)
}

/// A page up.
pub fn move_page_up(model: &mut Model) -> Effects {
    step(model, -PAGE)
}

/// To the first row.
pub fn move_first(model: &mut Model) -> Effects {
    step(model, isize::MIN)
}

/// To the last row.
pub fn move_last(model: &mut Model) -> Effects {
    step(model, isize::MAX)
}

/// Rows that a page key moves by.
const PAGE: isize = 10;

fn step(model: &mut Model, by: isize) -> Effects {
    let Some(shown) = top(model).cloned() else {
        return Effects::new();
    };
    let ids: Vec<TaskId> = tasks::all(model).iter().map(|task| task.id).collect();
    let last = here(model).map_or(0, |task| tasks::last_top(model, task));
    let at = |last: usize, before: usize| before.min(last).saturating_add_signed(by).min(last);
    let moved = if shown.open.is_some() {
        let after = at(last, shown.top);
        (after != shown.top).then_some(Tasks {
            top: after,
            ..shown
        })
    } else {
        let before = ids.iter().position(|id| Some(*id) == shown.cursor);
        let before = before.unwrap_or(0);
        let after = at(ids.len().saturating_sub(1), before);
        (after != before).then(|| Tasks {
            cursor: ids.get(after).copied(),
            ..shown
        })
    };
    match (moved, top_mut(model)) {
        (Some(moved), Some(tasks)) => *tasks = moved,
        _ if by > 0 => model.say("this is the end"),
        _ => model.say("this is the beginning"),
    }
    Effects::new()
}

fn said(model: &mut Model, words: &'static str) -> Effects {
    model.say(words);
    Effects::new()
}

fn here(model: &Model) -> Option<&Task> {
    tasks::here(model, top(model)?)
}

fn export(model: &Model) -> Option<&Export> {
    top(model)?.export.as_ref()
}

fn export_mut(model: &mut Model) -> Option<&mut Export> {
    top_mut(model)?.export.as_mut()
}

fn top(model: &Model) -> Option<&Tasks> {
    if let Some(Overlay::Tasks(tasks)) = model.overlays.last() {
        Some(tasks)
    } else {
        None
    }
}

fn top_mut(model: &mut Model) -> Option<&mut Tasks> {
    if let Some(Overlay::Tasks(tasks)) = model.overlays.last_mut() {
        Some(tasks)
    } else {
        None
    }
}
