//! Invites: sending, revoking and accepting them. They exist while they wait, and not a moment longer.

use super::body::Body;
use super::members::{MEMBER, PAIR, ROLE, role_numbered};
use super::record::Record;
use super::refusal::Refusal;
use super::view::{Caller, View};
use super::write::{Asked, created, done, targets};
use crate::sandbox::Service;
use crate::sandbox::exchange::Reply;
use crate::sandbox::world::{Key, World};

/// Invites an e-mail address; who names no role offers that of a member.
pub(super) fn create(world: &mut World, asked: Asked<'_>) -> Result<Reply, Refusal> {
    let (caller, request, _) = asked;
    let body = Body::read(request)?;
    let to = "is_invited_to__organization";
    let email = body.text("invitee")?.ok_or(Refusal::Broken)?;
    let org = Key::new(Service::Balena, body.link(to)?.ok_or(Refusal::Broken)?);
    let role = match body.link(ROLE)? {
        Some(number) => role_numbered(world, number)?,
        None => MEMBER.to_owned(),
    };
    let mut message = None;
    body.optional_text("message")?.put(&mut message);
    if !email_address::EmailAddress::is_valid(&email) {
        return Err(Refusal::WrongType);
    }
    if world.org(org).is_none() {
        return Err(Refusal::referenced(to));
    }
    if !(View { world, caller }).administers(org) {
        return Err(Refusal::Unauthorized);
    }
    not_there_yet(world, org, &email)?;
    let invited = world.add_invite(org, &email, |invite| {
        invite.role = Some(role);
        invite.message = message;
        invite.inviter = Some(caller.person);
    });
    let key = invited.ok_or_else(|| Refusal::referenced(to))?;
    Ok(created(world, asked, key))
}

/// Refuses an address that was invited before, or whose owner is a member.
fn not_there_yet(world: &World, org: Key, email: &str) -> Result<(), Refusal> {
    let mut invites = world.invites_of(org);
    if invites.any(|invite| invite.email.eq_ignore_ascii_case(email)) {
        return Err(Refusal::taken(&["invitee", "is_invited_to__organization"]));
    }
    let person = world.person_by_email(email);
    if person.is_some_and(|person| world.membership(org, person.key).is_some()) {
        return Err(Refusal::taken(&PAIR));
    }
    Ok(())
}

/// Withdraws the invites that the request names.
pub(super) fn revoke(world: &mut World, (caller, _, query): Asked<'_>) -> Result<Reply, Refusal> {
    let view = View { world, caller };
    let found = targets(
        view,
        query,
        |record| matches!(record, Record::Invite(invite) if view.administers(invite.org)),
    )?;
    for key in found {
        world.remove_invite(key);
    }
    Ok(done())
}

/// Makes the caller a member of the organization whose invite carried `token`.
pub(super) fn accept(world: &mut World, caller: Caller, token: &str) -> Result<Reply, Refusal> {
    let Some(invite) = world.invite_by_token(Service::Balena, token) else {
        return Ok(Reply::empty(404));
    };
    let (key, org) = (invite.key, invite.org);
    let role = invite.role.clone().unwrap_or_else(|| MEMBER.to_owned());
    let joined = world.add_member(org, caller.person, &[&role]);
    joined.ok_or_else(|| Refusal::taken(&PAIR))?;
    world.remove_invite(key);
    Ok(done())
}
