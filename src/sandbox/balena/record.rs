//! Records of the world as the model shows them: their values and where their links lead.
//!
//! It knows neither who asks nor what may be seen.

use std::borrow::Cow;
use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::model::Resource;
use super::syntax::Literal;
use crate::sandbox::Service;
use crate::sandbox::world::{Invite, Logo, Member, Org, Person, Role, World};

/// One record.
#[derive(Clone, Copy, Debug)]
pub(super) enum Record<'w> {
    Organization(&'w Org),
    Membership(&'w Member),
    Role(&'w Role),
    Invite(&'w Invite),
    /// The address that an invite was sent to.
    Invitee(&'w Invite),
    User(&'w Person),
}

/// What a field holds.
#[derive(Clone, Debug)]
pub(super) enum Cell<'w> {
    Null,
    Bool(bool),
    /// A number, or the id behind a link.
    Int(i64),
    Text(Cow<'w, str>),
    Date(Timestamp),
    /// The picture of the organization of this number.
    Logo(u64, &'w Logo),
}

/// openBalena really hands these out; they are to be found in no client.
const PASSWORD_HASH: &str = "$2b$10$sandboxsandboxsandboxsOeRq1oYkq3m6ZkQ3yP0nqS0m9vJr2bWy";
const JWT_SECRET: &str = "SANDBOXJWTSECRET";

impl<'w> Record<'w> {
    /// The record's own number.
    pub(super) fn id(self) -> u64 {
        match self {
            Self::Organization(org) => org.key.number,
            Self::Membership(member) => member.key.number,
            Self::Role(role) => role.number,
            Self::Invite(invite) => invite.key.number,
            Self::Invitee(invite) => invite.invitee(),
            Self::User(person) => person.key.0,
        }
    }

    /// The resource that it belongs to.
    pub(super) fn resource(self) -> Resource {
        match self {
            Self::Organization(_) => Resource::Organization,
            Self::Membership(_) => Resource::Membership,
            Self::Role(_) => Resource::Role,
            Self::Invite(_) => Resource::Invite,
            Self::Invitee(_) => Resource::Invitee,
            Self::User(_) => Resource::User,
        }
    }

    /// What the plain field or the link to elsewhere `field` holds.
    pub(super) fn cell(self, field: &str) -> Cell<'w> {
        match (field, self) {
            ("id", _) => Cell::number(self.id()),
            (_, Self::Organization(org)) => organization(org, field),
            (_, Self::Membership(member)) => membership(member, field),
            (_, Self::User(person)) => user(person, field),
            (_, Self::Role(role)) => Cell::text(&role.key),
            (_, Self::Invite(invite)) => Cell::maybe(invite.message.as_deref()),
            (_, Self::Invitee(invite)) => Cell::text(&invite.email),
        }
    }

    /// The record that the link `field` leads to.
    pub(super) fn one(self, world: &'w World, field: &str) -> Option<Self> {
        match self {
            Self::Membership(member) => match field {
                "user" => world.person(member.person).map(Self::User),
                "organization_membership_role" => role(world, member.role()),
                _ => world.org(member.org).map(Self::Organization),
            },
            Self::Invite(invite) => match field {
                "invitee" => Some(Self::Invitee(invite)),
                "organization_membership_role" => role(world, invite.role.as_deref()?),
                "is_created_by__user" => world.person(invite.inviter?).map(Self::User),
                _ => world.org(invite.org).map(Self::Organization),
            },
            Self::Organization(_) | Self::Role(_) | Self::Invitee(_) | Self::User(_) => None,
        }
    }

    /// The records that link to this one, as `field` calls them.
    pub(super) fn many(self, world: &'w World, field: &str) -> Vec<Self> {
        match self {
            Self::Organization(org) if field == "organization_invite" => {
                world.invites_of(org.key).map(Self::Invite).collect()
            }
            Self::Organization(org) => world.members_of(org.key).map(Self::Membership).collect(),
            Self::User(person) => {
                let members = world.memberships_of(person.key, Service::Balena);
                members.map(Self::Membership).collect()
            }
            Self::Membership(_) | Self::Role(_) | Self::Invite(_) | Self::Invitee(_) => Vec::new(),
        }
    }
}

fn role<'w>(world: &'w World, name: &str) -> Option<Record<'w>> {
    world.role(Service::Balena, name).map(Record::Role)
}

fn organization<'w>(org: &'w Org, field: &str) -> Cell<'w> {
    match field {
        "created_at" => Cell::Date(org.created),
        "modified_at" => Cell::Date(org.updated),
        "name" => Cell::text(&org.name),
        "handle" => Cell::maybe(org.slug.as_deref()),
        "company_name" => Cell::maybe(org.company.name.as_deref()),
        "website" => Cell::maybe(org.website.as_deref()),
        "industry" => Cell::maybe(org.company.industry.as_deref()),
        "is_enforcing_saml_login" => Cell::Bool(org.company.saml_only),
        "is_frozen" => Cell::Bool(false),
        "logo_image" => match &org.logo {
            Some(logo) => Cell::Logo(org.key.number, logo),
            None => Cell::Null,
        },
        // Nobody is billed here.
        _ => Cell::Null,
    }
}

fn membership<'w>(member: &'w Member, field: &str) -> Cell<'w> {
    match field {
        "created_at" => Cell::Date(member.created),
        "modified_at" => Cell::Date(member.updated),
        _ => Cell::text(member.role()),
    }
}

fn user<'w>(person: &'w Person, field: &str) -> Cell<'w> {
    match field {
        "created_at" | "modified_at" => Cell::Date(person.created),
        "actor" => Cell::number(person.actor()),
        "email" => Cell::maybe(person.email()),
        "password" => Cell::text(PASSWORD_HASH),
        "jwt_secret" => Cell::text(JWT_SECRET),
        _ => Cell::maybe(person.username.as_deref()),
    }
}

impl<'w> Cell<'w> {
    fn text(text: &'w str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    fn maybe(text: Option<&'w str>) -> Self {
        text.map_or(Self::Null, Self::text)
    }

    /// A number or an id.
    pub(super) fn number(number: u64) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// A value that was written out.
    pub(super) fn of(literal: &'w Literal) -> Self {
        match literal {
            Literal::Null => Self::Null,
            Literal::Bool(truth) => Self::Bool(*truth),
            Literal::Int(number) => Self::Int(*number),
            Literal::Text(text) => Self::text(text),
            Literal::Date(moment) => Self::Date(*moment),
        }
    }

    /// The same in small letters, if it is text.
    pub(super) fn lower(self) -> Self {
        if let Self::Text(text) = self {
            return Self::Text(Cow::Owned(text.to_lowercase()));
        }
        self
    }

    /// Whether nothing is there.
    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// How two values of one kind stand to each other; text goes by its bytes, as in the database.
    pub(super) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(one), Self::Int(other)) => Some(one.cmp(other)),
            (Self::Text(one), Self::Text(other)) => Some(one.cmp(other)),
            (Self::Bool(one), Self::Bool(other)) => Some(one.cmp(other)),
            (Self::Date(one), Self::Date(other)) => Some(one.cmp(other)),
            (Self::Date(one), Self::Text(other)) => Some(one.cmp(&moment(other)?)),
            (Self::Text(one), Self::Date(other)) => Some(moment(one)?.cmp(other)),
            _ => None,
        }
    }

    /// The value in an answer; `origin` is where pictures can be fetched.
    pub(super) fn json(&self, origin: &str) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(truth) => json!(truth),
            Self::Int(number) => json!(number),
            Self::Text(text) => json!(text),
            Self::Date(moment) => json!(moment.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()),
            Self::Logo(org, logo) => json!({
                "filename": logo.filename,
                "href": format!("{origin}/files/organization/{org}/logo_image/{}", logo.version()),
                "content_type": logo.content_type,
                "size": logo.bytes.len(),
            }),
        }
    }
}

/// The moment that a quoted date means: with or without a time, in UTC unless it says otherwise.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let whole = text.parse().ok();
    whole.or_else(|| {
        let civil: DateTime = text.parse().ok()?;
        Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
    })
}
