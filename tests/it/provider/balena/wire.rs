//! Records with fields missing, null, unknown or of the wrong type.

use orgdeck::domain::query::OrgAt;
use orgdeck::domain::{Answer, Fault, Org, Query, Text, Told};
use serde_json::{Value as Json, json};

use super::stage::{Stage, org};

async fn show(record: Json) -> Result<Org, Fault> {
    let stage = Stage::cloud().await;
    stage.records("GET /v7/organization(101)", &json!([record]));
    match stage.ask(Query::Org(OrgAt::Id(org("101")))).await {
        Ok(Answer::Org(org)) => Ok(*org),
        Ok(other) => panic!("{other:?}"),
        Err(error) => Err(error.fault),
    }
}

#[tokio::test]
async fn r25_absent_is_unknown_and_null_is_empty() {
    let bare = show(json!({"id": 101})).await.unwrap();
    assert_eq!((&bare.name, bare.created), (&Told::Unknown, Told::Unknown));
    assert_eq!(bare.attribute("website"), Some(&Told::Unknown));
    let empty =
        json!({"id": 101, "name": null, "created_at": null, "website": null, "industry": ""});
    let empty = show(empty).await.unwrap();
    assert_eq!((&empty.name, empty.created), (&Told::Empty, Told::Empty));
    assert_eq!(empty.attribute("website"), Some(&Told::Empty));
    assert_eq!(empty.attribute("industry"), Some(&Told::Empty));
}

#[tokio::test]
async fn dates_that_are_none_are_unknown() {
    for date in [
        "",
        "yesterday",
        "2026-13-45T00:00:00Z",
        "99999-01-01T00:00:00Z",
    ] {
        let found = show(json!({"id": 101, "created_at": date})).await.unwrap();
        assert_eq!(found.created, Told::Unknown, "{date}");
    }
}

#[tokio::test]
async fn a_record_that_cannot_be_read_names_the_field_and_no_value() {
    let cases = [
        (json!({"id": 101, "name": ["Maria"]}), "field name"),
        (json!({"id": 101, "is_frozen": "Maria"}), "field is_frozen"),
        (
            json!({"id": 101, "organization_membership": -1}),
            "field organization_membership",
        ),
        (json!({"name": "Maria"}), "field id, or several fields"),
    ];
    for (record, what) in cases {
        assert_eq!(show(record).await, Err(Fault::Garbled(Text::from(what))));
    }
}

#[tokio::test]
async fn hostile_names_come_through_byte_for_byte() {
    let name = "\u{202e}evil\u{7}\u{1b}[2J 株式会社 👩\u{200d}💻";
    let found = show(json!({"id": 101, "name": name})).await.unwrap();
    assert_eq!(found.name, Told::Is(Text::from(name)));
}
