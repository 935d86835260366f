//! The journal: what was going to be sent, written down before it is sent, and what came of it.

pub mod memory;

use futures_util::future::BoxFuture;
use jiff::Timestamp;

use crate::domain::entry::EntryNo;
use crate::domain::{Entry, Text};

/// Where entries are kept. An entry is kept for good when its number has come back.
pub trait Journal: Send + Sync {
    /// Appends an entry.
    ///
    /// # Errors
    /// The cause, when it could not be written; then nothing may be sent.
    fn append(&self, entry: Entry) -> BoxFuture<'_, Result<EntryNo, Text>>;

    /// The entries from this time on, with their numbers, in the order they were written.
    ///
    /// # Errors
    /// The cause, when they could not be read.
    fn since(&self, start: Timestamp) -> BoxFuture<'_, Result<Vec<(EntryNo, Entry)>, Text>>;
}
