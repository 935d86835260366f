//! The screens: what the actions of each pane do. State in, effects out.

pub mod activity;
pub mod asks;
pub mod invites;
pub mod lists;
pub mod members;
pub mod org;
pub mod orgs;
pub mod panes;
pub mod program;
pub mod welcome;
