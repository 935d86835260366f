//! Tests of the cache, mirroring `src/cache`.

mod names;
