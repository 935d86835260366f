//! Writes: which of them there are, whom they may touch, and what answers them.

use super::model::Resource;
use super::query::Query;
use super::read::Writer;
use super::record::Record;
use super::refusal::Refusal;
use super::syntax::Part;
use super::view::{Caller, View};
use super::{invites, members, orgs};
use crate::sandbox::Service;
use crate::sandbox::exchange::{Reply, Request};
use crate::sandbox::world::{Key, World};

/// Carries out one write.
pub(super) fn write(
    world: &mut World,
    caller: Caller,
    request: &Request,
    query: &Query,
) -> Result<Reply, Refusal> {
    if query.part == Part::Count || (request.method == "POST" && query.keyed) {
        return Err(Refusal::Malformed);
    }
    let asked = (caller, request, query);
    match (request.method.as_str(), query.resource) {
        ("POST", Resource::Organization) => orgs::create(world, asked),
        ("PATCH", Resource::Organization) => orgs::change(world, asked),
        ("DELETE", Resource::Organization) => orgs::remove(world, asked),
        ("POST", Resource::Membership) => members::create(world, asked),
        ("PATCH", Resource::Membership) => members::change(world, asked),
        ("DELETE", Resource::Membership) => members::remove(world, asked),
        ("POST", Resource::Invite) => invites::create(world, asked),
        ("DELETE", Resource::Invite) => invites::revoke(world, asked),
        ("PUT", _) => Err(Refusal::NotPlayed),
        _ => Err(Refusal::Unauthorized),
    }
}

/// Who asks for a write, in which words, and of what.
pub(super) type Asked<'a> = (Caller, &'a Request, &'a Query);

/// The records that a write meets: those that its key or filter finds and that the caller may touch.
///
/// One that was named but may not be touched is refused; one that is not there is passed over.
pub(super) fn targets(
    view: View<'_>,
    query: &Query,
    may: impl Fn(&Record<'_>) -> bool,
) -> Result<Vec<Key>, Refusal> {
    let mut records = view.fulfilling(query.resource, &query.filter);
    if query.keyed && !records.iter().all(&may) {
        return Err(Refusal::Unauthorized);
    }
    records.retain(may);
    let keys = records
        .iter()
        .map(|record| Key::new(Service::Balena, record.id()));
    Ok(keys.collect())
}

/// The answer to a change or a removal, whatever it met.
pub(super) fn done() -> Reply {
    Reply::empty(200)
}

/// The answer to a creation: the bare record and where it is.
pub(super) fn created(world: &World, (caller, request, query): Asked<'_>, key: Key) -> Reply {
    let (resource, id) = (query.resource, key.number);
    let view = View { world, caller };
    let origin = request.origin();
    let writer = Writer {
        view,
        origin: &origin,
    };
    let record = view.with_id(resource, id).map(|record| writer.bare(record));
    let version = request.segments()[0];
    let location = format!("/{version}/{}(@id)?@id={id}", resource.name());
    Reply::json(201, &record).header("location", location)
}
