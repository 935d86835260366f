//! `orgdeck completions`: the scripts for shells, and the answers that these ask this program for.
//!
//! An answer comes from the table of commands, the configuration and the cache, never from a service.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};
use color_eyre::eyre::{OptionExt as _, Result};

use super::args;
use super::{connect, print};
use crate::cache::names::{self, Name};
use crate::config::{self, Environment, Presence};
use crate::domain::Text;

/// The variable by which a script asks; it holds the shell's name.
const VARIABLE: &str = "_ORGDECK_COMPLETE";

/// Options of the completions.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Completions {
    /// For which shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// A shell that can ask for completions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Shell {
    /// For ~/.bashrc
    Bash,
    /// For ~/.config/elvish/rc.elv
    Elvish,
    /// For ~/.config/fish/completions/orgdeck.fish
    Fish,
    /// For $PROFILE
    Powershell,
    /// For ~/.zshrc
    Zsh,
}

impl Shell {
    const fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Elvish => "elvish",
            Self::Fish => "fish",
            Self::Powershell => "powershell",
            Self::Zsh => "zsh",
        }
    }
}

/// zsh runs a script that it found by itself for the first answer already.
const FOUND_BY_ZSH: &str =
    "[[ $funcstack[1] != _orgdeck ]] || _clap_dynamic_completer_orgdeck \"$@\"\n";

/// Prints the script of a shell. It finds the program by its name when it is used.
///
/// # Errors
/// When it cannot be printed.
pub fn run(options: Completions) -> Result<ExitCode> {
    let shells = Shells::builtins();
    let shell = shells.completer(options.shell.name());
    let shell = shell.ok_or_eyre("a shell without a script")?;
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, "orgdeck", "orgdeck", "orgdeck", &mut script)?;
    let mut script = String::from_utf8(script)?;
    if options.shell == Shell::Zsh {
        script.push_str(FOUND_BY_ZSH);
    }
    print(&script)
}

/// Answers a script and ends, if it was one that started this process.
pub(super) fn answer() {
    CompleteEnv::with_factory(|| named(args::command()))
        .var(VARIABLE)
        .complete();
}

/// The commands, with names to choose from wherever a profile or an organization is meant.
fn named(command: Command) -> Command {
    command.mut_args(with_names).mut_subcommands(named)
}

fn with_names(arg: Arg) -> Arg {
    let value = arg.get_value_names().and_then(|names| names.first());
    let value = value.map_or("", |name| name.as_str());
    if value.starts_with("PROFILE/") || value.starts_with("PROFILE[/") {
        arg.add(ArgValueCompleter::new(|begun: &OsStr| {
            Known::here().places(&begun.to_string_lossy())
        }))
    } else if value == "PROFILE" || arg.get_long() == Some("profile") {
        arg.add(ArgValueCompleter::new(|begun: &OsStr| {
            Known::here().profiles(&begun.to_string_lossy())
        }))
    } else {
        arg
    }
}

/// What is known without asking anybody.
pub struct Known {
    /// The profiles of the configuration, each with its service.
    pub profiles: Vec<(String, &'static str)>,
    /// Where names of organizations are kept.
    pub folder: Option<PathBuf>,
}

impl Known {
    /// What this user's files say; no profile where the configuration is broken, since nobody could
    /// read why.
    fn here() -> Self {
        let path = config::default_path(&Environment::read());
        let profiles =
            path.map(|path| config::profiles(&path, Presence::Optional, &connect::known()));
        let profiles = profiles
            .and_then(Result::ok)
            .unwrap_or_default()
            .into_iter();
        Self {
            profiles: profiles
                .map(|profile| (profile.name, profile.provider))
                .collect(),
            folder: names::folder(),
        }
    }

    /// The profiles whose names begin like this.
    pub fn profiles(&self, begun: &str) -> Vec<CompletionCandidate> {
        let fitting = self.profiles.iter();
        fitting
            .filter(|(name, _)| name.starts_with(begun))
            .map(|(name, service)| candidate(name.clone(), service))
            .collect()
    }

    /// Organizations as they are addressed: first the profile, and behind its slash what it has.
    pub fn places(&self, begun: &str) -> Vec<CompletionCandidate> {
        let Some((profile, org)) = begun.split_once('/') else {
            let fitting = self.profiles.iter();
            return fitting
                .filter(|(name, _)| name.starts_with(begun))
                .map(|(name, service)| candidate(format!("{name}/"), service))
                .collect();
        };
        let cached = self.orgs(profile);
        let words = cached.iter().filter_map(|name| Some((word(name)?, name)));
        words
            .filter(|(word, _)| word.starts_with(org))
            .map(|(word, name)| {
                let help = name.name.as_ref().map(|name| name.excerpt(60).to_string());
                candidate(format!("{profile}/{word}"), &help.unwrap_or_default())
            })
            .collect()
    }

    fn orgs(&self, profile: &str) -> Vec<Name> {
        let is_known = self.profiles.iter().any(|(name, _)| name == profile);
        match &self.folder {
            Some(folder) if is_known => names::read(folder, profile),
            Some(_) | None => Vec::new(),
        }
    }
}

fn candidate(value: String, help: &str) -> CompletionCandidate {
    let help = Some(help).filter(|help| !help.is_empty());
    CompletionCandidate::new(value).help(help.map(|help| help.to_owned().into()))
}

/// What a shell is given to type: a handle or else an id, if it is nothing but plain letters. A stranger
/// chose it, and some shells take what they complete for a part of the program.
fn word(name: &Name) -> Option<&str> {
    // All digits mean an id.
    let slug = name.slug.as_ref().map(Text::raw);
    let slug = slug.filter(|slug| !slug.chars().all(|letter| letter.is_ascii_digit()));
    let words = [slug, Some(name.id.raw())];
    words.into_iter().flatten().find(|word| is_plain(word))
}

fn is_plain(word: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.');
    !word.is_empty() && !word.starts_with('-') && word.chars().all(plain)
}
