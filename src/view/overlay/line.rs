//! The line in which a filter is typed; it stands in the foot.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use tui_input::Input;

use crate::view::widget::Focus;
use crate::view::widget::canvas::Canvas;
use crate::view::widget::input;

const PROMPT: &str = " filter / ";

/// Draws the line.
pub(crate) fn draw(canvas: &mut Canvas<'_>, row: Rect, typed: &Input) {
    let prompt = u16::try_from(PROMPT.len()).unwrap_or(0).min(row.width);
    let style = canvas.theme.key;
    canvas.line(row, &Line::from(Span::styled(PROMPT, style)));
    let field = Rect {
        x: row.x + prompt,
        width: row.width - prompt,
        ..row
    };
    input::draw(canvas, field, typed, Focus::Here);
}
