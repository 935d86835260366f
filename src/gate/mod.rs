//! The gate: the only door for writes and the only maker of a [`Permit`].
//!
//! [`Gate::prepare`] reads and plans, [`Gate::carry`] sends one step of a plan once. In between stands
//! a person's consent. Whoever calls, a screen or a subcommand, passes the same checks in the same order.

mod back;
mod carry;
mod guard;
mod keep;
mod left;
mod named;
mod prepare;
mod recover;
pub mod settle;
mod turn;

pub use guard::Cap;
pub use left::Left;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::domain::mutation::Target;
use crate::domain::plan::{Seen, TaskId};
use crate::domain::{
    Actor, Answer, ApiError, Consent, Fault, Invite, InviteDraft, Mutation, Next, Query, Row, Step,
    StepNo,
};
use crate::journal::Journal;
use crate::provider::link::Link;

/// Shows that a change has passed the gate; nothing outside this module can make one.
///
/// ```compile_fail,E0423
/// let forged = orgdeck::gate::Permit(());
/// ```
///
/// It is used up by the one request that it is for:
///
/// ```compile_fail,E0382
/// fn twice(permit: orgdeck::gate::Permit, send: impl Fn(orgdeck::gate::Permit)) {
///     send(permit);
///     send(permit);
/// }
/// ```
#[derive(Debug)]
pub struct Permit(());

/// The waits between the looks that settle a lost answer, of which the last ends within five seconds.
pub const LOOKS: &[Duration] = &[
    Duration::ZERO,
    Duration::from_secs(1),
    Duration::from_millis(3_500),
];

/// Rows of a bulk that are looked at at the same time.
const AT_ONCE: usize = 4;

/// The state that all front ends share: what is under way, which consents were used, the journal.
pub struct Gate {
    journal: Arc<dyn Journal>,
    wall: fn() -> Timestamp,
    under_way: Mutex<BTreeSet<Target>>,
    spent: Mutex<BTreeSet<(Actor, TaskId, StepNo)>>,
    recovering: tokio::sync::Mutex<()>,
    looks: &'static [Duration],
    cap: Mutex<Cap>,
    /// Held while open ends are looked up, so that none is settled twice.
    looking: tokio::sync::Mutex<()>,
}

/// One step on its way through the gate.
#[derive(Clone)]
pub struct Crossing {
    /// The connection it goes to.
    pub link: Arc<Link>,
    /// Who acts.
    pub actor: Actor,
    /// The place of the step in its plan.
    pub number: StepNo,
    /// The step, as it was shown.
    pub step: Step,
    /// The person's yes.
    pub consent: Consent,
}

impl Gate {
    /// A gate that writes to this journal.
    pub fn new(journal: Arc<dyn Journal>, wall: fn() -> Timestamp) -> Self {
        Self {
            journal,
            wall,
            under_way: Mutex::default(),
            spent: Mutex::default(),
            recovering: tokio::sync::Mutex::default(),
            looks: LOOKS,
            cap: Mutex::default(),
            looking: tokio::sync::Mutex::default(),
        }
    }

    /// The same gate with other waits before the looks that settle a lost answer.
    #[must_use]
    pub fn with_looks(self, looks: &'static [Duration]) -> Self {
        Self { looks, ..self }
    }

    /// Its cap on removals.
    pub fn cap(&self) -> Cap {
        *locked(&self.cap)
    }

    /// The same gate with another cap on removals.
    #[must_use]
    pub fn with_cap(self, cap: Cap) -> Self {
        self.set_cap(cap);
        self
    }

    /// From now on this is the cap on removals.
    pub fn set_cap(&self, cap: Cap) {
        *locked(&self.cap) = cap;
    }
}

/// The record that a change is about, as it is now.
async fn look(link: &Link, change: &Mutation) -> Result<Seen, ApiError> {
    let Some(evidence) = change.evidence() else {
        return Ok(Seen::Nothing);
    };
    if let Mutation::InviteBulk { drafts, .. } = change {
        return Ok(invited(link.query(evidence).await?, drafts));
    }
    if let Some(fields) = named::sought(change) {
        return named::look(link, evidence, fields).await;
    }
    match look_at(link, evidence).await {
        // Who sees the organization no more is not in it any more.
        Err(error) if error.fault == Fault::Unseen && change.is_leaving() => Ok(Seen::Gone),
        looked => looked,
    }
}

/// The same for what was seen so before: an organization that has come since is read, as a list may not tell
/// its name, and a list that told nothing before is not asked again.
async fn look_since(link: &Link, change: &Mutation, before: &Seen) -> Result<Seen, ApiError> {
    let Some(fields) = named::sought(change) else {
        return look(link, change).await;
    };
    let Seen::Orgs(before) = before else {
        return Ok(Seen::Nothing);
    };
    let now = look(link, change).await?;
    if let Seen::Orgs(orgs) = &now {
        return named::come(link, fields, (before, orgs)).await;
    }
    Ok(now)
}

/// The open invites to the addresses of one call. A page that is not the whole list shows that an invite is
/// there, and never that there is none.
fn invited(answer: Answer, drafts: &[InviteDraft]) -> Seen {
    let Answer::Invites(page) = answer else {
        return Seen::Nothing;
    };
    let is_whole = page.next == Next::End;
    let mut invites: Vec<Invite> = page.rows.into_iter().map(row_item).collect();
    invites.retain(|invite| drafts.iter().any(|draft| draft.is_to(invite)));
    let is_open = |draft: &InviteDraft| invites.iter().any(|invite| draft.is_to(invite));
    if is_whole || drafts.iter().all(is_open) {
        Seen::Invites(invites)
    } else {
        Seen::Nothing
    }
}

async fn look_at(link: &Link, evidence: Query) -> Result<Seen, ApiError> {
    match link.query(evidence).await {
        Ok(answer) => Ok(seen(answer)),
        Err(error) if error.fault == Fault::Missing => Ok(Seen::Gone),
        Err(error) if matches!(error.fault, Fault::NotOffered(_)) => Ok(Seen::Nothing),
        Err(error) => Err(error),
    }
}

fn seen(answer: Answer) -> Seen {
    match answer {
        Answer::Org(org) => Seen::Org(org),
        Answer::Member(member) => Seen::Member(member),
        Answer::Invite(invite) => Seen::Invite(invite),
        Answer::Invites(page) => Seen::Invites(page.rows.into_iter().map(row_item).collect()),
        Answer::Principal(_)
        | Answer::Capabilities(_)
        | Answer::Orgs(_)
        | Answer::Json(_)
        | Answer::Members(_)
        | Answer::Assignments(_)
        | Answer::Memberships(_)
        | Answer::Roles(_)
        | Answer::Users(_) => Seen::Nothing,
    }
}

fn row_item<T>(row: Row<T>) -> T {
    row.item
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
