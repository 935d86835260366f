//! One record as JSON: exactly what may be written down, and nothing else.
//!
//! These types are the list of what is allowed. They have no field for a token, a link that lets its
//! holder in, private metadata or the address of a logo, which may be signed: of that a digest is kept; the
//! bytes of an image are kept beside the journal under their hash.

mod change;
mod found;
mod seen;
mod told;

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::entry::{Closes, EntryNo, Event, SessionId};
use crate::domain::outcome::{Made, Proof, Receipt};
use crate::domain::plan::{Seen, TaskId};
use crate::domain::record::{Act, End, Ended, Planned, Record, Says};
use crate::domain::{
    ApiError, AssignmentId, Entry, InviteId, MemberId, Mutation, OrgId, Outcome, Profile, Text,
    Verb, Why,
};

use found::FoundLine;

pub(super) use crate::domain::image::digest;

/// Finds the bytes of an image by their hash.
pub(super) type Pictures<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// Characters of a service's sentence that are kept.
const WORDS: usize = 500;

/// A record of a service as it is written down.
pub(super) fn image(seen: &Seen) -> serde_json::Value {
    // Texts, numbers and maps of texts can always be written.
    serde_json::to_value(seen::Seen::of(seen)).unwrap_or_default()
}

/// A record without its place in the chain.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Line {
    pub(super) no: u64,
    pub(super) at: Timestamp,
    session: Text,
    actor: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    principal: Option<Text>,
    profile: Text,
    #[serde(flatten)]
    says: Body,
    pub(super) prev: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
enum Body {
    Plan {
        task: u64,
        #[serde(default, skip_serializing_if = "Reason::is_wish")]
        why: Reason,
        verb: String,
        steps: Vec<Step>,
    },
    Intent {
        task: u64,
        step: usize,
        #[serde(flatten)]
        act: ActLine,
        request: String,
        before: seen::Seen,
    },
    Outcome {
        intent: u64,
        outcome: EndWord,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        request_id: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        made: Option<MadeLine>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<seen::Seen>,
        duration_ms: u64,
    },
    AlreadySo {
        task: u64,
        step: usize,
    },
    /// What an undo or a redo would bring about is so already.
    FoundSo(FoundLine),
    Closed {
        task: u64,
    },
    /// What another session has left is not wanted any more.
    Dismissed {
        plan: u64,
    },
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reason {
    #[default]
    Wished,
    Undoes(Vec<u64>),
    Redoes(Vec<u64>),
    Finishes(u64),
}

#[derive(Debug, Serialize, Deserialize)]
struct Step {
    #[serde(flatten)]
    act: ActLine,
    seen: seen::Seen,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<usize>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ActLine {
    verb: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    org: Option<Text>,
    target: Text,
    change: change::Change,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum EndWord {
    Done,
    Refused,
    Unknown,
    NotSent,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MadeLine {
    Org(Text),
    Member(Text),
    Invites(Vec<Text>),
    Assignment(Text),
}

impl Reason {
    fn is_wish(&self) -> bool {
        matches!(self, Self::Wished)
    }

    fn of(why: &Why) -> Self {
        let numbers = |entries: &[EntryNo]| entries.iter().map(|no| no.0).collect();
        match why {
            Why::Wished => Self::Wished,
            Why::Undoes(entries) => Self::Undoes(numbers(entries)),
            Why::Redoes(entries) => Self::Redoes(numbers(entries)),
            Why::Finishes(plan) => Self::Finishes(plan.0),
        }
    }

    fn read(self) -> Why {
        let entries = |numbers: Vec<u64>| numbers.into_iter().map(EntryNo).collect();
        match self {
            Self::Wished => Why::Wished,
            Self::Undoes(numbers) => Why::Undoes(entries(numbers)),
            Self::Redoes(numbers) => Why::Redoes(entries(numbers)),
            Self::Finishes(plan) => Why::Finishes(EntryNo(plan)),
        }
    }
}

impl Line {
    /// The record of an entry, at this place.
    pub(super) fn of(entry: &Entry, (no, prev): (u64, String)) -> Self {
        Self {
            no,
            // Milliseconds are enough to tell records apart, which have numbers.
            at: Timestamp::from_millisecond(entry.at.as_millisecond()).unwrap_or(entry.at),
            session: entry.actor.session.0.clone(),
            actor: entry.actor.name.clone(),
            principal: entry.principal.clone(),
            profile: entry.profile.text().clone(),
            says: Body::of(&entry.event),
            prev,
        }
    }

    /// What it says.
    pub(super) fn read(self, pictures: Pictures<'_>) -> Option<Record> {
        let profile = Profile::new(self.profile);
        Some(Record {
            no: EntryNo(self.no),
            at: self.at,
            session: SessionId(self.session),
            actor: self.actor,
            principal: self.principal,
            says: self.says.read(&profile, pictures)?,
            profile,
        })
    }
}

impl Body {
    fn of(event: &Event) -> Self {
        match event {
            Event::Planned { task, why, plan } => Self::Plan {
                task: task.0,
                why: Reason::of(why),
                verb: plan.wish.verb().name().to_owned(),
                steps: plan.steps.iter().map(Step::of).collect(),
            },
            Event::Intent {
                task,
                step,
                change,
                request,
                before,
            } => Self::Intent {
                task: task.0,
                step: *step,
                act: ActLine::of(change),
                request: format!("{} {}", request.method.as_str(), request.target()),
                before: seen::Seen::of(before),
            },
            Event::Ended {
                intent,
                outcome,
                took,
            } => Self::ended(*intent, outcome, *took),
            Event::AlreadySo { task, step } => Self::AlreadySo {
                task: task.0,
                step: *step,
            },
            Event::FoundSo(found) => Self::FoundSo(FoundLine::of(found)),
            Event::Closed(Closes::Task(task)) => Self::Closed { task: task.0 },
            Event::Closed(Closes::Plan(no)) => Self::Dismissed { plan: no.0 },
        }
    }

    fn ended(intent: EntryNo, outcome: &Outcome, took: Duration) -> Self {
        let nothing = Receipt::default();
        let (word, error, receipt) = match outcome {
            Outcome::Done(receipt) => (EndWord::Done, None, receipt),
            Outcome::Refused(error) => (EndWord::Refused, Some(error), &nothing),
            Outcome::NotApplied(error) => (EndWord::NotSent, Some(error), &nothing),
            Outcome::Unknown => (EndWord::Unknown, None, &nothing),
            Outcome::Unproven(error) => (EndWord::Unknown, Some(error), &nothing),
            // An intent is written after the record was compared, so this has none.
            Outcome::Differs(_) => (EndWord::NotSent, None, &nothing),
        };
        let trace = error.map_or(&receipt.trace, |error| &error.trace);
        Self::Outcome {
            intent: intent.0,
            outcome: word,
            message: error.map_or_else(|| said(receipt), |error| Some(complaint(error))),
            request_id: trace.clone(),
            made: receipt.made.as_ref().map(MadeLine::of),
            after: receipt.after.as_ref().map(seen::Seen::of),
            duration_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        }
    }

    fn read(self, profile: &Profile, pictures: Pictures<'_>) -> Option<Says> {
        Some(match self {
            Self::Plan {
                task,
                why,
                verb,
                steps,
            } => Says::Planned {
                task: TaskId(task),
                why: why.read(),
                verb: named(&verb)?,
                steps: steps
                    .into_iter()
                    .map(|step| step.read(profile, pictures))
                    .collect::<Option<_>>()?,
            },
            Self::Intent {
                task,
                step,
                act,
                before,
                ..
            } => Says::Intent {
                task: TaskId(task),
                step,
                act: act.read(profile, pictures)?,
                before: before.read(profile, pictures),
            },
            Self::Outcome {
                intent,
                outcome,
                message,
                request_id,
                made,
                after,
                duration_ms,
            } => Says::Ended {
                intent: EntryNo(intent),
                end: End {
                    word: outcome.read(),
                    words: message,
                    trace: request_id,
                    made: made.map(|made| made.read(profile)),
                    after: after.map(|after| after.read(profile, pictures)),
                    took: Duration::from_millis(duration_ms),
                },
            },
            Self::AlreadySo { task, step } => Says::AlreadySo {
                task: TaskId(task),
                step,
            },
            Self::FoundSo(found) => Says::FoundSo(Box::new(found.read(profile)?)),
            Self::Closed { task } => Says::Closed(Closes::Task(TaskId(task))),
            Self::Dismissed { plan } => Says::Closed(Closes::Plan(EntryNo(plan))),
        })
    }
}

/// What a service said of a change that is done, or how else that is known.
fn said(receipt: &Receipt) -> Option<Text> {
    let ours = match receipt.proof {
        Proof::Answer => None,
        Proof::Unread => Some("the answer cannot be read"),
        Proof::ReadAgain => Some("the answer was lost; read again, it shows"),
        Proof::AlreadySo => Some("already so"),
    };
    let words = receipt.words.as_ref().map(short);
    ours.map(Text::from).or(words)
}

fn complaint(error: &ApiError) -> Text {
    let words = error.words.as_ref().map(short);
    words.unwrap_or_else(|| Text::from(error.fault.kind()))
}

fn short(words: &Text) -> Text {
    match words.raw().char_indices().nth(WORDS) {
        None => words.clone(),
        Some((end, _)) => Text::from(&words.raw()[..end]),
    }
}

fn named(name: &str) -> Option<Verb> {
    Verb::ALL.iter().copied().find(|verb| verb.name() == name)
}

impl EndWord {
    fn read(self) -> Ended {
        match self {
            Self::Done => Ended::Done,
            Self::Refused => Ended::Refused,
            Self::Unknown => Ended::Unknown,
            Self::NotSent => Ended::NotApplied,
        }
    }
}

impl Step {
    fn of(step: &crate::domain::Step) -> Self {
        Self {
            act: ActLine::of(&step.change),
            seen: seen::Seen::of(&step.seen),
            after: step.after,
        }
    }

    fn read(self, profile: &Profile, pictures: Pictures<'_>) -> Option<Planned> {
        let seen: Seen = self.seen.read(profile, pictures);
        Some(Planned {
            act: self.act.read(profile, pictures)?,
            seen,
            after: self.after,
        })
    }
}

impl ActLine {
    fn of(change: &Mutation) -> Self {
        Self {
            verb: change.verb().name().to_owned(),
            org: change.org().map(|org| org.text().clone()),
            target: change.names(),
            change: change::Change::of(change),
        }
    }

    fn read(self, profile: &Profile, pictures: Pictures<'_>) -> Option<Act> {
        Some(Act {
            verb: named(&self.verb)?,
            org: self.org.map(|org| OrgId::new(profile, org)),
            target: self.target,
            change: self.change.read(profile, pictures),
        })
    }
}

impl MadeLine {
    fn of(made: &Made) -> Self {
        match made {
            Made::Org(id) => Self::Org(id.text().clone()),
            Made::Member(id) => Self::Member(id.text().clone()),
            Made::Invites(ids) => Self::Invites(ids.iter().map(|id| id.text().clone()).collect()),
            Made::Assignment(id) => Self::Assignment(id.text().clone()),
        }
    }

    fn read(self, profile: &Profile) -> Made {
        match self {
            Self::Org(id) => Made::Org(OrgId::new(profile, id)),
            Self::Member(id) => Made::Member(MemberId::new(profile, id)),
            Self::Invites(ids) => {
                let ids = ids.into_iter().map(|id| InviteId::new(profile, id));
                Made::Invites(ids.collect())
            }
            Self::Assignment(id) => Made::Assignment(AssignmentId::new(profile, id)),
        }
    }
}
