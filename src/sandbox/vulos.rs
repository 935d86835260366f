//! Vulos Identity's face: the organization API under `/api/v1` and the userinfo endpoint.

use super::Service;
use super::exchange::{Reply, Request};
use super::world::World;

/// Answers one request as Vulos Identity does.
pub(super) fn answer(world: &mut World, request: &Request) -> Reply {
    if world.caller(Service::Vulos, request.bearer()).is_none() {
        return Reply::empty(401);
    }
    Reply::empty(404).unknown_route()
}
