//! What was sent.

use crate::app::effect::Effects;
use crate::app::model::Model;
use crate::app::notice::Log;

/// Moves the cursor by lines; whether that was possible.
pub fn scroll(model: &mut Model, by: isize) -> bool {
    let before = model.panes.activity;
    let last = model.log.len().saturating_sub(1);
    model.panes.activity = before.saturating_add_signed(by).min(last);
    model.panes.activity != before
}

/// Empties the pane.
pub fn clear(model: &mut Model) -> Effects {
    model.log = Log::default();
    model.panes.activity = 0;
    model.say("cleared");
    Effects::new()
}
