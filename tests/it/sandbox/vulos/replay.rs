//! Each recorded request is answered as the service's reference shows it.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Stage;
use crate::support::raw;

/// A recorded request and the documented answer; what the service makes up is `<number>`, `<guid>`
/// or `<text>`.
#[derive(Deserialize)]
struct Recorded {
    call: String,
    request: String,
    headers: Map<String, Value>,
    body: Option<Value>,
    answer: Value,
}

fn recorded() -> Vec<Recorded> {
    serde_json::from_str(include_str!("requests.json")).unwrap()
}

async fn replay(recorded: &Recorded) -> (u16, Option<String>, Value) {
    let stage = Stage::new();
    let sent = recorded.headers.iter();
    let mut headers: Vec<_> = sent
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect();
    headers.push(("Authorization", "Bearer rui"));
    let body = recorded.body.as_ref().map(Value::to_string);
    let body = body.unwrap_or_default();
    let mut stream = raw::send(&stage.0.vulos.url, &recorded.request, &headers, &body).await;
    let heard = raw::hear(&mut stream, usize::MAX).await;
    assert_eq!(stage.0.unknown_routes(), [""; 0]);
    let content_type = heard.header("content-type").map(str::to_owned);
    let answer = serde_json::from_str(heard.body()).unwrap();
    (heard.status(), content_type, answer)
}

/// Puts the placeholders of `wanted` in the place of what they stand for.
fn normal(answer: &mut Value, wanted: &Value) {
    if let (Some(fields), Some(wanted)) = (answer.as_object_mut(), wanted.as_object()) {
        for (name, field) in fields {
            normal(field, wanted.get(name).unwrap_or(&Value::Null));
        }
    }
    let stands = match wanted.as_str() {
        Some("<number>") => answer.is_u64(),
        Some("<guid>") => answer.as_str().is_some_and(is_guid),
        Some("<text>") => answer.as_str().is_some_and(|text| !text.is_empty()),
        _ => false,
    };
    if stands {
        answer.clone_from(wanted);
    }
}

fn is_guid(text: &str) -> bool {
    let groups = text.split('-').map(str::len);
    let hex = text
        .bytes()
        .all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    hex && groups.eq([8, 4, 4, 4, 12])
}

#[tokio::test]
async fn each_recorded_request_gets_the_documented_answer() {
    for recorded in recorded() {
        let (status, content_type, mut answer) = replay(&recorded).await;
        normal(&mut answer, &recorded.answer);
        assert_eq!(answer, recorded.answer, "{}", recorded.call);
        assert_eq!(status, 200, "{}", recorded.call);
        let json = Some("application/json; charset=utf-8".to_owned());
        assert_eq!(content_type, json, "{}", recorded.call);
    }
}

#[test]
fn every_call_is_recorded_once() {
    let mut calls: Vec<_> = recorded().into_iter().map(|each| each.call).collect();
    calls.sort();
    let known = [
        "memberDelete",
        "memberInfo",
        "memberInvite",
        "organizationCreate",
        "organizationDelete",
        "organizationInfo",
        "organizationList",
        "organizationUpdate",
        "roleCreate",
        "roleDelete",
        "roleList",
        "user.info",
    ];
    assert_eq!(calls, known);
}
