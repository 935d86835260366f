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

/// Opens an address; whether anything was there to do so.
pub(super) fn open(url: &str, browser: Option<&str>, hidden: &[String]) -> bool {
    let own = browser.unwrap_or_default().split(':');
    let own = own.map(|line| line.split_whitespace().collect::<Vec<_>>());
    let usual = OPENERS.iter().map(|words| words.to_vec());
    own.filter(|words| !words.is_empty())
        .chain(usual)
        .any(|words| starts(&words, url, hidden))
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
