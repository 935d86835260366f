//! `orgdeck doctor`: whether everything is as it should be, found out by reading alone.

mod account;
mod machine;

pub(super) use account::{named, rights};

use std::process::ExitCode;

use color_eyre::eyre::Result;
use serde_json::json;

use super::args::Args;
use super::config as configuration;
use super::connect;
use super::output::{Output, Report};
use crate::config::{self, Environment};

/// Options of the examination.
#[derive(Debug, clap::Args)]
pub struct Doctor {
    /// How to print it
    #[command(flatten)]
    pub output: Output,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was looked at.
    pub name: &'static str,
    /// Whose it is; nothing for the machine.
    pub profile: Option<String>,
    /// How it is.
    pub status: Status,
    /// What was found, in words.
    pub message: String,
}

/// How a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
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
/// When nothing can be printed.
pub fn run(doctor: &Doctor, args: &Args, environment: &Environment) -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let checks = runtime.block_on(examine(args, environment));
    runtime.shutdown_background();
    let report = Report {
        kind: "checks",
        columns: &["status", "profile", "name", "message"],
        rows: checks.iter().map(row).collect(),
        errors: Vec::new(),
    };
    report.print(doctor.output.format)?;
    Ok(ExitCode::from(verdict(&checks)))
}

/// Everything that is found.
pub async fn examine(args: &Args, environment: &Environment) -> Vec<Check> {
    let mut checks = machine::checks(args, environment);
    let profiles = match configuration::path(args, environment) {
        Some(path) => config::profiles(&path, configuration::presence(args), &connect::known()),
        None => Ok(Vec::new()),
    };
    let names = match args.profile.as_slice() {
        [] => &environment.profiles,
        names => names,
    };
    match profiles.and_then(|profiles| config::only(profiles, names)) {
        Ok(profiles) => {
            checks.push(Check {
                name: "configuration",
                profile: None,
                status: Status::Fine,
                message: match profiles.len() {
                    0 => "no profile yet: `orgdeck profile add` makes one".to_owned(),
                    1 => "right, one profile".to_owned(),
                    count => format!("right, {count} profiles"),
                },
            });
            let examined = profiles.into_iter().map(account::checks);
            let found = futures_util::future::join_all(examined).await;
            checks.extend(found.into_iter().flatten());
        }
        Err(broken) => checks.push(Check {
            name: "configuration",
            profile: None,
            status: Status::Broken(2),
            message: broken.to_string(),
        }),
    }
    checks
}

/// The exit code of the worst finding; a configuration that cannot be read hides all others.
fn verdict(checks: &[Check]) -> u8 {
    let codes = checks.iter().filter_map(|check| match check.status {
        Status::Broken(code) => Some(code),
        Status::Fine | Status::Odd => None,
    });
    codes.max().unwrap_or(0)
}

fn row(check: &Check) -> serde_json::Value {
    json!({
        "name": check.name,
        "profile": check.profile,
        "status": check.status.word(),
        "message": check.message,
    })
}
