//! Reads: every verb that changes nothing, each a question whose answers become records.

mod drain;
pub(super) mod list;
mod lists;
mod one;

use super::args::Listing;
use super::complaint::Halt;
use super::desk::Desk;
use super::rows::{self, Kind, Sink, View};

pub(super) use lists::{invites, members, memberships, orgs, roles, users, whoami};
pub(super) use one::{member, metadata, org};

/// What is wanted of a kind of records, and where they go.
fn wanted(desk: &Desk, kind: &'static Kind, listing: &Listing) -> Result<(View, Sink), Halt> {
    rows::wanted(kind, listing, desk.clock.now().wall)
}
