//! The keys that can follow what was typed so far.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::action;
use crate::app::keymap::{self, Found};
use crate::view::theme::Theme;
use crate::view::widget::canvas::{self, Canvas, text_width};
use crate::view::widget::dialog::{self, Dialog, Stand};

/// The widest that the list gets.
const WIDEST: u16 = 52;

/// Draws the list, as long as a key sequence is unfinished.
pub(crate) fn draw(canvas: &mut Canvas<'_>, room: Rect, model: &Model) {
    if model.typed.is_empty() {
        return;
    }
    let Found::Prefix(next) = keymap::resolve(&model.layers(), &model.typed) else {
        return;
    };
    let theme = canvas.theme;
    let typed: String = model.typed.iter().map(ToString::to_string).collect();
    let room = dialog::place(room, WIDEST);
    let mut dialog = Dialog::new(format!("{typed} ..."), room, theme.focus);
    dialog.stand = Stand::Bottom;
    let width = usize::from(dialog::row_width(room));
    let rows = next
        .iter()
        .filter_map(|(key, name)| row(model, (key, name), (width, theme)));
    for (area, line) in dialog.open(canvas, rows).rows {
        canvas.line(area, &line);
    }
}

/// A key with what it does. A reason that does not fit is said when the key is pressed.
fn row(
    model: &Model,
    (key, name): (&str, &str),
    (width, theme): (usize, &Theme),
) -> Option<Line<'static>> {
    let action = action::named(name)?;
    let mut line = Line::from(vec![
        Span::styled(format!("{key:3} "), theme.key),
        Span::raw(action.title),
    ]);
    if let Some(why) = action::blocked(model, action) {
        let why = format!("  not here: {}", why.excerpt(100));
        let fits = canvas::width(&line) + text_width(&why) <= width;
        let words = if fits { why } else { "  not here".to_owned() };
        line.push_span(Span::styled(words, theme.faint));
    }
    Some(line)
}
