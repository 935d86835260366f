//! Tests of the providers, mirroring `src/provider`.

mod balena;
mod http;
