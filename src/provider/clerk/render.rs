//! Changes as requests. Pure: what is shown in a dialog is what is sent.

use serde_json::{Map, Value as Json, json};

use super::path;
use crate::domain::invite::Notify;
use crate::domain::request::{Part, PartContent};
use crate::domain::{
    Body, Fields, Image, InviteDraft, MemberBy, MemberRef, Method, Mutation, OrgRef, Request, Text,
    Value,
};

/// The request that carries a change.
pub(super) fn request(change: &Mutation) -> Request {
    match change {
        Mutation::CreateOrg { fields, .. } => post(path::ORGS).json(values(fields)),
        Mutation::EditOrg { org, fields } => {
            Request::new(Method::Patch, path::org(org)).json(values(fields))
        }
        Mutation::DeleteOrg { org } => Request::new(Method::Delete, path::org(org)),
        Mutation::SetLogo { org, image } => logo(format!("{}/logo", path::org(org)), image),
        Mutation::RemoveLogo { org } => {
            Request::new(Method::Delete, format!("{}/logo", path::org(org)))
        }
        Mutation::MergeMetadata { org, merge } => {
            Request::new(Method::Patch, format!("{}/metadata", path::org(org)))
                .json(json!({ "public_metadata": merge }))
        }
        Mutation::AddMember {
            org,
            user,
            role,
            metadata,
        } => {
            let mut body = json!({ "user_id": user.raw(), "role": role.key.raw() });
            if let Some(metadata) = metadata {
                body["public_metadata"] = metadata.clone();
            }
            post(&memberships(org)).json(body)
        }
        Mutation::SetRole { member, role } => {
            Request::new(Method::Patch, membership(member)).json(json!({ "role": role.key.raw() }))
        }
        Mutation::RemoveMember { member, .. } => Request::new(Method::Delete, membership(member)),
        Mutation::Invite { org, draft } => post(&path::invitations(org)).json(invitation(draft)),
        Mutation::InviteBulk { org, drafts } => post(&format!("{}/bulk", path::invitations(org)))
            .json(drafts.iter().map(invitation).collect()),
        Mutation::RevokeInvite { invite } => post(&format!("{}/revoke", path::invitation(invite))),
        // Clerk has no such calls: no plan holds them, and they are refused before they are sent.
        Mutation::GiveRole { .. } | Mutation::TakeRole { .. } | Mutation::AcceptInvite { .. } => {
            Request::get("/")
        }
    }
}

fn post(path: &str) -> Request {
    Request::new(Method::Post, path)
}

/// Our keys are the service's own.
fn values(fields: &Fields) -> Json {
    let values = fields
        .iter()
        .filter_map(|(key, value)| Some((key.to_owned(), json(value)?)));
    Json::Object(values.collect())
}

fn json(value: &Value) -> Option<Json> {
    match value {
        Value::Text(text) => Some(Json::from(text.raw())),
        Value::Flag(flag) => Some(Json::from(*flag)),
        Value::Number(number) => Some(Json::from(*number)),
        Value::Json(document) => Some(document.clone()),
        Value::Image(_) => None,
    }
}

fn logo(path: String, image: &Image) -> Request {
    let mut request = Request::new(Method::Put, path);
    request.body = Body::Multipart(vec![Part {
        name: "file".to_owned(),
        content: PartContent::File(image.clone()),
    }]);
    request
}

fn memberships(org: &OrgRef) -> String {
    match org {
        OrgRef::Id(org) => path::memberships(org),
        OrgRef::Of(_, step) => format!("{}/{{id of step {}}}/memberships", path::ORGS, step + 1),
    }
}

fn membership(member: &MemberRef) -> String {
    match &member.by {
        MemberBy::User(user) => path::membership(&member.org, user),
        // Never sent: a plan resolves it to the user first.
        MemberBy::Id(_) => format!("{}/{{user id}}", path::memberships(&member.org)),
    }
}

fn invitation(draft: &InviteDraft) -> Json {
    let role = draft.role.as_ref().map(|role| Json::from(role.key.raw()));
    let silent = (draft.notify == Notify::Silent).then_some(Json::from(false));
    let pairs = [
        ("email_address", Some(Json::from(draft.email.raw()))),
        ("role", role),
        (
            "redirect_url",
            draft.redirect.as_ref().map(Text::raw).map(Json::from),
        ),
        ("expires_in_days", draft.expires_in_days.map(Json::from)),
        ("notify", silent),
        ("public_metadata", draft.public_metadata.clone()),
        ("private_metadata", draft.private_metadata.clone()),
    ];
    let given = pairs
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Json::Object(given.collect::<Map<_, _>>())
}
