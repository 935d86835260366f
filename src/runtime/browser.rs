//! Opening an address in a person's browser: by `$BROWSER`, else by what the desktop has for it. The
//! browser gets no variable that holds a secret.

use std::process::Stdio;

use tokio::process::Command;

/// What opens addresses on desktops, the likeliest first.
const OPENERS: &[&[&str]] = &[
    &["xdg-open", "%s"],
    &["open", "%s"],
    &["gio", "open", "%s"],
    &["x-www-browser", "%s"],
];

/// How addresses are opened.
#[derive(Clone, Debug, Default)]
pub enum Browser {
    /// Not at all.
    #[default]
    Nowhere,
    /// By what there is.
    Here {
        /// What `$BROWSER` names.
        own: Option<String>,
        /// The variables that it does not inherit.
        hidden: Vec<String>,
    },
}

impl Browser {
    /// From now on it inherits none of these variables.
    pub fn hide(&mut self, variables: Vec<String>) {
        if let Self::Here { hidden, .. } = self {
            *hidden = variables;
        }
    }

    /// Opens an address; whether anything was there to do so.
    pub fn open(&self, url: &str) -> bool {
        let Self::Here { own, hidden } = self else {
            return false;
        };
        let own = own.as_deref().unwrap_or_default().split(':');
        let own = own.map(|line| line.split_whitespace().collect::<Vec<_>>());
        let usual = OPENERS.iter().map(|words| words.to_vec());
        own.filter(|words| !words.is_empty())
            .chain(usual)
            .any(|words| starts(&words, url, hidden))
    }
}

fn starts(words: &[&str], url: &str, hidden: &[String]) -> bool {
    let mut command = Command::new(words[0]);
    command.args(words[1..].iter().map(|word| word.replace("%s", url)));
    if !words.iter().any(|word| word.contains("%s")) {
        command.arg(url);
    }
    for name in hidden {
        command.env_remove(name);
    }
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .is_ok()
}
