//! Tests of the loopback emulator, mirroring `src/sandbox`.

mod balena;
mod clerk;
mod data;
mod exchange;
mod faults;
mod vulos;
mod world;

use std::collections::BTreeMap;

use orgdeck::sandbox::{Options, Sandbox, Service};

use crate::support::raw;

/// A sandbox with the demo world on free ports.
pub(crate) fn demo() -> Sandbox {
    Sandbox::start(&Options::demo(origin())).unwrap()
}

/// The present of every test's world.
pub(crate) fn origin() -> jiff::Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

#[tokio::test]
async fn the_ready_line_names_every_face() {
    let sandbox = demo();
    let face = |service| {
        let face = sandbox.face(service);
        format!(r#"{{"url":"{}","token":"{}"}}"#, face.url, face.token)
    };
    let [balena, clerk, vulos] = Service::ALL.map(face);
    let line = format!(r#"{{"balena":{balena},"clerk":{clerk},"vulos":{vulos}}}"#);
    assert_eq!(sandbox.ready_line(), line);
}

#[tokio::test]
async fn ports_follow_one_another_and_a_taken_one_is_an_error() {
    let at = |port| {
        let options = Options {
            port,
            ..Options::demo(origin())
        };
        Sandbox::start(&options)
    };
    let mut ports = (20_000..30_000).step_by(3);
    let (port, sandbox) = ports.find_map(|port| Some((port, at(port).ok()?))).unwrap();
    for (offset, service) in (0..).zip(Service::ALL) {
        let url = format!("http://127.0.0.1:{}", port + offset);
        assert_eq!(sandbox.face(service).url, url);
    }
    assert!(at(port).is_err());
    assert!(at(u16::MAX - 1).is_err());
}

#[tokio::test]
async fn tokens_have_their_services_form_and_differ_at_each_start() {
    let (one, other) = (demo(), demo());
    assert_eq!(one.balena.token.len(), 32);
    assert!(one.clerk.token.starts_with("sk_test_"));
    for service in Service::ALL {
        assert_ne!(one.face(service).token, other.face(service).token);
    }
}

#[tokio::test]
async fn a_named_token_is_taken() {
    let mut options = Options::demo(origin());
    options.tokens = BTreeMap::from([(Service::Vulos, "open sesame".to_owned())]);
    let sandbox = Sandbox::start(&options).unwrap();
    assert_eq!(sandbox.vulos.token, "open sesame");
    let heard = raw::get(&sandbox.vulos.url, "/nowhere", "open sesame").await;
    assert_eq!(heard.status(), 404);
}

#[tokio::test]
async fn a_wrong_token_gets_each_services_own_refusal() {
    let sandbox = demo();
    for service in [Service::Balena, Service::Vulos] {
        let heard = raw::get(&sandbox.face(service).url, "/anything", "wrong").await;
        assert_eq!((heard.status(), heard.body()), (401, ""));
        assert_eq!(heard.header("content-type"), None);
    }
    let heard = raw::get(
        &sandbox.clerk.url,
        "/v1/organizations",
        &sandbox.vulos.token,
    )
    .await;
    assert_eq!(heard.status(), 401);
    let body: serde_json::Value = serde_json::from_str(heard.body()).unwrap();
    assert_eq!(body["errors"][0]["code"], "clerk_key_invalid");
    let trace = body["clerk_trace_id"].as_str();
    assert_eq!(heard.header("x-clerk-trace-id"), trace);
}

#[tokio::test]
async fn a_revoked_token_is_refused() {
    let sandbox = demo();
    let token = sandbox.balena.token.clone();
    assert!(sandbox.world(|world| world.revoke(Service::Balena, &token)));
    let heard = raw::get(&sandbox.balena.url, "/anything", &token).await;
    assert_eq!(heard.status(), 401);
}

#[tokio::test]
async fn an_unknown_route_is_noticed() {
    let sandbox = demo();
    for service in Service::ALL {
        let face = sandbox.face(service);
        let heard = raw::get(&face.url, "/no/such%20path?a=%2B&b", &face.token).await;
        assert_eq!(heard.status(), 404);
    }
    assert_eq!(sandbox.unknown_routes(), ["GET /no/such%20path?a=%2B&b"; 3]);
}

#[tokio::test]
async fn requests_are_recorded_as_they_were_sent() {
    let sandbox = demo();
    let target = "POST /v7/organization(handle='o''neill%20%26')?$select=id&$filter=a%20eq%20'b'";
    let headers = [("X-Balena-Client", "raw/1")];
    let mut stream = raw::send(&sandbox.balena.url, target, &headers, "{\"name\":\"é\"}").await;
    raw::hear(&mut stream, usize::MAX).await;
    let requests = sandbox.requests(Service::Balena);
    assert_eq!(requests.len(), 1);
    assert_eq!(format!("POST {}", requests[0].target), target);
    assert_eq!(requests[0].method, "POST");
    assert_eq!(requests[0].headers["x-balena-client"], "raw/1");
    assert_eq!(requests[0].body, "{\"name\":\"é\"}");
    assert_eq!(requests[0].status, Some(401));
    assert_eq!(sandbox.requests(Service::Clerk).len(), 0);
}

#[tokio::test]
async fn a_dropped_sandbox_answers_nobody() {
    let sandbox = demo();
    let peer = sandbox.balena.url.replace("http://", "");
    drop(sandbox);
    tokio::task::yield_now().await;
    let closed = loop {
        match tokio::net::TcpStream::connect(&peer).await {
            Err(error) => break error.kind(),
            Ok(_) => tokio::task::yield_now().await,
        }
    };
    assert_eq!(closed, std::io::ErrorKind::ConnectionRefused);
}
