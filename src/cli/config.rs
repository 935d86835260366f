//! `orgdeck config`: where the configuration is, what it says, what may stand in it, and whether it is
//! right. Works with a broken file: that is when it is needed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use color_eyre::eyre::Result;
use serde_json::json;

use super::args::{Args, When};
use super::output::{Output, Report};
use super::{connect, print, stop};
use crate::config::layers::{self, Flags, Setting, Source};
use crate::config::{self, Environment, Presence, file};

/// What can be asked of the configuration.
#[derive(Debug, Subcommand)]
pub enum Config {
    /// Print each setting as it is in force
    Show {
        /// Also where each value came from
        #[arg(long)]
        origin: bool,
        #[command(flatten)]
        output: Output,
    },
    /// Say what is wrong with the file, and where
    Check,
    /// Print what may stand in the file, as a JSON schema
    Schema,
    /// Print where the file is
    Path,
}

/// Carries a question out.
///
/// # Errors
/// When nothing can be printed.
pub fn run(config: &Config, args: &Args, environment: &Environment) -> Result<ExitCode> {
    let path = path(args, environment);
    match config {
        Config::Show { origin, output } => show(*origin, *output, (args, environment)),
        Config::Check => check(args, environment),
        Config::Schema => {
            let schema = file::schema(&connect::known());
            print(&format!("{schema:#}\n"))
        }
        Config::Path => match path {
            Some(path) => print(&format!("{}\n", path.display())),
            None => Ok(stop(
                2,
                "there is no home directory",
                "name a file by --config",
            )),
        },
    }
}

/// Where the configuration is.
pub(super) fn path(args: &Args, environment: &Environment) -> Option<PathBuf> {
    let named = args.config.clone();
    named.or_else(|| config::default_path(environment))
}

/// Whether the file has to be there.
pub(super) fn presence(args: &Args) -> Presence {
    match args.config {
        Some(_) => Presence::Needed,
        None => Presence::Optional,
    }
}

fn check(args: &Args, environment: &Environment) -> Result<ExitCode> {
    let Some(path) = path(args, environment) else {
        return print("no configuration: there is no home directory\n");
    };
    match config::profiles(&path, presence(args), &connect::known()) {
        Ok(profiles) => {
            let count = profiles.len();
            let many = if count == 1 { "profile" } else { "profiles" };
            print(&format!("{}: right, {count} {many}\n", path.display()))
        }
        Err(broken) => Ok(stop(
            2,
            &broken.to_string(),
            "`orgdeck config schema` prints what may stand in the file",
        )),
    }
}

fn show(
    origin: bool,
    output: Output,
    (args, environment): (&Args, &Environment),
) -> Result<ExitCode> {
    let path = path(args, environment);
    let (settings, broken) = in_force(path.as_deref(), args, environment);
    let row = |setting: Setting| {
        let mut row = json!({"key": setting.key, "value": setting.value});
        if origin {
            row["origin"] = setting.origin.into();
        }
        row
    };
    let report = Report {
        kind: "settings",
        columns: if origin {
            &["key", "value", "origin"]
        } else {
            &["key", "value"]
        },
        rows: settings.into_iter().map(row).collect(),
        errors: Vec::new(),
    };
    let printed = report.print(output.format)?;
    Ok(broken.map_or(printed, |why| {
        stop(2, &why, "the settings above are those without the file")
    }))
}

/// The settings, and why those of the file are not among them.
fn in_force(
    path: Option<&Path>,
    args: &Args,
    environment: &Environment,
) -> (Vec<Setting>, Option<String>) {
    let color = match args.color {
        When::Auto => None,
        When::Always => Some("always"),
        When::Never => Some("never"),
    };
    let flags = Flags {
        config: args.config.as_deref(),
        profiles: &args.profile,
        read_only: args.read_only.then_some(true),
        color,
        log: args.log.as_deref(),
    };
    let Some(path) = path else {
        return (layers::settings(&flags, environment, None), None);
    };
    let read = config::profiles(path, presence(args), &connect::known())
        .and_then(|profiles| Ok((config::text(path)?, profiles)));
    let (text, profiles, broken) = match read {
        Ok((text, profiles)) => (text, profiles, None),
        Err(broken) => (String::new(), Vec::new(), Some(broken.to_string())),
    };
    let source = Source {
        path,
        text: &text,
        profiles: &profiles,
    };
    let settings = layers::settings(&flags, environment, Some(source));
    (settings, broken)
}
