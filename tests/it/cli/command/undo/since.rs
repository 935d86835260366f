//! What somebody else has changed since: an undo and a redo overwrite nothing of it without a question.

use orgdeck::sandbox::Service::{self, Balena, Clerk, Vulos};
use orgdeck::sandbox::world::{Logo, Org, World};
use tokio::runtime::Runtime;

use super::super::stage::Stage;
use super::fronts::Console;
use super::rows as table;
use super::run;

/// A write of ours, what somebody else makes of the same, and the values of it: before, by us, by them.
struct Case {
    service: Service,
    done: &'static str,
    theirs: fn(&mut World),
    words: [&'static str; 3],
}

fn role(world: &mut World, (service, slug): (Service, &str), (person, role): (&str, &str)) {
    let org = world.org_by_slug(service, slug).unwrap().key;
    let person = world.person_by_username(person).unwrap().key;
    let member = world.membership(org, person).unwrap().key;
    world.set_role(member, role);
}

fn edit(world: &mut World, (service, slug): (Service, &str), change: impl FnOnce(&mut Org)) {
    let key = world.org_by_slug(service, slug).unwrap().key;
    world.edit_org(key, change);
}

fn vulos(world: &mut World, change: impl FnOnce(&mut Org)) {
    let key = world.find_org(Vulos, "41").unwrap().key;
    world.edit_org(key, change);
}

#[rustfmt::skip]
const CASES: &[Case] = &[
    Case {
        service: Balena,
        done: "member role balena/acme_fleet bo --set administrator",
        theirs: |world| role(world, (Balena, "acme_fleet"), ("bo", "unheard of")),
        words: ["member", "administrator", "?"],
    },
    Case {
        service: Clerk,
        done: "member role clerk/acme-shop bo --set org:billing",
        theirs: |world| role(world, (Clerk, "acme-shop"), ("bo", "org:admin")),
        words: ["Member", "Billing", "Admin"],
    },
    Case {
        service: Vulos,
        done: "member role vulos/41 rui@pilots.example --give dispatch",
        theirs: |world| {
            let org = world.find_org(Vulos, "41").unwrap().key;
            let rui = world.person_by_username("rui").unwrap().key;
            let member = world.membership(org, rui).unwrap().key;
            world.give_role(member, "night").unwrap();
        },
        words: ["Admin", "dispatch", "night"],
    },
    Case {
        service: Balena,
        done: "org edit balena/acme_labs --field name=Ours",
        theirs: |world| edit(world, (Balena, "acme_labs"), |org| "Theirs".clone_into(&mut org.name)),
        words: ["Labs", "Ours", "Theirs"],
    },
    Case {
        service: Clerk,
        done: "org edit clerk/acme-shop --field name=Ours",
        theirs: |world| edit(world, (Clerk, "acme-shop"), |org| "Theirs".clone_into(&mut org.name)),
        words: ["Shop", "Ours", "Theirs"],
    },
    Case {
        service: Vulos,
        done: "org edit vulos/41 --field city=Ours",
        theirs: |world| vulos(world, |org| "Theirs".clone_into(&mut org.postal.city)),
        words: ["Porto", "Ours", "Theirs"],
    },
    Case {
        service: Clerk,
        done: "org edit clerk/acme-shop --field public_metadata={\"tier\":\"ours\"}",
        theirs: |world| edit(world, (Clerk, "acme-shop"), |org| {
            org.metadata.public.insert("tier".to_owned(), "theirs".into());
        }),
        words: ["", "ours", "theirs"],
    },
    Case {
        service: Clerk,
        done: "org logo set clerk/acme-shop LOGO",
        theirs: |world| edit(world, (Clerk, "acme-shop"), |org| org.logo = Some(theirs())),
        words: ["", "logo was new.gif", "is now"],
    },
    Case {
        service: Clerk,
        done: "org logo set clerk/acme-sandbox LOGO",
        theirs: |world| edit(world, (Clerk, "acme-sandbox"), |org| org.logo = Some(theirs())),
        words: ["", "logo was new.gif", "is now"],
    },
    Case {
        service: Balena,
        done: "org logo set balena/acme_fleet LOGO",
        theirs: |world| edit(world, (Balena, "acme_fleet"), |org| org.logo = Some(theirs())),
        words: ["", "logo was new.gif", "is now"],
    },
    Case {
        service: Clerk,
        done: "org logo remove clerk/acme-shop",
        theirs: |world| edit(world, (Clerk, "acme-shop"), |org| org.logo = Some(theirs())),
        words: ["", "logo was none", "is now"],
    },
    Case {
        service: Balena,
        done: "org logo remove balena/acme_fleet",
        theirs: |world| edit(world, (Balena, "acme_fleet"), |org| org.logo = Some(theirs())),
        words: ["", "logo was none", "is now"],
    },
];

/// A logo that nobody here has set.
fn theirs() -> Logo {
    Logo {
        filename: "theirs.gif".to_owned(),
        content_type: "image/gif".to_owned(),
        bytes: b"GIF89a of theirs".as_slice().into(),
    }
}

/// The stage after both have changed it.
fn changed(case: &Case) -> Stage {
    let stage = Stage::new();
    run(&stage, &table::named(&stage, case.done));
    stage.sandbox.world(case.theirs);
    stage
}

#[test]
fn r27_an_undo_that_nobody_looks_at_stops_with_both_values() {
    for case in CASES {
        let stage = changed(case);
        let sent = stage.writes(case.service).len();
        let [_, ours, theirs] = case.words;
        for line in ["undo --dry-run", "undo --yes", "undo --yes"] {
            let ran = stage.run(line);
            let code = if line.ends_with("run") { 0 } else { 5 };
            assert_eq!(ran.code, Some(code), "{}: {ran}", case.done);
            let both = ran.stderr.contains(ours) && ran.stderr.contains(theirs);
            assert!(both, "{}: {ran}", case.done);
        }
        assert_eq!(stage.writes(case.service).len(), sent, "{}", case.done);
    }
}

#[test]
fn r27_an_undo_on_the_screen_shows_both_values_and_asks() {
    for case in CASES {
        let stage = changed(case);
        let sent = stage.writes(case.service).len();
        let [_, ours, theirs] = case.words;
        Runtime::new().unwrap().block_on(async {
            let mut console = Console::open(&stage).await;
            console.press("u").await;
            let (plan, _, _) = console.asked().expect("it is asked");
            let found = plan.checks[0].found.raw();
            let both = found.contains(ours) && found.contains(theirs);
            assert!(both, "{}: {found}", case.done);
            let frame = console.rig.frame().text();
            assert!(frame.contains("Changed since"), "{frame}");
            assert_eq!(stage.writes(case.service).len(), sent);
            console.press("y").await;
        });
        assert!(stage.writes(case.service).len() > sent, "{}", case.done);
    }
}

#[test]
fn r27_a_redo_that_nobody_looks_at_stops_with_both_values() {
    for case in CASES {
        let stage = Stage::new();
        run(&stage, &table::named(&stage, case.done));
        run(&stage, "undo");
        stage.sandbox.world(case.theirs);
        let sent = stage.writes(case.service).len();
        let ran = stage.run("redo --yes");
        let [before, _, theirs] = case.words;
        if before == theirs {
            continue;
        }
        assert_eq!(ran.code, Some(5), "{}: {ran}", case.done);
        let both = ran.stderr.contains(before) && ran.stderr.contains(theirs);
        assert!(both, "{}: {ran}", case.done);
        assert_eq!(stage.writes(case.service).len(), sent, "{}", case.done);
    }
}

/// Who has changed another field has not changed this one.
#[test]
fn what_an_undo_leaves_alone_may_have_changed() {
    let stage = Stage::new();
    run(&stage, "org edit clerk/acme-shop --field name=Ours");
    run(
        &stage,
        "org edit clerk/acme-shop --field public_metadata={\"a\":{\"b\":1}}",
    );
    stage.sandbox.world(|world| {
        edit(world, (Clerk, "acme-shop"), |org| {
            org.metadata.public.insert("z".to_owned(), "theirs".into());
            org.logo = None;
        });
    });
    let metadata = |stage: &Stage| {
        stage.sandbox.world(|world| {
            let org = world.org_by_slug(Clerk, "acme-shop").unwrap();
            (org.name.clone(), org.metadata.public.clone())
        })
    };
    run(&stage, "undo");
    let (name, document) = metadata(&stage);
    assert_eq!((name.as_str(), document.contains_key("a")), ("Ours", false));
    assert_eq!(document["z"], "theirs");
    run(&stage, "undo");
    assert_ne!(metadata(&stage).0, "Ours");
}

/// Of several rows those go back that nobody else has changed.
#[test]
fn r27_the_other_rows_of_a_bulk_go_back() {
    let stage = Stage::new();
    run(
        &stage,
        "member role clerk/acme-shop bo cleo --set org:billing",
    );
    stage
        .sandbox
        .world(|world| role(world, (Clerk, "acme-shop"), ("cleo", "org:admin")));
    let sent = stage.writes(Clerk).len();
    let ran = stage.run("undo --yes");
    assert_eq!(ran.code, Some(8), "{ran}");
    assert!(ran.stderr.contains("role was"), "{ran}");
    assert_eq!(stage.writes(Clerk).len(), sent + 1);
    let ran = stage.run("undo --yes");
    assert_eq!(ran.code, Some(5), "{ran}");
    assert_eq!(stage.writes(Clerk).len(), sent + 1);
}

/// A service that tells no address of a logo tells nothing that could be compared: that is said.
#[test]
fn r90_what_nothing_tells_of_a_logo_is_said() {
    let logo = |stage: &Stage, org: &str| {
        let line = format!("org logo set clerk/{org} LOGO");
        run(stage, &table::named(stage, &line));
        stage.run("undo --dry-run").stderr
    };
    let cases = [
        ("acme-shop", "partly; the old image is set again"),
        ("acme-sandbox", "partly; the logo is removed"),
    ];
    for (org, how) in cases {
        let stage = Stage::new();
        assert!(!logo(&stage, org).contains("cannot be told"), "{org}");
        // What an earlier version wrote has no mark.
        let journal = stage.home.path().join(".local/state/orgdeck/journal.jsonl");
        let old = unmarked(&std::fs::read_to_string(&journal).unwrap());
        std::fs::write(&journal, old).unwrap();
        let said = stage.run("undo --dry-run").stderr;
        assert!(said.contains(how), "{org}: {said}");
        assert!(said.contains("whether somebody has set another one since cannot be told"));
    }
}

/// A journal whose records hold no mark of a logo.
fn unmarked(journal: &str) -> String {
    let mut parts = journal.split("\"logo_mark\":\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (_, rest) = part.split_once('"').expect("a mark ends");
        match text.strip_suffix(',') {
            Some(before) => format!("{before}{rest}"),
            None => format!("{text}{}", rest.trim_start_matches(',')),
        }
    })
}
