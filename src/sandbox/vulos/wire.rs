//! The shapes of the answers.

use serde_json::{Value, json};

use super::fields::country;
use crate::sandbox::Service::Vulos;
use crate::sandbox::exchange::Reply;
use crate::sandbox::world::{Assignment, Member, Org, World};

/// The envelope of a write that gives nothing back.
pub(super) fn success(message: &str) -> Reply {
    Reply::json(200, &json!({"success": true, "message": message}))
}

/// A membership without names.
pub(super) fn reference(world: &World, member: &Member) -> Value {
    let person = world.person(member.person);
    json!({
        "organizationId": member.org.number,
        "membershipId": member.id,
        "userId": person.and_then(|person| person.id(Vulos)),
    })
}

/// A membership with names and roles.
pub(super) fn member(world: &World, member: &Member) -> Value {
    let person = world.person(member.person);
    let mut details = reference(world, member);
    details["firstName"] = json!(person.and_then(|person| person.first_name.as_deref()));
    details["lastName"] = json!(person.and_then(|person| person.last_name.as_deref()));
    details["email"] = json!(person.and_then(|person| person.email()));
    details["roles"] = member.roles.iter().map(role).collect();
    details
}

/// A role of one member.
pub(super) fn role(held: &Assignment) -> Value {
    json!({"name": held.role, "id": held.id})
}

/// An organization with references to its members.
pub(super) fn org(world: &World, org: &Org) -> Value {
    let members = world.members_of(org.key);
    let references: Vec<Value> = members.map(|member| reference(world, member)).collect();
    let mut details = json!({
        "memberships": references,
        "id": org.key.number,
        "name": org.name,
        "website": org.website,
        "address": org.postal.address,
        "taxNumber": org.postal.tax_number,
        "city": org.postal.city,
        "country": {"alpha2": org.postal.country_code, "name": country_name(org)},
        "zipCode": org.postal.zip_code,
        "state": org.postal.state,
        "verified": org.postal.verified,
        "created": org.created.as_millisecond(),
    });
    if !org.postal.unique_id.is_empty() {
        details["uniqueId"] = json!(org.postal.unique_id);
    }
    details
}

/// The country's name; its code, where a world has one that does not exist.
pub(super) fn country_name(org: &Org) -> &str {
    let code = &org.postal.country_code;
    country(code).map_or(code, |country| country.long_name)
}
