//! The path that the results of a task are written to: what its keys do.

use tui_input::Input;

use crate::app::effect::{Effect, Effects, Over};
use crate::app::model::{Model, Repeat};
use crate::app::msg::{RequestId, Unwritten};
use crate::app::pending::Purpose;
use crate::app::results::{self, Format};
use crate::app::tasks::{Export, Writing};

use crate::domain::Text;

use super::ARMING;
use super::tasks::{here, said, top, top_mut};

/// Opens the field for the path that results are written to.
pub fn open(model: &mut Model) -> Effects {
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

/// Said once the file is there.
const WRITTEN: &str = "it is written: Esc closes";

/// Why the path is not one to be changed or written to, if it is not.
pub fn closed(model: &Model) -> Option<Text> {
    match export(model)?.stage {
        Writing::Editing | Writing::Taken(_) => None,
        Writing::Asked(_) => Some(Text::from("it is being written")),
        Writing::Done => Some(Text::from(WRITTEN)),
    }
}

/// Closes the field.
pub fn close(model: &mut Model) -> Effects {
    let asked = match export(model).map(|export| export.stage) {
        Some(Writing::Asked(id)) => Some(id),
        Some(Writing::Editing | Writing::Taken(_) | Writing::Done) | None => None,
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
pub fn submit(model: &mut Model) -> Effects {
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
        Writing::Asked(_) | Writing::Done => return Effects::new(),
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
            // A key that is on its way is meant for this question, not for what lies behind it.
            if let Some(export) = export_mut(model) {
                export.stage = Writing::Done;
            }
            model.say(WRITTEN);
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

fn export(model: &Model) -> Option<&Export> {
    top(model)?.export.as_ref()
}

fn export_mut(model: &mut Model) -> Option<&mut Export> {
    top_mut(model)?.export.as_mut()
}
