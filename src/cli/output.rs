//! What the commands about profiles, configuration and health print: rows for people, JSON for programs.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::ValueEnum;
use color_eyre::eyre::Result;
use serde_json::{Value as Json, json};
use unicode_width::UnicodeWidthStr as _;

use super::print;
use crate::app::fault;
use crate::domain::{ApiError, Fault, Profile, Text};

/// How results are printed.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Output {
    /// How to print: table, json
    #[arg(
        short = 'o',
        long = "output",
        value_name = "FORMAT",
        default_value = "table",
        hide_possible_values = true
    )]
    pub format: Format,
}

/// A way of printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Rows for people
    Table,
    /// One document for programs
    Json,
}

/// Rows of one kind, and what went wrong.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) kind: &'static str,
    pub(super) columns: &'static [&'static str],
    pub(super) rows: Vec<Json>,
    pub(super) errors: Vec<Json>,
}

impl Report {
    /// Prints it; errors go where errors go when people read.
    pub(super) fn print(&self, format: Format) -> Result<ExitCode> {
        match format {
            Format::Json => {
                let document = json!({"version": 1, self.kind: self.rows, "errors": self.errors});
                print(&format!("{document}\n"))
            }
            Format::Table => {
                for error in &self.errors {
                    complain(error);
                }
                print(&self.table(io::stdout().is_terminal()))
            }
        }
    }

    /// Aligned with a header for a terminal, else tab-separated without one.
    fn table(&self, for_people: bool) -> String {
        let mut lines: Vec<Vec<String>> = Vec::new();
        if for_people {
            lines.push(
                self.columns
                    .iter()
                    .map(|name| name.to_uppercase())
                    .collect(),
            );
        }
        lines.extend(self.rows.iter().map(|row| {
            let cell = |name: &&str| cell(&row[*name]);
            self.columns.iter().map(cell).collect()
        }));
        if !for_people {
            return lines.iter().map(|line| line.join("\t") + "\n").collect();
        }
        let width = |at: usize| lines.iter().map(|line| line[at].width()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.columns.len()).map(width).collect();
        let padded = |line: &Vec<String>| {
            let cells = line.iter().zip(&widths).map(|(text, width)| {
                format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
        };
        lines.iter().map(padded).collect()
    }
}

fn cell(value: &Json) -> String {
    match value {
        Json::Null => "-".to_owned(),
        Json::String(text) => Text::from(text.as_str()).clean().to_string(),
        Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => value.to_string(),
    }
}

/// An error as programs read it.
pub(super) fn error(profile: &Profile, error: &ApiError) -> Json {
    let words = fault::words(error);
    json!({
        "profile": profile.as_str(),
        "kind": error.fault.kind(),
        "message": words.cause.to_string(),
        "hint": hint(error),
        "status": error.status,
        "request_id": words.trace.map(|trace| trace.to_string()),
        "exit_code": code(&error.fault),
    })
}

/// What to do about an error, in words for whoever has no screen of ours.
pub(super) fn hint(error: &ApiError) -> &'static str {
    let fault = &error.fault;
    if matches!(fault, Fault::SignedOut | Fault::NoSecret(_)) {
        "put a valid token where the profile says; `orgdeck profile test` tries it"
    } else if matches!(
        fault,
        Fault::Offline(_) | Fault::TimedOut | Fault::Cut | Fault::Unavailable
    ) {
        "`orgdeck doctor` looks whether the service can be reached"
    } else {
        fault::words(error).next
    }
}

fn complain(error: &Json) {
    let said = |key: &str| cell(&error[key]);
    let (profile, message, hint) = (said("profile"), said("message"), said("hint"));
    // Without anybody to read it the code has to do.
    let _ = writeln!(io::stderr(), "error: {profile}: {message}\nhint: {hint}");
}

/// Tells a person something, beside the data.
pub(super) fn tell(words: &str) {
    let _ = writeln!(io::stderr(), "{}", Text::from(words).clean());
}

/// The exit code of a fault.
pub(super) fn code(fault: &Fault) -> u8 {
    match fault {
        Fault::SignedOut | Fault::Forbidden | Fault::NoSecret(_) => 3,
        Fault::Missing => 4,
        Fault::Conflict
        | Fault::Refused
        | Fault::Invalid(_)
        | Fault::NotOffered(_)
        | Fault::ReadOnly(_)
        | Fault::Unrecorded(_)
        | Fault::UnderWay
        | Fault::NoConsent
        | Fault::NotApplied
        | Fault::Foreign => 5,
        Fault::Slowed { .. } => 6,
        Fault::Offline(_)
        | Fault::Insecure(_)
        | Fault::TimedOut
        | Fault::Unavailable
        | Fault::Garbled(_)
        | Fault::NotTheApi(_)
        | Fault::Cut
        | Fault::TooLarge
        | Fault::Redirected(_) => 7,
        Fault::Cancelled => 1,
    }
}
