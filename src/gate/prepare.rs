//! Preparing: a wish becomes a plan that a person can decide on. Reads only.

use super::guard::{self, Case};
use super::{Gate, look};
use crate::domain::connection::Access;
use crate::domain::mutation::OrgRef;
use crate::domain::plan::Seen;
use crate::domain::{ApiError, Fault, Mutation, Plan, Step, Verb, Wish};
use crate::provider::link::Link;

impl Gate {
    /// The requests that a wish comes to, with what is there now and what speaks against it.
    ///
    /// # Errors
    /// When it is not offered, when writing is switched off, or when a read that the plan needs failed.
    pub async fn prepare(&self, link: &Link, wish: Wish) -> Result<Plan, ApiError> {
        let wish = plainly(link, wish);
        allowed(link, &wish)?;
        let changes = link.provider().plan(wish.clone()).await?;
        let mut steps: Vec<Step> = Vec::with_capacity(changes.len());
        for change in changes {
            let seen = found(link, &steps, &change).await?;
            steps.push(Step {
                request: link.provider().render(&change),
                after: follows(&steps, &change),
                change,
                seen,
            });
        }
        let case = Case::new(self, link, (&wish, &steps));
        let (checks, objections) = guard::weigh(&case).await;
        Ok(Plan {
            checks,
            undo: link.capabilities().fidelity(wish.verb()),
            objections,
            wish,
            steps,
        })
    }

    /// The plans of wishes that one yes is asked for, in their order: a name is asked for where they are
    /// many together.
    ///
    /// # Errors
    /// As for one of them.
    pub async fn prepare_all(&self, link: &Link, wishes: Vec<Wish>) -> Result<Vec<Plan>, ApiError> {
        let mut plans = Vec::with_capacity(wishes.len());
        for wish in wishes {
            plans.push(self.prepare(link, wish).await?);
        }
        guard::together(self, link, &mut plans).await;
        Ok(plans)
    }
}

/// Removing oneself is leaving, wherever it is asked for: one wish, one request, one undo.
fn plainly(link: &Link, wish: Wish) -> Wish {
    if let Wish::RemoveMember { member } = &wish
        && member.is_own()
        && link.check(Verb::MemberLeave).is_ok()
    {
        return Wish::Leave {
            org: member.at.org.clone(),
        };
    }
    wish
}

fn allowed(link: &Link, wish: &Wish) -> Result<(), ApiError> {
    let verb = wish.verb();
    if *wish.profile() != link.connection.profile {
        return Err(ApiError::new(verb, Fault::Foreign));
    }
    if let Access::ReadOnly(switch) = link.connection.access {
        return Err(ApiError::new(verb, Fault::ReadOnly(switch)));
    }
    link.check(verb)
}

/// Steps of one wish go out one after another, except invites to different addresses.
fn follows(steps: &[Step], change: &Mutation) -> Option<usize> {
    let last = steps.last()?;
    let independent = |change: &Mutation| {
        matches!(
            change,
            Mutation::Invite { .. } | Mutation::InviteBulk { .. }
        )
    };
    let both = independent(&last.change) && independent(change);
    (!both).then(|| steps.len() - 1)
}

/// What a step will find: the record as it is now, as the steps before it leave it.
async fn found(link: &Link, steps: &[Step], change: &Mutation) -> Result<Seen, ApiError> {
    if let Mutation::AddMember {
        org: OrgRef::Of(..),
        ..
    } = change
    {
        // What an earlier step makes has nobody in it yet.
        return Ok(Seen::Gone);
    }
    let evidence = change.evidence();
    let same = |step: &&Step| step.change.evidence() == evidence;
    if let Some(earlier) = steps.iter().rev().find(same) {
        return Ok(earlier.seen.clone().after(&earlier.change));
    }
    let seen = look(link, change).await?;
    let revoked = |step: &&Step| matches!(step.change, Mutation::RevokeInvite { .. });
    let earlier = steps.iter().filter(revoked);
    Ok(earlier.fold(seen, |seen, step| seen.after(&step.change)))
}
