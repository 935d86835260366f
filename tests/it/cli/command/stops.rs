//! Being told to stop: the request under way comes to its end, no other goes out, and what was done is said.

use std::process::{Child, Stdio};
use std::time::Duration;

use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault, Rule};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value as Json;

use super::stage::{Stage, column, until};

fn start(stage: &Stage, line: &str) -> Child {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = stage.command(&words);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

const REMOVE: &str = "member remove clerk/acme-shop bo cleo emre --yes --confirm acme-shop -o json";

#[test]
fn the_first_signal_waits_for_the_request_under_way() {
    let stage = Stage::new();
    let slow = Rule::always(Fault::Slow(Duration::from_millis(600))).method("DELETE");
    stage.sandbox.fail(Service::Clerk, slow);
    let child = start(&stage, REMOVE);
    until(|| !stage.writes(Service::Clerk).is_empty());
    signal(&child, Signal::INT);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let document: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        column(&document, "results", "outcome"),
        ["done", "not_sent", "not_sent"]
    );
    assert_eq!(stage.writes(Service::Clerk).len(), 1);
}

#[test]
fn the_second_signal_ends_at_once() {
    let stage = Stage::new();
    let never = Rule::always(Fault::NeverAnswer).method("DELETE");
    stage.sandbox.fail(Service::Clerk, never);
    let mut child = start(&stage, REMOVE);
    until(|| !stage.writes(Service::Clerk).is_empty());
    // A signal that comes while the first is still to be heard is one with it, so the second is repeated.
    until(|| {
        signal(&child, Signal::INT);
        child.try_wait().unwrap().is_some() || stage.writes(Service::Clerk).len() > 1
    });
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(stage.writes(Service::Clerk).len(), 1);
}

#[test]
fn a_read_ends_at_the_first_signal_with_its_code() {
    for (which, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        let stage = Stage::new();
        stage
            .sandbox
            .fail(Service::Clerk, Rule::always(Fault::NeverAnswer));
        let mut child = start(&stage, "org list --profile clerk");
        until(|| !stage.sandbox.requests(Service::Clerk).is_empty());
        signal(&child, which);
        assert_eq!(child.wait().unwrap().code(), Some(code));
    }
}
