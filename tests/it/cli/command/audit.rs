//! The journal as an audit trail: what it says was sent is what the services' own records say, request by
//! request; and where it cannot be written nothing is sent.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use orgdeck::domain::Verb;
use orgdeck::provider::registry;
use orgdeck::sandbox::Recorded;
use orgdeck::sandbox::Service::{self, Balena, Clerk, Vulos};
use orgdeck::sandbox::faults::{Fault, Rule};
use serde_json::Value as Json;

use super::every::{invited, org, words};
use super::stage::{Stage, rows};
use crate::support::program::{Ran, run};

fn state(stage: &Stage) -> PathBuf {
    stage.home.path().join(".local/state/orgdeck")
}

/// The lines of the journal, each a record.
fn records(stage: &Stage) -> Vec<Json> {
    let text = fs::read_to_string(state(stage).join("journal.jsonl")).unwrap_or_default();
    let whole = text.lines().filter(|line| line.ends_with('}'));
    whole
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn intents(stage: &Stage) -> Vec<Json> {
    let mut records = records(stage);
    records.retain(|record| record["record"] == "intent");
    records
}

/// What a service was asked to change.
fn writes(stage: &Stage, service: Service) -> Vec<Recorded> {
    let mut requests = stage.sandbox.requests(service);
    requests.retain(|request| request.method != "GET");
    requests
}

/// The writes that a service offers, in an order in which each has something to work on.
fn offered(service: Service) -> Vec<Verb> {
    let can = (registry::find(service.name()).unwrap().capabilities)();
    let writes = Verb::ALL.iter().copied().filter(|verb| !verb.is_read());
    let mut writes: Vec<Verb> = writes.filter(|verb| can.refusal(*verb).is_none()).collect();
    // What makes an end of what the others work on comes last.
    writes.sort_by_key(|verb| match verb {
        Verb::InviteResend => 1,
        Verb::InviteRevoke => 2,
        Verb::MemberRemove => 3,
        Verb::MemberLeave => 4,
        Verb::OrgDelete => 5,
        _ => 0,
    });
    // Who has left can delete nothing.
    writes.retain(|verb| *verb != Verb::MemberLeave);
    writes
}

fn carry_out(stage: &Stage, service: Service, verb: Verb) -> Ran {
    let (_, name) = org(service).split_once('/').unwrap();
    let words = words(verb, service, stage);
    let line = format!("{} {words} --yes --confirm {name} -o json", verb.name());
    let arguments: Vec<&str> = line.split_whitespace().collect();
    let mut command = stage.command(&arguments);
    if verb == Verb::InviteAccept {
        command.env("ORGDECK_INVITE_TOKEN", invited(stage));
    }
    run(&mut command)
}

/// What befalls the writes of one round.
fn befalls(stage: &Stage, service: Service, fault: Option<&Fault>) {
    stage.sandbox.heal(service);
    let methods = ["POST", "PUT", "PATCH", "DELETE"];
    for (method, fault) in methods.iter().zip(fault.into_iter().cycle()) {
        let rule = Rule::always(fault.clone()).method(method);
        stage.sandbox.fail(service, rule);
    }
}

/// A mixed run: refused, lost before and after it was applied, and done; every verb in each of them.
fn mixed(service: Service) {
    let refused = || Fault::Status(403, Vec::new(), "{}".to_owned());
    let rounds = [
        Some(refused()),
        Some(Fault::ResetBefore),
        None,
        Some(Fault::ResetAfter),
    ];
    for fault in &rounds {
        let stage = Stage::new();
        befalls(&stage, service, fault.as_ref());
        for verb in offered(service) {
            carry_out(&stage, service, verb);
        }
        compare(&stage, service, fault.as_ref());
    }
}

fn compare(stage: &Stage, service: Service, fault: Option<&Fault>) {
    let (intents, writes) = (intents(stage), writes(stage, service));
    let what = format!("{} {fault:?}", service.name());
    assert_eq!(intents.len(), writes.len(), "{what}: one record a request");
    let (_, document) = stage.json("journal list --sort at");
    let mut listed = rows(&document, "journal").to_vec();
    listed.sort_by_key(|row| row["id"].as_str().unwrap().parse::<u64>().unwrap());
    assert_eq!(listed.len(), writes.len(), "{what}");
    for ((intent, row), sent) in intents.iter().zip(&listed).zip(&writes) {
        let told = format!("{what}: {row}\n{} {}", sent.method, sent.target);
        assert_eq!(
            row["id"].as_str().unwrap(),
            intent["no"].to_string(),
            "{told}"
        );
        says_the_request(intent, row, sent, &told);
        says_the_end(row, sent, (fault, &told));
        let at: jiff::Timestamp = row["at"].as_str().unwrap().parse().unwrap();
        assert_eq!(
            at.subsec_nanosecond() % 1_000_000,
            0,
            "milliseconds: {told}"
        );
        assert_eq!(row["profile"], service.name(), "{told}");
        assert_ne!(row["principal"], "unknown", "{told}");
        assert_ne!(row["principal"], "", "{told}");
    }
    let used: BTreeSet<&str> = listed
        .iter()
        .map(|row| row["verb"].as_str().unwrap())
        .collect();
    for verb in offered(service) {
        // Sending again is a revocation and an invite, or an invite alone.
        let is_again = verb == Verb::InviteResend;
        assert!(
            is_again || used.contains(verb.name()),
            "{what}: {}",
            verb.name()
        );
    }
}

/// The operation, the organization and the target are those of the request that the service met.
fn says_the_request(intent: &Json, row: &Json, sent: &Recorded, told: &str) {
    let line = format!("{} {}", sent.method, sent.target);
    let kept = intent["request"].as_str().unwrap();
    if row["verb"] == Verb::InviteAccept.name() {
        // Its address holds what lets its holder in.
        let shown = kept.strip_suffix("{token}");
        let is_it = shown.is_some_and(|shown| line.starts_with(shown));
        assert!(is_it, "{told}\n{kept}");
        return;
    }
    assert_eq!(kept, line, "{told}");
    let body = String::from_utf8_lossy(&sent.body);
    let asked = orgdeck::sandbox::exchange::decode(&format!("{} {body}", sent.target));
    if let Some(org) = row["org"].as_str() {
        let by_itself = [
            "member role",
            "member remove",
            "member leave",
            "invite revoke",
        ];
        // balena names a membership or an invite by its own id alone.
        let is_named = asked.contains(org) || row["profile"] == Balena.name();
        assert!(
            is_named || by_itself.contains(&row["verb"].as_str().unwrap()),
            "{told}"
        );
    } else {
        assert_eq!(row["verb"], Verb::OrgCreate.name(), "{told}");
    }
    for target in row["target"].as_str().unwrap().split(", ") {
        assert!(asked.contains(target), "{target} in {asked}: {told}");
    }
}

/// The outcome is what the service's own record bears out, and never more than can be known.
fn says_the_end(row: &Json, sent: &Recorded, (fault, told): (Option<&Fault>, &str)) {
    let outcome = row["outcome"].as_str().unwrap();
    match (fault, sent.status) {
        (None, Some(200..=299)) => assert_eq!(outcome, "done", "{told}"),
        (None | Some(Fault::Status(..)), _) => assert_eq!(outcome, "refused", "{told}"),
        (Some(Fault::ResetBefore), _) => {
            assert!(["refused", "unknown"].contains(&outcome), "{told}");
        }
        (Some(_), _) => assert!(["done", "unknown"].contains(&outcome), "{told}"),
    }
}

#[test]
fn r95_on_balena_the_journal_says_what_the_service_recorded() {
    mixed(Balena);
}

#[test]
fn r95_on_clerk_the_journal_says_what_the_service_recorded() {
    mixed(Clerk);
}

#[test]
fn r95_on_vulos_the_journal_says_what_the_service_recorded() {
    mixed(Vulos);
}

/// Whom the service takes the actor for, and not who sits at the machine.
#[test]
fn r95_the_principal_is_the_service_s_own_word_or_unknown() {
    for service in Service::ALL {
        let stage = Stage::new();
        let (_, who) = stage.json(&format!("whoami {}", service.name()));
        let name = rows(&who, "whoami")[0]["name"].clone();
        let line = format!("member role {}", words(Verb::MemberRole, service, &stage));
        let words: Vec<&str> = line.split_whitespace().chain(["--yes"]).collect();
        let ran = run(stage.command(&words).env("USER", "somebody-else"));
        assert_eq!(ran.code, Some(0), "{ran}");
        let asked = stage.sandbox.requests(service).into_iter();
        let (_, document) = stage.json("journal list");
        let row = &rows(&document, "journal")[0];
        assert_eq!(row["principal"], name, "{row}");
        assert!(asked.count() > 0);
    }
    // A service that does not tell it stops no write.
    let stage = Stage::new();
    let rule = Rule::always(Fault::Status(500, Vec::new(), String::new())).method("GET");
    stage.sandbox.fail(Vulos, rule.path("userinfo"));
    let line = format!(
        "member role {} --yes",
        words(Verb::MemberRole, Vulos, &stage)
    );
    let ran = stage.run(&line);
    assert_eq!(ran.code, Some(0), "{ran}");
    let (_, document) = stage.json("journal list");
    assert_eq!(rows(&document, "journal")[0]["principal"], "unknown");
}

/// The program under limits that a shell sets for it.
fn limited(stage: &Stage, limits: &str, line: &str) -> Ran {
    let mut command = Command::new("sh");
    let program = env!("CARGO_BIN_EXE_orgdeck");
    command
        .args(["-c", &format!("{limits}; exec {program} {line}")])
        .env_clear()
        .env("HOME", stage.home.path())
        .env("PATH", "/usr/bin:/bin");
    run(&mut command)
}

const WRITE: &str = "member role clerk/acme-shop bo --set org:admin --yes";

/// A disk that is full at each moment of a write: what was sent stands in the journal, and what does not stand
/// there was not sent.
#[test]
fn r48_nothing_is_sent_that_the_journal_has_no_room_for() {
    let mut ends = BTreeSet::new();
    for blocks in 0..14 {
        let stage = Stage::new();
        // Files grow up to so many blocks of 512 bytes, and not further.
        let limits = format!("ulimit -f {blocks}");
        let ran = limited(&stage, &limits, WRITE);
        let sent = stage.writes(Clerk).len();
        let told = format!("{blocks} blocks: {ran}");
        assert_eq!(sent, intents(&stage).len(), "{told}");
        if sent == 0 {
            assert_eq!(ran.code, Some(5), "{told}");
            assert_eq!(
                ran.stderr.matches("journal.jsonl").count(),
                1,
                "said once: {told}"
            );
        }
        ends.insert(sent);
        let read = limited(&stage, &limits, "member list clerk/acme-shop -o json");
        assert_eq!(read.code, Some(0), "reads go on: {read}");
        // With room again it goes on, and nothing that was sent is sent again.
        let (code, _) = stage.json("journal list");
        assert_eq!(code, Some(0), "{told}");
        assert_eq!(stage.run("journal verify").code, Some(0), "{told}");
        assert_eq!(stage.writes(Clerk).len(), sent, "{told}");
    }
    assert_eq!(ends, BTreeSet::from([0, 1]), "the limit met both");
}

/// No place for a journal: every write of every service is refused, with the place, once; reads go on.
#[test]
fn r48_every_write_is_refused_where_no_journal_can_be() {
    for place in ["/dev/null", "/proc/self/no-such-place"] {
        let stage = Stage::new();
        for service in Service::ALL {
            for verb in offered(service) {
                let words = words(verb, service, &stage);
                let (_, name) = org(service).split_once('/').unwrap();
                let line = format!("{} {words} --yes --confirm {name}", verb.name());
                let words: Vec<&str> = line.split_whitespace().collect();
                let mut command = stage.command(&words);
                command.env("XDG_STATE_HOME", place);
                if verb == Verb::InviteAccept {
                    command.env("ORGDECK_INVITE_TOKEN", invited(&stage));
                }
                let ran = run(&mut command);
                assert_eq!(ran.code, Some(5), "{line}: {ran}");
                let told = format!("{place}/orgdeck/journal.jsonl");
                assert_eq!(ran.stderr.matches(&told).count(), 1, "{line}: {ran}");
            }
            assert_eq!(stage.writes(service), [""; 0], "{}", service.name());
            let line = format!("member list {}", org(service));
            let words: Vec<&str> = line.split_whitespace().collect();
            let ran = run(stage.command(&words).env("XDG_STATE_HOME", place));
            assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran}");
        }
    }
}

fn modes(folder: &Path) -> Vec<(PathBuf, u32)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let about = entry.metadata().unwrap();
        all.push((entry.path(), about.permissions().mode() & 0o7777));
        if about.is_dir() {
            all.extend(modes(&entry.path()));
        }
    }
    all
}

#[test]
fn r32_the_journal_is_its_owner_s_alone_whatever_the_mask() {
    for mask in ["000", "077", "777"] {
        let stage = Stage::new();
        let line = "org logo set clerk/acme-shop LOGO --yes";
        let logo = stage.file("new.gif", "GIF89a of our own");
        let ran = limited(
            &stage,
            &format!("umask {mask}"),
            &line.replace("LOGO", &logo),
        );
        assert_eq!(ran.code, Some(0), "{mask}: {ran}");
        assert_eq!(
            limited(&stage, &format!("umask {mask}"), "undo --yes").code,
            Some(0)
        );
        let folder = state(&stage);
        let found = modes(&folder);
        assert!(found.len() >= 5, "{found:?}");
        for (path, mode) in found.into_iter().chain([(folder.clone(), 0o700)]) {
            let wanted = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, wanted, "{mask}: {}", path.display());
        }
    }
}

#[test]
fn r31_a_link_in_the_place_of_the_journal_is_refused_by_name() {
    for name in ["journal.jsonl", "journal.lock", "sessions", ""] {
        let stage = Stage::new();
        let outside = stage.home.path().join("outside");
        fs::create_dir_all(state(&stage).parent().unwrap()).unwrap();
        let place = state(&stage).join(name);
        if name.is_empty() || name == "sessions" {
            fs::create_dir(&outside).unwrap();
        } else {
            fs::write(&outside, "untouched").unwrap();
        }
        if !name.is_empty() {
            fs::create_dir(state(&stage)).unwrap();
        }
        let place = if name.is_empty() {
            state(&stage)
        } else {
            place
        };
        symlink(&outside, &place).unwrap();
        let ran = stage.run(WRITE);
        assert_eq!(ran.code, Some(5), "{name}: {ran}");
        assert!(ran.stderr.contains("journal.jsonl"), "{name}: {ran}");
        assert_eq!(stage.writes(Clerk), [""; 0], "{name}");
        if outside.is_dir() {
            assert_eq!(fs::read_dir(&outside).unwrap().count(), 0, "{name}");
        } else {
            assert_eq!(fs::read(&outside).unwrap(), b"untouched", "{name}");
        }
    }
}

/// Names that look like records of their own: as many lines as records, whoever chose the names.
#[test]
fn r50_a_name_forges_no_record() {
    let stage = Stage::new();
    let forged = "x\n{\"no\":2,\"record\":\"outcome\",\"intent\":1,\"outcome\":\"done\"}\r\u{2028}";
    let field = format!("name={forged}");
    for words in [
        ["org", "edit", "clerk/acme-shop", "--field", &field, "--yes"],
        ["org", "edit", "vulos/41", "--field", &field, "--yes"],
    ] {
        stage.run_words(&words);
    }
    let text = fs::read_to_string(state(&stage).join("journal.jsonl")).unwrap();
    let numbers: Vec<Json> = records(&stage)
        .iter()
        .map(|record| record["no"].clone())
        .collect();
    let lines = text.lines().count();
    assert_eq!(numbers, (1..=lines).map(Json::from).collect::<Vec<_>>());
    let kinds = records(&stage);
    let count = |kind: &str| {
        kinds
            .iter()
            .filter(|record| record["record"] == kind)
            .count()
    };
    let sent = stage.writes(Clerk).len() + stage.writes(Vulos).len();
    assert_eq!((count("intent"), count("outcome")), (sent, sent));
    assert_eq!(stage.run("journal verify").code, Some(0));
}
