//! A place to type in: one line that follows its cursor.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use tui_input::Input;
use unicode_segmentation::UnicodeSegmentation;

use super::Focus;
use super::canvas::{Canvas, columns, text_width};
use crate::domain::Clean;

/// Characters looked at on each side of the cursor for every column; what was pasted may be long.
const DENSEST: usize = 16;

/// Draws what was typed; the part around the cursor, where not all of it fits.
pub(crate) fn draw(canvas: &mut Canvas<'_>, area: Rect, input: &Input, focus: Focus) {
    if area.is_empty() {
        return;
    }
    let room = usize::from(area.width);
    let reach = room * DENSEST;
    let (before, after) = around(input.value(), input.cursor(), reach);
    // One column is kept for the cursor behind the last letter.
    let shown = tail(&before, room - 1);
    let at = u16::try_from(text_width(shown)).unwrap_or(area.width);
    let style = canvas.theme.input;
    canvas.style(area, style);
    let line = Line::from(vec![Span::raw(shown), Span::raw(after)]).style(style);
    canvas.line(area, &line);
    if focus == Focus::Here {
        canvas.place_cursor(area.x + at, area.y);
    }
}

/// What stands before and after a cursor, cleaned, as far as it can be seen.
fn around(value: &str, cursor: usize, reach: usize) -> (String, String) {
    let at = value
        .char_indices()
        .nth(cursor)
        .map_or(value.len(), |(at, _)| at);
    let (before, after) = value.split_at(at);
    let from = before
        .char_indices()
        .rev()
        .take(reach)
        .last()
        .map_or(0, |(at, _)| at);
    let to = after
        .char_indices()
        .nth(reach)
        .map_or(after.len(), |(at, _)| at);
    (typed(&before[from..]), typed(&after[..to]))
}

/// What is typed, cleaned; blanks alone stay blanks, since the person sees them come.
fn typed(text: &str) -> String {
    if text.chars().all(|character| character == ' ') {
        return text.to_owned();
    }
    Clean::from_ours(text).to_string()
}

/// The end of a text that fits into so many columns.
fn tail(text: &str, room: usize) -> &str {
    let mut left = room;
    let mut start = text.len();
    for (at, cluster) in text.grapheme_indices(true).rev() {
        let wide = usize::from(columns(cluster));
        if wide > left {
            break;
        }
        left -= wide;
        start = at;
    }
    &text[start..]
}
