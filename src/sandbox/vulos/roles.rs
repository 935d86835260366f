//! Calls on the roles of one member: list, give, take.
//!
//! A role is a label of any name; the same name can be held twice, under two ids.

use serde_json::Value;

use super::body::Body;
use super::call::Call;
use super::level::Level;
use super::refusal::{Answer, Refusal};
use super::wire;
use crate::sandbox::exchange::{Reply, decode};
use crate::sandbox::world::Key;

pub(super) fn list(call: &Call, org: &str, member: &str) -> Answer {
    let seat = call.seat(org)?;
    let member = call.member(&seat, member)?;
    let roles: Value = member.roles.iter().map(wire::role).collect();
    Ok(Reply::json(200, &roles))
}

pub(super) fn give(call: &mut Call, org: &str, member: &str) -> Answer {
    let member = governed(call, org, member)?;
    let body = Body::read(call)?;
    let given = call.world.give_role(member, body.required("name")?);
    let given = given.expect("the member was found a moment ago");
    Ok(Reply::json(200, &wire::role(&given)))
}

pub(super) fn take(call: &mut Call, [org, member, role]: [&str; 3]) -> Answer {
    let member = governed(call, org, member)?;
    let taken = call.world.take_role(member, &decode(role));
    taken.ok_or_else(|| Refusal::new("E_ROLE", "The member does not have this role"))?;
    Ok(wire::success("The role was removed"))
}

/// The membership, if the caller may change its roles.
fn governed(call: &Call, org: &str, member: &str) -> Result<Key, Refusal> {
    let seat = call.seat(org)?;
    let member = call.member(&seat, member)?;
    seat.needs(Level::Admin)?;
    seat.outranks(member)?;
    Ok(member.key)
}
