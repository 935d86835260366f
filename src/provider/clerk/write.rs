//! What an answer to a write says of the change.

use super::body::Body;
use super::errors;
use super::field::Odd;
use super::wire::{Invitation, Membership, Organization};
use crate::domain::outcome::Made;
use crate::domain::plan::Seen;
use crate::domain::{
    Fault, Invite, InviteDraft, Mutation, OrgId, OrgRef, Outcome, Profile, Receipt,
};
use crate::provider::http::{Response, not_the_api};

/// The end of a change that was answered.
pub(super) fn outcome(change: &Mutation, response: &Response) -> Outcome {
    if response.is_success() {
        return match not_the_api(response) {
            // Something in front of the API answered: whether the request went on to it is not known.
            Some(_) => Outcome::Unknown,
            None => Outcome::Done(receipt(change, response)),
        };
    }
    if response.status >= 500 {
        return Outcome::Unknown;
    }
    let error = errors::refusal(change.verb(), response);
    if matches!(error.fault, Fault::Slowed { .. } | Fault::SignedOut) {
        Outcome::NotApplied(error)
    } else {
        Outcome::Refused(error)
    }
}

fn receipt(change: &Mutation, response: &Response) -> Receipt {
    let body = Body::of(response);
    // What cannot be read is done all the same: the service said so.
    let (made, after) = read(change, &body).unwrap_or_default();
    Receipt {
        trace: response.trace.clone(),
        made,
        after,
        ..Receipt::default()
    }
}

type Brought = (Option<Made>, Option<Seen>);

fn read(change: &Mutation, body: &Body<'_>) -> Result<Brought, Odd> {
    match change {
        Mutation::CreateOrg { profile, .. } => {
            let (id, seen) = organization(profile, body)?;
            Ok((Some(Made::Org(id)), Some(seen)))
        }
        Mutation::EditOrg { org, .. }
        | Mutation::SetLogo { org, .. }
        | Mutation::RemoveLogo { org }
        | Mutation::MergeMetadata { org, .. } => {
            let (_, seen) = organization(org.profile(), body)?;
            Ok((None, Some(seen)))
        }
        Mutation::AddMember {
            org: OrgRef::Id(org),
            ..
        } => {
            let member = body.record::<Membership>()?.read(org)?;
            let made = Made::Member(member.id.clone());
            Ok((Some(made), Some(Seen::Member(Box::new(member)))))
        }
        Mutation::SetRole { member, .. } => {
            let member = body.record::<Membership>()?.read(&member.org)?;
            Ok((None, Some(Seen::Member(Box::new(member)))))
        }
        // The answer to a removal is the membership as it was.
        Mutation::DeleteOrg { .. } | Mutation::RemoveMember { .. } => Ok((None, Some(Seen::Gone))),
        Mutation::Invite { org, .. } => {
            let invite = body
                .record::<Invitation>()?
                .read(org.profile(), Some(org))?;
            let made = Made::Invites(vec![invite.at.id.clone()]);
            Ok((Some(made), Some(Seen::Invite(Box::new(invite)))))
        }
        Mutation::InviteBulk { org, drafts } => {
            let invites = in_order(drafts, invites(org, body)?);
            let ids = invites.iter().map(|invite| invite.at.id.clone());
            let made = Made::Invites(ids.collect());
            Ok((Some(made), Some(Seen::Invites(invites))))
        }
        Mutation::RevokeInvite { invite } => {
            let org = &invite.org;
            let invite = body
                .record::<Invitation>()?
                .read(org.profile(), Some(org))?;
            Ok((None, Some(Seen::Invite(Box::new(invite)))))
        }
        // Never sent.
        Mutation::AddMember {
            org: OrgRef::Of(..),
            ..
        }
        | Mutation::GiveRole { .. }
        | Mutation::TakeRole { .. }
        | Mutation::AcceptInvite { .. } => Ok((None, None)),
    }
}

fn organization(profile: &Profile, body: &Body<'_>) -> Result<(OrgId, Seen), Odd> {
    let org = body.record::<Organization>()?.read(profile)?;
    Ok((org.id.clone(), Seen::Org(Box::new(org))))
}

fn invites(org: &OrgId, body: &Body<'_>) -> Result<Vec<Invite>, Odd> {
    let records = body.list()?.records;
    let read = |record: &&serde_json::value::RawValue| {
        let record = serde_json::from_str::<Invitation>(record.get()).map_err(|_| Odd::record())?;
        record.read(org.profile(), Some(org))
    };
    records.iter().map(read).collect()
}

/// The invites in the order of the drafts, whatever order the service gave them in.
fn in_order(drafts: &[InviteDraft], mut invites: Vec<Invite>) -> Vec<Invite> {
    let place = |invite: &Invite| {
        let email = invite.email.known()?.raw().to_lowercase();
        let same = |draft: &InviteDraft| draft.email.raw().to_lowercase() == email;
        drafts.iter().position(same)
    };
    invites.sort_by_key(|invite| place(invite).unwrap_or(usize::MAX));
    invites
}
