//! The words of balena's OData dialect: resources, keys, filters and their encoding.
//!
//! A record is addressed through a [`Key`] alone, and a key cannot be empty: a PATCH or DELETE
//! without one would act on every record that the caller may write.

use std::fmt;

use crate::domain::Text;
use crate::provider::encode;

/// The collections that this adapter uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resource {
    Org,
    Membership,
    Role,
    Invite,
}

impl Resource {
    /// The path of the whole collection; without a trailing slash, which is a 400.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Org => "/v7/organization",
            Self::Membership => "/v7/organization_membership",
            Self::Role => "/v7/organization_membership_role",
            Self::Invite => "/v7/invitee__is_invited_to__organization",
        }
    }

    /// The path of one record.
    pub(super) fn at(self, key: &Key) -> String {
        format!("{}({})", self.path(), key.0)
    }
}

/// An id as balena has them: a whole number. Those of the service itself have 32 bits, but what another
/// server sends is not ours to measure: it goes out byte for byte as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number(String);

impl Number {
    /// The number that a text writes in digits.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let plain = digits && (text == "0" || !text.starts_with('0'));
        plain.then(|| Self(text.to_owned()))
    }

    /// The number as a link in a body; one that is too large for a number of ours in quotes.
    pub(super) fn json(&self) -> serde_json::Value {
        let number = self.0.parse::<u64>();
        number.map_or_else(|_| self.0.as_str().into(), serde_json::Value::from)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What stands between the parentheses of a record's path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key(String);

impl Key {
    pub(super) fn id(id: &Number) -> Self {
        Self(id.to_string())
    }

    /// A handle is always quoted, also one of digits only. Its quotes stay bare, the rest is encoded.
    pub(super) fn handle(handle: &Text) -> Self {
        let parts: Vec<_> = handle.raw().split('\'').map(encode).collect();
        Self(format!("handle='{}'", parts.join("''")))
    }

    /// The two ids that name a membership together; half of them is a 500.
    pub(super) fn pair(user: &Number, org: &Number) -> Self {
        Self(format!("user={user},is_member_of__organization={org}"))
    }
}

/// A text as a value in a filter.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A condition that a field, or a path to one, contains a text in any case.
pub(super) fn contains(field: &str, text: &Text) -> String {
    let text = literal(&text.raw().to_lowercase());
    format!("contains(tolower({field}),{text})")
}

/// All of these conditions. `and` and `or` have one rank, so each must be closed in itself.
pub(super) fn all_of(conditions: &[String]) -> String {
    conditions.join(" and ")
}

/// The query of a request, encoded; an option without a value is left out, since an empty one is a 400.
pub(super) fn options(options: &[(&str, &str)]) -> String {
    let given = options.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<_> = given
        .map(|(name, value)| format!("{name}={}", escape(value)))
        .collect();
    pairs.join("&")
}

/// Encodes a value and leaves bare what balena's own client leaves bare.
fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for part in value.split_inclusive(is_bare) {
        let bare = part.chars().next_back().filter(|last| is_bare(*last));
        let rest = &part[..part.len() - bare.map_or(0, char::len_utf8)];
        out.push_str(&encode(rest));
        out.extend(bare);
    }
    out
}

fn is_bare(character: char) -> bool {
    "$(),;/:=".contains(character)
}
