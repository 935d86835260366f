//! Calls on organizations: list, show, create, update, delete.

use serde_json::Value;

use super::body::Body;
use super::call::Call;
use super::fields::Changes;
use super::level::Level;
use super::refusal::Answer;
use super::wire;
use crate::sandbox::Service::Vulos;
use crate::sandbox::exchange::Reply;

/// The caller's memberships; names are in the details alone.
pub(super) fn list(call: &Call) -> Reply {
    let own = call.world.memberships_of(call.caller.key, Vulos);
    let references = own.map(|member| wire::reference(call.world, member));
    Reply::json(200, &references.collect::<Value>())
}

pub(super) fn show(call: &Call, org: &str) -> Answer {
    let seat = call.seat(org)?;
    let org = call
        .world
        .org(seat.org)
        .expect("a seat is in an organization");
    Ok(Reply::json(200, &wire::org(call.world, org)))
}

/// Two organizations of the same name and registration are two organizations.
pub(super) fn create(call: &mut Call) -> Answer {
    let changes = Changes::complete(&Body::read(call)?)?;
    let creator = call.caller.key;
    let org = call.world.add_org(Vulos, |org| {
        org.created_by = Some(creator);
        changes.write(org);
    });
    let member = call.world.add_member(org, creator, &["SuperAdmin"]);
    let member = member.and_then(|member| call.world.member(member));
    let member = member.expect("a new organization takes its first member");
    Ok(Reply::json(200, &wire::reference(call.world, member)))
}

pub(super) fn update(call: &mut Call, org: &str) -> Answer {
    let seat = call.seat(org)?;
    seat.needs(Level::Admin)?;
    let changes = Changes::partial(&Body::read(call)?)?;
    call.world.edit_org(seat.org, |org| changes.write(org));
    Ok(wire::success("Organization details were updated"))
}

/// Memberships and invites go with it.
pub(super) fn delete(call: &mut Call, org: &str) -> Answer {
    let seat = call.seat(org)?;
    seat.needs(Level::SuperAdmin)?;
    call.world.remove_org(seat.org);
    Ok(wire::success("The organization was deleted"))
}
