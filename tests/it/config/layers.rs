//! Tests of layers: what is in force, and who says so.

use std::path::Path;

use orgdeck::config::layers::{Flags, Setting, Source, settings};
use orgdeck::config::{Environment, file};

use super::KNOWN;

const TEXT: &str = "# mine\n[profiles.shop]\nprovider = \"clerk\"\ntoken = { command = [\"echo\", \"s3cret\"] }\n\
                    read_only = false\nca_file = \"/ca.pem\"\n";

/// The settings, one line each.
fn shown(flags: &Flags<'_>, environment: &Environment, text: &str) -> Vec<String> {
    let file = file::whole(text.as_bytes(), "c", KNOWN).unwrap();
    let source = Source {
        journal_keep: file.journal_keep,
        path: Path::new("/c.toml"),
        text,
        profiles: &file.profiles,
    };
    let all = settings(flags, environment, Some(source));
    let line = |Setting { key, value, origin }: Setting| {
        format!("{key} = {} ({origin})", value.as_deref().unwrap_or("-"))
    };
    all.into_iter().map(line).collect()
}

#[test]
fn without_anything_everything_is_a_default() {
    assert_eq!(
        shown(&Flags::default(), &Environment::default(), ""),
        [
            "config = /c.toml (default)",
            "profile = - (default)",
            "read_only = false (default)",
            "color = auto (default)",
            "log = - (default)",
            "journal_keep = 400d (default)",
            "removal_cap = 25 (default)",
            "refresh = 60 (default)",
        ]
    );
}

#[test]
fn a_file_is_named_with_the_line_and_secrets_by_their_place() {
    let all = shown(&Flags::default(), &Environment::default(), TEXT);
    assert_eq!(
        all[8..],
        [
            "profiles.shop.provider = clerk (file /c.toml:3)",
            "profiles.shop.url = https://api.clerk.com (default)",
            "profiles.shop.token = command echo (file /c.toml:4)",
            "profiles.shop.production = - (default)",
            "profiles.shop.read_only = false (file /c.toml:5)",
            "profiles.shop.ca_file = /ca.pem (file /c.toml:6)",
            "profiles.shop.body = json (default)",
        ]
    );
}

#[test]
fn how_long_the_journal_is_kept_is_named_with_its_line() {
    let text = format!("journal_keep = \"30d\"\n{TEXT}");
    let all = shown(&Flags::default(), &Environment::default(), &text);
    assert_eq!(all[5], "journal_keep = 30d (file /c.toml:1)");
}

#[test]
fn the_environment_is_above_the_file_and_flags_are_above_both() {
    let variables = [
        ("ORGDECK_CONFIG", "/e.toml"),
        ("ORGDECK_PROFILE", "a,b"),
        ("ORGDECK_READ_ONLY", "1"),
        ("NO_COLOR", "1"),
        ("ORGDECK_LOG", "/e.log"),
    ];
    let environment = Environment::of(|name| {
        let set = variables.iter().find(|(known, _)| *known == name);
        set.map(|(_, value)| value.into())
    });
    let all = shown(&Flags::default(), &environment, TEXT);
    assert_eq!(
        all[..5],
        [
            "config = /e.toml (environment ORGDECK_CONFIG)",
            "profile = a,b (environment ORGDECK_PROFILE)",
            "read_only = true (environment ORGDECK_READ_ONLY)",
            "color = never (environment NO_COLOR)",
            "log = /e.log (environment ORGDECK_LOG)",
        ]
    );
    let own = "profiles.shop.read_only = true (environment ORGDECK_READ_ONLY)";
    assert!(all.iter().any(|line| line == own), "{all:#?}");
    let names = ["c".to_owned()];
    let flags = Flags {
        config: Some(Path::new("/f.toml")),
        profiles: &names,
        read_only: Some(true),
        color: Some("always"),
        log: Some(Path::new("/f.log")),
    };
    let all = shown(&flags, &environment, TEXT);
    assert_eq!(
        all[..5],
        [
            "config = /f.toml (flag --config)",
            "profile = c (flag --profile)",
            "read_only = true (flag --read-only)",
            "color = always (flag --color)",
            "log = /f.log (flag --log)",
        ]
    );
}
