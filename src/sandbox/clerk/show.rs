//! Clerk's objects as they look on the wire.
//!
//! What a record does not have is left out or null, as the published document has it.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::sandbox::Service::Clerk;
use crate::sandbox::exchange::Reply;
use crate::sandbox::world::{
    Invite, InviteState, Key, Kind, Member, Org, Person, PersonKey, World, written,
};

/// Where the link in an invitation's mail leads, before its secret.
const ACCEPT: &str = "https://accounts.example.com/v1/tickets/accept?ticket=";

/// The reply that shows one object.
pub(super) fn reply(object: &Value) -> Reply {
    super::json(200, object)
}

/// The reply that shows the organization which a call has just kept at `key`.
pub(super) fn kept_organization(world: &World, key: Key) -> Reply {
    let org = world.org(key).expect("the call has just kept it");
    reply(&organization(world, org))
}

/// The reply that shows the membership which a call has just kept at `key`.
pub(super) fn kept_membership(world: &World, key: Key) -> Reply {
    let member = world.member(key).expect("the call has just kept it");
    reply(&membership(world, member))
}

/// An organization.
pub(super) fn organization(world: &World, org: &Org) -> Value {
    let mut shown = json!({
        "object": "organization",
        "id": org.id,
        "name": org.name,
        "slug": slug(world, org),
        "image_url": logo(world, org),
        "has_image": org.logo.is_some(),
        "max_allowed_memberships": org.policy.max_members,
        "admin_delete_enabled": org.policy.admin_delete_enabled,
        "public_metadata": org.metadata.public,
        "private_metadata": org.metadata.private,
        "created_at": millis(org.created),
        "updated_at": millis(org.updated),
        "role_set_key": org.policy.role_set,
    });
    if let Some(creator) = user_id(world, org.created_by) {
        shown["created_by"] = json!(creator);
    }
    shown
}

/// The slug, which is empty while slugs are switched off.
pub(super) fn slug<'a>(world: &World, org: &'a Org) -> &'a str {
    let slug = org.slug.as_deref();
    slug.filter(|_| world.settings.slugs_enabled)
        .unwrap_or_default()
}

/// The address of the uploaded logo, or of a generated picture.
pub(super) fn logo(world: &World, org: &Org) -> String {
    match &org.logo {
        Some(logo) => {
            let version = logo.version();
            format!("{}/{}/logo/{version}", world.settings.pictures, org.id)
        }
        None => picture(&org.id),
    }
}

/// A membership, with the whole organization in it.
pub(super) fn membership(world: &World, member: &Member) -> Value {
    let role = world.role(Clerk, member.role());
    json!({
        "object": "organization_membership",
        "id": member.id,
        "role": member.role(),
        "role_name": role.map_or("", |role| role.name.as_str()),
        "permissions": role.map_or(&[][..], |role| &role.permissions),
        "public_metadata": member.metadata.public,
        "private_metadata": member.metadata.private,
        "organization": world.org(member.org).map(|org| organization(world, org)),
        "public_user_data": world.person(member.person).map(member_data),
        "created_at": millis(member.created),
        "updated_at": millis(member.updated),
    })
}

fn member_data(person: &Person) -> Value {
    let mut shown = user_data(person);
    shown["username"] = json!(person.username);
    shown["profile_image_url"] = shown["image_url"].clone();
    shown["banned"] = json!(person.banned);
    shown["deprovisioned"] = json!(false);
    shown
}

fn user_data(person: &Person) -> Value {
    let id = person.id(Clerk).unwrap_or_default();
    json!({
        "user_id": id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "image_url": picture(id),
        "has_image": false,
        "identifier": person.email().or(person.username.as_deref()).unwrap_or_default(),
    })
}

/// An invitation; only a pending one has a link.
pub(super) fn invitation(world: &World, invite: &Invite) -> Value {
    let state = invite.state_at(world.now());
    let role = invite.role.as_deref().unwrap_or_default();
    let inviter = invite.inviter.and_then(|person| world.person(person));
    let link = (state == InviteState::Pending).then(|| format!("{ACCEPT}{}", invite.token));
    json!({
        "object": "organization_invitation",
        "id": invite.id,
        "email_address": invite.email,
        "role": role,
        "role_name": world.role(Clerk, role).map_or("", |role| role.name.as_str()),
        "organization_id": world.org(invite.org).map(|org| org.id.as_str()),
        "inviter_id": user_id(world, invite.inviter),
        "public_inviter_data": inviter.map(user_data),
        "status": status(state),
        "public_metadata": invite.metadata.public,
        "private_metadata": invite.metadata.private,
        "url": link,
        "expires_at": invite.expires.map(millis),
        "created_at": millis(invite.created),
        "updated_at": millis(invite.updated),
    })
}

/// An invitation among those of other organizations.
pub(super) fn invitation_and_organization(world: &World, invite: &Invite) -> Value {
    let mut shown = invitation(world, invite);
    shown["public_organization_data"] = json!(world.org(invite.org).map(|org| {
        json!({
            "id": org.id,
            "name": org.name,
            "slug": slug(world, org),
            "image_url": logo(world, org),
            "has_image": org.logo.is_some(),
        })
    }));
    shown
}

/// The word for a state.
pub(super) fn status(state: InviteState) -> &'static str {
    match state {
        InviteState::Pending => "pending",
        InviteState::Accepted => "accepted",
        InviteState::Revoked => "revoked",
        InviteState::Expired => "expired",
    }
}

/// A user.
pub(super) fn user(person: &Person) -> Value {
    let mut shown = sign_in_facts();
    let id = person.id(Clerk).unwrap_or_default();
    let facts = json!({
        "object": "user",
        "id": id,
        "username": person.username,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "image_url": picture(id),
        "profile_image_url": picture(id),
        "public_metadata": person.metadata.public,
        "private_metadata": person.metadata.private,
        "primary_email_address_id": person.email().map(|_| email_id(person, 0)),
        "email_addresses": emails(person),
        "banned": person.banned,
        "last_sign_in_at": person.seen.map(millis),
        "last_active_at": person.seen.map(millis),
        "created_at": millis(person.created),
        "updated_at": millis(person.created),
    });
    if let (Some(shown), Value::Object(facts)) = (shown.as_object_mut(), facts) {
        shown.extend(facts);
    }
    shown
}

/// What is the same for every user here: nobody signs in.
fn sign_in_facts() -> Value {
    json!({
        "external_id": null, "locale": null, "has_image": false, "unsafe_metadata": {},
        "primary_phone_number_id": null, "primary_web3_wallet_id": null,
        "phone_numbers": [], "web3_wallets": [], "passkeys": [],
        "external_accounts": [], "saml_accounts": [], "enterprise_accounts": [],
        "password_enabled": true, "two_factor_enabled": false, "totp_enabled": false,
        "backup_code_enabled": false, "mfa_enabled_at": null, "mfa_disabled_at": null,
        "locked": false, "lockout_expires_in_seconds": null,
        "verification_attempts_remaining": 100, "legal_accepted_at": null,
        "delete_self_enabled": true, "create_organization_enabled": true,
        "bypass_client_trust": false,
    })
}

fn emails(person: &Person) -> Vec<Value> {
    let emails = person.emails.iter().enumerate();
    let shown = emails.map(|(index, email)| {
        json!({
            "object": "email_address",
            "id": email_id(person, index),
            "email_address": email,
            "reserved": false,
            "verification": {
                "object": "verification_admin", "status": "verified", "strategy": "admin",
                "attempts": null, "expire_at": null,
            },
            "linked_to": [],
            "matches_sso_connection": false,
            "created_at": millis(person.created),
            "updated_at": millis(person.created),
        })
    });
    shown.collect()
}

fn email_id(person: &Person, index: usize) -> String {
    // Nobody here has a thousand addresses.
    written(Clerk, Kind::Email, person.key.0 * 1_000 + index as u64)
}

fn user_id(world: &World, person: Option<PersonKey>) -> Option<&str> {
    world.person(person?)?.id(Clerk)
}

fn picture(id: &str) -> String {
    format!("https://img.clerk.com/{id}")
}

/// The milliseconds in which dates are told.
pub(super) fn millis(moment: Timestamp) -> i64 {
    moment.as_millisecond()
}
