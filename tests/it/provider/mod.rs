//! Tests of the services' adapters, mirroring `src/provider`.

mod clerk;
