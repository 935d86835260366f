//! Rows of text: comma-separated, tab-separated and Markdown. Every cell is cleaned.

use std::io;

use super::record::Record;
use super::sink::Sink;
use crate::domain::text::{self, guarded};
use crate::domain::{Fact, Text};

/// RFC 4180 with a header.
pub(in crate::cli) struct Csv {
    begun: bool,
    reader: Reader,
}

/// Who reads the cells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// A person at a terminal, which no cell may command.
    Person,
    /// A program that gets back what was typed, several lines of it too.
    Program,
}

impl Csv {
    /// For whoever reads what goes there.
    pub(super) fn of(sink: &Sink) -> Self {
        let reader = if sink.is_terminal() {
            Reader::Person
        } else {
            Reader::Program
        };
        Self {
            begun: false,
            reader,
        }
    }

    /// The header, once; also where no row follows.
    pub(super) fn header(&mut self, sink: &mut Sink, fields: &[&'static str]) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        sink.write(&line(fields)?)
    }

    pub(super) fn record(
        &mut self,
        sink: &mut Sink,
        fields: &[&'static str],
        record: &Record,
    ) -> io::Result<()> {
        self.header(sink, fields)?;
        let cells: Vec<String> = fields
            .iter()
            .map(|field| comma(record.at(field), self.reader))
            .collect();
        sink.write(&line(&cells)?)
    }
}

/// One line of RFC 4180.
fn line<T: AsRef<[u8]>>(cells: &[T]) -> io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(cells)?;
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// A cell of a spreadsheet: what it would take for a formula gets an apostrophe.
fn comma(fact: &Fact, reader: Reader) -> String {
    let raw = match fact {
        // What JSON calls them, as programs read both.
        Fact::Flag(flag) => flag.to_string(),
        Fact::Text(_)
        | Fact::Number(_)
        | Fact::Time(_)
        | Fact::List(_)
        | Fact::Json(_)
        | Fact::Empty
        | Fact::Unknown => fact.texts().join(", "),
    };
    match reader {
        Reader::Person => guarded(&raw, clean(&raw)),
        Reader::Program => text::cell(&raw),
    }
}

fn clean(text: &str) -> String {
    Text::from(text).clean().to_string()
}

/// Writes a record tab-separated, for the pipe: what is kept of it may be opened as a spreadsheet.
pub(super) fn tabbed(sink: &mut Sink, fields: &[&'static str], record: &Record) -> io::Result<()> {
    let tabbed = |field: &&'static str| {
        let fact = record.at(field);
        match cell(fact) {
            // What stands for nothing is ours.
            shown if fact.texts().is_empty() => shown,
            shown => guarded("", shown),
        }
    };
    let cells: Vec<String> = fields.iter().map(tabbed).collect();
    sink.write(format!("{}\n", cells.join("\t")).as_bytes())
}

/// A Markdown table.
#[derive(Default)]
pub(in crate::cli) struct Md {
    begun: bool,
}

impl Md {
    /// The header, once; also where no row follows.
    pub(super) fn header(&mut self, sink: &mut Sink, fields: &[&'static str]) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        let rule = vec!["---"; fields.len()].join(" | ");
        let header = fields.join(" | ");
        sink.write(format!("| {header} |\n| {rule} |\n").as_bytes())
    }

    pub(super) fn record(
        &mut self,
        sink: &mut Sink,
        fields: &[&'static str],
        record: &Record,
    ) -> io::Result<()> {
        self.header(sink, fields)?;
        let cells = fields.iter().map(|field| escaped(&cell(record.at(field))));
        let cells: Vec<String> = cells.collect();
        sink.write(format!("| {} |\n", cells.join(" | ")).as_bytes())
    }
}

/// Text that Markdown shows as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '!' => {
                out.push('\\');
                out.push(character);
            }
            other => out.push(other),
        }
    }
    out
}

/// A fact as a person reads it: `-` is nothing, `?` is not known.
pub(super) fn cell(fact: &Fact) -> String {
    match fact {
        Fact::Empty => "-".to_owned(),
        Fact::Unknown => "?".to_owned(),
        Fact::List(texts) if texts.is_empty() => "-".to_owned(),
        Fact::Text(_)
        | Fact::Number(_)
        | Fact::Flag(_)
        | Fact::Time(_)
        | Fact::List(_)
        | Fact::Json(_) => words(fact),
    }
}

fn words(fact: &Fact) -> String {
    let texts: Vec<String> = fact.texts().iter().map(|text| clean(text)).collect();
    texts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_gets_no_formula() {
        for (raw, cell) in [
            ("=1+1", "'=1+1"),
            ("+351", "'+351"),
            ("-x", "'-x"),
            ("@a", "'@a"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(comma(&Fact::ours(raw), Reader::Program), cell);
            assert_eq!(comma(&Fact::ours(raw), Reader::Person), cell);
        }
        assert_eq!(line(&["a,\"b\"", "c"]).unwrap(), b"\"a,\"\"b\"\"\",c\r\n");
        for reader in [Reader::Program, Reader::Person] {
            assert!(comma(&Fact::ours("\t=1"), reader).starts_with('\''));
            assert!(comma(&Fact::ours("\r=1"), reader).starts_with('\''));
            assert_eq!(comma(&Fact::Unknown, reader), "");
            assert_eq!(comma(&Fact::Flag(true), reader), "true");
        }
    }

    #[test]
    fn a_program_gets_back_what_was_typed() {
        for text in ["a\tb", "a\r\nb", "\n \n", "a \n\n b", "", "  "] {
            assert_eq!(comma(&Fact::ours(text), Reader::Program), text);
        }
        let hostile = "a\u{1b}[2J\nb\u{202e}";
        let kept = comma(&Fact::ours(hostile), Reader::Program);
        assert!(kept.contains('\n') && !kept.contains(['\u{1b}', '\u{202e}']));
        let shown = comma(&Fact::ours(hostile), Reader::Person);
        assert!(shown.chars().all(|c| !c.is_control()));
    }

    #[test]
    fn a_table_stays_a_table() {
        let hostile = escaped("a | b <img> [x](y) `c` _d_");
        assert_eq!(hostile, "a \\| b &lt;img> \\[x\\](y) \\`c\\` \\_d\\_");
    }
}
