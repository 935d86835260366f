//! Proof: whether the body of a success is what Vulos promises for this very change.
//!
//! Most changes are answered by the success envelope, two by the record that they made. A 200 with
//! anything else in it says nothing of what was done, whoever sent it.

use serde_json::Value as Json;

use crate::domain::outcome::Proof;
use crate::domain::{Mutation, Role};
use crate::provider::http::Response;

/// How an answer with success proves the change; `None` where it does not.
pub(super) fn of(change: &Mutation, response: &Response, json: &Json) -> Option<Proof> {
    let fits = match change {
        Mutation::CreateOrg { .. } => names_org(json),
        Mutation::GiveRole { role, .. } => names_role(json, role),
        Mutation::EditOrg { .. }
        | Mutation::DeleteOrg { .. }
        | Mutation::TakeRole { .. }
        | Mutation::RemoveMember { .. }
        | Mutation::Invite { .. } => {
            // The envelope is known from a typing alone: a success that says nothing at all is one.
            if response.body.trim_ascii().is_empty() {
                return Some(Proof::Unread);
            }
            json.get("success") == Some(&Json::Bool(true))
        }
        // Never sent.
        Mutation::SetLogo { .. }
        | Mutation::RemoveLogo { .. }
        | Mutation::MergeMetadata { .. }
        | Mutation::AddMember { .. }
        | Mutation::SetRole { .. }
        | Mutation::InviteBulk { .. }
        | Mutation::RevokeInvite { .. }
        | Mutation::AcceptInvite { .. } => false,
    };
    fits.then_some(Proof::Answer)
}

fn names_org(json: &Json) -> bool {
    let id = json.get("organizationId");
    id.is_some_and(|id| id.is_u64() || id.as_str().is_some_and(|id| !id.is_empty()))
}

fn names_role(json: &Json, role: &Role) -> bool {
    json.get("name").and_then(Json::as_str) == Some(role.key.raw())
}
