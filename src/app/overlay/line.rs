//! The filter line: what is typed filters the focused list at once.

use tui_input::Input;

use crate::app::effect::Effects;
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::screen::lists;

/// Opens it with the filter that is set.
pub fn open(model: &mut Model) -> Effects {
    if let Some(text) = lists::filter(model).map(str::to_owned) {
        model.overlays.push(Overlay::Line(Input::new(text)));
    }
    Effects::new()
}

/// Keeps the filter; one that cannot be read stays in the line until it can.
pub fn apply(model: &mut Model) -> Effects {
    if let Some(Overlay::Line(input)) = model.overlays.last()
        && let Err(wrong) = lists::readable(model.panes.focus, input.value())
    {
        model.say(wrong);
        return Effects::new();
    }
    model.overlays.pop();
    Effects::new()
}

/// Closes it, and the filter goes with it.
pub fn close(model: &mut Model) -> Effects {
    model.overlays.pop();
    lists::set_filter(model, "");
    Effects::new()
}
