//! Results: what became of each target of a write, for people and for scripts.

use super::half;
use crate::app::{differs, fault};
use crate::cli::args::Format;
use crate::cli::complaint::{self, Complaint, Halt};
use crate::cli::exit::{self, Ended};
use crate::cli::rows::{self, RESULTS, Record, Sink};
use crate::domain::outcome::{Made, Proof, Receipt};
use crate::domain::plan::Seen;
use crate::domain::{ApiError, Fact, Mutation, OrgId, Outcome, Profile, Step, Text, Verb, Wish};
use crate::job::Task;
use crate::job::task::State;
use crate::provider::link::Link;

const UNSENT: &str = "nothing was sent for it";
const TURNED_AWAY: &str = "it was sent and turned away: it was not applied";
const CHANGED: &str = "somebody has changed it meanwhile";

/// The results so far.
#[derive(Debug, Default)]
pub(super) struct Results {
    records: Vec<Record>,
    ended: Vec<Ended>,
    complaints: Vec<Complaint>,
}

/// What was heard while a task was carried out.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// What kept the rest from going out.
    pub(super) held: Option<ApiError>,
}

/// What is known of a step beside where it stands.
struct Beside<'a> {
    held: Option<&'a ApiError>,
    /// What is said of it if it was not applied.
    unsent: &'static str,
    link: &'a Link,
    /// What helps where it was half of something.
    advice: Option<String>,
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
    /// Adds the ends of a task's steps, each of which may have several targets.
    pub(super) fn task(&mut self, task: &Task, (heard, link): (&Heard, &Link)) {
        for (number, (step, state)) in task.steps().enumerate() {
            let beside = Beside {
                held: heard.held.as_ref(),
                unsent: if task.was_turned_away(number) {
                    TURNED_AWAY
                } else {
                    UNSENT
                },
                link,
                advice: half::help(task, number),
            };
            self.step((step, state), &beside);
        }
    }

    fn step(&mut self, (step, state): (&Step, &State), beside: &Beside<'_>) {
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
            self.add(&target, end((step, state), beside));
        }
        let error = complaint_of((step, state), beside);
        let error = match &beside.advice {
            Some(advice) if !state.is_unknown() => error.map(|error| error.helped(advice)),
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

fn end((step, state): (&Step, &State), beside: &Beside<'_>) -> End {
    match state {
        State::Done(receipt) => done(receipt),
        State::Refused(error) => refused(error),
        State::Unknown(came) => told("unknown", &unknown(step, came.as_deref()), Ended::Unknown),
        State::Differs(now) => {
            let words = changed(&step.seen, now);
            told("not_sent", &words, Ended::Failed(exit::REFUSED))
        }
        State::Waiting | State::Sent | State::Skipped => {
            let code = beside
                .held
                .map_or(exit::OTHER, |error| exit::of(&error.fault));
            told("not_sent", beside.unsent, Ended::Failed(code))
        }
    }
}

/// Why it is not known what became of a step.
fn unknown(step: &Step, came: Option<&ApiError>) -> String {
    let came = came.map_or_else(|| "the answer was lost".to_owned(), fault::came);
    let unsettled = fault::unsettled(step);
    format!("{came} and {unsettled}: look before you repeat it")
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
        Proof::Unread => {
            let words = "what the answer said beside that cannot be read";
            ("done", Some(words.to_owned()), Ended::Done)
        }
        Proof::ReadAgain => ("done", Some(fault::read_again(receipt)), Ended::Done),
        Proof::AlreadySo => ("skipped", Some(fault::already_so(receipt)), Ended::Skipped),
    };
    let words = ours.as_deref().map(Fact::ours);
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
fn complaint_of((step, state): (&Step, &State), beside: &Beside<'_>) -> Option<Complaint> {
    let change = &step.change;
    let (profile, verb) = (change.profile(), change.verb());
    let ours = |code, kind, words: &str| {
        let message = format!("{}: {}: {words}", profile.as_str(), fault::doing(verb));
        let hint = format!("{}; then decide again", look(change, beside.link));
        Complaint::new(code, kind, message, hint).on(profile)
    };
    match state {
        State::Refused(error) => Some(Complaint::api(profile, error)),
        State::Skipped => {
            let complaint = Complaint::api(profile, beside.held?);
            Some(if beside.unsent == TURNED_AWAY {
                complaint.adding("what was turned away was not applied")
            } else {
                complaint
            })
        }
        State::Differs(now) => Some(ours(exit::REFUSED, "differs", &changed(&step.seen, now))),
        State::Unknown(came) => {
            let words = unknown(step, came.as_deref());
            Some(ours(exit::UNKNOWN, "unknown", &words))
        }
        State::Waiting | State::Sent | State::Done(_) => None,
    }
}

/// What shows what became of a change: a subcommand, where the service lets us read it.
fn look(change: &Mutation, link: &Link) -> String {
    let profile = change.profile().as_str();
    let shows = match change.verb().name().split(' ').next() {
        Some("member") => Verb::MemberList,
        Some("invite") => Verb::InviteList,
        Some(_) | None => Verb::OrgShow,
    };
    let Some(org) = change.org() else {
        return format!("`orgdeck org list --profile {profile}` shows it");
    };
    match link.check(shows) {
        Ok(()) => format!(
            "`orgdeck {} {profile}/{}` shows it",
            shows.name(),
            org.raw()
        ),
        Err(_) => "nothing here can show it: look on the service's own pages".to_owned(),
    }
}

/// Whether an outcome says that the service wants to be left alone or that the credential is over.
pub(super) fn not_applied(outcome: &Outcome) -> Option<&ApiError> {
    match outcome {
        Outcome::NotApplied(error) => Some(error),
        Outcome::Done(_)
        | Outcome::Refused(_)
        | Outcome::Unknown
        | Outcome::Unproven(_)
        | Outcome::Differs(_) => None,
    }
}
