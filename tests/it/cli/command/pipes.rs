//! Pipes: a reader that has enough, an input that is closed, and who is told how far it is.

use std::process::Command;
use std::time::{Duration, Instant};

use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault, Rule};

use super::stage::Stage;
use crate::support::program::{Ran, run};
use crate::support::pty::Pty;

/// A list of several pages.
const LONG: &str = "member list clerk/partner-portal";

/// Runs a line of a shell in which `orgdeck` is the program.
fn shell(stage: &Stage, line: &str) -> Ran {
    let program = env!("CARGO_BIN_EXE_orgdeck");
    let line = line.replace("orgdeck", program);
    let mut command = Command::new("bash");
    command
        .args(["-c", &line])
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", stage.home.path());
    run(&mut command)
}

/// Who reads one row of many gets it, and nobody complains about the rest.
#[test]
fn r61_a_reader_that_has_enough_is_no_error() {
    let stage = Stage::new();
    for format in ["table", "json", "ndjson", "csv", "md"] {
        let line = format!("orgdeck {LONG} -o {format} | head -n 1; exit ${{PIPESTATUS[0]}}");
        let ran = shell(&stage, &line);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran}");
        assert_eq!(ran.stdout.lines().count(), 1, "{format}: {ran}");
    }
}

/// Nothing more can come of an input that is closed, so nothing is waited for.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "how long it takes is the question"
)]
fn r61_a_closed_input_is_an_end() {
    let stage = Stage::new();
    for (line, code) in [
        ("invite accept balena --yes", 2),
        (
            "invite create clerk/acme-shop --from - --role org:member --yes",
            2,
        ),
        ("org metadata set clerk/acme-shop - --yes", 2),
        ("org edit clerk/acme-shop --field name=X", 2),
        ("org delete clerk/acme-shop", 2),
        ("org list", 0),
    ] {
        let begun = Instant::now();
        let ran = shell(&stage, &format!("orgdeck {line} <&-"));
        assert_eq!(ran.code, Some(code), "{line}: {ran}");
        // A second is what a person notices; the rest is for machines that do other things too.
        assert!(begun.elapsed() < Duration::from_secs(10), "{line}");
    }
    assert!(stage.writes(Service::Clerk).is_empty());
}

/// A list that goes to a file takes long in silence, unless it says how far it is.
#[test]
fn a_long_list_that_nobody_sees_says_how_far_it_is() {
    let stage = Stage::new();
    let slow = Rule::always(Fault::Slow(Duration::from_millis(700))).path("/memberships");
    stage.sandbox.fail(Service::Clerk, slow);
    let file = stage.home.path().join("rows").display().to_string();
    let words = format!("{LONG} --out {file}");
    let words: Vec<&str> = words.split(' ').collect();
    let mut pty = Pty::start(stage.command(&words), (100, 30));
    pty.wait_for(" rows, ", 0);
    assert_eq!(pty.wait_end(), 0, "{}", pty.text());
    assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 318);
    let ran = stage.run(&format!("{LONG} --out {file} --force"));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran}");
}
