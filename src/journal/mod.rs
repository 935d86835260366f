//! The journal: what was going to be sent, written down before it is sent, and what came of it.
//!
//! It keeps entries and gives them back; what they mean is the domain's business. What may be written is
//! decided in `wire` by the types there: what has no place in them is in no journal.

mod chain;
pub mod file;
pub mod memory;
mod open;
mod pictures;
mod segments;
mod wire;

pub use segments::{Checked, check};

use std::hash::{BuildHasher as _, RandomState};

use futures_util::future::BoxFuture;
use jiff::Timestamp;

use crate::domain::entry::{EntryNo, SessionId};
use crate::domain::{Entry, Record, Seen, Text};

/// Where entries are kept. An entry is kept for good when its number has come back.
pub trait Journal: Send + Sync {
    /// Appends an entry.
    ///
    /// # Errors
    /// The cause, when it could not be written; then nothing may be sent.
    fn append(&self, entry: Entry) -> BoxFuture<'_, Result<EntryNo, Text>>;

    /// The records from this time on, in the order they were written. What cannot be read is left out.
    ///
    /// # Errors
    /// The cause, when none could be read.
    fn since(&self, start: Timestamp) -> BoxFuture<'_, Result<Vec<Record>, Text>>;

    /// The records of the newest parts of the journal, so many of them.
    ///
    /// # Errors
    /// The cause, when they could not be read.
    fn newest(&self, _parts: usize) -> BoxFuture<'_, Result<Newest, Text>> {
        Box::pin(async { Ok(Newest::all(self.since(Timestamp::MIN).await?)) })
    }

    /// The records of requests and plans that have not come to their end, in the order they were written;
    /// records of others may be among them. It costs what was written since it was last asked for, however
    /// long the journal is.
    ///
    /// # Errors
    /// The cause, when none could be read.
    fn open(&self) -> BoxFuture<'_, Result<Vec<Record>, Text>> {
        self.since(Timestamp::MIN)
    }

    /// Whether an entry could be written now, and what is to be said of how the journal was found.
    ///
    /// # Errors
    /// The cause, when none could be written.
    fn ready(&self) -> BoxFuture<'_, Result<Option<Text>, Text>>;

    /// Takes a session that has ended over, so that its open ends are settled by nobody else at the same
    /// time; nothing while it lives.
    fn take_over(&self, session: &SessionId) -> Option<Box<dyn Takeover>>;
}

/// The end of the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Newest {
    /// Its records, in the order they were written.
    pub records: Vec<Record>,
    /// Whether there are none before them.
    pub is_all: bool,
}

impl Newest {
    /// The whole journal.
    fn all(records: Vec<Record>) -> Self {
        Self {
            records,
            is_all: true,
        }
    }
}

/// A session that was taken over, for as long as this lives.
pub trait Takeover: Send {}

/// A record of a service as the journal writes it down.
pub fn image(seen: &Seen) -> serde_json::Value {
    wire::image(seen)
}

/// A new session's name, which no other session has.
pub fn session() -> Text {
    let one = RandomState::new().hash_one("session");
    let two = RandomState::new().hash_one(one);
    Text::from(format!("{one:016x}{two:016x}"))
}
