//! Changes to the configuration file: a table is added at its end or cut out, every other byte stays.
//!
//! What comes out is read again before anybody writes it: a change that would touch another profile
//! is refused.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::file::{self, Known, Profile};
use super::wrong::Wrong;
use crate::domain::secret::Place;

/// A profile to be written down.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its name.
    pub name: String,
    /// The name of its service.
    pub provider: String,
    /// Where requests go, if not to the service's own address.
    pub url: Option<String>,
    /// Where the secret is.
    pub token: Place,
    /// Whether real people depend on it, if somebody said so.
    pub production: bool,
    /// Whether writing is switched off.
    pub read_only: bool,
    /// A file with more certificates to trust.
    pub ca_file: Option<PathBuf>,
}

/// Why the file is not changed.
#[derive(Debug, thiserror::Error)]
pub enum NotChanged {
    /// The file, or what it would become, is wrong.
    #[error("{0}")]
    Wrong(#[from] Wrong),
    /// There is a profile of this name.
    #[error("there is a profile {0} already")]
    Taken(String),
    /// There is no profile of this name.
    #[error("there is no profile {0}")]
    Missing(String),
    /// It is written in a way that cannot be cut out safely.
    #[error("{0} is not a table of its own: change the file by hand")]
    Entangled(String),
}

/// The file's text with one more profile.
///
/// # Errors
/// When the name is taken, or something is wrong with the file or the profile.
pub fn with(text: &str, draft: &Draft, known: &[Known]) -> Result<String, NotChanged> {
    let before = read(text, known)?;
    if before.iter().any(|profile| profile.name == draft.name) {
        return Err(NotChanged::Taken(draft.name.clone()));
    }
    let gap = match text {
        "" => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let after = format!("{text}{gap}{}", table(draft));
    let names: Vec<_> = before.iter().map(|profile| profile.name.as_str()).collect();
    let read = read(&after, known)?;
    match read.split_last() {
        Some((last, rest)) if last.name == draft.name && named(rest) == names => Ok(after),
        Some(_) | None => Err(NotChanged::Entangled(draft.name.clone())),
    }
}

/// The file's text without a profile.
///
/// # Errors
/// When there is none of this name, or its table cannot be told from what is around it.
pub fn without(text: &str, name: &str, known: &[Known]) -> Result<String, NotChanged> {
    let mut names = read(text, known)?;
    if !names.iter().any(|profile| profile.name == name) {
        return Err(NotChanged::Missing(name.to_owned()));
    }
    names.retain(|profile| profile.name != name);
    let after = cut(text, name);
    let same = read(&after, known).is_ok_and(|left| named(&left) == named(&names));
    same.then_some(after)
        .ok_or_else(|| NotChanged::Entangled(name.to_owned()))
}

fn read(text: &str, known: &[Known]) -> Result<Vec<Profile>, Wrong> {
    file::parse(text.as_bytes(), "config.toml", known)
}

fn named(profiles: &[Profile]) -> Vec<&str> {
    let names = profiles.iter().map(|profile| profile.name.as_str());
    names.collect()
}

/// Leaves out a profile's tables, each up to the next header; comments right above a header go with it.
fn cut(text: &str, name: &str) -> String {
    let mut kept = String::new();
    let mut pending = String::new();
    let mut inside = false;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if bare.starts_with('[') {
            inside = is_of(bare, name);
            if !inside {
                kept.push_str(&pending);
            }
            pending.clear();
        }
        if bare.starts_with('#') {
            // Comments belong to what follows them.
            pending.push_str(line);
            continue;
        }
        if !inside {
            kept.push_str(&pending);
            kept.push_str(line);
        } else if bare.is_empty() {
            continue;
        }
        pending.clear();
    }
    kept.push_str(&pending);
    if kept.ends_with("\n\n") {
        // The line that stood between it and what is left.
        kept.pop();
    }
    kept
}

/// Whether a header opens a table of this profile.
fn is_of(header: &str, name: &str) -> bool {
    let inner = header.trim_start_matches('[').split(']').next();
    let mut keys = inner.unwrap_or_default().split('.').map(str::trim);
    keys.next() == Some("profiles")
        && keys.next().map(|key| key.trim_matches(['"', '\''])) == Some(name)
}

/// A profile as TOML.
pub fn table(draft: &Draft) -> String {
    let mut out = format!("[profiles.{}]\n", draft.name);
    let mut line = |key: &str, value: String| {
        let _ = writeln!(out, "{key} = {value}");
    };
    line("provider", quoted(&draft.provider));
    if let Some(url) = &draft.url {
        line("url", quoted(url));
    }
    line("token", token(&draft.token));
    if draft.production {
        line("production", "true".to_owned());
    }
    if draft.read_only {
        line("read_only", "true".to_owned());
    }
    if let Some(path) = &draft.ca_file {
        line("ca_file", quoted(&path.to_string_lossy()));
    }
    out
}

/// The place of a secret as TOML. A secret that was given by hand has no place.
fn token(place: &Place) -> String {
    match place {
        Place::Env { name, .. } => format!("{{ env = {} }}", quoted(name)),
        Place::Command(words) => {
            let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            format!("{{ command = [{}] }}", words.join(", "))
        }
        Place::File(path) => format!("{{ file = {} }}", quoted(&path.to_string_lossy())),
        Place::Keyring(name) => format!("{{ keyring = {} }}", quoted(name)),
        Place::SignIn(sign_in) => format!(
            "{{ oauth = {{ client_id = {}, redirect = {} }} }}",
            quoted(&sign_in.client_id),
            quoted(&sign_in.redirect)
        ),
        Place::Given(_) => "{}".to_owned(),
    }
}

/// A text as TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
