//! Plans: the requests that a wish comes to, shown before anything is sent, and the consent to them.

use super::{ApiError, Invite, InviteStatus, Member, Mutation, Org, Request, StepNo, Text, Wish};
use super::{Assignment, Told};

/// What is at the target of a step at the time it was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// There is no record to look at.
    Nothing,
    /// There was a look, and there is no such record.
    Gone,
    /// An organization.
    Org(Box<Org>),
    /// A member.
    Member(Box<Member>),
    /// An invite.
    Invite(Box<Invite>),
    /// The open invites of the address.
    Invites(Vec<Invite>),
}

impl Seen {
    /// Whether both are the same in what a person decides by; counts and dates of change may move.
    pub fn agrees_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Org(before), Self::Org(now)) => {
                before.id == now.id
                    && before.name == now.name
                    && before.slug == now.slug
                    && before.logo.known().is_some() == now.logo.known().is_some()
                    && before.attributes == now.attributes
            }
            (Self::Member(before), Self::Member(now)) => {
                before.user == now.user && same_roles(before, now)
            }
            (Self::Invite(before), Self::Invite(now)) => same_invite(before, now),
            (Self::Invites(before), Self::Invites(now)) => {
                before.len() == now.len() && before.iter().zip(now).all(|(a, b)| same_invite(a, b))
            }
            (Self::Nothing, Self::Nothing) | (Self::Gone, Self::Gone) => true,
            (
                Self::Nothing
                | Self::Gone
                | Self::Org(_)
                | Self::Member(_)
                | Self::Invite(_)
                | Self::Invites(_),
                _,
            ) => false,
        }
    }

    /// The record as it will be when `change` was applied to it.
    #[must_use]
    pub fn after(mut self, change: &Mutation) -> Self {
        match (&mut self, change) {
            (Self::Invites(open), Mutation::RevokeInvite { invite }) => {
                open.retain(|other| other.at != *invite);
            }
            (Self::Member(member), Mutation::GiveRole { role, .. }) => {
                let mut roles = member.assignments().to_vec();
                roles.push(Assignment {
                    role: role.clone(),
                    id: None,
                });
                member.roles = Told::Is(roles);
            }
            (Self::Member(member), Mutation::TakeRole { assignment, .. }) => {
                let mut roles = member.assignments().to_vec();
                roles.retain(|held| held.id.as_ref() != Some(assignment));
                member.roles = Told::Is(roles);
            }
            _ => {}
        }
        self
    }

    /// Whether what should go is not there: no record, or an invite that is open no more.
    pub fn is_gone(&self) -> bool {
        match self {
            Self::Gone => true,
            Self::Invite(invite) => matches!(
                invite.status,
                InviteStatus::Accepted | InviteStatus::Revoked
            ),
            Self::Nothing | Self::Org(_) | Self::Member(_) | Self::Invites(_) => false,
        }
    }
}

/// The same roles in any order; an assignment whose id is not known yet is matched by its role.
fn same_roles(before: &Member, now: &Member) -> bool {
    let key = |held: &Assignment| held.role.key.clone();
    let sorted = |member: &Member| {
        let mut keys: Vec<_> = member.assignments().iter().map(key).collect();
        keys.sort();
        keys
    };
    let ids_stay = before
        .assignments()
        .iter()
        .all(|held| held.id.is_none() || now.assignments().iter().any(|other| other.id == held.id));
    before.roles.known().is_some() == now.roles.known().is_some()
        && sorted(before) == sorted(now)
        && ids_stay
}

fn same_invite(before: &Invite, now: &Invite) -> bool {
    before.at == now.at
        && before.email == now.email
        && before.role == now.role
        && before.status == now.status
}

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

/// What speaks against a plan; one that stays open yields no consent.
#[derive(Clone, Debug, PartialEq)]
pub enum Objection {
    /// It cannot be done: why.
    Refused(ApiError),
    /// It is done only when one of these names was typed.
    TypeName(Vec<Text>),
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

/// A wish as requests, with everything a person needs to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What was wished.
    pub wish: Wish,
    /// The requests in the order they are sent.
    pub steps: Vec<Step>,
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
    /// A person's yes, with the name that was typed where one was asked for; `None` while an objection stands.
    pub fn agree(&self, task: TaskId, typed: Option<&str>) -> Option<Consent> {
        let open = self.objections.iter().any(|objection| match objection {
            Objection::Refused(_) => true,
            Objection::TypeName(names) => {
                !typed.is_some_and(|typed| names.iter().any(|name| name.raw() == typed))
            }
        });
        let covers = self
            .steps
            .iter()
            .map(|s| (s.change.clone(), s.seen.clone()));
        (!open).then(|| Consent {
            task,
            covers: covers.collect(),
        })
    }

    /// The first reason why it cannot be done.
    pub fn refusal(&self) -> Option<&ApiError> {
        self.objections
            .iter()
            .find_map(|objection| match objection {
                Objection::Refused(error) => Some(error),
                Objection::TypeName(_) => None,
            })
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
