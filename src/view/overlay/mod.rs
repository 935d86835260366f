//! One file a layer above the panes, named as in the core. They stack; header and foot stay in sight.

use ratatui::layout::Rect;

use super::layout;
use super::widget::canvas::Canvas;
use crate::app::Model;
use crate::app::form::Reach;
use crate::app::layer::Overlay;

pub(crate) mod beside;
pub(crate) mod confirm;
pub(crate) mod details;
pub(crate) mod fields;
pub(crate) mod form;
pub(crate) mod found;
pub(crate) mod line;
pub(crate) mod menu;
pub(crate) mod plan;
pub(crate) mod prefix;
pub(crate) mod prompt;
pub(crate) mod roll;
pub(crate) mod tasks;

/// How far the form on top can be scrolled.
pub(crate) fn reach(model: &Model) -> Reach {
    let screen = Rect::new(0, 0, model.size.width, model.size.height);
    let room = layout::overlays(&model.layout(), screen);
    match model.overlays.last() {
        Some(Overlay::Form(shown)) => form::reach(room, (model, shown)),
        Some(
            Overlay::Confirm(_)
            | Overlay::Menu(_)
            | Overlay::Help(_)
            | Overlay::Prompt(_)
            | Overlay::Details(_)
            | Overlay::Line(_)
            | Overlay::Tasks(_),
        )
        | None => Reach::default(),
    }
}

/// Draws what lies above the panes, the topmost last.
pub(crate) fn draw(canvas: &mut Canvas<'_>, room: Rect, model: &Model) {
    for overlay in &model.overlays {
        match overlay {
            Overlay::Confirm(confirm) => confirm::draw(canvas, room, (model, confirm)),
            Overlay::Form(form) => form::draw(canvas, room, (model, form)),
            Overlay::Menu(picker) | Overlay::Help(picker) => menu::draw(canvas, room, picker),
            Overlay::Details(details) => details::draw(canvas, room, details),
            Overlay::Prompt(prompt) => prompt::draw(canvas, room, (model, prompt)),
            Overlay::Tasks(shown) => tasks::draw(canvas, room, (model, shown)),
            Overlay::Line(_) => {}
        }
    }
    prefix::draw(canvas, room, model);
}
