//! A journal that lasts as long as the process: for the demo, for tests, and where nothing may be written.
//! What can be read back of it is what a file would hold.

use std::sync::{Mutex, PoisonError};

use futures_util::future::BoxFuture;
use jiff::Timestamp;

use super::chain::FIRST;
use super::wire::{self, Line};
use super::{Journal, Takeover, pictures};
use crate::domain::entry::{EntryNo, SessionId};
use crate::domain::{Entry, Record, Text};

/// Entries in the order they came.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Vec<Entry>>);

impl Memory {
    /// All entries so far.
    pub fn entries(&self) -> Vec<Entry> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Journal for Memory {
    fn append(&self, entry: Entry) -> BoxFuture<'_, Result<EntryNo, Text>> {
        Box::pin(async move {
            let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            entries.push(entry);
            Ok(EntryNo(entries.len() as u64))
        })
    }

    fn since(&self, start: Timestamp) -> BoxFuture<'_, Result<Vec<Record>, Text>> {
        Box::pin(async move {
            let entries = self.entries();
            let picture = |hash: &str| {
                let mut images = entries.iter().flat_map(pictures::of);
                let image = images.find(|image| wire::digest(image.bytes()) == hash)?;
                Some(image.bytes().to_vec())
            };
            let numbered = (1..).zip(entries.iter());
            let later = numbered.filter(|(_, entry)| entry.at >= start);
            let read = |(no, entry)| Line::of(entry, (no, FIRST.to_owned())).read(&picture);
            Ok(later.filter_map(read).collect())
        })
    }

    fn ready(&self) -> BoxFuture<'_, Result<Option<Text>, Text>> {
        Box::pin(async { Ok(None) })
    }

    fn take_over(&self, _: &SessionId) -> Option<Box<dyn Takeover>> {
        // Every session in it lives as long as it does.
        None
    }
}
