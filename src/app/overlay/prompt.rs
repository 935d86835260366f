//! The question for a token or a code: what its keys do, and what comes of an answer.

use crate::app::effect::{Effect, Effects};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::msg::RequestId;
use crate::app::pending::Purpose;
use crate::app::prompt::{Prompt, Spot, Trial};
use crate::app::screen::tokens;
use crate::app::store::{Door, Lock};
use crate::app::write;
use crate::domain::query::Reply;
use crate::domain::{Answer, ApiError, Profile};

use super::{edit, is_armed};

const BUSY: &str = "the service is being asked: Esc stops";
const NO_FIELD: &str = "no field has the focus: Tab goes on";

/// Goes on with what was typed, or leaves it, by what has the focus.
pub fn submit(model: &mut Model) -> Effects {
    match top(model).map(|prompt| prompt.focus) {
        Some(Spot::Field | Spot::Use) => send(model),
        Some(Spot::Cancel) | None => close(model),
    }
}

fn send(model: &mut Model) -> Effects {
    let Some(prompt) = top(model) else {
        return Effects::new();
    };
    if prompt.is_sent() {
        model.say(BUSY);
        return Effects::new();
    }
    let (profile, shown) = (prompt.profile.clone(), prompt.shown);
    let pass = match prompt.pass() {
        Ok(pass) => pass,
        Err(why) => {
            model.say(why);
            return Effects::new();
        }
    };
    if !is_armed(model, shown) {
        return Effects::new();
    }
    let id = model.pending.ask(Purpose::Admission(profile.clone()));
    change(model, |prompt| {
        prompt.trial = Trial::Sent(id);
        prompt.masked.wipe();
    });
    vec![Effect::Admit {
        id,
        to: profile,
        pass,
    }]
}

/// Leaves it: the profile stays shut.
pub fn close(model: &mut Model) -> Effects {
    model.overlays.pop();
    model.say("nothing was typed in: g t asks again");
    model
        .pending
        .cancel(|purpose| matches!(purpose, Purpose::Admission(_)))
}

/// To the next button or field.
pub fn move_next(model: &mut Model) -> Effects {
    change(model, |prompt| {
        prompt.focus = match prompt.focus {
            Spot::Field => Spot::Cancel,
            Spot::Cancel => Spot::Use,
            Spot::Use => Spot::Field,
        };
    });
    Effects::new()
}

/// To the button or field before.
pub fn move_previous(model: &mut Model) -> Effects {
    change(model, |prompt| {
        prompt.focus = match prompt.focus {
            Spot::Field => Spot::Use,
            Spot::Cancel => Spot::Field,
            Spot::Use => Spot::Cancel,
        };
    });
    Effects::new()
}

/// Deletes the last character.
pub fn erase(model: &mut Model) -> Effects {
    in_field(model, edit::erase)
}

/// Empties the field.
pub fn clear(model: &mut Model) -> Effects {
    in_field(model, edit::clear)
}

fn in_field(model: &mut Model, edit: fn(&mut Model) -> Effects) -> Effects {
    let busy = top(model).is_some_and(Prompt::is_sent);
    if top(model).is_some_and(Prompt::takes_text) {
        return edit(model);
    }
    model.say(if busy { BUSY } else { NO_FIELD });
    Effects::new()
}

/// The service has answered to what was typed.
pub fn admitted(model: &mut Model, id: RequestId, reply: Reply) -> Effects {
    let Some(Purpose::Admission(profile)) = model.pending.answered(id) else {
        return Effects::new();
    };
    match reply {
        Ok(Answer::Principal(principal)) => {
            leave(model, id);
            let mut effects = tokens::opened(model, &profile, &principal);
            effects.extend(write::offer(model, &profile));
            effects
        }
        Ok(_) => Effects::new(),
        Err(error) => {
            refused(model, (id, &profile), error);
            Effects::new()
        }
    }
}

/// Nothing is asked again by itself: the question says no, and waits.
fn refused(model: &mut Model, (id, profile): (RequestId, &Profile), error: ApiError) {
    let lock = Lock::of(&error.fault);
    if let Some(account) = model.store.account_mut(profile)
        && error.fault.is_shut()
    {
        account.door = Door::Asked(lock);
    }
    change(model, |prompt| {
        if prompt.trial != Trial::Sent(id) {
            return;
        }
        match lock {
            Lock::Code => prompt.again(lock, Trial::Typing),
            Lock::Token => prompt.again(prompt.lock, Trial::Refused(Box::new(error))),
        }
    });
}

/// Closes the question that waited for this answer.
fn leave(model: &mut Model, id: RequestId) {
    model.overlays.retain(
        |overlay| !matches!(overlay, Overlay::Prompt(prompt) if prompt.trial == Trial::Sent(id)),
    );
}

fn top(model: &Model) -> Option<&Prompt> {
    match model.overlays.last() {
        Some(Overlay::Prompt(prompt)) => Some(prompt),
        _ => None,
    }
}

fn change(model: &mut Model, change: impl FnOnce(&mut Prompt)) {
    if let Some(Overlay::Prompt(prompt)) = model.overlays.last_mut() {
        change(prompt);
    }
}
