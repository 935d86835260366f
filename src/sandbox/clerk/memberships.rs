//! Memberships: of one organization and of the whole instance, adding, changing, ending.

use super::form::Form;
use super::listing::Rank;
use super::people::{self, Wanted};
use super::rules::{self, CHANGES};
use super::{Call, Replied, show};
use crate::sandbox::Service::Clerk;
use crate::sandbox::world::{Member, World};

const ORDERS: [&str; 6] = [
    "created_at",
    "email_address",
    "first_name",
    "last_name",
    "username",
    "phone_number",
];

/// `GET /v1/organizations/{id}/memberships`
pub(super) fn list(world: &World, call: &Call, id: &str) -> Replied {
    let org = rules::organization(world, id)?;
    let wanted = Wanted::read(&call.query)?;
    let roles = call.query.all("role")?;
    let has_role =
        |member: &&Member| roles.is_empty() || roles.iter().any(|role| role == member.role());
    let fits = |member: &&Member| {
        let person = world.person(member.person);
        person.is_some_and(|person| wanted.fits(person))
    };
    let rows = world.members_of(org.key).filter(has_role);
    // Looking at every person of a large organization takes longer than all the rest.
    if wanted == Wanted::default() {
        return page(world, call, rows.collect());
    }
    page(world, call, rows.filter(fits).collect())
}

/// `GET /v1/organization_memberships`
pub(super) fn list_all(world: &World, call: &Call, _: &str) -> Replied {
    page(world, call, world.members(Clerk).collect())
}

fn page(world: &World, call: &Call, mut rows: Vec<&Member>) -> Replied {
    let (window, order) = (call.query.window()?, call.query.order(&ORDERS)?);
    order.arrange(&mut rows, |member, field| {
        if field == "created_at" {
            return Rank::moment(member.created);
        }
        let person = world.person(member.person);
        person.map_or(Rank::Nothing, |person| people::rank(person, field))
    });
    Ok(window.page(&rows, |member| show::membership(world, member)))
}

/// `POST /v1/organizations/{id}/memberships`
pub(super) fn create(world: &mut World, call: &Call, id: &str) -> Replied {
    let org = rules::organization(world, id)?;
    let mut form = Form::read(call.request)?;
    let user = form.needed_text("user_id");
    let role = rules::needed_role(&mut form, world, org);
    let public = form.object("public_metadata").unwrap_or_default();
    let private = form.object("private_metadata").unwrap_or_default();
    form.done()?;
    let person = rules::user(world, &user)?.key;
    rules::is_no_member(world, org, person)?;
    rules::room_for(world, org, 1)?;
    let added = world.add_member(org.key, person, &[&role]);
    let key = added.expect("both are there, and were apart");
    world.edit_member(key, |member| {
        member.metadata.public = public;
        member.metadata.private = private;
    });
    Ok(show::kept_membership(world, key))
}

/// `PATCH /v1/organizations/{id}/memberships/{user}`
pub(super) fn change(world: &mut World, call: &Call, ids: (&str, &str)) -> Replied {
    let (org, user) = ids;
    rules::pace(world, &format!("change {org} {user}"), CHANGES)?;
    let org = rules::organization(world, org)?;
    let member = rules::membership(world, ids)?;
    let mut form = Form::read(call.request)?;
    let role = rules::needed_role(&mut form, world, org);
    form.done()?;
    if !rules::runs_organizations(world, &role) {
        rules::others_run_it(world, member)?;
    }
    let key = member.key;
    world.set_role(key, &role);
    Ok(show::kept_membership(world, key))
}

/// `DELETE /v1/organizations/{id}/memberships/{user}`
pub(super) fn remove(world: &mut World, ids: (&str, &str)) -> Replied {
    let member = rules::membership(world, ids)?;
    rules::others_run_it(world, member)?;
    let (key, shown) = (member.key, show::membership(world, member));
    world.remove_member(key);
    Ok(show::reply(&shown))
}
