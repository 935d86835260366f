//! Segments: the files that the journal is spread over, the oldest first. Reading them takes no lock and
//! changes nothing.

use std::path::Path;

use jiff::Timestamp;

use super::Newest;
use super::chain::{self, FIRST, Tip};
use super::pictures::Shelf;
use super::wire::Line;
use crate::domain::Record;
use crate::domain::entry::EntryNo;
use crate::files::{Folder, Lines, NotOpened};

/// The segment that is written.
pub(super) const CURRENT: &str = "journal.jsonl";

/// More than any segment holds.
const LARGEST: u64 = 1 << 30;

/// Bytes at a segment's end that are looked at first for its last line.
const TAIL: u64 = 64 * 1024;

/// What an examination of the journal found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many records there are.
    pub records: u64,
    /// The first of them: those before it are no longer kept.
    pub first: Option<EntryNo>,
    /// Whether the last line is cut off.
    pub is_torn: bool,
    /// The first record that is not as it was written.
    pub broken: Option<Broken>,
}

/// A record that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The file it stands in.
    pub file: String,
    /// Its line there, from 1.
    pub line: usize,
    /// The number it says it has.
    pub no: Option<EntryNo>,
    /// What is the matter.
    pub why: &'static str,
}

/// The name of the segment that begins with this record.
pub(super) fn name(first: u64) -> String {
    format!("journal.{first:012}.jsonl")
}

/// The segments that are complete, the oldest first.
pub(super) fn complete(folder: &Folder) -> std::io::Result<Vec<String>> {
    let is_segment = |name: &String| {
        let number = name
            .strip_prefix("journal.")
            .and_then(|rest| rest.strip_suffix(".jsonl"));
        number.is_some_and(|number| {
            number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let mut names = folder.names()?;
    names.retain(is_segment);
    Ok(names)
}

/// The records from this time on.
pub(super) fn since(path: &Path, start: Timestamp) -> Result<Vec<Record>, NotOpened> {
    let folder = match Folder::open(path) {
        Err(error) if error.is_missing() => return Ok(Vec::new()),
        folder => folder?,
    };
    let shelf = Shelf::of(path);
    let mut parts: Vec<Vec<Record>> = Vec::new();
    for text in newest_first(&folder)? {
        let records = records(&text?, &shelf);
        let is_enough = records.first().is_some_and(|first| first.at < start);
        parts.push(records);
        if is_enough {
            break;
        }
    }
    let records = parts.into_iter().rev().flatten();
    Ok(records.filter(|record| record.at >= start).collect())
}

/// The records of so many of the newest segments.
pub(super) fn newest(path: &Path, most: usize) -> Result<Newest, NotOpened> {
    let folder = match Folder::open(path) {
        Err(error) if error.is_missing() => return Ok(Newest::all(Vec::new())),
        folder => folder?,
    };
    let shelf = Shelf::of(path);
    let mut texts = newest_first(&folder)?;
    let mut parts: Vec<Vec<Record>> = Vec::new();
    for text in texts.by_ref().take(most) {
        parts.push(records(&text?, &shelf));
    }
    Ok(Newest {
        records: parts.into_iter().rev().flatten().collect(),
        is_all: texts.next().is_none(),
    })
}

fn records(text: &str, shelf: &Shelf) -> Vec<Record> {
    let picture = |hash: &str| shelf.find(hash);
    let lines = text.lines().filter_map(chain::opened);
    lines.filter_map(|line| line.read(&picture)).collect()
}

/// The segments' texts, without a line that is cut off.
pub(super) fn newest_first(
    folder: &Folder,
) -> Result<impl Iterator<Item = Result<String, NotOpened>>, NotOpened> {
    // The current one first: if it becomes a complete one now, its records are in both and not in neither.
    let current = text(folder, CURRENT)?;
    let mut names = complete(folder)?;
    names.reverse();
    let own = begins(&current);
    let older = names
        .into_iter()
        .filter(move |name| Some(name) != own.as_ref());
    let older = older.map(|name| text(folder, &name));
    Ok(std::iter::once(Ok(current)).chain(older))
}

/// The text of a segment, without a line that is cut off.
pub(super) fn text(folder: &Folder, name: &str) -> Result<String, NotOpened> {
    match folder.read(name, LARGEST) {
        Ok(bytes) => Ok(whole_lines(bytes)),
        // The current one is not there before the first record and after a segment was completed, an old
        // one when it was removed meanwhile.
        Err(error) if error.is_missing() => Ok(String::new()),
        Err(error) => Err(error),
    }
}

/// Bytes as text, without a line that is cut off.
pub(super) fn whole_lines(mut bytes: Vec<u8>) -> String {
    let end = bytes.iter().rposition(|byte| *byte == b'\n');
    bytes.truncate(end.map_or(0, |end| end + 1));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The name that a segment with this text has, or gets when it is complete.
pub(super) fn begins(text: &str) -> Option<String> {
    let first = text.lines().next().and_then(chain::opened);
    first.map(|line| name(line.no))
}

/// Looks whether every record is as it was written, and none is missing between them.
///
/// # Errors
/// When the journal cannot be read.
pub fn check(path: &Path) -> Result<Checked, NotOpened> {
    let mut checked = Checked::default();
    let folder = match Folder::open(path) {
        Err(error) if error.is_missing() => return Ok(checked),
        folder => folder?,
    };
    let mut prev: Option<String> = None;
    let mut names = complete(&folder)?;
    names.push(CURRENT.to_owned());
    for name in names {
        for (number, line) in (1..).zip(text(&folder, &name)?.lines()) {
            checked.records += 1;
            let opened = chain::opened(line);
            let no = opened.as_ref().map(|line| line.no);
            if prev.is_none() {
                checked.first = no.map(EntryNo);
            }
            if let Some(why) = wrong(line, opened.as_ref(), prev.as_deref()) {
                checked.broken.get_or_insert(Broken {
                    file: name.clone(),
                    line: number,
                    no: no.map(EntryNo),
                    why,
                });
            }
            prev = Some(chain::hash_after(line));
        }
    }
    let current = folder.read(CURRENT, LARGEST).unwrap_or_default();
    checked.is_torn = current.last().is_some_and(|byte| *byte != b'\n');
    Ok(checked)
}

/// What is the matter with a line that follows the one with this hash.
fn wrong(text: &str, line: Option<&Line>, prev: Option<&str>) -> Option<&'static str> {
    let Some(line) = line else {
        return Some("it is no record");
    };
    if chain::hash(text).is_none() {
        return Some("it was changed: its hash is another");
    }
    match prev {
        Some(prev) if line.prev != prev => {
            Some("it does not follow the one before: a record was changed, taken out or put in")
        }
        None if line.no == 1 && line.prev != FIRST => Some("it is not the first"),
        Some(_) | None => None,
    }
}

/// The end of a segment: where the chain goes on, and how many bytes after the last whole line are the half
/// of one.
pub(super) fn end(lines: &mut Lines) -> std::io::Result<(Option<Tip>, Vec<u8>)> {
    let length = lines.len()?;
    let mut window = TAIL;
    loop {
        let bytes = lines.tail(window)?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n');
        let is_all = window >= length;
        if let Some(last) = whole {
            let before = &bytes[..last];
            let start = before.iter().rposition(|byte| *byte == b'\n');
            if start.is_some() || is_all {
                let text = String::from_utf8_lossy(before);
                return Ok((Some(tip(&text)), bytes[last + 1..].to_vec()));
            }
        } else if is_all {
            return Ok((None, bytes));
        }
        window = window.saturating_mul(8);
    }
}

/// Where the chain goes on after these lines, of which the first may be half a line.
fn tip(text: &str) -> Tip {
    let mut unread = 0;
    for line in text.lines().rev() {
        if let Some(known) = chain::opened(line) {
            let last = text.lines().next_back().unwrap_or_default();
            return Tip {
                no: known.no + unread,
                at: Some(known.at),
                hash: chain::hash_after(last),
            };
        }
        unread += 1;
    }
    Tip {
        no: unread,
        at: None,
        hash: chain::hash_after(text.lines().next_back().unwrap_or_default()),
    }
}
