//! Notices: errors and results that stay until they are dismissed, and the log of what was sent.

use std::collections::{BTreeSet, VecDeque};

use jiff::Timestamp;

use super::fault;
use super::model::Model;
use super::refresh;
use crate::domain::moment::clock_time;
use crate::domain::news::Sent;
use crate::domain::plan::TaskId;
use crate::domain::{ApiError, Profile, Text, Verb};

/// Lines of the activity pane that are kept.
const KEPT: usize = 2_000;

/// Messages that are kept to be looked up.
const REMEMBERED: usize = 200;

/// What a notice says.
#[derive(Clone, Debug, PartialEq)]
pub enum Word {
    /// Something failed; the data on the screen is from then, if there is any.
    Failed(ApiError, Option<Timestamp>),
    /// A change is done: in words of ours.
    Done(Text),
    /// It is not known whether a change was applied: what it was.
    Unknown {
        /// What was to be done.
        words: Text,
        /// Where it can be seen whether it was done.
        look: &'static str,
    },
    /// Something a person should know.
    Note(Text),
    /// The configuration was changed and cannot be used: why.
    Misconfigured(Text),
    /// A task has something left that can be taken up again.
    Unfinished {
        /// Which.
        task: TaskId,
        /// The word that says what kind of message it is.
        kind: &'static str,
        /// What was done and what was not.
        words: Text,
        /// How it is taken up.
        next: &'static str,
    },
}

/// One message that waits to be dismissed.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// When.
    pub at: Timestamp,
    /// About which profile.
    pub profile: Option<Profile>,
    /// What.
    pub word: Word,
}

/// The most rows that each of the two sentences of a message takes.
const ROWS: usize = 2;

/// Columns before a sentence.
const INDENT: u16 = 3;

/// Columns behind the second sentence, where it stands how a message is dismissed.
const DISMISSAL: u16 = 16;

impl Notice {
    /// The word that says what kind of message it is.
    pub const fn kind(&self) -> &'static str {
        match self.word {
            Word::Failed(..) | Word::Misconfigured(_) => "FAIL",
            Word::Done(_) => "DONE",
            Word::Unknown { .. } => "UNKNOWN",
            Word::Note(_) => "note",
            Word::Unfinished { kind, .. } => kind,
        }
    }

    /// What happened and why, from its kind on.
    pub fn happened(&self) -> String {
        format!("{} {}", self.kind(), self.words())
    }

    /// What happened and why.
    pub fn words(&self) -> String {
        let words = match &self.word {
            Word::Failed(error, _) => fault::words(error).cause,
            Word::Done(text)
            | Word::Unknown { words: text, .. }
            | Word::Note(text)
            | Word::Misconfigured(text)
            | Word::Unfinished { words: text, .. } => text.excerpt(400),
        };
        match &self.profile {
            Some(profile) => {
                let profile = profile.text().excerpt(40);
                format!("{profile}: {words}")
            }
            None => words.to_string(),
        }
    }

    /// What that means and what to do next.
    pub fn consequence(&self, model: &Model) -> String {
        let zone = &model.settings.zone;
        let mut said = Vec::new();
        if let Word::Failed(error, read_at) = &self.word {
            let words = fault::words(error);
            said.push(fault::next_step(error, refresh::retries(model)));
            said.extend(words.trace.map(|trace| format!("request id {trace}")));
            said.push(match read_at {
                Some(at) => format!("data from {}", clock_time(*at, zone)),
                None => words.effect.to_owned(),
            });
        }
        if let Word::Misconfigured(_) = self.word {
            said.push("the settings of before stay until it is correct".to_owned());
        }
        if let Word::Unfinished { next, .. } = &self.word {
            said.push((*next).to_owned());
        }
        if let Word::Unknown { look, .. } = &self.word {
            said.push(format!("look before you repeat it: {look}"));
        }
        said.push(clock_time(self.at, zone));
        said.join("; ")
    }

    /// How many rows it is given on a screen of this width: enough for its sentences, as a rule.
    pub fn rows(&self, width: u16, model: &Model) -> u16 {
        let needs = |words: String, free: u16| {
            let room = usize::from(width.saturating_sub(free).max(1));
            words.chars().count().div_ceil(room).clamp(1, ROWS)
        };
        let happened = needs(self.happened(), INDENT);
        let rows = happened + needs(self.consequence(model), INDENT + DISMISSAL);
        u16::try_from(rows).unwrap_or(u16::MAX)
    }
}

/// The messages that wait, and the answer to the last key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notices {
    waiting: Vec<Notice>,
    /// All that were ever said, the newest first; the oldest are forgotten.
    said: VecDeque<Notice>,
    /// What could not be read when it was last asked for, and why: the profile, the verb, the fault's name.
    failing: BTreeSet<(Profile, Verb, &'static str)>,
    /// What the last key came to where it did nothing, or a short word on what it did; gone with the next key.
    pub hint: Option<Text>,
}

impl Notices {
    /// Adds a message; one that says the same about the same profile is replaced.
    pub fn add(&mut self, notice: Notice) {
        if let (Word::Failed(error, _), Some(profile)) = (&notice.word, &notice.profile) {
            let failing = (profile.clone(), error.verb, error.fault.kind());
            self.failing.insert(failing);
        }
        self.waiting
            .retain(|old| old.profile != notice.profile || !same(&old.word, &notice.word));
        self.said.push_front(notice.clone());
        self.said.truncate(REMEMBERED);
        self.waiting.push(notice);
    }

    /// All that were said, the newest first, also those that were dismissed.
    pub fn said(&self) -> impl Iterator<Item = &Notice> {
        self.said.iter()
    }

    /// Whether it was said already that this cannot be read, and why.
    pub fn is_known(&self, profile: &Profile, error: &ApiError) -> bool {
        let (verb, kind) = (error.verb, error.fault.kind());
        self.failing.contains(&(profile.clone(), verb, kind))
    }

    /// The newest that waits.
    pub fn top(&self) -> Option<&Notice> {
        self.waiting.last()
    }

    /// All that wait, the oldest first.
    pub fn all(&self) -> &[Notice] {
        &self.waiting
    }

    /// Takes the newest away; whether there was one.
    pub fn dismiss(&mut self) -> bool {
        self.waiting.pop().is_some()
    }

    /// Takes away what is said of a task that has something left: it was taken up.
    pub fn finished(&mut self, id: TaskId) {
        self.waiting
            .retain(|notice| !matches!(&notice.word, Word::Unfinished { task, .. } if *task == id));
    }

    /// Takes away that the configuration cannot be used: it can; whether that was said.
    pub fn mended(&mut self) -> bool {
        let before = self.waiting.len();
        self.waiting
            .retain(|notice| !matches!(notice.word, Word::Misconfigured(_)));
        self.waiting.len() < before
    }

    /// Takes a failure away: what failed was done after all.
    pub fn withdraw(&mut self, error: &ApiError) {
        self.waiting
            .retain(|notice| !matches!(&notice.word, Word::Failed(said, _) if said == error));
    }

    /// Takes away that a profile was not let in: it is now.
    pub fn admitted(&mut self, profile: &Profile) {
        self.waiting.retain(|notice| {
            let over = matches!(&notice.word, Word::Failed(error, _) if error.fault.is_shut());
            notice.profile.as_ref() != Some(profile) || !over
        });
    }

    /// Takes away what was said of something that can be read again; whether anything was.
    pub fn recovered(&mut self, profile: &Profile, verb: Verb) -> bool {
        // Whatever is answered, there is a connection.
        let is_over = |of: &Profile, about: Verb, kind: &str| {
            of == profile && (about == verb || (kind == OFFLINE && about.is_read()))
        };
        let failing = self.failing.len();
        self.failing
            .retain(|(of, about, kind)| !is_over(of, *about, kind));
        self.waiting
            .retain(|notice| match (&notice.profile, &notice.word) {
                (Some(of), Word::Failed(error, _)) => !is_over(of, error.verb, error.fault.kind()),
                (Some(_) | None, _) => true,
            });
        failing != self.failing.len()
    }
}

/// The name of the fault that concerns a connection as a whole.
const OFFLINE: &str = "offline";

fn same(old: &Word, new: &Word) -> bool {
    match (old, new) {
        (Word::Failed(old, _), Word::Failed(new, _)) => {
            let are_reads = old.verb.is_read() && new.verb.is_read();
            let is_one = old.verb == new.verb && (are_reads || old.fault == new.fault);
            let is_offline = |error: &ApiError| error.fault.kind() == OFFLINE;
            is_one || (are_reads && is_offline(old) && is_offline(new))
        }
        (Word::Misconfigured(_), Word::Misconfigured(_)) => true,
        (
            Word::Failed(..)
            | Word::Done(_)
            | Word::Unknown { .. }
            | Word::Misconfigured(_)
            | Word::Note(_)
            | Word::Unfinished { .. },
            _,
        ) => old == new,
    }
}

/// One line of the activity pane.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// When the request ended.
    pub at: Timestamp,
    /// The request.
    pub sent: Sent,
}

/// What was sent, the newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    lines: VecDeque<Line>,
}

impl Log {
    /// Adds a line; the oldest goes when there are too many.
    pub fn add(&mut self, line: Line) {
        self.lines.push_front(line);
        self.lines.truncate(KEPT);
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether nothing was sent yet.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The line with this number, 0 being the newest.
    pub fn line(&self, number: usize) -> Option<&Line> {
        self.lines.get(number)
    }

    /// A window of lines.
    pub fn window(&self, top: usize, height: usize) -> impl Iterator<Item = &Line> {
        self.lines.iter().skip(top).take(height)
    }
}
