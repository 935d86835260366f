//! A journal that lasts as long as the process: for the demo, for tests, and where nothing may be written.

use std::sync::{Mutex, PoisonError};

use futures_util::future::BoxFuture;
use jiff::Timestamp;

use super::Journal;
use crate::domain::entry::EntryNo;
use crate::domain::{Entry, Text};

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

    fn since(&self, start: Timestamp) -> BoxFuture<'_, Result<Vec<(EntryNo, Entry)>, Text>> {
        Box::pin(async move {
            let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let numbered = (1..).map(EntryNo).zip(entries.iter());
            let later = numbered.filter(|(_, entry)| entry.at >= start);
            Ok(later.map(|(no, entry)| (no, entry.clone())).collect())
        })
    }
}
