//! Tests of the providers, mirroring `src/provider`.

mod balena;
mod clerk;
mod http;
mod json;
mod vulos;
