//! A record in full: what is known of it, and the text of the service, secrets masked.
//!
//! Its lines are wrapped one at a time from the first one in sight on, so that a record of any size
//! costs no more than the rows that are shown.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::plan::Page;
use crate::app::layer::Details;
use crate::app::page::Again;
use crate::app::store::Loaded;
use crate::domain::{ApiError, Clean, Text};
use crate::view::theme::Theme;
use crate::view::widget::canvas::{Canvas, text_width};
use crate::view::widget::dialog::{self, Dialog, Stand};
use crate::view::widget::wrap::wrap;

/// The widest that the page gets.
const WIDEST: u16 = 100;

/// The widest that the name of a fact gets.
const LABEL: usize = 36;

/// Clusters that are cleaned and wrapped in one go.
const CHUNK: usize = 4_096;

/// One line of the page before it is wrapped.
#[derive(Clone, Copy)]
enum Part<'a> {
    /// A name with its value.
    Fact(&'a Text, &'a Text),
    /// A line of the service's own text.
    Raw(&'a str),
    /// A heading.
    Heading(&'static str),
    /// Words of ours about the text that is not here.
    Words(&'static str),
    /// Why the text is not here.
    Failed(&'a ApiError),
    /// Nothing.
    Gap,
}

/// Draws the page.
pub(crate) fn draw(canvas: &mut Canvas<'_>, room: Rect, details: &Details) {
    let theme = canvas.theme;
    let room = dialog::place(room, WIDEST);
    let width = usize::from(dialog::row_width(room));
    let labels = details
        .facts
        .iter()
        .map(|(label, _)| text_width(label.excerpt(LABEL).as_str()));
    let label = labels.max().unwrap_or(0).min(width / 2);
    let title = Line::styled(details.title.excerpt(200).to_string(), theme.title);
    let mut dialog = Dialog::new(title, room, theme.focus);
    dialog.stand = Stand::Filling;
    let all = parts(details).count();
    dialog.counter = Some(format!("line {}/{all}", (details.top + 1).min(all)));
    let rows = parts(details)
        .skip(details.top)
        .flat_map(|part| rows(part, (label, width, theme)))
        .take(usize::from(room.height));
    for (area, line) in dialog.open(canvas, rows).rows {
        canvas.line(area, &line);
    }
}

fn parts(details: &Details) -> impl Iterator<Item = Part<'_>> {
    let facts = details
        .facts
        .iter()
        .map(|(label, value)| Part::Fact(label, value));
    let raw: Box<dyn Iterator<Item = Part<'_>>> = match &details.raw {
        Loaded::No => Box::new(std::iter::empty()),
        Loaded::Asked => Box::new(about_raw(details, Part::Words("reading .."))),
        Loaded::Failed(error) => Box::new(about_raw(details, Part::Failed(error))),
        Loaded::Yes(text) => {
            let lines = text.raw().lines().map(Part::Raw);
            Box::new(heading(details).chain(lines))
        }
    };
    facts.chain(raw)
}

fn about_raw<'a>(details: &Details, part: Part<'a>) -> impl Iterator<Item = Part<'a>> {
    heading(details).chain(std::iter::once(part))
}

fn heading<'a>(details: &Details) -> impl Iterator<Item = Part<'a>> + use<'a> {
    [Part::Gap, Part::Heading(details.heading)].into_iter()
}

type Rows<'a> = Box<dyn Iterator<Item = Line<'static>> + 'a>;

fn rows<'a>(part: Part<'a>, (label, width, theme): (usize, usize, &'a Theme)) -> Rows<'a> {
    match part {
        Part::Gap => Box::new(std::iter::once(Line::default())),
        Part::Heading(words) => Box::new(std::iter::once(Line::styled(words, theme.heading))),
        Part::Words(words) => Box::new(std::iter::once(Line::styled(words, theme.busy))),
        Part::Failed(error) => {
            let mut page = Page::new(u16::try_from(width).unwrap_or(u16::MAX), theme);
            page.failure(error, Again::Here);
            Box::new(page.rows.into_iter())
        }
        Part::Raw(line) => Box::new(wrapped(line, width, Clean::from_ours).map(Line::from)),
        Part::Fact(name, of) => {
            let room = width.saturating_sub(label + 2).max(1);
            let name = name.excerpt(LABEL.min(label));
            let values = wrapped(of.raw(), room, value);
            let row = move |(number, value): (usize, String)| {
                let head = if number == 0 { name.as_str() } else { "" };
                let head = format!("{head:label$}  ");
                Line::from(vec![
                    Span::styled(head, theme.label),
                    Span::styled(value, Style::new()),
                ])
            };
            Box::new(values.enumerate().map(row))
        }
    }
}

/// How a text is cleaned that is one piece; of a longer one each piece is, and blanks between two are seen.
type Cleaner = fn(&str) -> Clean;

/// A value: blanks at its edges are marked.
fn value(raw: &str) -> Clean {
    Text::from(raw).clean()
}

/// A text of a stranger, cleaned and wrapped piece by piece; one empty row for an empty one.
fn wrapped(raw: &str, room: usize, clean: Cleaner) -> impl Iterator<Item = String> {
    let empty = raw.is_empty().then(String::new);
    let rows = chunks(raw, clean).flat_map(move |chunk| {
        let rows: Vec<String> = wrap(chunk.as_str(), room).map(str::to_owned).collect();
        rows
    });
    empty.into_iter().chain(rows)
}

/// A text in pieces that end between clusters, each cleaned.
fn chunks(raw: &str, clean: Cleaner) -> impl Iterator<Item = Clean> {
    let mut left = raw;
    std::iter::from_fn(move || {
        if left.is_empty() {
            return None;
        }
        let end = left
            .grapheme_indices(true)
            .nth(CHUNK)
            .map_or(left.len(), |(at, _)| at);
        let (chunk, rest) = left.split_at(end);
        left = rest;
        Some(if chunk.len() == raw.len() {
            clean(chunk)
        } else {
            Clean::from_ours(chunk)
        })
    })
}
