//! Time as it enters with every message; the core never reads a clock of its own.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A point in time since the program started, for timers and orders of events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub Duration);

impl Moment {
    /// The moment `wait` later.
    #[must_use]
    pub fn after(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(wait))
    }

    /// How long `earlier` is ago; zero if it is not.
    pub fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

/// The stamp of a message: the program's own time, and what the calendar says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Time since the start, never going back.
    pub moment: Moment,
    /// The wall clock, which may be set while the program runs.
    pub wall: Timestamp,
}

impl Default for Now {
    fn default() -> Self {
        Self {
            moment: Moment::default(),
            wall: Timestamp::UNIX_EPOCH,
        }
    }
}

/// How far the clock of a service is ahead of ours, as far as that matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skew(SignedDuration);

impl Skew {
    /// Clocks that are no further apart than this agree.
    pub const TOLERATED: SignedDuration = SignedDuration::from_secs(60);

    /// Takes in what both clocks showed at one time: whether that changes anything. An answer that was a
    /// little longer on its way than another does not, so that no time on a screen flickers.
    pub fn learn(&mut self, theirs: Timestamp, ours: Timestamp) -> bool {
        let ahead = theirs.duration_since(ours);
        let changes = (ahead - self.0).abs() > Self::TOLERATED;
        if changes {
            let agree = ahead.abs() <= Self::TOLERATED;
            self.0 = if agree { SignedDuration::ZERO } else { ahead };
        }
        changes
    }

    /// What the service's clock shows when ours shows this.
    pub fn theirs(self, ours: Timestamp) -> Timestamp {
        ours.checked_add(self.0).unwrap_or(ours)
    }
}

/// The clock time `HH:MM:SS` of a timestamp in a time zone.
pub fn clock_time(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%H:%M:%S").to_string()
}
