//! Preparing: a wish becomes a plan that a person can decide on. Reads only.

use super::{Gate, look};
use crate::domain::connection::Access;
use crate::domain::mutation::OrgRef;
use crate::domain::plan::Seen;
use crate::domain::{ApiError, Fault, Mutation, Objection, Plan, Step, Text, Wish};
use crate::provider::link::Link;

impl Gate {
    /// The requests that a wish comes to, with what is there now and what speaks against it.
    ///
    /// # Errors
    /// When it is not offered, when writing is switched off, or when a read that the plan needs failed.
    pub async fn prepare(&self, link: &Link, wish: Wish) -> Result<Plan, ApiError> {
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
        Ok(Plan {
            checks: Vec::new(),
            undo: link.capabilities().fidelity(wish.verb()),
            objections: objections(&wish, &steps),
            wish,
            steps,
        })
    }
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

fn objections(wish: &Wish, steps: &[Step]) -> Vec<Objection> {
    let mut objections = Vec::new();
    if let (Wish::DeleteOrg { org }, Some(step)) = (wish, steps.first()) {
        objections.push(Objection::TypeName {
            names: names(org.text(), &step.seen),
            why: "a deleted organization cannot be brought back",
        });
    }
    for step in steps {
        if let (Mutation::Invite { draft, .. }, Seen::Invites(open)) = (&step.change, &step.seen)
            && !open.is_empty()
        {
            let words = format!("{} has an open invite already", draft.email.clean());
            let error = ApiError::new(wish.verb(), Fault::Conflict).words(words);
            objections.push(Objection::Refused(error));
        }
    }
    objections
}

fn names(id: &Text, seen: &Seen) -> Vec<Text> {
    let mut names = vec![id.clone()];
    if let Seen::Org(org) = seen {
        names.extend(org.name.known().cloned());
        names.extend(org.slug.known().cloned());
    }
    names
}
