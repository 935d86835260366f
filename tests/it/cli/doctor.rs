//! Tests of `orgdeck doctor`: against the sandbox, a dead address, a bad token, a broken file.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use orgdeck::sandbox::{Sandbox, Service};
use serde_json::Value;
use tempfile::TempDir;

use crate::provider::http::tls::{AUTHORITY, certificate};
use crate::sandbox::demo;
use crate::support::program::{Ran, orgdeck, run};
use crate::support::tls::Tls;
use crate::support::wire::answer;

/// Runs it with these profiles; each has its token in a variable of its name.
async fn doctor(config: String, variables: Vec<(String, String)>) -> (Ran, Vec<Value>) {
    let ran = tokio::task::spawn_blocking(move || {
        let home = TempDir::new().unwrap();
        let path = home.path().join("c.toml");
        fs::write(&path, config).unwrap();
        let path = path.display().to_string();
        let mut command = orgdeck(&["--config", &path, "doctor", "-o", "json"], home.path());
        run(command.envs(variables))
    });
    let ran = ran.await.unwrap();
    let document: Value = serde_json::from_str(&ran.stdout).unwrap_or_default();
    let checks = document["checks"].as_array().cloned().unwrap_or_default();
    (ran, checks)
}

fn profile(name: &str, provider: &str, url: &str) -> String {
    let token = name.to_uppercase();
    format!(
        "[profiles.{name}]\nprovider = \"{provider}\"\nurl = \"{url}\"\ntoken = {{ env = \"{token}\" }}\n"
    )
}

fn faces(sandbox: &Sandbox) -> (String, Vec<(String, String)>) {
    let face = |service: Service| sandbox.face(service);
    let config = Service::ALL.map(|one| profile(one.name(), one.name(), &face(one).url));
    let tokens = Service::ALL.map(|one| (one.name().to_uppercase(), face(one).token.clone()));
    (config.concat(), tokens.to_vec())
}

fn status<'a>(checks: &'a [Value], profile: &str, name: &str) -> &'a str {
    let is = |check: &&Value| check["profile"] == profile && check["name"] == name;
    let check = checks.iter().find(is);
    check.map_or("absent", |check| check["status"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_well_is_said_and_nothing_is_written() {
    let sandbox = demo();
    let (config, tokens) = faces(&sandbox);
    let (ran, checks) = doctor(config, tokens.clone()).await;
    assert_eq!(ran.code, Some(0), "{ran}");
    for service in Service::ALL {
        for name in ["reachable", "certificate", "rate_limit", "whoami", "rights"] {
            assert_eq!(status(&checks, service.name(), name), "ok", "{name} {ran}");
        }
        let all = sandbox.requests(service);
        assert!(!all.is_empty() && all.iter().all(|request| request.method == "GET"));
    }
    let named: Vec<&str> = checks[..6]
        .iter()
        .map(|check| check["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        named,
        [
            "version",
            "paths",
            "terminal",
            "colour",
            "proxy",
            "configuration"
        ]
    );
    for (_, token) in tokens {
        assert!(!format!("{ran}").contains(&token));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_address_a_bad_token_and_a_missing_one_have_their_codes() {
    let sandbox = demo();
    let (_, mut tokens) = faces(&sandbox);
    let dead = profile("dead", "clerk", "http://127.0.0.1:9");
    let (ran, checks) = doctor(dead.clone(), Vec::new()).await;
    assert_eq!(ran.code, Some(7), "{ran}");
    assert_eq!(status(&checks, "dead", "reachable"), "failure");
    assert_eq!(status(&checks, "dead", "whoami"), "absent");
    tokens.push(("BAD".to_owned(), "sk_test_bad".to_owned()));
    for name in ["bad", "none"] {
        let config = profile(name, "clerk", &sandbox.clerk.url);
        let (ran, checks) = doctor(config.clone(), tokens.clone()).await;
        assert_eq!(ran.code, Some(3), "{ran}");
        assert_eq!(status(&checks, name, "reachable"), "ok");
        assert_eq!(status(&checks, name, "whoami"), "failure");
        let (ran, _) = doctor(config + &dead, tokens.clone()).await;
        assert_eq!(ran.code, Some(7), "the worst counts: {ran}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_configuration_that_others_can_write_is_a_warning() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("c.toml");
    fs::write(&path, "").unwrap();
    let status = |mode: u32| {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let path = path.display().to_string();
        let ran = run(&mut orgdeck(
            &["--config", &path, "doctor", "-o", "json"],
            home.path(),
        ));
        let document: Value = serde_json::from_str(&ran.stdout).unwrap();
        let checks = document["checks"].as_array().unwrap().iter();
        let paths = checks.clone().find(|check| check["name"] == "paths");
        paths.unwrap()["status"].as_str().unwrap().to_owned()
    };
    for (mode, expected) in [
        (0o600, "ok"),
        (0o644, "ok"),
        (0o664, "warning"),
        (0o602, "warning"),
    ] {
        assert_eq!(status(mode), expected, "{mode:o}");
    }
}

/// The authority is one that only the profile trusts; the server's certificate is said to be its.
#[tokio::test(flavor = "multi_thread")]
async fn the_certificate_is_told_with_its_issuer_and_its_end() {
    let (pem, key) = certificate!("good");
    let server = Tls::serve(pem, key, answer(200, &[], b"{}"));
    let home = TempDir::new().unwrap();
    let authority = home.path().join("authority.pem");
    fs::write(&authority, AUTHORITY).unwrap();
    let url = format!("https://127.0.0.1:{}", server.port());
    let ca_file = format!("ca_file = \"{}\"\n", authority.display());
    let config = profile("far", "clerk", &url) + &ca_file;
    let (ran, checks) = doctor(config, Vec::new()).await;
    let found = checks.iter().find(|check| check["name"] == "certificate");
    let message = found.unwrap()["message"].as_str().unwrap();
    assert!(message.contains("; issued by "), "{ran}");
    assert!(message.contains(" days left"), "{ran}");
    assert_eq!(status(&checks, "far", "certificate"), "ok", "{ran}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_over_is_a_failure_with_its_reason() {
    let (pem, key) = certificate!("expired");
    let server = Tls::serve(pem, key, answer(200, &[], b"{}"));
    let home = TempDir::new().unwrap();
    let authority = home.path().join("authority.pem");
    fs::write(&authority, AUTHORITY).unwrap();
    let url = format!("https://127.0.0.1:{}", server.port());
    let ca_file = format!("ca_file = \"{}\"\n", authority.display());
    let (ran, checks) = doctor(profile("far", "clerk", &url) + &ca_file, Vec::new()).await;
    assert_eq!(ran.code, Some(7), "{ran}");
    assert_eq!(status(&checks, "far", "certificate"), "failure", "{ran}");
    assert!(ran.stdout.contains("the certificate has expired"), "{ran}");
    assert_eq!(server.finish().await.said, "", "it hears no request");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_file_is_a_finding() {
    let (ran, checks) = doctor("[profiles.x]\nprovder = 1\n".to_owned(), Vec::new()).await;
    assert_eq!(ran.code, Some(2), "{ran}");
    let last = checks.last().unwrap();
    assert_eq!(
        (&last["name"], &last["status"]),
        (&"configuration".into(), &"failure".into())
    );
    assert!(
        last["message"].as_str().unwrap().contains("c.toml:2:1: "),
        "{last}"
    );
}

#[test]
fn the_demo_is_examined_and_findings_are_rows_like_all_others() {
    let home = TempDir::new().unwrap();
    let only = "profile:=me status:=ok";
    let arguments = ["--demo", "doctor", "-o", "csv", "--filter", only];
    let ran = run(&mut orgdeck(&arguments, home.path()));
    assert_eq!(ran.code, Some(0), "{ran}");
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[0], "name,profile,status,message");
    assert!(lines[1].starts_with("reachable,me,ok,http://127.0.0.1:"));
    assert!(lines.iter().skip(1).all(|line| line.contains(",me,ok,")));
}
