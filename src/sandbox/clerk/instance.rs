//! The instance that the key opens, and its settings for organizations.

use serde_json::json;

use super::form::Form;
use super::{Call, Replied, attributes, rules, show};
use crate::sandbox::Service::Clerk;
use crate::sandbox::exchange::Reply;
use crate::sandbox::world::{Settings, World};

const ENROLLMENT_MODES: [&str; 3] = [
    "manual_invitation",
    "automatic_invitation",
    "automatic_suggestion",
];

/// `GET /v1/instance`
pub(super) fn get(world: &World) -> Reply {
    show::reply(&json!({
        "object": "instance",
        "id": world.settings.instance,
        "environment_type": world.settings.environment,
        "allowed_origins": null,
        "workspace_id": null,
    }))
}

/// `GET /v1/instance/organization_settings`
pub(super) fn settings(world: &World) -> Reply {
    let settings = &world.settings;
    show::reply(&json!({
        "object": "organization_settings",
        "enabled": settings.organizations_enabled,
        "max_allowed_memberships": settings.max_members,
        "max_allowed_roles": 10,
        "max_role_sets_allowed": world.catalogue.role_sets.len(),
        "max_allowed_domains": 10,
        "creator_role": settings.creator_role,
        "admin_delete_enabled": settings.admin_delete_enabled,
        "domains_enabled": settings.domains_enabled,
        "slug_disabled": !settings.slugs_enabled,
        "domains_enrollment_modes": settings.enrollment_modes,
        "domains_default_role": settings.domains_default_role,
        "initial_role_set_key": settings.initial_role_set,
    }))
}

/// `PATCH /v1/instance/organization_settings`
pub(super) fn change_settings(world: &mut World, call: &Call) -> Replied {
    let mut form = Form::read(call.request)?;
    let mut wanted = world.settings.clone();
    read_switches(&mut form, &mut wanted);
    read_modes(&mut form, &mut wanted);
    if let Some(role) = creator_role(&mut form, world) {
        wanted.creator_role = role;
    }
    if let Some(role) = role(&mut form, world, "domains_default_role_id") {
        wanted.domains_default_role = role;
    }
    form.done()?;
    world.settings = wanted;
    Ok(settings(world))
}

fn read_switches(form: &mut Form, wanted: &mut Settings) {
    let mut switch = |name, there| form.flag(name).unwrap_or(there);
    wanted.organizations_enabled = switch("enabled", wanted.organizations_enabled);
    wanted.admin_delete_enabled = switch("admin_delete_enabled", wanted.admin_delete_enabled);
    wanted.domains_enabled = switch("domains_enabled", wanted.domains_enabled);
    wanted.slugs_enabled = !switch("slug_disabled", !wanted.slugs_enabled);
    let max_members = attributes::max_members(form, "max_allowed_memberships");
    wanted.max_members = max_members.unwrap_or(wanted.max_members);
}

fn read_modes(form: &mut Form, wanted: &mut Settings) {
    let name = "domains_enrollment_modes";
    let Some(modes) = form.texts(name) else {
        return;
    };
    if !modes
        .iter()
        .all(|mode| ENROLLMENT_MODES.contains(&mode.as_str()))
    {
        let rule = "has a mode that is unknown";
        form.refuse("form_param_value_invalid", name, rule);
    }
    wanted.enrollment_modes = modes;
}

/// The key of the role whose id the field `name` holds.
fn role(form: &mut Form, world: &World, name: &str) -> Option<String> {
    let id = form.text(name)?;
    let role = world.roles(Clerk).find(|role| role.id == id);
    if role.is_none() {
        form.refuse("form_param_value_invalid", name, "is not the id of a role");
    }
    Some(role?.key.clone())
}

/// The key of a creator's role, which must allow all that it takes to run an organization.
fn creator_role(form: &mut Form, world: &World) -> Option<String> {
    let name = "creator_role_id";
    let role = role(form, world, name)?;
    if !rules::runs_organizations(world, &role) {
        let words = "is not a role for those who create organizations";
        form.refuse("form_param_value_invalid", name, words);
    }
    Some(role)
}
