//! The screens: what the actions of each pane do. State in, effects out.

pub mod activity;
pub mod acts;
pub mod asks;
pub mod copy;
pub mod invites;
pub mod lists;
pub mod marks;
pub mod members;
pub mod org;
pub mod orgs;
pub mod panes;
pub mod profiles;
pub mod program;
pub mod reload;
pub mod roles;
pub mod sought;
pub mod tokens;
pub mod welcome;
