//! Records as balena sends them: unknown fields are ignored, and what may be missing may be null.
//!
//! A field that was not sent stays unknown, null is empty. No message made here repeats a value: it
//! could be somebody's name.

use jiff::Timestamp;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;

use super::odata::Number;
use crate::domain::{Text, Told};

/// The envelope of every OData answer.
#[derive(Deserialize)]
pub(super) struct List {
    pub(super) d: Vec<Json>,
}

/// An id, which comes as a number, however large, and is kept as text.
#[derive(Clone, Debug)]
pub(super) struct Id(Text);

impl Id {
    pub(super) fn text(&self) -> Text {
        self.0.clone()
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = match Json::deserialize(deserializer)? {
            Json::Number(number) => number.to_string(),
            // So it stands where it is too large for a number of ours.
            Json::String(text) => text,
            Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => String::new(),
        };
        match Number::parse(&digits) {
            Some(number) => Ok(Self(Text::from(number.to_string()))),
            None => Err(D::Error::custom("no id")),
        }
    }
}

/// `GET /actor/v1/whoami`: `id` there is the actor's, the user's is `actorTypeId`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Actor {
    #[serde(rename = "actorType")]
    pub(super) kind: String,
    #[serde(rename = "actorTypeId")]
    pub(super) id: Id,
    #[serde(default)]
    pub(super) username: Option<Text>,
    #[serde(default, deserialize_with = "told")]
    pub(super) email: Told<Text>,
    #[serde(default)]
    pub(super) slug: Option<Text>,
    #[serde(default)]
    pub(super) uuid: Option<Text>,
}

#[derive(Deserialize)]
pub(super) struct Org {
    pub(super) id: Id,
    #[serde(default, deserialize_with = "told")]
    pub(super) name: Told<Text>,
    #[serde(default, deserialize_with = "told")]
    pub(super) handle: Told<Text>,
    #[serde(default, deserialize_with = "told")]
    pub(super) created_at: Told<Text>,
    #[serde(default, deserialize_with = "told")]
    pub(super) modified_at: Told<Text>,
    #[serde(default, deserialize_with = "told")]
    pub(super) company_name: Told<Text>,
    #[serde(default, deserialize_with = "told")]
    pub(super) website: Told<Text>,
    #[serde(default, deserialize_with = "told")]
    pub(super) industry: Told<Text>,
    #[serde(default, deserialize_with = "told")]
    pub(super) logo_image: Told<File>,
    #[serde(default, deserialize_with = "told")]
    pub(super) billing_account_code: Told<Text>,
    #[serde(default, deserialize_with = "told")]
    pub(super) is_frozen: Told<bool>,
    #[serde(default, deserialize_with = "told")]
    pub(super) is_enforcing_saml_login: Told<bool>,
    #[serde(
        default,
        rename = "has_past_due_invoice_since__date",
        deserialize_with = "told"
    )]
    pub(super) past_due_since: Told<Text>,
    #[serde(default, rename = "organization_membership", deserialize_with = "told")]
    pub(super) members: Told<u64>,
    #[serde(default, rename = "organization_invite", deserialize_with = "told")]
    pub(super) invites: Told<u64>,
}

/// A stored file; of it only the name and the address are sure.
#[derive(Deserialize)]
pub(super) struct File {
    #[serde(default, deserialize_with = "told")]
    pub(super) href: Told<Text>,
}

#[derive(Deserialize)]
pub(super) struct Membership {
    pub(super) id: Id,
    #[serde(default, deserialize_with = "told")]
    pub(super) created_at: Told<Text>,
    #[serde(default)]
    pub(super) user: Option<Link<User>>,
    #[serde(default, rename = "is_member_of__organization")]
    pub(super) org: Option<Link<OrgName>>,
    #[serde(default, rename = "organization_membership_role")]
    pub(super) role: Option<Link<Role>>,
}

#[derive(Deserialize)]
pub(super) struct Invite {
    pub(super) id: Id,
    #[serde(default, deserialize_with = "told")]
    pub(super) message: Told<Text>,
    #[serde(default)]
    pub(super) invitee: Option<Link<Invitee>>,
    #[serde(default, rename = "is_invited_to__organization")]
    pub(super) org: Option<Link<OrgName>>,
    #[serde(default, rename = "organization_membership_role")]
    pub(super) role: Option<Link<Role>>,
    #[serde(default, rename = "is_created_by__user")]
    pub(super) creator: Option<Link<User>>,
}

/// The record that a POST made, of which only the id is needed.
#[derive(Deserialize)]
pub(super) struct Made {
    pub(super) id: Id,
}

#[derive(Deserialize)]
pub(super) struct User {
    pub(super) id: Id,
    #[serde(default, deserialize_with = "told")]
    pub(super) username: Told<Text>,
}

#[derive(Deserialize)]
pub(super) struct OrgName {
    pub(super) id: Id,
    #[serde(default, deserialize_with = "told")]
    pub(super) name: Told<Text>,
}

#[derive(Deserialize)]
pub(super) struct Role {
    pub(super) id: Id,
    #[serde(default)]
    pub(super) name: Option<Text>,
}

#[derive(Deserialize)]
pub(super) struct Invitee {
    #[serde(default, deserialize_with = "told")]
    pub(super) email: Told<Text>,
}

/// A link to one record: expanded it is a list of at most one, bare it is the id.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Link<T> {
    Expanded(Vec<T>),
    Bare {
        #[serde(rename = "__id")]
        id: Id,
    },
}

impl<T> Link<T> {
    /// The record, if it came along.
    pub(super) fn record(self) -> Option<T> {
        match self {
            Self::Expanded(records) => records.into_iter().next(),
            Self::Bare { .. } => None,
        }
    }
}

impl<T: From<Id>> Link<T> {
    /// The record, or as much of it as the bare id tells.
    pub(super) fn known(self) -> Option<T> {
        match self {
            Self::Bare { id } => Some(id.into()),
            Self::Expanded(records) => records.into_iter().next(),
        }
    }
}

impl From<Id> for User {
    fn from(id: Id) -> Self {
        Self {
            id,
            username: Told::Unknown,
        }
    }
}

impl From<Id> for OrgName {
    fn from(id: Id) -> Self {
        Self {
            id,
            name: Told::Unknown,
        }
    }
}

/// Absent is unknown (by `serde(default)`), null is empty.
fn told<'de, D, T>(deserializer: D) -> Result<Told<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Told::or_empty)
}

/// A date; one that cannot be read is unknown.
pub(super) fn time(text: Told<Text>) -> Told<Timestamp> {
    match text {
        Told::Is(text) => Told::or_unknown(text.raw().parse().ok()),
        Told::Empty => Told::Empty,
        Told::Unknown => Told::Unknown,
    }
}

/// A text; balena stores an empty one where a person typed nothing.
pub(super) fn text(text: Told<Text>) -> Told<Text> {
    match text {
        Told::Is(text) if !text.is_empty() => Told::Is(text),
        Told::Is(_) | Told::Empty => Told::Empty,
        Told::Unknown => Told::Unknown,
    }
}

/// Reads one record; the error names the field that is not as documented.
pub(super) fn record<T: DeserializeOwned>(json: &Json) -> Result<T, Text> {
    T::deserialize(json).map_err(|_| culprit::<T>(json))
}

/// The field without which the record could be read.
fn culprit<T: DeserializeOwned>(json: &Json) -> Text {
    let Some(fields) = json.as_object() else {
        return Text::from("not an object");
    };
    let readable_without = |name: &&String| {
        let mut rest = fields.clone();
        rest.remove(*name);
        T::deserialize(&Json::Object(rest)).is_ok()
    };
    match fields.keys().find(readable_without) {
        Some(name) => Text::from(format!("field {name}")),
        None => Text::from("field id, or several fields"),
    }
}
