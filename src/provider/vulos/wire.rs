//! What Vulos sends, as it sends it: tolerant on the way in.
//!
//! Each field says for itself whether it was left out, told or not what the contract says, so that an
//! error names the field and never repeats its value, which may be somebody's. Knows nothing of requests.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;

use crate::domain::Text;

/// A field that is missing where it must not be, or that holds something else than the contract says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wrong(pub(super) &'static str);

impl Wrong {
    /// The statement about the answer: where it cannot be understood.
    pub(super) fn place(self) -> Text {
        Text::from(format!("field {}", self.0))
    }
}

/// One field of an answer.
#[derive(Debug, Default)]
pub(super) enum Field<T> {
    /// Left out or null.
    #[default]
    Absent,
    /// As the contract says.
    Is(T),
    /// Of another type.
    Wrong,
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Json::deserialize(deserializer)?;
        if value.is_null() {
            return Ok(Self::Absent);
        }
        Ok(T::deserialize(value).map_or(Self::Wrong, Self::Is))
    }
}

impl<T> Field<T> {
    /// The value of a field that may be left out.
    pub(super) fn optional(self, name: &'static str) -> Result<Option<T>, Wrong> {
        match self {
            Self::Absent => Ok(None),
            Self::Is(value) => Ok(Some(value)),
            Self::Wrong => Err(Wrong(name)),
        }
    }

    /// The value of a field that must be there.
    pub(super) fn required(self, name: &'static str) -> Result<T, Wrong> {
        self.optional(name)?.ok_or(Wrong(name))
    }

    /// The value if it is one; for facts that are unknown rather than wrong.
    pub(super) fn known(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Absent | Self::Wrong => None,
        }
    }
}

/// An id: a number or a text, kept as the text that goes back into a path. An empty one names nothing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Id(pub(super) Text);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Json::deserialize(deserializer)?;
        let number = value.as_number().filter(|number| !number.is_f64());
        let text = value.as_str().filter(|text| !text.is_empty());
        let id = text.map(Text::from);
        id.or_else(|| number.map(|number| Text::from(number.to_string())))
            .map(Self)
            .ok_or_else(|| D::Error::custom("no id"))
    }
}

/// A membership by its ids alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reference {
    #[serde(rename = "organizationId")]
    pub(super) org: Field<Id>,
    #[serde(rename = "membershipId")]
    pub(super) member: Field<Id>,
    #[serde(rename = "userId")]
    pub(super) user: Field<Id>,
}

/// The details of an organization. The memberships stay raw, so that a broken one spoils no other.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Organization {
    pub(super) id: Field<Id>,
    pub(super) memberships: Field<Vec<Json>>,
    pub(super) name: Field<Text>,
    pub(super) website: Field<Text>,
    pub(super) address: Field<Text>,
    pub(super) city: Field<Text>,
    pub(super) zip_code: Field<Text>,
    pub(super) state: Field<Text>,
    pub(super) country: Field<Country>,
    pub(super) unique_id: Field<Text>,
    pub(super) tax_number: Field<Text>,
    pub(super) verified: Field<bool>,
    pub(super) created: Field<serde_json::Number>,
}

/// A country with its two-letter code.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Country {
    pub(super) alpha2: Field<Text>,
    pub(super) name: Field<Text>,
}

/// The details of a member.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Member {
    pub(super) membership_id: Field<Id>,
    pub(super) user_id: Field<Id>,
    pub(super) first_name: Field<Text>,
    pub(super) last_name: Field<Text>,
    pub(super) email: Field<Text>,
    pub(super) roles: Field<Vec<Json>>,
}

/// One role on one membership.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Role {
    pub(super) name: Field<Text>,
    pub(super) id: Field<Id>,
}

/// The body of a refusal.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Refusal {
    pub(super) error: Field<Text>,
    pub(super) code: Field<Text>,
    pub(super) request: Field<Text>,
}

/// The claims about the person whose token it is. Only those of granted scopes are there; the rest
/// (`organization:*` too, text or list as it may be) is not read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Claims {
    pub(super) sub: Field<Id>,
    pub(super) email: Field<Text>,
    pub(super) name: Field<Text>,
    pub(super) given_name: Field<Text>,
    pub(super) family_name: Field<Text>,
}

/// Reads a JSON object as a record; `what` names it where it is none.
pub(super) fn record<T: DeserializeOwned>(json: Json, what: &'static str) -> Result<T, Wrong> {
    if !json.is_object() {
        return Err(Wrong(what));
    }
    serde_json::from_value(json).map_err(|_| Wrong(what))
}

/// Reads a JSON list as its raw rows, so that a broken one spoils no other.
pub(super) fn rows(json: Json, what: &'static str) -> Result<Vec<Json>, Wrong> {
    serde_json::from_value(json).map_err(|_| Wrong(what))
}
