//! Running a subcommand: from the words of the command line to the function that does it, until it is done
//! or a signal ends it.

use std::process::ExitCode;

use color_eyre::eyre::Result;
use rustix::process::Signal;

use super::args::{Command, Format, Invite, Listing, Member, Metadata, Org, Profile, Role, User, Whoami};
use super::complaint::{self, Halt};
use super::desk::{Desk, Wanted};
use super::output::{self, Kind};
use super::{exit, read, settings, write};
use crate::domain::Verb;
use crate::terminal::local;

/// The signals that end a subcommand.
const ENDS: &[Signal] = &[Signal::INT, Signal::TERM];

/// Runs a subcommand: its exit code.
///
/// # Errors
/// When there is nothing to run it on.
pub(super) fn run(wanted: Wanted<'_>, command: &Command) -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let code = runtime.block_on(until_told(wanted, command));
    // A prompt that nobody answers any more is not waited for.
    runtime.shutdown_background();
    Ok(ExitCode::from(code))
}

async fn until_told(wanted: Wanted<'_>, command: &Command) -> u8 {
    let heard = match local::ended_by(ENDS) {
        Ok(heard) => heard,
        Err(error) => return ended(Err(error.into()), command),
    };
    if is_write(command) {
        // It listens to signals itself: a request under way is waited for.
        return ended(carried(wanted, command).await, command);
    }
    let result = tokio::select! {
        signal = heard => Err(Halt::Signal(signal)),
        result = carried(wanted, command) => result,
    };
    ended(result, command)
}
