//! What a service repeats of our own token: masked before anybody takes the answer apart.

use orgdeck::domain::{Fault, Method, Request, Text, Verb};
use orgdeck::provider::http::Sent;

use super::{CANARY, transport};
use crate::support::permit::permit;
use crate::support::wire::{Wire, answer, say};

/// What base64 makes of the token where it stands behind two bytes.
const IN_BASE64: &str = "PiBjYW5hcnktNGYxZDliMmUtdG9rZW4";

fn get() -> Request {
    Request::get("/v1/organizations")
}

#[tokio::test]
async fn r8_a_token_that_is_repeated_is_masked_in_every_answer() {
    let body =
        format!(r#"{{"name": "Org {CANARY}", "part": "y-4f1d9b2e-to", "b64": "{IN_BASE64}"}}"#);
    for status in [200, 404] {
        let trace = format!("x-request-id: id-{CANARY}");
        let kind = format!("content-type: {CANARY}");
        let wire = Wire::serve([say(answer(status, &[&trace, &kind], body.as_bytes()))]);
        let (transport, heard) = transport(&wire);
        let response = transport.read(Verb::OrgList, &get()).await.unwrap();
        let body = String::from_utf8(response.body.to_vec()).unwrap();
        // The letters at both ends belong to what stands around the token as well.
        let masked = r#"{"name": "Org ***", "part": "***", "b64": "PiB***4"}"#;
        assert_eq!(body, masked, "{status}");
        assert_eq!(response.trace, Some(Text::from("id-***")));
        assert_eq!(response.content_type, "***");
        assert_eq!(heard.sent()[0].trace, Some(Text::from("id-***")));
    }
}

#[tokio::test]
async fn r8_a_redirect_does_not_name_the_token() {
    let place = format!("location: https://elsewhere.test/?t={CANARY}");
    let wire = Wire::serve([say(answer(302, &[&place], b""))]);
    let (transport, _) = transport(&wire);
    let error = transport.read(Verb::OrgList, &get()).await.unwrap_err();
    let place = Text::from("https://elsewhere.test/?t=***");
    assert_eq!(error.fault, Fault::Redirected(place));
}

#[tokio::test]
async fn r8_a_write_is_answered_without_the_token() {
    let said = format!("[{{\"message\": \"no {}\"}}]", &CANARY[3..18]);
    let wire = Wire::serve([say(answer(422, &[], said.as_bytes()))]);
    let (transport, _) = transport(&wire);
    let delete = Request::new(Method::Delete, "/v1/organizations/1");
    let sent = transport.write(Verb::OrgDelete, &delete, permit().await);
    let Sent::Answered(response) = sent.await else {
        panic!("another end was asked for");
    };
    assert_eq!(&response.body[..], b"[{\"message\": \"no ***\"}]");
}

#[tokio::test]
async fn only_an_answer_that_brings_a_token_may_look_like_ours() {
    for (status, said) in [(200, CANARY), (401, "***")] {
        let wire = Wire::serve([say(answer(status, &[], CANARY.as_bytes()))]);
        let (transport, _) = transport(&wire);
        let response = transport.read_token(Verb::WhoAmI, &get()).await.unwrap();
        assert_eq!(&response.body[..], said.as_bytes(), "{status}");
    }
}
