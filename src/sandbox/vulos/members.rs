//! Calls on members: show, remove, invite.
//!
//! Everybody may end their own membership. Whoever is a member cannot be invited; everybody else can,
//! as often as somebody asks: each time is a mail, and none can be listed or taken back.

use email_address::{EmailAddress, Options};

use super::call::{Call, Seat};
use super::level::Level;
use super::refusal::{Answer, Refusal};
use super::wire;
use crate::sandbox::exchange::{Reply, decode};

pub(super) fn show(call: &Call, org: &str, member: &str) -> Answer {
    let seat = call.seat(org)?;
    let member = call.member(&seat, member)?;
    Ok(Reply::json(200, &wire::member(call.world, member)))
}

pub(super) fn remove(call: &mut Call, org: &str, member: &str) -> Answer {
    let seat = call.seat(org)?;
    let member = call.member(&seat, member)?;
    if !seat.is_own(member) {
        seat.needs(Level::Moderator)?;
        seat.outranks(member)?;
    }
    let key = member.key;
    call.world.remove_member(key);
    Ok(wire::success("The member was removed"))
}

pub(super) fn invite(call: &mut Call, org: &str, email: &str) -> Answer {
    let seat = call.seat(org)?;
    seat.needs(Level::Moderator)?;
    let email = decode(email);
    if !is_address(&email) {
        return Err(Refusal::new("E_EMAIL", "This is no e-mail address"));
    }
    if is_member(call, &seat, &email) {
        return Err(Refusal::new("E_MEMBER", "This person is a member already"));
    }
    let inviter = Some(call.caller.key);
    call.world
        .add_invite(seat.org, &email, |invite| invite.inviter = inviter);
    Ok(wire::success("The invitation was sent"))
}

fn is_address(text: &str) -> bool {
    let plain = Options::default().without_display_text();
    EmailAddress::parse_with_options(text, plain).is_ok()
}

fn is_member(call: &Call, seat: &Seat, email: &str) -> bool {
    let person = call.world.person_by_email(email);
    person.is_some_and(|person| call.world.membership(seat.org, person.key).is_some())
}
