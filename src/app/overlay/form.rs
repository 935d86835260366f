//! Forms: typing, choosing, and the way from fields to a plan to a yes.

use crate::app::drafts;
use crate::app::effect::Effects;
use crate::app::form::{Button, Entry, Flag, Focus, Form, Moved, Reach, Stage};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::pending::Purpose;

use super::asking::{search, show_private};
use super::edit;
use super::many;
use super::sending::{preview, send};

/// Rows that a page key scrolls by.
const PAGE: isize = 8;

/// To the next field or button.
pub fn move_next(model: &mut Model) -> Effects {
    change(model, |form| form.step(1))
}

/// To the previous field or button.
pub fn move_previous(model: &mut Model) -> Effects {
    change(model, |form| form.step(-1))
}

/// To the previous choice of a choice, else to the previous field.
pub fn move_choice_up(model: &mut Model) -> Effects {
    choose(model, -1)
}

/// To the next choice of a choice, else to the next field.
pub fn move_choice_down(model: &mut Model) -> Effects {
    choose(model, 1)
}

fn choose(model: &mut Model, by: isize) -> Effects {
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else {
        return Effects::new();
    };
    if step(form, by) == Moved::Stayed {
        let end = if by > 0 { "last" } else { "first" };
        model.say(format!("this is the {end} of those that fit: Tab goes on"));
    }
    Effects::new()
}

/// Moves inside the field that has the focus, or out of it.
fn step(form: &mut Form, by: isize) -> Moved {
    let moved = form.focused().map_or(Moved::Out, |field| {
        let need = field.spec.need;
        field.entry.step(by, need)
    });
    match moved {
        Moved::Chose => form.touched(),
        Moved::Stepped | Moved::Stayed => {}
        Moved::Out => form.step(by),
    }
    moved
}

/// Shows what stands farther up, from the buttons.
pub fn move_page_up(model: &mut Model) -> Effects {
    scroll(model, -PAGE)
}

/// Shows what stands farther down again.
pub fn move_page_down(model: &mut Model) -> Effects {
    scroll(model, PAGE)
}

fn scroll(model: &mut Model, by: isize) -> Effects {
    let Some(form) = top(model) else {
        return Effects::new();
    };
    if matches!(form.focus, Focus::Field(_)) && form.is_in_area() {
        return leaf(model, by);
    }
    if matches!(form.focus, Focus::Field(_)) {
        model
            .say("the focused field stays in sight: page keys scroll while a button has the focus");
        return Effects::new();
    }
    let after = form.reach.keep(form.scroll + by);
    if after == form.scroll {
        model.say(match by {
            _ if form.reach == Reach::default() => "all of it is in sight",
            1.. => "this is the end",
            _ => "this is the beginning",
        });
    }
    change(model, |form| form.scroll = after)
}

/// Leafs through a text of many lines.
fn leaf(model: &mut Model, by: isize) -> Effects {
    let mut moved = false;
    change(model, |form| moved = form.leaf(by));
    if !moved {
        model.say(if by > 0 {
            "this is the end of the text"
        } else {
            "this is the beginning of the text"
        });
    }
    Effects::new()
}

/// Turns a yes into a no, ticks a line, or takes the next choice.
pub fn toggle(model: &mut Model) -> Effects {
    if let Some(Focus::Button(_)) = top(model).map(|form| form.focus) {
        model.say("Enter presses a button");
        return Effects::new();
    }
    change(model, |form| {
        match form.focused().map(|field| &mut field.entry) {
            Some(Entry::Flag(flag)) => {
                *flag = Flag::of(*flag != Flag::Yes);
                form.touched();
            }
            Some(Entry::Roles(list)) => {
                list.turn();
                form.touched();
            }
            Some(Entry::Role(..)) => {
                step(form, 1);
            }
            Some(
                Entry::Line(_)
                | Entry::Area(_)
                | Entry::Masked(_)
                | Entry::Country(..)
                | Entry::User(_)
                | Entry::File(_)
                | Entry::Absent,
            )
            | None => {}
        }
    });
    show_private(model)
}

/// One character to the left; in a choice the previous one, between buttons the one on the left.
pub fn move_left(model: &mut Model) -> Effects {
    sideways(model, -1)
}

/// One character to the right; in a choice the next one, between buttons the one on the right.
pub fn move_right(model: &mut Model) -> Effects {
    sideways(model, 1)
}

fn sideways(model: &mut Model, by: isize) -> Effects {
    let Some(form) = top(model) else {
        return Effects::new();
    };
    if form.takes_text() {
        return if by < 0 {
            edit::move_left(model)
        } else {
            edit::move_right(model)
        };
    }
    if form.is_at_flag() {
        // Yes and no stand beside each other.
        return toggle(model);
    }
    choose(model, by)
}

/// Empties the field; from a button the whole form.
pub fn clear(model: &mut Model) -> Effects {
    match top(model).map(|form| form.focus) {
        Some(Focus::Button(_)) if top(model).is_some_and(Form::is_under_way) => {
            model.say("what was sent is still on its way");
            Effects::new()
        }
        Some(Focus::Button(_)) => {
            change(model, Form::empty);
            model.say("the form is as it was at first");
            show_private(model)
        }
        Some(Focus::Field(_)) => {
            if !top(model).is_some_and(Form::has_something_here) {
                model.say("there is nothing to delete");
            }
            change(model, Form::empty_field);
            show_private(model)
        }
        None => Effects::new(),
    }
}

/// Begins a new line in a text that may have several.
pub fn insert_line(model: &mut Model) -> Effects {
    if top(model).is_some_and(Form::takes_lines) {
        edit::insert(model, "\n");
    } else {
        model.say("this field has one line only");
    }
    Effects::new()
}

/// In a field: looks up or adds what stands there, else goes to the next one. On a button: presses it.
pub fn submit(model: &mut Model) -> Effects {
    let Some(focus) = top(model).map(|form| form.focus) else {
        return Effects::new();
    };
    match focus {
        Focus::Field(_) => enter(model),
        Focus::Button(Button::Cancel) => close(model),
        Focus::Button(Button::Preview) => preview(model),
        Focus::Button(Button::Send) => send(model),
    }
}

fn enter(model: &mut Model) -> Effects {
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else {
        return Effects::new();
    };
    if form.is_at_list() {
        return many::read_list(model);
    }
    match form.focused().map(|field| &mut field.entry) {
        Some(Entry::User(finder)) if finder.wants_search() => search(model),
        Some(Entry::Roles(list)) if list.is_typing() => {
            let added = list.add();
            if added {
                form.touched();
                return Effects::new();
            }
            move_next(model)
        }
        Some(Entry::Area(_)) => insert_line(model),
        Some(
            Entry::User(_)
            | Entry::Roles(_)
            | Entry::Line(_)
            | Entry::Masked(_)
            | Entry::Role(..)
            | Entry::Flag(_)
            | Entry::Country(..)
            | Entry::File(_)
            | Entry::Absent,
        )
        | None => move_next(model),
    }
}

/// Closes the form; nothing is sent, and what was typed is kept as a draft.
pub fn close(model: &mut Model) -> Effects {
    if top(model).is_some_and(Form::is_under_way) {
        model.overlays.pop();
        model.say("closed; what was sent goes on, and what comes of it is said");
        return model.pending.cancel(Purpose::is_of_a_form);
    }
    let mut effects = Effects::new();
    if let Some(Overlay::Form(mut form)) = model.overlays.pop() {
        if form.is_spent() {
            effects.extend(drafts::forget(&mut form));
        } else if form.is_typed() {
            let sent = match form.stage {
                Stage::Failed(_) | Stage::Sent(..) => "",
                Stage::Editing | Stage::Preparing(_) | Stage::Reading | Stage::Ready(..) => {
                    "nothing was sent; "
                }
            };
            model.say(format!("closed; {sent}{}", drafts::place(model)));
        }
        effects.extend(drafts::shelve(model, *form, None));
    }
    effects.extend(model.pending.cancel(Purpose::is_of_a_form));
    effects
}

/// The form on top.
pub(super) fn top(model: &Model) -> Option<&Form> {
    match model.overlays.last() {
        Some(Overlay::Form(form)) => Some(form),
        Some(
            Overlay::Confirm(_)
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

/// Changes the form on top.
pub(super) fn change(model: &mut Model, change: impl FnOnce(&mut Form)) -> Effects {
    if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
        change(form);
    }
    Effects::new()
}
