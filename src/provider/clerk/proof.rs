//! Proof: whether the body of a success is the record that Clerk promises for this very change.
//!
//! A 200 with anything else in it says nothing of what was done, whoever sent it. Only what tells one
//! record from another is looked at here; what else a record holds is for whoever reads it.

use serde_json::Value as Json;

use super::pages::List;
use crate::domain::{InviteDraft, InviteStatus, MemberBy, MemberRef, Mutation, OrgRef, Role, Text};

/// Whether an answer speaks of the record that the change is about, as it is after the change.
pub(super) fn fits(change: &Mutation, json: &Json) -> bool {
    match change {
        Mutation::CreateOrg { .. } => {
            let is_there = |field: &str| text(json, field).is_some_and(|text| !text.is_empty());
            is_there("/id") && is_there("/name") && json.get("deleted").is_none()
        }
        Mutation::EditOrg { org, .. }
        | Mutation::SetLogo { org, .. }
        | Mutation::RemoveLogo { org }
        | Mutation::MergeMetadata { org, .. } => is(json, "/id", org.text()),
        Mutation::DeleteOrg { org } => {
            is(json, "/id", org.text()) && json.get("deleted") == Some(&Json::Bool(true))
        }
        Mutation::AddMember {
            org: OrgRef::Id(org),
            user,
            role,
            ..
        } => is_member(json, &MemberRef::user(org, user)) && has_role(json, role),
        Mutation::SetRole { member, role } => is_member(json, member) && has_role(json, role),
        // The answer to a removal is the membership as it was.
        Mutation::RemoveMember { member, .. } => is_member(json, member),
        Mutation::Invite { draft, .. } => is_invite(json, draft),
        Mutation::InviteBulk { drafts, .. } => {
            let Ok(list) = List::made(json.clone()) else {
                return false;
            };
            let made = |draft: &InviteDraft| list.records.iter().any(|it| is_invite(it, draft));
            drafts.iter().all(made)
        }
        Mutation::RevokeInvite { invite } => {
            is(json, "/id", invite.id.text())
                && text(json, "/status") == Some(InviteStatus::Revoked.key())
        }
        // Never sent.
        Mutation::AddMember {
            org: OrgRef::Of(..),
            ..
        }
        | Mutation::GiveRole { .. }
        | Mutation::TakeRole { .. }
        | Mutation::AcceptInvite { .. } => false,
    }
}

fn text<'a>(json: &'a Json, field: &str) -> Option<&'a str> {
    json.pointer(field)?.as_str()
}

fn is(json: &Json, field: &str, wanted: &Text) -> bool {
    text(json, field) == Some(wanted.raw())
}

/// A membership says itself in which organization it is; one that does not is taken at its user.
fn is_member(json: &Json, member: &MemberRef) -> bool {
    let here = text(json, "/organization/id").is_none_or(|org| org == member.org.raw());
    let named = match &member.by {
        MemberBy::Id(id) => is(json, "/id", id.text()),
        MemberBy::User(user) => is(json, "/public_user_data/user_id", user.text()),
    };
    here && named
}

fn has_role(json: &Json, role: &Role) -> bool {
    text(json, "/role") == Some(role.key.raw())
}

fn is_invite(json: &Json, draft: &InviteDraft) -> bool {
    let email = text(json, "/email_address").map(str::to_lowercase);
    let is_there = text(json, "/id").is_some_and(|id| !id.is_empty());
    is_there && email == Some(draft.email.raw().to_lowercase())
}
