//! Questions: they start on the button that does nothing, or in the field for a name.

use crate::app::confirm::{Asking, Bodies, Confirm, Spot, Turn};
use crate::app::effect::Effects;
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::page;
use crate::app::pending::Purpose;
use crate::app::place;
use crate::app::write::{self, Yes};

use crate::domain::Moment;
use crate::domain::plan::TaskId;

use super::{edit, is_armed, said_yes};

/// What an edit says where nothing can be typed.
const NO_FIELD: &str = "no field has the focus: Tab goes on";

/// What a yes says where nothing would be sent.
pub(super) const NOTHING: &str = "nothing changes: there is nothing to send";

/// Presses the button that has the focus; in the field it only goes on, to the button that does nothing.
pub fn submit_focused(model: &mut Model) -> Effects {
    match top(model).map(|confirm| confirm.focus) {
        Some(Spot::Name) => change(model, |confirm| confirm.focus = Spot::No),
        Some(Spot::Yes) => submit(model),
        Some(Spot::No) | None => close(model),
    }
}

/// Says yes by a letter, where no name is asked for.
pub fn submit_yes(model: &mut Model) -> Effects {
    if top(model).is_some_and(|confirm| confirm.names().is_some()) {
        model.say("a name is asked for here: yes is the button, with Tab and Enter");
        return Effects::new();
    }
    submit(model)
}

/// Does what is asked, if it is shown, can be done and was looked at.
fn submit(model: &mut Model) -> Effects {
    let Some(confirm) = top(model) else {
        return Effects::new();
    };
    let why = match (&confirm.stage, confirm.matched()) {
        (Asking::Ready(plan, _), _) if plan.sends_nothing() => NOTHING,
        (Asking::Ready(..), Some(typed)) if !typed.whole => "off until the name matches",
        (Asking::Ready(plan, shown), _) => {
            let yes = Yes {
                plan: (**plan).clone(),
                typed: confirm.typed.value().to_owned(),
                finishes: confirm.finishes,
                why: confirm.why.clone(),
            };
            let shown = *shown;
            return said_yes(model, yes, shown);
        }
        (Asking::Waiting(task, shown), _) => {
            let (task, shown) = (*task, *shown);
            return wait(model, task, shown);
        }
        (Asking::Leaving(shown), _) => {
            let shown = *shown;
            return leave(model, shown);
        }
        (Asking::Preparing(_), _) => "not yet: what would be sent is still being read",
        (Asking::Failed(_), _) => "this cannot be done: the reason is shown",
    };
    model.say(why);
    Effects::new()
}

fn wait(model: &mut Model, task: TaskId, shown: Option<Moment>) -> Effects {
    if !is_armed(model, shown) {
        return Effects::new();
    }
    model.overlays.pop();
    write::wait(model, task)
}

fn leave(model: &mut Model, shown: Option<Moment>) -> Effects {
    if !is_armed(model, shown) {
        return Effects::new();
    }
    model.overlays.pop();
    write::leave(model)
}

/// Leaves it.
pub fn close(model: &mut Model) -> Effects {
    let task = match top(model).map(|confirm| &confirm.stage) {
        Some(Asking::Waiting(task, _)) => Some(*task),
        Some(Asking::Preparing(_) | Asking::Ready(..) | Asking::Failed(_) | Asking::Leaving(_))
        | None => None,
    };
    model.overlays.pop();
    match task {
        Some(task) => write::stop(model, task),
        None => model.pending.cancel(|purpose| *purpose == Purpose::Plan),
    }
}

/// To the next button or field.
pub fn move_next(model: &mut Model) -> Effects {
    change(model, |confirm| confirm.turn(Turn::Forth))
}

/// To the button or field before.
pub fn move_previous(model: &mut Model) -> Effects {
    change(model, |confirm| confirm.turn(Turn::Back))
}

/// One character to the left; among the buttons to the one before.
pub fn move_left(model: &mut Model) -> Effects {
    if takes_text(model) {
        return edit::move_left(model);
    }
    move_previous(model)
}

/// One character to the right; among the buttons to the next.
pub fn move_right(model: &mut Model) -> Effects {
    if takes_text(model) {
        return edit::move_right(model);
    }
    move_next(model)
}

/// To the beginning of what is typed, or of the page.
pub fn move_home(model: &mut Model) -> Effects {
    if takes_text(model) {
        return edit::move_home(model);
    }
    scroll(model, isize::MIN)
}

/// To the end of what is typed, or of the page.
pub fn move_end(model: &mut Model) -> Effects {
    if takes_text(model) {
        return edit::move_end(model);
    }
    scroll(model, isize::MAX)
}

/// Deletes the character before the cursor.
pub fn erase(model: &mut Model) -> Effects {
    in_field(model, edit::erase)
}

/// Deletes the character under the cursor.
pub fn erase_next(model: &mut Model) -> Effects {
    in_field(model, edit::erase_next)
}

/// Deletes the word before the cursor.
pub fn erase_word(model: &mut Model) -> Effects {
    in_field(model, edit::erase_word)
}

/// Empties the field.
pub fn clear(model: &mut Model) -> Effects {
    in_field(model, edit::clear)
}

fn in_field(model: &mut Model, edit: fn(&mut Model) -> Effects) -> Effects {
    if takes_text(model) {
        return edit(model);
    }
    model.say(NO_FIELD);
    Effects::new()
}

/// One row down.
pub fn move_down(model: &mut Model) -> Effects {
    scroll(model, 1)
}

/// One row up.
pub fn move_up(model: &mut Model) -> Effects {
    scroll(model, -1)
}

/// A page down.
pub fn move_page_down(model: &mut Model) -> Effects {
    let page = page_height(model).max(1).cast_signed();
    scroll(model, page)
}

/// A page up.
pub fn move_page_up(model: &mut Model) -> Effects {
    let page = page_height(model).max(1).cast_signed();
    scroll(model, -page)
}

fn page_height(model: &Model) -> usize {
    top(model).map_or(0, |confirm| room(model, confirm).1)
}

/// The columns and rows that a question has for its page: below it the buttons stay in sight, and the field for
/// a name with those that fit.
fn room(model: &Model, confirm: &Confirm) -> (usize, usize) {
    let area = place::overlays(&model.layout());
    let (width, height) = place::page(area, place::QUESTION);
    let field = usize::from(confirm.names().is_some());
    let foot = 1 + field + page::names(model, confirm).len();
    (width, height.saturating_sub(foot))
}

/// The last row that can be the first one in sight.
fn last_top(model: &Model, confirm: &Confirm) -> usize {
    let (width, height) = room(model, confirm);
    let page = page::of(model, confirm);
    let rows: usize = page.iter().map(|para| para.rows(width).count()).sum();
    rows.saturating_sub(height)
}

fn scroll(model: &mut Model, by: isize) -> Effects {
    let Some(confirm) = top(model) else {
        return Effects::new();
    };
    let last = last_top(model, confirm);
    let before = confirm.top.min(last);
    let after = before.saturating_add_signed(by).min(last);
    if after == before {
        model.say(match by {
            _ if last == 0 => "all of it is in sight",
            1.. => "this is the end",
            _ => "this is the beginning",
        });
    }
    change(model, |confirm| confirm.top = after)
}

/// Shows or hides the bodies of the requests; what is shown begins in sight.
pub fn toggle_bodies(model: &mut Model) -> Effects {
    let Some(confirm) = top(model) else {
        return Effects::new();
    };
    let (width, _) = room(model, confirm);
    let first = page::first_request(&page::of(model, confirm), width);
    change(model, |confirm| match confirm.bodies {
        Bodies::Hidden => {
            confirm.bodies = Bodies::Shown;
            confirm.top = first.unwrap_or(confirm.top);
        }
        Bodies::Shown => confirm.bodies = Bodies::Hidden,
    });
    if let Some(last) = top(model).map(|confirm| last_top(model, confirm)) {
        change(model, |confirm| confirm.top = confirm.top.min(last));
    }
    Effects::new()
}

fn takes_text(model: &Model) -> bool {
    top(model).is_some_and(Confirm::takes_text)
}

fn top(model: &Model) -> Option<&Confirm> {
    match model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => Some(confirm),
        Some(
            Overlay::Form(_)
            | Overlay::Menu(_)
            | Overlay::Help(_)
            | Overlay::Prompt(_)
            | Overlay::Details(_)
            | Overlay::Line(_)
            | Overlay::Tasks(_),
        )
        | None => None,
    }
}

fn change(model: &mut Model, change: impl FnOnce(&mut Confirm)) -> Effects {
    if let Some(Overlay::Confirm(confirm)) = model.overlays.last_mut() {
        change(confirm);
    }
    Effects::new()
}
