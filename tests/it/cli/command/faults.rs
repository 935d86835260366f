//! Answers that are none, at the command line of each service: what is said is short and names the cause,
//! nothing is shown as truth, nothing is asked of anybody else, and no write is called done or failed that
//! may have been applied.

use std::fs;

use orgdeck::sandbox::Service::{self, Balena, Clerk, Vulos};
use orgdeck::sandbox::faults::{Fault, Rule};

use super::stage::Stage;
use crate::provider::http::tls::certificate;
use crate::support::program::Ran;
use crate::support::tls::{Seen, Tls};
use crate::support::wire::{Wire, answer, say};

const READS: [(Service, &str); 6] = [
    (Balena, "org list --profile balena"),
    (Balena, "member list balena/acme_fleet"),
    (Clerk, "org list --profile clerk"),
    (Clerk, "member list clerk/acme-shop"),
    (Vulos, "org list --profile vulos"),
    (Vulos, "member list vulos/41"),
];

/// A write of each service, its method, and one that takes away.
const WRITES: [(Service, &str, &str); 6] = [
    (
        Balena,
        "PATCH",
        "org edit balena/acme_fleet --field website=https://x.example --yes",
    ),
    (
        Balena,
        "DELETE",
        "member remove balena/acme_fleet bo --confirm acme_fleet --yes",
    ),
    (
        Clerk,
        "PATCH",
        "org edit clerk/acme-shop --field name=Ours --yes",
    ),
    (
        Clerk,
        "DELETE",
        "member remove clerk/acme-shop bo --confirm acme-shop --yes",
    ),
    (Vulos, "PUT", "invite create vulos/41 a@new.example --yes"),
    (
        Vulos,
        "DELETE",
        "member remove vulos/41 ines@pilots.example --confirm 41 --yes",
    ),
];

/// What comes of each reading when a service says this in the place of every answer.
fn reads(fault: &Fault) -> Vec<(&'static str, Ran)> {
    let read = |(service, line): (Service, &'static str)| {
        let stage = Stage::new();
        stage.sandbox.fail(service, Rule::always(fault.clone()));
        (line, stage.run(line))
    };
    std::thread::scope(|scope| {
        let all = READS.map(|one| scope.spawn(move || read(one)));
        all.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

/// What comes of each write when a service says this in the place of its answer.
fn writes(fault: &Fault) -> Vec<(Service, &'static str, Stage, Ran)> {
    let write = |(service, method, line): (Service, &str, &'static str)| {
        let stage = Stage::new();
        let rule = Rule::always(fault.clone()).method(method);
        stage.sandbox.fail(service, rule);
        let ran = stage.run(line);
        (service, line, stage, ran)
    };
    std::thread::scope(|scope| {
        let all = WRITES.map(|one| scope.spawn(move || write(one)));
        all.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

/// No row, and few lines on what is wrong.
fn is_no_truth((line, ran): &(&str, Ran), words: &[&str]) {
    assert_ne!(ran.code, Some(0), "{line}: {ran}");
    assert_eq!(ran.stdout, "", "{line}: {ran}");
    assert!(ran.stderr.lines().count() <= 3, "{line}: {ran}");
    for word in words {
        assert!(ran.stderr.contains(word), "{line}: {word}: {ran}");
    }
}

fn page(status: u16) -> Fault {
    let html = vec![("content-type", "text/html; charset=utf-8".to_owned())];
    let body = "<!doctype html><html><body>Sign in to the airport</body></html>";
    Fault::Status(status, html, body.to_owned())
}

#[test]
fn r38_a_page_of_a_proxy_is_named_with_its_status_and_type() {
    for status in [200, 401, 403, 404, 407, 503] {
        for read in reads(&page(status)) {
            is_no_truth(&read, &[&status.to_string(), "text/html"]);
            assert!(!read.1.stderr.contains("airport"), "{}", read.1);
        }
    }
}

/// What a page in between says of a write says nothing of the record.
#[test]
fn r38_a_page_of_a_proxy_makes_no_write_done() {
    for status in [200, 404, 503] {
        for (service, line, stage, ran) in writes(&page(status)) {
            assert_ne!(ran.code, Some(0), "{status} {line}: {ran}");
            assert_eq!(stage.writes(service).len(), 1, "{status} {line}: {ran}");
            assert_eq!(stage.sandbox.applied(service).len(), 0, "{status} {line}");
            let said = ran.stderr.to_lowercase();
            assert!(status == 404 || !said.contains("fail"), "{line}: {ran}");
        }
    }
}

#[test]
fn r36_a_cut_answer_is_never_shown_as_an_empty_list() {
    for fault in [
        Fault::CutBody,
        Fault::ShortLength,
        Fault::ResetMidBody,
        Fault::ResetBefore,
    ] {
        for read in reads(&fault) {
            is_no_truth(&read, &["error: "]);
            assert_eq!(read.1.code, Some(7), "{fault:?} {}: {}", read.0, read.1);
        }
    }
}

#[test]
fn r37_what_is_no_json_is_named_with_its_status_and_beginning() {
    let latin = vec![(
        "content-type",
        "application/json; charset=latin-1".to_owned(),
    )];
    for (fault, words) in [
        (
            Fault::Status(200, latin, "Gr\u{fc}\u{df}e, {".to_owned()),
            ["(200)", "application/json", "Gr"],
        ),
        (
            Fault::Status(200, Vec::new(), "\u{1b}[2Jnothing of it".to_owned()),
            ["(200)", "no JSON", "nothing of it"],
        ),
    ] {
        for read in reads(&fault) {
            is_no_truth(&read, &words);
            assert!(!read.1.stderr.contains('\u{1b}'), "{}", read.1);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r9_a_redirect_is_named_and_its_target_hears_nothing() {
    let elsewhere = Wire::serve([say(answer(200, &[], b"{}"))]);
    let target = format!("http://{}/elsewhere", elsewhere.address());
    let fault = Fault::Redirect(target.clone());
    tokio::task::block_in_place(|| {
        for read in reads(&fault) {
            is_no_truth(&read, &[&target]);
        }
        for (service, line, stage, ran) in writes(&fault) {
            assert_ne!(ran.code, Some(0), "{line}: {ran}");
            assert_eq!(stage.writes(service).len(), 1, "{line}: {ran}");
        }
    });
    assert_eq!(elsewhere.finish().await.connections, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn r10_a_server_that_cannot_be_trusted_is_refused_in_two_lines() {
    let why = [
        (certificate!("self-signed"), "issuer is not trusted"),
        (certificate!("other-host"), ""),
        (certificate!("expired"), ""),
    ];
    for service in Service::ALL {
        for ((certificate, key), words) in why {
            let server = Tls::serve(certificate, key, answer(200, &[], b"{}"));
            let url = format!("https://127.0.0.1:{}", server.port());
            let ran = tokio::task::block_in_place(|| {
                let stage = Stage::new();
                let path = stage.home.path().join(".config/orgdeck/config.toml");
                let config = fs::read_to_string(&path).unwrap();
                let now = &stage.sandbox.face(service).url;
                fs::write(&path, config.replace(now.as_str(), &url)).unwrap();
                stage.run(&format!("whoami {0} --profile {0}", service.name()))
            });
            assert_eq!(ran.code, Some(7), "{ran}");
            assert_eq!(ran.stdout, "", "{ran}");
            assert_eq!(ran.stderr.lines().count(), 2, "{ran}");
            let said = ran.stderr.contains("cannot be trusted") && ran.stderr.contains(words);
            assert!(said, "{ran}");
            let nothing = Seen {
                connections: 1,
                said: String::new(),
            };
            assert_eq!(server.finish().await, nothing, "{ran}");
        }
    }
}

/// A success that says no, to every kind of write that the service has.
#[test]
fn r77_a_success_that_says_no_is_no_success() {
    let json = vec![("content-type", "application/json".to_owned())];
    let body = r#"{"success":false,"message":"not on a Sunday"}"#;
    let fault = Fault::Status(200, json, body.to_owned());
    for (method, line) in [
        ("PUT", "invite create vulos/41 a@new.example --yes"),
        ("POST", "org edit vulos/41 --field city=Lisboa --yes"),
        (
            "POST",
            "member role vulos/41 ines@pilots.example --give night --yes",
        ),
        (
            "DELETE",
            "member remove vulos/41 ines@pilots.example --confirm 41 --yes",
        ),
    ] {
        let stage = Stage::new();
        for any in [method, "PUT", "POST", "DELETE"] {
            let rule = Rule::always(fault.clone()).method(any);
            stage.sandbox.fail(Vulos, rule);
        }
        let ran = stage.run(line);
        assert_eq!(ran.code, Some(5), "{line}: {ran}");
        assert!(ran.stderr.contains("not on a Sunday"), "{line}: {ran}");
        assert_eq!(stage.writes(Vulos).len(), 1, "{line}");
    }
}
