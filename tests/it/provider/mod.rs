//! Tests of the providers, mirroring `src/provider`.

mod balena;
mod clerk;
mod contract;
pub(crate) mod http;
mod json;
mod vulos;
