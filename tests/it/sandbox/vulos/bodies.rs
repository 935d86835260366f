//! How bodies are encoded: the reference does not say, so both are read, or one alone.

use orgdeck::sandbox::world::BodyEncoding;
use serde_json::json;

use super::{HARBOUR, JSON, Stage, refusal};

const FORM: &str = "application/x-www-form-urlencoded";
const UPDATE: &str = "PUT organization/41/update";

fn name(stage: &Stage) -> String {
    stage.world(|world| world.org(HARBOUR).unwrap().name.clone())
}

#[tokio::test]
async fn json_and_forms_say_the_same() {
    let stage = Stage::new();
    for (content_type, body, wanted) in [
        (JSON, r#"{"name":"A & B"}"#, "A & B"),
        (FORM, "name=C+%26+D%2B&city=Faro", "C & D+"),
        ("Application/JSON; charset=utf-8", r#"{"name":"E"}"#, "E"),
    ] {
        let heard = stage.send("rui", UPDATE, (content_type, body)).await;
        assert_eq!(heard.status(), 200, "{body}");
        assert_eq!(name(&stage), wanted);
    }
    let member = stage.join("kit", &[]);
    let line = format!("PUT organization/41/{member}/role/create");
    let heard = stage.send("rui", &line, (FORM, "name=night+shift")).await;
    assert!(heard.body().contains(r#""name":"night shift""#));
}

#[tokio::test]
async fn a_switch_leaves_one_encoding() {
    let stage = Stage::new();
    let (json, form) = ((JSON, r#"{"name":"A"}"#), (FORM, "name=A"));
    for (accepted, statuses) in [
        (BodyEncoding::Either, [200, 200]),
        (BodyEncoding::Json, [200, 415]),
        (BodyEncoding::Form, [415, 200]),
    ] {
        stage.world(|world| world.settings.vulos_bodies = accepted);
        for (body, status) in [json, form].into_iter().zip(statuses) {
            let heard = stage.send("rui", UPDATE, body).await;
            assert_eq!(heard.status(), status, "{accepted:?} {body:?}");
        }
    }
}

#[tokio::test]
async fn other_encodings_are_not_read() {
    let stage = Stage::new();
    for content_type in ["", "text/plain", "multipart/form-data; boundary=x"] {
        let body = (content_type, r#"{"name":"A"}"#);
        let heard = stage.send("rui", UPDATE, body).await;
        assert_eq!((heard.status(), heard.body()), (415, ""));
    }
    assert_eq!(name(&stage), "Harbour Pilots Ltd");
}

#[tokio::test]
async fn what_is_no_object_of_texts_is_refused() {
    let stage = Stage::new();
    for body in ["", "{", "[]", "\"name\"", "null", "{\"name\":\"\u{1}\"}"] {
        let heard = stage.send("rui", UPDATE, (JSON, body)).await;
        assert_eq!(refusal(&heard), "The body could not be read", "{body}");
    }
    for value in [json!(1), json!(true), json!(["a"]), json!({"a": "b"})] {
        let body = json!({"city": "Faro", "name": value});
        let heard = stage.put("rui", UPDATE, &body).await;
        assert_eq!(refusal(&heard), "The field name has to be a string");
    }
    assert_eq!(name(&stage), "Harbour Pilots Ltd");
}

#[tokio::test]
async fn no_two_refusals_share_a_request_id() {
    let stage = Stage::new();
    let mut ids = Vec::new();
    for _ in 0..2 {
        let heard = stage.ask("rui", "GET organization/404").await;
        let body: serde_json::Value = serde_json::from_str(heard.body()).unwrap();
        ids.push(body["request"].as_str().unwrap().to_owned());
    }
    assert_ne!(ids[0], ids[1]);
}
