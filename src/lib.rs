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

pub mod app;
pub mod domain;
pub mod gate;
pub mod job;
pub mod journal;
pub mod provider;
pub mod sandbox;
pub mod view;
