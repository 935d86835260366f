//! Every verb on every service in every format, in a world whose names are hostile: each document keeps to its
//! format, and nothing in it commands a terminal.

use orgdeck::domain::Verb;
use orgdeck::provider::registry;
use orgdeck::sandbox::Service;
use serde_json::Value as Json;

use super::every::{kind, org, words};
use super::hostile::{NAMES, is_plain};
use super::schema;
use super::stage::{Stage, rows};
use crate::support::program::{Ran, run};

const FORMATS: &[&str] = &["table", "json", "ndjson", "csv", "md"];

/// The demo, in which everything is called something hostile that no test asks for by its name.
fn stage() -> Stage {
    let stage = Stage::new();
    stage.sandbox.world(|world| {
        let mut names = NAMES.iter().cycle();
        let mut next = || (*names.next().unwrap()).to_owned();
        for service in Service::ALL {
            let orgs: Vec<_> = world.orgs(service).map(|org| org.key).collect();
            for key in orgs {
                let name = next();
                world.edit_org(key, |org| org.name = name);
            }
            let invites: Vec<_> = world.invites(service).map(|invite| invite.key).collect();
            for key in invites {
                let words = next();
                world.edit_invite(key, |invite| invite.message = Some(words));
            }
            let people: Vec<_> = world.people(service).map(|person| person.key).collect();
            for key in people {
                let (first, last) = (next(), next());
                world.edit_person(key, |person| {
                    person.first_name = Some(first);
                    person.last_name = Some(last);
                });
            }
        }
        let members: Vec<_> = world.members(Service::Vulos).map(|one| one.key).collect();
        for key in members {
            world.give_role(key, &next());
        }
    });
    stage
}

/// Runs a verb on a service in a format.
fn ran(stage: &Stage, (verb, service): (Verb, Service), format: &str) -> Ran {
    let (_, name) = org(service).split_once('/').unwrap();
    let consent = if verb.is_read() {
        String::new()
    } else {
        format!("--yes --confirm {name}")
    };
    let words = words(verb, service, stage);
    let line = format!("{} {words} -o {format} {consent}", verb.name());
    let arguments: Vec<&str> = line.split_whitespace().collect();
    let mut command = stage.command(&arguments);
    if verb == Verb::InviteAccept {
        command.env("ORGDECK_INVITE_TOKEN", super::every::invited(stage));
    }
    let ran = run(&mut command);
    assert_eq!(ran.code, Some(0), "{line}: {ran}");
    ran
}

fn holds(shared: &Stage, verb: Verb, service: Service) {
    let Some(kind) = kind(verb) else {
        return;
    };
    let capabilities = (registry::find(service.name()).unwrap().capabilities)();
    if capabilities.refusal(verb).is_some() {
        return;
    }
    let mut counts = Vec::new();
    for format in FORMATS {
        let what = format!("{} on {} as {format}", verb.name(), service.name());
        let asked = (verb, service);
        let text = if verb.is_read() {
            ran(shared, asked, format).stdout
        } else {
            ran(&stage(), asked, format).stdout
        };
        let allowed: &[char] = match *format {
            "table" => &['\n', '\t'],
            "csv" => &['\n', '\t', '\r'],
            _ => &['\n'],
        };
        // Families are joined by one of the hidden characters, within one sign.
        let odd = |c: &char| !is_plain(*c) && !allowed.contains(c) && *c != '\u{200d}';
        assert_eq!(text.chars().find(odd), None, "{what}: {text}");
        counts.push(counted(&text, format, kind));
        assert_eq!(counts.first(), counts.last(), "{what}: {text}");
    }
}

/// How many rows a document holds, which must keep to its format.
fn counted(text: &str, format: &str, kind: &str) -> usize {
    match format {
        "json" => {
            let document: Json = serde_json::from_str(text).unwrap();
            let rows = rows(&document, kind);
            for row in rows {
                schema::is_kept(kind, row);
            }
            rows.len()
        }
        "ndjson" => {
            let rows = text.lines().map(|line| serde_json::from_str(line).unwrap());
            let named = |row: Json| row["kind"] == kind || kind == "whoami";
            rows.map(|row| assert!(named(row), "{text}")).count()
        }
        "csv" => {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let records = reader.records().map(Result::unwrap);
            let guarded = |cell: &str| !cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            records
                .map(|record| assert!(record.iter().all(guarded), "{text}"))
                .count()
        }
        "md" => {
            let bars = |line: &str| line.replace("\\|", "").matches('|').count();
            let mut widths = text.lines().map(bars);
            let first = widths.next();
            assert!(widths.all(|width| Some(width) == first), "{text}");
            text.lines().count() - 2
        }
        _ => {
            let mut widths = text.lines().map(|line| line.matches('\t').count());
            let first = widths.next();
            assert!(widths.all(|width| Some(width) == first), "{text}");
            text.lines().count()
        }
    }
}

fn try_on(service: Service) {
    let shared = stage();
    for verb in Verb::ALL {
        holds(&shared, *verb, service);
    }
}

#[test]
fn on_balena() {
    try_on(Service::Balena);
}

#[test]
fn on_clerk() {
    try_on(Service::Clerk);
}

#[test]
fn on_vulos() {
    try_on(Service::Vulos);
}
