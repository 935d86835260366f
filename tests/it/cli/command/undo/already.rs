//! What somebody else has put back already, or done again: nothing is sent for it, that is remembered, and what was
//! done before it is next.

use orgdeck::domain::Verb;
use orgdeck::sandbox::Service::{self, Balena, Clerk, Vulos};
use orgdeck::sandbox::world::{InviteState, World};
use tokio::runtime::Runtime;

use super::super::stage::{Stage, rows};
use super::fronts::{Console, Going};
use super::rows::{self as table, Case, Turn};
use super::{do_it, run};

/// The words by which it is known.
const WORDS: [&str; 2] = [
    "already as it was: nothing was sent",
    "no open invite is left of it (revoked, accepted or ended): nothing was sent",
];
const AGAIN: [&str; 2] = ["already so again: nothing was sent", WORDS[1]];

/// Whether somebody else can have put it back although we could not.
fn comes_back(case: &Case) -> bool {
    let could = matches!(case.undo, Turn::Sends { .. });
    could || case.done.starts_with("member remove")
}

/// Each row of the table of inverses, when the world is as before again without our doing.
pub(super) fn walk(verb: Verb) {
    for case in table::of(verb).iter().filter(|case| comes_back(case)) {
        let stage = Stage::new();
        stage.sandbox.world(case.before);
        let before = stage.sandbox.world(|world| world.clone());
        do_it(&stage, &table::named(&stage, case.done), verb);
        stage.sandbox.world(|world| *world = before);
        needless(&stage, (case, Going::Back), &WORDS);
    }
}

/// Each row again: taken back by us, and then done once more by somebody else.
pub(super) fn walk_forward(verb: Verb) {
    let both = |case: &&Case| {
        let sends = |turn| matches!(turn, Turn::Sends { .. });
        // What is made anew has another id: nobody else can have made it.
        verb != Verb::OrgCreate && sends(case.undo) && sends(case.redo)
    };
    for case in table::of(verb).iter().filter(both) {
        let stage = Stage::new();
        stage.sandbox.world(case.before);
        do_it(&stage, &table::named(&stage, case.done), verb);
        let changed = stage.sandbox.world(|world| world.clone());
        run(&stage, "undo");
        stage.sandbox.world(|world| *world = changed);
        needless(&stage, (case, Going::Forward), &AGAIN);
    }
}

/// Nothing is sent, that is said and remembered, and is offered never again.
fn needless(stage: &Stage, (case, going): (&Case, Going), words: &[&str]) {
    let what = format!("{} {going:?}", case.done);
    let sent = stage.writes(case.service).len();
    let word = going.word();
    for line in [format!("{word} --dry-run"), word.to_owned()] {
        let ran = stage.run(&line);
        assert_eq!(ran.code, Some(0), "{what}: {ran}");
        let is_said = words.iter().any(|words| ran.stderr.contains(words));
        assert!(is_said, "{what}: {ran}");
    }
    let ran = stage.run(&format!("{word} --yes"));
    assert_eq!(ran.code, Some(5), "{what}, once more: {ran}");
    let nothing = format!("there is nothing to {word}");
    assert!(ran.stderr.contains(&nothing), "{what}: {ran}");
    if matches!(going, Going::Back) {
        let ran = stage.run("redo --yes");
        assert_eq!(ran.code, Some(5), "{what}: {ran}");
        assert!(ran.stderr.contains("there is nothing to redo"), "{ran}");
    }
    assert_eq!(stage.writes(case.service).len(), sent, "{what}");
}

fn org(world: &World, service: Service, name: &str) -> orgdeck::sandbox::world::Key {
    let by_slug = world.org_by_slug(service, name);
    by_slug.or(world.find_org(service, name)).unwrap().key
}

fn set_role(world: &mut World, place: (Service, &str), (who, role): (&str, &str)) {
    let org = org(world, place.0, place.1);
    let person = world.person_by_username(who).unwrap().key;
    let member = world.membership(org, person).unwrap().key;
    world.set_role(member, role);
}

fn join(world: &mut World, place: (Service, &str), (who, roles): (&str, &[&str])) {
    let org = org(world, place.0, place.1);
    let person = world.person_by_username(who).unwrap().key;
    world.add_member(org, person, roles).unwrap();
}

/// Who was removed comes back under another membership.
#[test]
fn who_is_a_member_again_under_another_id_is_back() {
    type Row = (Service, &'static str, fn(&mut World));
    let rows: [Row; 3] = [
        (Balena, "member remove balena/acme_fleet bo", |world| {
            join(world, (Balena, "acme_fleet"), ("bo", &["member"]));
        }),
        (Clerk, "member remove clerk/acme-shop bo", |world| {
            join(world, (Clerk, "acme-shop"), ("bo", &["org:member"]));
        }),
        (Vulos, "member remove vulos/41 max@acme.example", |world| {
            join(world, (Vulos, "41"), ("max", &[]));
        }),
    ];
    for (service, done, back) in rows {
        let stage = Stage::new();
        run(&stage, done);
        stage.sandbox.world(back);
        let sent = stage.writes(service).len();
        assert!(run(&stage, "undo").contains(WORDS[0]), "{done}");
        assert_eq!(stage.writes(service).len(), sent, "{done}");
    }
}

/// Who is a member again with another role is not as before: both are told, and nothing is remembered.
#[test]
fn r27_who_is_a_member_again_with_another_role_is_not_back() {
    let stage = Stage::new();
    run(&stage, "member remove clerk/acme-shop bo");
    let admin = |world: &mut World| join(world, (Clerk, "acme-shop"), ("bo", &["org:admin"]));
    stage.sandbox.world(admin);
    for _ in 0..2 {
        let ran = stage.run("undo --yes");
        assert_eq!(ran.code, Some(5), "{ran}");
        let both = ran.stderr.contains("it was org:member, is now org:admin");
        assert!(both, "{ran}");
    }
}

/// An invite that was accepted is no invite any more, and somebody is in.
#[test]
fn an_invite_that_was_accepted_is_not_as_before() {
    let stage = Stage::new();
    run(
        &stage,
        "invite create clerk/acme-shop fresh@new.example --role org:member",
    );
    stage.sandbox.world(|world| {
        let fresh = world
            .invites(Clerk)
            .find(|one| one.email == "fresh@new.example");
        let key = fresh.unwrap().key;
        world.edit_invite(key, |invite| invite.state = InviteState::Accepted);
    });
    let ran = stage.run("undo --yes");
    assert_eq!(ran.code, Some(5), "{ran}");
    assert!(ran.stderr.contains("it was accepted"), "{ran}");
}

/// The stage on which two were done, and the second is as it was by somebody else's hand.
fn two() -> Stage {
    let stage = Stage::new();
    run(&stage, "org edit clerk/acme-shop --field name=Ours");
    run(
        &stage,
        "member role clerk/acme-shop bo cleo --set org:billing",
    );
    stage
}

fn restore(stage: &Stage, who: &[&str]) {
    stage.sandbox.world(|world| {
        for who in who {
            set_role(world, (Clerk, "acme-shop"), (who, "org:member"));
        }
    });
}

#[test]
fn s8_what_was_put_back_blocks_nothing() {
    let stage = two();
    restore(&stage, &["bo", "cleo"]);
    let sent = stage.writes(Clerk).len();
    let said = run(&stage, "undo");
    assert!(said.contains("undo of member role"), "{said}");
    assert!(said.contains(WORDS[0]), "{said}");
    assert_eq!(stage.writes(Clerk).len(), sent);
    assert!(run(&stage, "undo").contains("undo of org edit"));
    assert_eq!(stage.writes(Clerk).len(), sent + 1);
    // Done again is what we have taken back, and no more.
    assert!(run(&stage, "redo").contains("redo of org edit"));
    let ran = stage.run("redo --yes");
    assert_eq!(ran.code, Some(5), "{ran}");
    assert!(ran.stderr.contains("nothing to redo"), "{ran}");
    assert_eq!(stage.writes(Clerk).len(), sent + 2);
}

#[test]
fn s8_half_of_a_bulk_that_was_put_back_is_remembered_apart() {
    let stage = two();
    restore(&stage, &["cleo"]);
    let sent = stage.writes(Clerk).len();
    let ran = stage.run("undo -o json --yes");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(ran.stderr.contains(WORDS[0]), "{ran}");
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let results = rows(&document, "results");
    let ends: Vec<&str> = results
        .iter()
        .map(|row| row["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(ends, ["skipped", "done"], "{ran}");
    assert_eq!(stage.writes(Clerk).len(), sent + 1);
    // Each half names what took it back.
    let (_, journal) = stage.json("journal list --filter verb:role");
    let taken: Vec<String> = rows(&journal, "journal")
        .iter()
        .map(|row| row["undone_by"].as_str().unwrap_or("-").to_owned())
        .collect();
    let [_, _, first, second] = taken.as_slice() else {
        panic!("two requests, their undo, and what was found: {journal}");
    };
    assert!(
        first != "-" && second != "-" && first != second,
        "{journal}"
    );
    assert!(run(&stage, "undo").contains("undo of org edit"));
    assert!(run(&stage, "redo").contains("redo of org edit"));
    let again = run(&stage, "redo");
    assert!(again.contains("redo of member role"), "{again}");
    assert_eq!(stage.writes(Clerk).len(), sent + 4, "one of both again");
    assert_eq!(stage.run("redo --yes").code, Some(5));
}

#[test]
fn s8_a_row_that_was_refused_stays_to_be_undone() {
    use orgdeck::sandbox::faults::{Fault, Rule};
    let stage = two();
    restore(&stage, &["cleo"]);
    let refused = Rule::once(Fault::Status(403, Vec::new(), "{}".to_owned()));
    stage.sandbox.fail(Clerk, refused.method("PATCH"));
    let ran = stage.run("undo --yes");
    assert_ne!(ran.code, Some(0), "{ran}");
    let said = run(&stage, "undo");
    assert!(said.contains("undo of member role"), "{said}");
    assert!(!said.contains(WORDS[0]), "the other half is over: {said}");
}

/// Removed by somebody else between the question and the answer, it is not offered again either.
#[test]
fn an_undo_that_finds_it_gone_at_the_last_moment_is_over() {
    let stage = Stage::new();
    run(&stage, "org edit clerk/acme-shop --field name=Ours");
    run(
        &stage,
        "member add clerk/acme-shop kim@acme.example --role org:member",
    );
    Runtime::new().unwrap().block_on(async {
        let mut console = Console::open(&stage).await;
        console.press("u").await;
        assert!(console.asked().is_some());
        stage.sandbox.world(|world| {
            let org = org(world, Clerk, "acme-shop");
            let kim = world.person_by_email("kim@acme.example").unwrap().key;
            let member = world.membership(org, kim).unwrap().key;
            world.remove_member(member);
        });
        console.press("y").await;
    });
    let ran = stage.run("redo --yes");
    assert_eq!(ran.code, Some(5), "we took nothing back: {ran}");
    assert!(run(&stage, "undo").contains("undo of org edit"));
}

#[test]
fn s8_the_console_says_it_and_goes_on_to_what_was_before() {
    let stage = two();
    restore(&stage, &["bo", "cleo"]);
    let sent = stage.writes(Clerk).len();
    Runtime::new().unwrap().block_on(async {
        let mut console = Console::open(&stage).await;
        console.press("u").await;
        assert!(console.asked().is_none());
        let frame = console.rig.frame().text();
        assert!(frame.contains("undo of member role"), "{frame}");
        assert!(frame.contains(WORDS[0]), "{frame}");
        console.press("U").await;
        let frame = console.rig.frame().text();
        assert!(frame.contains("there is nothing to redo"), "{frame}");
        console.press("u").await;
        let (_, _, words) = console.asked().expect("the one before is asked about");
        assert!(words.contains("Undo of org edit"), "{words}");
        console.press("<esc>").await;
    });
    // And so does another one, after a restart.
    Runtime::new().unwrap().block_on(async {
        let mut console = Console::open(&stage).await;
        console.press("u").await;
        let (_, _, words) = console.asked().expect("it was remembered");
        assert!(words.contains("Undo of org edit"), "{words}");
    });
    assert_eq!(stage.writes(Clerk).len(), sent);
}

#[test]
fn s8_the_console_asks_for_the_rest_of_a_bulk() {
    let stage = two();
    restore(&stage, &["cleo"]);
    let sent = stage.writes(Clerk).len();
    Runtime::new().unwrap().block_on(async {
        let mut console = Console::open(&stage).await;
        console.press("u").await;
        let (plan, _, words) = console.asked().expect("it is asked");
        assert_eq!(plan.steps.len(), 1);
        assert!(words.contains(WORDS[0]), "{words}");
        console.press("y").await;
        console.press("gj").await;
        let frame = console.rig.frame().text();
        assert!(frame.contains("already_so"), "{frame}");
        console.press("already_so<enter>").await;
        let frame = console.rig.frame().text();
        assert!(frame.contains(WORDS[0]), "{frame}");
        assert!(frame.contains("undo of"), "{frame}");
    });
    assert_eq!(stage.writes(Clerk).len(), sent + 1);
}

#[test]
fn the_journal_shows_what_was_found() {
    let stage = two();
    restore(&stage, &["bo", "cleo"]);
    run(&stage, "undo");
    let (_, journal) = stage.json("journal list");
    let found = &rows(&journal, "journal")[0];
    assert_eq!(found["outcome"], "already_so", "{journal}");
    assert_eq!(found["verb"], "member role");
    assert_eq!(found["undone_by"], serde_json::Value::Null);
    let id = found["id"].as_str().unwrap();
    let named = rows(&journal, "journal").iter();
    let named = named.filter(|row| row["undone_by"] == *id);
    assert_eq!(named.count(), 2, "{journal}");
    let (_, shown) = stage.json(&format!("journal show {id}"));
    assert_eq!(rows(&shown, "journal"), std::slice::from_ref(found));
    let card = stage.run(&format!("journal show {id}"));
    assert!(card.stdout.contains("already_so"), "{card}");
    let (_, exported) = stage.json("journal export");
    assert_eq!(rows(&exported, "journal").last(), Some(found));
    let verified = stage.run("journal verify");
    assert_eq!(verified.code, Some(0), "{verified}");
    for (way, why) in [
        ("undo", "nothing was sent by it"),
        ("redo", "it was found as it was"),
    ] {
        let ran = stage.run(&format!("{way} {id} --yes"));
        assert_eq!(ran.code, Some(5), "{ran}");
        assert!(ran.stderr.contains(why), "{ran}");
    }
}
