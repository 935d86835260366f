//! The gallery: what a person reads when something is wrong, all of it in one place to be looked at. Each entry
//! is a line, its exit code and its standard error.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use insta::assert_snapshot;
use orgdeck::sandbox::Service::{self, Balena, Clerk, Vulos};
use orgdeck::sandbox::faults::{Fault, Rule};

use super::stage::Stage;
use crate::support::program::Ran;

/// What is wrong, what makes it so, and the line that meets it.
type Case = (&'static str, fn(&Stage), &'static str);

fn nothing(_: &Stage) {}

fn file(stage: &Stage, content: &str) {
    stage.file("file", content);
}

fn answers(stage: &Stage, fault: &Fault) {
    for service in Service::ALL {
        stage.sandbox.fail(service, Rule::always(fault.clone()));
    }
}

fn status(stage: &Stage, status: u16, wait: Option<&str>) {
    let wait = wait.map(|wait| ("retry-after", wait.to_owned()));
    let body = r#"{"errors":[{"message":"said in short","long_message":"said at length","code":"a_code"}],"clerk_trace_id":"trace-7"}"#;
    let headers = wait.into_iter().collect();
    answers(stage, &Fault::Status(status, headers, body.to_owned()));
}

fn page(status: u16) -> Fault {
    let html = vec![("content-type", "text/html".to_owned())];
    Fault::Status(status, html, "<html><h1>Down</h1>".to_owned())
}

fn forbidden() -> Rule {
    Rule::always(Fault::Status(403, Vec::new(), "{}".to_owned()))
}

fn refuses(stage: &Stage, method: &str, (status, body): (u16, &str)) {
    let fault = Fault::Status(status, Vec::new(), body.to_owned());
    stage
        .sandbox
        .fail(Clerk, Rule::always(fault).method(method));
}

fn slowed(stage: &Stage) {
    let wait = vec![("retry-after", "600".to_owned())];
    let fault = Fault::Status(429, wait, "{}".to_owned());
    stage
        .sandbox
        .fail(Clerk, Rule::always(fault).method("POST"));
}

fn loses(stage: &Stage, service: Service, (method, fault): (&str, Fault)) {
    stage
        .sandbox
        .fail(service, Rule::once(fault).method(method));
}

fn twins(stage: &Stage) {
    stage.sandbox.world(|world| {
        let ana = world.person_by_username("ana").unwrap().key;
        for slug in ["twin-a", "twin-b"] {
            world.add_org(Clerk, |org| {
                "Twins".clone_into(&mut org.name);
                org.slug = Some(slug.to_owned());
                org.created_by = Some(ana);
            });
        }
    });
}

fn readable(stage: &Stage) {
    let path = stage.home.path().join(".config/orgdeck/clerk");
    fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
}

/// A line more in the table of a profile.
fn adds(stage: &Stage, line: &str) {
    let heading = "[profiles.clerk]";
    configured(stage, heading, &format!("{heading}\n{line}"));
}

/// The same configuration with some words replaced.
fn configured(stage: &Stage, from: &str, to: &str) {
    let path = stage.home.path().join(".config/orgdeck/config.toml");
    let config = fs::read_to_string(&path).unwrap();
    assert!(config.contains(from), "{config}");
    fs::write(&path, config.replace(from, to)).unwrap();
}

/// The secret of a profile somewhere else, which is given as TOML.
fn secret(stage: &Stage, place: &str) {
    let path = stage.home.path().join(".config/orgdeck/clerk");
    let file = format!("token = {{ file = \"{}\" }}", path.display());
    configured(stage, &file, &format!("token = {place}"));
}

fn address(stage: &Stage, url: &str) {
    let now = stage.sandbox.face(Clerk).url.clone();
    configured(stage, &now, url);
}

/// What differs from run to run is named instead.
fn plain(stage: &Stage, text: &str) -> String {
    let home = stage.home.path().display().to_string();
    let mut text = text.replace(&home, "HOME");
    for service in Service::ALL {
        let url = &stage.sandbox.face(service).url;
        let host = url.trim_start_matches("http://");
        text = text.replace(host, &format!("{}.test", service.name()));
    }
    // A second may pass before it is said.
    text.replace("599 s", "600 s")
}

fn hang(cases: &[Case]) -> String {
    let mut gallery = String::new();
    for (what, before, line) in cases {
        let stage = Stage::new();
        before(&stage);
        let line = line.replace("HOME", &stage.home.path().display().to_string());
        let ran = stage.run(&line);
        held(what, &ran);
        let (line, said) = (plain(&stage, &line), plain(&stage, &ran.stderr));
        let code = ran.code.unwrap();
        let entry = format!("-- {what}\n$ orgdeck {line}\n[{code}]\n{said}\n");
        gallery.push_str(&entry);
    }
    gallery
}

/// What every error keeps to, whatever it is about.
fn held(what: &str, ran: &Ran) {
    assert_ne!(ran.code, Some(0), "{what}: {ran}");
    let mut lines = ran.stderr.lines();
    let (error, hint) = (
        lines.clone().position(|line| line.starts_with("error: ")),
        lines.position(|line| line.starts_with("hint: ")),
    );
    assert!(error.is_some() && error < hint, "{what}: {ran}");
    let is_plain = |c: char| c == '\n' || !c.is_control();
    assert!(ran.stderr.chars().all(is_plain), "{what}: {ran}");
    let longest = ran.stderr.lines().map(str::len).max();
    assert!(longest < Some(600), "{what}: {ran}");
}

#[rustfmt::skip]
const WORDS: &[Case] = &[
    ("a flag that is not there", nothing, "org list --feilds id"),
    ("a noun that is not there", nothing, "orgs list"),
    ("a verb that is not there", nothing, "org lst"),
    ("a noun without a verb", nothing, "org"),
    ("an argument is missing", nothing, "org show"),
    ("a flag is missing", nothing, "member add clerk/acme-shop bo"),
    ("flags that exclude each other", nothing, "member role clerk/acme-shop bo --set a --give b"),
    ("no change is named", nothing, "member role clerk/acme-shop bo"),
    ("one argument too many", nothing, "whoami clerk balena"),
    ("a format that is not there", nothing, "org list -o yaml"),
    ("a number that is none", nothing, "org list --limit many"),
    ("a status that is not there", nothing, "invite list --status odd"),
    ("a flag that needs another", nothing, "org list --force"),
    ("a field that is not there", nothing, "org list --fields id,nmae"),
    ("a sort by what is not there", nothing, "org list --sort -nmae"),
    ("a filter by what is not there", nothing, "org list --filter nmae:x"),
    ("a filter with half a quotation", nothing, "org list --filter \"acme"),
    ("a filter with a wrong bound", nothing, "org list --filter members:>many"),
    ("an address without an organization", nothing, "org show clerk"),
    ("a profile where an organization may stand", nothing, "invite list clerk"),
    ("an address on no profile", nothing, "org show nobody/acme"),
    ("a profile that is not there", nothing, "org list --profile clrek"),
    ("a page that is not there", nothing, "man orgdeck-nothing"),
    ("a place that is none", nothing, "open clerk"),
    ("no terminal for the console", nothing, "open clerk/acme-shop"),
];

#[rustfmt::skip]
const FILES: &[Case] = &[
    ("a file that is there", |stage| file(stage, "x"), "org list --out HOME/file"),
    ("a folder instead of a file", nothing, "org list --out HOME --force"),
    ("a folder that is not there", nothing, "org list --out HOME/none/rows"),
    ("a logo that is no image", |stage| file(stage, "text"), "org logo set clerk/acme-shop HOME/file --yes"),
    ("a logo that is not there", nothing, "org logo set clerk/acme-shop HOME/none --yes"),
    ("metadata that is no JSON", |stage| file(stage, "plan: gold"), "org metadata set clerk/acme-shop HOME/file --yes"),
    ("metadata that is no object", |stage| file(stage, "[1]"), "org metadata set clerk/acme-shop HOME/file --yes"),
    ("addresses that are not there", nothing, "invite create clerk/acme-shop --from HOME/none --role org:member --yes"),
    ("a table with a wrong column", |stage| file(stage, "email,rolle\na@x.example,b\n"), "invite create clerk/acme-shop --from HOME/file --role org:member --yes"),
    ("a file without addresses", |stage| file(stage, "# nobody\n"), "invite create clerk/acme-shop --from HOME/file --role org:member --yes"),
    ("lines that are wrong", |stage| file(stage, "a@new.example\njon@@old\n"), "invite create clerk/acme-shop --from HOME/file --role org:member --yes"),
    ("no token for an invite", nothing, "invite accept balena --yes"),
    ("a log that cannot be written", nothing, "org list --log HOME"),
];

#[rustfmt::skip]
const SETTINGS: &[Case] = &[
    ("a wrong key", |stage| adds(stage, "tokn = 1"), "org list"),
    ("a wrong value", |stage| adds(stage, "read_only = \"yes\""), "org list"),
    ("a wrong service", |stage| configured(stage, "provider = \"clerk\"", "provider = \"clrek\""), "org list"),
    ("no TOML", |stage| configured(stage, "[profiles.clerk]", "[profiles.clerk"), "config check"),
    ("no configuration", nothing, "org list --config HOME/none.toml"),
    ("no profile yet", |stage| file(stage, ""), "org list --config HOME/file"),
    ("plain http to somewhere else", |stage| address(stage, "http://clerk.example"), "org list"),
    ("a secret in no variable", |stage| secret(stage, "{ env = \"NOT_THERE\" }"), "org list --profile clerk"),
    ("a secret in no file", |stage| secret(stage, "{ file = \"/none/token\" }"), "org list --profile clerk"),
    ("a secret that others can read", readable, "org list --profile clerk"),
    ("a command without a secret", |stage| secret(stage, "{ command = [\"false\"] }"), "org list --profile clerk"),
    ("a command that is not there", |stage| secret(stage, "{ command = [\"no-such-program\"] }"), "org list --profile clerk"),
    ("reading only, by flag", nothing, "org edit clerk/acme-shop --field name=X --yes --read-only"),
    ("reading only, by profile", |stage| adds(stage, "read_only = true"), "org edit clerk/acme-shop --field name=X --yes"),
];

#[rustfmt::skip]
const RULES: &[Case] = &[
    ("nobody agreed", nothing, "org edit clerk/acme-shop --field name=X"),
    ("no name was typed", nothing, "org delete clerk/acme-shop --yes"),
    ("another name was typed", nothing, "org delete clerk/acme-shop --yes --confirm acme"),
    ("more than five without a name", nothing, "member remove clerk/acme-shop bo cleo emre gil hedda ines --yes"),
    ("more removals than allowed", nothing, "member remove clerk/acme-shop bo cleo --yes --allow-removals 1"),
    ("a field that the service has not", nothing, "org edit clerk/acme-shop --field website=x --yes"),
    ("a field that cannot be changed", nothing, "org edit balena/acme_fleet --field slug=x --yes"),
    ("a field without a value", nothing, "org edit clerk/acme-shop --field name --yes"),
    ("a value that does not fit", nothing, "org edit clerk/acme-shop --field max_allowed_memberships=many --yes"),
    ("fields are missing", nothing, "org create vulos --name X --yes"),
    ("a role that is not there", nothing, "member role clerk/acme-shop bo --set org:amdin --yes"),
    ("two roles where one is held", nothing, "member role clerk/acme-shop bo --give org:admin --yes"),
    ("no organization", nothing, "org show clerk/no-such"),
    ("no organization of this id", nothing, "org show balena/999999"),
    ("no member", nothing, "member show clerk/acme-shop nobody"),
    ("no invite", nothing, "invite revoke balena/acme_fleet nobody@x.example --yes"),
    ("no user", nothing, "member add clerk/acme-shop nobody --role org:member --yes"),
    ("a name that fits several", twins, "org show clerk/Twins"),
    ("not offered: metadata", nothing, "org metadata show balena/acme_fleet"),
    ("not offered: a list of invites", nothing, "invite list vulos/41"),
    ("not offered: to leave", nothing, "member leave clerk/acme-shop --yes"),
    ("a member already", nothing, "member add clerk/acme-shop bo --role org:member --yes"),
    ("invited already", nothing, "invite create clerk/acme-shop hal@acme.example --role org:member --yes"),
    ("no role for an invite", nothing, "invite create clerk/acme-shop a@new.example --yes"),
    ("a message where there is none", nothing, "invite create clerk/acme-shop a@new.example --role org:member --message hi --yes"),
    ("the last administrator", nothing, "member remove balena/acme_fleet ana dee --yes --confirm acme_fleet"),
    ("a slug that is taken", nothing, "org create clerk --name X --slug acme-shop --yes"),
    ("a handle that is taken", nothing, "org create balena --name X --slug acme_fleet --yes"),
];

/// What Clerk says of a value.
const INVALID: &str = r#"{"errors":[{"message":"is invalid","long_message":"name is invalid","code":"form_param_invalid","meta":{"param_name":"name"}}]}"#;

#[rustfmt::skip]
const SERVICES: &[Case] = &[
    ("signed out", |stage| status(stage, 401, None), "org list --profile clerk"),
    ("forbidden", |stage| status(stage, 403, None), "member list clerk/acme-shop"),
    ("not there", |stage| status(stage, 404, None), "org metadata show clerk/acme-shop"),
    ("a conflict", |stage| refuses(stage, "PATCH", (409, "")), "org edit clerk/acme-shop --field name=X --yes"),
    ("values that the service refuses", |stage| refuses(stage, "PATCH", (422, INVALID)), "org edit clerk/acme-shop --field name=X --yes"),
    ("too many requests, and for how long", |stage| status(stage, 429, Some("600")), "org list --profile clerk"),
    ("too many writes, and for how long", slowed, "org create clerk --name X --yes"),
    ("the service fails", |stage| status(stage, 500, None), "org list --profile clerk"),
    ("a page for people, with 503", |stage| answers(stage, &page(503)), "org list --profile clerk"),
    ("a page for people, with 200", |stage| answers(stage, &Fault::Html200), "org list --profile clerk"),
    ("no JSON", |stage| answers(stage, &Fault::Garbage), "org list --profile clerk"),
    ("half an answer", |stage| answers(stage, &Fault::CutBody), "org list --profile clerk"),
    ("a redirect", |stage| answers(stage, &Fault::Redirect("https://elsewhere.example/x".to_owned())), "org list --profile clerk"),
    ("nobody listens", |stage| address(stage, "http://127.0.0.1:1"), "org list --profile clerk"),
    ("no such host", |stage| address(stage, "https://no-such-host.invalid"), "org list --profile clerk"),
    ("an answer to a write is lost", |stage| loses(stage, Vulos, ("PUT", Fault::ResetAfter)), "invite create vulos/41 a@new.example --yes"),
    ("a write fails on the way", |stage| loses(stage, Clerk, ("PATCH", Fault::ResetBefore)), "org edit clerk/acme-shop --field name=X --yes"),
    ("a write that may have been applied", |stage| loses(stage, Vulos, ("PUT", page(504))), "invite create vulos/41 a@new.example --yes"),
    ("some of several", |stage| stage.sandbox.fail(Clerk, forbidden().method("DELETE").after(1)), "member remove clerk/acme-shop bo cleo --yes"),
    ("one profile of several", |stage| stage.sandbox.fail(Balena, forbidden()), "org list"),
];

#[test]
fn words() {
    assert_snapshot!(hang(WORDS));
}

#[test]
fn files() {
    assert_snapshot!(hang(FILES));
}

#[test]
fn settings() {
    assert_snapshot!(hang(SETTINGS));
}

#[test]
fn rules() {
    assert_snapshot!(hang(RULES));
}

#[test]
fn services() {
    assert_snapshot!(hang(SERVICES));
}

/// To a script that asks for JSON the same is told as a record, wherever it comes from.
#[test]
fn a_script_finds_the_same_as_records() {
    for line in [
        "org list --feilds id",
        "orgs list",
        "org show clerk",
        "org show clerk/no-such",
        "org edit clerk/acme-shop --field name=X",
        "invite list vulos/41",
        "profile list --profile nobody",
        "doctor --fields nope",
        "config show --sort nope",
    ] {
        for flag in ["-o json", "-ojson", "--output=json", "--output json"] {
            let ran = Stage::new().run(&format!("{line} {flag}"));
            let last = ran.stderr.lines().last().unwrap();
            let document: serde_json::Value = serde_json::from_str(last).unwrap();
            let error = &document["errors"][0];
            assert_eq!(error["exit_code"], ran.code.unwrap(), "{line}: {ran}");
            let message = error["message"].as_str().unwrap();
            let said = format!("error: {message}\n");
            assert!(ran.stderr.contains(&said), "{line}: {ran}");
        }
    }
}
