//! Tests of the Clerk adapter, mirroring `src/provider/clerk`.

mod capabilities;
mod drafts;
mod errors;
mod instance;
mod invites;
mod members;
mod names;
mod orgs;
mod ours;
mod pages;
mod plan;
mod proof;
mod raw;
mod records;
mod requests;
mod roles;
mod sandbox;
mod support;
mod users;
mod write;
