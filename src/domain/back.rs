//! Ways back and forward: what takes something back or does it again, and what an ended session has left
//! behind.

use super::entry::EntryNo;
use super::history::{Counts, Course, Fate};
use super::inverse::Impossible;
use super::{ApiError, Fidelity, Plan, Profile, Seen, Text, Why, Wish};

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// What was done is taken back.
    Undo,
    /// What was taken back is done again.
    Redo,
}

/// What is to be done for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Back {
    /// On which profile.
    pub profile: Profile,
    /// What was done, in words: its verb and to whom.
    pub what: Text,
    /// What is wished now.
    pub wishes: Vec<Wish>,
    /// Why, for the journal.
    pub why: Why,
    /// How well that puts things back.
    pub fidelity: Fidelity,
    /// The records as they were left, where that is known: what is something else now was changed since.
    pub left: Vec<Seen>,
}

/// Why there is no way.
#[derive(Clone, Debug, PartialEq)]
pub enum NoWay {
    /// The journal cannot be read.
    Unread(Text),
    /// The journal has no such entry.
    NoEntry(EntryNo),
    /// There is nothing of the kind, or it is impossible: why.
    Impossible(Text),
    /// The profile is not in use here.
    Unused(Profile),
    /// What it is done to cannot be read.
    Failed(Profile, ApiError),
}

/// What sessions that have ended left behind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recovered {
    /// Open requests that turned out to be applied.
    pub done: usize,
    /// Open requests that turned out not to be applied.
    pub not_done: usize,
    /// Open requests of which it cannot be told.
    pub unknown: usize,
    /// Open requests that could not be looked up now: they stay open.
    pub unread: usize,
    /// Plans of which something was open or was not sent.
    pub left: Vec<Interrupted>,
    /// What is to be said of how the journal was found.
    pub said: Option<Text>,
}

/// A plan that was interrupted.
#[derive(Clone, Debug, PartialEq)]
pub struct Interrupted {
    /// The plan.
    pub course: Course,
    /// Where each of its steps stands.
    pub fates: Vec<Fate>,
    /// It as it was agreed to, or why it cannot be taken up from here.
    pub plan: Result<Plan, Impossible>,
}

impl Recovered {
    /// How many requests were open.
    pub fn open(&self) -> usize {
        self.done + self.not_done + self.unknown + self.unread
    }
}

impl Recovered {
    /// What is to be said of it, a sentence each: how the journal was found, how many writes were open and
    /// what they turned out to be.
    pub fn words(&self) -> Vec<Text> {
        let open = match self.open() {
            0 => None,
            1 => Some("1 write was open when the program ended".to_owned()),
            count => Some(format!("{count} writes were open when the program ended")),
        };
        let unread = match self.unread {
            0 => String::new(),
            count => format!(", {count} could not be looked up yet"),
        };
        let open = open.map(|many| {
            format!(
                "{many}; looked up: {} done, {} not done, {} unknown{unread}",
                self.done, self.not_done, self.unknown
            )
        });
        self.said
            .clone()
            .into_iter()
            .chain(open.map(Text::from))
            .collect()
    }
}

impl Interrupted {
    /// Whether something of it was not sent: a single request that was not has left nothing.
    pub fn is_unfinished(&self) -> bool {
        self.fates.len() > 1 && self.fates.contains(&Fate::NotStarted)
    }

    /// What was interrupted, and how far it had come.
    pub fn words(&self, doing: &str) -> Text {
        let counts = Counts::of(&self.fates);
        let refused = match counts.refused {
            0 => String::new(),
            count => format!(", {count} refused"),
        };
        Text::from(format!(
            "{doing} was interrupted: {} done{refused}, {} unknown, {} not started",
            counts.done, counts.unknown, counts.not_started
        ))
    }
}
