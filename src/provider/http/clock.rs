//! The service's clock, as the dates of its answers show it beside ours.

use jiff::Timestamp;
use tokio::sync::watch;

use crate::domain::Skew;

/// How far the service's clock is ahead of ours, for every request of a profile.
#[derive(Debug, Default)]
pub(super) struct Clock(watch::Sender<Skew>);

impl Clock {
    /// An answer came when our clock showed this; not all are dated.
    pub(super) fn heard(&self, theirs: Option<Timestamp>, ours: Timestamp) {
        if let Some(theirs) = theirs {
            self.0.send_if_modified(|skew| skew.learn(theirs, ours));
        }
    }

    pub(super) fn skew(&self) -> Skew {
        *self.0.borrow()
    }
}
