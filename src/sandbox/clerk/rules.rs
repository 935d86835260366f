//! The rules that several calls share: what exists, who may, how many, how often.
//!
//! Each one only looks; changing the world is the business of the calls.

use jiff::SignedDuration;
use serde_json::json;

use super::form::Form;
use super::refusal::Refusal;
use crate::sandbox::Service::Clerk;
use crate::sandbox::world::{Member, Org, Person, PersonKey, RoleSet, World};

/// What an acting user must be allowed to do.
const MANAGE_MEMBERS: &str = "org:sys_memberships:manage";

/// How often a call may be made.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    pub(super) limit: usize,
    pub(super) window: SignedDuration,
}

/// Changing one organization or membership.
pub(super) const CHANGES: Pace = Pace {
    limit: 10,
    window: SignedDuration::from_secs(10),
};

/// Counts one call of `bucket`, and refuses it when that was too many.
pub(super) fn pace(world: &mut World, bucket: &str, pace: Pace) -> Result<(), Refusal> {
    let spent = world.spend(&format!("clerk {bucket}"), pace.limit, pace.window);
    spent.map_err(Refusal::too_many)
}

/// Without the feature nothing of it can be reached.
pub(super) fn organizations_are_on(world: &World) -> Result<(), Refusal> {
    if world.settings.organizations_enabled {
        return Ok(());
    }
    let message = "The organizations feature is not enabled for this instance.";
    Err(Refusal::new(
        403,
        "organization_not_enabled_in_instance",
        message,
    ))
}

/// Custom roles and role sets are a matter of the plan.
pub(super) fn plan_has_roles(world: &World) -> Result<(), Refusal> {
    if world.settings.custom_roles {
        return Ok(());
    }
    let message = "The plan of the instance lacks a feature that this needs.";
    let refusal = Refusal::new(402, "unsupported_subscription_plan_features", message);
    Err(refusal.meta(json!({"unsupported_features": ["custom_roles"]})))
}

/// The organization with this id.
pub(super) fn organization<'a>(world: &'a World, id: &str) -> Result<&'a Org, Refusal> {
    let org = world.find_org(Clerk, id);
    org.ok_or_else(|| Refusal::missing("organization", id))
}

/// The user with this id.
pub(super) fn user<'a>(world: &'a World, id: &str) -> Result<&'a Person, Refusal> {
    let person = world.find_person(Clerk, id);
    person.ok_or_else(|| Refusal::missing("user", id))
}

/// The membership of a user in an organization, both named by their ids.
pub(super) fn membership<'a>(
    world: &'a World,
    (org, user_id): (&str, &str),
) -> Result<&'a Member, Refusal> {
    let org = organization(world, org)?;
    let person = world.find_person(Clerk, user_id);
    let member = person.and_then(|person| world.membership(org.key, person.key));
    member.ok_or_else(|| Refusal::missing("membership for the user", user_id))
}

/// The roles that an organization may use; all of them where its set is unknown.
pub(super) fn role_set<'a>(world: &'a World, org: &Org) -> Option<&'a RoleSet> {
    let mut sets = world.catalogue.role_sets.iter();
    sets.find(|set| set.key == org.policy.role_set)
}

fn is_usable(world: &World, org: &Org, role: &str) -> bool {
    let set = role_set(world, org);
    let allowed = set.is_none_or(|set| set.roles.iter().any(|each| each == role));
    allowed && world.role(Clerk, role).is_some()
}

/// Reads the role that `form` must have and the organization must be allowed to use.
pub(super) fn needed_role(form: &mut Form, world: &World, org: &Org) -> String {
    form.need("role");
    let Some(role) = form.text("role") else {
        return String::new();
    };
    if !is_usable(world, org, &role) {
        let words = "is not one of the roles of this organization";
        form.refuse("form_param_value_invalid", "role", words);
    }
    role
}

/// Refuses more people than an organization may have; pending invitations count as people.
pub(super) fn room_for(world: &World, org: &Org, more: usize) -> Result<(), Refusal> {
    let most = org.policy.max_members;
    let there = world.member_count(org.key) + world.pending_count(org.key);
    if most == 0 || (there + more) as u64 <= most {
        return Ok(());
    }
    let message =
        format!("The limit of {most} memberships is reached, pending invitations included.");
    Err(Refusal::new(
        403,
        "organization_membership_quota_exceeded",
        message,
    ))
}

/// The person on whose behalf members are managed, who must be allowed to.
pub(super) fn acting_user(world: &World, org: &Org, id: &str) -> Result<PersonKey, Refusal> {
    let person = user(world, id)?.key;
    let Some(member) = world.membership(org.key, person) else {
        let message = "The acting user is not a member of the organization.";
        return Err(Refusal::new(403, "not_a_member_in_organization", message));
    };
    let role = world.role(Clerk, member.role());
    if role.is_some_and(|role| role.permissions.iter().any(|held| held == MANAGE_MEMBERS)) {
        return Ok(person);
    }
    let message = "The acting user lacks a permission.";
    let refusal = Refusal::new(403, "missing_organization_permission", message);
    Err(refusal.meta(json!({"permissions": [MANAGE_MEMBERS]})))
}

/// Whether a role allows all it takes to run an organization.
pub(super) fn runs_organizations(world: &World, role: &str) -> bool {
    let role = world.role(Clerk, role);
    role.is_some_and(|role| role.creator_eligible)
}

/// Refuses to take from an organization the last member who can run it.
pub(super) fn others_run_it(world: &World, leaving: &Member) -> Result<(), Refusal> {
    let mut running = world
        .members_of(leaving.org)
        .filter(|member| runs_organizations(world, member.role()));
    let needed = runs_organizations(world, leaving.role());
    if !needed || running.any(|member| member.key != leaving.key) {
        return Ok(());
    }
    let message = "At least one member must keep the permissions to run the organization.";
    Err(Refusal::new(
        400,
        "organization_minimum_permissions_needed",
        message,
    ))
}

/// Refuses somebody who is in already.
pub(super) fn is_no_member(world: &World, org: &Org, person: PersonKey) -> Result<(), Refusal> {
    if world.membership(org.key, person).is_none() {
        return Ok(());
    }
    let message = "The user already belongs to the organization.";
    Err(Refusal::new(
        400,
        "already_a_member_in_organization",
        message,
    ))
}
