//! Tests of what is printed without a terminal: texts, streams and exit codes.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use insta::assert_snapshot;
use tempfile::TempDir;

use crate::support::program::{Ran, orgdeck, run};

/// Runs the program with these arguments in a home with this configuration.
fn with_config(config: &str, arguments: &[&str]) -> Ran {
    let home = TempDir::new().unwrap();
    let path = write_config(home.path(), config);
    let ran = run(&mut orgdeck(arguments, home.path()));
    let short = |text: &str| text.replace(&path, "CONFIG");
    Ran {
        code: ran.code,
        stdout: short(&ran.stdout),
        stderr: short(&ran.stderr),
    }
}

fn write_config(home: &Path, config: &str) -> String {
    let folder = home.join(".config/orgdeck");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("config.toml");
    fs::write(&path, config).unwrap();
    path.display().to_string()
}

fn bare(arguments: &[&str]) -> Ran {
    let home = TempDir::new().unwrap();
    run(&mut orgdeck(arguments, home.path()))
}

const BROKEN: &str = "[profiles.x]\nprovider = \"clerk\"\ntokn = { env = \"T\" }\n";
const GOOD: &str = "[profiles.prod]\nprovider = \"balena\"\ntoken = { env = \"T\" }\n";

#[test]
fn help() {
    assert_snapshot!(bare(&["--help"]));
}

#[test]
fn help_of_the_sandbox() {
    assert_snapshot!(bare(&["sandbox", "--help"]));
}

#[test]
fn version() {
    let ran = bare(&["--version"]);
    let words = concat!("orgdeck ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!((ran.code, &*ran.stdout, &*ran.stderr), (Some(0), words, ""));
}

#[test]
fn a_flag_that_is_not_there() {
    assert_snapshot!(bare(&["--profil", "x"]));
}

#[test]
fn a_word_that_is_not_there() {
    assert_snapshot!(bare(&["sanbox"]));
}

#[test]
fn a_colour_that_is_not_there() {
    assert_snapshot!(bare(&["--color", "sometimes"]));
}

#[test]
fn no_terminal() {
    assert_snapshot!(bare(&[]));
    assert_eq!(bare(&["--demo"]), bare(&[]));
    assert_eq!(with_config(GOOD, &[]), bare(&[]));
}

#[test]
fn a_broken_configuration() {
    assert_snapshot!(with_config(BROKEN, &[]));
}

#[test]
fn a_broken_configuration_stops_nothing_that_does_not_need_it() {
    for arguments in [&["--help"][..], &["--version"], &["sandbox", "--help"]] {
        assert_eq!(with_config(BROKEN, arguments), bare(arguments));
    }
    // All that the demo lacks here is a terminal.
    assert_eq!(with_config(BROKEN, &["--demo"]), bare(&[]));
}

#[test]
fn a_profile_that_is_not_there() {
    assert_snapshot!(with_config(
        GOOD,
        &["--profile", "prod", "--profile", "prud"]
    ));
    assert_eq!(with_config(GOOD, &["--profile", "prod"]), bare(&[]));
}

#[test]
fn the_flag_for_profiles_comes_before_the_variable() {
    let home = TempDir::new().unwrap();
    write_config(home.path(), GOOD);
    let ran = |arguments: &[&str]| {
        run(orgdeck(arguments, home.path()).env("ORGDECK_PROFILE", "other,prod"))
    };
    assert!(
        ran(&[])
            .stderr
            .starts_with("error: unknown profile `other`")
    );
    assert_eq!(ran(&["--profile", "prod"]), bare(&[]));
}

#[test]
fn a_configuration_that_a_flag_names_has_to_be_there() {
    let ran = bare(&["--config", "/nonexistent/c.toml"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr
            .starts_with("error: /nonexistent/c.toml: No such file")
    );
    let home = TempDir::new().unwrap();
    let named = run(orgdeck(&[], home.path()).env("ORGDECK_CONFIG", "/nonexistent/c.toml"));
    assert_eq!(named, bare(&[]));
}

#[test]
fn the_configuration_is_found_in_its_place() {
    let home = TempDir::new().unwrap();
    let place = home.path().join("elsewhere/orgdeck");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("config.toml"), BROKEN).unwrap();
    let ran = run(orgdeck(&[], home.path()).env("XDG_CONFIG_HOME", home.path().join("elsewhere")));
    let start = format!("error: {}/config.toml:3:1: ", place.display());
    assert!(ran.stderr.starts_with(&start), "{ran}");
}

#[test]
fn r6_what_a_file_holds_cannot_command_the_terminal() {
    let hostile = "[profiles.x]\n\"\\u001b]0;owned\\u0007\" = 1\n";
    let ran = with_config(hostile, &[]);
    assert_eq!(ran.code, Some(2));
    let ours = ran.stderr.chars().all(|c| c == '\n' || !c.is_control());
    assert!(ours && ran.stderr.contains("owned"), "{ran}");
}

#[test]
fn a_log_that_must_not_be_written_to() {
    let home = TempDir::new().unwrap();
    let folder = home.path().display().to_string();
    let mut ran = run(&mut orgdeck(&["--log", &folder], home.path()));
    ran.stderr = ran.stderr.replace(&folder, "FOLDER");
    assert_snapshot!(ran);
}

/// A person who pages through the help closes the pipe early.
#[test]
fn r61_a_closed_pipe_is_no_error() {
    for arguments in [&["--help"][..], &["--version"], &["sandbox", "--help"]] {
        let home = TempDir::new().unwrap();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command: Command = orgdeck(arguments, home.path());
        let output = command
            .stdin(Stdio::null())
            .stdout(writer)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_place_needs_a_terminal_and_an_address() {
    let ran = bare(&["--demo", "open", "prod/acme_fleet/members?admin"]);
    assert_eq!(ran.code, Some(2), "{ran}");
    assert!(ran.stderr.contains("the console needs a terminal"), "{ran}");
    let ran = bare(&["--demo", "open", "prod"]);
    assert_eq!(ran.code, Some(2), "{ran}");
    assert!(ran.stderr.contains("an address is PROFILE/ORG["), "{ran}");
}
