//! The roles of one member.

use serde_json::{Value, json};

use super::{INES, MODERATOR, RUI, Stage, refusal};
use crate::support::raw::Heard;

async fn names(stage: &Stage, member: &str) -> Vec<String> {
    let line = format!("GET organization/41/{member}/role/list");
    let roles = stage.get("rui", &line).await;
    let names = roles.as_array().unwrap().iter();
    names
        .map(|role| role["name"].as_str().unwrap().to_owned())
        .collect()
}

async fn give(stage: &Stage, name: &Value) -> Heard {
    let line = format!("PUT organization/41/{INES}/role/create");
    stage.put("rui", &line, &json!({"name": name})).await
}

#[tokio::test]
async fn a_given_role_is_listed_under_its_id() {
    let stage = Stage::new();
    let heard = give(&stage, &json!("見習い パイロット")).await;
    let given: Value = serde_json::from_str(heard.body()).unwrap();
    let line = format!("GET organization/41/{INES}/role/list");
    let roles = stage.get("rui", &line).await;
    assert_eq!(roles[2], given);
    let line = format!("GET organization/41/{INES}");
    assert_eq!(stage.get("rui", &line).await["roles"], roles);
}

#[tokio::test]
async fn a_repeated_role_is_held_twice() {
    let stage = Stage::new();
    for _ in 0..2 {
        assert_eq!(give(&stage, &json!("crane")).await.status(), 200);
    }
    let wanted = ["Moderator", "dispatch", "crane", "crane"];
    assert_eq!(names(&stage, INES).await, wanted);
}

#[tokio::test]
async fn a_role_needs_a_name() {
    let stage = Stage::new();
    for name in [json!(""), json!("  "), Value::Null] {
        let text = refusal(&give(&stage, &name).await);
        assert_eq!(text, "The field name is required");
    }
    let text = refusal(&give(&stage, &json!(3)).await);
    assert_eq!(text, "The field name has to be a string");
    assert_eq!(names(&stage, INES).await, ["Moderator", "dispatch"]);
}

#[tokio::test]
async fn a_role_is_taken_by_its_id_once() {
    let stage = Stage::new();
    let line = format!("DELETE organization/41/{INES}/role/{MODERATOR}/delete");
    assert_eq!(stage.get("rui", &line).await["success"], true);
    assert_eq!(names(&stage, INES).await, ["dispatch"]);
    let text = refusal(&stage.ask("rui", &line).await);
    assert_eq!(text, "The member does not have this role");
}

#[tokio::test]
async fn a_role_is_taken_from_its_holder_alone() {
    let stage = Stage::new();
    let line = format!("DELETE organization/41/{RUI}/role/{MODERATOR}/delete");
    refusal(&stage.ask("rui", &line).await);
    assert_eq!(names(&stage, INES).await, ["Moderator", "dispatch"]);
}

#[tokio::test]
async fn guids_are_the_same_in_any_case() {
    let stage = Stage::new();
    let (member, role) = (INES.to_uppercase(), MODERATOR.to_uppercase());
    let line = format!("GET organization/41/{member}");
    assert_eq!(stage.get("rui", &line).await["membershipId"], INES);
    let line = format!("DELETE organization/41/{member}/role/{role}/delete");
    assert_eq!(stage.ask("rui", &line).await.status(), 200);
    assert_eq!(names(&stage, INES).await, ["dispatch"]);
}

#[tokio::test]
async fn a_member_may_hold_no_role() {
    let stage = Stage::new();
    let member = stage.join("kit", &[]);
    assert_eq!(names(&stage, &member).await, [""; 0]);
    let line = format!("GET organization/41/{member}");
    let details = stage.get("rui", &line).await;
    assert_eq!(details["roles"], json!([]));
    assert_eq!(details["firstName"], Value::Null);
}
