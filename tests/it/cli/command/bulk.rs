//! Several targets by one line: weighed as a whole, capped, and reported one by one.

use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault, Rule};

use super::stage::{Stage, column};

/// Eight of the thirty-one members of Acme Shop: 26 of 100, roughly.
const EIGHT: &str = "member remove clerk/acme-shop bo cleo emre gil hedda ines noa max --yes --confirm acme-shop -o json";

#[test]
fn more_than_a_quarter_of_the_members_does_not_go_at_once() {
    let stage = Stage::new();
    let ran = stage.run(EIGHT);
    assert_eq!(ran.code, Some(5), "{ran}");
    assert!(ran.stderr.contains("8 of 31 members, 26 per cent"), "{ran}");
    assert!(ran.stderr.contains("--allow-removals 8"), "{ran}");
    assert!(stage.writes(Service::Clerk).is_empty());
    let ran = stage.run(&format!("{EIGHT} --dry-run"));
    assert_eq!(
        ran.code,
        Some(5),
        "what could not be sent is not printed: {ran}"
    );
}

#[test]
fn what_is_allowed_by_the_flag_goes() {
    let stage = Stage::new();
    let (code, document) = stage.json(&format!(
        "{} --allow-removals 8",
        EIGHT.trim_end_matches(" -o json")
    ));
    assert_eq!(code, Some(0), "{document}");
    assert_eq!(column(&document, "results", "outcome"), ["done"; 8]);
    assert_eq!(stage.writes(Service::Clerk).len(), 8);
}

#[test]
fn what_is_allowed_by_the_configuration_goes() {
    let stage = Stage::new();
    stage.configure("removal_cap = 26\n");
    let ran = stage.run(EIGHT);
    assert_eq!(ran.code, Some(0), "{ran}");
    assert_eq!(stage.writes(Service::Clerk).len(), 8);
}

#[test]
fn each_target_has_its_own_end() {
    let stage = Stage::new();
    let refusal = Fault::Status(
        422,
        vec![("content-type", "application/json".to_owned())],
        r#"{"errors":[{"message":"not today","long_message":"not today","code":"no"}]}"#.to_owned(),
    );
    stage.sandbox.fail(
        Service::Clerk,
        Rule::always(refusal).method("DELETE").after(1).times(1),
    );
    let line = "member remove clerk/acme-shop bo cleo emre --yes --confirm acme-shop";
    let (code, document) = stage.json(line);
    assert_eq!(code, Some(8), "{document}");
    assert_eq!(
        column(&document, "results", "outcome"),
        ["done", "refused", "done"]
    );
}

#[test]
fn those_that_need_nothing_are_said_to_be_so() {
    let stage = Stage::new();
    let line = "member role clerk/acme-shop ana bo --set org:admin --yes";
    let (code, document) = stage.json(line);
    assert_eq!(code, Some(0), "{document}");
    assert_eq!(column(&document, "results", "outcome"), ["skipped", "done"]);
    assert_eq!(stage.writes(Service::Clerk).len(), 1);
}
