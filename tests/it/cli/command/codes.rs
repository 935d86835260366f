//! Exit codes: one test for each.

use std::fs::OpenOptions;
use std::process::Stdio;

use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault, Rule, Turn};

use super::stage::{Stage, column, rows};

fn status(status: u16, headers: Vec<(&'static str, String)>) -> Fault {
    Fault::Status(status, headers, "{}".to_owned())
}

#[test]
fn r62_done_is_0() {
    assert_eq!(Stage::new().run("org list").code, Some(0));
}

#[test]
fn a_full_disk_is_1() {
    let stage = Stage::new();
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = stage.command(&["org", "list"]);
    let output = command.stdin(Stdio::null()).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_closed_pipe_is_0_and_silent() {
    let stage = Stage::new();
    for format in ["table", "json", "ndjson", "csv", "md"] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = stage.command(&["org", "list", "-o", format]);
        let output = command
            .stdin(Stdio::null())
            .stdout(writer)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert!(output.stderr.is_empty(), "{format}");
    }
}

#[test]
fn r62_wrong_words_are_2() {
    let stage = Stage::new();
    for line in [
        "org show acme",
        "org show nobody/acme",
        "org list --profile nobody",
        "org list --fields nope",
        "org list --filter nope:1",
        "org list --sort nope",
        "org list -o yaml",
        "org edit balena/acme_fleet --field nope=1 --yes",
        "org create vulos --name X --yes",
        "member role clerk/acme-shop bo --yes",
        "invite list --status odd",
    ] {
        let ran = stage.run(line);
        assert_eq!(ran.code, Some(2), "{line}: {ran}");
        assert!(
            ran.stderr.starts_with("error: ") && ran.stdout.is_empty(),
            "{ran}"
        );
    }
    assert!(
        Service::ALL
            .iter()
            .all(|service| stage.writes(*service).is_empty())
    );
}

/// Without a terminal nothing is asked, nothing is sent, and nothing is waited for.
#[test]
fn a_write_without_consent_is_2() {
    let stage = Stage::new();
    let ran = stage.run("org edit balena/acme_fleet --field name=X");
    assert_eq!(ran.code, Some(2), "{ran}");
    assert!(ran.stderr.contains("--yes"), "{ran}");
    assert!(stage.sandbox.requests(Service::Balena).is_empty());
}

#[test]
fn r12_a_name_that_has_to_be_confirmed_is_2_without_it() {
    let stage = Stage::new();
    let six = "member remove clerk/acme-shop bo cleo emre gil hedda ines --yes";
    for line in ["org delete clerk/acme-shop --yes", six] {
        for confirm in ["", " --confirm other"] {
            let ran = stage.run(&format!("{line}{confirm}"));
            assert_eq!(ran.code, Some(2), "{ran}");
            assert!(ran.stderr.contains("acme-shop"), "{ran}");
        }
    }
    assert!(stage.writes(Service::Clerk).is_empty());
    let ran = stage.run(&format!("{six} --confirm acme-shop"));
    assert_eq!(ran.code, Some(0), "{ran}");
    assert_eq!(stage.writes(Service::Clerk).len(), 6);
}

/// Where real people depend on it, and where it is oneself who goes, a name is needed even for one.
#[test]
fn weighty_removals_want_a_name() {
    let stage = Stage::new();
    stage.make_production();
    let remove = "member remove clerk/acme-shop bo --yes";
    for (line, name) in [
        (remove, "acme-shop"),
        ("member leave balena/acme_fleet --yes", "acme_fleet"),
        ("member leave vulos/41 --yes", "41"),
    ] {
        let ran = stage.run(line);
        assert_eq!(ran.code, Some(2), "{line}: {ran}");
        assert!(ran.stderr.contains("--confirm"), "{ran}");
        let ran = stage.run(&format!("{line} --confirm {name}"));
        assert_eq!(ran.code, Some(0), "{line}: {ran}");
    }
    assert_eq!(stage.writes(Service::Clerk).len(), 1);
}

/// Each removal is looked at again before it goes out, as the one before it may have made somebody the
/// last; and one's own comes last.
#[test]
fn r102_the_last_administrator_stays_whatever_the_order() {
    let stage = Stage::new();
    let line = "member remove balena/acme_fleet ana dee --yes --confirm acme_fleet -o json";
    let ran = stage.run(line);
    assert_eq!(ran.code, Some(5), "{ran}");
    assert!(
        ran.stderr.contains("no administrator would be left"),
        "{ran}"
    );
    assert_eq!(stage.writes(Service::Balena).len(), 0);
}

#[test]
fn signed_out_is_3() {
    let stage = Stage::new();
    stage
        .sandbox
        .fail(Service::Clerk, Rule::always(status(401, Vec::new())));
    let (code, document) = stage.json("org show clerk/acme-shop");
    assert_eq!(code, Some(3));
    assert_eq!(column(&document, "errors", "kind"), ["signed_out"]);
    assert_eq!(rows(&document, "errors")[0]["exit_code"], 3);
}

#[test]
fn not_found_is_4() {
    let stage = Stage::new();
    for line in [
        "org show balena/999999",
        "org show balena/no_such",
        "org show clerk/no-such",
        "org show vulos/Nobody",
        "member show clerk/acme-shop nobody@x.example",
        "invite revoke balena/acme_fleet nobody@x.example --yes",
        "member add clerk/acme-shop nobody@x.example --role org:member --yes",
    ] {
        assert_eq!(stage.run(line).code, Some(4), "{line}");
    }
}

#[test]
fn refused_is_5() {
    let stage = Stage::new();
    for line in [
        "org metadata show balena/acme_fleet",
        "invite list vulos/41",
        "invite create clerk/acme-shop hal@acme.example --role org:member --yes",
        "org edit balena/acme_fleet --field slug=x --yes",
        "--read-only org edit balena/acme_fleet --field name=x --yes",
        "member remove clerk/acme-shop bo cleo --yes --allow-removals 1",
    ] {
        let ran = stage.run(line);
        assert_eq!(ran.code, Some(5), "{line}: {ran}");
    }
    assert!(
        Service::ALL
            .iter()
            .all(|service| stage.writes(*service).is_empty())
    );
}

/// A wait that nobody would sit out is not sat out, and nothing was sent.
#[test]
fn too_many_requests_is_6() {
    let stage = Stage::new();
    let wait = vec![("retry-after", "600".to_owned())];
    stage.sandbox.fail(
        Service::Clerk,
        Rule::always(status(429, wait)).method("POST"),
    );
    let (code, document) = stage.json("org create clerk --name X --yes");
    assert_eq!(code, Some(6), "{document}");
    assert_eq!(column(&document, "results", "outcome"), ["not_sent"]);
    let words = "it was sent and turned away: it was not applied";
    assert_eq!(column(&document, "results", "message"), [words]);
    assert_eq!(column(&document, "errors", "kind"), ["slowed"]);
    assert_eq!(stage.writes(Service::Clerk).len(), 1);
}

/// What waits says so, and for how long.
#[test]
fn r23_a_wait_is_told_and_then_it_goes_on() {
    let stage = Stage::new();
    let wait = vec![("retry-after", "1".to_owned())];
    stage
        .sandbox
        .fail(Service::Clerk, Rule::once(status(429, wait)).method("POST"));
    let ran = stage.run("org create clerk --name X --yes");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert_eq!(ran.stderr, "clerk asks to wait 1 s; then it goes on\n");
}

/// What came is named before what was found by reading.
#[test]
fn r9_r38_what_came_in_place_of_an_answer_is_named() {
    let elsewhere = || Fault::Redirect("https://elsewhere.example/x".to_owned());
    let redirect = "a redirect to https://elsewhere.example/x was not followed";
    let page = "not the API: a proxy or sign-in page answered, of type text/html";
    for (trouble, came, status) in [(elsewhere(), redirect, 302), (Fault::Html200, page, 200)] {
        let stage = Stage::new();
        for service in [Service::Clerk, Service::Vulos] {
            for method in ["PATCH", "PUT"] {
                let rule = Rule::always(trouble.clone()).method(method);
                stage.sandbox.fail(service, rule);
            }
        }
        let ran = stage.run("org edit clerk/acme-shop --field name=Other --yes");
        assert_eq!(ran.code, Some(7), "{ran}");
        let found =
            format!("not applied so far: {came}; read again, nothing has changed since ({status})");
        assert!(ran.stderr.contains(&found), "{ran}");
        let ran = stage.run("invite create vulos/41 z@x.example --yes");
        assert_eq!(ran.code, Some(9), "{ran}");
        let found = format!("{came} ({status}) and nothing shows whether it was applied");
        assert!(ran.stderr.contains(&found), "{ran}");
    }
}

/// Vulos lists no invites, so no list is named that would show one.
#[test]
fn what_became_of_an_invite_is_not_looked_for_where_nothing_shows_it() {
    let stage = Stage::new();
    let lost = Rule::always(Fault::ResetAfter).method("PUT");
    stage.sandbox.fail(Service::Vulos, lost);
    let ran = stage.run("invite create vulos/41 z@x.example --yes");
    assert_eq!(ran.code, Some(9), "{ran}");
    let hint =
        "hint: nothing here can show it: look on the service's own pages; then decide again\n";
    assert!(ran.stderr.ends_with(hint), "{ran}");
    assert!(!ran.stderr.contains("invite list"), "{ran}");
}

#[test]
fn an_answer_that_cannot_be_read_is_7() {
    let stage = Stage::new();
    stage
        .sandbox
        .fail(Service::Clerk, Rule::always(Fault::Html200));
    let (code, document) = stage.json("org list --profile clerk");
    assert_eq!(code, Some(7));
    assert_eq!(column(&document, "errors", "kind"), ["not_the_api"]);
}

/// The others' rows are there.
#[test]
fn r62_some_profiles_that_answer_are_8() {
    let stage = Stage::new();
    stage
        .sandbox
        .fail(Service::Balena, Rule::always(status(401, Vec::new())));
    let (code, document) = stage.json("org list");
    assert_eq!(code, Some(8));
    assert_eq!(column(&document, "errors", "profile"), ["balena"]);
    assert!(column(&document, "orgs", "profile").contains(&"clerk"));
    assert!(column(&document, "orgs", "profile").contains(&"vulos"));
}

/// Nobody answered: the first one's reason is the code.
#[test]
fn no_profile_that_answers_is_the_code_of_the_first() {
    for (first, code) in [(401, 3), (500, 7)] {
        let stage = Stage::new();
        for (service, answer) in Service::ALL.into_iter().zip([first, 403, 404]) {
            let fault = status(answer, Vec::new());
            stage.sandbox.fail(service, Rule::always(fault));
        }
        let (found, document) = stage.json("org list");
        assert_eq!(found, Some(code), "{document}");
        let profiles = column(&document, "errors", "profile");
        assert_eq!(profiles, ["balena", "clerk", "vulos"]);
    }
}

/// What a service has not changes the code only when nobody else was asked.
#[test]
fn what_is_not_offered_beside_others_is_0() {
    let stage = Stage::new();
    let (code, document) = stage.json("invite list");
    assert_eq!(code, Some(0));
    assert_eq!(column(&document, "errors", "kind"), ["not_offered"]);
    let (code, _) = stage.json("invite list --profile vulos");
    assert_eq!(code, Some(5));
}

#[test]
fn partly_done_is_8() {
    let stage = Stage::new();
    let refused = Rule::always(status(403, Vec::new()))
        .method("DELETE")
        .after(1);
    stage.sandbox.fail(Service::Clerk, refused);
    let (code, document) =
        stage.json("member remove clerk/acme-shop bo cleo --yes --confirm acme-shop");
    assert_eq!(code, Some(8), "{document}");
    assert_eq!(column(&document, "results", "outcome"), ["done", "refused"]);
}

#[test]
fn r62_a_lost_answer_is_9() {
    let stage = Stage::new();
    stage
        .sandbox
        .fail(Service::Vulos, Rule::once(Fault::ResetAfter).method("PUT"));
    let (code, document) = stage.json("invite create vulos/41 a@new.example --yes");
    assert_eq!(code, Some(9), "{document}");
    assert_eq!(column(&document, "results", "outcome"), ["unknown"]);
    assert_eq!(column(&document, "errors", "kind"), ["unknown"]);
    assert_eq!(stage.writes(Service::Vulos).len(), 1);
}

/// Errors are lines for people; who asked for JSON finds them there too.
#[test]
fn an_error_has_a_cause_and_a_hint() {
    let stage = Stage::new();
    let ran = stage.run("org show clerk/no-such -o json");
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert!(lines[0].starts_with("error: clerk: "), "{ran}");
    assert!(lines[1].starts_with("hint: `orgdeck org list"), "{ran}");
    let document: serde_json::Value = serde_json::from_str(lines[2]).unwrap();
    assert_eq!(document["errors"][0]["kind"], "missing");
}

/// Somebody else is faster, at whatever read it happens; nobody is there to be asked.
#[test]
fn r27_a_record_that_changed_meanwhile_is_5_with_both_values() {
    let rename = Turn(|world| {
        let key = world.org_by_slug(Service::Clerk, "acme-shop").unwrap().key;
        world.edit_org(key, |org| "Renamed".clone_into(&mut org.name));
    });
    let mut met = 0;
    for reads in 0..12 {
        let stage = Stage::new();
        let change = Rule::once(Fault::Meanwhile(rename)).method("GET");
        stage.sandbox.fail(Service::Clerk, change.after(reads));
        let ran = stage.run("org edit clerk/acme-shop --field name=Ours --yes");
        if ran.code == Some(5) {
            met += 1;
            assert!(
                ran.stderr.contains("Acme Shop") && ran.stderr.contains("Renamed"),
                "{ran}"
            );
            assert_eq!(stage.sandbox.applied(Service::Clerk).len(), 0, "{ran}");
        } else {
            assert_eq!(ran.code, Some(0), "{reads}: {ran}");
        }
    }
    assert!(met > 0, "no read came between the plan and the request");
}
