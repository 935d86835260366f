//! The clients: what goes out with every request, and what never does.

use std::future::ready;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::FutureExt as _;
use orgdeck::domain::{Fault, Method, Request, Secret, Text, Verb};
use orgdeck::provider::http::{Sent, Transport};

use super::{CANARY, account, holds, transport};
use crate::support::permit::permit;
use crate::support::wire::{Step, Taken, Wire, answer, say};

fn get() -> Request {
    Request::get("/v1/organizations")
}

fn names(taken: &Taken) -> Vec<String> {
    let text = String::from_utf8_lossy(&taken.bytes).into_owned();
    let head = text.split("\r\n\r\n").next().unwrap().split("\r\n").skip(1);
    let mut names: Vec<_> = head
        .map(|line| line.split(": ").next().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn r70_a_request_carries_these_headers_and_no_others() {
    let wire = Wire::serve([say(answer(200, &["set-cookie: a=b; path=/"], b"{}"))]);
    let (account, _) = account(&format!("http://{}", wire.address()));
    let transport = Transport::new(account, &[("Clerk-API-Version", "2025-11-10")]);
    transport.read(Verb::OrgList, &get()).await.unwrap();
    transport.read(Verb::OrgList, &get()).await.unwrap();
    let delete = Request::new(Method::Delete, "/v1/organizations/1");
    transport
        .write(Verb::OrgDelete, &delete, permit().await)
        .await;
    drop(transport);
    let log = wire.finish().await;
    assert_eq!(log.requests.len(), 3);
    for taken in &log.requests {
        assert_eq!(
            names(taken),
            [
                "accept",
                "accept-encoding",
                "authorization",
                "clerk-api-version",
                "host",
                "user-agent"
            ],
            "{}",
            taken.line
        );
        let header = |name| taken.header(name).unwrap();
        assert_eq!(header("accept"), "application/json");
        assert_eq!(header("authorization"), format!("Bearer {CANARY}"));
        assert_eq!(header("clerk-api-version"), "2025-11-10");
        assert_eq!(
            header("user-agent"),
            concat!("orgdeck/", env!("CARGO_PKG_VERSION"))
        );
        assert_eq!(taken.body(), "");
    }
}

#[tokio::test]
async fn an_adapter_may_ask_for_another_kind_of_answer() {
    let wire = Wire::serve([say(answer(200, &[], b"{}"))]);
    let (account, _) = account(&format!("http://{}", wire.address()));
    let transport = Transport::new(account, &[("accept", "application/vnd.api+json")]);
    transport.read(Verb::OrgList, &get()).await.unwrap();
    drop(transport);
    let log = wire.finish().await;
    assert_eq!(
        log.requests[0].header("accept").unwrap(),
        "application/vnd.api+json"
    );
}

#[tokio::test]
async fn r87_reads_share_a_connection_and_writes_never_do() {
    let kept = || Step::Send(b"HTTP/1.1 200 .\r\ncontent-length: 2\r\n\r\n{}".to_vec());
    let wire = Wire::serve([vec![Step::Take, kept(), Step::Take, kept()]]);
    let (transport, _) = transport(&wire);
    let delete = Request::new(Method::Delete, "/v1/organizations/1");
    for _ in 0..2 {
        let sent = transport
            .write(Verb::OrgDelete, &delete, permit().await)
            .await;
        assert!(matches!(sent, Sent::Answered(_)), "{sent:?}");
    }
    for _ in 0..2 {
        transport.read(Verb::OrgList, &get()).await.unwrap();
    }
    let sent = transport
        .write(Verb::OrgDelete, &delete, permit().await)
        .await;
    assert!(matches!(sent, Sent::Answered(_)), "{sent:?}");
    drop(transport);
    let log = wire.finish().await;
    assert_eq!((log.requests.len(), log.connections), (5, 4));
}

#[tokio::test]
async fn r87_a_kept_connection_that_has_ended_is_replaced() {
    let kept = || Step::Send(b"HTTP/1.1 200 .\r\ncontent-length: 2\r\n\r\n{}".to_vec());
    for end in [Step::Close, Step::Reset] {
        let wire = Wire::serve([vec![Step::Take, kept(), end]]);
        let (transport, _) = transport(&wire);
        for _ in 0..3 {
            let response = transport.read(Verb::OrgList, &get()).await.unwrap();
            assert_eq!(&response.body[..], b"{}");
        }
        drop(transport);
        assert_eq!(wire.finish().await.connections, 3);
    }
}

#[tokio::test]
async fn the_secret_is_asked_for_at_the_first_request_and_kept() {
    let wire = Wire::serve([say(answer(200, &[], b"{}"))]);
    let (mut account, _) = account(&format!("http://{}", wire.address()));
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    account.secret = Arc::new(move || {
        let first = count.fetch_add(1, Ordering::SeqCst) == 0;
        let locked = Err(Fault::NoSecret(Text::from("the keyring is locked")));
        let told = if first {
            locked
        } else {
            Ok(Secret::new(CANARY))
        };
        ready(told).boxed()
    });
    let transport = Transport::new(account, &[]);
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    let error = transport.read(Verb::OrgList, &get()).await.unwrap_err();
    assert_eq!(
        error.fault,
        Fault::NoSecret(Text::from("the keyring is locked"))
    );
    for _ in 0..3 {
        transport.read(Verb::OrgList, &get()).await.unwrap();
    }
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    transport.replace_secret(Secret::new("exchanged")).await;
    transport.read(Verb::OrgList, &get()).await.unwrap();
    drop(transport);
    let log = wire.finish().await;
    assert_eq!(log.requests.len(), 4);
    assert_eq!(
        log.requests[3].header("authorization").unwrap(),
        "Bearer exchanged"
    );
}

#[tokio::test]
async fn a_secret_that_is_none_is_not_sent() {
    for secret in ["", " \n", "two\nlines", "two words", "nul\u{0}", "“quoted”"] {
        let wire = Wire::serve([say(answer(200, &[], b"{}"))]);
        let (mut account, heard) = account(&format!("http://{}", wire.address()));
        account.secret = holds(secret);
        let transport = Transport::new(account, &[]);
        let error = transport.read(Verb::OrgList, &get()).await.unwrap_err();
        assert_eq!(error.fault.kind(), "no_secret", "{secret:?}");
        let delete = Request::new(Method::Delete, "/v1/organizations/1");
        let sent = transport
            .write(Verb::OrgDelete, &delete, permit().await)
            .await;
        assert!(matches!(sent, Sent::NotSent(error) if error.fault.kind() == "no_secret"));
        drop(transport);
        assert_eq!(wire.finish().await.connections, 0, "{secret:?}");
        assert_eq!(heard.all(), []);
    }
}

#[tokio::test]
async fn loopback_is_asked_directly() {
    let wire = Wire::serve([say(answer(200, &[], b"{}"))]);
    let port = wire.address().port();
    for host in ["127.0.0.1", "localhost"] {
        let (account, _) = account(&format!("http://{host}:{port}"));
        let transport = Transport::new(account, &[]);
        let response = transport.read(Verb::OrgList, &get()).await.unwrap();
        assert_eq!(response.status, 200, "{host}");
    }
    assert_eq!(wire.finish().await.requests.len(), 2);
}

/// No name server is asked for a label of more than 63 letters: this host is unknown without a network.
#[tokio::test]
async fn r33_an_unknown_host_is_offline() {
    let (mut account, heard) = account(&format!("https://{}.example", "a".repeat(64)));
    account.roots = Some(include_bytes!("certs/authority.pem").to_vec());
    let transport = Transport::new(account, &[]);
    let error = transport.read(Verb::OrgList, &get()).await.unwrap_err();
    assert_eq!(error.fault.kind(), "offline", "{error:?}");
    assert_eq!(heard.ends().len(), 3);
    let delete = Request::new(Method::Delete, "/v1/organizations/1");
    let sent = transport
        .write(Verb::OrgDelete, &delete, permit().await)
        .await;
    assert!(
        matches!(&sent, Sent::NotSent(error) if error.fault.kind() == "offline"),
        "{sent:?}"
    );
}

/// Runs one of the tests above in a process with another environment.
fn again(test: &str, environment: &[(&str, &str)]) {
    let name = format!("provider::http::client::{test}");
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &name])
        .envs(environment.iter().copied())
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && told.contains("1 passed"),
        "{told}"
    );
}

#[tokio::test]
async fn r65_a_proxy_never_hears_of_loopback() {
    let proxy = Wire::serve([say(answer(502, &[], b""))]);
    let address = format!("http://{}", proxy.address());
    let all = [
        "HTTP_PROXY",
        "http_proxy",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
    ];
    again(
        "loopback_is_asked_directly",
        &all.map(|name| (name, address.as_str())),
    );
    assert_eq!(proxy.finish().await.connections, 0);
}

#[tokio::test]
async fn r65_a_proxy_is_asked_for_a_tunnel_and_told_nothing() {
    let proxy = Wire::serve([vec![Step::Take, Step::Reset]]);
    let address = format!("http://{}", proxy.address());
    again(
        "r33_an_unknown_host_is_offline",
        &[("HTTPS_PROXY", &address)],
    );
    let log = proxy.finish().await;
    assert_eq!(log.requests.len(), 4);
    for taken in log.requests {
        assert!(taken.line.starts_with("CONNECT aaa"), "{}", taken.line);
        assert_eq!(taken.header("authorization"), None);
    }
}

#[test]
fn loopback_needs_no_certificates_of_the_system() {
    let nowhere = [("SSL_CERT_FILE", "/nowhere"), ("SSL_CERT_DIR", "/nowhere")];
    again("loopback_is_asked_directly", &nowhere);
}
