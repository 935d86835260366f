//! Tests of the balena adapter over a scripted server, mirroring `src/provider/balena`.

mod ask;
mod capabilities;
mod changes;
mod errors;
mod faults;
mod invites;
mod members;
mod odata;
mod orgs;
mod page;
mod plan;
mod raw;
mod records;
mod roles;
mod sandbox;
mod script;
mod session;
mod stage;
mod wire;
mod write;
