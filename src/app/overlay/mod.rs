//! The overlays: what the keys of each layer above the panes do.

pub mod confirm;
pub mod details;
pub mod form;
pub mod help;
pub mod line;
pub mod menu;

use std::time::Duration;

use super::model::{Model, Repeat};
use crate::domain::Moment;

/// How long a dialog is looked at before a key that sends counts.
pub const ARMING: Duration = Duration::from_millis(300);

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
