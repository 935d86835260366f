//! balena's face: the OData resources under `/v7`, whoami, refresh and accepting an invite.

use super::Service;
use super::exchange::{Reply, Request};
use super::world::World;

/// Answers one request as balena does.
pub(super) fn answer(world: &mut World, request: &Request) -> Reply {
    if world.caller(Service::Balena, request.bearer()).is_none() {
        return Reply::empty(401);
    }
    Reply::empty(404).unknown_route()
}
