//! Addresses of places in the console: an organization as a person writes it, which pane of it, and which rows
//! of that. It knows the words alone; whether there is such a place is for the lists to say.

use std::fmt;

use super::place::Pane;
use crate::domain::rows::Row;
use crate::domain::{Org, Profile, Text};

/// What is said of an organization that must be asked for by its handle.
pub const HANDLE: &str = "handle:";

/// A place in the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// On which profile.
    pub profile: Profile,
    /// The organization's id, slug or handle, or exact name.
    pub org: String,
    /// The pane.
    pub pane: Pane,
    /// What the pane's rows are filtered by.
    pub filter: String,
}

/// Why words are no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an address is PROFILE/ORG[/members|/invites][?FILTER]")]
pub struct NotAnAddress;

/// How an organization is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// By its name, which others may have as well.
    Name,
    /// By its slug or handle.
    Slug,
    /// By its id.
    Id,
}

impl std::str::FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(words: &str) -> Result<Self, NotAnAddress> {
        let (place, filter) = words.split_once('?').unwrap_or((words, ""));
        let (profile, place) = place.split_once('/').ok_or(NotAnAddress)?;
        let (org, pane) = if let Some(org) = place.strip_suffix("/members") {
            (org, Pane::Members)
        } else if let Some(org) = place.strip_suffix("/invites") {
            (org, Pane::Invites)
        } else if filter.is_empty() {
            (place, Pane::Orgs)
        } else {
            // A filter is one of rows, and the organization itself has none.
            (place, Pane::Members)
        };
        if profile.is_empty() || org.is_empty() {
            return Err(NotAnAddress);
        }
        Ok(Self {
            profile: Profile::new(profile),
            org: org.to_owned(),
            pane,
            filter: filter.to_owned(),
        })
    }
}

/// As [`FromStr`](std::str::FromStr) reads it.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.profile.as_str(), self.org)?;
        f.write_str(match self.pane {
            Pane::Members => "/members",
            Pane::Invites => "/invites",
            Pane::Orgs | Pane::Org | Pane::Activity => return Ok(()),
        })?;
        if self.filter.is_empty() {
            return Ok(());
        }
        write!(f, "?{}", self.filter)
    }
}

impl Address {
    /// How this organization is meant, if it is: all digits are an id, as they are in commands.
    pub fn fit(&self, row: &Row<Org>) -> Option<Fit> {
        let org = &row.item;
        let is = |text: Option<&Text>, name: &str| text.is_some_and(|text| text.raw() == name);
        if let Some(handle) = self.org.strip_prefix(HANDLE) {
            return is(org.slug.known(), handle).then_some(Fit::Slug);
        }
        if is(Some(org.id.text()), &self.org) {
            return Some(Fit::Id);
        }
        if self.org.bytes().all(|byte| byte.is_ascii_digit()) {
            None
        } else if is(org.slug.known(), &self.org) {
            Some(Fit::Slug)
        } else {
            is(org.name.known(), &self.org).then_some(Fit::Name)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_an_organization_a_pane_and_rows() {
        for (words, org, pane, filter) in [
            ("prod/acme", "acme", Pane::Orgs, ""),
            ("prod/acme/members", "acme", Pane::Members, ""),
            ("prod/acme/invites?bo@x", "acme", Pane::Invites, "bo@x"),
            ("prod/acme?admin", "acme", Pane::Members, "admin"),
            ("prod/A / B?c/members", "A / B", Pane::Members, "c/members"),
        ] {
            let address: Address = words.parse().unwrap();
            assert_eq!(address.profile, Profile::new("prod"));
            assert_eq!(
                (address.org.as_str(), address.pane, address.filter.as_str()),
                (org, pane, filter),
                "{words}"
            );
            assert_eq!(address.to_string().parse(), Ok(address), "{words}");
        }
        for words in ["", "prod", "prod/", "/acme", "prod//members", "prod/?x"] {
            assert_eq!(words.parse::<Address>(), Err(NotAnAddress), "{words}");
        }
    }
}
