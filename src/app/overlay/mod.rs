//! The overlays: what the keys of each layer above the panes do.

pub mod aimed;
pub mod asking;
pub mod confirm;
pub mod details;
pub mod drafts;
pub mod edit;
pub mod export;
pub mod form;
pub mod help;
pub mod journal;
pub mod line;
pub mod many;
pub mod menu;
pub mod messages;
pub mod palette;
pub mod person;
pub mod prompt;
pub mod returned;
pub mod roles;
pub mod scroll;
pub mod sending;
pub mod tasks;

use std::time::Duration;

use super::effect::Effects;
use super::model::{Model, Repeat};
use super::write::{self, Yes};
use crate::domain::{Moment, Plan, Why};

/// How long a dialog is looked at before a key that sends counts.
pub const ARMING: Duration = Duration::from_millis(300);

/// A person says yes to the plan that the form on top shows, with the name that was typed where one
/// was asked for.
fn agreed_by(
    model: &mut Model,
    plan: Plan,
    (shown, typed): (Option<Moment>, Option<&str>),
) -> Effects {
    let yes = Yes {
        plan,
        typed: typed.unwrap_or_default().to_owned(),
        finishes: None,
        why: Why::Wished,
    };
    said_yes(model, yes, shown)
}

/// A person says yes to what the layer on top shows: it begins, if it can be done and was looked at.
fn said_yes(model: &mut Model, yes: Yes, shown: Option<Moment>) -> Effects {
    if yes.plan.refusal().is_some() {
        model.say("this cannot be done: the reason is shown");
        return Effects::new();
    }
    if !is_armed(model, shown) {
        return Effects::new();
    }
    model.overlays.pop();
    write::begin(model, yes)
}

/// Whether a key that sends counts now: what it sends was on the screen long enough, and the key is
/// not a held one. Says why, if not.
fn is_armed(model: &mut Model, shown: Option<Moment>) -> bool {
    let armed = shown.is_some_and(|shown| model.now.moment >= shown.after(ARMING));
    if !armed {
        model.say("held back: this was shown just now");
        return false;
    }
    if model.repeat == Repeat::Again {
        model.say("held back: the same key came twice at once");
        return false;
    }
    true
}
