//! `undo` and `redo`: every row of the table of inverses, both ways, on all three services.

use orgdeck::sandbox::Service::{self, Balena, Clerk, Vulos};
use serde_json::Value as Json;

use super::stage::{Stage, column, rows};

/// What is done, and what can be seen of it.
struct Case {
    service: Service,
    done: &'static str,
    /// The command that shows what it changes.
    look: &'static str,
    /// A part of the sentence that says how faithful it is.
    said: &'static str,
    /// What the undo needs beside `--yes`.
    undo: &'static str,
}

const CASES: &[Case] = &[
    Case {
        service: Balena,
        done: "member role balena/acme_fleet bo --set administrator",
        look: "member list balena/acme_fleet --fields username,roles",
        said: "exact",
        undo: "",
    },
    Case {
        service: Clerk,
        done: "member role clerk/acme-shop bo --set org:admin",
        look: "member list clerk/acme-shop --fields email,roles",
        said: "exact",
        undo: "",
    },
    Case {
        service: Clerk,
        done: "member remove clerk/acme-shop bo --confirm acme-shop",
        look: "member list clerk/acme-shop --fields user_id,roles --sort user_id",
        said: "partly; added back at once with the same role",
        undo: "",
    },
    Case {
        service: Clerk,
        done: "member add clerk/acme-shop kim@acme.example --role org:member",
        look: "member list clerk/acme-shop --fields user_id,roles --sort user_id",
        said: "exact",
        undo: "--confirm acme-shop",
    },
    Case {
        service: Balena,
        done: "org edit balena/acme_fleet --field name=Other",
        look: "org show balena/acme_fleet --fields name",
        said: "exact",
        undo: "",
    },
    Case {
        service: Clerk,
        done: "org edit clerk/acme-shop --field name=Other",
        look: "org show clerk/acme-shop --fields name,slug",
        said: "exact",
        undo: "",
    },
    Case {
        service: Balena,
        done: "invite create balena/acme_fleet fresh@new.example",
        look: "invite list balena/acme_fleet --fields email,role --sort email",
        said: "partly; the invite is revoked",
        undo: "",
    },
    Case {
        service: Clerk,
        done: "invite create clerk/acme-shop fresh@new.example --role org:member",
        look: "invite list clerk/acme-shop --status expired --fields email,role --sort email",
        said: "partly; the mail that went out stays out",
        undo: "",
    },
    Case {
        service: Balena,
        done: "invite revoke balena/acme_fleet hal@acme.example",
        look: "invite list balena/acme_fleet --fields email,role --sort email",
        said: "partly; a new invite",
        undo: "",
    },
    Case {
        service: Clerk,
        done: "invite revoke clerk/acme-shop hal@acme.example",
        look: "invite list clerk/acme-shop --status expired --fields email,role --sort email",
        said: "partly; a new invite",
        undo: "",
    },
];

fn look(stage: &Stage, case: &Case) -> Json {
    let (code, document) = stage.json(case.look);
    assert_eq!(code, Some(0), "{}: {document}", case.look);
    document
}

fn run(stage: &Stage, line: &str) -> String {
    let ran = stage.run(&format!("{line} --yes"));
    assert_eq!(ran.code, Some(0), "{line}: {ran}");
    ran.stderr
}

#[test]
fn every_change_is_taken_back_and_done_again() {
    for case in CASES {
        let stage = Stage::new();
        let before = look(&stage, case);
        run(&stage, case.done);
        let changed = look(&stage, case);
        assert_ne!(before, changed, "{}", case.done);
        let said = run(&stage, &format!("undo {}", case.undo));
        assert!(said.contains(case.said), "{}: {said}", case.done);
        assert_eq!(look(&stage, case), before, "{}: taken back", case.done);
        let (_, journal) = stage.json("journal list");
        let undone = column(&journal, "journal", "undone_by");
        let ids = column(&journal, "journal", "id");
        assert_eq!(undone.last(), ids.first(), "{}: {journal}", case.done);
        let confirm = if case.done.contains("remove") {
            "--confirm acme-shop"
        } else {
            ""
        };
        run(&stage, &format!("redo {confirm}"));
        assert_eq!(look(&stage, case), changed, "{}: done again", case.done);
        let sent = stage.writes(case.service).len();
        assert_eq!(sent, 3, "{}: one request each", case.done);
    }
}

#[test]
fn roles_on_vulos_are_given_and_taken_back_in_two_requests() {
    let stage = Stage::new();
    let look = "member list vulos/41 --fields email,roles";
    let before = stage.json(look).1;
    run(
        &stage,
        "member role vulos/41 rui@pilots.example --set dispatch",
    );
    assert_ne!(stage.json(look).1, before);
    let writes = stage.writes(Vulos).len();
    let said = run(&stage, "undo");
    assert!(said.contains("by giving and taking again"), "{said}");
    let sorted = |document: &Json| {
        let mut all: Vec<(String, Vec<String>)> = rows(document, "members")
            .iter()
            .map(|row| {
                let roles = row["roles"].as_array().unwrap().iter();
                let mut roles: Vec<String> = roles.map(ToString::to_string).collect();
                roles.sort();
                (row["email"].to_string(), roles)
            })
            .collect();
        all.sort();
        all
    };
    assert_eq!(sorted(&stage.json(look).1), sorted(&before));
    assert!(stage.writes(Vulos).len() > writes);
}

#[test]
fn r90_what_cannot_be_taken_back_is_said_and_nothing_is_sent() {
    for (service, done, why) in [
        (
            Balena,
            "org delete balena/acme_fleet --confirm acme_fleet",
            "does not come back",
        ),
        (
            Balena,
            "member remove balena/acme_fleet bo --confirm acme_fleet",
            "no address",
        ),
        (
            Clerk,
            "org delete clerk/acme-shop --confirm acme-shop",
            "gone with its members",
        ),
    ] {
        let stage = Stage::new();
        run(&stage, done);
        let sent = stage.writes(service).len();
        let ran = stage.run("undo --yes");
        assert_eq!(ran.code, Some(5), "{done}: {ran}");
        assert!(ran.stderr.contains(why), "{done}: {ran}");
        assert_eq!(stage.writes(service).len(), sent, "{done}");
    }
    let stage = Stage::new();
    run(&stage, "invite create vulos/41 fresh@new.example");
    let ran = stage.run("undo --yes");
    assert_eq!(ran.code, Some(5), "{ran}");
    assert!(
        ran.stderr.contains("no call that takes an invite back"),
        "{ran}"
    );
}

#[test]
fn an_organization_that_was_made_is_deleted_once_its_name_is_typed() {
    for (service, line) in [
        (Balena, "org create balena --name Fresh --slug fresh"),
        (Clerk, "org create clerk --name Fresh --slug fresh"),
    ] {
        let stage = Stage::new();
        run(&stage, line);
        let sent = stage.writes(service).len();
        let ran = stage.run("undo --yes");
        assert_eq!(ran.code, Some(2), "{line}: {ran}");
        assert_eq!(stage.writes(service).len(), sent);
        run(&stage, "undo --confirm Fresh");
        let (_, orgs) = stage.json(&format!("org list --profile {}", service.name()));
        assert!(!column(&orgs, "orgs", "name").contains(&"Fresh"), "{orgs}");
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
    assert_eq!(stage.writes(Clerk).len(), sent);
    run(&stage, &format!("undo {id}"));
    assert_eq!(stage.run(&format!("undo {id} --yes")).code, Some(5), "once");
    assert_eq!(stage.run("undo 999 --yes").code, Some(4));
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
