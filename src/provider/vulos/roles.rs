//! Roles: free labels on a membership, four of which carry rights, and what it takes to change them.
//!
//! The service has no change of roles: the new ones are given, then the old ones are taken, so that a
//! member is never without a role in between. What stops half-way leaves both, and shows in the steps.

use serde_json::Value as Json;

use super::wire::{self, Wrong, record};
use crate::domain::{
    ApiError, Assignment, AssignmentId, Fault, MemberRef, Mutation, Profile, Role, Text, Verb,
};

/// The names that carry rights, spelled as documented, by level. Whether another spelling of them
/// carries rights too is not documented, so it counts as a free label.
const SPECIAL: [(&str, u8); 4] = [
    ("SuperAdmin", 0),
    ("Admin", 1),
    ("Moderator", 2),
    ("Api", 3),
];

/// The four roles with rights, strongest first.
pub(super) fn special() -> Vec<Role> {
    SPECIAL.iter().map(|(name, _)| role(*name)).collect()
}

/// The roles of a membership, strongest first; roles of the same strength keep the service's order.
pub(super) fn assignments(profile: &Profile, raw: Vec<Json>) -> Result<Vec<Assignment>, Wrong> {
    let read = raw.into_iter().map(|json| assignment(profile, json));
    let mut held: Vec<_> = read.collect::<Result<_, _>>()?;
    held.sort_by_key(|assignment| rank(&assignment.role));
    Ok(held)
}

/// One role on one membership.
pub(super) fn assignment(profile: &Profile, json: Json) -> Result<Assignment, Wrong> {
    let wire: wire::Role = record(json, "roles")?;
    let id = wire.id.optional("roles.id")?;
    Ok(Assignment {
        role: role(wire.name.required("roles.name")?),
        id: id.map(|id| AssignmentId::new(profile, id.0)),
    })
}

/// The changes that lead from the roles as they were shown to those wanted, over what is there now.
/// Roles that came in between are left alone: nobody asked for their end.
pub(super) fn changes(
    member: &MemberRef,
    (from, to): (&[Assignment], &[Role]),
    now: &[Assignment],
) -> Result<Vec<Mutation>, ApiError> {
    let mut changes = Vec::new();
    for (place, role) in to.iter().enumerate() {
        let twice = contains(&to[..place], role);
        if !twice && !now.iter().any(|held| held.role.key == role.key) {
            changes.push(Mutation::GiveRole {
                member: member.clone(),
                role: role.clone(),
            });
        }
    }
    let shown = |held: &&Assignment| from.iter().any(|old| old.role.key == held.role.key);
    // The strongest goes last: who changes the own roles needs it to take the others.
    for held in now.iter().rev().filter(shown) {
        if !contains(to, &held.role) {
            changes.push(take(member, held)?);
        }
    }
    Ok(changes)
}

/// Whether the wish is to leave everything as it was shown.
pub(super) fn is_same(from: &[Assignment], to: &[Role]) -> bool {
    let kept = |held: &Assignment| contains(to, &held.role);
    let held = |role: &Role| from.iter().any(|held| held.role.key == role.key);
    from.iter().all(kept) && to.iter().all(held)
}

fn take(member: &MemberRef, held: &Assignment) -> Result<Mutation, ApiError> {
    let nameless = || Fault::Garbled(Wrong("roles.id").place());
    let assignment = held.id.clone().ok_or_else(nameless);
    Ok(Mutation::TakeRole {
        member: member.clone(),
        role: held.role.clone(),
        assignment: assignment.map_err(|fault| ApiError::new(Verb::MemberRole, fault))?,
    })
}

fn contains(roles: &[Role], role: &Role) -> bool {
    roles.iter().any(|other| other.key == role.key)
}

fn role(name: impl Into<Text>) -> Role {
    let role = Role::named(name);
    let special = SPECIAL.iter().find(|(name, _)| *name == role.key.raw());
    Role {
        level: special.map(|(_, level)| *level),
        ..role
    }
}

fn rank(role: &Role) -> u8 {
    role.level.unwrap_or(u8::MAX)
}
