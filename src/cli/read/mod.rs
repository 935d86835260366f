//! Reads: every verb that changes nothing, each a question whose answers become records.

mod drain;
pub(super) mod list;
mod lists;
mod one;

use super::args::Listing;
use super::complaint::Halt;
use super::desk::Desk;
use super::rows::{Kind, Sink, View};
use crate::files::Over;

pub(super) use lists::{invites, members, memberships, orgs, roles, users, whoami};
pub(super) use one::{member, metadata, org};

/// What is wanted of a kind of records, and where they go.
fn wanted(desk: &Desk, kind: &'static Kind, listing: &Listing) -> Result<(View, Sink), Halt> {
    let view = View::of(listing, kind, desk.clock.now().wall)?;
    let sink = Sink::open(listing.out.as_deref(), over(listing.force))?;
    Ok((view, sink))
}

/// What `--force` says.
fn over(force: bool) -> Over {
    if force { Over::Forced } else { Over::Never }
}
