//! Reading requests: undecoded targets, pairs, tokens.

use axum::http::HeaderMap;
use bytes::Bytes;
use orgdeck::sandbox::exchange::{Request, decode};

fn request(path: &str, query: &str) -> Request {
    Request {
        method: "GET".to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: HeaderMap::new(),
        body: Bytes::new(),
        parts: Vec::new(),
    }
}

#[test]
fn segments_stay_encoded() {
    let request = request("/api/v1/invite/a%2Fb%40c", "");
    assert_eq!(request.segments(), ["api", "v1", "invite", "a%2Fb%40c"]);
    assert_eq!(decode("a%2Fb%40c"), "a/b@c");
}

#[test]
fn decoding_keeps_what_is_no_escape() {
    assert_eq!(decode("a+b%"), "a+b%");
    assert_eq!(decode("%zz%4"), "%zz%4");
    assert_eq!(decode("%C3%BC%ff"), "ü\u{fffd}");
    assert_eq!(decode("%é1"), "%é1");
}

#[test]
fn pairs_are_form_encoded_and_repeated() {
    let request = request("/", "role=org%3Aadmin&role=org%3Amember&q=a+b%2B&empty");
    let pairs = request.pairs();
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    let roles = [("role", "org:admin"), ("role", "org:member")];
    assert_eq!(pairs, [roles[0], roles[1], ("q", "a b+"), ("empty", "")]);
}

#[test]
fn only_bearer_tokens_count() {
    let mut request = request("/", "");
    assert_eq!(request.bearer(), None);
    for (header, token) in [
        ("bearer abc", Some("abc")),
        ("Token abc", None),
        ("abc", None),
    ] {
        request
            .headers
            .insert("authorization", header.parse().unwrap());
        assert_eq!(request.bearer(), token);
    }
}
