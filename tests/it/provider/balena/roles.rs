//! The server's own table of roles.

use orgdeck::domain::{Answer, Detail, Query, Role, RoleId, Row, Text};
use serde_json::json;

use super::script::ok;
use super::stage::{Stage, profile};

#[tokio::test]
async fn roles_are_listed_with_their_ids_and_the_known_ones_are_ranked() {
    let stage = Stage::cloud().await;
    let sent = json!([
        {"id": 4, "name": "administrator"}, {"id": 9, "name": "member"},
        {"id": "x", "name": 5}, {"id": 12, "name": "captain"}
    ]);
    let call = "GET /v7/organization_membership_role";
    stage.when(call, "$orderby", ok(&json!({"d": sent})));
    let role = |id: &str, name: &str, level| Role {
        id: Some(RoleId::new(&profile(), id)),
        level,
        ..Role::named(name)
    };
    let bad = Row {
        item: Role::named("?2"),
        detail: Detail::Unreadable(Text::from("field id, or several fields")),
    };
    let wanted = vec![
        Row::whole(role("4", "administrator", Some(0))),
        Row::whole(role("9", "member", Some(1))),
        bad,
        Row::whole(role("12", "captain", None)),
    ];
    let answer = stage.ask(Query::Roles { org: None }).await.unwrap();
    assert_eq!(answer, Answer::Roles(wanted));
    let query = stage.last(call).await.query;
    assert_eq!(
        (query["$select"].as_str(), query["$orderby"].as_str()),
        ("id,name", "id asc")
    );
}
