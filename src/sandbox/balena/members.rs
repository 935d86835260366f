//! Writes to memberships, and the rule of the last administrator.

use super::body::Body;
use super::record::Record;
use super::refusal::Refusal;
use super::view::{ADMINISTRATOR, View};
use super::write::{Asked, created, done, targets};
use crate::sandbox::Service;
use crate::sandbox::exchange::Reply;
use crate::sandbox::world::{BalenaKind, Key, PersonKey, World};

const LAST_ADMINISTRATOR: &str = "It is necessary that each organization that is active, includes \
    at least one organization membership that has an organization membership role that has a name \
    (Auth) that is equal to \"administrator\".";

/// The fields that no two memberships share.
pub(super) const PAIR: [&str; 2] = ["user", "is_member_of__organization"];

/// The link to a role, of memberships and invites.
pub(super) const ROLE: &str = "organization_membership_role";

/// The role of those who come without one.
pub(super) const MEMBER: &str = "member";

/// Adds a member directly, which only a widened role on openBalena may.
pub(super) fn create(world: &mut World, asked: Asked<'_>) -> Result<Reply, Refusal> {
    let (caller, request, _) = asked;
    if world.settings.balena == BalenaKind::Cloud || !caller.widened {
        return Err(Refusal::Unauthorized);
    }
    let body = Body::read(request)?;
    let [user, org] = PAIR;
    let person = PersonKey(body.link(user)?.ok_or(Refusal::Broken)?);
    let key = Key::new(Service::Balena, body.link(org)?.ok_or(Refusal::Broken)?);
    if (View { world, caller }).user(person).is_none() {
        return Err(Refusal::referenced(user));
    }
    if world.org(key).is_none() {
        return Err(Refusal::referenced(org));
    }
    let added = world.add_member(key, person, &[MEMBER]);
    let added = added.ok_or_else(|| Refusal::taken(&PAIR))?;
    Ok(created(world, asked, added))
}

/// The name of the role with this id.
pub(super) fn role_numbered(world: &World, number: u64) -> Result<String, Refusal> {
    let mut roles = world.roles(Service::Balena);
    let role = roles.find(|role| role.number == number);
    let role = role.ok_or_else(|| Refusal::referenced(ROLE))?;
    Ok(role.key.clone())
}

/// Gives another role to the memberships that the request names.
pub(super) fn change(
    world: &mut World,
    (caller, request, query): Asked<'_>,
) -> Result<Reply, Refusal> {
    let known: &[&str] = match world.settings.balena {
        BalenaKind::Cloud => &[ROLE],
        BalenaKind::Open => &[],
    };
    let body = Body::read(request)?.changes(known)?;
    let number = body.link(ROLE)?.ok_or(Refusal::Broken)?;
    let view = View { world, caller };
    let found = targets(view, query, |record| administered(view, record))?;
    if found.is_empty() {
        return Ok(done());
    }
    let role = role_numbered(world, number)?;
    if role != ADMINISTRATOR {
        keep_administrators(world, &found)?;
    }
    for key in found {
        world.set_role(key, &role);
    }
    Ok(done())
}

/// Ends the memberships that the request names; everybody may end their own.
pub(super) fn remove(world: &mut World, (caller, _, query): Asked<'_>) -> Result<Reply, Refusal> {
    let view = View { world, caller };
    let leaves = world.settings.balena == BalenaKind::Cloud;
    let found = targets(view, query, |record| {
        let own = matches!(record, Record::Membership(own) if own.person == caller.person);
        (own && leaves) || administered(view, record)
    })?;
    if world.settings.balena == BalenaKind::Cloud {
        keep_administrators(world, &found)?;
    }
    for key in found {
        world.remove_member(key);
    }
    Ok(done())
}

fn administered(view: View<'_>, record: &Record<'_>) -> bool {
    matches!(record, Record::Membership(member) if view.administers(member.org))
}

/// Refuses when an organization had no administrator any more without those of `leaving`.
fn keep_administrators(world: &World, leaving: &[Key]) -> Result<(), Refusal> {
    let members = leaving.iter().filter_map(|key| world.member(*key));
    let mut orgs: Vec<Key> = members.map(|member| member.org).collect();
    orgs.dedup();
    let kept = |org: &Key| {
        let mut members = world.members_of(*org);
        members.any(|member| member.holds(ADMINISTRATOR) && !leaving.contains(&member.key))
    };
    if orgs.iter().all(kept) {
        Ok(())
    } else {
        Err(Refusal::rule(LAST_ADMINISTRATOR))
    }
}
