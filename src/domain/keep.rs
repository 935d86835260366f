//! How long segments of the journal are kept.

use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};

/// Days for which a segment is kept after its last record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep(u32);

/// It is no span of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a number of days is needed, such as \"400d\"")]
pub struct NoSpan;

impl Default for Keep {
    fn default() -> Self {
        Self(400)
    }
}

impl FromStr for Keep {
    type Err = NoSpan;

    fn from_str(text: &str) -> Result<Self, NoSpan> {
        let days = text.strip_suffix('d').ok_or(NoSpan)?;
        let days: u32 = days.parse().map_err(|_| NoSpan)?;
        if days == 0 {
            Err(NoSpan)
        } else {
            Ok(Self(days))
        }
    }
}

impl std::fmt::Display for Keep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}d", self.0)
    }
}

impl Keep {
    /// Segments whose last record is from before then are over.
    pub fn start(self, now: Timestamp) -> Timestamp {
        let span = SignedDuration::from_hours(24 * i64::from(self.0));
        now.checked_sub(span).unwrap_or(Timestamp::MIN)
    }
}
