//! Facts of records by their public names: what a filter may name, the same on the screen and on the command line.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value as Json};

use super::filter;
use crate::domain::member::Mine;
use crate::domain::{
    Assignment, Fact, Invite, Member, Org, OrgId, Profile, Skew, Text, Told, UserId, Value,
};

/// What is known beside the records themselves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beside {
    /// The present by our clock.
    pub now: Timestamp,
    /// The service that each profile is on.
    pub services: Vec<(Profile, Service)>,
}

/// What is known of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its name.
    pub name: &'static str,
    /// How far its clock is ahead of ours.
    pub skew: Skew,
}

impl Beside {
    fn service(&self, profile: &Profile) -> Option<Service> {
        let mut known = self.services.iter();
        let found = known.find(|(known, _)| known == profile);
        found.map(|(_, service)| *service)
    }

    /// The present by the clock of a profile's service: ages of what it tells are measured back from it.
    pub fn theirs(&self, profile: &Profile) -> Timestamp {
        let service = self.service(profile);
        service.map_or(self.now, |service| service.skew.theirs(self.now))
    }
}

/// Records whose facts have public names.
pub trait Facts {
    /// The names that every output has, in its order.
    const FIELDS: &'static [&'static str];
    /// Names that only filters have.
    const ALSO: &'static [&'static str];
    /// The names of the facts that a word alone is looked for in.
    const SEARCHED: &'static [&'static str];

    /// On which profile it was read.
    fn profile(&self) -> &Profile;

    /// The fact under one of these names.
    fn fact(&self, name: &str, beside: &Beside) -> Option<Fact>;
}

/// Whether a name, or one that it is short for, is known of such records.
pub fn is_known<T: Facts>(name: &str) -> bool {
    let known =
        |name: &String| T::FIELDS.contains(&name.as_str()) || T::ALSO.contains(&name.as_str());
    filter::names(name).iter().any(known)
}

/// A record as a filter looks at it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a, T> {
    /// The record.
    pub item: &'a T,
    /// What is known beside it.
    pub beside: &'a Beside,
}

impl<T: Facts> filter::Record for Seen<'_, T> {
    fn fact(&self, name: &str) -> Option<Cow<'_, Fact>> {
        self.item.fact(name, self.beside).map(Cow::Owned)
    }

    fn searched(&self) -> impl Iterator<Item = Cow<'_, Fact>> {
        let names = T::SEARCHED.iter();
        names.filter_map(|name| filter::Record::fact(self, name))
    }
}

/// A record as every output has it: its fields in their order.
impl<T: Facts> Serialize for Seen<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(T::FIELDS.len()))?;
        for name in T::FIELDS {
            let fact = self.item.fact(name, self.beside);
            map.serialize_entry(name, &fact.unwrap_or(Fact::Unknown))?;
        }
        map.end()
    }
}

impl Facts for Org {
    const FIELDS: &'static [&'static str] = &[
        "profile",
        "provider",
        "id",
        "name",
        "slug",
        "members",
        "invites",
        "has_logo",
        "logo_url",
        "created_at",
        "updated_at",
        "attributes",
    ];
    const ALSO: &'static [&'static str] = &[];
    const SEARCHED: &'static [&'static str] = &["profile", "id", "name", "slug"];

    fn profile(&self) -> &Profile {
        self.id.profile()
    }

    fn fact(&self, name: &str, beside: &Beside) -> Option<Fact> {
        let count = |told: &Told<u64>| Fact::told(told, |count| Fact::Number(*count));
        Some(match name {
            "profile" => profile(self.id.profile()),
            "provider" => {
                let service = beside.service(self.id.profile());
                service.map_or(Fact::Unknown, |service| Fact::ours(service.name))
            }
            "id" => org_id(&self.id),
            "name" => Fact::text(&self.name),
            "slug" => Fact::text(&self.slug),
            "members" => count(&self.members),
            "invites" => count(&self.invites),
            "has_logo" => match &self.logo {
                Told::Is(_) => Fact::Flag(true),
                Told::Empty => Fact::Flag(false),
                Told::Unknown => Fact::Unknown,
            },
            "logo_url" => {
                let logo = self.logo.known();
                logo.map_or(Fact::Empty, |logo| Fact::text(&logo.url))
            }
            "created_at" => Fact::time(&self.created),
            "updated_at" => Fact::time(&self.updated),
            "attributes" => Fact::Json(attributes(self)),
            _ => return None,
        })
    }
}

fn attributes(org: &Org) -> Json {
    let value = |told: &Told<Value>| match told {
        Told::Is(Value::Text(text)) => Json::from(text.raw()),
        Told::Is(Value::Flag(flag)) => Json::from(*flag),
        Told::Is(Value::Number(number)) => Json::from(*number),
        Told::Is(Value::Json(json)) => json.clone(),
        Told::Is(Value::Image(_)) | Told::Empty | Told::Unknown => Json::Null,
    };
    let entries = org.attributes.iter();
    let entries = entries.map(|one| (one.key.to_owned(), value(&one.value)));
    Json::Object(entries.collect::<Map<_, _>>())
}

impl Facts for Member {
    const FIELDS: &'static [&'static str] = &[
        "profile",
        "org",
        "id",
        "user_id",
        "name",
        "username",
        "email",
        "roles",
        "joined_at",
        "is_me",
    ];
    const ALSO: &'static [&'static str] = &["seen_at", "role_names"];
    const SEARCHED: &'static [&'static str] = &[
        "id",
        "user_id",
        "name",
        "username",
        "email",
        "roles",
        "role_names",
    ];

    fn profile(&self) -> &Profile {
        self.at.org.profile()
    }

    fn fact(&self, name: &str, _: &Beside) -> Option<Fact> {
        Some(match name {
            "profile" => profile(self.at.org.profile()),
            "org" => org_id(&self.at.org),
            "id" => Fact::Text(self.id.text().clone()),
            "user_id" => user_id(&self.user),
            "name" => Fact::text(&self.name),
            "username" => Fact::text(&self.username),
            "email" => Fact::text(&self.email),
            "roles" => roles(&self.roles, |held| &held.role.key.0),
            "role_names" => roles(&self.roles, |held| &held.role.name),
            "joined_at" => Fact::time(&self.joined),
            "seen_at" => Fact::time(&self.last_active),
            "is_me" => Fact::told(&self.is_me, |mine| Fact::Flag(*mine == Mine::Own)),
            _ => return None,
        })
    }
}

impl Facts for Invite {
    const FIELDS: &'static [&'static str] = &[
        "profile",
        "org",
        "id",
        "email",
        "role",
        "status",
        "created_at",
        "expires_at",
        "inviter",
        "message",
    ];
    const ALSO: &'static [&'static str] = &["org_name", "role_name"];
    const SEARCHED: &'static [&'static str] = &[
        "id",
        "email",
        "role",
        "role_name",
        "status",
        "inviter",
        "org_name",
    ];

    fn profile(&self) -> &Profile {
        self.at.profile()
    }

    fn fact(&self, name: &str, beside: &Beside) -> Option<Fact> {
        Some(match name {
            "profile" => profile(self.at.profile()),
            "org" => org_id(&self.at.org),
            "org_name" => Fact::text(&self.org_name),
            "id" => Fact::Text(self.at.id.text().clone()),
            "email" => Fact::text(&self.email),
            "role" => Fact::told(&self.role, |role| Fact::Text(role.key.0.clone())),
            "role_name" => Fact::told(&self.role, |role| Fact::Text(role.name.clone())),
            "status" => Fact::ours(self.status_at(beside.theirs(self.at.profile())).key()),
            "created_at" => Fact::time(&self.created),
            "expires_at" => Fact::time(&self.expires),
            "inviter" => Fact::text(&self.inviter),
            "message" => Fact::text(&self.message),
            _ => return None,
        })
    }
}

/// A profile by its name.
pub fn profile(profile: &Profile) -> Fact {
    Fact::Text(profile.text().clone())
}

/// An organization by its id.
pub fn org_id(org: &OrgId) -> Fact {
    Fact::Text(org.text().clone())
}

/// A user by id, as far as it was told.
pub fn user_id(told: &Told<UserId>) -> Fact {
    Fact::told(told, |id| Fact::Text(id.text().clone()))
}

/// The roles that are held, by what `word` says of each.
pub fn roles(told: &Told<Arc<[Assignment]>>, word: impl Fn(&Assignment) -> &Text) -> Fact {
    let words = |held: &[Assignment]| held.iter().map(|one| word(one).clone()).collect();
    Fact::told(told, |held| Fact::List(words(held)))
}
