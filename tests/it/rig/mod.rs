//! Tests of the public rig, mirroring `src/rig`.

mod frame;
mod pictures;
mod script;
mod world;
