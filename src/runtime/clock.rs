//! The clock: the one place where time is read.

use jiff::Timestamp;
use tokio::time::Instant;

use crate::domain::{Moment, Now};

/// Time since a start, and the wall clock.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
    wall: fn() -> Timestamp,
}

impl Clock {
    /// A clock that starts now and reads this wall clock.
    pub fn starting(wall: fn() -> Timestamp) -> Self {
        Self {
            start: Instant::now(),
            wall,
        }
    }

    /// The time since the start.
    pub fn moment(&self) -> Moment {
        Moment(self.start.elapsed())
    }

    /// The stamp of a message that arrives now.
    pub fn now(&self) -> Now {
        Now {
            moment: self.moment(),
            wall: (self.wall)(),
        }
    }

    /// The instant of a moment.
    pub fn instant(&self, moment: Moment) -> Instant {
        self.start + moment.0
    }
}

/// The machine's wall clock.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the wall clock"
)]
pub fn wall() -> Timestamp {
    Timestamp::now()
}
