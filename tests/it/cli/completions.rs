//! Tests of the completions: what a shell is answered, without a service and without a secret.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use clap_complete::CompletionCandidate;
use orgdeck::cli::completions::Known;
use orgdeck::sandbox::Service;
use tempfile::TempDir;

use crate::sandbox::demo;
use crate::support::program::{Ran, orgdeck, run};
use crate::support::pty::Pty;

const CONFIG: &str = r#"
[profiles.prod]
provider = "balena"
token = { env = "CANARY" }

[profiles.shop]
provider = "clerk"
url = "http://127.0.0.1:1"
token = { command = ["false"] }
"#;

/// Names as a service could have told them.
const NAMES: &str = r#"[
    {"id":"26474","slug":"acme_fleet","name":"Acme Fleet"},
    {"id":"26475","slug":"$(touch pwned)","name":"\u001b[31mRed\u202e"},
    {"id":"; reboot","slug":"a b","name":"No way to type it"},
    {"id":"26476","slug":"123","name":null},
    {"id":"--force","slug":null,"name":"An option"}
]"#;

fn home() -> TempDir {
    let home = TempDir::new().unwrap();
    write(&home.path().join(".config/orgdeck/config.toml"), CONFIG);
    write(&home.path().join(".cache/orgdeck/names/prod.json"), NAMES);
    home
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

/// The organizations that are offered for a beginning, with what is said of them.
fn places(begun: &str, home: &Path) -> Vec<(String, String)> {
    let known = Known {
        profiles: vec![("prod".to_owned(), "balena"), ("shop".to_owned(), "clerk")],
        folder: Some(home.join(".cache/orgdeck/names")),
    };
    let said = |candidate: &CompletionCandidate| {
        let help = candidate.get_help().map(ToString::to_string);
        let value = candidate.get_value().to_str().unwrap();
        (value.to_owned(), help.unwrap_or_default())
    };
    known.places(begun).iter().map(said).collect()
}

/// What fish is answered for these words, the last of which is being typed.
fn answers(words: &[&str], home: &Path) -> Vec<String> {
    let mut command = orgdeck(&[&["--", "orgdeck"], words].concat(), home);
    command.env("_ORGDECK_COMPLETE", "fish");
    let ran: Ran = run(&mut command);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran}");
    ran.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn every_shell_has_a_script_that_asks_the_program() {
    let home = TempDir::new().unwrap();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = run(&mut orgdeck(&["completions", shell], home.path()));
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran}");
        assert!(ran.stdout.contains("_ORGDECK_COMPLETE"), "{ran}");
    }
    let ran = run(&mut orgdeck(&["completions", "tcsh"], home.path()));
    assert_eq!(ran.code, Some(2));
}

#[test]
fn commands_and_values_come_from_the_definitions() {
    let home = TempDir::new().unwrap();
    let begun = answers(&["sna"], home.path());
    assert_eq!(begun.len(), 1, "{begun:?}");
    assert!(begun[0].starts_with("snapshot\t"), "{begun:?}");
    let formats = answers(&["snapshot", "--format", ""], home.path());
    assert_eq!(formats.len(), 4, "{formats:?}");
}

#[test]
fn profiles_come_from_the_configuration() {
    let home = home();
    assert_eq!(
        answers(&["--profile", ""], home.path()),
        ["prod\tbalena", "shop\tclerk"]
    );
    assert_eq!(answers(&["--profile", "sh"], home.path()), ["shop\tclerk"]);
    let nobody = TempDir::new().unwrap();
    assert_eq!(answers(&["--profile", ""], nobody.path()), [""; 0]);
    write(
        &nobody.path().join(".config/orgdeck/config.toml"),
        "[broken",
    );
    assert_eq!(answers(&["--profile", ""], nobody.path()), [""; 0]);
}

#[test]
fn organizations_come_from_the_cache_behind_the_slash_of_their_profile() {
    let home = home();
    let pair = |value: &str, help: &str| (value.to_owned(), help.to_owned());
    assert_eq!(
        places("", home.path()),
        [pair("prod/", "balena"), pair("shop/", "clerk")]
    );
    assert_eq!(
        places("prod/a", home.path()),
        [pair("prod/acme_fleet", "Acme Fleet")]
    );
    assert_eq!(places("shop/", home.path()), []);
    // Not the names of a profile that is no longer there.
    assert_eq!(places("../names/prod/", home.path()), []);
    assert_eq!(places("gone/", home.path()), []);
}

#[test]
fn nothing_is_offered_that_a_shell_could_run_and_nothing_shown_that_a_terminal_obeys() {
    let home = home();
    let offered = places("prod/", home.path());
    let values: Vec<&str> = offered.iter().map(|(value, _)| value.as_str()).collect();
    assert_eq!(
        values,
        ["prod/acme_fleet", "prod/26475", "prod/26476"],
        "a handle that is a command or an option, or only digits, is never offered"
    );
    let red = &offered[1].1;
    assert!(red.contains("Red"), "{red:?}");
    assert!(!red.contains(['\u{1b}', '\u{202e}']), "{red:?}");
}

#[test]
fn a_cache_that_others_could_have_written_or_that_is_damaged_offers_nothing() {
    let home = home();
    let path = home.path().join(".cache/orgdeck/names/prod.json");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(places("prod/", home.path()), []);
    write(&path, "[{\"id\":");
    assert_eq!(places("prod/", home.path()), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_the_console_reads_are_offered_afterwards_and_no_secret_is_kept() {
    let sandbox = demo();
    let face = sandbox.face(Service::Clerk);
    let home = TempDir::new().unwrap();
    let token = home.path().join("token");
    write(&token, &face.token);
    let config = format!(
        "[profiles.shop]\nprovider = \"clerk\"\nurl = \"{}\"\ntoken = {{ file = \"{}\" }}\n",
        face.url,
        token.display()
    );
    write(&home.path().join(".config/orgdeck/config.toml"), &config);
    let mut pty = Pty::start(orgdeck(&[], home.path()), (120, 36));
    pty.wait_for("Portal", 0);
    pty.types("q");
    assert_eq!(pty.wait_end(), 0);
    let folder = home.path().join(".cache/orgdeck/names");
    let kept = fs::read_to_string(folder.join("shop.json")).unwrap();
    assert!(kept.contains("Acme Shop"), "{kept}");
    assert!(!kept.contains(&face.token));
    let offered = places("shop/acme-s", home.path());
    assert_eq!(offered.len(), 2, "{offered:?}");
}
