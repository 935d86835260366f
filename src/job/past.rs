//! Tasks of sessions that have ended, as the journal tells them: each step with what came of it, and nothing
//! that goes out. Their rest is taken up by a task of its own.

use crate::domain::entry::EntryNo;
use crate::domain::history::Fate;
use crate::domain::outcome::{Proof, Receipt};
use crate::domain::plan::TaskId;
use crate::domain::record::End;
use crate::domain::{ApiError, Fault, Moment, Plan, Step, StepNo, Verb, Why};

use super::Task;
use super::task::{By, Mode, Past, State, Token};

impl Task {
    /// A task of an ended session under a name of this one.
    pub fn inherited(id: TaskId, past: Past, (plan, fates): (Plan, &[Fate])) -> Self {
        Self {
            id,
            heir: None,
            states: states(&plan, fates),
            unclear: unclear(fates).collect(),
            turned_away: Vec::new(),
            token: Token::Good,
            plan,
            mode: Mode::Stopping,
            patience: Moment::default(),
            by: By::Them(past),
            why: Why::Wished,
            entry: Some(past.plan),
            at_once: 0,
        }
    }

    /// Whether it is what this entry holds.
    pub fn is_of(&self, plan: EntryNo) -> bool {
        self.past().is_some_and(|past| past.plan == plan)
    }

    /// The journal was looked at again: of our own steps it knows more only of those that ended unknown.
    pub fn looked_up(&mut self, fates: &[Fate]) {
        let known = states(&self.plan, fates);
        match self.by {
            By::Them(_) => self.states = known,
            By::Us(_) => {
                for (own, known) in self.states.iter_mut().zip(known) {
                    if own.is_unknown() {
                        *own = known;
                    }
                }
            }
        }
        self.unclear = unclear(fates).collect();
    }

    /// Whether reading may still tell what became of an unknown step of it.
    pub fn can_be_looked_up(&self) -> bool {
        (0..self.states.len()).any(|number| self.may_be_read(number))
    }

    /// Whether reading may still tell what became of a step, which is unknown.
    pub(super) fn may_be_read(&self, number: StepNo) -> bool {
        let Step { change, seen, .. } = &self.plan.steps[number];
        self.states[number].is_unknown() && change.shows_in(seen) && !self.unclear.contains(&number)
    }
}

fn unclear(fates: &[Fate]) -> impl Iterator<Item = StepNo> {
    let fates = fates.iter().enumerate();
    fates.filter_map(|(number, fate)| (*fate == Fate::Unknown).then_some(number))
}

fn states(plan: &Plan, fates: &[Fate]) -> Vec<State> {
    let steps = plan.steps.iter().zip(fates);
    let states = steps.map(|(step, fate)| state(step.change.verb(), fate));
    states.collect()
}

fn state(verb: Verb, fate: &Fate) -> State {
    match fate {
        Fate::Done(end) => State::Done(receipt(end)),
        Fate::AlreadySo => State::Done(Receipt {
            proof: Proof::AlreadySo,
            ..Receipt::default()
        }),
        Fate::Refused(end) => State::Refused(refusal(verb, end)),
        Fate::Unknown | Fate::Open => State::Unknown(None),
        Fate::NotStarted => State::Skipped,
    }
}

fn receipt(end: &End) -> Receipt {
    Receipt {
        trace: end.trace.clone(),
        words: end.words.clone(),
        made: end.made.clone(),
        after: end.after.clone(),
        ..Receipt::default()
    }
}

fn refusal(verb: Verb, end: &End) -> ApiError {
    ApiError {
        words: end.words.clone(),
        trace: end.trace.clone(),
        ..ApiError::new(verb, Fault::Refused)
    }
}
