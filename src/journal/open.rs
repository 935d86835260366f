//! What is open: the records of requests and plans that have not come to their end, found again at the cost of
//! what was written since they were last looked for.
//!
//! A bookmark beside the journal holds their lines and the place up to which the journal is accounted for. It
//! is believed only as far as the journal bears it out: where the line before that place is another one by now,
//! everything is read anew.

use serde::{Deserialize, Serialize};

use super::chain;
use super::segments::{self, CURRENT};
use super::wire::Pictures;
use crate::domain::Record;
use crate::domain::history::still_open;
use crate::files::{Folder, NotOpened};

/// The bookmark's file.
pub(super) const BOOKMARK: &str = "journal.open";

/// The largest bookmark that is believed.
const LARGEST: u64 = 64 << 20;

/// Bytes behind the bookmark after which it is laid anew.
const FAR: u64 = 32 << 10;

/// Up to where the journal is accounted for, and what of it is still open.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Bookmark {
    /// Where the last line before it begins, in its segment.
    start: u64,
    /// The length of that line, without its end.
    length: u64,
    /// The hash that the next line holds.
    hash: String,
    /// The lines of what was open, oldest first.
    lines: Vec<String>,
}

/// What was found.
pub(super) struct Found {
    /// The records of what is open, and all that were written since the bookmark.
    pub(super) records: Vec<Record>,
    /// The bookmark that is to take the place of the old one, where that is worth it.
    pub(super) bookmark: Option<Bookmark>,
}

/// Lines behind a bookmark.
struct Tail {
    /// Where the text begins in the newest segment.
    base: u64,
    /// The texts of older segments, and how the newest one goes on.
    older: Vec<String>,
    newest: String,
}

/// The records of what is open.
///
/// # Errors
/// When the journal cannot be read.
pub(super) fn read(folder: &Folder, picture: Pictures<'_>) -> Result<Found, NotOpened> {
    let known = laid(folder).and_then(|bookmark| Some((behind(folder, &bookmark)?, bookmark)));
    let is_known = known.is_some();
    let (tail, lines) = match known {
        Some((tail, bookmark)) => (tail, bookmark.lines),
        None => (whole(folder)?, Vec::new()),
    };
    let since: usize = tail.texts().map(str::len).sum();
    let lines = lines.iter().map(String::as_str);
    let lines = lines.chain(tail.texts().flat_map(str::lines));
    let read = lines.filter_map(|line| Some((line, chain::opened(line)?.read(picture)?)));
    let (lines, records): (Vec<&str>, Vec<Record>) = read.unzip();
    let is_due = !is_known || since as u64 > FAR;
    let bookmark = is_due.then(|| tail.bookmark(&lines, &records)).flatten();
    Ok(Found { records, bookmark })
}

/// Lays a bookmark. Without one the next look takes longer, and nothing else.
pub(super) fn lay(folder: &Folder, bookmark: &Bookmark) {
    if let Ok(bytes) = serde_json::to_vec(bookmark) {
        let _ = folder.put(BOOKMARK, &bytes);
    }
}

/// The bookmark, if there is a whole one whose lines are as they were written.
fn laid(folder: &Folder) -> Option<Bookmark> {
    let bytes = folder.read(BOOKMARK, LARGEST).ok()?;
    let bookmark: Bookmark = serde_json::from_slice(&bytes).ok()?;
    let sound = |line: &String| chain::hash(line).is_some();
    bookmark.lines.iter().all(sound).then_some(bookmark)
}

/// What follows a bookmark, if the journal bears it out.
fn behind(folder: &Folder, bookmark: &Bookmark) -> Option<Tail> {
    if let Some(text) = bookmark.after_it(folder, CURRENT) {
        return Some(Tail {
            base: bookmark.end(),
            older: Vec::new(),
            newest: text,
        });
    }
    // Its segment is complete by now. The current one is read first: if it becomes complete meanwhile, its
    // records are met twice and not never.
    let newest = segments::text(folder, CURRENT).ok()?;
    let own = segments::begins(&newest);
    let mut older = Vec::new();
    for name in segments::complete(folder).ok()?.into_iter().rev() {
        if Some(&name) == own.as_ref() {
            continue;
        }
        if let Some(text) = bookmark.after_it(folder, &name) {
            older.insert(0, text);
            let base = 0;
            return Some(Tail {
                base,
                older,
                newest,
            });
        }
        older.insert(0, segments::text(folder, &name).ok()?);
    }
    None
}

fn whole(folder: &Folder) -> Result<Tail, NotOpened> {
    let mut texts = segments::newest_first(folder)?;
    let newest = texts.next().transpose()?.unwrap_or_default();
    let mut older = texts.collect::<Result<Vec<_>, _>>()?;
    older.reverse();
    Ok(Tail {
        base: 0,
        older,
        newest,
    })
}

impl Bookmark {
    fn end(&self) -> u64 {
        self.start + self.length + 1
    }

    /// The whole lines after it in a segment, if that is the one it was laid in.
    fn after_it(&self, folder: &Folder, name: &str) -> Option<String> {
        let before = folder.part(name, (self.start, self.length + 1)).ok()?;
        let line = str::from_utf8(before.strip_suffix(b"\n")?).ok()?;
        if line.len() as u64 != self.length || chain::hash_after(line) != self.hash {
            return None;
        }
        let after = folder.part(name, (self.end(), u64::MAX)).ok()?;
        Some(segments::whole_lines(after))
    }
}

impl Tail {
    fn texts(&self) -> impl Iterator<Item = &str> {
        let older = self.older.iter().map(String::as_str);
        older.chain([self.newest.as_str()])
    }

    /// A bookmark after its last line; none where the newest segment has no line that it could lie at.
    fn bookmark(&self, lines: &[&str], records: &[Record]) -> Option<Bookmark> {
        let last = self.newest.lines().next_back()?;
        let length = last.len() as u64;
        let open = still_open(records);
        let kept = lines.iter().zip(records);
        let kept = kept.filter(|(_, record)| open.contains(&record.no));
        Some(Bookmark {
            start: self.base + self.newest.len() as u64 - length - 1,
            length,
            hash: chain::hash_after(last),
            lines: kept.map(|(line, _)| (*line).to_owned()).collect(),
        })
    }
}
