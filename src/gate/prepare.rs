//! Preparing: a wish becomes a plan that a person can decide on. Reads only.

use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::guard::{self, Case};
use super::{AT_ONCE, Cap, Gate, keep, look, named};
use crate::domain::connection::Access;
use crate::domain::inverse::foretold;
use crate::domain::mutation::OrgRef;
use crate::domain::plan::{Check, Seen, Weight};
use crate::domain::{ApiError, Bulk, Fault, Mutation, Plan, Step, Text, Verb, Wish};
use crate::provider::link::Link;

impl Gate {
    /// The requests that a wish comes to, with what is there now and what speaks against it.
    ///
    /// # Errors
    /// When it is not offered, when writing is switched off, or when a read that the plan needs failed.
    pub async fn prepare(&self, link: &Link, wish: Wish) -> Result<Plan, ApiError> {
        self.prepare_within(link, wish, self.cap()).await
    }

    /// The same with another cap on removals, for this wish.
    ///
    /// # Errors
    /// As for the same with the cap of the gate.
    pub async fn prepare_within(
        &self,
        link: &Link,
        wish: Wish,
        cap: Cap,
    ) -> Result<Plan, ApiError> {
        let wish = plainly(link, wish);
        allowed(link, &wish)?;
        link.identify().await;
        let (wish, steps, idle) = planned(link, wish).await?;
        let case = Case::new(self, link, (&wish, &steps, cap));
        let (mut checks, objections) = guard::weigh(&case).await;
        checks.splice(0..0, idle);
        Ok(Plan {
            checks,
            undo: foretold(&steps, wish.verb(), &link.capabilities()),
            objections,
            wish,
            steps,
        })
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

/// The steps of a wish. The rows of a bulk are planned one by one: those that need nothing are left out of
/// it, which is told, and our own come last.
async fn planned(link: &Link, wish: Wish) -> Result<(Wish, Vec<Step>, Option<Check>), ApiError> {
    if !matches!(wish, Wish::Each(_)) {
        let steps = steps(link, &wish).await?;
        return Ok((wish, steps, None));
    }
    let parts = wish.parts().to_vec();
    let all = parts.len();
    let looked: Vec<_> = parts.into_iter().map(|part| row(link, part)).collect();
    let looked = stream::iter(looked).buffered(AT_ONCE);
    let mut rows: Vec<(Vec<Step>, Wish)> = looked.try_collect().await?;
    rows.retain(|(steps, _)| !steps.is_empty());
    rows.sort_by_key(|(steps, _)| steps.iter().any(is_own));
    let idle = all - rows.len();
    let idle = (idle > 0).then(|| Check {
        what: "Already so",
        found: Text::from(format!(
            "{idle} of {all} rows, and nothing is sent for these"
        )),
        weight: Weight::Told,
    });
    let (steps, parts): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    // Where nothing is to be sent for any of them the wish stays what it was.
    let left = Bulk::of(parts).map_or(wish, Wish::Each);
    Ok((left, joined(steps), idle))
}

async fn row(link: &Link, part: Wish) -> Result<(Vec<Step>, Wish), ApiError> {
    Ok((steps(link, &part).await?, part))
}

fn is_own(step: &Step) -> bool {
    matches!(&step.seen, Seen::Member(member) if member.is_own())
}

/// The steps of several rows as those of one plan.
fn joined(rows: Vec<Vec<Step>>) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for row in rows {
        let before = steps.len();
        steps.extend(row.into_iter().map(|step| Step {
            after: step.after.map(|after| before + after),
            ..step
        }));
    }
    steps
}

/// The steps of one wish.
async fn steps(link: &Link, wish: &Wish) -> Result<Vec<Step>, ApiError> {
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
    Ok(steps)
}

fn allowed(link: &Link, wish: &Wish) -> Result<(), ApiError> {
    let verb = wish.verb();
    if *wish.profile() != link.connection.profile {
        return Err(ApiError::new(verb, Fault::Foreign));
    }
    if let Access::ReadOnly(switch) = link.connection.access {
        return Err(ApiError::new(verb, Fault::ReadOnly(switch)));
    }
    let mut parts = wish.parts().iter();
    parts.try_for_each(|part| link.check(part.verb()))
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
    // One list says of several calls which of their addresses are invited, and of each something else.
    let is_own = matches!(change, Mutation::InviteBulk { .. });
    let same = |step: &&Step| !is_own && step.change.evidence() == evidence;
    if let Some(earlier) = steps.iter().rev().find(same) {
        return Ok(earlier.seen.clone().after(&earlier.change));
    }
    let seen = match look(link, change).await {
        // Without the list it is made all the same; only a lost answer is then not settled by it.
        Err(_) if named::sought(change).is_some() => Seen::Nothing,
        seen => seen?,
    };
    let seen = keep::with_image(link, change, seen).await;
    let revoked = |step: &&Step| matches!(step.change, Mutation::RevokeInvite { .. });
    let earlier = steps.iter().filter(revoked);
    Ok(earlier.fold(seen, |seen, step| seen.after(&step.change)))
}
