//! Organizations: listing, creating, reading, changing, deleting.

use serde_json::{Value, json};

use super::attributes::Attributes;
use super::form::Form;
use super::listing::Rank;
use super::query::Query;
use super::refusal::Refusal;
use super::rules::{self, CHANGES};
use super::{Call, Replied, show};
use crate::sandbox::Service::Clerk;
use crate::sandbox::world::{Key, Org, PersonKey, World};

/// From this version on, metadata has calls of its own and is refused here.
const METADATA_APART: &str = "2026-05-12";

/// `GET /v1/organizations`
pub(super) fn list(world: &World, call: &Call) -> Replied {
    let query = &call.query;
    let window = query.window()?;
    let order = query.order(&["name", "created_at", "members_count"])?;
    let extras = Extras::read(query)?;
    let (ids, users) = (query.signed("organization_id")?, query.signed("user_id")?);
    let text = query.first("query").map(str::to_lowercase);
    let wanted = |org: &&Org| {
        let has_member = |user: &str| {
            let person = world.find_person(Clerk, user);
            person.is_some_and(|person| world.membership(org.key, person.key).is_some())
        };
        let has_text = |text: &String| is_found_by(world, org, text);
        ids.wants(|id| id == org.id) && users.wants(has_member) && text.iter().all(has_text)
    };
    let mut rows: Vec<&Org> = world.orgs(Clerk).filter(wanted).collect();
    order.arrange(&mut rows, |org, field| match field {
        "name" => Rank::text(Some(&org.name)),
        "members_count" => Rank::Count(world.member_count(org.key)),
        _ => Rank::moment(org.created),
    });
    Ok(window.page(&rows, |org| extras.show(world, org)))
}

/// Ids are matched whole, names and slugs in part.
fn is_found_by(world: &World, org: &Org, text: &str) -> bool {
    org.id.to_lowercase() == text
        || org.name.to_lowercase().contains(text)
        || show::slug(world, org).contains(text)
}

/// What is told of an organization on request only.
struct Extras {
    counts: bool,
    missing_member: bool,
}

impl Extras {
    fn read(query: &Query) -> Result<Self, Refusal> {
        let missing_member = "include_missing_member_with_elevated_permissions";
        Ok(Self {
            counts: query.flag("include_members_count")?.unwrap_or_default(),
            missing_member: query.flag(missing_member)?.unwrap_or_default(),
        })
    }

    fn show(&self, world: &World, org: &Org) -> Value {
        let mut shown = show::organization(world, org);
        if self.counts {
            shown["members_count"] = json!(world.member_count(org.key));
            shown["pending_invitations_count"] = json!(world.pending_count(org.key));
        }
        if self.missing_member {
            let mut members = world.members_of(org.key);
            let run = members.any(|member| rules::runs_organizations(world, member.role()));
            shown["missing_member_with_elevated_permissions"] = json!(!run);
        }
        shown
    }
}

/// `GET /v1/organizations/{id or slug}`
pub(super) fn get(world: &World, call: &Call, id: &str) -> Replied {
    let extras = Extras::read(&call.query)?;
    let slugs = world.settings.slugs_enabled;
    let by_slug = || world.org_by_slug(Clerk, id).filter(|_| slugs);
    let org = world.find_org(Clerk, id).or_else(by_slug);
    let org = org.ok_or_else(|| Refusal::missing("organization", id))?;
    Ok(show::reply(&extras.show(world, org)))
}

/// `POST /v1/organizations`
pub(super) fn create(world: &mut World, call: &Call) -> Replied {
    let mut form = Form::read(call.request)?;
    form.need("name");
    let mut wanted = Attributes::read(&mut form);
    wanted.read_metadata(&mut form);
    let creator = form.text("created_by");
    form.done()?;
    wanted.check(world, None)?;
    let creator = creator.map(|id| creator_with(world, &id)).transpose()?;
    let key = world.add_org(Clerk, |org| {
        org.created_by = creator;
        wanted.write(org);
    });
    if let Some(creator) = creator {
        let role = creator_role(world, key);
        world.add_member(key, creator, &[&role]);
    }
    Ok(show::kept_organization(world, key))
}

fn creator_with(world: &World, id: &str) -> Result<PersonKey, Refusal> {
    let person = world.find_person(Clerk, id).map(|person| person.key);
    let message = format!("No user was found with id {id}");
    person.ok_or_else(|| Refusal::new(400, "organization_creator_not_found", message))
}

fn creator_role(world: &World, org: Key) -> String {
    let set = world.org(org).and_then(|org| rules::role_set(world, org));
    let role = set.and_then(|set| set.creator_role.as_ref());
    role.unwrap_or(&world.settings.creator_role).clone()
}

/// `PATCH /v1/organizations/{id}`
pub(super) fn change(world: &mut World, call: &Call, id: &str) -> Replied {
    rules::pace(world, &format!("change {id}"), CHANGES)?;
    let key = rules::organization(world, id)?.key;
    let mut form = Form::read(call.request)?;
    let mut wanted = Attributes::read(&mut form);
    wanted.read_admin_delete(&mut form);
    if call.version < METADATA_APART {
        wanted.read_metadata(&mut form);
    }
    form.done()?;
    wanted.check(world, Some(key))?;
    world.edit_org(key, |org| wanted.write(org));
    Ok(show::kept_organization(world, key))
}

/// `DELETE /v1/organizations/{id}`
pub(super) fn remove(world: &mut World, id: &str) -> Replied {
    let key = rules::organization(world, id)?.key;
    let org = world.remove_org(key);
    let org = org.ok_or_else(|| Refusal::missing("organization", id))?;
    Ok(show::reply(&json!({
        "object": "organization",
        "id": org.id,
        "slug": show::slug(world, &org),
        "deleted": true,
    })))
}
