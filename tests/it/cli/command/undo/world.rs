//! What of the world a person would call the same: everything but ids, links and times.

use std::fmt::Write as _;

use orgdeck::sandbox::Service;
use orgdeck::sandbox::world::{Invite, InviteState, Member, Org, World};

/// All organizations of a service with who is in them and who is invited.
pub(super) fn of(world: &World, service: Service) -> String {
    let mut all: Vec<String> = world
        .orgs(service)
        .map(|org| organization(world, org))
        .collect();
    all.sort();
    all.join("\n")
}

fn organization(world: &World, org: &Org) -> String {
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let logo = org
        .logo
        .as_ref()
        .map(|logo| (&logo.content_type, &logo.bytes));
    let mut text = format!("{} {:?}\n", org.name, org.slug);
    let company = (filled(&org.company.name), filled(&org.company.industry));
    let _ = writeln!(
        text,
        "  {:?} {company:?} {:?}",
        filled(&org.website),
        org.postal
    );
    let _ = writeln!(
        text,
        "  {:?} {:?} {logo:?}",
        org.policy, org.metadata.public
    );
    let mut members: Vec<String> = world
        .members_of(org.key)
        .map(|one| member(world, one))
        .collect();
    members.sort();
    let open = |invite: &&Invite| invite.state_at(world.now()) == InviteState::Pending;
    let mut invites: Vec<String> = world.invites_of(org.key).filter(open).map(invite).collect();
    invites.sort();
    text + &members.concat() + &invites.concat()
}

fn member(world: &World, member: &Member) -> String {
    let person = world.person(member.person).unwrap();
    let mut roles: Vec<&str> = member.roles.iter().map(|held| held.role.as_str()).collect();
    roles.sort_unstable();
    format!(
        "  member {:?} {roles:?} {:?}\n",
        person.username, member.metadata.public
    )
}

fn invite(invite: &Invite) -> String {
    format!(
        "  invite {} {:?} {:?} {:?} {:?}\n",
        invite.email, invite.role, invite.message, invite.redirect_url, invite.metadata.public
    )
}
