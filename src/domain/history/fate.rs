//! Where the steps of a plan stand, as far as the journal tells, and how many stand where.

use crate::domain::record::End;

/// Where a step of a plan stands, as far as the journal tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// It was applied.
    Done(End),
    /// It was found done already, and nothing was sent for it.
    AlreadySo,
    /// It was refused.
    Refused(End),
    /// It may have been applied.
    Unknown,
    /// What became of it was never written.
    Open,
    /// It was not sent, or certainly not applied.
    NotStarted,
}

/// How many steps of a plan stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Applied, or found so.
    pub done: usize,
    /// Refused.
    pub refused: usize,
    /// Perhaps applied.
    pub unknown: usize,
    /// Not sent.
    pub not_started: usize,
}

impl Counts {
    /// Of so many steps.
    pub fn of(fates: &[Fate]) -> Self {
        let mut counts = Self::default();
        for fate in fates {
            match fate {
                Fate::Done(_) | Fate::AlreadySo => counts.done += 1,
                Fate::Refused(_) => counts.refused += 1,
                Fate::Unknown | Fate::Open => counts.unknown += 1,
                Fate::NotStarted => counts.not_started += 1,
            }
        }
        counts
    }
}
