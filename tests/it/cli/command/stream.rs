//! Long lists: the first row is there when the first page is, and no more is read than is wanted.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault, Rule};

use super::stage::Stage;

const LIST: &str = "member list clerk/partner-portal";

#[test]
fn the_first_row_does_not_wait_for_the_last() {
    for format in ["table", "ndjson", "csv", "json", "md"] {
        let stage = Stage::new();
        let later = Rule::always(Fault::NeverAnswer)
            .path("/memberships")
            .after(1);
        stage.sandbox.fail(Service::Clerk, later);
        let words = format!("{LIST} -o {format}");
        let words: Vec<&str> = words.split(' ').collect();
        let mut command = stage.command(&words);
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let row = lines
            .map(Result::unwrap)
            .find(|line| line.replace('\\', "").contains("orgmem_"));
        assert!(row.is_some(), "{format}");
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

#[test]
fn all_pages_come_once() {
    let stage = Stage::new();
    let ran = stage.run(&format!("{LIST} --fields id"));
    let mut ids: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(ids.len(), 318);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 318);
}

#[test]
fn enough_is_enough() {
    let stage = Stage::new();
    let later = Rule::always(Fault::NeverAnswer)
        .path("/memberships")
        .after(1);
    stage.sandbox.fail(Service::Clerk, later);
    let ran = stage.run(&format!("{LIST} --limit 3 --offset 2"));
    assert_eq!(ran.code, Some(0), "{ran}");
    assert_eq!(ran.stdout.lines().count(), 3);
}

#[test]
fn a_service_that_searches_is_asked_to() {
    let stage = Stage::new();
    let ran = stage.run(&format!("{LIST} --filter email:zed@ --fields username"));
    assert_eq!(ran.stdout, "zed\n", "{ran}");
    let requests = stage.sandbox.requests(Service::Clerk);
    let lists = requests
        .iter()
        .filter(|request| request.target.contains("/memberships"));
    let targets: Vec<&str> = lists.map(|request| request.target.as_str()).collect();
    assert_eq!(targets.len(), 1, "{targets:?}");
    assert!(targets[0].contains("query=zed"), "{targets:?}");
}

/// A service that counts more rows than it sends is not believed, and not asked for ever.
#[test]
fn a_list_that_lacks_rows_is_called_so() {
    let stage = Stage::new();
    let page = r#"{"data":[],"total_count":7}"#.to_owned();
    let json = vec![("content-type", "application/json".to_owned())];
    let lying = Rule::always(Fault::Status(200, json, page)).path("/memberships");
    stage.sandbox.fail(Service::Clerk, lying);
    let ran = stage.run("member list clerk/acme-shop");
    assert_eq!(ran.code, Some(7), "{ran}");
    assert!(ran.stderr.contains("the list is not whole: "), "{ran}");
    assert!(stage.sandbox.requests(Service::Clerk).len() <= 4);
}

/// One row that cannot be read is marked and said; the others are there.
#[test]
fn a_failed_row_does_not_take_the_others_along() {
    let stage = Stage::new();
    let failed = Fault::Status(403, Vec::new(), "{}".to_owned());
    let rule = Rule::once(failed).path("/api/v1/organization/41/");
    stage.sandbox.fail(Service::Vulos, rule);
    let ran = stage.run("member list vulos/41");
    assert_eq!(ran.code, Some(8), "{ran}");
    assert_eq!(ran.stdout.lines().count(), 6, "{ran}");
}
