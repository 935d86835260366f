//! One row of keys that can be used now: as many as fit, each whole.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::action;
use crate::view::widget::canvas::Canvas;

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

/// The words of the hints that lead to all the others: they stay.
const KEPT: [&str; 2] = ["actions", "help"];

/// Leaves the longest hints out until the others fit, so that the most of them stay.
fn fitting(mut hints: Vec<(String, &'static str)>, room: usize) -> Vec<(String, &'static str)> {
    let wide = |(key, word): &(String, &str)| key.len() + 1 + word.len();
    while hints.iter().map(|hint| wide(hint) + GAP).sum::<usize>() > room + GAP {
        let may_go = |(_, word): &&(String, &str)| !KEPT.contains(word);
        let longest = hints.iter().filter(may_go).map(wide).max();
        let is_longest =
            |hint: &(String, &'static str)| may_go(&hint) && Some(wide(hint)) == longest;
        let Some(at) = hints.iter().position(is_longest) else {
            break;
        };
        hints.remove(at);
    }
    hints
}
