//! `orgdeck config`: where the configuration is, what it says, what may stand in it, and whether it is
//! right. Works with a broken file: that is when it is needed.

use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;

use super::args::{Listing, When};
use super::complaint::{self, Complaint, Halt};
use super::desk::{self, Wanted};
use super::rows::{self, SETTINGS, Sink};
use super::{connect, exit, run as ending};
use crate::config::layers::{self, Flags, Setting, Source};
use crate::config::{self, file};
use crate::runtime::clock;

/// What can be asked of the configuration.
#[derive(Debug, Subcommand)]
pub enum Config {
    /// Print each setting as it is in force
    Show {
        /// Also where each value came from
        #[arg(long)]
        origin: bool,
        #[command(flatten)]
        listing: Listing,
    },
    /// Say what is wrong with the file, and where
    Check,
    /// Print what may stand in the file, as a JSON schema
    Schema,
    /// Print where the file is
    Path,
}

/// Answers a question.
pub(super) fn run(wanted: Wanted<'_>, config: &Config) -> ExitCode {
    let (answer, format) = match config {
        Config::Show { origin, listing } => (show(wanted, *origin, listing), listing.output.format),
        Config::Check => (check(wanted), None),
        Config::Schema => {
            let schema = file::schema(&connect::known());
            (told(&format!("{schema:#}\n")), None)
        }
        Config::Path => (path(wanted), None),
    };
    ending::ended(answer, (Some(&SETTINGS), format))
}

fn told(words: &str) -> Result<u8, Halt> {
    Sink::standard().write(words.as_bytes())?;
    Ok(exit::DONE)
}

fn path(wanted: Wanted<'_>) -> Result<u8, Halt> {
    match desk::place(wanted) {
        (Some(path), _) => told(&format!("{}\n", path.display())),
        (None, _) => Err(desk::homeless().into()),
    }
}

fn check(wanted: Wanted<'_>) -> Result<u8, Halt> {
    let (Some(path), presence) = desk::place(wanted) else {
        return told("no configuration: there is no home directory\n");
    };
    match config::profiles(&path, presence, &connect::known()) {
        Ok(profiles) => {
            let count = profiles.len();
            let many = if count == 1 { "profile" } else { "profiles" };
            told(&format!("{}: right, {count} {many}\n", path.display()))
        }
        Err(broken) => {
            let hint = "`orgdeck config schema` prints what may stand in the file";
            Err(Complaint::usage(broken.to_string(), hint).into())
        }
    }
}

fn show(wanted: Wanted<'_>, origin: bool, listing: &Listing) -> Result<u8, Halt> {
    let (mut view, sink) = rows::wanted(&SETTINGS, listing, clock::wall())?;
    if !view.is_chosen {
        view.fields = if origin {
            SETTINGS.fields.to_vec()
        } else {
            SETTINGS.columns.to_vec()
        };
    }
    let (path, _) = desk::place(wanted);
    let (settings, broken) = in_force(wanted, path.as_deref());
    let records = settings.iter().map(rows::setting).collect();
    let hint = "the settings above are those without the file";
    let broken = broken.map(|why| Complaint::usage(why, hint));
    let errors = broken.as_slice();
    rows::write(&view, sink, (&SETTINGS, records), errors)?;
    complaint::say(errors, view.format);
    Ok(errors.first().map_or(exit::DONE, Complaint::code))
}

/// The settings, and why those of the file are not among them.
fn in_force(wanted: Wanted<'_>, path: Option<&Path>) -> (Vec<Setting>, Option<String>) {
    let Wanted { args, environment } = wanted;
    let color = match args.color {
        When::Auto => None,
        When::Always => Some("always"),
        When::Never => Some("never"),
    };
    let flags = Flags {
        config: args.config.as_deref(),
        profiles: &args.profiles,
        read_only: args.read_only.then_some(true),
        color,
        log: args.log.as_deref(),
    };
    let Some(path) = path else {
        return (layers::settings(&flags, environment, None), None);
    };
    let read = config::read(path, desk::place(wanted).1, &connect::known())
        .and_then(|file| Ok((config::text(path)?, file)));
    let (text, file, broken) = match read {
        Ok((text, file)) => (text, file, None),
        Err(broken) => (
            String::new(),
            config::file::File::default(),
            Some(broken.to_string()),
        ),
    };
    let source = Source {
        path,
        text: &text,
        profiles: &file.profiles,
        journal_keep: file.journal_keep,
    };
    let settings = layers::settings(&flags, environment, Some(source));
    (settings, broken)
}
