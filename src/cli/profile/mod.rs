//! `orgdeck profile`: the accounts that the configuration names; adding, listing, trying, removing.

mod add;
pub mod draft;
mod sign_in;
mod trial;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use color_eyre::eyre::Result;

use super::args::{Format, Listing};
use super::complaint::{self, Complaint, Halt};
use super::desk::{self, Desk, Wanted};
use super::rows::{self, Kind, PROFILES, WHOAMI};
use super::stdin::Person;
use super::stop::Stop;
use super::{block_on, connect, exit, read, run as ending};
use crate::config::{self, Profile, edit};
use crate::files;
use crate::runtime::clock;

/// What can be done with profiles.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a profile to the configuration, once it was tried
    Add(Box<draft::Add>),
    /// List the profiles; the secrets themselves are not read
    List(Asked),
    /// Ask each service who we are there
    Test(Asked),
    /// Remove a profile from the configuration, and its sign-in from where it is kept
    Remove {
        /// Its name
        profile: String,
    },
}

/// Which profiles, and how they are printed.
#[derive(Debug, clap::Args)]
pub struct Asked {
    /// Only this profile
    #[arg(value_name = "PROFILE")]
    pub profile: Option<String>,
    /// How they are printed.
    #[command(flatten)]
    pub listing: Listing,
}

/// Carries a command out.
///
/// # Errors
/// When there is nothing to run it on.
pub(super) fn run(wanted: Wanted<'_>, command: &Command) -> Result<ExitCode> {
    let done = block_on(async {
        match command {
            Command::Add(add) => add::run(add, wanted).await,
            Command::List(asked) => list(asked, wanted),
            Command::Test(asked) => test(asked, wanted).await,
            Command::Remove { profile } => remove(profile, wanted).await,
        }
    })?;
    Ok(ending::ended(done, shape(command)))
}

/// The kind of what a command prints, and the format that is asked for.
fn shape(command: &Command) -> (Option<&'static Kind>, Option<Format>) {
    match command {
        Command::List(asked) => (Some(&PROFILES), asked.listing.output.format),
        Command::Test(asked) => (Some(&WHOAMI), asked.listing.output.format),
        Command::Add(_) | Command::Remove { .. } => (None, None),
    }
}

/// Where the configuration is.
fn path(wanted: Wanted<'_>) -> Result<PathBuf, Complaint> {
    desk::place(wanted).0.ok_or_else(desk::homeless)
}

fn list(asked: &Asked, wanted: Wanted<'_>) -> Result<u8, Halt> {
    let (mut profiles, _) = desk::profiles(wanted)?;
    if let Some(name) = &asked.profile {
        let names = profiles.iter().map(|profile| profile.name.as_str());
        let missing = desk::missing(name, &names.collect::<Vec<_>>());
        profiles.retain(|profile| profile.name == *name);
        if profiles.is_empty() {
            return Err(missing.into());
        }
    }
    listed(&profiles, &asked.listing)
}

fn listed(profiles: &[Profile], listing: &Listing) -> Result<u8, Halt> {
    let (view, sink) = rows::wanted(&PROFILES, listing, clock::wall())?;
    let records = profiles.iter().map(rows::profile).collect();
    rows::write(&view, sink, (&PROFILES, records), &[])?;
    Ok(exit::DONE)
}

/// Who we are on each profile: a profile that does not work cannot say.
async fn test(asked: &Asked, wanted: Wanted<'_>) -> Result<u8, Halt> {
    let desk = Desk::open(wanted, (Stop::default(), Person::here()))?;
    read::whoami(&desk, asked.profile.as_deref(), &asked.listing).await
}

async fn remove(name: &str, wanted: Wanted<'_>) -> Result<u8, Halt> {
    let path = path(wanted)?;
    let text = config::text(&path).map_err(|wrong| desk::broken(&wrong))?;
    let after = edit::without(&text, name, &connect::known()).map_err(|why| {
        let hint = "`orgdeck profile list` names what is there";
        Complaint::usage(why.to_string(), hint)
    })?;
    written(&path, &after)?;
    connect::keep().forget(name).await.map_err(|error| {
        let why = sign_in::why(&error);
        let message = format!("the profile is gone, but not its sign-in: {why}");
        Complaint::new(exit::OTHER, "sign_in", message, "remove the file by hand")
    })?;
    complaint::note(&format!("removed profile {name} from {}", path.display()));
    Ok(exit::DONE)
}

/// Writes the configuration.
fn written(path: &Path, text: &str) -> Result<(), Complaint> {
    files::replace(path, text.as_bytes()).map_err(|error| {
        let message = format!("{}: {error}", path.display());
        Complaint::usage(message, "the configuration is as it was")
    })
}
