//! Tasks: the one machine that carries a plan out, single or bulk, for every front end.
//!
//! Nothing is ever repeated but a step whose attempt is proven not to have been applied.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;

use crate::domain::entry::EntryNo;
use crate::domain::mutation::OrgRef;
use crate::domain::outcome::{Made, Receipt};
use crate::domain::plan::{Seen, TaskId};
use crate::domain::{
    ApiError, Consent, Fault, Moment, Mutation, Outcome, Plan, Profile, Step, StepNo, Why, Wish,
};

use super::rest::leaves_something;

/// Waits longer than this, of one step in all, are not sat out: the person is asked.
pub const PATIENCE: Duration = Duration::from_mins(2);

/// The wait when a service asks for patience without saying how long.
const UNTOLD: Duration = Duration::from_secs(10);

/// The shortest wait: a service that asks for patience gets some.
const SHORTEST: Duration = Duration::from_secs(1);

/// So often a step goes out to be turned away before the person is asked.
const TURNS: u32 = 10;

/// Where one step stands.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Not sent yet.
    Waiting,
    /// Under way.
    Sent,
    /// Done.
    Done(Receipt),
    /// Refused, by the service or by a rule of ours: nothing was changed.
    Refused(ApiError),
    /// Not sent: the record is no longer what was shown.
    Differs(Seen),
    /// It may have been applied: what came in place of an answer that proves it, where that is known.
    Unknown(Option<Box<ApiError>>),
    /// Not sent, since what it needed did not come about or the person stopped.
    Skipped,
}

impl State {
    /// Whether it may have been applied.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }
}

/// How a task is running.
#[derive(Clone, Debug, PartialEq)]
pub enum Mode {
    /// The plan is being written into the journal.
    Recording,
    /// Steps go out.
    Running,
    /// The person holds it.
    Paused,
    /// The service asks for more patience than anybody sits out: the person is asked.
    TooLong,
    /// No more steps go out.
    Stopping,
    /// The credential is over.
    NeedsToken,
    /// The service asked for patience until then.
    Until(Moment),
}

/// A plan on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its name in this session.
    pub id: TaskId,
    /// The plan; later steps get the ids that earlier ones made.
    pub plan: Plan,
    /// The task that has taken up its rest.
    pub heir: Option<TaskId>,
    pub(super) states: Vec<State>,
    /// The steps that stay unknown: reading does not tell what became of them.
    pub(super) unclear: BTreeSet<StepNo>,
    pub(super) turned_away: Vec<TurnedAway>,
    pub(super) mode: Mode,
    pub(super) token: Token,
    /// Nothing goes out before then: what the service asked for, whatever a person does meanwhile.
    pub(super) patience: Moment,
    pub(super) by: By,
    /// Why it is carried out.
    pub(super) why: Why,
    /// The entry of its plan, once that is in the journal.
    pub(super) entry: Option<EntryNo>,
    pub(super) at_once: usize,
}

/// How often a service would not have a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TurnedAway {
    /// Its answers that said so.
    answers: u32,
    /// How often it asked for patience since a person last said that it goes on.
    turns: u32,
    /// For how long, in all.
    waits: Duration,
}

/// What is known of the credential that steps go out with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Nothing speaks against it.
    Good,
    /// It is another one than a moment ago, and nothing has gone out with it yet.
    New,
    /// It is another one, and this step tries it before the others follow.
    Tried(StepNo),
}

/// Who carries a task.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum By {
    /// This session, with a person's yes.
    Us(Consent),
    /// A session that has ended: by us nothing of it is sent.
    Them(Past),
}

/// Where a task of an ended session comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// The entry of its plan.
    pub plan: EntryNo,
    /// When that was agreed to.
    pub at: Timestamp,
}

/// A step that is to go out now.
#[derive(Clone, Debug, PartialEq)]
pub struct Go {
    /// Its place in the plan.
    pub number: StepNo,
    /// The step.
    pub step: Step,
    /// The yes that covers it.
    pub consent: Consent,
}

impl Task {
    /// A task for a plan that was agreed to; nothing goes out before [`Task::recorded`].
    pub fn new(id: TaskId, plan: Plan, consent: Consent) -> Self {
        Self {
            id,
            heir: None,
            states: vec![State::Waiting; plan.steps.len()],
            unclear: BTreeSet::new(),
            turned_away: vec![TurnedAway::default(); plan.steps.len()],
            at_once: plan.at_once(),
            plan,
            mode: Mode::Recording,
            token: Token::Good,
            patience: Moment::default(),
            by: By::Us(consent),
            why: Why::Wished,
            entry: None,
        }
    }

    /// The same, carried out for this reason.
    #[must_use]
    pub fn because(self, why: Why) -> Self {
        Self { why, ..self }
    }

    /// Why its rest would be carried out, for the journal: as long as its own plan is in none, why it would be
    /// itself.
    pub fn rest_why(&self) -> Why {
        match self.entry {
            None => self.why.clone(),
            Some(entry) if self.past().is_some() || leaves_something(self) => Why::Finishes(entry),
            Some(_) => Why::Wished,
        }
    }

    /// Whether it finishes what another plan has left.
    pub fn finishes(&self) -> bool {
        matches!(self.why, Why::Finishes(_))
    }

    /// Where it comes from, if a session has left it that has ended.
    pub fn past(&self) -> Option<Past> {
        match self.by {
            By::Us(_) => None,
            By::Them(past) => Some(past),
        }
    }

    /// The same with one step at a time, in the order of the plan.
    #[must_use]
    pub fn one_by_one(self) -> Self {
        Self { at_once: 1, ..self }
    }

    /// The profile that it works on.
    pub fn profile(&self) -> &Profile {
        self.plan.wish.profile()
    }

    /// Whether the service was asked for this step and would not have it then.
    pub fn was_turned_away(&self, number: StepNo) -> bool {
        let turned_away = self.turned_away.get(number);
        turned_away.is_some_and(|turned_away| turned_away.answers > 0)
    }

    /// The moment before which nothing goes out, as the service asked.
    pub fn patience(&self) -> Moment {
        self.patience
    }

    /// The plan is in the journal, or could not be written there: then nothing is sent.
    pub fn recorded(&mut self, result: Result<EntryNo, ApiError>) {
        match result {
            Ok(entry) => {
                self.entry = Some(entry);
                if self.mode == Mode::Recording {
                    self.mode = Mode::Running;
                }
            }
            Err(error) => {
                self.states.fill(State::Refused(error));
                self.mode = Mode::Stopping;
            }
        }
    }

    /// The steps with their states.
    pub fn steps(&self) -> impl Iterator<Item = (&Step, &State)> {
        self.plan.steps.iter().zip(&self.states)
    }

    pub(super) fn states(&self) -> &[State] {
        &self.states
    }

    /// Whether what became of some of it is not known.
    pub fn is_unknown(&self) -> bool {
        self.states.iter().any(State::is_unknown)
    }

    /// How it is running.
    pub fn mode(&self) -> &Mode {
        &self.mode
    }

    /// Whether requests of it are under way.
    pub fn is_sending(&self) -> bool {
        self.states.contains(&State::Sent)
    }

    /// Whether something of it could go out now, and nothing of it is under way.
    pub fn is_due(&self) -> bool {
        self.mode == Mode::Running && !self.is_sending() && self.states.contains(&State::Waiting)
    }

    /// Whether every step has come to an end.
    pub fn is_over(&self) -> bool {
        let open = |state: &State| matches!(state, State::Waiting | State::Sent);
        !self.states.iter().any(open)
    }

    /// The steps to send now.
    pub fn next(&mut self, now: Moment) -> Vec<Go> {
        if matches!(self.mode, Mode::Running | Mode::Until(_)) {
            self.mode = if now < self.patience {
                Mode::Until(self.patience)
            } else {
                Mode::Running
            };
        }
        let By::Us(consent) = self.by.clone() else {
            return Vec::new();
        };
        if self.mode != Mode::Running {
            return Vec::new();
        }
        let mut out = Vec::new();
        let mut room = self.room();
        for number in 0..self.states.len() {
            if room > 0 && self.goes_out(number) {
                self.states[number] = State::Sent;
                room -= 1;
                if self.token == Token::New {
                    self.token = Token::Tried(number);
                }
                out.push(Go {
                    number,
                    step: self.plan.steps[number].clone(),
                    consent: consent.clone(),
                });
            }
        }
        out
    }

    /// How many steps may go out beside those under way: with a new credential one, before the others follow.
    fn room(&self) -> usize {
        let sent = self.states.iter().filter(|s| **s == State::Sent).count();
        match self.token {
            Token::Good => self.at_once.saturating_sub(sent),
            Token::New => usize::from(sent == 0),
            Token::Tried(_) => 0,
        }
    }

    /// Takes the end of a step in.
    pub fn settle(&mut self, now: Moment, number: StepNo, outcome: Outcome) {
        let was_tried = self.token == Token::Tried(number);
        if was_tried {
            self.token = Token::Good;
        }
        self.states[number] = match outcome {
            Outcome::Done(receipt) => State::Done(receipt),
            Outcome::Refused(error) => State::Refused(error),
            Outcome::Unknown => State::Unknown(None),
            Outcome::Unproven(came) => State::Unknown(Some(Box::new(came))),
            Outcome::Differs(seen) => State::Differs(seen),
            Outcome::NotApplied(error) if error.fault == Fault::Renewed => self.renewed(was_tried),
            Outcome::NotApplied(error) => self.not_applied(now, (number, error)),
        };
        if self.mode == Mode::Stopping {
            self.skip_waiting();
        }
    }

    /// Holds it back, or lets it go on: after a pause, or once there is a new credential.
    pub fn pause(&mut self) {
        if self.mode == Mode::TooLong {
            for TurnedAway { turns, waits, .. } in &mut self.turned_away {
                (*turns, *waits) = (0, Duration::ZERO);
            }
        }
        self.mode = match self.mode {
            Mode::Paused | Mode::TooLong | Mode::NeedsToken => Mode::Running,
            Mode::Running | Mode::Until(_) => Mode::Paused,
            Mode::Recording => Mode::Recording,
            Mode::Stopping => Mode::Stopping,
        };
    }

    /// Sends nothing more; what is under way comes to its end.
    pub fn stop(&mut self) {
        self.mode = Mode::Stopping;
        self.skip_waiting();
    }

    /// Sends nothing more, as the credential is over; what was not sent can be taken up again.
    pub fn shelve(&mut self) {
        self.mode = Mode::NeedsToken;
        self.skip_waiting();
    }

    /// When it goes on by itself.
    pub fn wake_at(&self, now: Moment) -> Option<Moment> {
        match self.mode {
            Mode::Until(end) => Some(end.min(now.after(Duration::from_secs(1)))),
            Mode::Recording
            | Mode::Running
            | Mode::Paused
            | Mode::TooLong
            | Mode::Stopping
            | Mode::NeedsToken => None,
        }
    }

    fn skip_waiting(&mut self) {
        for state in &mut self.states {
            if *state == State::Waiting {
                *state = State::Skipped;
            }
        }
    }

    /// The credential was over and there is another one: the step goes out again with it, unless it was itself
    /// the one that tried a new one.
    fn renewed(&mut self, was_tried: bool) -> State {
        if was_tried {
            self.stricter(Mode::NeedsToken);
        } else if self.token == Token::Good {
            self.token = Token::New;
        }
        State::Waiting
    }

    /// Proven not to have been applied: it goes out again when the reason has passed, else it is refused.
    fn not_applied(&mut self, now: Moment, (number, error): (StepNo, ApiError)) -> State {
        let turned_away = &mut self.turned_away[number];
        turned_away.answers += u32::from(error.status.is_some());
        if let Fault::Slowed { after } = error.fault {
            let wait = after.unwrap_or(UNTOLD).max(SHORTEST);
            turned_away.turns += 1;
            turned_away.waits += wait;
            let is_enough = turned_away.waits > PATIENCE || turned_away.turns >= TURNS;
            self.patience = self.patience.max(now.after(wait));
            if is_enough {
                self.stricter(Mode::TooLong);
            } else {
                self.stricter(Mode::Until(self.patience));
            }
            State::Waiting
        } else if error.fault.is_shut() {
            self.stricter(Mode::NeedsToken);
            State::Waiting
        } else {
            State::Refused(error)
        }
    }

    /// What a person or a bad credential said outlives what a service asks for.
    fn stricter(&mut self, mode: Mode) {
        if matches!(self.mode, Mode::Running | Mode::Until(_)) {
            self.mode = mode;
        }
    }

    fn goes_out(&mut self, number: StepNo) -> bool {
        if self.states[number] != State::Waiting {
            return false;
        }
        let Some(before) = self.plan.steps[number].after else {
            return self.may_go(number);
        };
        match &self.states[before] {
            State::Done(receipt) => {
                let made = receipt.made.as_ref();
                let filled = fill_in(&mut self.plan.steps[number].change, before, made);
                if !filled {
                    self.states[number] = State::Skipped;
                }
                filled
            }
            State::Waiting | State::Sent => false,
            State::Refused(_) | State::Differs(_) | State::Unknown(_) | State::Skipped => {
                self.states[number] = State::Skipped;
                false
            }
        }
    }
}

impl Task {
    /// In a bulk our own membership ends or changes last: who has left could do nothing for the others.
    fn may_go(&self, number: StepNo) -> bool {
        let is_own = |step: &Step| matches!(&step.seen, Seen::Member(member) if member.is_own());
        let is_bulk = matches!(self.plan.wish, Wish::Each(_));
        if !is_bulk || !is_own(&self.plan.steps[number]) {
            return true;
        }
        let open = |(step, state): (&Step, &State)| {
            !is_own(step) && matches!(state, State::Waiting | State::Sent)
        };
        !self.steps().any(open)
    }
}

/// Puts the organization that an earlier step made in the place of its reference.
fn fill_in(change: &mut Mutation, made_by: StepNo, made: Option<&Made>) -> bool {
    let Mutation::AddMember { org, .. } = change else {
        return true;
    };
    match (&org, made) {
        (OrgRef::Of(_, step), Some(Made::Org(id))) if *step == made_by => {
            *org = OrgRef::Id(id.clone());
            true
        }
        (OrgRef::Of(..), _) => false,
        (OrgRef::Id(_), _) => true,
    }
}
