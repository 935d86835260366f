//! The environment, read once when the program starts.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::domain::Secret;

/// What the environment says.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// `ORGDECK_CONFIG`: the configuration file.
    pub config: Option<PathBuf>,
    /// `ORGDECK_PROFILE`: the names in it.
    pub profiles: Vec<String>,
    /// `ORGDECK_READ_ONLY` is set to something other than `0`.
    pub read_only: bool,
    /// `ORGDECK_INVITE_TOKEN`: the token of an invite to accept.
    pub invite_token: Option<Secret>,
    /// `ORGDECK_LOG`: the trace log.
    pub log: Option<PathBuf>,
    /// What `NO_COLOR`, then `CLICOLOR_FORCE`, say of colours.
    pub color: Wish,
    /// `TERM`.
    pub term: String,
    /// What `LC_ALL`, `LC_CTYPE` or `LANG` says of the character set.
    pub charset: Charset,
    /// The user's name, for the journal.
    pub user: String,
    /// The home directory.
    pub home: Option<PathBuf>,
    /// The proxies that requests go through, by variable, without the passwords in them.
    pub proxies: Vec<(&'static str, String)>,
    /// Whether this is a session on another machine: a browser would open there.
    pub remote: bool,
    /// Whether there is a desktop that a browser could open on.
    pub desktop: bool,
    /// What passes on what the terminal is sent.
    pub between: Between,
    /// Which program the terminal is, where it says so and takes no texts for the clipboard.
    pub deaf: Option<&'static str>,
    /// `BROWSER`: what opens addresses.
    pub browser: Option<String>,
    /// `BALENARC_BALENA_URL`: the domain of the balena server that its own tools are set to.
    pub balena_domain: Option<String>,
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

/// What passes on what the terminal is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Between {
    /// Nothing that is known of.
    #[default]
    Nothing,
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

/// A character set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Charset {
    /// Nobody says.
    #[default]
    Untold,
    /// UTF-8.
    Unicode,
    /// Another one.
    Other,
}

/// The variables in which services' own tools look for a credential.
const CREDENTIALS: &[&str] = &[
    "CLERK_SECRET_KEY",
    "BALENA_TOKEN",
    "BALENA_API_KEY",
    "VULOS_TOKEN",
];

/// The variable that holds the token of an invite.
const INVITE: &str = "ORGDECK_INVITE_TOKEN";

/// The variables that are known to hold secrets.
pub(super) fn secrets() -> impl Iterator<Item = &'static str> {
    CREDENTIALS.iter().copied().chain([INVITE])
}

/// The variables that name proxies, and what goes past them.
const PROXIES: &[&str] = &[
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];

/// The words behind the program's name, as far as they are text.
pub fn arguments() -> Vec<String> {
    let words = std::env::args_os().skip(1);
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect()
}

impl Environment {
    /// The environment of this process.
    pub fn read() -> Self {
        Self::of(variable)
    }

    /// An environment with these variables. One that is set to nothing counts as not set.
    pub fn of(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let path = |name: &str| set(name).map(PathBuf::from);
        let text = |name: &str| set(name).map(|value| value.to_string_lossy().into_owned());
        Self {
            config: path("ORGDECK_CONFIG"),
            profiles: text("ORGDECK_PROFILE").map_or_else(Vec::new, |names| listed(&names)),
            read_only: text("ORGDECK_READ_ONLY").is_some_and(|value| value != "0"),
            invite_token: text(INVITE).map(|token| Secret::new(&token)),
            log: path("ORGDECK_LOG"),
            color: color(text("NO_COLOR"), text("CLICOLOR_FORCE")),
            term: text("TERM").unwrap_or_default(),
            charset: charset(["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(text)),
            user: text("USER").unwrap_or_else(|| "unknown".to_owned()),
            home: path("HOME"),
            desktop: cfg!(target_os = "macos")
                || set("DISPLAY").is_some()
                || set("WAYLAND_DISPLAY").is_some(),
            between: if set("TMUX").is_some() {
                Between::Tmux
            } else if set("STY").is_some() {
                Between::Screen
            } else {
                Between::Nothing
            },
            deaf: if set("VTE_VERSION").is_some() {
                Some("this terminal (VTE) takes no texts from programs")
            } else if text("TERM_PROGRAM").as_deref() == Some("Apple_Terminal") {
                Some("Apple's Terminal takes no texts from programs")
            } else {
                None
            },
            browser: text("BROWSER"),
            balena_domain: text("BALENARC_BALENA_URL"),
            remote: set("SSH_CONNECTION").is_some() || set("SSH_TTY").is_some(),
            proxies: PROXIES
                .iter()
                .filter_map(|name| Some((*name, without_user(&text(name)?))))
                .collect(),
            credentials: CREDENTIALS
                .iter()
                .copied()
                .filter(|name| set(name).is_some())
                .collect(),
        }
    }
}

/// An address without the user and password in it.
fn without_user(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((before, host)) => {
            let scheme = before.split_once("://").map_or("", |(scheme, _)| scheme);
            let joint = if scheme.is_empty() { "" } else { "://" };
            format!("{scheme}{joint}***@{host}")
        }
        None => address.to_owned(),
    }
}

fn listed(names: &str) -> Vec<String> {
    let names = names.split(',').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn color(no_color: Option<String>, force: Option<String>) -> Wish {
    match (no_color, force) {
        (Some(_), _) => Wish::Never,
        (None, Some(force)) if force != "0" => Wish::Always,
        (None, _) => Wish::Untold,
    }
}

fn charset(locale: Option<String>) -> Charset {
    let Some(locale) = locale.map(|locale| locale.to_lowercase()) else {
        return Charset::Untold;
    };
    if locale.contains("utf-8") || locale.contains("utf8") {
        Charset::Unicode
    } else {
        Charset::Other
    }
}

/// Whether it is the name of a variable, and no secret that was put in the name's place.
pub fn is_name(word: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let has = |kind: fn(&char) -> bool| word.chars().any(|c| kind(&c));
    let is_random = word.len() >= 20
        && !word.contains('_')
        && has(char::is_ascii_lowercase)
        && has(char::is_ascii_digit);
    let is_long = word.len() > 40;
    !word.is_empty() && word.chars().all(fits) && !word.starts_with("sk_") && !is_long && !is_random
}

/// The secret in a variable.
pub(super) fn secret(name: &str) -> Option<Secret> {
    variable(name)?.to_str().map(Secret::new)
}

/// Shorter ones stand in other texts by chance.
const TELLING: usize = 12;

/// The variables that hold this secret, by itself or among other words.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment"
)]
pub(super) fn copies(secret: Option<&Secret>) -> Vec<String> {
    let Some(secret) = secret.filter(|secret| secret.expose().len() >= TELLING) else {
        return Vec::new();
    };
    let holds = |value: &OsString| value.to_string_lossy().contains(secret.expose());
    let copies = std::env::vars_os().filter(|(_, value)| holds(value));
    copies
        .filter_map(|(name, _)| name.into_string().ok())
        .collect()
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment"
)]
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}
