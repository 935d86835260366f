//! orgdeck: one terminal console for every organization a person administers.
//!
//! Everything that happens is a value. Facts ([`app::Msg`]) go into a pure `update`, orders
//! ([`app::Effect`]) come out, one runtime carries them out:
//!
//! ```text
//! terminal -> Key -> app::update -> Effects -> runtime -> provider / gate -> Msg -> app::update
//!                        |
//!                      Model -> view -> frame
//! ```

#[cfg(not(unix))]
compile_error!("orgdeck runs on Linux and macOS; on Windows, run it in the Linux subsystem");

pub mod app;
pub mod auth;
pub mod cli;
pub mod config;
pub mod domain;
pub mod files;
pub mod gate;
pub mod job;
pub mod journal;
pub mod provider;
pub mod runtime;
pub mod sandbox;
pub mod terminal;
pub mod view;
