//! Tests of the core: state in, keys in, effects out.

mod action;
mod acts;
mod form;
mod invites;
mod lists;
mod orgs;
mod place;
mod program;
mod safety;
mod silent;
mod write;
