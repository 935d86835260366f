//! Tests of the command line, mirroring `src/cli`.

mod command;
mod console;
mod errors;
mod look;
mod sandbox;
mod trace;
