//! Rows of text: comma-separated, tab-separated and Markdown. Every cell is cleaned.

use std::io;

use super::record::Record;
use super::sink::Sink;
use crate::domain::{Fact, Text};

/// RFC 4180 with a header.
#[derive(Default)]
pub(in crate::cli) struct Csv {
    begun: bool,
}

impl Csv {
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
        let cells: Vec<String> = fields.iter().map(|field| comma(record.at(field))).collect();
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
fn comma(fact: &Fact) -> String {
    let raw = fact.texts().join(" ");
    if raw.is_empty() {
        return raw;
    }
    let clean = words(fact);
    let begins = raw.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if begins || clean.starts_with(['=', '+', '-', '@']) {
        "'"
    } else {
        ""
    };
    format!("{guard}{clean}")
}

/// Writes a record tab-separated, for the pipe.
pub(super) fn tabbed(sink: &mut Sink, fields: &[&'static str], record: &Record) -> io::Result<()> {
    let cells: Vec<String> = fields.iter().map(|field| cell(record.at(field))).collect();
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
    let clean = |text: &str| Text::from(text).clean().to_string();
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
            assert_eq!(comma(&Fact::ours(raw)), cell);
        }
        assert_eq!(line(&["a,\"b\"", "c"]).unwrap(), b"\"a,\"\"b\"\"\",c\r\n");
        assert!(comma(&Fact::ours("\t=1")).starts_with('\''));
        assert!(comma(&Fact::ours("\r=1")).starts_with('\''));
        assert_eq!(comma(&Fact::Unknown), "");
    }

    #[test]
    fn a_table_stays_a_table() {
        let hostile = escaped("a | b <img> [x](y) `c` _d_");
        assert_eq!(hostile, "a \\| b &lt;img> \\[x\\](y) \\`c\\` \\_d\\_");
    }
}
