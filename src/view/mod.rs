//! The view: draws a model. It reads and never decides; the core is told one thing of it, how far what
//! it lays out can be scrolled.
//!
//! Foreign text reaches the screen cleaned, cut between clusters and inside its own column. Only the
//! rows of a window are touched, however long a list is.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::layer::Overlay;
use crate::app::place::{Form, Layout};
use crate::app::{Model, Seen};

mod layout;
mod overlay;
mod screen;
mod theme;
mod value;
mod widget;

use theme::Theme;
use widget::canvas::Canvas;

/// Draws a model.
pub fn draw(frame: &mut Frame<'_>, area: Rect, model: &Model) {
    let theme = Theme::of(model.settings.color);
    let mut canvas = Canvas::new(frame.buffer_mut(), theme, model.settings.lines);
    let layout = model.layout();
    if layout.form == Form::TooSmall {
        too_small(&mut canvas, area, model);
        return;
    }
    screens(&mut canvas, area, (model, &layout));
    overlay::draw(&mut canvas, layout::overlays(&layout, area), model);
    if let Some(position) = canvas.cursor() {
        frame.set_cursor_position(position);
    }
}

/// What a frame of a model knows.
pub fn measure(model: &Model) -> Seen {
    Seen {
        org_last: screen::org::last_top(model),
        form_reach: form_reach(model),
    }
}

fn form_reach(model: &Model) -> (isize, isize) {
    let Some(Overlay::Form(form)) = model.overlays.last() else {
        return (0, 0);
    };
    let screen = Rect::new(0, 0, model.size.width, model.size.height);
    let room = layout::overlays(&model.layout(), screen);
    let theme = Theme::of(model.settings.color);
    overlay::form::reach(room, (model, form), theme)
}

fn screens(canvas: &mut Canvas<'_>, area: Rect, (model, layout): (&Model, &Layout)) {
    let at = |area_of_core| layout::rect(area_of_core, area);
    screen::header::draw(canvas, at(layout.header), model);
    if let Some(welcome) = &model.welcome {
        screen::welcome::draw(canvas, layout::body(layout, area), welcome);
    } else {
        screen::tabs::draw(canvas, at(layout.tabs), model);
        screen::panes(canvas, area, (model, layout));
    }
    screen::notices::draw(canvas, at(layout.notices), model);
    screen::hints::draw(canvas, at(layout.hints), model);
    screen::foot::draw(canvas, at(layout.foot), model);
}

fn too_small(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let words = format!(
        "orgdeck needs 40x10, this is {}x{}. q quits",
        model.size.width, model.size.height
    );
    let rows = widget::wrap::wrap(&words, usize::from(area.width));
    for (row, words) in area.rows().zip(rows) {
        canvas.line(row, &Line::raw(words));
    }
}
