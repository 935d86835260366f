//! Roles, permissions and role sets: reading them.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::listing::Rank;
use super::refusal::Refusal;
use super::show::{self, millis};
use super::{Call, Replied, rules};
use crate::sandbox::Service::Clerk;
use crate::sandbox::world::{Permission, Role, RoleSet, World};

/// What the three kinds have in common, and how each looks.
struct Entry<'a> {
    id: &'a str,
    key: &'a str,
    name: &'a str,
    created: Timestamp,
    shown: Value,
}

/// `GET /v1/organization_roles`
pub(super) fn roles(world: &World, call: &Call, _: &str) -> Replied {
    list((world, call), all_roles(world))
}

/// `GET /v1/organization_roles/{id}`
pub(super) fn role(world: &World, _: &Call, id: &str) -> Replied {
    let found = all_roles(world).into_iter().find(|role| role.id == id);
    one(world, found, ("role", id))
}

/// `GET /v1/organization_permissions`
pub(super) fn permissions(world: &World, call: &Call, _: &str) -> Replied {
    list((world, call), all_permissions(world))
}

/// `GET /v1/organization_permissions/{id}`
pub(super) fn permission(world: &World, _: &Call, id: &str) -> Replied {
    let mut all = all_permissions(world).into_iter();
    one(world, all.find(|each| each.id == id), ("permission", id))
}

/// `GET /v1/role_sets`
pub(super) fn role_sets(world: &World, call: &Call, _: &str) -> Replied {
    list((world, call), all_role_sets(world))
}

/// `GET /v1/role_sets/{key or id}`
pub(super) fn role_set(world: &World, _: &Call, named: &str) -> Replied {
    let mut all = all_role_sets(world).into_iter();
    let found = all.find(|set| set.key == named || set.id == named);
    one(world, found, ("role set", named))
}

fn list((world, call): (&World, &Call), mut rows: Vec<Entry>) -> Replied {
    rules::plan_has_roles(world)?;
    let window = call.query.window()?;
    let order = call.query.order(&["created_at", "name", "key"])?;
    if let Some(text) = call.query.first("query") {
        rows.retain(|entry| entry.is_found_by(text));
    }
    order.arrange(&mut rows, |entry, field| match field {
        "name" => Rank::text(Some(entry.name)),
        "key" => Rank::text(Some(entry.key)),
        _ => Rank::moment(entry.created),
    });
    Ok(window.page(&rows, |entry| entry.shown.clone()))
}

fn one(world: &World, found: Option<Entry>, (what, id): (&str, &str)) -> Replied {
    rules::plan_has_roles(world)?;
    let entry = found.ok_or_else(|| Refusal::missing(what, id))?;
    Ok(show::reply(&entry.shown))
}

impl Entry<'_> {
    /// Ids are matched whole, names and keys in part.
    fn is_found_by(&self, text: &str) -> bool {
        let part = text.to_lowercase();
        self.id == text
            || self.name.to_lowercase().contains(&part)
            || self.key.to_lowercase().contains(&part)
    }
}

fn all_roles(world: &World) -> Vec<Entry<'_>> {
    let entries = world.roles(Clerk).map(|role| Entry {
        id: &role.id,
        key: &role.key,
        name: &role.name,
        created: role.created,
        shown: show_role(world, role),
    });
    entries.collect()
}

fn show_role(world: &World, role: &Role) -> Value {
    let permissions = world.catalogue.permissions.iter();
    let permissions = permissions.filter(|permission| role.permissions.contains(&permission.key));
    let permissions: Vec<Value> = permissions.map(show_permission).collect();
    json!({
        "object": "role",
        "id": role.id,
        "name": role.name,
        "key": role.key,
        "description": role.description,
        "is_creator_eligible": role.creator_eligible,
        "permissions": permissions,
        "created_at": millis(role.created),
        "updated_at": millis(role.created),
    })
}

fn all_permissions(world: &World) -> Vec<Entry<'_>> {
    let entries = world.catalogue.permissions.iter().map(|each| Entry {
        id: &each.id,
        key: &each.key,
        name: &each.name,
        created: each.created,
        shown: show_permission(each),
    });
    entries.collect()
}

fn show_permission(permission: &Permission) -> Value {
    json!({
        "object": "permission",
        "id": permission.id,
        "name": permission.name,
        "key": permission.key,
        "description": permission.description,
        "type": permission.origin,
        "created_at": millis(permission.created),
        "updated_at": millis(permission.created),
    })
}

fn all_role_sets(world: &World) -> Vec<Entry<'_>> {
    let entries = world.catalogue.role_sets.iter().map(|set| Entry {
        id: &set.id,
        key: &set.key,
        name: &set.name,
        created: set.created,
        shown: show_role_set(world, set),
    });
    entries.collect()
}

fn show_role_set(world: &World, set: &RoleSet) -> Value {
    let item = |key: &String| world.role(Clerk, key).map(show_role_set_item);
    json!({
        "object": "role_set",
        "id": set.id,
        "name": set.name,
        "key": set.key,
        "description": set.description,
        "roles": set.roles.iter().filter_map(item).collect::<Vec<_>>(),
        "default_role": set.default_role.as_ref().and_then(item),
        "creator_role": set.creator_role.as_ref().and_then(item),
        "type": set.origin,
        "role_set_migration": null,
        "created_at": millis(set.created),
        "updated_at": millis(set.created),
    })
}

fn show_role_set_item(role: &Role) -> Value {
    json!({
        "object": "role_set_item",
        "id": role.id,
        "name": role.name,
        "key": role.key,
        "description": role.description,
        "created_at": millis(role.created),
        "updated_at": millis(role.created),
    })
}
