//! JSON: one document, or one object a line. Text is kept as it was received; what could command a
//! terminal or hide in a line is escaped, which JSON reads as the same text.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value as Json;
use serde_json::ser::{Formatter, Serializer};

use super::record::{Chosen, Kind, Named, Record};
use super::sink::Sink;
use crate::cli::complaint::{self, Complaint};
use crate::domain::Text;

/// A document under construction.
pub(in crate::cli) struct Document {
    kind: &'static Kind,
    rows: u64,
}

impl Document {
    pub(super) fn new(kind: &'static Kind) -> Self {
        Self { kind, rows: 0 }
    }

    fn begin(&mut self, sink: &mut Sink) -> io::Result<()> {
        let before = if self.rows == 0 {
            format!("{{\"version\":1,\"{}\":[", self.kind.name)
        } else {
            ",".to_owned()
        };
        sink.write(before.as_bytes())
    }

    pub(super) fn record(
        &mut self,
        sink: &mut Sink,
        fields: &[&'static str],
        record: &Record,
    ) -> io::Result<()> {
        self.begin(sink)?;
        self.rows += 1;
        let named = Named::Bare;
        let chosen = Chosen {
            record,
            fields,
            named,
        };
        sink.write(format!("\n{}", line(&chosen)).as_bytes())
    }

    pub(super) fn end(&mut self, sink: &mut Sink, errors: &[Complaint]) -> io::Result<()> {
        if self.rows == 0 {
            self.begin(sink)?;
        } else {
            sink.write(b"\n")?;
        }
        let errors = line(&complaint::rows(errors));
        sink.write(format!("],\"errors\":{errors}}}\n").as_bytes())
    }
}

/// Writes a record as an object on a line of its own.
pub(super) fn alone(sink: &mut Sink, fields: &[&'static str], record: &Record) -> io::Result<()> {
    let named = Named::Kind;
    let chosen = Chosen {
        record,
        fields,
        named,
    };
    sink.write(format!("{}\n", line(&chosen)).as_bytes())
}

/// A value as one line of JSON.
pub(in crate::cli) fn line(value: &impl Serialize) -> String {
    written(value, Tame)
}

/// A document as indented JSON.
pub(in crate::cli) fn indented(value: &Json) -> String {
    let pretty = serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string());
    // Blanks and line ends between values are all that indenting adds outside of texts.
    pretty.chars().fold(String::new(), |mut out, character| {
        push(&mut out, character);
        out
    })
}

fn written(value: &impl Serialize, formatter: Tame) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, formatter);
    // Texts, numbers and maps of texts can always be written, and memory takes every byte.
    let _ = value.serialize(&mut serializer);
    String::from_utf8(bytes).unwrap_or_default()
}

/// Escapes what a terminal or a reader could take for something else than text.
struct Tame;

impl Formatter for Tame {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if fragment.is_ascii() && !fragment.contains('\u{7f}') {
            return writer.write_all(fragment.as_bytes());
        }
        let mut out = String::with_capacity(fragment.len());
        for character in fragment.chars() {
            push(&mut out, character);
        }
        writer.write_all(out.as_bytes())
    }
}

fn push(out: &mut String, character: char) {
    if is_tame(character) {
        out.push(character);
        return;
    }
    let mut units = [0; 2];
    // Text grows without failing.
    for unit in character.encode_utf16(&mut units) {
        let _ = write!(out, "\\u{unit:04x}");
    }
}

/// Whether a character shows as itself and does nothing else.
fn is_tame(character: char) -> bool {
    if character.is_ascii() {
        return character != '\u{7f}';
    }
    if character.is_alphanumeric() {
        return true;
    }
    let mut own = [0; 4];
    let own = &*character.encode_utf8(&mut own);
    // A letter before it, since marks alone are shown on a place of their own.
    let text = format!("a{own}a");
    Text::from(text.as_str()).clean().as_str() == text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_command_a_terminal_is_escaped_and_stays_what_it_was() {
        for text in [
            "\u{1b}[31m",
            "a\u{202e}b",
            "\u{9b}2J",
            "\u{7f}",
            "x\u{e0001}y",
            "\u{200b}",
        ] {
            let line = line(&text);
            assert!(
                line.chars().all(|c| c == '"' || c.is_ascii_graphic()),
                "{line}"
            );
            assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
        }
        assert_eq!(line(&"größtes 高橋 é"), "\"größtes 高橋 é\"");
    }
}
