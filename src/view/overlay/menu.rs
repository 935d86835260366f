//! A list to choose from: lines under their headings, those that cannot be taken with the reason.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::picker::{Choice, Picker};
use crate::view::theme::Theme;
use crate::view::widget::Focus;
use crate::view::widget::canvas::{Canvas, text_width};
use crate::view::widget::dialog::{self, Dialog, Opened};
use crate::view::widget::wrap::wrap;

/// The widest that a list gets.
const WIDEST: u16 = 84;

/// The widest that the keys of a line get.
const KEYS: usize = 16;

/// Draws the list.
pub(crate) fn draw(canvas: &mut Canvas<'_>, room: Rect, picker: &Picker) {
    let theme = canvas.theme;
    let room = dialog::place(room, WIDEST);
    let title = Line::styled(picker.title.excerpt(200).to_string(), theme.title);
    let dialog = Dialog::new(title, room, theme.focus);
    lines(canvas, dialog, picker);
}

/// Draws the lines of a picker into a dialog.
pub(crate) fn lines(canvas: &mut Canvas<'_>, dialog: Dialog, picker: &Picker) -> Opened<()> {
    let width = usize::from(dialog::row_width(dialog.room));
    let (rows, chosen) = rows(picker, (width, canvas.theme));
    let opened = dialog
        .follow(chosen, rows.len())
        .open(canvas, rows.into_iter());
    for (area, (line, focus)) in opened.rows {
        canvas.line(area, &line);
        if focus == Focus::Here {
            canvas.style(area, canvas.theme.cursor);
        }
    }
    Opened {
        rows: Vec::new(),
        footer: opened.footer,
    }
}

type Row = (Line<'static>, Focus);

/// All rows, and the one under the cursor.
fn rows(picker: &Picker, (width, theme): (usize, &Theme)) -> (Vec<Row>, usize) {
    let fitting = picker.fitting();
    let keys = fitting.iter().map(|choice| text_width(&choice.keys)).max();
    let keys = keys.unwrap_or(0).min(KEYS);
    let mut rows: Vec<Row> = Vec::new();
    let mut chosen = 0;
    let mut section = "";
    for (number, choice) in fitting.into_iter().enumerate() {
        if choice.section != section {
            section = choice.section;
            rows.push((Line::styled(section, theme.heading), Focus::Elsewhere));
        }
        let focus = Focus::from(number == picker.index);
        if focus == Focus::Here {
            chosen = rows.len();
        }
        rows.extend(choice_rows(choice, focus, (keys, width, theme)));
    }
    if rows.is_empty() {
        let none = Line::styled("No line contains this.", theme.faint);
        rows.push((none, Focus::Elsewhere));
    }
    (rows, chosen)
}

fn choice_rows(
    choice: &Choice,
    focus: Focus,
    (keys, width, theme): (usize, usize, &Theme),
) -> Vec<Row> {
    let mark = match focus {
        Focus::Here => "> ",
        Focus::Elsewhere => "  ",
    };
    let title = choice.title.excerpt(200).to_string();
    let style = match &choice.blocked {
        Some(_) => theme.faint,
        None => ratatui::style::Style::new(),
    };
    let shown = format!("{:keys$}  ", choice.keys);
    let line = Line::from(vec![
        Span::raw(mark),
        Span::styled(shown, theme.key),
        Span::styled(title, style),
    ]);
    let mut rows = vec![(line, focus)];
    let indent = keys + 4;
    if let Some(why) = &choice.blocked {
        let words = format!("not here: {}", why.excerpt(300));
        let lead = " ".repeat(indent);
        let parts = wrap(&words, width.saturating_sub(indent).max(1));
        let line = |part: &str| Line::styled(format!("{lead}{part}"), theme.faint);
        rows.extend(parts.map(|part| (line(part), Focus::Elsewhere)));
    }
    rows
}
