//! `orgdeck profile`: the accounts that the configuration names; adding, listing, trying, removing.

mod add;
pub mod draft;
mod sign_in;
mod trial;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use color_eyre::eyre::Result;
use serde_json::{Value as Json, json};

use super::args::Args;
use super::output::{Output, Report, tell};
use super::{config as configuration, connect, stop};
use crate::config::{self, Broken, Environment, Profile, edit};
use crate::files;

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
    pub profile: Option<String>,
    #[command(flatten)]
    output: Output,
}

/// The flags and the environment of one call.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) args: &'a Args,
    pub(super) environment: &'a Environment,
}

/// Carries a command out.
///
/// # Errors
/// When nothing can be printed or no runtime started.
pub fn run(command: &Command, args: &Args, environment: &Environment) -> Result<ExitCode> {
    let call = Call { args, environment };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let done = runtime.block_on(async {
        match command {
            Command::Add(add) => add::run(add, call).await,
            Command::List(asked) => list(asked, call),
            Command::Test(asked) => trial::run(asked, call).await,
            Command::Remove { profile } => remove(profile, call).await,
        }
    });
    runtime.shutdown_background();
    done
}

impl Call<'_> {
    /// Where the configuration is; where there is no home, that is said and done.
    fn path(self) -> Result<PathBuf, ExitCode> {
        configuration::path(self.args, self.environment).ok_or_else(|| {
            let hint = "name a file by --config";
            stop(2, "there is no home directory for a configuration", hint)
        })
    }

    /// The profiles that are asked for.
    fn profiles(self, one: Option<&str>) -> Result<Vec<Profile>, ExitCode> {
        let path = self.path()?;
        let presence = configuration::presence(self.args);
        let names = match (one, self.args.profile.as_slice()) {
            (Some(name), _) => vec![name.to_owned()],
            (None, []) => self.environment.profiles.clone(),
            (None, names) => names.to_vec(),
        };
        config::profiles(&path, presence, &connect::known())
            .and_then(|profiles| config::only(profiles, &names))
            .map_err(|broken| refuse(&broken))
    }
}

/// A configuration that cannot be used.
fn refuse(broken: &Broken) -> ExitCode {
    let hint = "`orgdeck config check` looks at it, `orgdeck profile list` names what is there";
    stop(2, &broken.to_string(), hint)
}

fn list(asked: &Asked, call: Call<'_>) -> Result<ExitCode> {
    match call.profiles(asked.profile.as_deref()) {
        Ok(profiles) => listed(&profiles).print(asked.output.format),
        Err(code) => Ok(code),
    }
}

/// Profiles as rows.
fn listed(profiles: &[Profile]) -> Report {
    Report {
        kind: "profiles",
        columns: &[
            "name",
            "provider",
            "url",
            "token",
            "production",
            "read_only",
        ],
        rows: profiles.iter().map(row).collect(),
        errors: Vec::new(),
    }
}

fn row(profile: &Profile) -> Json {
    json!({
        "name": profile.name,
        "provider": profile.provider,
        "url": profile.origin.as_str(),
        "token": profile.token.words(),
        "production": profile.is_production(),
        "read_only": profile.read_only,
    })
}

async fn remove(name: &str, call: Call<'_>) -> Result<ExitCode> {
    let path = match call.path() {
        Ok(path) => path,
        Err(code) => return Ok(code),
    };
    let text = match config::text(&path) {
        Ok(text) => text,
        Err(broken) => return Ok(refuse(&broken)),
    };
    let after = match edit::without(&text, name, &connect::known()) {
        Ok(after) => after,
        Err(why) => {
            let hint = "`orgdeck profile list` names what is there";
            return Ok(stop(2, &why.to_string(), hint));
        }
    };
    if let Err(error) = files::replace(&path, after.as_bytes()) {
        let error = format!("{}: {error}", path.display());
        return Ok(stop(2, &error, "the configuration is as it was"));
    }
    if let Err(error) = connect::keep().forget(name).await {
        let error = format!(
            "the profile is gone, but not its sign-in: {}",
            sign_in::why(&error)
        );
        return Ok(stop(1, &error, "remove the file by hand"));
    }
    tell(&format!("removed profile {name} from {}", path.display()));
    Ok(ExitCode::SUCCESS)
}
