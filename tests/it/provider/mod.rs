//! Tests of the providers, mirroring `src/provider`.

mod balena;
mod clerk;
mod contract;
mod http;
mod json;
mod vulos;
