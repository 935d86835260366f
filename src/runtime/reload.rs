//! The configuration while a session runs: a file that is looked at now and then, off the loop, and what comes
//! of it when it was changed. What stands in it is for whoever gives the reader to say.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use crate::app::setup::Change;
use crate::domain::{Refresh, Text};
use crate::files::{self, Stamp};
use crate::gate::Cap;
use crate::provider::link::Link;

/// How often the file is looked at.
const PACE: Duration = Duration::from_secs(1);

/// What the configuration says now, or why it cannot be used.
pub type Reading = Result<Reread, Text>;

/// A configuration that was read again.
pub struct Reread {
    /// The connections in their order, and what has changed of each.
    pub links: Vec<(Arc<Link>, Change)>,
    /// How many members one yes may remove.
    pub cap: Cap,
    /// How often lists are read again by themselves.
    pub refresh: Refresh,
    /// The variables that no other program inherits.
    pub hidden: Vec<String>,
    /// What else has changed, in words.
    pub notes: Vec<Text>,
}

/// What reads the file.
pub type Reader = Box<dyn FnMut() -> Reading + Send>;

/// A file that is watched.
pub struct Watch {
    path: PathBuf,
    reader: Reader,
    /// The file that was read last.
    known: Option<Stamp>,
    /// The file when it was looked at last.
    seen: Option<Stamp>,
}

impl Watch {
    /// Watches a file that was read when it had this stamp.
    pub fn new(path: PathBuf, known: Option<Stamp>, reader: Reader) -> Self {
        Self {
            path,
            reader,
            known,
            seen: known,
        }
    }

    /// Looks at the file once: it is read when it is another one than before, and was the same at two looks, so
    /// that nothing is read that is still being written.
    pub fn look(&mut self) -> Option<Reading> {
        let now = files::stamp(&self.path);
        let is_calm = now == self.seen;
        self.seen = now;
        if now == self.known || !is_calm {
            return None;
        }
        let reading = (self.reader)();
        self.seen = files::stamp(&self.path);
        if self.seen != now {
            return None;
        }
        self.known = now;
        Some(reading)
    }

    /// Looks at it now and then from now on, for whoever listens.
    #[expect(
        clippy::disallowed_methods,
        reason = "the file is looked at beside the loop, and no longer than it runs"
    )]
    pub fn begin(self) -> UnboundedReceiver<Reading> {
        let (listener, readings) = unbounded_channel();
        tokio::spawn(self.tell(listener));
        readings
    }

    /// Looks at it as long as somebody listens.
    async fn tell(self, listener: UnboundedSender<Reading>) {
        let mut watch = self;
        loop {
            tokio::select! {
                () = listener.closed() => return,
                () = sleep(PACE) => {}
            }
            let looked = spawn_blocking(move || {
                let reading = watch.look();
                (watch, reading)
            });
            // A reader that panics ends the program elsewhere.
            let Ok((back, reading)) = looked.await else {
                return;
            };
            watch = back;
            if reading.is_some_and(|reading| listener.send(reading).is_err()) {
                return;
            }
        }
    }
}

/// A session without a file: nothing ever comes of it.
pub fn unwatched() -> UnboundedReceiver<Reading> {
    unbounded_channel().1
}
