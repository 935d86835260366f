//! A table for a terminal: columns as wide as they need, cut where the terminal ends; and a card, which shows
//! one record field by field.

use std::io;

use serde_json::Value as Json;

use super::plain::cell;
use super::record::Record;
use super::sink::Sink;
use crate::domain::Fact;
use crate::domain::text::{cut, width};

/// Columns between two columns.
const GAP: usize = 2;

/// The narrowest that a column is made to save room.
const NARROW: usize = 8;

/// Rows kept until all of them are there.
pub(in crate::cli) struct Table {
    columns: usize,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(columns: usize) -> Self {
        Self {
            columns,
            rows: Vec::new(),
        }
    }

    pub(super) fn keep(&mut self, fields: &[&'static str], record: &Record) {
        let cells = fields.iter().map(|field| cell(record.at(field)));
        self.rows.push(cells.collect());
    }

    /// Writes the rows as a table under their fields.
    pub(super) fn end(&self, sink: &mut Sink, fields: &[&'static str]) -> io::Result<()> {
        let header: Vec<String> = fields.iter().map(|field| field.to_uppercase()).collect();
        let widths = widths(&header, &self.rows, self.columns);
        for row in std::iter::once(&header).chain(&self.rows) {
            sink.write(line(row, &widths).as_bytes())?;
        }
        Ok(())
    }
}

/// One record, a line for each field; a document is told key by key.
pub(super) fn card(record: &Record, fields: &[&'static str]) -> String {
    let mut lines: Vec<(String, String)> = Vec::new();
    for field in fields {
        let fact = record.at(field);
        if let Fact::Json(Json::Object(entries)) = fact {
            let entry = |(key, value): (&String, &Json)| (key.clone(), cell(&told(value)));
            lines.extend(entries.iter().map(entry));
        } else {
            lines.push(((*field).to_owned(), cell(fact)));
        }
    }
    let room = lines.iter().map(|(name, _)| width(name)).max();
    let room = room.unwrap_or_default() + GAP;
    let line = |(name, value): (String, String)| format!("{name:room$}{value}\n");
    lines.into_iter().map(line).collect()
}

fn told(value: &Json) -> Fact {
    match value {
        Json::Null => Fact::Empty,
        Json::Bool(flag) => Fact::Flag(*flag),
        Json::String(text) => Fact::ours(text),
        Json::Number(_) | Json::Array(_) | Json::Object(_) => Fact::Json(value.clone()),
    }
}

/// How wide each column is: what it needs, and less of the widest while the line is too long.
fn widths(header: &[String], rows: &[Vec<String>], columns: usize) -> Vec<usize> {
    let needs = |place: usize| {
        let cells = rows.iter().map(|row| width(&row[place]));
        cells.max().unwrap_or(0).max(width(&header[place]))
    };
    let mut widths: Vec<usize> = (0..header.len()).map(needs).collect();
    let room = columns.saturating_sub(GAP * header.len().saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > NARROW) else {
            break;
        };
        *widest -= 1;
    }
    widths
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, room) in cells.iter().zip(widths) {
        let shown = cut(cell, *room);
        line += &shown;
        line += &" ".repeat(room - width(&shown) + GAP);
    }
    format!("{}\n", line.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_column_gives_way() {
        let row = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        let rows = [row("short", "a rather long text that needs room")];
        let found = widths(&row("A", "B"), &rows, 24);
        assert_eq!(found, [5, 17]);
        assert_eq!(line(&rows[0], &found), "short  a rather long te…\n");
    }
}
