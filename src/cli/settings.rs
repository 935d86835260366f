//! What needs no service: the configuration file and the keys of the console.

use super::args::{Command, Config};
use super::complaint::Halt;
use super::connect;
use super::desk::{self, Wanted};
use super::exit;
use super::output::Sink;
use crate::app::{action, keymap};
use crate::config::{self, Profile};
use crate::domain::Text;

/// Runs one of them.
pub(super) fn run(wanted: Wanted<'_>, command: &Command) -> Result<u8, Halt> {
    let text = match command {
        Command::Config(Config::Path) => path(wanted) + "\n",
        Command::Config(Config::Show) => shown(&profiles(wanted)?),
        Command::Config(Config::Check) => {
            let count = profiles(wanted)?.len();
            let profiles = if count == 1 { "profile" } else { "profiles" };
            format!("{}: {count} {profiles}\n", path(wanted))
        }
        Command::Keys => keys(),
        _ => return Ok(exit::OTHER),
    };
    Sink::standard().write(text.as_bytes())?;
    Ok(exit::DONE)
}

fn path(wanted: Wanted<'_>) -> String {
    let (path, _) = desk::place(wanted);
    let shown = path.map_or_else(String::new, |path| path.display().to_string());
    Text::from(shown).clean().to_string()
}

fn profiles(wanted: Wanted<'_>) -> Result<Vec<Profile>, Halt> {
    let (path, presence) = desk::place(wanted);
    match path {
        Some(path) => config::profiles(&path, presence, &connect::known()).map_err(desk::broken),
        None => Ok(Vec::new()),
    }
}

/// The profiles with what holds for them; where a secret is, never the secret.
fn shown(profiles: &[Profile]) -> String {
    let profile = |profile: &Profile| {
        let clean = |text: &str| Text::from(text).clean().to_string();
        let production = profile
            .production
            .map_or("(the service's word)".to_owned(), |is| is.to_string());
        format!(
            "[profiles.{}]\nprovider = {}\nurl = {}\ntoken = {}\nproduction = {production}\nread_only = {}\n",
            profile.name,
            profile.provider,
            clean(profile.origin.as_str()),
            clean(&profile.token.words()),
            profile.read_only,
        )
    };
    profiles.iter().map(profile).collect::<Vec<_>>().join("\n")
}

/// The keys of the console, as its help shows them: place, keys, what they do.
fn keys() -> String {
    let bound = action::all().filter(|action| !action.keys.is_empty());
    let line = |action: &action::Action| {
        let keys: Vec<String> = action
            .keys
            .iter()
            .map(|chord| keymap::shown(chord))
            .collect();
        format!(
            "{}\t{}\t{}\n",
            action.layer.word(),
            keys.join(" "),
            action.title
        )
    };
    bound.map(line).collect()
}
