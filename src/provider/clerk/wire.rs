//! Clerk's records as they come, as far as anything is made of them; the modules beside this one turn
//! them into values of the domain.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Number, Value as Json};

use super::field::{Field, Millis};
use crate::domain::Text;

/// An organization.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Organization {
    pub(super) id: Field<Text>,
    pub(super) name: Field<Text>,
    pub(super) slug: Field<Text>,
    pub(super) image_url: Field<Text>,
    pub(super) has_image: Field<bool>,
    pub(super) members_count: Field<Number>,
    pub(super) pending_invitations_count: Field<Number>,
    pub(super) max_allowed_memberships: Field<i64>,
    pub(super) admin_delete_enabled: Field<bool>,
    pub(super) public_metadata: Field<Map<String, Json>>,
    pub(super) private_metadata: Field<Map<String, Json>>,
    pub(super) created_by: Field<Text>,
    pub(super) role_set_key: Field<Text>,
    pub(super) created_at: Millis,
    pub(super) updated_at: Millis,
}

/// A membership. `organization` is the whole record again in each row; its name is what is used.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Membership {
    pub(super) id: Field<Text>,
    pub(super) role: Field<Text>,
    pub(super) role_name: Field<Text>,
    pub(super) organization: Field<Named>,
    pub(super) public_user_data: Field<PublicUser>,
    pub(super) public_metadata: Field<Map<String, Json>>,
    pub(super) created_at: Millis,
}

/// An organization inside another record.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Named {
    pub(super) id: Field<Text>,
    pub(super) name: Field<Text>,
}

/// A person as everybody may see them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PublicUser {
    pub(super) user_id: Field<Text>,
    pub(super) first_name: Field<Text>,
    pub(super) last_name: Field<Text>,
    pub(super) identifier: Field<Text>,
    pub(super) username: Field<Text>,
}

/// An invitation. Of `url`, which lets its holder join, only its presence is kept.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Invitation {
    pub(super) id: Field<Text>,
    pub(super) organization_id: Field<Text>,
    pub(super) public_organization_data: Field<Named>,
    pub(super) email_address: Field<Text>,
    pub(super) role: Field<Text>,
    pub(super) role_name: Field<Text>,
    pub(super) status: Field<Text>,
    pub(super) inviter_id: Field<Text>,
    pub(super) public_inviter_data: Field<PublicUser>,
    pub(super) public_metadata: Field<Map<String, Json>>,
    pub(super) url: Field<IgnoredAny>,
    pub(super) expires_at: Millis,
    pub(super) created_at: Millis,
}

/// A user.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct User {
    pub(super) id: Field<Text>,
    pub(super) first_name: Field<Text>,
    pub(super) last_name: Field<Text>,
    pub(super) username: Field<Text>,
    pub(super) primary_email_address_id: Field<Text>,
    pub(super) email_addresses: Field<Vec<EmailAddress>>,
}

/// One of a user's addresses.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct EmailAddress {
    pub(super) id: Field<Text>,
    pub(super) email_address: Field<Text>,
}

/// A role, in the table of the instance or in a role set.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Role {
    pub(super) id: Field<Text>,
    pub(super) key: Field<Text>,
    pub(super) name: Field<Text>,
}

/// The roles that some organizations may use.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RoleSet {
    pub(super) roles: Field<Vec<Json>>,
}

/// The instance that the key opens.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Instance {
    pub(super) id: Field<Text>,
    pub(super) environment_type: Field<Text>,
}

/// What the instance allows organizations.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Settings {
    pub(super) enabled: Field<bool>,
    pub(super) slug_disabled: Field<bool>,
}
