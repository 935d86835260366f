//! Clerk's face: the organization endpoints of the Backend API under `/v1`.

use serde_json::json;

use super::Service;
use super::exchange::{Reply, Request};
use super::world::World;

/// Answers one request as Clerk does.
pub(super) fn answer(world: &mut World, request: &Request) -> Reply {
    if world.caller(Service::Clerk, request.bearer()).is_none() {
        return refusal(
            world,
            401,
            "clerk_key_invalid",
            "The provided Clerk Secret Key is invalid.",
        );
    }
    refusal(world, 404, "resource_not_found", "not found").unknown_route()
}

fn refusal(world: &mut World, status: u16, code: &str, message: &str) -> Reply {
    let trace = format!("{:032x}", world.serial());
    let error = json!({"code": code, "message": message, "long_message": message});
    let body = json!({"errors": [error], "clerk_trace_id": trace});
    Reply::json(status, &body).header("x-clerk-trace-id", trace)
}
