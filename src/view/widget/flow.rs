//! Facts in as few rows as they need: short ones side by side in columns, long ones over several rows.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::canvas::text_width;
use super::wrap::wrap;
use crate::view::theme::Theme;

/// The narrowest column of facts.
const NARROWEST: usize = 24;

/// Columns that the name of a fact takes at least, so that values stand below each other.
const LABEL: usize = 9;

/// Rows that one value may take; the details show the whole of it.
const TALLEST: usize = 6;

/// A name with what is known under it.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    /// The name.
    pub(crate) label: String,
    /// The value, clean.
    pub(crate) value: String,
    /// How the value looks.
    pub(crate) style: Style,
}

impl Fact {
    /// A fact whose value looks as usual.
    pub(crate) fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            style: Style::new(),
        }
    }

    /// The same in another style.
    pub(crate) fn styled(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    fn head(&self) -> String {
        format!("{:LABEL$} ", self.label)
    }

    fn width(&self) -> usize {
        text_width(&self.head()) + text_width(&self.value)
    }
}

/// Lays facts out over rows of so many columns.
pub(crate) fn flow(facts: &[Fact], room: u16, theme: &Theme) -> Vec<Line<'static>> {
    let room = usize::from(room);
    let unit = (room / (room / NARROWEST).max(1)).max(1);
    let mut rows = Vec::new();
    let mut row: Vec<Span<'static>> = Vec::new();
    let mut used = 0;
    for fact in facts {
        let width = fact.width();
        let column = after(used, unit);
        if used > 0 && column + width > room {
            rows.push(Line::from(std::mem::take(&mut row)));
            used = 0;
        }
        if width > room {
            rows.extend(tall(fact, room, theme));
            continue;
        }
        let column = after(used, unit);
        row.push(Span::raw(" ".repeat(column - used)));
        row.push(Span::styled(fact.head(), theme.label));
        row.push(Span::styled(fact.value.clone(), fact.style));
        used = column + width;
    }
    if !row.is_empty() {
        rows.push(Line::from(row));
    }
    rows
}

/// The column where the next fact begins: two blanks at least behind the one before.
fn after(used: usize, unit: usize) -> usize {
    match used {
        0 => 0,
        used => (used + 2).next_multiple_of(unit),
    }
}

/// A fact that takes more than a row.
fn tall(fact: &Fact, room: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut rows = hanging(fact.head(), fact, (room, theme));
    if rows.len() > TALLEST {
        rows.truncate(TALLEST);
        let indent = text_width(&fact.head()).min(room / 2);
        let more = format!("{}.. d shows all of it", " ".repeat(indent));
        rows.push(Line::styled(more, theme.faint));
    }
    rows
}

/// A value over as many rows as it needs, behind the first of which stands its head.
fn hanging(head: String, fact: &Fact, (room, theme): (usize, &Theme)) -> Vec<Line<'static>> {
    let indent = text_width(&head).min(room / 2);
    let blank = " ".repeat(indent);
    let heads = std::iter::once(head).chain(std::iter::repeat(blank));
    let values = wrap(&fact.value, room.saturating_sub(indent).max(1));
    let row = |(head, value): (String, &str)| {
        Line::from(vec![
            Span::styled(head, theme.label),
            Span::styled(value.to_owned(), fact.style),
        ])
    };
    heads.zip(values).map(row).collect()
}
