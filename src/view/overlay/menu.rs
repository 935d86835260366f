//! A list to choose from: what is to be known, then lines under their headings, those that cannot be
//! taken with the reason; a field at the bottom where words are looked for.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::plan::Page;
use crate::app::page::Again;
use crate::app::picker::{Choice, Letters, Note, Picker, Subject};
use crate::view::theme::Theme;
use crate::view::widget::Focus;
use crate::view::widget::canvas::{Canvas, text_width, width};
use crate::view::widget::dialog::{self, Dialog, Stand};
use crate::view::widget::input;
use crate::view::widget::wrap::wrap;

/// The widest that a list gets.
const WIDEST: u16 = 84;

/// The widest that a page gets.
const PAGE: u16 = 100;

/// The widest that the keys of a line get.
const KEYS: usize = 16;

/// Columns of the field in which the search is typed.
const FIELD: u16 = 24;

/// Columns between what a line is called and what is said beside it.
const GAP: usize = 2;

/// Draws the list.
pub(crate) fn draw(canvas: &mut Canvas<'_>, room: Rect, picker: &Picker) {
    let (widest, stand) = match picker.of {
        Subject::Help | Subject::Palette(_) | Subject::Journal(_) | Subject::Drafts => {
            (PAGE, Stand::Filling)
        }
        Subject::Actions | Subject::Profiles | Subject::Roles(_) | Subject::Person(_) => {
            (WIDEST, Stand::Middle)
        }
    };
    let theme = canvas.theme;
    let room = dialog::place(room, widest);
    let title = Line::styled(picker.title.excerpt(200).to_string(), theme.title);
    let mut dialog = Dialog::new(title, room, theme.focus);
    dialog.stand = stand;
    let label = Line::from(Span::styled("search [ ", theme.label));
    // A journal without an entry has nothing to look for.
    let is_bare = matches!(picker.of, Subject::Journal(_)) && picker.choices.is_empty();
    let searches = picker.letters == Letters::Search && !is_bare;
    dialog.footer = searches.then(|| label.clone());
    let footer = lines(canvas, dialog, picker);
    if searches {
        search(canvas, (footer, width(&label)), picker);
    }
}

/// Draws the field in which words are typed, and how many lines contain them.
fn search(canvas: &mut Canvas<'_>, (footer, label): (Rect, usize), picker: &Picker) {
    let taken = u16::try_from(label).unwrap_or(0);
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
    canvas.line(behind, &Line::styled(words, canvas.theme.label));
}

/// Draws the lines into a dialog; gives the cells of its footer.
fn lines(canvas: &mut Canvas<'_>, dialog: Dialog, picker: &Picker) -> Rect {
    let width = dialog::row_width(dialog.room);
    let (rows, chosen) = rows(picker, (width, canvas.theme));
    // What is said below the line comes into sight with it, but never in its place.
    let opened = dialog
        .follow(chosen.end, rows.len())
        .follow(chosen.start, rows.len())
        .open(canvas, rows.into_iter());
    for (area, (line, focus)) in opened.rows {
        canvas.line(area, &line);
        if focus == Focus::Here {
            canvas.style(area, canvas.theme.cursor);
        }
    }
    opened.footer
}

type Row = (Line<'static>, Focus);

/// All rows, and the first and last of those that must be in sight.
fn rows(picker: &Picker, (width, theme): (u16, &Theme)) -> (Vec<Row>, Range<usize>) {
    let fitting = picker.fitting();
    let keys = fitting.iter().map(|choice| text_width(&choice.keys)).max();
    let keys = keys.unwrap_or(0).min(KEYS);
    let mut rows = notes(picker, (width, theme));
    let mut chosen = 0..0;
    let mut section = "";
    let is_empty = fitting.is_empty();
    for (number, choice) in fitting.into_iter().enumerate() {
        if choice.section != section {
            section = choice.section;
            rows.push((Line::styled(section, theme.heading), Focus::Elsewhere));
        }
        let focus = Focus::from(number == picker.index);
        // With the first line everything that stands above it is in sight too.
        if focus == Focus::Here && number > 0 {
            chosen.start = rows.len();
        }
        rows.extend(choice_rows(choice, focus, (keys, width.into(), theme)));
        if focus == Focus::Here {
            chosen.end = rows.len() - 1;
        }
    }
    if is_empty && !picker.choices.is_empty() {
        let none = Line::styled("No line contains this.", theme.faint);
        rows.push((none, Focus::Elsewhere));
    }
    (rows, chosen)
}

/// What is said above the lines.
fn notes(picker: &Picker, (width, theme): (u16, &Theme)) -> Vec<Row> {
    let mut page = Page::new(width, theme);
    for note in &picker.notes {
        match note {
            Note::Words(words) => page.say(0, words.excerpt(400).as_str(), theme.faint),
            Note::Busy(words) => page.say(0, words.excerpt(400).as_str(), theme.busy),
            Note::Failed(error) => page.failure(error, Again::Here),
        }
    }
    let above = |line: Line<'static>| (line, Focus::Elsewhere);
    page.rows.into_iter().map(above).collect()
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
        None => Style::new(),
    };
    let lead = if keys == 0 { 2 } else { keys + 4 };
    let shown = match keys {
        0 => String::new(),
        _ => format!("{:keys$}  ", choice.keys),
    };
    let about = choice.about.excerpt(300).to_string();
    let beside = lead + text_width(&title) + GAP + text_width(&about) <= width;
    let mut spans = vec![
        Span::raw(mark),
        Span::styled(shown, theme.key),
        Span::styled(title, style),
    ];
    if beside && !about.is_empty() {
        spans.push(Span::raw(" ".repeat(GAP)));
        spans.push(Span::styled(about.clone(), theme.faint));
    }
    let mut rows = vec![(Line::from(spans), focus)];
    let mut below = |words: &str| {
        let lead = " ".repeat(lead + GAP);
        let parts = wrap(words, width.saturating_sub(lead.len()).max(1));
        let line = |part: &str| Line::styled(format!("{lead}{part}"), theme.faint);
        rows.extend(parts.map(|part| (line(part), Focus::Elsewhere)));
    };
    if !beside && !about.is_empty() {
        below(&about);
    }
    if let Some(why) = &choice.blocked {
        below(&format!("not here: {}", why.excerpt(300)));
    }
    rows
}
