//! What an answer to a write says of the change.

use serde_json::Value as Json;

use super::field::{Odd, record};
use super::pages::List;
use super::wire::{Invitation, Membership, Organization};
use super::{errors, proof};
use crate::domain::outcome::{Made, Proof};
use crate::domain::plan::Seen;
use crate::domain::{
    Fault, Invite, InviteDraft, Mutation, OrgId, OrgRef, Outcome, Profile, Receipt,
};
use crate::provider::http::{Response, not_the_api, unproven};
use crate::provider::json;

/// The end of a change that was answered.
pub(super) fn outcome(change: &Mutation, response: &Response) -> Outcome {
    if response.is_success() {
        let answer = json::parse(response).filter(|_| not_the_api(response).is_none());
        return match answer.filter(|json| proof::fits(change, json)) {
            Some(json) => Outcome::Done(receipt(change, json, response)),
            // Whether the request came as far as the API, and what it did there, is not known.
            None => Outcome::Unproven(unproven(change.verb(), response)),
        };
    }
    if response.status >= 500 {
        return Outcome::Unproven(unproven(change.verb(), response));
    }
    let error = errors::refusal(change.verb(), response);
    if matches!(error.fault, Fault::Slowed { .. } | Fault::SignedOut) {
        Outcome::NotApplied(error)
    } else {
        Outcome::Refused(error)
    }
}

fn receipt(change: &Mutation, json: Json, response: &Response) -> Receipt {
    // What else cannot be read is done all the same: it is the record that was asked for.
    let (brought, proof) = match read(change, json) {
        Ok(brought) => (brought, Proof::Answer),
        Err(_) => (Brought::default(), Proof::Unread),
    };
    let (made, after) = brought;
    Receipt {
        trace: response.trace.clone(),
        made,
        after,
        proof,
        ..Receipt::default()
    }
}

type Brought = (Option<Made>, Option<Seen>);

fn read(change: &Mutation, json: Json) -> Result<Brought, Odd> {
    match change {
        Mutation::CreateOrg { profile, .. } => {
            let (id, seen) = organization(profile, json)?;
            Ok((Some(Made::Org(id)), Some(seen)))
        }
        Mutation::EditOrg { org, .. }
        | Mutation::SetLogo { org, .. }
        | Mutation::RemoveLogo { org }
        | Mutation::MergeMetadata { org, .. } => {
            let (_, seen) = organization(org.profile(), json)?;
            Ok((None, Some(seen)))
        }
        Mutation::AddMember {
            org: OrgRef::Id(org),
            ..
        } => {
            let member = record::<Membership>(json)?.read(org)?;
            let made = Made::Member(member.id.clone());
            Ok((Some(made), Some(Seen::Member(Box::new(member)))))
        }
        Mutation::SetRole { member, .. } => {
            let member = record::<Membership>(json)?.read(&member.org)?;
            Ok((None, Some(Seen::Member(Box::new(member)))))
        }
        // The answer to a removal is the membership as it was.
        Mutation::DeleteOrg { .. } | Mutation::RemoveMember { .. } => Ok((None, Some(Seen::Gone))),
        Mutation::Invite { org, .. } => {
            let invite = record::<Invitation>(json)?.read(org.profile(), Some(org))?;
            let made = Made::Invites(vec![invite.at.id.clone()]);
            Ok((Some(made), Some(Seen::Invite(Box::new(invite)))))
        }
        Mutation::InviteBulk { org, drafts } => {
            let invites = in_order(drafts, invites(org, json)?);
            let ids = invites.iter().map(|invite| invite.at.id.clone());
            let made = Made::Invites(ids.collect());
            Ok((Some(made), Some(Seen::Invites(invites))))
        }
        Mutation::RevokeInvite { invite } => {
            let org = &invite.org;
            let invite = record::<Invitation>(json)?.read(org.profile(), Some(org))?;
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

fn organization(profile: &Profile, json: Json) -> Result<(OrgId, Seen), Odd> {
    let org = record::<Organization>(json)?.read(profile)?;
    Ok((org.id.clone(), Seen::Org(Box::new(org))))
}

fn invites(org: &OrgId, json: Json) -> Result<Vec<Invite>, Odd> {
    let list = List::made(json)?;
    let read = |json| record::<Invitation>(json)?.read(org.profile(), Some(org));
    list.records.into_iter().map(read).collect()
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
