//! Plans: the requests that a wish comes to, shown before anything is sent, and the consent to them.

use std::ops::Range;

use super::mutation::Target;
pub use super::seen::Seen;
use super::{ApiError, MemberRef, Mutation, Request, StepNo, Text, Wish};

/// One request of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The change.
    pub change: Mutation,
    /// The request that carries it.
    pub request: Request,
    /// The record as it was when the plan was made.
    pub seen: Seen,
    /// The step that must be done before this one.
    pub after: Option<StepNo>,
}

impl Step {
    /// What it changes, under every name by which another request may address it.
    pub fn targets(&self) -> Vec<Target> {
        let mut targets = self.change.targets();
        let Seen::Member(member) = &self.seen else {
            return targets;
        };
        for place in 0..targets.len() {
            if let Target::Member(at) = &targets[place] {
                let by_id = MemberRef::id(&at.org, &member.id);
                let user = member.user.known();
                let by_user = user.map(|user| MemberRef::user(&at.org, user));
                targets.push(Target::Member(by_id));
                targets.extend(by_user.map(Target::Member));
            }
        }
        targets
    }
}

/// The runs of steps that hang together: each begins with a step that follows no other.
pub fn chains(after: impl Iterator<Item = Option<StepNo>>) -> Vec<Range<StepNo>> {
    let mut chains: Vec<Range<StepNo>> = Vec::new();
    for (number, after) in after.enumerate() {
        match chains.last_mut() {
            Some(chain) if after.is_some() => chain.end = number + 1,
            Some(_) | None => chains.push(number..number + 1),
        }
    }
    chains
}

/// What speaks against a plan; one that stays open yields no consent.
#[derive(Clone, Debug, PartialEq)]
pub enum Objection {
    /// It cannot be done: why.
    Refused(ApiError),
    /// It is done only when one of these names was typed: why it is asked for.
    TypeName {
        /// The name, and what may be typed in its place.
        names: Vec<Text>,
        /// What makes it weighty, as a sentence part that ends without a full stop.
        why: &'static str,
    },
}

/// Something that was looked at before deciding, such as a limit or who would be left.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What was looked at.
    pub what: &'static str,
    /// What was found.
    pub found: Text,
    /// How much it matters.
    pub weight: Weight,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It is good to know.
    Told,
    /// It should be thought about, or could not be found out.
    Warning,
}

/// How well an undo could put things back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fidelity {
    /// As before.
    Exact,
    /// Nearly: what will be different.
    Partly(&'static str),
    /// Not at all: why.
    Impossible(&'static str),
}

impl Fidelity {
    /// Why nothing can be put back, if so.
    pub const fn refusal(self) -> Option<&'static str> {
        match self {
            Self::Impossible(why) => Some(why),
            Self::Exact | Self::Partly(_) => None,
        }
    }

    /// How well both are put back: as well as the one that is put back worse.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Impossible(_), _) | (Self::Partly(_), Self::Exact | Self::Partly(_)) => self,
            (Self::Exact, _) | (Self::Partly(_), Self::Impossible(_)) => other,
        }
    }
}

/// A wish as requests, with everything a person needs to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What was wished.
    pub wish: Wish,
    /// The requests in the order they are sent.
    pub steps: Vec<Step>,
    /// What was looked at for the decision.
    pub checks: Vec<Check>,
    /// What speaks against it.
    pub objections: Vec<Objection>,
    /// What an undo could do.
    pub undo: Fidelity,
}

/// Names a plan that was agreed to, unique within a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

/// A person's yes to the steps of one plan as they were shown. It is made by [`Plan::agree`] alone,
/// and the gate takes it for each step once.
#[derive(Clone, Debug, PartialEq)]
pub struct Consent {
    task: TaskId,
    covers: Vec<(Mutation, Seen)>,
}

impl Plan {
    /// A person's yes, with the name that was typed where one was asked for; `None` while an objection
    /// stands, and for a plan that sends nothing: there is nothing to say yes to.
    pub fn agree(&self, task: TaskId, typed: Option<&str>) -> Option<Consent> {
        let open = self.objections.iter().any(|objection| match objection {
            Objection::Refused(_) => true,
            Objection::TypeName { names, .. } => {
                !typed.is_some_and(|typed| names.iter().any(|name| name.raw() == typed))
            }
        });
        let covers = self
            .steps
            .iter()
            .map(|s| (s.change.clone(), s.seen.clone()));
        (!open && !self.steps.is_empty()).then(|| Consent {
            task,
            covers: covers.collect(),
        })
    }

    /// How many of its requests may be under way at the same time.
    pub fn at_once(&self) -> usize {
        let mut later = self.steps.iter().skip(1);
        if self.wish.is_mixed() || later.all(|step| step.after.is_some()) {
            1
        } else {
            4
        }
    }

    /// The rows that change; none where nothing is sent.
    pub fn rows(&self) -> usize {
        if self.steps.is_empty() {
            0
        } else {
            self.wish.rows()
        }
    }

    /// The first reason why it cannot be done.
    pub fn refusal(&self) -> Option<&ApiError> {
        self.objections
            .iter()
            .find_map(|objection| match objection {
                Objection::Refused(error) => Some(error),
                Objection::TypeName { .. } => None,
            })
    }

    /// Whether everything is already as it is wished, so that it can be done and nothing is to be sent.
    pub fn sends_nothing(&self) -> bool {
        self.steps.is_empty() && self.refusal().is_none()
    }
}

impl Consent {
    /// Whether it covers this step, as it was shown.
    pub fn covers(&self, number: StepNo, step: &Step) -> bool {
        self.covers
            .get(number)
            .is_some_and(|(change, seen)| change.is_same_as(&step.change) && *seen == step.seen)
    }

    /// The task it was given for.
    pub fn task(&self) -> TaskId {
        self.task
    }
}
