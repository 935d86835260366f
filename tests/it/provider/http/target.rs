//! A target leaves byte for byte as it was asked for, or not at all.

use orgdeck::domain::{Fault, Method, Request, Verb};
use orgdeck::provider::encode;
use orgdeck::provider::http::Sent;

use super::transport;
use crate::support::permit::permit;
use crate::support::wire::{Wire, answer, say};

/// What strangers call themselves.
const NAMES: &[&str] = &[
    "a/b",
    "a?b",
    "a#b",
    "a%2eb",
    "%2e%2e",
    "../x",
    "a b",
    "a+b",
    "a'b''c",
    "\"",
    "a\\b",
    "a;b",
    "a&b=c",
    "a:b@c",
    "[x]",
    "{x}",
    "a|b",
    "a^b",
    "`",
    "~",
    "ü",
    "日本",
    "\u{202e}x",
    "\u{0}",
    "\t",
    "a\r\nHost: evil.example",
    "...",
    "-",
    "9007199254740993",
];

#[tokio::test]
async fn encoded_names_arrive_as_they_were_encoded() {
    let wire = Wire::serve([say(answer(200, &[], b"{}"))]);
    let (transport, _) = transport(&wire);
    let mut wanted = Vec::new();
    for name in NAMES {
        let encoded = encode(name);
        let request = Request::get(format!("/v1/organizations/{encoded}")).query(format!(
            "query={encoded}&role=a&role=b&$filter=x%20eq%20%27y%27"
        ));
        transport.read(Verb::OrgShow, &request).await.unwrap();
        wanted.push(format!("GET {} HTTP/1.1", request.target()));
    }
    drop(transport);
    let log = wire.finish().await;
    let lines: Vec<_> = log.requests.into_iter().map(|taken| taken.line).collect();
    assert_eq!(lines, wanted);
}

#[tokio::test]
async fn quotes_and_brackets_of_odata_arrive_untouched() {
    let wire = Wire::serve([say(answer(200, &[], b"{}"))]);
    let (transport, _) = transport(&wire);
    let target = "/v7/organization(handle='a%20b')?$select=id,name&$expand=x($select=id)";
    let (path, query) = target.split_once('?').unwrap();
    let request = Request::get(path).query(query);
    transport.read(Verb::OrgShow, &request).await.unwrap();
    drop(transport);
    let log = wire.finish().await;
    assert_eq!(log.requests[0].line, format!("GET {target} HTTP/1.1"));
}

/// Each of these would reach another record, another host or another request.
const UNFIT: &[&str] = &[
    "",
    "v1/x",
    "@evil.example/",
    ":80@evil.example/",
    ".evil.example/",
    "/v1/organizations/.",
    "/v1/organizations/..",
    "/v1/organizations/../users",
    "/v1/organizations/%2e%2e/users",
    "/v1/organizations/%2E./users",
    "/v1/organizations/.%2e",
    "/v1/organizations/%2e",
    "/v1/organizations/./x",
    "/v1\\organizations",
    "/v1/a b",
    "/v1/a\tb",
    "/v1/a\r\nHost: evil.example",
    "/v1/a\u{0}b",
    "/v1/ü",
    "/v1/a#b",
    "/v1/a?b#c",
    "/v1/a?b c",
    "/v1/a?b\nc",
    "/v1/{id of step 1}",
    "/v1/\"a\"",
    "/v1/<a>",
    " /v1/a",
    "/v1/a ",
];

#[tokio::test]
async fn what_would_not_arrive_unchanged_is_not_sent() {
    let wire = Wire::serve([say(answer(200, &[], b"{}"))]);
    let (transport, heard) = transport(&wire);
    for target in UNFIT {
        let read = transport.read(Verb::OrgShow, &Request::get(*target)).await;
        let fault = read.unwrap_err().fault;
        assert!(matches!(fault, Fault::Invalid(_)), "{target:?}: {fault:?}");
        let delete = Request::new(Method::Delete, *target);
        let sent = transport
            .write(Verb::OrgDelete, &delete, permit().await)
            .await;
        let Sent::NotSent(error) = sent else {
            panic!("{target:?}: {sent:?}");
        };
        assert!(
            matches!(error.fault, Fault::Invalid(_)),
            "{target:?}: {error:?}"
        );
    }
    drop(transport);
    assert_eq!(wire.finish().await.connections, 0);
    assert_eq!(heard.all(), []);
}

#[tokio::test]
async fn a_read_cannot_be_anything_but_a_get() {
    let wire = Wire::serve([say(answer(200, &[], b"{}"))]);
    let (transport, _) = transport(&wire);
    for method in [Method::Post, Method::Put, Method::Patch, Method::Delete] {
        let request = Request::new(method, "/v1/organizations/1");
        let read = transport.read(Verb::OrgShow, &request).await.unwrap_err();
        let page = transport
            .read_page(Verb::OrgList, &request)
            .await
            .unwrap_err();
        assert_eq!(
            (read.fault, page.fault),
            (Fault::NoConsent, Fault::NoConsent)
        );
    }
    drop(transport);
    assert_eq!(wire.finish().await.connections, 0);
}
