//! Encoding: what a stranger typed cannot leave its quotes.

use orgdeck::domain::query::{OrgAt, Scope};
use orgdeck::domain::{Cursor, Query, Text};
use serde_json::json;

use super::stage::{Stage, profile};

#[tokio::test]
async fn a_search_text_stays_inside_its_quotes_and_its_option() {
    let hostile = "x') or (1 eq 1&$top=999#?%27;+$select=password";
    let stage = Stage::cloud().await;
    stage.records("GET /v7/organization", &json!([]));
    let query = Query::Orgs {
        scope: Scope::All,
        text: Some(Text::from(hostile)),
        page: Cursor::FIRST,
    };
    stage.ask(query).await.unwrap();
    let call = stage.last("GET /v7/organization").await;
    let literal = hostile.replace('\'', "''").to_lowercase();
    assert_eq!(
        call.query["$filter"],
        format!("(contains(tolower(name),'{literal}') or contains(tolower(handle),'{literal}'))")
    );
    assert_eq!(call.query["$top"], "50");
    assert!(
        !call.target.contains(['+', '#', ' ', '\'']),
        "{}",
        call.target
    );
}

#[tokio::test]
async fn a_handle_stays_inside_its_quotes() {
    for handle in ["a'b", "x')?$select=password&('", "ä/..", "%27", "a(b);c"] {
        let stage = Stage::cloud().await;
        let line = format!(
            "GET /v7/organization(handle='{}')",
            handle.replace('\'', "''")
        );
        stage.records(&line, &json!([{"id": 101}]));
        let query = Query::Org(OrgAt::Slug(profile(), Text::from(handle)));
        stage.ask(query).await.unwrap();
        let call = stage.last(&line).await;
        let names: Vec<_> = call.query.keys().map(String::as_str).collect();
        assert_eq!(names, ["$expand", "$select"], "{handle}");
    }
}
