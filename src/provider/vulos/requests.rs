//! Requests: every path and body of the organization API, made from the domain's own ids.
//!
//! No id of another profile and nothing that would change the meaning of a path gets into one. Sends nothing.

use serde_json::Value as Json;

use super::capabilities;
use crate::domain::{
    Body, Fault, FieldError, Fields, InviteDraft, MemberBy, MemberRef, Method, Mutation, OrgId,
    Profile, Request, Text, Value,
};
use crate::provider::encode;
use crate::provider::http::BodyFormat;

/// Where the person behind the token is told; not part of the organization API.
pub(super) const USERINFO: &str = "/connect/userinfo";
/// Where the caller's own memberships are listed.
pub(super) const LIST: &str = "/api/v1/organization/list";
const ORGANIZATION: &str = "/api/v1/organization";

/// The writable fields of an organization: our key, and the service's.
const FIELDS: &[(&str, &str)] = &[
    ("name", "name"),
    ("website", "website"),
    ("address", "address"),
    ("city", "city"),
    ("zip_code", "zipCode"),
    ("state", "state"),
    ("country_code", "countryCode"),
    ("unique_id", "uniqueId"),
    ("tax_number", "taxNumber"),
];

/// Makes the requests of one profile.
pub(super) struct Requests {
    /// The only profile whose ids are taken.
    pub(super) profile: Profile,
    /// How bodies are encoded, which the service does not document.
    pub(super) format: BodyFormat,
}

impl Requests {
    /// The path of an organization.
    pub(super) fn org(&self, org: &OrgId) -> Result<String, Fault> {
        self.own(org.profile())?;
        Ok(format!("{ORGANIZATION}/{}", segment(org.text())?))
    }

    /// The path of a membership.
    pub(super) fn member(&self, member: &MemberRef) -> Result<String, Fault> {
        let org = self.org(&member.org)?;
        match &member.by {
            MemberBy::Id(id) => {
                self.own(id.profile())?;
                Ok(format!("{org}/{}", segment(id.text())?))
            }
            MemberBy::User(_) => Err(Fault::NotOffered(
                "Vulos addresses a member by the membership's own id, not by user",
            )),
        }
    }

    /// The path under which the roles of a membership are listed.
    pub(super) fn roles(&self, member: &MemberRef) -> Result<String, Fault> {
        Ok(format!("{}/role/list", self.member(member)?))
    }

    /// The request that carries a change.
    pub(super) fn change(&self, change: &Mutation) -> Result<Request, Fault> {
        match change {
            Mutation::CreateOrg { profile, fields } => {
                self.own(profile)?;
                let filled = values(fields)?.into_iter().filter(|(_, v)| !v.is_empty());
                Ok(self.put(format!("{ORGANIZATION}/create"), filled.collect()))
            }
            Mutation::EditOrg { org, fields } => {
                Ok(self.put(format!("{}/update", self.org(org)?), values(fields)?))
            }
            Mutation::DeleteOrg { org } => Ok(delete(&self.org(org)?)),
            Mutation::GiveRole { member, role } => {
                let path = format!("{}/role/create", self.member(member)?);
                Ok(self.put(path, vec![("name", role.key.raw())]))
            }
            Mutation::TakeRole {
                member, assignment, ..
            } => {
                self.own(assignment.profile())?;
                let member = self.member(member)?;
                let role = segment(assignment.text())?;
                Ok(delete(&format!("{member}/role/{role}")))
            }
            Mutation::RemoveMember { member, .. } => Ok(delete(&self.member(member)?)),
            Mutation::Invite { org, draft } => self.invite(org, draft),
            Mutation::SetLogo { .. }
            | Mutation::RemoveLogo { .. }
            | Mutation::MergeMetadata { .. }
            | Mutation::AddMember { .. }
            | Mutation::SetRole { .. }
            | Mutation::InviteBulk { .. }
            | Mutation::RevokeInvite { .. }
            | Mutation::AcceptInvite { .. } => Err(capabilities::not_offered(change.verb())),
        }
    }

    /// Refuses what another profile's service made.
    pub(super) fn own(&self, profile: &Profile) -> Result<(), Fault> {
        if *profile == self.profile {
            Ok(())
        } else {
            Err(Fault::Foreign)
        }
    }

    fn invite(&self, org: &OrgId, draft: &InviteDraft) -> Result<Request, Fault> {
        let org = self.org(org)?;
        let email = segment(&draft.email).map_err(|_| wrong("email", "no e-mail address"))?;
        Ok(Request::new(Method::Put, format!("{org}/invite/{email}")))
    }

    /// The one place where bodies are encoded.
    fn put(&self, path: String, fields: Vec<(&str, &str)>) -> Request {
        let pairs = fields.into_iter();
        let body = match self.format {
            BodyFormat::Json => {
                Body::Json(pairs.map(|(k, v)| (k.to_owned(), Json::from(v))).collect())
            }
            BodyFormat::Form => {
                Body::Form(pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).collect())
            }
        };
        Request {
            body,
            ..Request::new(Method::Put, path)
        }
    }
}

fn delete(path: &str) -> Request {
    Request::new(Method::Delete, format!("{path}/delete"))
}

/// One segment of a path. A dot segment would be taken out on the way, encoded or not, and the
/// request would mean another record: the organization instead of a member.
fn segment(text: &Text) -> Result<String, Fault> {
    match text.raw() {
        "" | "." | ".." => Err(Fault::Missing),
        text => Ok(encode(text)),
    }
}

/// The fields in the order of the service's reference; one that it does not have is refused.
fn values(fields: &Fields) -> Result<Vec<(&'static str, &str)>, Fault> {
    let known = |key: &str| FIELDS.iter().any(|(ours, _)| *ours == key);
    if let Some((key, _)) = fields.iter().find(|(key, _)| !known(key)) {
        return Err(wrong(key, "Vulos has no such field"));
    }
    let told = FIELDS
        .iter()
        .filter_map(|(ours, theirs)| Some((*ours, *theirs, fields.get(ours)?)));
    told.map(|(ours, theirs, value)| match value {
        Value::Text(text) => Ok((theirs, text.raw())),
        Value::Flag(_) | Value::Number(_) | Value::Json(_) | Value::Image(_) => {
            Err(wrong(ours, "a text is needed"))
        }
    })
    .collect()
}

/// A refusal of ours that belongs to one field.
pub(super) fn wrong(field: &str, message: &str) -> Fault {
    Fault::Invalid(vec![FieldError {
        field: Text::from(field),
        message: Text::from(message),
    }])
}
