//! One row of keys that can be used now: as many as fit, each whole.

use std::borrow::Cow;

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::action;
use crate::view::widget::canvas::{Canvas, text_width};

/// A key, and the word for what it does.
type Hint = (String, Cow<'static, str>);

/// Columns between two hints.
const GAP: usize = 2;

/// Draws the row.
pub(crate) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let room = usize::from(area.width).saturating_sub(2);
    let mut spans = Vec::new();
    for (key, word) in fitting(action::hints(model), room) {
        spans.push(Span::raw(if spans.is_empty() { " " } else { "  " }));
        spans.push(Span::styled(key, canvas.theme.key));
        spans.push(Span::raw(format!(" {word}")));
    }
    canvas.line(area, &Line::from(spans));
}

/// Those that fit, the most useful first; one that is too long leaves its place to those behind it.
fn fitting(mut hints: Vec<Hint>, room: usize) -> Vec<Hint> {
    let mut left = room + GAP;
    hints.retain(|(key, word)| {
        let wide = text_width(key) + 1 + text_width(word) + GAP;
        let fits = wide <= left;
        left -= if fits { wide } else { 0 };
        fits
    });
    hints
}
