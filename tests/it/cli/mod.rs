//! Tests of the command line, mirroring `src/cli`.

mod args;
mod canary;
pub(crate) mod command;
mod completions;
mod config;
mod console;
mod crash;
mod doctor;
mod errors;
mod examples;
mod keys;
mod look;
mod man;
mod profile;
mod sandbox;
mod sign_in;
mod snapshot;
mod trace;
