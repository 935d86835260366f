//! Undo and redo of what is half done, of what is still open, and of what leaves nothing.

use std::process::Stdio;

use orgdeck::sandbox::Service::{self, Balena, Clerk, Vulos};
use orgdeck::sandbox::faults::{Fault, Rule};
use orgdeck::sandbox::world::World;
use tokio::runtime::Runtime;

use super::super::stage::{Stage, until};
use super::fronts::{Console, Front, Going};
use super::{run, world};

/// How the second request of two fails.
fn failures() -> [Fault; 2] {
    [
        Fault::Status(422, Vec::new(), "\"no\"".to_owned()),
        Fault::ResetBefore,
    ]
}

/// An invite that was to be sent again: it is revoked, and its successor was not made.
fn half(service: Service, fault: Fault) -> (Stage, String) {
    let stage = Stage::new();
    let before = stage.sandbox.world(|world| world::of(world, service));
    let posts = usize::from(service == Clerk);
    stage
        .sandbox
        .fail(service, Rule::once(fault).method("POST").after(posts));
    let org = match service {
        Balena => "balena/acme_fleet",
        Clerk | Vulos => "clerk/acme-shop",
    };
    let ran = stage.run(&format!("invite resend {org} hal@acme.example --yes"));
    assert_eq!(ran.code, Some(8), "{ran}");
    stage.sandbox.heal(service);
    let hint = ran.stderr.lines().find(|line| line.starts_with("hint: "));
    let hint = hint.expect("it is said what helps").to_owned();
    assert_ne!(
        stage.sandbox.world(|world| world::of(world, service)),
        before
    );
    (stage, hint)
}

#[test]
fn s8_a_half_done_sending_again_is_taken_back() {
    for service in [Balena, Clerk] {
        for fault in failures() {
            for front in [Front::Command, Front::Console] {
                let (stage, _) = half(service, fault.clone());
                let seen = || stage.sandbox.world(|world| world::of(world, service));
                let halfway = seen();
                let sent = stage.writes(service).len();
                let said = front.go(&stage, Going::Back);
                assert!(
                    said.words.contains("partly; a new invite"),
                    "{}",
                    said.words
                );
                let writes = stage.writes(service);
                assert_eq!(writes.len(), sent + 1, "{writes:?}");
                assert!(seen().contains("hal@acme.example"), "{}", seen());
                let listed = stage.run("journal list");
                assert!(!listed.stderr.contains("half done"), "{listed}");
                let ran = stage.run("undo --yes");
                assert_eq!(ran.code, Some(5), "once: {ran}");
                assert!(ran.stderr.contains("nothing to undo"), "{ran}");
                front.go(&stage, Going::Forward);
                assert_eq!(seen(), halfway, "and forward again");
            }
        }
    }
}

/// What is said to help is done, and helps.
#[test]
fn the_hint_of_a_half_done_sending_again_works() {
    for service in [Balena, Clerk] {
        for fault in failures() {
            let (stage, hint) = half(service, fault);
            let (_, line) = hint.split_once("`orgdeck ").expect("a command is named");
            let (line, _) = line.split_once('`').unwrap();
            let line = line.replace('\'', "");
            run(&stage, &line);
            let now = stage.sandbox.world(|world| world::of(world, service));
            assert!(now.contains("hal@acme.example"), "{hint}: {now}");
        }
    }
}

/// An older entry is next once the newest was taken back.
#[test]
fn s8_what_is_half_done_blocks_nothing() {
    let stage = Stage::new();
    run(&stage, "org edit clerk/acme-shop --field name=Ours");
    let refused = Rule::once(Fault::ResetBefore).method("POST").after(1);
    stage.sandbox.fail(Clerk, refused);
    let ran = stage.run("invite resend clerk/acme-shop hal@acme.example --yes");
    assert_eq!(ran.code, Some(8), "{ran}");
    assert!(run(&stage, "undo").contains("undo of invite resend"));
    assert!(run(&stage, "undo").contains("undo of org edit"));
}

/// Kills a command once the service has got so many writes, all but the last of them answered.
fn killed(stage: &Stage, line: &str, writes: usize) {
    let rule = Rule::always(Fault::Withhold).method("PATCH");
    stage.sandbox.fail(Clerk, rule.after(writes - 1));
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = stage.command(&words);
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    until(|| stage.writes(Clerk).len() == writes);
    child.kill().unwrap();
    child.wait().unwrap();
    stage.sandbox.heal(Clerk);
}

#[test]
fn r19_what_is_open_is_looked_up_before_anything_is_chosen() {
    for (names, writes) in [("bo", 1), ("bo cleo emre", 2)] {
        for front in [Front::Command, Front::Console] {
            let stage = Stage::new();
            let seen = || stage.sandbox.world(|world| world::of(world, Clerk));
            let before = seen();
            let line = format!("member role clerk/acme-shop {names} --set org:billing --yes");
            killed(&stage, &line, writes);
            let changed = seen();
            assert_ne!(changed, before);
            front.go(&stage, Going::Back);
            assert_eq!(seen(), before, "{names} by {front:?}");
            front.go(&stage, Going::Forward);
            assert_eq!(seen(), changed, "{names} by {front:?}");
        }
    }
}

#[test]
fn r19_the_console_says_what_it_has_looked_up() {
    let stage = Stage::new();
    killed(
        &stage,
        "member role clerk/acme-shop bo --set org:billing --yes",
        1,
    );
    Runtime::new().unwrap().block_on(async {
        let mut console = Console::open(&stage).await;
        console.press("u").await;
        assert!(console.asked().is_some());
        console.press("<esc>").await;
        let frame = console.rig.frame().text();
        assert!(frame.contains("looked up: 1 done"), "{frame}");
    });
}

/// A member who is left without a role: that is told, and can be done again.
#[test]
fn s8_no_role_is_not_an_unknown_role() {
    type Case = (fn(&mut World), &'static str);
    fn held(world: &mut World) {
        let org = world.find_org(Vulos, "41").unwrap().key;
        let max = world.person_by_username("max").unwrap().key;
        let member = world.membership(org, max).unwrap().key;
        world.give_role(member, "night").unwrap();
    }
    let cases: [Case; 2] = [(held, "--take night"), (|_| {}, "--give night")];
    for (before, flags) in cases {
        for front in [Front::Command, Front::Console] {
            let stage = Stage::new();
            stage.sandbox.world(before);
            let seen = || stage.sandbox.world(|world| world::of(world, Vulos));
            let before = seen();
            run(
                &stage,
                &format!("member role vulos/41 max@acme.example {flags}"),
            );
            let changed = seen();
            front.go(&stage, Going::Back);
            assert_eq!(seen(), before, "{flags} by {front:?}");
            front.go(&stage, Going::Forward);
            assert_eq!(seen(), changed, "{flags} by {front:?}");
        }
    }
}
