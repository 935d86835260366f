//! balena's face: the OData resources under `/v7`, whoami, sessions and accepting an invite.
//!
//! A small engine of its own answers the OData requests: `syntax` reads them, `check` refuses what
//! the real engine chokes on, `view` and `eval` find the records, `read` writes them out, and
//! `orgs`, `members` and `invites` change them by the service's rules. Which of balena's two servers
//! is played, the cloud or openBalena, is a setting of the world.

mod body;
mod check;
mod eval;
mod invites;
pub(super) mod jwt;
mod members;
mod model;
mod orgs;
mod query;
mod read;
mod record;
mod refusal;
mod session;
mod syntax;
mod view;
mod write;

use super::Service;
use super::exchange::{Reply, Request, decode};
use super::world::{BalenaKind, Principal, SecondFactor, World};
use query::Query;
use read::Writer;
use refusal::Refusal;
use view::{Caller, View};

/// The permission that openBalena's stock role lacks; one of its scopes widens a caller.
const WIDENED: &str = "organization.all";

/// Answers one request as balena does.
pub(super) fn answer(world: &mut World, request: &Request) -> Reply {
    match (request.method.as_str(), request.segments().as_slice()) {
        ("OPTIONS", _) => Reply::empty(200),
        ("GET", ["ping"]) => Reply::text(200, "OK"),
        ("POST", ["login_"]) => session::login(world, request),
        ("GET", ["files", "organization", org, "logo_image", _]) => logo(world, request, org),
        (_, ["v6" | "v7", rest @ ..]) => resource(world, request, rest),
        (_, segments) => known_caller(world, request, segments),
    }
}

/// The paths beside the resources, all of which need a token.
fn known_caller(world: &mut World, request: &Request, segments: &[&str]) -> Reply {
    let token = session::token(request).unwrap_or_default();
    let Some(principal) = world.caller(Service::Balena, Some(&token)).cloned() else {
        return Reply::empty(401);
    };
    match (request.method.as_str(), segments) {
        ("GET", ["actor", "v1", "whoami"]) => session::whoami(world, &principal),
        ("GET", ["user", "v1", "refresh-token"]) => session::refresh(world, &token, &principal),
        ("POST", ["api-key", "user", "full"]) => session::make_key(world, request, &principal),
        ("POST", ["auth", "totp", "verify"]) => session::verify(world, request, &principal),
        ("POST", ["org", "v1", "invitation", token @ ..]) => {
            accept(world, request, &principal, &decode(&token.join("/")))
        }
        _ => Reply::empty(404).unknown_route(),
    }
}

fn accept(world: &mut World, request: &Request, principal: &Principal, token: &str) -> Reply {
    if world.settings.balena == BalenaKind::Open {
        return Reply::empty(404);
    }
    let accepted = match caller(principal) {
        Some(caller) => invites::accept(world, caller, token),
        None => Err(Refusal::Unauthorized),
    };
    accepted.unwrap_or_else(|refusal| refusal.reply(request))
}

/// A picture is kept elsewhere, where the address is the permission and a token is an error.
fn logo(world: &World, request: &Request, org: &str) -> Reply {
    if request.header("authorization").is_some() {
        return Reply::empty(400);
    }
    let org = world.find_org(Service::Balena, org);
    match org.and_then(|org| org.logo.as_ref()) {
        Some(logo) => Reply::bytes(200, &logo.content_type, logo.bytes.clone()),
        None => Reply::empty(404),
    }
}

/// Who may use the resources: people whose session is whole.
fn caller(principal: &Principal) -> Option<Caller> {
    let whole = principal.second_factor != SecondFactor::Missing;
    let person = principal.person().filter(|_| whole)?;
    let widened = principal.scopes.iter().any(|scope| scope == WIDENED);
    Some(Caller { person, widened })
}

fn resource(world: &mut World, request: &Request, segments: &[&str]) -> Reply {
    let token = session::token(request);
    let principal = world.caller(Service::Balena, token.as_deref());
    let answered = match principal.and_then(caller) {
        Some(caller) => operate(world, caller, request, segments),
        None => Err(Refusal::Unauthorized),
    };
    match answered {
        // A body that is no JSON does not get as far as the engine.
        Err(Refusal::Unreadable) => Refusal::Unreadable.reply(request),
        answered => {
            let reply = answered.unwrap_or_else(|refusal| refusal.reply(request));
            reply.header("cache-control", "no-cache")
        }
    }
}

fn operate(
    world: &mut World,
    caller: Caller,
    request: &Request,
    segments: &[&str],
) -> Result<Reply, Refusal> {
    let query = Query::parse(world.settings.balena, request, segments)?;
    match request.method.as_str() {
        "GET" => {
            let origin = request.origin();
            let view = View { world, caller };
            let writer = Writer {
                view,
                origin: &origin,
            };
            Ok(writer.answer(&query))
        }
        "HEAD" => Err(Refusal::Broken),
        _ => write::write(world, caller, request, &query),
    }
}
