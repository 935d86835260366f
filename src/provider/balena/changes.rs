//! Changes as requests: one mutation, one request, addressed by a key or making something new.

use serde_json::{Map, Value as Json, json};

use super::Balena;
use super::capabilities::{self, Model};
use super::odata::{Key, Resource};
use crate::domain::request::{Part, PartContent};
use crate::domain::{
    ApiError, Body, Fault, FieldError, Fields, InviteDraft, Method, Mutation, OrgId, Request, Role,
    Text, Value, Verb,
};

/// Our keys and balena's names of the fields of an organization, in the order they are sent in.
const FIELDS: &[(&str, &str)] = &[
    ("name", "name"),
    ("slug", "handle"),
    ("company_name", "company_name"),
    ("website", "website"),
    ("industry", "industry"),
    (LOGO, LOGO),
];
const LOGO: &str = "logo_image";
const ROLE: &str = "organization_membership_role";

impl Balena {
    /// The request of a change; an error where balena has no such change, or where an id in it
    /// belongs elsewhere or cannot be a key.
    pub(super) fn request(&self, change: &Mutation) -> Result<Request, ApiError> {
        let verb = change.verb();
        if change.profile() != self.transport.profile() {
            return Err(ApiError::new(verb, Fault::Foreign));
        }
        match change {
            Mutation::CreateOrg { fields, .. } => Ok(create(fields)),
            Mutation::EditOrg { org, fields } => {
                let body = Json::Object(values(fields));
                Ok(self.patch_org(verb, org)?.json(body))
            }
            Mutation::DeleteOrg { org } => {
                let key = Key::id(&self.number(verb, org)?);
                Ok(Request::new(Method::Delete, Resource::Org.at(&key)))
            }
            Mutation::SetLogo { org, image } => Ok(Request {
                body: Body::Multipart(vec![part(LOGO, &Value::Image(image.clone()))]),
                ..self.patch_org(verb, org)?
            }),
            Mutation::RemoveLogo { org } => {
                Ok(self.patch_org(verb, org)?.json(json!({ LOGO: null })))
            }
            Mutation::SetRole { member, role } => {
                let path = Resource::Membership.at(&self.member_key(verb, member)?);
                let body = json!({ ROLE: self.role_link(verb, role)? });
                Ok(Request::new(Method::Patch, path).json(body))
            }
            Mutation::RemoveMember { member, .. } => {
                let path = Resource::Membership.at(&self.member_key(verb, member)?);
                Ok(Request::new(Method::Delete, path))
            }
            Mutation::Invite { org, draft } => self.invitation(org, draft),
            Mutation::RevokeInvite { invite } => {
                let key = self.invite_key(verb, invite)?;
                Ok(Request::new(Method::Delete, Resource::Invite.at(&key)))
            }
            Mutation::AcceptInvite { .. } => {
                Ok(Request::new(Method::Post, "/org/v1/invitation/{token}"))
            }
            Mutation::AddMember { .. }
            | Mutation::MergeMetadata { .. }
            | Mutation::GiveRole { .. }
            | Mutation::TakeRole { .. }
            | Mutation::InviteBulk { .. } => Err(not_offered(verb)),
        }
    }

    fn patch_org(&self, verb: Verb, org: &OrgId) -> Result<Request, ApiError> {
        let key = Key::id(&self.number(verb, org)?);
        Ok(Request::new(Method::Patch, Resource::Org.at(&key)))
    }

    /// The e-mail goes out as text where every answer has a link; what was not given is left out,
    /// and then the server gives its own role.
    fn invitation(&self, org: &OrgId, draft: &InviteDraft) -> Result<Request, ApiError> {
        let verb = Verb::InviteCreate;
        let mut body = Map::new();
        let org = self.number(verb, org)?.json();
        body.insert("is_invited_to__organization".to_owned(), org);
        body.insert("invitee".to_owned(), draft.email.raw().into());
        if let Some(message) = draft.message.as_ref().filter(|text| !text.is_empty()) {
            body.insert("message".to_owned(), message.raw().into());
        }
        if let Some(role) = &draft.role {
            body.insert(ROLE.to_owned(), self.role_link(verb, role)?);
        }
        let request = Request::new(Method::Post, Resource::Invite.path());
        Ok(request.json(Json::Object(body)))
    }

    /// A role is written as its bare id, which a plan has looked up.
    fn role_link(&self, verb: Verb, role: &Role) -> Result<Json, ApiError> {
        match &role.id {
            Some(id) => Ok(self.number(verb, id)?.json()),
            None => Err(invalid(verb, "role", "the role's id is not known")),
        }
    }
}

/// Any file turns the whole body into parts; the text fields stay plain ones.
fn create(fields: &Fields) -> Request {
    let request = Request::new(Method::Post, Resource::Org.path());
    if fields.get(LOGO).is_none() {
        let mut body = values(fields);
        body.retain(|_, value| !value.is_null());
        return request.json(Json::Object(body));
    }
    let given = |(key, name): &(&str, &'static str)| {
        let value = fields.get(key)?;
        let empty = value.text().is_some_and(Text::is_empty);
        (!empty).then(|| part(name, value))
    };
    Request {
        body: Body::Multipart(FIELDS.iter().filter_map(given).collect()),
        ..request
    }
}

/// The text fields under balena's names; an empty one is null.
fn values(fields: &Fields) -> Map<String, Json> {
    let value = |text: &Text| match text.raw() {
        "" => Json::Null,
        text => text.into(),
    };
    let pair = |(key, name): &(&str, &str)| Some(((*name).to_owned(), value(fields.text(key)?)));
    FIELDS.iter().filter_map(pair).collect()
}

fn part(name: &str, value: &Value) -> Part {
    let content = match value {
        Value::Image(image) => PartContent::File(image.clone()),
        Value::Text(text) => PartContent::Text(text.raw().to_owned()),
        Value::Flag(flag) => PartContent::Text(flag.to_string()),
        Value::Number(number) => PartContent::Text(number.to_string()),
        Value::Json(json) => PartContent::Text(json.to_string()),
    };
    Part {
        name: name.to_owned(),
        content,
    }
}

/// A value that is refused before anything is sent.
pub(super) fn invalid(verb: Verb, field: &str, message: &str) -> ApiError {
    let error = FieldError {
        field: Text::from(field),
        message: Text::from(message),
    };
    ApiError::new(verb, Fault::Invalid(vec![error]))
}

/// What no balena server does; several roles or addresses in one request are among it.
pub(super) fn not_offered(verb: Verb) -> ApiError {
    let why = capabilities::refusal(Model::Cloud, verb);
    ApiError::new(
        verb,
        Fault::NotOffered(why.unwrap_or("balena does this one by one")),
    )
}
