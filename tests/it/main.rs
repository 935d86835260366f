//! The one integration test crate; it mirrors `src` file by file.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails by panicking"
)]
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test names the case it is about; every other one fails it"
)]

mod app;
mod architecture;
mod auth;
mod cache;
mod cli;
mod config;
mod domain;
mod e2e;
mod files;
mod gate;
mod job;
mod journal;
mod provider;
mod readme;
mod reliability;
mod rig;
mod runtime;
mod sandbox;
mod support;
mod terminal;
mod view;
mod walk;
