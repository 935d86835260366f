//! Results: what became of each target of a write, for people and for scripts.

use crate::app::{differs, fault};
use crate::cli::args::Format;
use crate::cli::complaint::{self, Complaint, Halt};
use crate::cli::exit::{self, Ended};
use crate::cli::rows::{self, RESULTS, Record, Sink};
use crate::domain::outcome::{Made, Proof, Receipt};
use crate::domain::plan::Seen;
use crate::domain::{ApiError, Fact, Mutation, OrgId, Outcome, Profile, Step, Text, Verb, Wish};
use crate::job::task::State;

const LOST: &str =
    "the answer was lost and reading again did not settle it: look before you repeat it";
const CHANGED: &str = "somebody has changed it meanwhile";

/// The results so far.
#[derive(Debug, Default)]
pub(super) struct Results {
    records: Vec<Record>,
    ended: Vec<Ended>,
    complaints: Vec<Complaint>,
}

/// One target of one verb.
#[derive(Clone)]
pub(super) struct Target<'a> {
    pub(super) profile: &'a Profile,
    pub(super) org: Option<&'a OrgId>,
    pub(super) name: Text,
    pub(super) verb: Verb,
}

/// How it ended, in words.
struct End {
    outcome: &'static str,
    message: Fact,
    request_id: Fact,
    ended: Ended,
}

impl Results {
    /// Adds the end of a step, which may have several targets, with what helps where it was half of something; `held`
    /// is what kept the rest from going out.
    pub(super) fn step(
        &mut self,
        (step, advice): (&Step, Option<&str>),
        state: &State,
        held: Option<&ApiError>,
    ) {
        let change = &step.change;
        let made = if let State::Done(receipt) = state {
            receipt.made.as_ref()
        } else {
            None
        };
        let org = match (change.org(), made) {
            (None, Some(Made::Org(org))) => Some(org),
            (org, _) => org,
        };
        for name in change.subjects() {
            let target = Target {
                profile: change.profile(),
                org,
                name,
                verb: change.verb(),
            };
            self.add(&target, end(step, state, held));
        }
        let error = complaint_of(step, state, held);
        let error = match advice {
            Some(advice) if !matches!(state, State::Unknown) => {
                error.map(|error| error.helped(advice))
            }
            Some(_) | None => error,
        };
        let is_new = |error: &Complaint| {
            let mut known = self.complaints.iter();
            known.all(|known| known.message() != error.message())
        };
        if let Some(error) = error.filter(is_new) {
            self.complaints.push(error);
        }
    }

    /// Adds a target that nothing had to be sent for.
    pub(super) fn already(&mut self, wish: &Wish, org: Option<&OrgId>) {
        let name = if let Wish::SetRoles { member, .. } = wish {
            member.by.text()
        } else {
            org.map_or_else(|| wish.profile().text(), OrgId::text)
        };
        let target = Target {
            profile: wish.profile(),
            org,
            name: name.clone(),
            verb: wish.verb(),
        };
        let words = "already so: nothing had to be sent";
        self.add(&target, told("skipped", words, Ended::Skipped));
    }

    /// Adds a target that was refused by a rule of ours.
    pub(super) fn refused(&mut self, target: &Target<'_>, words: &str) {
        let ended = Ended::Failed(exit::REFUSED);
        self.add(target, told("refused", words, ended));
    }

    /// Adds a target that is left alone for a reason that is no failure.
    pub(super) fn skipped(&mut self, target: &Target<'_>, words: &str) {
        self.add(target, told("skipped", words, Ended::Skipped));
    }

    /// Adds a target that was not sent since others were wrong.
    pub(super) fn held_back(&mut self, target: &Target<'_>, words: &str) {
        let ended = Ended::Failed(exit::REFUSED);
        self.add(target, told("not_sent", words, ended));
    }

    /// Adds the reason why the rest was not sent.
    pub(super) fn complain(&mut self, complaints: &[Complaint]) {
        self.complaints.extend_from_slice(complaints);
    }

    /// The exit code of what nothing interrupted.
    pub(super) fn code(&self) -> u8 {
        exit::of_write(&self.ended)
    }

    /// Writes all of them.
    pub(super) fn write(&self, format: Option<Format>) -> Result<(), Halt> {
        let mut sink = Sink::standard();
        let fields = rows::fields(format, &RESULTS);
        let mut writer = rows::writer(format, &RESULTS, &sink);
        for record in &self.records {
            writer.record(&mut sink, fields, record)?;
        }
        let needs_frame = !self.records.is_empty() || format.is_some();
        if needs_frame {
            writer.end(&mut sink, fields, &self.complaints)?;
        }
        Ok(())
    }

    /// Says what went wrong where errors go.
    pub(super) fn say(&self, format: Option<Format>) {
        complaint::say(&self.complaints, format);
    }

    fn add(&mut self, target: &Target<'_>, end: End) {
        self.ended.push(end.ended);
        let facts = vec![
            Fact::Text(target.profile.text().clone()),
            target
                .org
                .map_or(Fact::Empty, |org| Fact::Text(org.text().clone())),
            Fact::Text(target.name.clone()),
            Fact::ours(target.verb.name()),
            Fact::ours(end.outcome),
            end.message,
            end.request_id,
        ];
        self.records.push(Record::new(&RESULTS, facts));
    }
}

fn told(outcome: &'static str, words: &str, ended: Ended) -> End {
    End {
        outcome,
        message: Fact::ours(words),
        request_id: Fact::Empty,
        ended,
    }
}

fn end(step: &Step, state: &State, held: Option<&ApiError>) -> End {
    match state {
        State::Done(receipt) => done(receipt),
        State::Refused(error) => refused(error),
        State::Unknown => told("unknown", LOST, Ended::Unknown),
        State::Differs(now) => {
            let words = changed(&step.seen, now);
            told("not_sent", &words, Ended::Failed(exit::REFUSED))
        }
        State::Waiting | State::Sent | State::Skipped => {
            let code = held.map_or(exit::OTHER, |error| exit::of(&error.fault));
            told("not_sent", "nothing was sent for it", Ended::Failed(code))
        }
    }
}

/// What somebody has changed: as it was when it was planned, and as it is.
fn changed(seen: &Seen, now: &Seen) -> String {
    let changes = differs::changes(seen, now);
    if changes.is_empty() {
        return CHANGED.to_owned();
    }
    format!("{CHANGED}: {}", changes.join("; "))
}

fn done(receipt: &Receipt) -> End {
    let (outcome, ours, ended) = match receipt.proof {
        Proof::Answer => ("done", None, Ended::Done),
        Proof::Unread => (
            "done",
            Some("what the answer said beside that cannot be read"),
            Ended::Done,
        ),
        Proof::ReadAgain => (
            "done",
            Some("the answer was lost; read again, it shows"),
            Ended::Done,
        ),
        Proof::AlreadySo => (
            "skipped",
            Some("already so: nothing had to be sent"),
            Ended::Skipped,
        ),
    };
    let words = ours.map(Fact::ours);
    let said = receipt
        .words
        .as_ref()
        .map(|words| Fact::Text(words.clone()));
    let trace = receipt.trace.as_ref();
    End {
        outcome,
        message: words.or(said).unwrap_or(Fact::Empty),
        request_id: trace.map_or(Fact::Empty, |trace| Fact::Text(trace.clone())),
        ended,
    }
}

fn refused(error: &ApiError) -> End {
    let words = fault::words(error);
    let trace = error.trace.as_ref();
    End {
        outcome: "refused",
        message: Fact::ours(words.cause.as_str()),
        request_id: trace.map_or(Fact::Empty, |trace| Fact::Text(trace.clone())),
        ended: Ended::Failed(exit::of(&error.fault)),
    }
}

/// What a person has to be told beside the results.
fn complaint_of(step: &Step, state: &State, held: Option<&ApiError>) -> Option<Complaint> {
    let change = &step.change;
    let (profile, verb) = (change.profile(), change.verb());
    let ours = |code, kind, words: &str| {
        let message = format!("{}: {}: {words}", profile.as_str(), fault::doing(verb));
        let hint = format!("`orgdeck {}` shows it; then decide again", look(change));
        Complaint::new(code, kind, message, hint).on(profile)
    };
    match state {
        State::Refused(error) => Some(Complaint::api(profile, error)),
        State::Skipped => held.map(|error| Complaint::api(profile, error)),
        State::Differs(now) => Some(ours(exit::REFUSED, "differs", &changed(&step.seen, now))),
        State::Unknown => Some(ours(exit::UNKNOWN, "unknown", LOST)),
        State::Waiting | State::Sent | State::Done(_) => None,
    }
}

/// The subcommand that shows what became of a change.
fn look(change: &Mutation) -> String {
    let profile = change.profile().as_str();
    let list = match change.verb().name().split(' ').next() {
        Some("member") => "member list",
        Some("invite") => "invite list",
        Some(_) | None => "org show",
    };
    match change.org() {
        Some(org) => format!("{list} {profile}/{}", org.raw()),
        None => format!("org list --profile {profile}"),
    }
}

/// Whether an outcome says that the service wants to be left alone or that the credential is over.
pub(super) fn not_applied(outcome: &Outcome) -> Option<&ApiError> {
    match outcome {
        Outcome::NotApplied(error) => Some(error),
        Outcome::Done(_) | Outcome::Refused(_) | Outcome::Unknown | Outcome::Differs(_) => None,
    }
}
