//! The chain: each line ends with the hash of itself and holds the hash of the one before, so that a line
//! that was changed, taken out or put in is found.
//!
//! A line is plain ASCII, so that no text in it can end it, whatever a reader takes for the end of a line,
//! or command the terminal that it is shown on.

use std::fmt::Write as _;
use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::wire::{Line, digest};

/// The hash that the first line of all holds for the one before.
pub(super) const FIRST: &str = "";

/// What stands between a line's own text and its hash.
const JOINT: &str = ",\"hash\":\"";

/// The end of a line.
const END: &str = "\"}";

/// Characters of a hash.
const HASH: usize = 64;

/// Where the chain goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tip {
    /// The number of the last line.
    pub(super) no: u64,
    /// When the last record was written that can be read, where there is one.
    pub(super) at: Option<Timestamp>,
    /// Its hash.
    pub(super) hash: String,
}

impl Tip {
    /// Before the first line.
    pub(super) fn start() -> Self {
        Self {
            no: 0,
            at: None,
            hash: FIRST.to_owned(),
        }
    }
}

/// A record as its line, without the line's end.
pub(super) fn sealed(line: &Line) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Ascii);
    // Texts, numbers and maps of texts can always be written, and memory takes every byte.
    let _ = line.serialize(&mut serializer);
    let mut text = String::from_utf8(bytes).unwrap_or_default();
    let hash = digest(text.as_bytes());
    text.pop();
    text + JOINT + &hash + END
}

/// The hash that a line says it has, if it is the hash of what stands before it.
pub(super) fn hash(line: &str) -> Option<&str> {
    let at = line.len().checked_sub(JOINT.len() + HASH + END.len())?;
    let (text, rest) = (line.get(..at)?, line.get(at..)?);
    let said = rest.strip_prefix(JOINT)?.strip_suffix(END)?;
    (digest(format!("{text}}}").as_bytes()) == said).then_some(said)
}

/// The hash that the next line holds: the line's own, or that of its bytes where they are no line of ours.
pub(super) fn hash_after(line: &str) -> String {
    hash(line).map_or_else(|| digest(line.as_bytes()), str::to_owned)
}

/// A line as its record, whether or not its hash is right.
pub(super) fn opened(line: &str) -> Option<Line> {
    serde_json::from_str(line).ok()
}

/// Escapes everything that is not plain.
struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut out = String::with_capacity(fragment.len());
        for character in fragment.chars() {
            if character.is_ascii() && character != '\u{7f}' {
                out.push(character);
                continue;
            }
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                // Text grows without failing.
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
        writer.write_all(out.as_bytes())
    }
}
