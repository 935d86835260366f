//! `journal`: every request that was sent, with what came of it, in every format; and whether the record of
//! it is whole.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault, Rule};
use serde_json::Value as Json;

use super::stage::{Stage, TOKENS, column, rows};
use crate::support::program::orgdeck;

impl Stage {
    /// The journal's file.
    pub(super) fn journal(&self) -> PathBuf {
        self.home.path().join(".local/state/orgdeck/journal.jsonl")
    }
}

const FIELDS: &[&str] = &[
    "after",
    "at",
    "before",
    "duration_ms",
    "id",
    "org",
    "outcome",
    "principal",
    "profile",
    "request_id",
    "target",
    "undone_by",
    "verb",
];

/// A stage on which something was done on each service, and something refused.
fn busy() -> Stage {
    let stage = Stage::new();
    for (line, code) in [
        ("member role clerk/acme-shop bo --set org:admin --yes", 0),
        ("invite create balena/acme_fleet fresh@new.example --yes", 0),
        ("org edit vulos/1 --field name=Other --yes", 4),
        ("member role clerk/acme-shop bo --set org:nonsense --yes", 5),
    ] {
        let ran = stage.run(line);
        assert_eq!(ran.code, Some(code), "{line}: {ran}");
    }
    stage
}

#[test]
fn every_request_is_in_it_with_its_fields_and_reads_are_not() {
    let stage = Stage::new();
    let ran = stage.run("member role clerk/acme-shop bo --set org:admin --yes");
    assert_eq!(ran.code, Some(0), "{ran}");
    let (code, document) = stage.json("journal list");
    assert_eq!(code, Some(0));
    let [row] = rows(&document, "journal") else {
        panic!("one request: {document}");
    };
    let mut fields: Vec<&str> = row
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    fields.sort_unstable();
    assert_eq!(fields, FIELDS);
    assert_eq!(row["profile"], "clerk");
    assert_eq!(row["verb"], "member role");
    assert_eq!(row["outcome"], "done");
    assert_eq!(row["undone_by"], Json::Null);
    assert!(row["org"].as_str().unwrap().starts_with("org_"), "{row}");
    assert!(row["target"].as_str().is_some_and(|id| !id.is_empty()));
    assert!(row["duration_ms"].is_u64());
    assert!(row["before"].to_string().contains("org:member"), "{row}");
    assert!(row["after"].to_string().contains("org:admin"), "{row}");
    let at: jiff::Timestamp = row["at"].as_str().unwrap().parse().unwrap();
    assert_eq!(at.subsec_nanosecond() % 1_000_000, 0, "milliseconds");
}

#[test]
fn r20_the_journal_is_written_before_the_request_is_sent() {
    let stage = Stage::new();
    stage.sandbox.fail(
        Service::Clerk,
        Rule::always(Fault::ResetBefore).method("PATCH"),
    );
    let ran = stage.run("member role clerk/acme-shop bo --set org:admin --yes");
    assert_ne!(ran.code, Some(0));
    let text = fs::read_to_string(stage.journal()).unwrap();
    let kinds: Vec<String> = text
        .lines()
        .map(|line| {
            let record: Json = serde_json::from_str(line).unwrap();
            record["record"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(kinds[..2], ["plan", "intent"], "{text}");
}

#[test]
fn every_format_has_all_rows_and_a_file_is_not_written_over() {
    let stage = busy();
    let (_, document) = stage.json("journal list");
    let ids = column(&document, "journal", "id");
    assert!(ids.len() >= 2, "{document}");
    let first: u64 = ids.last().unwrap().parse().unwrap();
    let newest: u64 = ids.first().unwrap().parse().unwrap();
    assert!(first < newest, "the newest first");
    for (format, lines) in [
        ("ndjson", ids.len()),
        ("csv", ids.len() + 1),
        ("md", ids.len() + 2),
        ("table", ids.len()),
    ] {
        let ran = stage.run(&format!("journal list -o {format}"));
        assert_eq!(ran.code, Some(0), "{ran}");
        assert_eq!(ran.stdout.lines().count(), lines, "{format}: {ran}");
    }
    let out = stage.home.path().join("audit.csv");
    let line = format!("journal export -o csv --out {}", out.display());
    assert_eq!(stage.run(&line).code, Some(0));
    let text = fs::read_to_string(&out).unwrap();
    assert!(text.starts_with("id,at,profile,principal,verb,org,target,outcome,before,after,"));
    assert_eq!(
        fs::metadata(&out).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(stage.run(&line).code, Some(2), "never over a file");
    assert_eq!(stage.run(&format!("{line} --force")).code, Some(0));
    let ran = stage.run("journal export");
    let exported: Json = serde_json::from_str(&ran.stdout).unwrap();
    let mut backwards = column(&exported, "journal", "id");
    backwards.reverse();
    assert_eq!(backwards, ids, "the oldest first");
}

#[test]
fn lists_are_filtered_and_one_entry_is_shown() {
    let stage = busy();
    let (_, document) = stage.json("journal list --filter profile:balena");
    assert_eq!(
        column(&document, "journal", "target"),
        ["fresh@new.example"]
    );
    let id = column(&document, "journal", "id")[0].to_owned();
    let (code, shown) = stage.json(&format!("journal show {id}"));
    assert_eq!(code, Some(0));
    assert_eq!(rows(&shown, "journal"), rows(&document, "journal"));
    let ran = stage.run(&format!("journal show {id}"));
    assert!(ran.stdout.contains("invite create"), "{ran}");
    assert_eq!(stage.run("journal show 999").code, Some(4));
}

#[test]
fn verify_names_the_first_record_that_is_not_as_it_was_written() {
    let stage = busy();
    let ran = stage.run("journal verify");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(ran.stdout.contains("each as it was written"), "{ran}");
    let text = fs::read_to_string(stage.journal()).unwrap();
    let changed = text.replacen("org:admin", "org:owner", 1);
    assert_ne!(changed, text);
    fs::write(stage.journal(), changed).unwrap();
    let ran = stage.run("journal verify");
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(ran.stderr.contains("record 1 at journal.jsonl:1"), "{ran}");
    let (code, document) = stage.json("journal verify");
    assert_eq!(code, Some(1));
    assert_eq!(column(&document, "checks", "status"), ["failed"]);
}

#[test]
fn r48_without_a_journal_nothing_is_sent_and_everything_can_be_read() {
    let stage = Stage::new();
    let folder = stage.home.path().join(".local/state");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("orgdeck"), "in the way").unwrap();
    let ran = stage.run("member role clerk/acme-shop bo --set org:admin --yes");
    assert_eq!(ran.code, Some(5), "{ran}");
    let said = ran.stderr.matches("journal.jsonl").count();
    assert_eq!(said, 1, "once: {ran}");
    assert_eq!(stage.writes(Service::Clerk), Vec::<String>::new());
    assert_eq!(stage.run("member list clerk/acme-shop").code, Some(0));
}

/// The system itself refuses every byte of every file; the signal that says so first ends nothing.
#[test]
fn r48_on_a_disk_that_takes_no_byte_nothing_is_sent_and_everything_can_be_read() {
    let stage = Stage::new();
    let program = stage.command(&[]).get_program().display().to_string();
    let run = |words: &str| {
        let line = format!("ulimit -f 0; exec '{program}' {words}");
        crate::support::program::run(&mut stage.shell(&line))
    };
    let ran = run("member role clerk/acme-shop bo --set org:admin --yes");
    assert_eq!(ran.code, Some(5), "{ran}");
    assert!(ran.stderr.contains("File too large"), "{ran}");
    assert_eq!(
        ran.stderr.matches("journal.jsonl").count(),
        1,
        "once: {ran}"
    );
    assert_eq!(stage.writes(Service::Clerk), Vec::<String>::new());
    assert_eq!(run("member list clerk/acme-shop").code, Some(0));
    let ran = stage.run("member role clerk/acme-shop bo --set org:admin --yes");
    assert_eq!(ran.code, Some(0), "the disk is well again: {ran}");
    assert_eq!(stage.run("journal verify").code, Some(0));
}

#[test]
fn the_demo_writes_no_file() {
    let home = tempfile::TempDir::new().unwrap();
    let words = [
        "--demo",
        "member",
        "role",
        "shop/acme-shop",
        "bo",
        "--set",
        "org:admin",
        "--yes",
    ];
    let ran = crate::support::program::run(&mut orgdeck(&words, home.path()));
    assert_eq!(ran.code, Some(0), "{ran}");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn r8_no_token_is_in_it() {
    let stage = Stage::new();
    let mut accept = stage.command(&["invite", "accept", "balena", "--yes"]);
    accept.env("ORGDECK_INVITE_TOKEN", "canary-invite-9Kx2mQ7");
    let ran = crate::support::program::run(&mut accept);
    assert!(ran.code.is_some(), "{ran}");
    stage.run("member role clerk/acme-shop bo --set org:admin --yes");
    stage.run("invite create clerk/acme-shop fresh@new.example --role org:member --yes");
    let text = fs::read_to_string(stage.journal()).unwrap();
    for secret in TOKENS
        .into_iter()
        .chain(["canary-invite-9Kx2mQ7", "ticket=", "/v1/tickets"])
    {
        assert!(!text.contains(secret), "{secret}");
    }
    assert!(
        text.contains("invite accept"),
        "it was recorded all the same"
    );
}

#[test]
fn r51_a_cut_line_is_said_once_and_the_rest_is_there() {
    let stage = busy();
    let (_, before) = stage.json("journal list");
    let mut text = fs::read_to_string(stage.journal()).unwrap();
    text.push_str("{\"no\":99,\"at\":\"20");
    fs::write(stage.journal(), text).unwrap();
    let ran = stage.run("journal list -o json");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(ran.stderr.contains("cut off"), "{ran}");
    let after: Json = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(after, before);
    let again = stage.run("journal list -o json");
    assert_eq!(again.stderr, "", "said once");
}
