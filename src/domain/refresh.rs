//! How often lists are read again by themselves.

use std::fmt;
use std::time::Duration;

/// How often lists are read again without being asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// So long after the latest reading.
    Every(Duration),
    /// Never.
    Off,
}

impl Refresh {
    /// The shortest span between two readings, in seconds.
    pub const LEAST: u64 = 10;

    /// So many seconds; none is never. Nothing where that would burden a service.
    pub const fn seconds(count: u64) -> Option<Self> {
        match count {
            0 => Some(Self::Off),
            1..Self::LEAST => None,
            Self::LEAST.. => Some(Self::Every(Duration::from_secs(count))),
        }
    }

    /// The span between two readings, if there are any.
    pub const fn span(self) -> Option<Duration> {
        match self {
            Self::Every(span) => Some(span),
            Self::Off => None,
        }
    }
}

impl Default for Refresh {
    fn default() -> Self {
        Self::Every(Duration::from_mins(1))
    }
}

impl fmt::Display for Refresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Every(span) => write!(f, "{}", span.as_secs()),
            Self::Off => f.write_str("off"),
        }
    }
}
