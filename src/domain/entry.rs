//! Entries of the journal as they are written: what is going to be sent, and what came of it. What can
//! be read back of them is a [`Record`](super::Record).

use std::time::Duration;

use jiff::Timestamp;

use super::plan::{Seen, TaskId};
use super::{Mutation, OrgId, Outcome, Plan, Profile, Request, StepNo, Text, Verb};

/// Where an entry stands in the journal, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryNo(pub u64);

/// One run of the program by one person: no two runs have the same, on any machine.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionId(pub Text);

/// Who acts: a person in one session.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Actor {
    /// The person, as the machine calls them.
    pub name: Text,
    /// The session; the numbers of its tasks count within it.
    pub session: SessionId,
}

impl Actor {
    /// A person in a session of this name.
    pub fn new(name: impl Into<Text>, session: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            session: SessionId(session.into()),
        }
    }
}

/// One entry of the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When it was written.
    pub at: Timestamp,
    /// Who acts.
    pub actor: Actor,
    /// Whom the service takes the actor for, where it has said so.
    pub principal: Option<Text>,
    /// On which profile.
    pub profile: Profile,
    /// What it says.
    pub event: Event,
}

/// Why a plan is carried out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Why {
    /// A person wants it.
    #[default]
    Wished,
    /// It takes back what these intents did.
    Undoes(Vec<EntryNo>),
    /// It does again what these intents did, after that was taken back.
    Redoes(Vec<EntryNo>),
    /// It does what an interrupted plan, which this entry holds, has left.
    Finishes(EntryNo),
}

/// A plan of which nothing more is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closes {
    /// That of a task of the same session.
    Task(TaskId),
    /// The one that this entry holds, which an ended session has left.
    Plan(EntryNo),
}

/// What an undo or a redo would bring about and somebody else has brought about already: nothing is sent for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What it would take back, or do again.
    pub why: Why,
    /// What was done.
    pub verb: Verb,
    /// In which organization, where it was one.
    pub org: Option<OrgId>,
    /// To whom or what, as a person named it.
    pub target: Text,
    /// How it was found.
    pub words: Text,
}

impl Found {
    /// It as a sentence: what was done to whom, and how it was found.
    pub fn in_words(&self) -> Text {
        let (verb, target) = (self.verb.name(), self.target.excerpt(200));
        Text::from(format!("{verb} {target}: {}", self.words.excerpt(200)))
    }
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A plan that was agreed to; nothing is sent yet.
    Planned {
        /// The task that carries it.
        task: TaskId,
        /// Why.
        why: Why,
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
    /// A step of a plan was found done already: nothing is sent for it.
    AlreadySo {
        /// Of which task.
        task: TaskId,
        /// Which step of its plan.
        step: StepNo,
    },
    /// An undo or a redo was found to be needless.
    FoundSo(Box<Found>),
    /// Nothing more is sent of a plan: what has no intent by now is not wanted any more.
    Closed(Closes),
}
