//! Dry runs: what they print is what goes out, and they send nothing that changes anything.

use orgdeck::sandbox::Service;
use serde_json::Value as Json;

use super::stage::{Stage, rows};

/// The writes of every service that need no file, as lines without their yes.
pub(super) const WRITES: &[(Service, &str)] = &[
    (
        Service::Balena,
        "org create balena --name Fresh --slug fresh_one",
    ),
    (
        Service::Balena,
        "org edit balena/acme_fleet --field website=https://x.example",
    ),
    (
        Service::Balena,
        "org delete balena/acme_labs --confirm acme_labs",
    ),
    (
        Service::Balena,
        "member role balena/acme_fleet bo pia --set administrator",
    ),
    (
        Service::Balena,
        "invite create balena/acme_fleet a@new.example b@new.example --role member --message hello",
    ),
    (
        Service::Balena,
        "invite resend balena/acme_fleet hal@acme.example",
    ),
    (
        Service::Clerk,
        "org create clerk --name Fresh --field public_metadata={\"a\":[1]}",
    ),
    (
        Service::Clerk,
        "org edit clerk/acme-shop --field max_allowed_memberships=60 --field admin_delete_enabled=no",
    ),
    (
        Service::Clerk,
        "member add clerk/acme-shop kim@acme.example --role org:member",
    ),
    (
        Service::Clerk,
        "member remove clerk/acme-shop bo cleo --confirm acme-shop",
    ),
    (
        Service::Clerk,
        "invite create clerk/acme-shop a@new.example b@new.example --role org:member --expires-in-days 3 --no-notify",
    ),
    (
        Service::Clerk,
        "invite revoke clerk/acme-shop hal@acme.example --confirm acme-shop",
    ),
    (
        Service::Clerk,
        "org logo remove clerk/acme-shop --confirm acme-shop",
    ),
    (
        Service::Balena,
        "member remove balena/acme_fleet quinn --confirm acme_fleet",
    ),
    (
        Service::Balena,
        "member leave balena/acme_fleet --confirm acme_fleet",
    ),
    (
        Service::Balena,
        "invite revoke balena/acme_fleet hal@acme.example --confirm acme_fleet",
    ),
    (
        Service::Balena,
        "org logo remove balena/acme_fleet --confirm acme_fleet",
    ),
    (
        Service::Clerk,
        "org delete clerk/acme-shop --confirm acme-shop",
    ),
    (
        Service::Clerk,
        "member role clerk/acme-shop bo --set org:admin",
    ),
    (
        Service::Clerk,
        "invite resend clerk/acme-shop hal@acme.example",
    ),
    (Service::Vulos, "org delete vulos/41 --confirm 41"),
    (
        Service::Vulos,
        "member remove vulos/41 max@acme.example --confirm 41",
    ),
    (
        Service::Vulos,
        "member leave vulos/4294967338 --confirm 4294967338",
    ),
    (Service::Vulos, "org edit vulos/41 --field city=Lisboa"),
    (
        Service::Vulos,
        "member role vulos/41 ines@pilots.example --give night --take dispatch",
    ),
    (Service::Vulos, "invite create vulos/41 a@new.example"),
];

/// What says that a line is about several.
const SEVERAL: [&str; 3] = [" b@new.example", " bo pia", " bo cleo"];

fn sent(stage: &Stage, service: Service) -> Vec<(String, Json)> {
    let requests = stage.sandbox.requests(service).into_iter();
    let writes = requests.filter(|request| request.method != "GET");
    let pair = |request: orgdeck::sandbox::Recorded| {
        let body = serde_json::from_slice(&request.body).unwrap_or(Json::Null);
        (format!("{} {}", request.method, request.target), body)
    };
    writes.map(pair).collect()
}

#[test]
fn r63_what_is_printed_is_what_goes_out() {
    for (service, line) in WRITES {
        let stage = Stage::new();
        let (code, document) = stage.json(&format!("{line} --dry-run"));
        assert_eq!(code, Some(0), "{line}");
        assert_eq!(sent(&stage, *service), [], "{line}");
        let shown = rows(&document, "requests").iter().map(|request| {
            let part = |name: &str| request[name].as_str().unwrap();
            let query = if part("query").is_empty() {
                String::new()
            } else {
                format!("?{}", part("query"))
            };
            assert_eq!(part("profile"), service.name());
            (
                format!("{} {}{query}", part("method"), part("path")),
                request["body"].clone(),
            )
        });
        let shown: Vec<(String, Json)> = shown.collect();
        assert!(!shown.is_empty(), "{line}");
        let text = stage.run(&format!("{line} --dry-run")).stdout;
        for (target, body) in &shown {
            let body = if body.is_null() {
                String::new()
            } else {
                format!("{body}\n")
            };
            assert!(
                text.contains(&format!("{target}\n{body}")),
                "{line}: {text}"
            );
        }
        let ran = stage.run(&format!("{line} --yes"));
        assert_eq!(ran.code, Some(0), "{line}: {ran}");
        let mut sent = sent(&stage, *service);
        let mut planned = shown;
        // What is done to several may overtake each other; the steps of one thing never do.
        if SEVERAL.iter().any(|several| line.contains(several)) {
            let key = |(target, body): &(String, Json)| format!("{target} {body}");
            sent.sort_by_key(key);
            planned.sort_by_key(key);
        }
        assert_eq!(sent, planned, "{line}");
    }
}

#[test]
fn a_token_is_not_shown() {
    let stage = Stage::new();
    let ran = stage.run_with("invite accept balena --dry-run", "s3cret-token\n");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(
        ran.stdout.contains("{token}") && !ran.stdout.contains("s3cret"),
        "{ran}"
    );
}

#[test]
fn a_token_comes_from_no_argument() {
    let stage = Stage::new();
    let ran = stage.run("invite accept balena s3cret-token --yes");
    assert_eq!(ran.code, Some(2), "{ran}");
    let ran = stage.run("invite accept balena --yes");
    assert_eq!(ran.code, Some(2), "{ran}");
    assert!(ran.stderr.contains("ORGDECK_INVITE_TOKEN"), "{ran}");
}

/// What is foretold beside the requests is so after they went out.
#[test]
fn a_dry_run_foretells_what_is_left_afterwards() {
    let stage = Stage::new();
    let line = "member role clerk/acme-shop dee --set org:member";
    let ran = stage.run(&format!("{line} --dry-run"));
    assert!(ran.stderr.contains("Administrators left: 1 "), "{ran}");
    assert!(ran.stderr.contains("Undo: "), "{ran}");
    assert!(!ran.stdout.contains("left"), "{ran}");
    assert_eq!(stage.run(&format!("{line} --yes")).code, Some(0));
    let (_, document) = stage.json("member list clerk/acme-shop --filter role:=org:admin");
    assert_eq!(rows(&document, "members").len(), 1);
}

/// A request may name no more than an id, or an assignment's: beside it stands who that is, and from what to what.
#[test]
fn r14_s13_a_dry_run_names_each_record_with_what_it_was_and_what_it_becomes() {
    let stage = Stage::new();
    for (line, words) in [
        (
            "member role balena/acme_fleet bo --set administrator",
            ["bo (104003)", "member -> administrator"],
        ),
        (
            "member role clerk/acme-shop bo --set org:admin",
            ["bo@acme.example", "Member -> "],
        ),
        (
            "member role vulos/41 max@acme.example --set night",
            ["Max", " -> night"],
        ),
        (
            "member remove clerk/acme-shop bo --confirm acme-shop",
            ["bo@acme.example", ", Member"],
        ),
        (
            "org edit vulos/41 --field name=Ours",
            ["Harbour Pilots (41)", "name Harbour Pilots -> Ours"],
        ),
        (
            "org edit clerk/acme-shop --field name=Ours",
            ["Acme Shop (org_", "name Acme Shop -> Ours"],
        ),
        (
            "invite revoke balena/acme_fleet hal@acme.example --confirm acme_fleet",
            ["hal@acme.example (", "revoke"],
        ),
    ] {
        let ran = stage.run(&format!("{line} --dry-run"));
        assert_eq!(ran.code, Some(0), "{ran}");
        let named = |row: &str| words.iter().all(|word| row.contains(word));
        assert!(ran.stderr.lines().any(named), "{words:?}\n{ran}");
    }
}
