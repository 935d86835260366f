//! What tests share: servers that misbehave on purpose, and the way to a permit.

pub(crate) mod permit;
pub(crate) mod tls;
pub(crate) mod wire;
