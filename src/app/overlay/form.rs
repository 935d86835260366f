//! Forms: typing, choosing, and the way from fields to a plan to a yes.

use crate::app::effect::{Effect, Effects};
use crate::app::form::{Button, Entry, Flag, Focus, Form, Stage};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::pending::Purpose;
use crate::domain::Wish;
use crate::domain::field::Need;

use super::{agreed, edit};

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
    change(model, |form| choose(form, -1))
}

/// To the next choice of a choice, else to the next field.
pub fn move_choice_down(model: &mut Model) -> Effects {
    change(model, |form| choose(form, 1))
}

fn choose(form: &mut Form, by: isize) {
    let Some(field) = form.focused() else {
        form.step(by);
        return;
    };
    let need = field.spec.need;
    match &mut field.entry {
        Entry::Role(roles, chosen) if !roles.is_empty() => {
            *chosen = neighbour((*chosen, roles.len()), by, need);
            form.touched();
        }
        Entry::Role(..) | Entry::Line(_) | Entry::Flag(_) | Entry::Absent => form.step(by),
    }
}

/// The choice beside this one, around the ends; none is a choice too where none must be made.
fn neighbour((chosen, count): (Option<usize>, usize), by: isize, need: Need) -> Option<usize> {
    let none = usize::from(need != Need::Required);
    let here = match chosen {
        Some(number) => (number + none).cast_signed(),
        None if none == 1 => 0,
        None => (-by).min(0),
    };
    let next = (here + by).rem_euclid((count + none).cast_signed());
    next.unsigned_abs().checked_sub(none)
}

/// Turns a yes into a no, or takes the next choice.
pub fn toggle(model: &mut Model) -> Effects {
    change(model, |form| {
        match form.focused().map(|field| &mut field.entry) {
            Some(Entry::Flag(flag)) => {
                *flag = match flag {
                    Flag::Yes => Flag::No,
                    Flag::No => Flag::Yes,
                };
                form.touched();
            }
            Some(Entry::Role(..)) => choose(form, 1),
            Some(Entry::Line(_) | Entry::Absent) | None => {}
        }
    })
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
    match top(model).map(Form::takes_text) {
        Some(true) if by < 0 => edit::move_left(model),
        Some(true) => edit::move_right(model),
        Some(false) | None => change(model, |form| choose(form, by)),
    }
}

/// In a field: to the next one. On a button: presses it.
pub fn submit(model: &mut Model) -> Effects {
    let Some(focus) = top(model).map(|form| form.focus) else {
        return Effects::new();
    };
    match focus {
        Focus::Field(_) => move_next(model),
        Focus::Button(Button::Cancel) => close(model),
        Focus::Button(Button::Preview) => preview(model),
        Focus::Button(Button::Send) => send(model),
    }
}

/// Checks the fields and asks for the plan; what is wrong lands at its field.
fn preview(model: &mut Model) -> Effects {
    let Some(form) = top(model) else {
        return Effects::new();
    };
    if matches!(form.stage, Stage::Preparing(_)) {
        model.say("the requests are being worked out");
        return Effects::new();
    }
    let org = form.org.clone();
    match form.drafts() {
        Err(errors) => change(model, |form| {
            form.stage = Stage::Editing;
            form.blame(&errors);
        }),
        Ok(drafts) => {
            let id = model.pending.ask(Purpose::Plan);
            change(model, |form| form.stage = Stage::Preparing(id));
            let wish = Wish::Invite { org, drafts };
            vec![Effect::Prepare { id, wish }]
        }
    }
}

/// Sends what is shown; nothing that is not.
fn send(model: &mut Model) -> Effects {
    let Some(form) = top(model) else {
        return Effects::new();
    };
    let (plan, shown) = match &form.stage {
        Stage::Ready(plan, shown) => ((**plan).clone(), *shown),
        Stage::Editing | Stage::Failed(_) => {
            model.say("Preview first: Send sends what is shown");
            return Effects::new();
        }
        Stage::Preparing(_) => {
            model.say("not yet: the requests are being worked out");
            return Effects::new();
        }
    };
    agreed(model, plan, shown)
}

/// Closes the form; nothing is sent.
pub fn close(model: &mut Model) -> Effects {
    model.overlays.pop();
    model.pending.cancel(|purpose| *purpose == Purpose::Plan)
}

fn top(model: &Model) -> Option<&Form> {
    match model.overlays.last() {
        Some(Overlay::Form(form)) => Some(form),
        Some(
            Overlay::Confirm(_)
            | Overlay::Menu(_)
            | Overlay::Help(_)
            | Overlay::Details(_)
            | Overlay::Line(_),
        )
        | None => None,
    }
}

fn change(model: &mut Model, change: impl FnOnce(&mut Form)) -> Effects {
    if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
        change(form);
    }
    Effects::new()
}
