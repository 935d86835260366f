//! Tests of the adapters, mirroring `src/provider`.

mod balena;
