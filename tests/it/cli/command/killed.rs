//! Killed in the middle: the journal says what was open, reading settles it, and nothing is sent again.

use std::process::{Child, Stdio};

use orgdeck::sandbox::Service::{self, Balena, Clerk, Vulos};
use orgdeck::sandbox::faults::{Fault, Rule};
use serde_json::Value as Json;

use super::stage::{Stage, column, until};

fn start(stage: &Stage, line: &str) -> Child {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = stage.command(&words);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().unwrap()
}

/// A moment in the middle of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// The request has reached the service, which did nothing yet.
    Before,
    /// The service has done it, and its answer is on the way.
    After,
}

/// Runs a command and kills it when the service holds its write with this number, from 1.
fn kill(stage: &Stage, (service, line): (Service, &str), (number, moment): (usize, Moment)) {
    let fault = match moment {
        Moment::Before => Fault::NeverAnswer,
        Moment::After => Fault::Withhold,
    };
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let rule = Rule::always(fault.clone()).method(method);
        // Composed writes of one command differ in their methods, or are counted within one.
        stage
            .sandbox
            .fail(service, rule.after(skipped(line, method, number)));
    }
    let mut child = start(stage, line);
    until(|| {
        let ended = child.try_wait().unwrap();
        assert_eq!(ended, None, "{line}: it ended before it was killed");
        stage.writes(service).len() >= number
    });
    child.kill().unwrap();
    child.wait().unwrap();
    stage.sandbox.heal(service);
}

/// How many requests of a method come before the write with this number.
fn skipped(line: &str, method: &str, number: usize) -> usize {
    match (line.contains("--give") || line.contains("resend"), method) {
        // First one method, then the other.
        (true, "POST") if line.contains("--give") => number - 1,
        (true, "DELETE") if line.contains("resend") => number - 1,
        (true, _) => 0,
        (false, _) => number - 1,
    }
}

fn listed(stage: &Stage) -> (Vec<String>, String) {
    let ran = stage.run("journal list -o json");
    assert_eq!(ran.code, Some(0), "{ran}");
    let document: Json = serde_json::from_str(&ran.stdout).unwrap();
    let mut outcomes = column(&document, "journal", "outcome");
    outcomes.reverse();
    (
        outcomes.into_iter().map(str::to_owned).collect(),
        ran.stderr,
    )
}

/// What each service is asked for that can be looked up afterwards.
const WRITES: &[(Service, &str)] = &[
    (
        Balena,
        "member role balena/acme_fleet bo --set administrator --yes",
    ),
    (
        Balena,
        "member remove balena/acme_fleet bo --yes --confirm acme_fleet",
    ),
    (
        Balena,
        "org edit balena/acme_fleet --field name=Other --yes",
    ),
    (
        Balena,
        "invite create balena/acme_fleet fresh@new.example --yes",
    ),
    (
        Balena,
        "invite revoke balena/acme_fleet hal@acme.example --yes",
    ),
    (
        Clerk,
        "member role clerk/acme-shop bo --set org:admin --yes",
    ),
    (
        Clerk,
        "member remove clerk/acme-shop bo --yes --confirm acme-shop",
    ),
    (
        Clerk,
        "member add clerk/acme-shop kim@acme.example --role org:member --yes",
    ),
    (Clerk, "org edit clerk/acme-shop --field name=Other --yes"),
    (
        Clerk,
        "invite create clerk/acme-shop fresh@new.example --role org:member --yes",
    ),
    (
        Clerk,
        "invite create clerk/acme-shop one@new.example two@new.example --role org:member --yes",
    ),
    (
        Clerk,
        "invite revoke clerk/acme-shop hal@acme.example --yes",
    ),
    (Vulos, "org edit vulos/41 --field name=Other --yes"),
];

#[test]
fn r1_r19_a_killed_write_is_settled_by_reading_and_never_sent_again() {
    for (service, line) in WRITES {
        for moment in [Moment::Before, Moment::After] {
            let stage = Stage::new();
            kill(&stage, (*service, line), (1, moment));
            assert_eq!(stage.writes(*service).len(), 1, "{line}");
            let (outcomes, said) = listed(&stage);
            let (wanted, word) = match moment {
                Moment::Before => ("not_sent", "0 done, 1 not done, 0 unknown"),
                Moment::After => ("done", "1 done, 0 not done, 0 unknown"),
            };
            assert_eq!(outcomes, [wanted], "{line} {moment:?}: {said}");
            assert!(said.contains("1 write was open"), "{line}: {said}");
            assert!(said.contains(word), "{line} {moment:?}: {said}");
            assert_eq!(stage.writes(*service).len(), 1, "{line}: nothing was sent");
            let (again, said) = listed(&stage);
            assert_eq!(again, outcomes);
            // Of several rows that were not sent, a console can send the rest.
            if line.contains("two@") && moment == Moment::Before {
                assert!(said.contains("2 not started"), "{said}");
            } else {
                assert_eq!(said, "", "said once");
            }
            assert_eq!(stage.run("journal verify").code, Some(0));
        }
    }
}

#[test]
fn where_there_is_nothing_to_look_at_it_stays_unknown() {
    let stage = Stage::new();
    let line = "invite create vulos/41 fresh@new.example --yes";
    kill(&stage, (Vulos, line), (1, Moment::After));
    let (outcomes, said) = listed(&stage);
    assert_eq!(outcomes, ["unknown"]);
    assert!(said.contains("0 done, 0 not done, 1 unknown"), "{said}");
    assert_eq!(stage.writes(Vulos).len(), 1);
}

#[test]
fn what_cannot_be_looked_up_stays_open_until_it_can() {
    let stage = Stage::new();
    let line = "member role clerk/acme-shop bo --set org:admin --yes";
    kill(&stage, (Clerk, line), (1, Moment::After));
    stage.sandbox.fail(Clerk, Rule::always(Fault::ResetBefore));
    let (outcomes, said) = listed(&stage);
    assert_eq!(outcomes, ["open"]);
    assert!(said.contains("1 could not be looked up yet"), "{said}");
    stage.sandbox.heal(Clerk);
    assert_eq!(listed(&stage).0, ["done"]);
}

#[test]
fn a_write_of_a_living_process_is_left_alone() {
    let stage = Stage::new();
    stage
        .sandbox
        .fail(Clerk, Rule::always(Fault::NeverAnswer).method("PATCH"));
    let mut child = start(
        &stage,
        "member role clerk/acme-shop bo --set org:admin --yes",
    );
    until(|| stage.writes(Clerk).len() == 1);
    let (outcomes, said) = listed(&stage);
    assert_eq!((outcomes, said), (vec!["open".to_owned()], String::new()));
    child.kill().unwrap();
    child.wait().unwrap();
    stage.sandbox.heal(Clerk);
    assert_eq!(listed(&stage).0, ["not_sent"]);
}

#[test]
fn r19_what_an_interrupted_plan_has_left_is_counted() {
    for moment in [Moment::Before, Moment::After] {
        let stage = Stage::new();
        let line = "invite resend clerk/acme-shop hal@acme.example --yes";
        kill(&stage, (Clerk, line), (1, moment));
        let (_, said) = listed(&stage);
        let words = match moment {
            Moment::Before => "0 done, 0 unknown, 1 not started",
            Moment::After => "0 done, 1 half done, 0 unknown, 0 not started",
        };
        assert!(said.contains(words), "{said}");
        assert_eq!(stage.writes(Clerk).len(), 1, "nothing was sent");
    }
}

#[test]
fn r22_a_command_that_ended_half_done_is_named_by_the_next_one() {
    let stage = Stage::new();
    let refusal = Rule::once(Fault::status(422)).method("POST").after(1);
    stage.sandbox.fail(Clerk, refusal);
    let ran = stage.run("invite resend clerk/acme-shop hal@acme.example --yes");
    assert_eq!(ran.code, Some(8), "{ran}");
    stage.sandbox.heal(Clerk);
    for _ in 0..2 {
        let (_, said) = listed(&stage);
        assert!(said.contains("1 half done"), "{said}");
    }
    assert_eq!(stage.writes(Clerk).len(), 2, "nothing was sent");
}

/// Whoever only reads is told too, in a line where errors go, and of the profile that was asked.
#[test]
fn r19_commands_that_read_mention_what_is_left() {
    let stage = Stage::new();
    let reads = [
        "org list",
        "org show clerk/acme-shop",
        "member list clerk/acme-shop",
        "invite list --profile clerk",
        "invite list clerk/acme-shop -o json",
        "role list clerk",
        "whoami clerk",
    ];
    let said = |line: &str| {
        let ran = stage.run(line);
        assert!(!ran.stdout.contains("unknown end"), "{ran}");
        ran.stderr
    };
    for line in reads {
        assert_eq!(said(line), "", "{line}: nothing is left");
    }
    let write = "member role clerk/acme-shop bo --set org:admin --yes";
    kill(&stage, (Clerk, write), (1, Moment::After));
    let sent = stage.writes(Clerk).len();
    let mention = "clerk: 1 write with an unknown end: `orgdeck journal list` looks it up, the console shows it \
                   (`w`)\n";
    for line in reads {
        assert_eq!(said(line), mention, "{line}");
    }
    assert_eq!(said("member list balena/acme_fleet"), "", "another profile");
    assert_eq!(said("org list --profile balena"), "", "another profile");
    assert_eq!(stage.writes(Clerk).len(), sent, "nothing was sent");
    assert_eq!(listed(&stage).0, ["done"]);
    assert_eq!(said("org list"), "", "it was looked up");
}

#[test]
fn r22_commands_that_read_mention_what_is_half_done() {
    let stage = Stage::new();
    let refusal = Rule::once(Fault::status(422)).method("POST").after(1);
    stage.sandbox.fail(Clerk, refusal);
    stage.run("invite resend clerk/acme-shop hal@acme.example --yes");
    stage.sandbox.heal(Clerk);
    for line in ["org list", "invite list clerk/acme-shop"] {
        let ran = stage.run(line);
        assert!(
            ran.stderr.starts_with("clerk: 1 write not finished: "),
            "{ran}"
        );
    }
}

/// What a living program is about is not left.
#[test]
fn commands_that_read_say_nothing_of_a_write_under_way() {
    let stage = Stage::new();
    stage
        .sandbox
        .fail(Clerk, Rule::always(Fault::NeverAnswer).method("PATCH"));
    let line = "member role clerk/acme-shop bo --set org:admin --yes";
    let mut child = start(&stage, line);
    until(|| stage.writes(Clerk).len() == 1);
    let ran = stage.run("org list");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran}");
    child.kill().unwrap();
    child.wait().unwrap();
}
