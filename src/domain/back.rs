//! Ways back and forward: what takes something back or does it again, and what an ended session has left
//! behind.

use super::entry::{EntryNo, Found};
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

impl Way {
    /// Why these entries are taken back or done again, for the journal.
    pub fn why(self, entries: Vec<EntryNo>) -> Why {
        match self {
            Self::Undo => Why::Undoes(entries),
            Self::Redo => Why::Redoes(entries),
        }
    }
}

/// What is to be done for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Back {
    /// On which profile.
    pub profile: Profile,
    /// What was done, in words: its verb and to whom.
    pub what: Text,
    /// What is wished now; nothing where all of it was found so already.
    pub wishes: Vec<Wish>,
    /// What of it was found so already, which is no part of the wishes.
    pub found: Option<Found>,
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
    /// How many of all those had ended unknown.
    pub again: usize,
    /// Plans of ended sessions of which something was open, refused or not sent.
    pub left: Vec<Interrupted>,
    /// Plans of this session of which something was looked up.
    pub own: Vec<Interrupted>,
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

    /// How many there were, and why they were open.
    fn many(&self) -> Option<String> {
        let writes = |count: usize, one: &str, more: &str| match count {
            0 => None,
            1 => Some(format!("1 write {one}")),
            _ => Some(format!("{count} writes {more}")),
        };
        let cut = self.open() - self.again;
        let cut = writes(
            cut,
            "was open when the program ended",
            "were open when the program ended",
        );
        let again = writes(self.again, "had ended unknown", "had ended unknown");
        let all: Vec<String> = cut.into_iter().chain(again).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }

    /// What is to be said of it, a sentence each: how the journal was found, how many writes were open and
    /// what they turned out to be.
    pub fn words(&self) -> Vec<Text> {
        let unread = match self.unread {
            0 => String::new(),
            count => format!(", {count} could not be looked up yet"),
        };
        let open = self.many().map(|many| {
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
    /// How many of its rows stand where.
    pub fn counts(&self) -> Counts {
        Counts::of(&self.course.steps, &self.fates)
    }

    /// Whether something of it waits to be taken up.
    pub fn is_unfinished(&self) -> bool {
        self.course.is_unfinished(self.counts())
    }

    /// What was interrupted, and how far it had come.
    pub fn words(&self, doing: &str) -> Text {
        let counts = self.counts();
        let met = |count: usize, word: &str| match count {
            0 => String::new(),
            _ => format!(", {count} {word}"),
        };
        let half_done = met(counts.half_done, "half done");
        let refused = met(counts.refused, "refused");
        Text::from(format!(
            "{doing} was interrupted: {} done{half_done}{refused}, {} unknown, {} not started",
            counts.done, counts.unknown, counts.not_started
        ))
    }
}
