//! Facts as JSON: a value, `null` where the service said that there is none, and no field at all where it
//! could not tell. Roles, ids of members, and the fields of organizations.

use serde::{Deserialize, Deserializer, Serialize};

use crate::domain::{
    Assignment, AssignmentId, MemberBy, MemberId, MemberRef, OrgId, Profile, Role, RoleId, RoleKey,
    Text, Told, UserId,
};

/// A fact: absent, null, or a value.
pub(super) type Fact<T> = Option<Option<T>>;

/// Reads a field that is there, whatever stands in it.
pub(super) fn there<'de, D, T>(deserializer: D) -> Result<Fact<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

pub(super) fn written<T, U>(told: &Told<T>, form: impl FnOnce(&T) -> U) -> Fact<U> {
    match told {
        Told::Is(value) => Some(Some(form(value))),
        Told::Empty => Some(None),
        Told::Unknown => None,
    }
}

pub(super) fn read<T, U>(fact: Fact<T>, form: impl FnOnce(T) -> U) -> Told<U> {
    match fact {
        Some(Some(value)) => Told::Is(form(value)),
        Some(None) => Told::Empty,
        None => Told::Unknown,
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct RoleLine {
    key: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
}

impl RoleLine {
    pub(super) fn of(role: &Role) -> Self {
        Self {
            key: role.key.0.clone(),
            name: (role.name != role.key.0).then(|| role.name.clone()),
            id: role.id.as_ref().map(|id| id.text().clone()),
            level: role.level,
        }
    }

    pub(super) fn read(self, profile: &Profile) -> Role {
        Role {
            name: self.name.unwrap_or_else(|| self.key.clone()),
            key: RoleKey(self.key),
            id: self.id.map(|id| RoleId::new(profile, id)),
            level: self.level,
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Held {
    role: RoleLine,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    assignment: Option<Text>,
}

impl Held {
    pub(super) fn of(held: &Assignment) -> Self {
        Self {
            role: RoleLine::of(&held.role),
            assignment: held.id.as_ref().map(|id| id.text().clone()),
        }
    }

    pub(super) fn read(self, profile: &Profile) -> Assignment {
        Assignment {
            role: self.role.read(profile),
            id: self.assignment.map(|id| AssignmentId::new(profile, id)),
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MemberAt {
    org: Text,
    #[serde(flatten)]
    by: By,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum By {
    Membership(Text),
    User(Text),
}

impl MemberAt {
    pub(super) fn of(at: &MemberRef) -> Self {
        Self {
            org: at.org.text().clone(),
            by: match &at.by {
                MemberBy::Id(id) => By::Membership(id.text().clone()),
                MemberBy::User(user) => By::User(user.text().clone()),
            },
        }
    }

    pub(super) fn read(self, profile: &Profile) -> MemberRef {
        let org = OrgId::new(profile, self.org);
        match self.by {
            By::Membership(id) => MemberRef::id(&org, &MemberId::new(profile, id)),
            By::User(user) => MemberRef::user(&org, &UserId::new(profile, user)),
        }
    }
}

/// The names of fields and attributes that are written down.
const KEYS: &[&str] = &[
    "name",
    "slug",
    "company_name",
    "website",
    "industry",
    "created_by",
    "max_allowed_memberships",
    "admin_delete_enabled",
    "public_metadata",
    "address",
    "city",
    "zip_code",
    "state",
    "country_code",
    "country_name",
    "unique_id",
    "tax_number",
    "verified",
    "billing_account_code",
    "is_enforcing_saml_login",
    "is_frozen",
    "past_due_since",
    "role_set_key",
    "logo_image",
];

/// The name of a field, if it is one that is written down.
pub(super) fn key(name: &str) -> Option<&'static str> {
    KEYS.iter().copied().find(|key| *key == name)
}
