//! Tests of the providers, mirroring `src/provider`.

mod http;
