//! Clerk's face: the organization endpoints of the Backend API, version 2026-05-12, under `/v1`.
//!
//! This file owns who is let in, the version rule and the table of routes; each part beside it owns
//! the calls on one kind of object. Rules that several parts share are in `rules`, the objects as
//! they look on the wire in `show`, reading queries and bodies in `query` and `form`.

mod attributes;
mod catalogue;
mod form;
mod instance;
mod invitations;
mod inviting;
mod listing;
mod logo;
mod memberships;
mod metadata;
mod organizations;
mod people;
mod query;
mod refusal;
mod rules;
mod show;
mod users;

use serde_json::Value;

use super::Service;
use super::exchange::{Reply, Request, decode};
use super::world::World;
use query::Query;
use refusal::Refusal;

/// What a call leads to.
type Replied = Result<Reply, Refusal>;

/// The versions of the API, oldest first; the first one answers who names none.
const VERSIONS: [&str; 5] = [
    "2021-02-05",
    "2024-10-01",
    "2025-04-10",
    "2025-11-10",
    "2026-05-12",
];

/// A request of somebody who holds the secret key.
struct Call<'a> {
    request: &'a Request,
    query: Query,
    /// One of [`VERSIONS`]; being dates, they compare by age.
    version: &'static str,
}

/// Answers one request as Clerk does.
pub(super) fn answer(world: &mut World, request: &Request) -> Reply {
    if let ("GET", ["img", org, "logo", _]) =
        (request.method.as_str(), request.segments().as_slice())
    {
        return logo::show(world, request, org);
    }
    let trace = format!("{:032x}", world.serial());
    let replied = admit(world, request).and_then(|call| route(world, &call));
    let reply = replied.unwrap_or_else(|refusal| refusal.into_reply(&trace));
    reply.header("x-clerk-trace-id", trace)
}

/// A reply in JSON, whose content type has no parameter: the official client reads no other.
fn json(status: u16, body: &Value) -> Reply {
    Reply::bytes(status, "application/json", body.to_string())
}

fn admit<'a>(world: &World, request: &'a Request) -> Result<Call<'a>, Refusal> {
    let Some(token) = request.bearer() else {
        let rule = "The Authorization header must be: Bearer <YOUR_SECRET_KEY>";
        return Err(Refusal::new(
            401,
            "authorization_header_format_invalid",
            rule,
        ));
    };
    if world.caller(Service::Clerk, Some(token)).is_none() {
        let rule = "The provided Clerk Secret Key is invalid.";
        return Err(Refusal::new(401, "clerk_key_invalid", rule));
    }
    let query = Query::read(request);
    let version = version(request.header("clerk-api-version"), &query)?;
    Ok(Call {
        request,
        query,
        version,
    })
}

fn version(header: Option<&str>, query: &Query) -> Result<&'static str, Refusal> {
    let named = match (header, query.first("__clerk_api_version")) {
        (Some(_), Some(_)) => None,
        (None, None) => Some(VERSIONS[0]),
        (Some(named), None) | (None, Some(named)) => Some(named),
    };
    let known = VERSIONS.into_iter().find(|known| Some(*known) == named);
    known.ok_or_else(|| {
        let rule = "Name one known API version, in the header or in the query, not in both.";
        Refusal::new(400, "malformed_request_parameters", rule)
    })
}

fn route(world: &mut World, call: &Call) -> Replied {
    let path: Vec<String> = call.request.segments().into_iter().map(decode).collect();
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let method = call.request.method.as_str();
    match path.as_slice() {
        ["v1", "instance", rest @ ..] => about_the_instance(world, call, (method, rest)),
        ["v1", "users", rest @ ..] => about_users(world, call, (method, rest)),
        ["v1", "organizations", rest @ ..] => {
            rules::organizations_are_on(world)?;
            about_organizations(world, call, (method, rest))
        }
        ["v1", rest @ ..] => about_all_organizations(world, call, (method, rest)),
        _ => Err(Refusal::unknown_route()),
    }
}

fn about_the_instance(world: &mut World, call: &Call, route: (&str, &[&str])) -> Replied {
    match route {
        ("GET", []) => Ok(instance::get(world)),
        ("GET", ["organization_settings"]) => Ok(instance::settings(world)),
        ("PATCH", ["organization_settings"]) => instance::change_settings(world, call),
        _ => Err(Refusal::unknown_route()),
    }
}

fn about_users(world: &World, call: &Call, route: (&str, &[&str])) -> Replied {
    match route {
        ("GET", []) => users::list(world, call),
        ("GET", ["count"]) => users::count(world, call),
        ("GET", [user]) => users::get(world, user),
        ("GET", [user, "organization_memberships"]) => users::memberships(world, call, user),
        ("GET", [user, "organization_invitations"]) => invitations::list_of_user(world, call, user),
        _ => Err(Refusal::unknown_route()),
    }
}

fn about_organizations(world: &mut World, call: &Call, route: (&str, &[&str])) -> Replied {
    match route {
        ("GET", []) => organizations::list(world, call),
        ("POST", []) => organizations::create(world, call),
        ("GET", [org]) => organizations::get(world, call, org),
        ("PATCH", [org]) => organizations::change(world, call, org),
        ("DELETE", [org]) => organizations::remove(world, org),
        ("PATCH", [org, "metadata"]) => metadata::merge_organization(world, call, org),
        ("PUT", [org, "metadata"]) => metadata::replace_organization(world, call, org),
        ("PUT", [org, "logo"]) => logo::set(world, call, org),
        ("DELETE", [org, "logo"]) => logo::remove(world, org),
        ("GET", [org, "memberships"]) => memberships::list(world, call, org),
        ("POST", [org, "memberships"]) => memberships::create(world, call, org),
        ("PATCH", [org, "memberships", user]) => memberships::change(world, call, (org, user)),
        ("DELETE", [org, "memberships", user]) => memberships::remove(world, (org, user)),
        ("PATCH", [org, "memberships", user, "metadata"]) => {
            metadata::merge_membership(world, call, (org, user))
        }
        ("GET", [org, "invitations"]) => invitations::list(world, call, org),
        ("POST", [org, "invitations"]) => inviting::one(world, call, org),
        ("GET", [org, "invitations", "pending"]) => invitations::pending(world, call, org),
        ("POST", [org, "invitations", "bulk"]) => inviting::several(world, call, org),
        ("GET", [org, "invitations", id]) => invitations::get(world, (org, id)),
        ("POST", [org, "invitations", id, "revoke"]) => invitations::revoke(world, call, (org, id)),
        _ => Err(Refusal::unknown_route()),
    }
}

fn about_all_organizations(world: &World, call: &Call, (method, path): (&str, &[&str])) -> Replied {
    let answer: fn(&World, &Call, &str) -> Replied = match (method, path) {
        ("GET", ["organization_invitations"]) => invitations::list_all,
        ("GET", ["organization_memberships"]) => memberships::list_all,
        ("GET", ["organization_roles"]) => catalogue::roles,
        ("GET", ["organization_roles", _]) => catalogue::role,
        ("GET", ["organization_permissions"]) => catalogue::permissions,
        ("GET", ["organization_permissions", _]) => catalogue::permission,
        ("GET", ["role_sets"]) => catalogue::role_sets,
        ("GET", ["role_sets", _]) => catalogue::role_set,
        _ => return Err(Refusal::unknown_route()),
    };
    rules::organizations_are_on(world)?;
    answer(world, call, path.last().copied().unwrap_or_default())
}
