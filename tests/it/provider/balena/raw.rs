//! Raw records: as sent, indented, with what opens anything masked.

use orgdeck::domain::query::Thing;
use orgdeck::domain::{Answer, Fault, Query};
use serde_json::{Value as Json, json};

use super::records::{invite_record, org_record};
use super::stage::{Stage, invite, member, org};

async fn raw(stage: &Stage, thing: Thing) -> String {
    let Answer::Json(text) = stage.ask(Query::Raw(thing)).await.unwrap() else {
        panic!("another answer was asked for");
    };
    text.raw().to_owned()
}

#[tokio::test]
async fn records_are_shown_as_they_came() {
    let stage = Stage::cloud().await;
    stage.records("GET /v7/organization(101)", &json!([org_record()]));
    let call = "GET /v7/invitee__is_invited_to__organization(77)";
    stage.records(call, &json!([invite_record()]));
    let text = raw(&stage, Thing::Org(org("101"))).await;
    assert_eq!(serde_json::from_str::<Json>(&text).unwrap(), org_record());
    assert!(text.contains("\n  \"handle\": \"acme\""), "{text}");
    let text = raw(&stage, Thing::Invite(invite("101", "77"))).await;
    assert_eq!(
        serde_json::from_str::<Json>(&text).unwrap(),
        invite_record()
    );
}

#[tokio::test]
async fn r99_secrets_in_any_depth_are_masked() {
    let stage = Stage::cloud().await;
    let record = json!({
        "id": 55,
        "user": [{"id": 11, "username": "maria", "password": "$2b$10$x", "jwt_secret": "s3"}],
        "token": {"a": "t0k"}
    });
    stage.records("GET /v7/organization_membership(55)", &json!([record]));
    let text = raw(&stage, Thing::Member(member("101", "55"))).await;
    for secret in ["$2b$10$x", "s3", "t0k"] {
        assert!(!text.contains(secret), "{text}");
    }
    assert_eq!(text.matches("\"***\"").count(), 3);
    assert!(text.contains("maria"));
}

#[tokio::test]
async fn a_member_is_asked_for_with_the_seat_on_the_cloud_only() {
    let call = "GET /v7/organization_membership(55)";
    for (stage, fields) in [
        (Stage::cloud().await, "id,created_at,effective_seat_role"),
        (Stage::open().await, "id,created_at"),
    ] {
        stage.records(call, &json!([{"id": 55}]));
        raw(&stage, Thing::Member(member("101", "55"))).await;
        assert_eq!(stage.last(call).await.query["$select"], fields);
    }
}

#[tokio::test]
async fn a_missing_record_has_no_raw_form() {
    let stage = Stage::cloud().await;
    stage.records("GET /v7/organization(101)", &json!([]));
    let error = stage
        .ask(Query::Raw(Thing::Org(org("101"))))
        .await
        .unwrap_err();
    assert_eq!(error.fault, Fault::Missing);
}
