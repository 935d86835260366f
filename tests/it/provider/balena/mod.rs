//! Tests of the balena adapter over a scripted server, mirroring `src/provider/balena`.

mod ask;
mod capabilities;
mod changes;
mod errors;
mod invites;
mod members;
mod odata;
mod orgs;
mod page;
mod plan;
mod raw;
mod records;
mod roles;
mod script;
mod session;
mod stage;
mod wire;
mod write;
