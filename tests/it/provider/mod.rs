//! Tests of the providers, mirroring `src/provider`.

mod clerk;
mod http;
mod vulos;
