//! The instance and its settings for organizations.

use serde_json::{Value, json};

use super::{Answer, Desk, refusal};

async fn change(desk: &Desk, body: Value) -> Answer {
    desk.tell("PATCH /v1/instance/organization_settings", body)
        .await
}

#[tokio::test]
async fn the_key_tells_its_instance() {
    let desk = Desk::open();
    let instance = desk.ask("GET /v1/instance").await.done();
    assert_eq!(instance["environment_type"], "development");
    assert!(instance["id"].as_str().unwrap().starts_with("ins_"));
    desk.world(|world| "production".clone_into(&mut world.settings.environment));
    let instance = desk.ask("GET /v1/instance").await.done();
    assert_eq!(instance["environment_type"], "production");
}

#[tokio::test]
async fn settings_are_changed_one_by_one() {
    let desk = Desk::open();
    let line = "GET /v1/instance/organization_settings";
    let mut expected = desk.ask(line).await.done();
    for (field, value) in [
        ("max_allowed_memberships", json!(20)),
        ("admin_delete_enabled", json!(false)),
        ("domains_enabled", json!(true)),
        ("slug_disabled", json!(true)),
        ("domains_enrollment_modes", json!(["automatic_invitation"])),
    ] {
        expected[field] = value.clone();
        assert_eq!(change(&desk, json!({field: value})).await.done(), expected);
    }
    assert_eq!(desk.ask(line).await.done(), expected);
    let org = desk
        .tell("POST /v1/organizations", json!({"name": "New"}))
        .await
        .done();
    assert_eq!(org["max_allowed_memberships"], 20);
}

#[tokio::test]
async fn roles_are_named_by_their_ids() {
    let desk = Desk::open();
    let roles = desk
        .ask("GET /v1/organization_roles?order_by=key")
        .await
        .column("/id");
    let [admin, auditor, ..] = roles.as_slice() else {
        panic!("there are four roles: {roles:?}");
    };
    let body = json!({"creator_role_id": admin, "domains_default_role_id": auditor});
    let settings = change(&desk, body).await.done();
    assert_eq!(settings["creator_role"], "org:admin");
    assert_eq!(settings["domains_default_role"], "org:auditor");
    for (field, id) in [
        ("creator_role_id", "org:admin"),
        ("creator_role_id", auditor.as_str()),
        ("domains_default_role_id", "role_none"),
    ] {
        let answer = change(&desk, json!({field: id})).await;
        let refused = refusal(422, &format!("form_param_value_invalid {field}"));
        assert_eq!(answer.refused(), refused, "{id}");
    }
}

#[tokio::test]
async fn nothing_is_changed_by_a_broken_body() {
    let desk = Desk::open();
    let line = "GET /v1/instance/organization_settings";
    let before = desk.ask(line).await.done();
    let body = json!({"slug_disabled": true, "domains_enrollment_modes": ["none"], "enabled": "no", "x": 1});
    let problems = [
        "form_param_type_invalid enabled",
        "form_param_value_invalid domains_enrollment_modes",
        "form_param_unknown x",
    ];
    let refused = change(&desk, body).await.refused();
    assert_eq!(refused, (422, problems.map(str::to_owned).to_vec()));
    assert_eq!(desk.ask(line).await.done(), before);
}
