//! A token that is over at the command line: a person at the terminal is asked once, in a field that
//! shows nothing; nobody else is asked at all.

use std::fs;
use std::process::Stdio;

use orgdeck::sandbox::faults::{Fault, Rule, Turn};
use orgdeck::sandbox::world::{SecondFactor, World};
use orgdeck::sandbox::{Sandbox, Service};
use rustix::process::Signal;

use super::stage::{Stage, TOKENS};
use crate::support::program::{Ran, run};
use crate::support::pty::Pty;

const NEW: &str = "sk_test_newcanary7f3a91c2e5d8";
const ASKED: &str = "another token (not shown, kept in memory only, empty leaves it):";

fn start(stage: &Stage, line: &str) -> Pty {
    let words: Vec<&str> = line.split_whitespace().collect();
    Pty::start(stage.command(&words), (100, 30))
}

/// The token of a face is another one from now on, and nobody has told its file.
fn exchange(sandbox: &Sandbox, service: Service, new: &str) {
    let old = sandbox.face(service).token.clone();
    sandbox.world(|world| {
        let principal = world.caller(service, Some(&old)).unwrap().clone();
        world.revoke(service, &old);
        world.grant(service, new, principal);
    });
}

/// A pty on which this was asked, with this answer: its exit code and what was written.
fn answered(stage: &Stage, line: &str, (question, answer): (&str, &str)) -> (i32, String) {
    let mut pty = start(stage, line);
    let modes = pty.modes();
    pty.wait_for(question, 0);
    assert!(!pty.modes().contains("ECHO |"), "{}", pty.modes());
    pty.types(answer);
    let code = pty.wait_end();
    assert_eq!(pty.modes(), modes, "the terminal is as it was");
    (code, pty.text())
}

#[test]
fn a_read_goes_on_with_what_is_typed() {
    for service in Service::ALL {
        let stage = Stage::new();
        exchange(&stage.sandbox, service, NEW);
        let line = format!("org list --profile {}", service.name());
        let (code, text) = answered(&stage, &line, (ASKED, &format!("{NEW}\r")));
        assert_eq!(code, 0, "{text}");
        assert!(text.contains("Acme") || text.contains("Harbour"), "{text}");
        assert!(!text.contains("canary"), "{text}");
        assert_eq!(text.matches(ASKED).count(), 1);
    }
}

#[test]
fn a_second_refusal_says_so_and_stops() {
    for service in Service::ALL {
        let stage = Stage::new();
        exchange(&stage.sandbox, service, NEW);
        let line = format!("org list --profile {}", service.name());
        let (code, text) = answered(&stage, &line, (ASKED, "sk_test_wrong\r"));
        assert_eq!(code, 3, "{text}");
        assert_eq!(text.matches(ASKED).count(), 1, "{text}");
        assert!(text.contains("the token that was typed is not accepted either"));
        assert!(!text.contains("sk_test_wrong"));
    }
}

#[test]
fn who_types_nothing_gets_the_refusal() {
    let stage = Stage::new();
    exchange(&stage.sandbox, Service::Clerk, NEW);
    for answer in ["\r", "\x04"] {
        let (code, text) = answered(&stage, "whoami clerk", (ASKED, answer));
        assert_eq!(code, 3, "{text}");
        assert!(text.contains("hint: put a valid token where"), "{text}");
    }
}

#[test]
fn a_signal_at_the_question_leaves_the_terminal_as_it_was() {
    let stage = Stage::new();
    exchange(&stage.sandbox, Service::Clerk, NEW);
    let mut pty = start(&stage, "whoami clerk");
    let modes = pty.modes();
    pty.wait_for(ASKED, 0);
    pty.types("sk_te");
    pty.signal(Signal::INT);
    assert_eq!(pty.wait_end(), 130, "{}", pty.text());
    assert_eq!(pty.modes(), modes);
}

#[test]
fn nobody_is_asked_where_nobody_is_or_may_be() {
    let stage = Stage::new();
    exchange(&stage.sandbox, Service::Clerk, NEW);
    for line in [
        "org list --profile clerk",
        "whoami clerk",
        "org edit clerk/acme-shop --field name=X --yes",
    ] {
        let ran = stage.run(line);
        assert_eq!(ran.code, Some(3), "{ran}");
        assert!(
            ran.stderr.contains("hint: put a valid token where"),
            "{ran}"
        );
        assert!(!ran.stderr.contains("another token"), "{ran}");
    }
    let line = "org edit clerk/acme-shop --field name=X --yes --no-input";
    let mut pty = start(&stage, line);
    assert_eq!(pty.wait_end(), 3, "{}", pty.text());
    assert!(!pty.text().contains("another token"));
}

#[test]
fn two_profiles_ask_one_after_the_other() {
    let stage = Stage::new();
    exchange(&stage.sandbox, Service::Clerk, NEW);
    exchange(&stage.sandbox, Service::Vulos, NEW);
    let mut pty = start(&stage, "whoami");
    let after = pty.wait_for(ASKED, 0);
    pty.types(&format!("{NEW}\r"));
    pty.wait_for(ASKED, after);
    pty.types(&format!("{NEW}\r"));
    assert_eq!(pty.wait_end(), 0, "{}", pty.text());
}

/// A write that met the end of the token was not applied: it goes out again, once, with the new one.
#[test]
fn many_writes_lose_none_and_repeat_none_when_the_token_ends() {
    let stage = Stage::new();
    stage.sandbox.world(|world| {
        let old = &stage.sandbox.vulos.token;
        let principal = world.caller(Service::Vulos, Some(old)).unwrap().clone();
        world.grant(Service::Vulos, NEW, principal);
    });
    let over = Fault::Status(401, Vec::new(), String::new());
    let rule = Rule::once(over).method("PUT").path("/invite/").after(1);
    stage.sandbox.fail(Service::Vulos, rule);
    let people = ["a", "b", "c", "d"].map(|name| format!("{name}@new.example"));
    let line = format!("invite create vulos/41 {} --yes", people.join(" "));
    let (code, text) = answered(&stage, &line, (ASKED, &format!("{NEW}\r")));
    assert_eq!(code, 0, "{text}");
    let sent = stage.writes(Service::Vulos);
    let mut times = people.map(|email| {
        let target = email.replace('@', "%40");
        sent.iter().filter(|line| line.contains(&target)).count()
    });
    times.sort_unstable();
    assert_eq!(times, [1, 1, 1, 2], "{sent:?}");
}

/// All tokens of before are over.
fn end(world: &mut World) {
    for (service, token) in Service::ALL.into_iter().zip(TOKENS) {
        world.revoke(service, token);
    }
}

/// Four are invited, the token is over at the first of them, and its command gives this one from then on.
fn invites_four(service: Service, then: &str) -> (Stage, Ran) {
    let stage = Stage::new();
    let folder = stage.home.path().join(".config/orgdeck");
    let (config, file) = (folder.join("config.toml"), folder.join(service.name()));
    let file = file.display();
    let script = format!("if mkdir {file}.asked; then cat {file}; else echo {then}; fi");
    let command = format!("command = [\"/bin/sh\", \"-c\", \"PATH=/usr/bin:/bin; {script}\"]");
    let before = fs::read_to_string(&config).unwrap();
    let after = before.replace(&format!("file = \"{file}\""), &command);
    fs::write(&config, after).unwrap();
    stage.sandbox.world(|world| {
        let old = stage.sandbox.face(service).token.clone();
        let principal = world.caller(service, Some(&old)).unwrap().clone();
        world.grant(service, NEW, principal);
    });
    for method in ["POST", "PUT"] {
        let over = Rule::once(Fault::Meanwhile(Turn(end))).method(method);
        stage.sandbox.fail(service, over);
    }
    let org = match service {
        Service::Balena => "acme_fleet",
        Service::Clerk => "acme-shop --role org:member",
        Service::Vulos => "41",
    };
    let people = ["a", "b", "c", "d"].map(|name| format!("{name}@new.example"));
    let line = format!(
        "invite create {}/{org} {} --yes",
        service.name(),
        people.join(" ")
    );
    let ran = stage.run(&line);
    (stage, ran)
}

/// Clerk takes all of them in one call.
fn calls(service: Service) -> usize {
    if service == Service::Clerk { 1 } else { 4 }
}

#[test]
fn r21_writes_go_on_with_another_token_of_their_source() {
    for service in Service::ALL {
        let (stage, ran) = invites_four(service, NEW);
        assert_eq!(ran.code, Some(0), "{service:?}: {ran}");
        let applied = stage.sandbox.applied(service).len();
        assert_eq!(applied, calls(service), "{service:?}: {ran}");
        let refused = stage.writes(service).len() - applied;
        assert!((1..=4).contains(&refused), "{service:?}: {refused}");
    }
}

#[test]
fn r21_another_token_of_the_source_that_is_no_better_is_tried_once() {
    for service in Service::ALL {
        let (stage, ran) = invites_four(service, "sk_test_no_better");
        assert_eq!(ran.code, Some(3), "{service:?}: {ran}");
        assert!(stage.sandbox.applied(service).is_empty(), "{service:?}");
        let after_the_first = stage.writes(service).len() - 1;
        assert!(after_the_first <= 4, "{service:?}: {after_the_first}");
    }
}

/// A session whose second half is still due, in balena's file and world.
fn half_open(stage: &Stage) {
    let session = "e30.eyJpZCI6MSwidHdvRmFjdG9yUmVxdWlyZWQiOnRydWV9.x";
    let old = stage.sandbox.balena.token.clone();
    stage.sandbox.world(|world| {
        let mut principal = world.caller(Service::Balena, Some(&old)).unwrap().clone();
        principal.second_factor = SecondFactor::Missing;
        // The program's clock is the machine's: a session of then would be over.
        world.set_now("2999-01-01T00:00:00Z".parse().unwrap());
        world.revoke(Service::Balena, &old);
        world.grant(Service::Balena, session, principal);
    });
    fs::write(stage.home.path().join(".config/orgdeck/balena"), session).unwrap();
}

const CODE: &str = "the code of six digits (not shown, kept in memory only, empty leaves it):";

#[test]
fn a_second_factor_is_asked_for_once_and_the_session_goes_on() {
    let stage = Stage::new();
    half_open(&stage);
    let line = "org list --profile balena";
    let (code, text) = answered(&stage, line, (CODE, "123456\r"));
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("Acme Fleet"), "{text}");
    assert!(!text.contains("123456"), "{text}");
    assert_eq!(stage.writes(Service::Balena), ["POST /auth/totp/verify"]);
}

#[test]
fn a_wrong_code_is_said_to_be_and_not_asked_for_again() {
    let stage = Stage::new();
    half_open(&stage);
    let (code, text) = answered(&stage, "whoami balena", (CODE, "000000\r"));
    assert_eq!(code, 3, "{text}");
    assert!(
        text.contains("this code is not the right one now"),
        "{text}"
    );
    assert_eq!(text.matches(CODE).count(), 1);
    assert_eq!(stage.writes(Service::Balena).len(), 1);
}

#[test]
fn a_second_factor_without_a_terminal_is_signed_out() {
    let stage = Stage::new();
    half_open(&stage);
    let (code, document) = stage.json("whoami balena");
    assert_eq!(code, Some(3));
    assert_eq!(document["errors"][0]["kind"], "second_factor");
    assert!(stage.writes(Service::Balena).is_empty());
}

const INVITE: &str = "The token of the invite (not shown):";

#[test]
fn an_invites_token_is_typed_and_never_shown() {
    let stage = Stage::new();
    let token = super::every::invited(&stage);
    let line = "invite accept balena --yes";
    let (code, text) = answered(&stage, line, (INVITE, &format!("{token}\r")));
    assert_eq!(code, 0, "{text}");
    assert!(!text.contains(&token), "{text}");
    assert_eq!(stage.writes(Service::Balena).len(), 1);
}

#[test]
fn without_an_invites_token_nothing_is_sent() {
    let stage = Stage::new();
    let (code, text) = answered(&stage, "invite accept balena --yes", (INVITE, "\r"));
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("hint: it is typed at the terminal"), "{text}");
    let mut pty = start(&stage, "invite accept balena --yes --no-input");
    assert_eq!(pty.wait_end(), 2, "{}", pty.text());
    assert!(!pty.text().contains(INVITE));
    let words = ["invite", "accept", "balena", "--yes"];
    let ran = run(stage.command(&words).stdin(Stdio::null()));
    assert_eq!(ran.code, Some(2), "{ran}");
    assert!(ran.stderr.contains("ORGDECK_INVITE_TOKEN"), "{ran}");
    assert!(stage.writes(Service::Balena).is_empty());
}
