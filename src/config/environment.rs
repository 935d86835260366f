//! The environment, read once when the program starts.

use std::path::PathBuf;

use crate::domain::Secret;

/// What the environment says.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// `ORGDECK_CONFIG`: the configuration file.
    pub config: Option<PathBuf>,
    /// `ORGDECK_READ_ONLY` is set to something other than `0`.
    pub read_only: bool,
    /// What `NO_COLOR`, then `CLICOLOR_FORCE`, say of colours.
    pub color: Wish,
    /// `TERM`.
    pub term: String,
    /// The character set of `LC_ALL`, `LC_CTYPE` or `LANG` is UTF-8, or none of them is set.
    pub utf8: bool,
    /// The user's name, for the journal.
    pub user: String,
    /// The home directory.
    pub home: Option<PathBuf>,
    /// Which of the variables that services' own tools use are set: names, not values.
    pub credentials: Vec<&'static str>,
}

/// What the environment wishes of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// Nothing: the terminal decides.
    #[default]
    Untold,
    /// None.
    Never,
    /// Always.
    Always,
}

/// The variables in which services' own tools look for a credential.
const CREDENTIALS: &[&str] = &[
    "CLERK_SECRET_KEY",
    "BALENA_TOKEN",
    "BALENA_API_KEY",
    "VULOS_TOKEN",
];

impl Environment {
    /// The environment of this process.
    pub fn read() -> Self {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .find_map(|name| text(name).filter(|value| !value.is_empty()));
        Self {
            config: text("ORGDECK_CONFIG").map(PathBuf::from),
            read_only: text("ORGDECK_READ_ONLY").is_some_and(|v| !v.is_empty() && v != "0"),
            color: color(
                text("NO_COLOR").as_deref(),
                text("CLICOLOR_FORCE").as_deref(),
            ),
            term: text("TERM").unwrap_or_default(),
            utf8: locale.is_none_or(|locale| is_utf8(&locale)),
            user: text("USER").unwrap_or_else(|| "unknown".to_owned()),
            home: text("HOME").map(PathBuf::from),
            credentials: CREDENTIALS
                .iter()
                .copied()
                .filter(|name| text(name).is_some_and(|value| !value.is_empty()))
                .collect(),
        }
    }
}

fn color(no_color: Option<&str>, force: Option<&str>) -> Wish {
    match (no_color, force) {
        (Some(set), _) if !set.is_empty() => Wish::Never,
        (_, Some(set)) if !set.is_empty() && set != "0" => Wish::Always,
        _ => Wish::Untold,
    }
}

fn is_utf8(locale: &str) -> bool {
    let locale = locale.to_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// The secret in a variable.
pub(super) fn secret(name: &str) -> Option<Secret> {
    text(name).map(|value| Secret::new(&value))
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment"
)]
fn text(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
