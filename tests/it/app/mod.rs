//! Tests of the core: state in, keys in, effects out.

mod action;
mod acts;
mod after;
mod asks;
mod bulk;
mod form;
mod idle;
mod interrupted;
mod leaving;
mod invites;
mod journal;
mod lists;
mod many;
mod marks;
mod orgs;
mod palette;
mod person;
mod picker;
mod place;
mod program;
mod roles;
mod safety;
mod silent;
mod sought;
mod tokens;
mod write;
