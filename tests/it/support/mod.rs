//! What tests share: stand-ins, servers that misbehave on purpose, and the way to a permit.

pub(crate) mod can;
pub(crate) mod consent;
pub(crate) mod fake;
pub(crate) mod forms;
pub(crate) mod h2;
pub(crate) mod harmless;
pub(crate) mod link;
pub(crate) mod odd;
pub(crate) mod past;
pub(crate) mod permit;
pub(crate) mod plan;
pub(crate) mod program;
pub(crate) mod pty;
pub(crate) mod raw;
pub(crate) mod rig;
pub(crate) mod screen;
pub(crate) mod sight;
pub(crate) mod tls;
pub(crate) mod wire;
pub(crate) mod world;
