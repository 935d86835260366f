//! The arguments, as INTERFACE names them. Variables of the environment that say the same are read
//! where the whole environment is.
#![expect(clippy::doc_markdown, reason = "these comments are what --help prints")]

use std::path::PathBuf;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

pub mod examples;
mod flags;
mod nouns;

pub use flags::{Format, Listing, Output, Writing};
pub use nouns::{
    Back, Create, Edit, Invite, InviteCreate, Journal, Logo, Member, MemberRole, Metadata, Noun,
    Org, Role, User,
};

use crate::app::address::Address;
use crate::domain::Verb;

/// One console for every organization you administer, on balena, Clerk and Vulos Identity.
#[derive(Debug, Parser)]
#[command(name = "orgdeck", version, about, next_help_heading = "Global options")]
pub struct Args {
    /// The configuration file [env: ORGDECK_CONFIG]
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,

    /// Only this profile; may be repeated [env: ORGDECK_PROFILE, a comma list]
    // Its own id: an argument of a command that is called the same would hide it there.
    #[arg(
        long = "profile",
        value_name = "NAME",
        value_delimiter = ',',
        global = true
    )]
    pub profiles: Vec<String>,

    /// No write leaves the process [env: ORGDECK_READ_ONLY=1]
    #[arg(long, global = true)]
    pub read_only: bool,

    /// The embedded sandbox instead of the configuration; writes no file
    #[arg(long, global = true)]
    pub demo: bool,

    /// When to use colours: auto, always, never [env: NO_COLOR, CLICOLOR_FORCE]
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        global = true
    )]
    pub color: When,

    /// Write a trace log there [env: ORGDECK_LOG]
    #[arg(long, value_name = "FILE", global = true)]
    pub log: Option<PathBuf>,

    /// What to do; without it the console opens
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// As the environment and the terminal say
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// A place in the console.
const PLACE: &str = "PROFILE/ORG[/members|/invites][?FILTER]";

/// What can be done besides opening the console.
#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(flatten)]
    Noun(Noun),
    /// Serve the three services' protocols on loopback, with data of our own
    Sandbox(Sandbox),

    /// Open the console at a place
    Open {
        /// An organization, its members or its invites, and which rows of these
        #[arg(value_name = PLACE)]
        place: Address,
    },

    /// Add, list, try and remove profiles
    #[command(subcommand)]
    Profile(super::profile::Command),

    /// Look at the configuration
    #[command(subcommand)]
    Config(super::config::Config),

    /// Look whether everything works
    Doctor(super::doctor::Doctor),
    /// Draw a screen of the demo, the same at every run
    Snapshot(super::snapshot::Snapshot),
    /// Print the script that completes commands, profiles and organizations in a shell
    Completions(super::completions::Completions),
    /// Print the manual
    Man(super::man::Manual),
    /// Print the key table
    Keys,
}

/// The definition of the command line. What stands for a verb of a service has its words from the table
/// of verbs.
pub fn command() -> clap::Command {
    let command = Verb::ALL.iter().fold(Args::command(), |command, verb| {
        let words: Vec<&str> = verb.name().split(' ').collect();
        described(command, &words, verb.about())
    });
    examples::added(explained(command))
}

/// What the values mean that many commands take.
const VALUES: &[(&str, &str)] = &[
    (
        "PROFILE/ORG",
        "The organization: its id, slug or handle, or exact name",
    ),
    ("PROFILE[/ORG]", "The profile, or an organization of it"),
    ("PROFILE", "The profile"),
    ("ROLE", "The key of a role"),
    ("ID|EMAIL", "An invite's id, or the address that it went to"),
    ("EMAIL", "An address"),
    ("TEXT", "A part of a name or an address"),
    ("FILE", "The file"),
];

fn explained(command: clap::Command) -> clap::Command {
    let explain = |arg: clap::Arg| {
        let value = arg.get_value_names().and_then(|names| names.first());
        let known = value.and_then(|value| VALUES.iter().find(|(name, _)| value == name));
        match known {
            Some((_, words)) if arg.get_help().is_none() => arg.help(*words),
            Some(_) | None => arg,
        }
    };
    command.mut_args(explain).mut_subcommands(explained)
}

fn described(command: clap::Command, words: &[&str], about: &'static str) -> clap::Command {
    match words {
        [] => command.about(about),
        [word, rest @ ..] => {
            command.mut_subcommand(*word, |command| described(command, rest, about))
        }
    }
}

/// The arguments of this process.
///
/// # Errors
/// When they are none of ours, and when they ask for help.
pub fn read() -> Result<Args, clap::Error> {
    let mut matches = command().try_get_matches()?;
    Args::from_arg_matches_mut(&mut matches)
}

/// Options of the sandbox.
#[derive(Debug, clap::Args)]
pub struct Sandbox {
    /// The first of three ports; 0 picks free ones
    #[arg(long, value_name = "P", default_value_t = 0)]
    pub port: u16,

    /// Organizations of each face
    #[arg(long, value_name = "N")]
    pub orgs: Option<u64>,

    /// Members of the first organization of each face
    #[arg(long, value_name = "M")]
    pub members: Option<u64>,

    /// Invites of the first organization of each face
    #[arg(long, value_name = "K")]
    pub invites: Option<u64>,

    /// What the data is made from
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,

    /// How long each answer is held back, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub latency: u64,

    /// Lines `provider=token` that name the tokens
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
}
