//! Settings: one file, the environment and flags, in that order.

pub mod edit;
pub mod environment;
pub mod file;
pub mod found;
pub mod layers;
pub mod words;
mod wrong;

pub use environment::Environment;
pub use file::{Known, Options, Profile};
pub use wrong::{Wrong, nearest};

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
        cause: files::NotOpened,
    },
    /// The file is wrong.
    #[error("{0}")]
    Wrong(#[from] Wrong),
    /// A profile was asked for that is not there.
    #[error("{0}")]
    NoProfile(String),
}

/// Whether a file has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Yes: a flag names it.
    Needed,
    /// No: without one there is no profile yet.
    Optional,
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

/// Where what this program has to remember is kept.
pub fn state_folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy as _;
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.state_dir()?.join("orgdeck"))
}

/// Where answers are kept that can be asked for again.
pub fn cache_folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy as _;
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.cache_dir().join("orgdeck"))
}

/// The text of a configuration file; nothing where there is none.
///
/// # Errors
/// When it is there and cannot be read as text.
pub fn text(path: &Path) -> Result<String, Broken> {
    let unreadable = |cause| Broken::Unreadable {
        path: path.display().to_string(),
        cause,
    };
    match files::read(path, LARGEST, Privacy::Ours) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| unreadable(files::NotOpened::NotPlain)),
        Err(error) if error.is_missing() => Ok(String::new()),
        Err(cause) => Err(unreadable(cause)),
    }
}

/// The profiles of a configuration file, on these services.
///
/// # Errors
/// When the file cannot be read or is wrong.
pub fn profiles(path: &Path, presence: Presence, known: &[Known]) -> Result<Vec<Profile>, Broken> {
    Ok(read(path, presence, known)?.profiles)
}

/// What a configuration file says, on these services.
///
/// # Errors
/// When the file cannot be read or is wrong.
pub fn read(path: &Path, presence: Presence, known: &[Known]) -> Result<file::File, Broken> {
    let shown = path.display().to_string();
    match files::read(path, LARGEST, Privacy::Ours) {
        Ok(bytes) => Ok(file::whole(&bytes, &shown, known)?),
        Err(error) if error.is_missing() && presence == Presence::Optional => {
            Ok(file::File::default())
        }
        Err(cause) => Err(Broken::Unreadable { path: shown, cause }),
    }
}

/// What a configuration file says beside its profiles.
///
/// # Errors
/// When the file cannot be read or is wrong.
pub fn options(path: &Path, presence: Presence) -> Result<Options, Broken> {
    let shown = path.display().to_string();
    match files::read(path, LARGEST, Privacy::Ours) {
        Ok(bytes) => Ok(file::options(&bytes, &shown)?),
        Err(error) if error.is_missing() && presence == Presence::Optional => {
            Ok(Options::default())
        }
        Err(cause) => Err(Broken::Unreadable { path: shown, cause }),
    }
}

/// Only the profiles with these names, in the order of the file; all, if no name is given.
///
/// # Errors
/// When a name is not there.
pub fn only(profiles: Vec<Profile>, names: &[String]) -> Result<Vec<Profile>, Broken> {
    let known: Vec<&str> = profiles
        .iter()
        .map(|profile| profile.name.as_str())
        .collect();
    if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(Broken::NoProfile(wrong::unknown("profile", name, &known)));
    }
    let wanted = |profile: &Profile| names.is_empty() || names.contains(&profile.name);
    Ok(profiles.into_iter().filter(wanted).collect())
}
