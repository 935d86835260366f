//! Tests of the command line, mirroring `src/cli`.

mod command;
mod config;
mod console;
mod doctor;
mod errors;
mod look;
mod profile;
mod sandbox;
mod sign_in;
mod trace;
