//! Help: the live table of keys and actions, with a search.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::menu;
use crate::app::picker::Picker;
use crate::view::widget::Focus;
use crate::view::widget::canvas::{Canvas, width};
use crate::view::widget::dialog::{self, Dialog, Stand};
use crate::view::widget::input;

/// The widest that the page gets.
const WIDEST: u16 = 100;

/// Columns of the field in which the search is typed.
const FIELD: u16 = 24;

/// Draws the page.
pub(crate) fn draw(canvas: &mut Canvas<'_>, room: Rect, picker: &Picker) {
    let theme = canvas.theme;
    let room = dialog::place(room, WIDEST);
    let title = Line::styled(picker.title.excerpt(200).to_string(), theme.title);
    let mut dialog = Dialog::new(title, room, theme.focus);
    dialog.stand = Stand::Filling;
    let label = Line::from(Span::styled("search [ ", theme.label));
    dialog.footer = Some(label.clone());
    let footer = menu::lines(canvas, dialog, picker).footer;
    let taken = u16::try_from(width(&label)).unwrap_or(0);
    let field = Rect {
        x: footer.x + taken.min(footer.width),
        width: FIELD.min(footer.width.saturating_sub(taken + 2)),
        ..footer
    };
    input::draw(canvas, field, &picker.search, Focus::Here);
    let behind = Rect {
        x: field.right(),
        width: footer.right().saturating_sub(field.right()),
        ..footer
    };
    let (fitting, all) = (picker.fitting().len(), picker.choices.len());
    let words = format!(" ]  {fitting} of {all} fit");
    canvas.line(behind, &Line::styled(words, theme.label));
}
