//! Carrying: one step goes out once, on a task of its own, so that a session that ends takes no write with it.

use std::sync::Arc;

use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::{Crossing, Gate, Permit, keep, locked, look, look_since, settle};
use crate::domain::connection::Access;
use crate::domain::entry::{Closes, EntryNo, Event};
use crate::domain::mutation::Target;
use crate::domain::outcome::Proof;
use crate::domain::plan::{Seen, TaskId};
use crate::domain::verb::Class;
use crate::domain::{
    Actor, ApiError, Entry, Fault, Mutation, Outcome, Plan, Principal, PrincipalKind, Profile,
    Receipt, Text, Why,
};
use crate::provider::link::Link;

/// Said of an invite that is not there any more.
const ENDED: &str = "the invite is gone, revoked or accepted, and the service does not tell which";

impl Gate {
    /// Writes a plan that was agreed to into the journal, before its first step is carried: its entry.
    ///
    /// # Errors
    /// `Unrecorded` when it could not be written, and `Conflict` when it is the rest of something that was
    /// taken up or put away already; then nothing may be sent.
    pub async fn record(
        &self,
        actor: &Actor,
        (task, why): (TaskId, Why),
        plan: Plan,
    ) -> Result<EntryNo, ApiError> {
        let verb = plan.wish.verb();
        let profile = plan.wish.profile().clone();
        let unrecorded = |cause| ApiError::new(verb, Fault::Unrecorded(cause));
        if let Why::Finishes(no) = why
            && self.history().await.map_err(unrecorded)?.is_settled(no)
        {
            let taken = "another session has taken up what was left";
            return Err(ApiError::new(verb, Fault::Conflict).words(taken));
        }
        let plan = Box::new(plan);
        let event = Event::Planned { task, why, plan };
        let written = self.write(actor, (&profile, None), event).await;
        written.map_err(unrecorded)
    }

    /// Writes down that nothing more is sent of a plan: what was not sent is not wanted any more.
    pub async fn close(&self, actor: &Actor, which: Closes, profile: &Profile) {
        // Without this entry the rest is offered once more, and nothing is sent without a question.
        let _ = self
            .write(actor, (profile, None), Event::Closed(which))
            .await;
    }

    /// Sends one step. Dropping the handle stops nothing.
    pub fn carry(self: &Arc<Self>, crossing: Crossing) -> JoinHandle<Outcome> {
        let gate = Arc::clone(self);
        #[expect(
            clippy::disallowed_methods,
            reason = "a write outlives the session that asked for it"
        )]
        tokio::spawn(async move { gate.cross(crossing).await })
    }

    async fn cross(&self, crossing: Crossing) -> Outcome {
        if let Err(fault) = self.admit(&crossing) {
            return Outcome::Refused(ApiError::new(crossing.step.change.verb(), fault));
        }
        let Some(_claim) = Claim::take(self, crossing.step.targets()) else {
            self.give_back(&crossing);
            return Outcome::Refused(ApiError::new(crossing.step.change.verb(), Fault::UnderWay));
        };
        let outcome = self.send(&crossing).await;
        if let Outcome::NotApplied(_) | Outcome::Differs(_) = outcome {
            self.give_back(&crossing);
        }
        outcome
    }

    /// The checks that need no request; they use the consent up.
    fn admit(&self, crossing: &Crossing) -> Result<(), Fault> {
        let change = &crossing.step.change;
        if *change.profile() != crossing.link.connection.profile {
            return Err(Fault::Foreign);
        }
        if let Access::ReadOnly(switch) = crossing.link.connection.access {
            return Err(Fault::ReadOnly(switch));
        }
        if let Some(why) = crossing.link.capabilities().refusal(change.verb()) {
            return Err(Fault::NotOffered(why));
        }
        let covered = crossing.consent.covers(crossing.number, &crossing.step);
        if !covered || !locked(&self.spent).insert(spent_key(crossing)) {
            return Err(Fault::NoConsent);
        }
        Ok(())
    }

    /// Nothing was applied, so the person's yes still stands for the next attempt.
    fn give_back(&self, crossing: &Crossing) {
        locked(&self.spent).remove(&spent_key(crossing));
    }

    async fn send(&self, crossing: &Crossing) -> Outcome {
        let change = &crossing.step.change;
        let now = match look_since(&crossing.link, change, &crossing.step.seen).await {
            Ok(now) => now,
            // Whoever hears of it asked for the change, and it was not sent.
            Err(error) => {
                let verb = change.verb();
                return Outcome::NotApplied(ApiError { verb, ..error });
            }
        };
        if is_removal(change) && now.is_gone() {
            let end = already_so(&crossing.link, change, &now);
            if matches!(end, Outcome::Done(_)) {
                self.note_already_so(crossing).await;
            }
            return end;
        }
        if is_removal(change) && now.is_accepted() {
            return Outcome::Refused(ApiError::accepted(change.verb()));
        }
        if !crossing.step.seen.agrees_with(&now) {
            return Outcome::Differs(now);
        }
        let now = keep::again(&crossing.link, &crossing.step, now).await;
        self.send_recorded(crossing, now).await
    }

    /// Writes down that nothing had to be sent, so that a later session counts what this one has seen.
    async fn note_already_so(&self, crossing: &Crossing) {
        let found = Event::AlreadySo {
            task: crossing.consent.task(),
            step: crossing.number,
        };
        let principal = crossing.link.principal().map(|one| one.label);
        let place = (crossing.step.change.profile(), principal.as_ref());
        // Without this entry the step is looked at once more, which finds the same.
        let _ = self.write(&crossing.actor, place, found).await;
    }

    async fn send_recorded(&self, crossing: &Crossing, before: Seen) -> Outcome {
        let change = crossing.step.change.clone();
        let profile = change.profile().clone();
        let principal = crossing.link.principal().map(|one| one.label);
        let place = (&profile, principal.as_ref());
        let intent = Event::Intent {
            task: crossing.consent.task(),
            step: crossing.number,
            change: Box::new(change.clone()),
            request: Box::new(crossing.step.request.clone()),
            before: Box::new(before.clone()),
        };
        let intent = match self.write(&crossing.actor, place, intent).await {
            Ok(number) => number,
            Err(cause) => {
                let error = ApiError::new(change.verb(), Fault::Unrecorded(cause));
                return Outcome::Refused(error);
            }
        };
        let started = Instant::now();
        let provider = crossing.link.provider();
        let sent = provider.mutate(change.clone(), Permit(())).await;
        let outcome = self.settled(sent, &crossing.link, (&change, &before)).await;
        let ended = Event::Ended {
            intent,
            outcome: Box::new(with_after(outcome.clone(), &before, &change)),
            took: started.elapsed(),
        };
        // The request is out: a journal that fails now leaves an open intent, which says just that.
        let _ = self.write(&crossing.actor, place, ended).await;
        outcome
    }

    /// What an answer comes to once it was looked at: a lost one is settled by reading, and what was
    /// missing when it was to be taken away may be gone by somebody else's hand.
    async fn settled(
        &self,
        sent: Outcome,
        link: &Link,
        (change, before): (&Mutation, &Seen),
    ) -> Outcome {
        match sent {
            Outcome::Unknown => {
                settle::look_again(link, (change, before), (self.looks, None)).await
            }
            Outcome::Unproven(came) => {
                settle::look_again(link, (change, before), (self.looks, Some(came))).await
            }
            Outcome::Refused(ref error) if is_removal(change) && may_be_gone(error) => {
                match look(link, change).await {
                    Ok(now) if now.is_gone() => already_so(link, change, &now),
                    Ok(now) if now.is_accepted() => Outcome::Refused(ApiError {
                        status: error.status,
                        trace: error.trace.clone(),
                        ..ApiError::accepted(error.verb)
                    }),
                    Ok(_) | Err(_) => sent,
                }
            }
            Outcome::Done(_)
            | Outcome::Refused(_)
            | Outcome::NotApplied(_)
            | Outcome::Differs(_) => sent,
        }
    }

    /// Writes an entry about a profile, and whom its service takes the actor for.
    pub(super) async fn write(
        &self,
        actor: &Actor,
        (profile, principal): (&Profile, Option<&Text>),
        event: Event,
    ) -> Result<EntryNo, Text> {
        let entry = Entry {
            at: (self.wall)(),
            actor: actor.clone(),
            principal: principal.cloned(),
            profile: profile.clone(),
            event,
        };
        self.journal.append(entry).await
    }
}

fn spent_key(crossing: &Crossing) -> (Actor, TaskId, usize) {
    (
        crossing.actor.clone(),
        crossing.consent.task(),
        crossing.number,
    )
}

fn is_removal(change: &Mutation) -> bool {
    change.verb().class() == Class::Destroy
}

/// Whether a refusal may mean that there is nothing to take away: not every service says so plainly.
fn may_be_gone(error: &ApiError) -> bool {
    matches!(error.fault, Fault::Missing | Fault::Refused)
}

fn already_so(link: &Link, change: &Mutation, now: &Seen) -> Outcome {
    // A person sees their own organizations alone: of one that is deleted and of one that they are in no more
    // the same is seen.
    let is_person = |one: Principal| one.kind == PrincipalKind::User;
    let is_unseen = link.principal().is_none_or(is_person);
    if is_unseen && matches!(change, Mutation::DeleteOrg { .. }) {
        return Outcome::Refused(ApiError::new(change.verb(), Fault::Missing));
    }
    // A record that is kept would say how the invite has ended.
    let is_untold = matches!(change, Mutation::RevokeInvite { .. }) && *now == Seen::Gone;
    Outcome::Done(Receipt {
        words: is_untold.then(|| Text::from(ENDED)),
        proof: Proof::AlreadySo,
        ..Receipt::default()
    })
}

/// The outcome with the record afterwards, where the answer did not bring it and the change says it.
fn with_after(outcome: Outcome, before: &Seen, change: &Mutation) -> Outcome {
    if let Outcome::Done(receipt) = &outcome
        && receipt.after.is_none()
    {
        let then = before.clone().after(change);
        let after = (then != *before).then_some(then);
        return Outcome::Done(Receipt {
            after,
            ..receipt.clone()
        });
    }
    outcome
}

/// Holds targets as long as a request for them is under way.
struct Claim<'a> {
    gate: &'a Gate,
    targets: Vec<Target>,
}

impl<'a> Claim<'a> {
    fn take(gate: &'a Gate, targets: Vec<Target>) -> Option<Self> {
        let mut held = locked(&gate.under_way);
        if targets.iter().any(|target| held.contains(target)) {
            return None;
        }
        held.extend(targets.iter().cloned());
        Some(Self { gate, targets })
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        let mut held = locked(&self.gate.under_way);
        for target in &self.targets {
            held.remove(target);
        }
    }
}
