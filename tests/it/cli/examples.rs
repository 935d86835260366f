//! Tests of the examples in the help: each of them works as it stands.

use std::path::Path;
use std::process::Command;

use clap::FromArgMatches as _;
use orgdeck::cli::args::examples::{ATTENDED, EXAMPLES};
use orgdeck::cli::args::{self, Args};
use orgdeck::domain::Verb;
use tempfile::TempDir;

use crate::support::program::{Ran, orgdeck, run};

/// A home with the files that examples name.
fn home() -> TempDir {
    let home = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(home.path().join(name), bytes).unwrap();
    write(
        "logo.png",
        include_bytes!("../../../assets/sandbox/logo.png"),
    );
    write("people.csv", b"email,role\nnew@acme.example,org:admin\n");
    write("token", b"a-token-of-an-invite\n");
    home
}

/// Runs a line as a shell does that finds the program.
fn shell(line: &str, home: &Path) -> Ran {
    let program = Path::new(env!("CARGO_BIN_EXE_orgdeck"));
    let folder = program.parent().unwrap().display();
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", line])
        .current_dir(home)
        .env_clear()
        .env("PATH", format!("{folder}:/usr/bin:/bin"))
        .env("HOME", home);
    run(&mut command)
}

#[test]
fn every_example_works_as_it_stands() {
    let home = home();
    for (words, lines) in EXAMPLES {
        for line in *lines {
            assert!(line.contains(words), "{line}");
            let ran = shell(line, home.path());
            assert_eq!(ran.code, Some(0), "{line}: {ran}");
            let is_file = line.contains(" > ");
            assert!(is_file || !ran.stdout.is_empty(), "{line}: {ran}");
        }
    }
}

#[test]
fn what_needs_somebody_to_attend_is_at_least_understood() {
    for (words, lines) in ATTENDED {
        for line in *lines {
            assert!(line.contains(words), "{line}");
            let words = line.split(' ').map(|word| word.trim_matches('\''));
            let matches = args::command().try_get_matches_from(words).unwrap();
            assert!(Args::from_arg_matches(&matches).is_ok(), "{line}");
        }
    }
}

#[test]
fn the_help_of_every_verb_shows_its_use() {
    let home = TempDir::new().unwrap();
    for verb in Verb::ALL {
        let all = EXAMPLES.iter();
        let lines: Vec<&str> = all
            .filter(|(words, _)| *words == verb.name())
            .flat_map(|(_, lines)| lines.iter().copied())
            .collect();
        assert!(!lines.is_empty(), "`{}` has no example", verb.name());
        let mut words: Vec<&str> = verb.name().split(' ').collect();
        words.push("--help");
        let help = run(&mut orgdeck(&words, home.path()));
        for line in lines {
            assert!(help.stdout.contains(line), "{line}: {help}");
        }
    }
}
