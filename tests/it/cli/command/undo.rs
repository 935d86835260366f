//! `undo` and `redo`: every row of the table of inverses, both ways, on all three services.

mod already;
mod fronts;
mod halves;
mod rows;
mod since;
mod world;

use std::process::Stdio;

use orgdeck::domain::Verb;
use orgdeck::provider::registry;
use orgdeck::sandbox::Service::{self, Clerk};
use orgdeck::sandbox::faults::{Fault, Rule};
use serde_json::Value as Json;

use self::fronts::{Console, Front, Going};
use self::rows::{Case, Leaves, Turn};
use super::every::invited;
use super::stage::{Stage, column, rows, until};

fn run(stage: &Stage, line: &str) -> String {
    let ran = stage.run(&format!("{line} --yes"));
    assert_eq!(ran.code, Some(0), "{line}: {ran}");
    ran.stderr
}

/// The table of inverses: each row is done by the command, taken back and done again, by the command and by the
/// keys of the console, on a world of its own.
fn walk(verb: Verb, front: Front) {
    for case in rows::of(verb) {
        let stage = Stage::new();
        stage.sandbox.world(case.before);
        let seen = || stage.sandbox.world(|world| world::of(world, case.service));
        let line = rows::named(&stage, case.done);
        let what = format!("{} ({front:?})", case.done);
        let before = seen();
        do_it(&stage, &line, verb);
        let changed = seen();
        // What was sent again looks as before: the mail and the link are new.
        if verb != Verb::InviteResend {
            assert_ne!(before, changed, "{what}: it shows");
        }
        let Some(entries) = turn(&stage, (&case, case.undo), (front, Going::Back)) else {
            continue;
        };
        let is_back = seen() == before;
        assert_eq!(
            is_back,
            leaves(case.undo) == Leaves::AsItWas,
            "{what}: {}",
            seen()
        );
        names_its_undo(&stage, entries, &what);
        if turn(&stage, (&case, case.redo), (front, Going::Forward)).is_some() {
            assert_eq!(seen(), changed, "{what}: done again");
        }
    }
}

fn leaves(turn: Turn) -> Leaves {
    match turn {
        Turn::Sends { leaves, .. } => leaves,
        Turn::Impossible(_) | Turn::Never => Leaves::Otherwise,
    }
}

fn do_it(stage: &Stage, line: &str, verb: Verb) {
    let address = line.split_whitespace().find(|word| word.contains('/'));
    let name = address
        .and_then(|word| word.split_once('/'))
        .map(|(_, name)| name);
    let mut words: Vec<&str> = line.split_whitespace().collect();
    words.push("--yes");
    words.extend(name.into_iter().flat_map(|name| ["--confirm", name]));
    let mut command = stage.command(&words);
    if verb == Verb::InviteAccept {
        command.env("ORGDECK_INVITE_TOKEN", invited(stage));
    }
    let ran = crate::support::program::run(&mut command);
    assert_eq!(ran.code, Some(0), "{line}: {ran}");
}

/// One way of a case: how many requests were sent, if that was possible.
fn turn(
    stage: &Stage,
    (case, turn): (&Case, Turn),
    (front, going): (Front, Going),
) -> Option<usize> {
    let what = format!("{} {going:?} by {front:?}", case.done);
    let sent = stage.writes(case.service).len();
    let (said, writes, result) = match turn {
        Turn::Sends { said, writes, .. } => (said, writes, Some(writes.len())),
        Turn::Impossible(why) => (why, &[][..], None),
        Turn::Never => return None,
    };
    let told = front.go(stage, going);
    assert!(told.words.contains(said), "{what}: {}", told.words);
    assert_eq!(
        told.shown,
        writes.len(),
        "{what}: what is shown is what is sent"
    );
    let now = stage.writes(case.service);
    let methods = now[sent..]
        .iter()
        .map(|line| line.split(' ').next().unwrap());
    assert_eq!(methods.collect::<Vec<_>>(), writes, "{what}");
    result
}

/// Each entry that was taken back names the entries that did that, and no other entry does.
fn names_its_undo(stage: &Stage, sent: usize, what: &str) {
    let (_, journal) = stage.json("journal list --sort id");
    let rows = rows(&journal, "journal");
    let mut ids: Vec<u64> = rows.iter().map(id).collect();
    ids.sort_unstable();
    let undoing: Vec<String> = ids[ids.len() - sent..].iter().map(u64::to_string).collect();
    let mut named: Vec<String> = Vec::new();
    for row in rows
        .iter()
        .filter(|row| !undoing.contains(&id(row).to_string()))
    {
        let by = row["undone_by"]
            .as_str()
            .into_iter()
            .flat_map(|by| by.split(','));
        named.extend(by.map(str::to_owned));
    }
    named.sort();
    named.dedup();
    let mut undoing = undoing;
    undoing.sort();
    assert_eq!(named, undoing, "{what}: {journal}");
}

fn id(row: &Json) -> u64 {
    row["id"].as_str().unwrap().parse().unwrap()
}

macro_rules! walks {
    ($($name:ident: $verb:ident,)*) => {
        $(mod $name {
            use super::*;

            #[test]
            fn by_the_command() {
                walk(Verb::$verb, Front::Command);
            }

            #[test]
            fn by_the_keys() {
                walk(Verb::$verb, Front::Console);
            }

            #[test]
            fn by_somebody_else() {
                already::walk(Verb::$verb);
                already::walk_forward(Verb::$verb);
            }
        })*

        /// A write without a walk, or one that a service offers and that has no row there.
        #[test]
        fn s8_every_write_of_every_service_is_walked() {
            let walked = [$(Verb::$verb),*];
            for verb in Verb::ALL.iter().filter(|verb| !verb.is_read()) {
                assert!(walked.contains(verb), "{}", verb.name());
                let cases = rows::of(*verb);
                for service in Service::ALL {
                    let can = (registry::find(service.name()).unwrap().capabilities)();
                    let has_row = cases.iter().any(|case| case.service == service);
                    let offers = can.refusal(*verb).is_none();
                    assert_eq!(has_row, offers, "{} on {}", verb.name(), service.name());
                }
            }
        }
    };
}

walks! {
    created: OrgCreate,
    changed_details: OrgEdit,
    deleted: OrgDelete,
    logo_set: LogoSet,
    logo_removed: LogoRemove,
    metadata_set: MetadataSet,
    member_added: MemberAdd,
    role_changed: MemberRole,
    member_removed: MemberRemove,
    left: MemberLeave,
    invited_somebody: InviteCreate,
    invite_revoked: InviteRevoke,
    invite_sent_again: InviteResend,
    invite_accepted: InviteAccept,
}

/// What has no way back on any service.
#[test]
fn r90_what_cannot_be_taken_back_is_said_and_nothing_is_sent() {
    for verb in [Verb::OrgDelete, Verb::MemberLeave, Verb::InviteAccept] {
        let impossible = |case: &Case| matches!(case.undo, Turn::Impossible(_));
        assert!(rows::of(verb).iter().all(impossible), "{}", verb.name());
        walk(verb, Front::Command);
    }
}

#[test]
fn undo_goes_back_step_by_step_and_redo_forward() {
    let stage = Stage::new();
    let name = |stage: &Stage| {
        let (_, document) = stage.json("org show clerk/acme-shop --fields name");
        column(&document, "orgs", "name")[0].to_owned()
    };
    let first = name(&stage);
    for new in ["One", "Two"] {
        run(
            &stage,
            &format!("org edit clerk/acme-shop --field name={new}"),
        );
    }
    run(&stage, "undo");
    assert_eq!(name(&stage), "One");
    run(&stage, "undo");
    assert_eq!(name(&stage), first);
    let ran = stage.run("undo --yes");
    assert_eq!(ran.code, Some(5), "{ran}");
    assert!(ran.stderr.contains("nothing to undo"), "{ran}");
    run(&stage, "redo");
    assert_eq!(name(&stage), "One");
    run(&stage, "redo");
    assert_eq!(name(&stage), "Two");
    assert_eq!(stage.run("redo --yes").code, Some(5));
}

/// What was done again and taken back once more is back: the request before it is not offered for it.
#[test]
fn undo_and_redo_of_the_same_leave_nothing_behind() {
    let stage = Stage::new();
    run(&stage, "org edit clerk/acme-shop --field name=One");
    for way in ["undo", "redo", "undo", "redo", "undo"] {
        run(&stage, way);
    }
    let ran = stage.run("undo --yes");
    assert_eq!(ran.code, Some(5), "{ran}");
    assert!(ran.stderr.contains("nothing to undo"), "{ran}");
}

#[test]
fn an_entry_can_be_named_and_asks_like_any_other_write() {
    let stage = Stage::new();
    run(&stage, "org edit clerk/acme-shop --field name=One");
    run(&stage, "member role clerk/acme-shop bo --set org:admin");
    let (_, journal) = stage.json("journal list --filter verb:org");
    let id = column(&journal, "journal", "id")[0].to_owned();
    let sent = stage.writes(Clerk).len();
    assert_eq!(
        stage.run(&format!("undo {id}")).code,
        Some(2),
        "nobody said yes"
    );
    let dry = stage.run(&format!("undo {id} --dry-run"));
    assert_eq!(dry.code, Some(0), "{dry}");
    assert!(dry.stdout.starts_with("PATCH /v1/organizations/"), "{dry}");
    assert!(dry.stderr.contains(": exact"), "{dry}");
    assert!(!dry.stderr.contains("Undo:"), "of an undo: {dry}");
    assert_eq!(stage.writes(Clerk).len(), sent);
    run(&stage, &format!("undo {id}"));
    assert_eq!(stage.run(&format!("undo {id} --yes")).code, Some(5), "once");
    assert_eq!(stage.run("undo 999 --yes").code, Some(4));
    let dry = stage.run(&format!("redo {id} --dry-run"));
    assert!(dry.stderr.contains("Undo:"), "of a redo: {dry}");
    run(&stage, &format!("redo {id}"));
    let read_only = stage.run(&format!("--read-only undo {id} --yes"));
    assert_eq!(read_only.code, Some(5), "{read_only}");
}

/// One call made them all: each is revoked by a request of its own, after one question.
#[test]
fn every_invite_of_one_call_is_revoked() {
    let stage = Stage::new();
    run(
        &stage,
        "invite create clerk/acme-shop n1@quay.example n2@quay.example --role org:member",
    );
    run(&stage, "undo");
    let line = "invite list clerk/acme-shop --status revoked --fields email --sort email -o csv";
    let revoked = stage.run(line).stdout;
    for email in ["n1@quay.example", "n2@quay.example"] {
        assert!(revoked.contains(email), "{email} is missing: {revoked}");
    }
}

/// What an interrupted task has left may be a part of a row, or all of it: one question, one plan with every request, and
/// nothing of what was done goes out again.
#[test]
fn r19_what_is_left_of_rows_half_done_is_one_question() {
    let stage = Stage::new();
    let seen = || stage.sandbox.world(|world| world::of(world, Clerk));
    let before = seen();
    let line = "invite resend clerk/acme-shop hal@acme.example ivy@partner.example --yes";
    // The first invite was taken back, and its successor did not get as far as the service.
    let silent = Rule::always(Fault::NeverAnswer).method("POST");
    stage.sandbox.fail(Clerk, silent.after(1));
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut child = stage.command(&words).stderr(Stdio::null()).spawn().unwrap();
    until(|| stage.writes(Clerk).len() == 2);
    child.kill().unwrap();
    child.wait().unwrap();
    stage.sandbox.heal(Clerk);
    let sent = stage.writes(Clerk).len();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut console = Console::open(&stage).await;
        console.recovers().await;
        console.press("gf").await;
        let (plan, name, words) = console.asked().expect("it is asked");
        let methods: Vec<&str> = plan
            .steps
            .iter()
            .map(|step| step.request.method.as_str())
            .collect();
        assert_eq!((methods, name), (vec!["POST", "POST", "POST"], None));
        assert!(
            words.contains("not started of task 1, none of whose rows is done"),
            "{words}"
        );
        let frame = console.rig.frame().text();
        assert!(frame.contains("Send 2 invites again"), "{frame}");
        console.press("y").await;
    });
    let writes = stage.writes(Clerk);
    assert_eq!(writes.len(), sent + 3, "{writes:?}");
    assert_eq!(seen(), before, "both have an open invite, as before");
    let revoked = writes.iter().filter(|line| line.ends_with("/revoke"));
    assert_eq!(revoked.count(), 2, "each was taken back once: {writes:?}");
}

/// A bulk that was taken back in part: what is left of it can be taken back, and nothing of it twice.
#[test]
fn r22_an_undo_that_failed_in_part_goes_on_with_what_is_left() {
    let stage = Stage::new();
    let seen = || stage.sandbox.world(|world| world::of(world, Clerk));
    let before = seen();
    run(
        &stage,
        "invite revoke clerk/acme-shop hal@acme.example ivy@partner.example",
    );
    let refused = Rule::once(Fault::Status(403, Vec::new(), "{}".to_owned()));
    stage.sandbox.fail(Clerk, refused.method("POST").after(1));
    assert_eq!(stage.run("undo --yes").code, Some(8));
    assert_ne!(seen(), before);
    let sent = stage.writes(Clerk).len();
    run(&stage, "undo");
    assert_eq!(stage.writes(Clerk).len(), sent + 1);
    assert_eq!(seen(), before);
    let ran = stage.run("undo --yes");
    assert_eq!(ran.code, Some(5), "{ran}");
}

/// What the service tells of an invite goes into the one that takes its place, whatever made that necessary.
#[test]
fn an_invite_that_comes_back_is_open_for_as_many_days() {
    let stage = Stage::new();
    let resend = stage.run("invite resend clerk/acme-shop lea@acme.example --dry-run");
    assert!(resend.stdout.contains("\"expires_in_days\":7"), "{resend}");
    run(&stage, "invite revoke clerk/acme-shop lea@acme.example");
    let undo = stage.run("undo --dry-run");
    assert!(undo.stdout.contains("\"expires_in_days\":7"), "{undo}");
}

#[test]
fn a_dry_run_of_sending_again_and_of_taking_back_says_what_is_not_kept() {
    let stage = Stage::new();
    let line = "invite resend clerk/acme-shop hal@acme.example ivy@partner.example --dry-run";
    let ran = stage.run(line);
    let lost = "! not kept, since the service does not tell it: redirect, private metadata";
    let lines = ran.stderr.lines().filter(|line| *line == lost);
    assert_eq!(lines.count(), 1, "{ran}");
    let revoke = "invite revoke clerk/acme-shop hal@acme.example ivy@partner.example --dry-run";
    let ran = stage.run(revoke);
    let lost = "! an undo does not bring back, since the service does not tell it: redirect, private metadata";
    let lines = ran.stderr.lines().filter(|line| *line == lost);
    assert_eq!(lines.count(), 1, "{ran}");
    run(&stage, "invite revoke clerk/acme-shop hal@acme.example");
    let undo = stage.run("undo --dry-run");
    let said = "redirect and private metadata are not kept";
    assert!(undo.stderr.contains(said), "{undo}");
    let balena = stage.run("invite revoke balena/acme_fleet hal@acme.example --dry-run");
    assert!(!balena.stderr.contains("not bring back"), "{balena}");
    let balena = stage.run("invite resend balena/acme_fleet hal@acme.example --dry-run");
    assert!(!balena.stderr.contains("not kept"), "{balena}");
}
