//! The rows of a task: what each step or each wish of a bulk came to, and how many came to what. What is
//! read here is the plan and the states of its steps, and nothing else.

use std::ops::Range;

use crate::domain::outcome::{Proof, Receipt};
use crate::domain::plan::chains;
use crate::domain::{StepNo, Text, Wish};

use super::Task;
use super::rest::{is_done, is_left};
use super::task::State;

/// One row of a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Part<'a> {
    /// What was wished for it; of a wish that is no bulk, the whole.
    pub wish: &'a Wish,
    /// The steps that carry it.
    pub steps: Range<StepNo>,
    /// The address, where one request carries several.
    pub email: Option<&'a Text>,
}

/// How many rows of a task came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Done.
    pub done: usize,
    /// Nothing had to be sent: it was so already.
    pub already: usize,
    /// Begun, and not finished.
    pub half_done: usize,
    /// Refused, or no longer what was shown.
    pub refused: usize,
    /// It may have been applied.
    pub unknown: usize,
    /// Not sent, and not going to be.
    pub not_sent: usize,
    /// Still to be sent, or under way.
    pub open: usize,
}

impl Tally {
    /// All rows.
    pub fn all(&self) -> usize {
        self.ended() + self.open
    }

    /// Those that have come to an end.
    pub fn ended(&self) -> usize {
        self.done + self.already + self.half_done + self.refused + self.unknown + self.not_sent
    }

    /// Those that were sent, or needed not to be, and have come to an end.
    pub fn reached(&self) -> usize {
        self.ended() - self.not_sent
    }

    /// "7 done, 1 failed, 2 not sent": only what there is.
    pub fn words(&self) -> String {
        let counts = [
            (self.done, "done"),
            (self.already, "already so"),
            (self.half_done, "half done"),
            (self.refused, "refused"),
            (self.unknown, "unknown"),
            (self.not_sent, "not sent"),
            (self.open, "to go"),
        ];
        let met = counts.iter().filter(|(count, _)| *count > 0);
        let words: Vec<String> = met.map(|(count, word)| format!("{count} {word}")).collect();
        if words.is_empty() {
            return "nothing to send".to_owned();
        }
        words.join(", ")
    }
}

impl Task {
    /// Whether it is about several rows that have nothing to do with each other.
    pub fn is_bulk(&self) -> bool {
        match &self.plan.wish {
            Wish::Each(_) => true,
            Wish::Invite { drafts, .. } => drafts.len() > 1,
            Wish::CreateOrg { .. }
            | Wish::EditOrg { .. }
            | Wish::DeleteOrg { .. }
            | Wish::SetLogo { .. }
            | Wish::RemoveLogo { .. }
            | Wish::SetMetadata { .. }
            | Wish::AddMember { .. }
            | Wish::SetRoles { .. }
            | Wish::RemoveMember { .. }
            | Wish::Leave { .. }
            | Wish::RevokeInvite { .. }
            | Wish::Resend(_)
            | Wish::AcceptInvite { .. } => false,
        }
    }

    /// Its rows: the wishes of a bulk, else its steps; of a request with several addresses, each address.
    pub fn parts(&self) -> Vec<Part<'_>> {
        if let Wish::Each(bulk) = &self.plan.wish {
            let after = self.plan.steps.iter().map(|step| step.after);
            let rows = bulk.parts().iter().zip(chains(after));
            let part = |(wish, steps)| Part {
                wish,
                steps,
                email: None,
            };
            return rows.map(part).collect();
        }
        let steps = self.plan.steps.iter().enumerate();
        let rows = steps.flat_map(|(number, step)| {
            let part = move |email| Part {
                wish: &self.plan.wish,
                steps: number..number + 1,
                email,
            };
            let drafts = step.change.drafts().iter();
            let alone = step.change.drafts().is_empty().then(|| part(None));
            let addressed = drafts.map(move |draft| part(Some(&draft.email)));
            alone.into_iter().chain(addressed)
        });
        rows.collect()
    }

    /// Where a row stands: at its first step that is not done, else at its last.
    pub fn standing(&self, part: &Part<'_>) -> &State {
        let states = &self.states()[part.steps.clone()];
        let open = states.iter().find(|state| !is_done(state));
        open.or(states.last()).unwrap_or(&State::Skipped)
    }

    /// Whether something of a row is done and something is not.
    pub fn is_half_done(&self, part: &Part<'_>) -> bool {
        let states = &self.states()[part.steps.clone()];
        let done = states.iter().filter(|state| is_done(state)).count();
        done > 0 && done < states.len()
    }

    /// Whether reading may still tell what became of a row that is unknown.
    pub fn part_may_be_read(&self, part: &Part<'_>) -> bool {
        part.steps.clone().any(|number| self.may_be_read(number))
    }

    /// Whether it is one thing in several steps, of which some are done and the others are certainly not.
    pub fn is_half_done_as_a_whole(&self) -> bool {
        let states = || self.states().iter();
        !self.is_bulk() && states().any(is_done) && states().any(is_left)
    }

    /// How many rows came to what, each as the journal counts it: steps that hang together are one row, and each
    /// address of a request is.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for row in chains(self.plan.steps.iter().map(|step| step.after)) {
            let rows = self.plan.steps[row.start].change.drafts().len().max(1);
            *tally.place(&self.states()[row]) += rows;
        }
        tally
    }
}

impl Tally {
    /// Where a row is counted whose steps stand so.
    fn place(&mut self, row: &[State]) -> &mut usize {
        let is_under_way = |state: &State| matches!(state, State::Waiting | State::Sent);
        let is_begun = row.iter().any(is_done);
        match row.iter().find(|state| !is_done(state)).or(row.last()) {
            Some(_) if row.iter().any(is_under_way) => &mut self.open,
            Some(_) if row.iter().any(State::is_unknown) => &mut self.unknown,
            Some(State::Done(Receipt { proof, .. })) if *proof == Proof::AlreadySo => {
                &mut self.already
            }
            Some(State::Done(_)) => &mut self.done,
            Some(_) if is_begun => &mut self.half_done,
            Some(State::Refused(_) | State::Differs(_)) => &mut self.refused,
            Some(State::Unknown(_)) => &mut self.unknown,
            Some(State::Waiting | State::Sent) => &mut self.open,
            Some(State::Skipped) | None => &mut self.not_sent,
        }
    }
}
