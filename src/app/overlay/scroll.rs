//! Moving through what only scrolls above the panes: the details of a record, the tasks, the rows of one.

use crate::app::effect::Effects;
use crate::app::layer::Overlay;
use crate::app::model::Model;

use super::{details, tasks};

/// Rows that a page key moves by.
const PAGE: isize = 10;

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

fn step(model: &mut Model, by: isize) -> Effects {
    let moved = match model.overlays.last_mut() {
        Some(Overlay::Details(details)) => details::turn(details, by),
        Some(Overlay::Tasks(_)) => tasks::turn(model, by),
        Some(
            Overlay::Confirm(_)
            | Overlay::Form(_)
            | Overlay::Menu(_)
            | Overlay::Help(_)
            | Overlay::Prompt(_)
            | Overlay::Line(_),
        )
        | None => return Effects::new(),
    };
    if !moved {
        model.say(if by > 0 {
            "this is the end"
        } else {
            "this is the beginning"
        });
    }
    Effects::new()
}
