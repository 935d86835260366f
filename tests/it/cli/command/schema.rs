//! The documents: every kind has the fields that INTERFACE names, with their types, whatever the service.

use serde_json::Value as Json;

use super::stage::{Stage, rows};

/// A command, the kind of its rows, and their fields.
const KINDS: &[(&str, &str, &str)] = &[
    (
        "org list",
        "orgs",
        "profile provider id name slug members invites has_logo logo_url created_at updated_at attributes",
    ),
    (
        "member list clerk/acme-shop",
        "members",
        "profile org id user_id name username email roles joined_at is_me",
    ),
    (
        "user memberships clerk ana",
        "memberships",
        "profile org org_name id user_id roles joined_at",
    ),
    (
        "invite list",
        "invites",
        "profile org id email role status created_at expires_at inviter message",
    ),
    ("role list balena", "roles", "profile org key name id"),
    (
        "user find clerk ana",
        "users",
        "profile id name username email",
    ),
    (
        "whoami",
        "whoami",
        "profile provider kind id name email can_write",
    ),
    (
        "org edit balena/acme_fleet --field name=Y --yes",
        "results",
        "profile org target verb outcome message request_id",
    ),
];

fn sorted(words: &str) -> Vec<String> {
    let mut names: Vec<String> = words.split(' ').map(str::to_owned).collect();
    names.sort();
    names
}

/// Whether a row has the fields of its kind, each of the type that its name promises.
pub(super) fn is_kept(kind: &str, row: &Json) {
    let (_, _, fields) = KINDS.iter().find(|(_, name, _)| *name == kind).unwrap();
    let row = row.as_object().unwrap();
    let names: Vec<String> = row.keys().cloned().collect();
    assert_eq!(names, sorted(fields), "{kind}");
    for (name, value) in row {
        let fits = match name.as_str() {
            "roles" => value
                .as_array()
                .is_some_and(|all| all.iter().all(Json::is_string)),
            "attributes" => value.is_object(),
            "members" | "invites" => value.is_u64() || value.is_null(),
            "is_me" | "has_logo" | "can_write" => value.is_boolean() || value.is_null(),
            "profile" | "provider" | "verb" | "outcome" => value.is_string(),
            name if name.ends_with("_at") => value.is_null() || is_time(value),
            _ => value.is_string() || value.is_null(),
        };
        assert!(fits, "{kind}: {name}: {value}");
    }
}

fn is_time(value: &Json) -> bool {
    let text = value.as_str().unwrap_or_default();
    text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok()
}

#[test]
fn every_kind_has_its_fields() {
    let stage = Stage::new();
    for (line, kind, fields) in KINDS {
        let (_, document) = stage.json(line);
        assert_eq!(document["version"], 1, "{line}");
        assert!(document["errors"].is_array(), "{line}");
        assert!(!rows(&document, kind).is_empty(), "{line}");
        for row in rows(&document, kind) {
            let names: Vec<String> = row.as_object().unwrap().keys().cloned().collect();
            assert_eq!(names, sorted(fields), "{line}");
        }
    }
}

#[test]
fn values_have_their_types() {
    let stage = Stage::new();
    let (_, document) = stage.json("org list");
    for org in rows(&document, "orgs") {
        assert!(org["id"].is_string() && org["attributes"].is_object());
        assert!(org["members"].is_u64());
        let made: Result<jiff::Timestamp, _> = org["created_at"].as_str().unwrap().parse();
        assert!(made.is_ok() && org["created_at"].as_str().unwrap().ends_with('Z'));
        assert_eq!(org["invites"].is_null(), org["provider"] == "vulos");
    }
    let (_, document) = stage.json("member list vulos/41");
    for member in rows(&document, "members") {
        assert!(member["roles"].is_array() && member["joined_at"].is_null());
        assert_eq!(member["is_me"], member["email"] == "ana@acme.example");
    }
}

#[test]
fn an_error_has_its_fields() {
    let stage = Stage::new();
    let (_, document) = stage.json("invite list vulos/41");
    assert_eq!(rows(&document, "invites"), &[] as &[Json]);
    let names: Vec<String> = rows(&document, "errors")[0]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(
        names,
        sorted("profile kind message hint status request_id exit_code")
    );
}

#[test]
fn a_line_is_an_object_that_says_its_kind() {
    let stage = Stage::new();
    let ran = stage.run("org list -o ndjson --fields id,name");
    for line in ran.stdout.lines() {
        let row: Json = serde_json::from_str(line).unwrap();
        assert_eq!(row["kind"], "orgs");
        assert_eq!(row.as_object().unwrap().len(), 3);
    }
    assert_eq!(ran.stdout.lines().count(), 7);
}

/// What a credential is stands in a field of the same name; a line has it once.
#[test]
fn a_line_says_its_kind_once() {
    let stage = Stage::new();
    for fields in ["", "--fields name", "--fields name,kind"] {
        let ran = stage.run(&format!("whoami balena -o ndjson {fields}"));
        assert_eq!(ran.stdout.matches("\"kind\":").count(), 1, "{ran}");
        assert!(ran.stdout.starts_with("{\"kind\":\"user\","), "{ran}");
    }
}

#[test]
fn csv_has_a_header_and_as_many_cells_in_every_row() {
    let stage = Stage::new();
    for (line, _, fields) in &KINDS[..6] {
        let ran = stage.run(&format!("{line} -o csv"));
        let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
        let header: Vec<String> = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        assert_eq!(header.join(" "), *fields);
        assert!(
            reader
                .records()
                .all(|record| record.unwrap().len() == header.len())
        );
    }
}
