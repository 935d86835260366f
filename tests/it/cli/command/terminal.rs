//! At a terminal: questions, the table for people, and the line that says how far it is.

use std::time::Duration;

use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault, Rule};

use super::stage::Stage;
use crate::support::pty::Pty;

fn start(stage: &Stage, line: &str) -> Pty {
    let words: Vec<&str> = line.split_whitespace().collect();
    Pty::start(stage.command(&words), (100, 30))
}

#[test]
fn a_write_shows_what_it_sends_and_asks() {
    let stage = Stage::new();
    for (answer, code, writes) in [("n\r", 2, 0), ("\r", 2, 0), ("y\r", 0, 1)] {
        let mut pty = start(&stage, "org edit balena/acme_fleet --field name=Other");
        pty.wait_for("PATCH /v7/organization", 0);
        pty.wait_for("name Acme Fleet -> Other", 0);
        pty.wait_for("Send this request? [y/N]", 0);
        pty.types(answer);
        assert_eq!(pty.wait_end(), code, "{}", pty.text());
        assert_eq!(stage.writes(Service::Balena).len(), writes);
    }
}

#[test]
fn a_name_is_typed_where_a_name_is_needed() {
    let stage = Stage::new();
    for (answer, code) in [("acme\r", 2), ("acme_labs\r", 0)] {
        let mut pty = start(&stage, "org delete balena/acme_labs");
        pty.wait_for("Type one of these to go on", 0);
        pty.types(answer);
        assert_eq!(pty.wait_end(), code, "{}", pty.text());
    }
    assert_eq!(stage.writes(Service::Balena).len(), 1);
}

#[test]
fn nothing_is_asked_when_nothing_may_be() {
    let stage = Stage::new();
    let mut pty = start(
        &stage,
        "org edit balena/acme_fleet --field name=X --no-input",
    );
    assert_eq!(pty.wait_end(), 2, "{}", pty.text());
    assert!(stage.writes(Service::Balena).is_empty());
}

#[test]
fn a_table_has_a_header_and_fits() {
    let stage = Stage::new();
    let mut pty = start(&stage, "member list balena/acme_fleet");
    assert_eq!(pty.wait_end(), 0);
    let text = pty.text();
    assert!(text.starts_with("ID"), "{text}");
    let fits = |line: &str| orgdeck::domain::text::width(line.trim_end_matches('\r')) <= 100;
    assert!(text.lines().all(fits), "{text}");
}

#[test]
fn one_record_is_shown_field_by_field() {
    let stage = Stage::new();
    let mut pty = start(&stage, "org show vulos/41");
    assert_eq!(pty.wait_end(), 0);
    let text = pty.text();
    assert!(
        text.contains("Harbour Pilots\r\n") && text.contains("Quay 7\r\n"),
        "{text}"
    );
    assert!(text.lines().any(|line| line.starts_with("city")), "{text}");
}

/// Who waits longer than half a second is told how far it is; who reads a file is not.
#[test]
fn long_work_says_how_far_it_is() {
    let stage = Stage::new();
    let slow = Rule::always(Fault::Slow(Duration::from_millis(300))).method("DELETE");
    stage.sandbox.fail(Service::Clerk, slow);
    let line = "member remove clerk/acme-shop bo cleo emre --yes --confirm acme-shop";
    let mut pty = start(&stage, line);
    pty.wait_for(" of 3 requests, ", 0);
    assert_eq!(pty.wait_end(), 0, "{}", pty.text());
    let ran = stage.run("member remove clerk/acme-shop gil hedda ines --yes --confirm acme-shop");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran}");
}
