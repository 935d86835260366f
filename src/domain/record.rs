//! Records: what can be read back of the journal's entries. No secret is among it, since none is written.

use std::time::Duration;

use jiff::Timestamp;

use super::entry::{Closes, EntryNo, Found, SessionId, Why};
use super::outcome::Made;
use super::plan::{Seen, TaskId};
use super::{Mutation, OrgId, Profile, StepNo, Text, Verb};

/// One entry of the journal, read back.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Where it stands.
    pub no: EntryNo,
    /// When it was written.
    pub at: Timestamp,
    /// By which session.
    pub session: SessionId,
    /// By whom, as the machine calls them.
    pub actor: Text,
    /// Whom the service takes the actor for, where that was known.
    pub principal: Option<Text>,
    /// On which profile.
    pub profile: Profile,
    /// What it says.
    pub says: Says,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    /// A plan that was agreed to.
    Planned {
        /// The task that carries it.
        task: TaskId,
        /// Why.
        why: Why,
        /// What was wished.
        verb: Verb,
        /// Its steps.
        steps: Vec<Planned>,
    },
    /// A request that was about to be sent.
    Intent {
        /// Of which task.
        task: TaskId,
        /// Which step of its plan.
        step: StepNo,
        /// What it does.
        act: Act,
        /// The record as it was read just before.
        before: Seen,
    },
    /// What became of a request.
    Ended {
        /// Its intent.
        intent: EntryNo,
        /// The end.
        end: End,
    },
    /// A step was found done already, and nothing was sent for it.
    AlreadySo {
        /// Of which task.
        task: TaskId,
        /// Which step of its plan.
        step: StepNo,
    },
    /// An undo or a redo was found to be needless, and nothing was sent for it.
    FoundSo(Box<Found>),
    /// Nothing more is sent of a plan.
    Closed(Closes),
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// What it does.
    pub act: Act,
    /// The record as it was shown.
    pub seen: Seen,
    /// The step that must be done before this one.
    pub after: Option<StepNo>,
}

/// A change, as far as it could be written down.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// The verb.
    pub verb: Verb,
    /// The organization, where there was one already.
    pub org: Option<OrgId>,
    /// What it is done to, as a person named it.
    pub target: Text,
    /// The change itself; nothing where it holds what no journal keeps, such as a token.
    pub change: Option<Mutation>,
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// In one word.
    pub word: Ended,
    /// The service's sentence, or what went wrong.
    pub words: Option<Text>,
    /// The id under which the service keeps the request.
    pub trace: Option<Text>,
    /// What was made.
    pub made: Option<Made>,
    /// The record afterwards.
    pub after: Option<Seen>,
    /// How long it took.
    pub took: Duration,
}

/// The ends that a request can come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It was applied.
    Done,
    /// The service, or a rule of ours, said no.
    Refused,
    /// It may have been applied.
    Unknown,
    /// It was certainly not applied, and may go out again.
    NotApplied,
}

impl Ended {
    /// Its name for scripts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::NotApplied => "not_sent",
        }
    }
}
