//! `orgdeck doctor`: whether everything is as it should be, found out by reading alone.

mod account;
mod machine;

pub(super) use account::{named, rights};

use std::process::ExitCode;

use color_eyre::eyre::Result;

use super::args::Listing;
use super::complaint::{Complaint, Halt};
use super::desk::{self, Wanted};
use super::rows::{self, CHECKS, Record};
use super::{block_on, run as ending};
use crate::domain::Fact;
use crate::runtime::clock;

/// Options of the examination.
#[derive(Debug, clap::Args)]
pub struct Doctor {
    /// How it is printed.
    #[command(flatten)]
    pub listing: Listing,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Check {
    /// What was looked at.
    pub(super) name: &'static str,
    /// Whose it is; nothing for the machine.
    pub(super) profile: Option<String>,
    /// How it is.
    pub(super) status: Status,
    /// What was found, in words.
    pub(super) message: String,
}

/// How a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// As it should be.
    Fine,
    /// Something to know; it works all the same.
    Odd,
    /// It does not work; with the exit code that says why.
    Broken(u8),
}

impl Status {
    const fn word(self) -> &'static str {
        match self {
            Self::Fine => "ok",
            Self::Odd => "warning",
            Self::Broken(_) => "failure",
        }
    }
}

/// Looks at the machine and at each profile.
///
/// # Errors
/// When there is nothing to run it on.
pub(super) fn run(wanted: Wanted<'_>, doctor: &Doctor) -> Result<ExitCode> {
    let told = block_on(told(wanted, &doctor.listing))?;
    let format = doctor.listing.output.format;
    Ok(ending::ended(told, (Some(&CHECKS), format)))
}

async fn told(wanted: Wanted<'_>, listing: &Listing) -> Result<u8, Halt> {
    let (view, sink) = rows::wanted(&CHECKS, listing, clock::wall())?;
    let checks = examine(wanted).await;
    let records = checks.iter().map(record).collect();
    rows::write(&view, sink, (&CHECKS, records), &[])?;
    Ok(verdict(&checks))
}

/// Everything that is found.
async fn examine(wanted: Wanted<'_>) -> Vec<Check> {
    let mut checks = machine::checks(wanted);
    // The demo's sandbox has to be there for as long as it is asked.
    let (profiles, _demo) = match desk::profiles(wanted) {
        Ok(found) => found,
        Err(complaint) => {
            checks.push(configuration(&complaint));
            return checks;
        }
    };
    let message = match profiles.len() {
        0 => "no profile yet: `orgdeck profile add` makes one".to_owned(),
        1 => "right, one profile".to_owned(),
        count => format!("right, {count} profiles"),
    };
    checks.push(Check {
        name: "configuration",
        profile: None,
        status: Status::Fine,
        message,
    });
    let examined = profiles.into_iter().map(account::checks);
    let found = futures_util::future::join_all(examined).await;
    checks.extend(found.into_iter().flatten());
    checks
}

/// A configuration that cannot be used.
fn configuration(why: &Complaint) -> Check {
    Check {
        name: "configuration",
        profile: None,
        status: Status::Broken(why.code()),
        message: why.message().to_owned(),
    }
}

/// The exit code of the worst finding; a configuration that cannot be read hides all others.
fn verdict(checks: &[Check]) -> u8 {
    let codes = checks.iter().filter_map(|check| match check.status {
        Status::Broken(code) => Some(code),
        Status::Fine | Status::Odd => None,
    });
    codes.max().unwrap_or(0)
}

fn record(check: &Check) -> Record {
    let profile = check.profile.as_deref();
    let facts = vec![
        Fact::ours(check.name),
        profile.map_or(Fact::Empty, Fact::ours),
        Fact::ours(check.status.word()),
        Fact::ours(&check.message),
    ];
    Record::new(&CHECKS, facts)
}
