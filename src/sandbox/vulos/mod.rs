//! Vulos Identity's face: the organization API and the profile API under `/api/v1`, userinfo, and the
//! issuer of tokens.
//!
//! This file knows which path is which call. Where the service's reference is silent, the face takes
//! the course that is harder for a client: PUTs that are repeated happen again, the last `SuperAdmin`
//! may go, what is refused is refused with 400, and everybody may leave. Without a catalogue of
//! roles and a list of invites it has neither.

mod body;
mod call;
mod fields;
mod identity;
mod issuer;
mod level;
mod members;
mod orgs;
mod profiles;
mod refusal;
mod roles;
mod wire;

use super::exchange::{Reply, Request};
use super::world::World;
use call::Call;
use refusal::{Answer, Refusal};

/// Answers one request as Vulos Identity does.
pub(super) fn answer(world: &mut World, request: &Request) -> Reply {
    route(world, request).unwrap_or_else(|refusal| refusal.reply(world.serial()))
}

fn route(world: &mut World, request: &Request) -> Answer {
    let verb = request.method.as_str();
    let path = request.segments();
    if path == [".well-known", "openid-configuration"] {
        return reading(verb).map(|()| identity::discovery(request));
    }
    match (verb, path.as_slice()) {
        ("GET", ["connect", "authorize"]) => return issuer::authorize(world, request),
        ("POST", ["connect", "token"]) => return Ok(issuer::token(world, request)),
        (_, ["connect", "authorize" | "token"]) => return Err(Refusal::WrongVerb),
        _ => {}
    }
    let mut call = Call::begin(world, request)?;
    match path.as_slice() {
        ["connect", "userinfo"] => reading(verb).and_then(|()| identity::userinfo(&call)),
        ["api", "v1", "profile", path @ ..] => profile(&call, verb, path),
        ["api", "v1", "organization", path @ ..] => organization(&mut call, verb, path),
        _ => Err(Refusal::NoSuchPath),
    }
}

fn profile(call: &Call, verb: &str, path: &[&str]) -> Answer {
    reading(verb)?;
    match path {
        ["organization", "search", search] => profiles::search(call, [search, "10", "0"]),
        ["organization", "search", search, amount] => profiles::search(call, [search, amount, "0"]),
        ["organization", "search", search, amount, offset] => {
            profiles::search(call, [search, amount, offset])
        }
        ["organization", org] => profiles::org(call, org),
        [user] => profiles::user(call, user),
        _ => Err(Refusal::NoSuchPath),
    }
}

fn organization(call: &mut Call, verb: &str, path: &[&str]) -> Answer {
    call.needs("organization:manage")?;
    match (verb, path) {
        ("GET", ["list"]) => Ok(orgs::list(call)),
        ("PUT", ["create"]) => orgs::create(call),
        ("GET", [org]) => orgs::show(call, org),
        ("PUT", [org, "update"]) => orgs::update(call, org),
        ("DELETE", [org, "delete"]) => orgs::delete(call, org),
        ("PUT", [org, "invite", email]) => members::invite(call, org, email),
        ("GET", [org, member]) => members::show(call, org, member),
        ("DELETE", [org, member, "delete"]) => members::remove(call, org, member),
        ("GET", [org, member, "role", "list"]) => roles::list(call, org, member),
        ("PUT", [org, member, "role", "create"]) => roles::give(call, org, member),
        ("DELETE", [org, member, "role", role, "delete"]) => roles::take(call, [org, member, role]),
        _ if is_known(path) => Err(Refusal::WrongVerb),
        _ => Err(Refusal::NoSuchPath),
    }
}

/// Whether there is a call with this path, whatever its verb.
fn is_known(path: &[&str]) -> bool {
    matches!(
        path,
        [_] | [_, _]
            | [_, "invite", _]
            | [_, _, "delete"]
            | [_, _, "role", "list" | "create"]
            | [_, _, "role", _, "delete"]
    )
}

fn reading(verb: &str) -> Result<(), Refusal> {
    (verb == "GET").then_some(()).ok_or(Refusal::WrongVerb)
}
