//! Settings: one file, the environment and flags, in that order.

pub mod environment;
pub mod file;
pub mod found;

pub use environment::Environment;
pub use file::{Known, Profile, Wrong};

use std::path::{Path, PathBuf};

use crate::files::{self, Privacy};

/// The largest configuration file that is read, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The file cannot be read.
    #[error("{path}: {cause}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        cause: files::NotRead,
    },
    /// The file is wrong.
    #[error("{0}")]
    Wrong(#[from] Wrong),
    /// A profile was asked for that is not there.
    #[error("no profile is called {name}: there is {known}")]
    NoProfile {
        /// The name.
        name: String,
        /// Those that are there.
        known: String,
    },
}

/// Where the configuration is, unless a flag says otherwise.
pub fn default_path(environment: &Environment) -> Option<PathBuf> {
    use etcetera::BaseStrategy as _;
    if let Some(path) = &environment.config {
        return Some(path.clone());
    }
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("orgdeck/config.toml"))
}

/// The profiles of a configuration file, on these services; none if there is no file.
///
/// # Errors
/// When the file cannot be read or is wrong.
pub fn profiles(path: &Path, known: &[Known]) -> Result<Vec<Profile>, Broken> {
    let shown = path.display().to_string();
    match files::read(path, LARGEST, Privacy::Public) {
        Ok(bytes) => Ok(file::parse(&bytes, &shown, known)?),
        Err(error) if error.is_missing() => Ok(Vec::new()),
        Err(cause) => Err(Broken::Unreadable { path: shown, cause }),
    }
}

/// Only the profiles with these names, in the order of the file; all, if no name is given.
///
/// # Errors
/// When a name is not there.
pub fn only(profiles: Vec<Profile>, names: &[String]) -> Result<Vec<Profile>, Broken> {
    for name in names {
        if !profiles.iter().any(|profile| profile.name == *name) {
            let known: Vec<&str> = profiles.iter().map(|p| p.name.as_str()).collect();
            return Err(Broken::NoProfile {
                name: name.clone(),
                known: if known.is_empty() {
                    "none".to_owned()
                } else {
                    known.join(", ")
                },
            });
        }
    }
    let wanted = |profile: &Profile| names.is_empty() || names.contains(&profile.name);
    Ok(profiles.into_iter().filter(wanted).collect())
}
