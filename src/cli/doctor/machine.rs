//! What is looked at on this machine: the program, its places, the terminal, the way out.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use super::{Check, Status};
use crate::app::model::{Color, Lines};
use crate::cli::args::{Args, When};
use crate::cli::desk::{self, Wanted};
use crate::cli::look::Look;
use crate::config::environment::Wish;
use crate::config::{self, Environment};
use crate::files;
use crate::terminal::tty;

/// What is found on this machine.
pub(super) fn checks(wanted: Wanted<'_>) -> Vec<Check> {
    let Wanted { args, environment } = wanted;
    let found = [
        ("version", Ok(env!("CARGO_PKG_VERSION").to_owned())),
        ("paths", paths(wanted)),
        ("terminal", terminal(environment)),
        ("colour", Ok(colour(args, environment))),
        ("proxy", Ok(proxy(environment))),
    ];
    let check = |(name, found): (&'static str, Result<String, String>)| {
        let (status, message) = match found {
            Ok(message) => (Status::Fine, message),
            Err(message) => (Status::Odd, message),
        };
        Check {
            name,
            profile: None,
            status,
            message,
        }
    };
    found.into_iter().map(check).collect()
}

/// Fine is a configuration that others cannot write: it says where the secrets are sent.
fn paths(wanted: Wanted<'_>) -> Result<String, String> {
    let shown = |path: Option<PathBuf>| {
        path.map_or_else(|| "none".to_owned(), |path| path.display().to_string())
    };
    let (config, _) = desk::place(wanted);
    if let Some(path) = config.as_deref().filter(|path| files::is_anybodys(path)) {
        let path = path.display();
        return Err(format!("{path}: others can write it: chmod go-w it"));
    }
    let there = match &config {
        Some(path) if files::exists(path) => "",
        Some(_) | None => " (not there)",
    };
    Ok(format!(
        "configuration {}{there}, state {}, cache {}",
        shown(config),
        shown(config::state_folder()),
        shown(config::cache_folder())
    ))
}

/// Fine is a terminal in which the console looks as it should.
fn terminal(environment: &Environment) -> Result<String, String> {
    let kind = match environment.term.as_str() {
        "" => "without a name",
        name => name,
    };
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(format!(
            "not a terminal (TERM {kind}): the console needs one"
        ));
    }
    let size = tty::size().map_or_else(
        |_| "of unknown size".to_owned(),
        |size| format!("{}x{}", size.width, size.height),
    );
    let lines = match Look::of(When::Auto, environment).lines {
        Lines::Drawn => "frames drawn with lines",
        Lines::Ascii => "frames in ASCII",
    };
    Ok(format!("{kind}, {size}, {lines}"))
}

fn colour(args: &Args, environment: &Environment) -> String {
    let look = Look::of(args.color, environment);
    let decision = match look.color {
        Color::Off => "off",
        Color::Sixteen => "on, sixteen colours",
    };
    let why = match (args.color, environment.color) {
        (When::Always | When::Never, _) => "--color",
        (When::Auto, Wish::Never) => "NO_COLOR",
        (When::Auto, Wish::Always) => "CLICOLOR_FORCE",
        (When::Auto, Wish::Untold) => "TERM",
    };
    format!("{decision}, decided by {why}")
}

fn proxy(environment: &Environment) -> String {
    let named = environment.proxies.iter();
    let named: Vec<String> = named
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if named.is_empty() {
        "none".to_owned()
    } else {
        named.join(", ")
    }
}
