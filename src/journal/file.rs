//! The journal on the disk: a file of lines that several processes write to, one after the other.
//!
//! A process holds a lock while it reads the last line's hash and appends the next one. Another lock, one
//! for each session, tells whether the session is still alive; the system lets it go however a process
//! ends.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use super::chain::{self, Tip};
use super::segments::{self, CURRENT};
use super::wire::{self, Line};
use super::{Journal, Newest, Takeover, open, pictures};
use crate::domain::entry::{EntryNo, SessionId};
use crate::domain::{Entry, Keep, Record, Text};
use crate::files::{Folder, Lines, Lock, NotOpened};

/// A segment that is longer than this is complete.
const LONG: u64 = 8 << 20;

/// How often and after which wait another process' lock is asked for again: two seconds in all.
const TRIES: u32 = 400;
const WAIT: Duration = Duration::from_millis(5);

/// The file whose lock orders the writers.
const LOCK: &str = "journal.lock";

/// The folder of the sessions' locks.
const SESSIONS: &str = "sessions";

/// How a line gets to the end of a file, and on the disk.
pub type Append = fn(&mut Lines, &[u8]) -> std::io::Result<()>;

/// A journal in a folder.
#[derive(Clone)]
pub struct File(Arc<Desk>);

struct Desk {
    folder: PathBuf,
    long: u64,
    keep: Keep,
    wall: fn() -> Timestamp,
    append: Append,
    alive: Mutex<BTreeMap<SessionId, Lock>>,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
enum Why {
    #[error("{0}")]
    File(#[from] NotOpened),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("another process has been writing to it for too long")]
    Busy,
}

impl File {
    /// The journal in this folder, which is made when the first record is written.
    pub fn new(folder: &Path, keep: Keep, wall: fn() -> Timestamp) -> Self {
        Self::in_segments(folder, (keep, LONG), wall)
    }

    /// The same with segments that are complete at this length.
    pub fn in_segments(folder: &Path, (keep, long): (Keep, u64), wall: fn() -> Timestamp) -> Self {
        Self(Arc::new(Desk {
            folder: folder.to_owned(),
            long,
            keep,
            wall,
            append: Lines::append,
            alive: Mutex::default(),
        }))
    }

    /// The same on a disk that takes lines in this way; for a new journal, which nobody shares yet.
    #[must_use]
    pub fn on_disk(mut self, append: Append) -> Self {
        if let Some(desk) = Arc::get_mut(&mut self.0) {
            desk.append = append;
        }
        self
    }
}

impl Journal for File {
    fn append(&self, entry: Entry) -> BoxFuture<'_, Result<EntryNo, Text>> {
        Box::pin(async move {
            let no = in_turn(&self.0, move |desk| desk.append(&entry)).await;
            no.map(EntryNo).map_err(|why| self.0.words(&why))
        })
    }

    fn since(&self, start: Timestamp) -> BoxFuture<'_, Result<Vec<Record>, Text>> {
        Box::pin(read(&self.0, move |desk| {
            segments::since(&desk.folder, start)
        }))
    }

    fn newest(&self, parts: usize) -> BoxFuture<'_, Result<Newest, Text>> {
        Box::pin(read(&self.0, move |desk| {
            segments::newest(&desk.folder, parts)
        }))
    }

    fn open(&self) -> BoxFuture<'_, Result<Vec<Record>, Text>> {
        Box::pin(read(&self.0, Desk::open))
    }

    fn ready(&self) -> BoxFuture<'_, Result<Option<Text>, Text>> {
        Box::pin(async move {
            let found = in_turn(&self.0, Desk::mend).await;
            found.map_err(|why| self.0.words(&why))
        })
    }

    fn take_over(&self, session: &SessionId) -> Option<Box<dyn Takeover>> {
        let folder = self.0.sessions().ok()?;
        let lock = folder.lock(session.0.raw()).ok()??;
        Some(Box::new(Taken {
            name: session.0.raw().to_owned(),
            folder,
            _lock: lock,
        }))
    }
}

/// A session's lock, held by who settles what it has left.
struct Taken {
    name: String,
    folder: Folder,
    _lock: Lock,
}

impl Takeover for Taken {}

impl Drop for Taken {
    fn drop(&mut self) {
        // A file that stays behind says no more than that the session is over.
        let _ = self.folder.remove(&self.name);
    }
}

/// Reads something on a thread of its own.
async fn read<T: Send + 'static>(
    desk: &Arc<Desk>,
    work: impl FnOnce(&Desk) -> Result<T, NotOpened> + Send + 'static,
) -> Result<T, Text> {
    let own = Arc::clone(desk);
    match spawn_blocking(move || work(&own)).await {
        Ok(read) => read.map_err(|error| desk.unread(&error.to_string())),
        Err(error) => Err(desk.unread(&error.to_string())),
    }
}

/// Whether it was this process' turn.
enum Turn<T> {
    Done(T),
    NotYet,
}

/// Does something that needs the writers' lock, as soon as it is this process' turn.
async fn in_turn<T: Send + 'static>(
    desk: &Arc<Desk>,
    work: impl Fn(&Desk) -> Result<Turn<T>, Why> + Send + Sync + 'static,
) -> Result<T, Why>
where
{
    let work = Arc::new(work);
    for _ in 0..TRIES {
        let (desk, work) = (Arc::clone(desk), Arc::clone(&work));
        let done = spawn_blocking(move || work(&desk)).await;
        match done.map_err(std::io::Error::other)?? {
            Turn::Done(done) => return Ok(done),
            Turn::NotYet => sleep(WAIT).await,
        }
    }
    Err(Why::Busy)
}

impl Desk {
    fn words(&self, why: &Why) -> Text {
        let place = self.folder.join(CURRENT);
        Text::from(format!("{}: {why}", place.display()))
    }

    fn unread(&self, why: &str) -> Text {
        let place = self.folder.join(CURRENT);
        Text::from(format!("{}: {why}", place.display()))
    }

    fn sessions(&self) -> Result<Folder, NotOpened> {
        Folder::make(&self.folder.join(SESSIONS))
    }

    /// Appends an entry: its number, or nothing while another process writes.
    fn append(&self, entry: &Entry) -> Result<Turn<u64>, Why> {
        let folder = Folder::make(&self.folder)?;
        self.be_alive(&entry.actor.session)?;
        let Some(_lock) = folder.lock(LOCK)? else {
            return Ok(Turn::NotYet);
        };
        let (mut lines, tip, _) = self.whole(&folder)?;
        // Under the lock, so that nobody takes away what no record speaks of yet.
        pictures::keep(&self.folder, entry)?;
        let no = tip.no + 1;
        let line = chain::sealed(&Line::of(entry, (no, tip.hash)));
        (self.append)(&mut lines, format!("{line}\n").as_bytes())?;
        Ok(Turn::Done(no))
    }

    /// The records of what is open. Reading takes no lock; the bookmark is moved by whoever gets it.
    fn open(&self) -> Result<Vec<Record>, NotOpened> {
        let folder = match Folder::open(&self.folder) {
            Err(error) if error.is_missing() => return Ok(Vec::new()),
            folder => folder?,
        };
        let images = pictures::Shelf::of(&self.folder);
        let found = open::read(&folder, &|hash| images.find(hash))?;
        if let Some(bookmark) = &found.bookmark
            && let Ok(Some(_lock)) = folder.lock(LOCK)
        {
            open::lay(&folder, bookmark);
        }
        Ok(found.records)
    }

    /// Brings the file into a state that can be written, if it is there: what is to be said of it.
    fn mend(&self) -> Result<Turn<Option<Text>>, Why> {
        let folder = match Folder::open(&self.folder) {
            Err(error) if error.is_missing() => return Ok(Turn::Done(None)),
            _ => Folder::make(&self.folder)?,
        };
        let Some(_lock) = folder.lock(LOCK)? else {
            return Ok(Turn::NotYet);
        };
        let (_, _, aside) = self.whole(&folder)?;
        self.drop_old(&folder)?;
        let said = aside.map(|name| {
            let place = self.folder.join(name);
            Text::from(format!(
                "the last line of the journal was cut off, as when a machine stops; it is kept in {}",
                place.display()
            ))
        });
        Ok(Turn::Done(said))
    }

    /// The current segment without half a line at its end, where the chain goes on, and where such a half
    /// was put.
    fn whole(&self, folder: &Folder) -> Result<(Lines, Tip, Option<String>), Why> {
        let mut lines = folder.lines(CURRENT)?;
        let (tip, torn) = segments::end(&mut lines)?;
        let mut aside = None;
        if !torn.is_empty() {
            let name = format!("journal.torn.{}", &wire::digest(&torn)[..16]);
            folder.keep(&name, &torn)?;
            lines.cut(lines.len()? - torn.len() as u64)?;
            aside = Some(name);
        }
        let tip = match tip {
            Some(tip) => tip,
            None => last(folder)?,
        };
        if lines.len()? < self.long {
            return Ok((lines, tip, aside));
        }
        self.complete(folder)?;
        Ok((folder.lines(CURRENT)?, tip, aside))
    }

    /// The current segment becomes a complete one under the number of its first record.
    fn complete(&self, folder: &Folder) -> Result<(), Why> {
        let text = folder.read(CURRENT, u64::MAX - 1)?;
        let first = text.split(|byte| *byte == b'\n').next();
        let first = first.and_then(|line| chain::opened(&String::from_utf8_lossy(line)));
        let taken = segments::complete(folder)?.len() as u64;
        let number = first.map_or(taken, |line| line.no);
        folder.rename(CURRENT, &segments::name(number))?;
        self.drop_old(folder)
    }

    /// Removes the complete segments whose last record is older than what is kept, and the images that no
    /// record speaks of any more.
    fn drop_old(&self, folder: &Folder) -> Result<(), Why> {
        let start = self.keep.start((self.wall)());
        let mut is_shorter = false;
        for name in segments::complete(folder)? {
            let (tip, _) = segments::end(&mut folder.lines(&name)?)?;
            let last = tip.and_then(|tip| tip.at);
            if last.is_none_or(|at| at >= start) {
                break;
            }
            folder.remove(&name)?;
            is_shorter = true;
        }
        if is_shorter {
            pictures::drop_unused(&self.folder, folder)?;
        }
        Ok(())
    }

    /// Holds the session's lock from its first entry on.
    fn be_alive(&self, session: &SessionId) -> Result<(), Why> {
        let mut alive = self.alive.lock().unwrap_or_else(PoisonError::into_inner);
        if !alive.contains_key(session) {
            let lock = self.sessions()?.lock(session.0.raw())?.ok_or(Why::Busy)?;
            alive.insert(session.clone(), lock);
        }
        Ok(())
    }
}

/// Where the chain goes on when the current segment is empty: after the newest complete one.
fn last(folder: &Folder) -> Result<Tip, Why> {
    let Some(name) = segments::complete(folder)?.pop() else {
        return Ok(Tip::start());
    };
    let (tip, _) = segments::end(&mut folder.lines(&name)?)?;
    Ok(tip.unwrap_or_else(Tip::start))
}

impl Drop for Desk {
    fn drop(&mut self) {
        let mut alive = self.alive.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(folder) = Folder::open(&self.folder.join(SESSIONS)) else {
            return;
        };
        for (session, _lock) in std::mem::take(&mut *alive) {
            // A file that stays behind says no more than that the session is over.
            let _ = folder.remove(session.0.raw());
        }
    }
}
