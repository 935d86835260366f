//! Tests of the providers, mirroring `src/provider`.

mod clerk;
mod balena;
mod http;
mod vulos;
