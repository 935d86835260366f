//! Entries of the journal: what was going to be sent, and what came of it.

use std::time::Duration;

use jiff::Timestamp;

use super::plan::{Seen, TaskId};
use super::{Mutation, Outcome, Plan, Profile, Request, StepNo, Text};

/// Where an entry stands in the journal, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryNo(pub u64);

/// One record of the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When it was written.
    pub at: Timestamp,
    /// Who acts: the label of the session.
    pub actor: Text,
    /// On which profile.
    pub profile: Profile,
    /// What it says.
    pub event: Event,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A plan that was agreed to; nothing is sent yet.
    Planned {
        /// The task that carries it.
        task: TaskId,
        /// The plan.
        plan: Box<Plan>,
    },
    /// A request that is about to be sent.
    Intent {
        /// Of which task.
        task: TaskId,
        /// Which step of its plan.
        step: StepNo,
        /// The change.
        change: Box<Mutation>,
        /// The request.
        request: Box<Request>,
        /// The record as it was read just before.
        before: Box<Seen>,
    },
    /// The end of the request whose intent is named.
    Ended {
        /// The intent.
        intent: EntryNo,
        /// What came of it.
        outcome: Box<Outcome>,
        /// How long it took.
        took: Duration,
    },
}
