//! What is kept of writes to people with hostile names: one record a line, and every name in every format.

use std::fs;

use orgdeck::sandbox::Service;
use serde_json::Value as Json;

use super::super::stage::{Stage, rows};
use super::{FORMATS, corpus, is_inert, texts};

/// A stage on which the role of a member of each name was changed.
fn promoted() -> (Stage, usize) {
    let stage = Stage::new();
    let users: Vec<String> = stage.sandbox.world(|world| {
        let shop = world.org_by_slug(Service::Clerk, "acme-shop").unwrap().key;
        let mut join = |raw: String| {
            let person = world.add_person(|person| {
                person.first_name = Some(raw);
                person.join(Service::Clerk);
            });
            world.add_member(shop, person, &["org:member"]).unwrap();
            let person = world.person(person).unwrap();
            person.id(Service::Clerk).unwrap().to_owned()
        };
        corpus().into_iter().map(&mut join).collect()
    });
    let mut words = vec!["member", "role", "clerk/acme-shop"];
    words.extend(users.iter().map(String::as_str));
    words.extend(["--set", "org:admin", "--yes", "--confirm", "acme-shop"]);
    let ran = stage.run_words(&words);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    (stage, users.len())
}

#[test]
fn r50_one_record_of_the_journal_is_one_line_whatever_people_are_called() {
    let (stage, count) = promoted();
    let journal = fs::read_to_string(stage.journal()).unwrap();
    let records: Vec<Json> = journal
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let of = |kind: &str| records.iter().filter(|one| one["record"] == kind).count();
    assert_eq!((of("intent"), of("outcome")), (count, count));
    assert_eq!(stage.run("journal verify").code, Some(0));
    for format in FORMATS {
        let ran = stage.run(&format!("journal export -o {format}"));
        assert_eq!(ran.code, Some(0), "{format}: {}", ran.stderr);
        is_inert(&ran.stdout, ("journal export", format));
    }
    let (_, document) = stage.json("journal export");
    assert_eq!(rows(&document, "journal").len(), count);
    let mut known = Vec::new();
    texts(&document, &mut known);
    let lost = corpus()
        .into_iter()
        .find(|raw| !known.iter().any(|known| known.contains(raw)));
    assert_eq!(lost, None);
    let csv = stage.run("journal export -o csv").stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for cell in reader
        .records()
        .map(Result::unwrap)
        .collect::<Vec<_>>()
        .iter()
        .flatten()
    {
        assert!(
            !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
            "{cell:?}"
        );
    }
}
