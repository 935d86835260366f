//! Where the steps of a plan stand, as far as the journal tells, and how many of its rows stand where.

use crate::domain::mutation::Mutation;
use crate::domain::plan::chains;
use crate::domain::record::{End, Planned};

/// Where a step of a plan stands, as far as the journal tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// It was applied.
    Done(End),
    /// It was found done already, and nothing was sent for it.
    AlreadySo,
    /// It was refused.
    Refused(End),
    /// It may have been applied, and reading does not tell.
    Unknown,
    /// What became of it was never written, or not known: reading may still tell.
    Open,
    /// It was not sent, or certainly not applied.
    NotStarted,
}

impl Fate {
    const fn is_done(&self) -> bool {
        matches!(self, Self::Done(_) | Self::AlreadySo)
    }

    const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown | Self::Open)
    }
}

/// How many rows of a plan stand where: what a person counts, be a row one request, several that hang
/// together, or one address of a request with many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Applied, or found so.
    pub done: usize,
    /// Begun, and certainly not finished.
    pub half_done: usize,
    /// Refused.
    pub refused: usize,
    /// Perhaps applied.
    pub unknown: usize,
    /// Not sent.
    pub not_started: usize,
}

impl Counts {
    /// Of these steps, which stand so.
    pub fn of(steps: &[Planned], fates: &[Fate]) -> Self {
        let mut counts = Self::default();
        for row in chains(steps.iter().map(|step| step.after)) {
            let addresses = steps[row.start].act.change.as_ref().map(Mutation::drafts);
            let rows = addresses.map_or(1, |drafts| drafts.len().max(1));
            *counts.place(fates.get(row).unwrap_or_default()) += rows;
        }
        counts
    }

    /// Where a row is counted whose steps stand so.
    fn place(&mut self, row: &[Fate]) -> &mut usize {
        let open = row.iter().find(|fate| !fate.is_done());
        let is_begun = row.iter().any(Fate::is_done);
        match open {
            None => &mut self.done,
            Some(_) if row.iter().any(Fate::is_unknown) => &mut self.unknown,
            Some(_) if is_begun => &mut self.half_done,
            Some(Fate::Refused(_)) => &mut self.refused,
            Some(
                Fate::Done(_) | Fate::AlreadySo | Fate::Unknown | Fate::Open | Fate::NotStarted,
            ) => &mut self.not_started,
        }
    }

    /// Whether it is certain that nothing was applied.
    pub fn is_nothing(&self) -> bool {
        self.done + self.half_done + self.unknown == 0
    }

    /// All rows.
    pub fn all(&self) -> usize {
        self.done + self.half_done + self.refused + self.unknown + self.not_started
    }
}
