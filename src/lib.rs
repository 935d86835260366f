//! orgdeck: one terminal console for every organization a person administers.
//!
//! Everything that happens is a value. Facts ([`app::Msg`]) go into a pure [`app::update`], orders
//! ([`app::Effect`]) come out, one runtime carries them out:
//!
//! ```text
//!  tty ── terminal ──> Key ──> app::update(model, now, msg) ──> Effects ──> runtime ──> provider (reads)
//!                                       │        ^                             │
//!                                     Model      └───────── Msg ───────────────┤
//!                                       │                                      └──> gate (writes)
//!                                     view ──> cells ──> one write a frame            │
//!                                                                                  journal
//! ```
//!
//! | module | owns |
//! | --- | --- |
//! | [`domain`] | plain values: organizations, members, invites, verbs (table 1), queries, wishes, plans, outcomes, foreign text, secrets |
//! | [`job`] | pure machines: loading a list, ordering it, carrying a plan out |
//! | [`app`] | the pure core: state, actions (table 2), what keys do, where answers belong |
//! | [`view`] | drawing the model; decides nothing |
//! | [`provider`] | the services, each behind the same four functions, and the transport under them |
//! | [`gate`] | the only door for writes: prepare, consent, carry, settle |
//! | [`journal`] | what was going to be sent, and what came of it |
//! | [`runtime`] | the loop, and carrying effects out |
//! | [`terminal`] | the local terminal: keys in, frames out, modes put back |
//! | [`config`], [`auth`], [`files`] | settings, where secrets come from, the file system |
//! | [`rig`] | a console without a terminal: keys in, screens out, for snapshots and tests |
//! | [`cache`] | names that were read, for completions |
//! | [`cli`] | the command line |
//! | [`sandbox`] | a loopback emulator of the three services, written from their contracts alone |
//!
//! Who may import whom is held by `tests/it/architecture`.

#[cfg(not(unix))]
compile_error!("orgdeck runs on Linux and macOS; on Windows, run it in the Linux subsystem");

pub mod app;
pub mod auth;
pub mod cache;
pub mod cli;
pub mod config;
pub mod domain;
pub mod files;
pub mod gate;
pub mod job;
pub mod journal;
pub mod provider;
pub mod rig;
pub mod runtime;
pub mod sandbox;
pub mod terminal;
pub mod view;
