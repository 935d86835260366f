//! Tests of the command line, mirroring `src/cli`.

mod completions;
mod console;
mod errors;
mod keys;
mod look;
mod man;
mod sandbox;
mod snapshot;
mod trace;
