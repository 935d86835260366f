//! Who is let in, which versions are known, and how a refusal looks.

use serde_json::json;

use super::super::demo;
use super::{Answer, Desk, refusal, send_plain};
use orgdeck::sandbox::Service::Clerk;
use orgdeck::sandbox::exchange::Route;

async fn with_authorization(value: &str) -> Answer {
    let sandbox = demo();
    let headers = [("Authorization", value)];
    send_plain(&sandbox, "GET /v1/instance", &headers, "").await
}

#[tokio::test]
async fn a_wrong_key_and_a_malformed_header_differ() {
    let wrong = with_authorization("Bearer sk_test_wrong").await;
    assert_eq!(wrong.refused(), refusal(401, "clerk_key_invalid"));
    let format = refusal(401, "authorization_header_format_invalid");
    assert_eq!(with_authorization("sk_test_wrong").await.refused(), format);
    let none = send_plain(&demo(), "GET /v1/instance", &[], "").await;
    assert_eq!(none.refused(), format);
}

#[tokio::test]
async fn a_revoked_key_is_refused() {
    let desk = Desk::open();
    desk.ask("GET /v1/instance").await.done();
    let token = desk.sandbox.clerk.token.clone();
    assert!(desk.world(|world| world.revoke(Clerk, &token)));
    let answer = desk.ask("GET /v1/instance").await;
    assert_eq!(answer.refused(), refusal(401, "clerk_key_invalid"));
}

#[tokio::test]
async fn a_trace_is_on_every_answer_and_in_every_refusal() {
    let desk = Desk::open();
    let done = desk.ask("GET /v1/instance").await;
    let refused = desk.ask("GET /v1/organizations/org_404").await;
    let trace = |answer: &Answer| {
        let trace = answer.heard.header("x-clerk-trace-id");
        trace.unwrap().to_owned()
    };
    assert_eq!(refused.body["clerk_trace_id"], trace(&refused));
    assert_eq!(trace(&refused).len(), 32);
    assert_ne!(trace(&done), trace(&refused));
    let message = &refused.body["errors"][0]["long_message"];
    assert_eq!(message, "No organization was found with id org_404");
}

#[tokio::test]
async fn known_versions_are_taken_from_header_or_query() {
    let desk = Desk::open();
    let key = format!("Bearer {}", desk.sandbox.clerk.token);
    let ask = async |target: &str, version: Option<&str>| {
        let mut headers = vec![("Authorization", key.as_str())];
        headers.extend(version.map(|version| ("Clerk-API-Version", version)));
        let line = format!("GET /v1/instance{target}");
        send_plain(&desk.sandbox, &line, &headers, "")
            .await
            .refused()
    };
    let invalid = refusal(400, "malformed_request_parameters");
    assert_eq!(ask("", None).await, (200, Vec::new()));
    assert_eq!(ask("", Some("2021-02-05")).await, (200, Vec::new()));
    assert_eq!(
        ask("?__clerk_api_version=2025-11-10", None).await,
        (200, Vec::new())
    );
    assert_eq!(ask("", Some("2026-05-13")).await, invalid);
    assert_eq!(ask("?__clerk_api_version=2025-11-11", None).await, invalid);
    let both = ask("?__clerk_api_version=2026-05-12", Some("2026-05-12")).await;
    assert_eq!(both, invalid);
}

#[tokio::test]
async fn metadata_left_the_change_of_fields_with_the_newest_version() {
    let desk = Desk::open();
    let org = desk.org("acme-shop");
    let line = format!("PATCH /v1/organizations/{org}");
    let body = json!({"name": "Shop", "public_metadata": {"only": "this"}});
    let new = desk.tell(&line, body.clone()).await;
    assert_eq!(
        new.refused(),
        refusal(422, "form_param_unknown public_metadata")
    );
    let key = format!("Bearer {}", desk.sandbox.clerk.token);
    let headers = [
        ("Authorization", key.as_str()),
        ("Clerk-API-Version", "2025-11-10"),
        ("Content-Type", "application/json"),
    ];
    let old = send_plain(&desk.sandbox, &line, &headers, &body.to_string()).await;
    assert_eq!(old.done()["public_metadata"], json!({"only": "this"}));
}

#[tokio::test]
async fn without_the_feature_nothing_of_it_is_reached() {
    let desk = Desk::open();
    let (org, ana) = (desk.org("acme-shop"), desk.user("ana@acme.example"));
    let off = json!({"enabled": false});
    let settings = desk
        .tell("PATCH /v1/instance/organization_settings", off)
        .await;
    assert_eq!(settings.done()["enabled"], false);
    for target in [
        "/v1/organizations".to_owned(),
        format!("/v1/organizations/{org}/memberships"),
        format!("/v1/users/{ana}/organization_memberships"),
        format!("/v1/users/{ana}/organization_invitations"),
        "/v1/organization_invitations".to_owned(),
        "/v1/organization_roles".to_owned(),
    ] {
        let answer = desk.ask(&format!("GET {target}")).await;
        let refused = refusal(403, "organization_not_enabled_in_instance");
        assert_eq!(answer.refused(), refused, "{target}");
    }
    desk.ask("GET /v1/users").await.done();
    let on = json!({"enabled": true});
    desk.tell("PATCH /v1/instance/organization_settings", on)
        .await
        .done();
    desk.ask("GET /v1/organizations").await.done();
}

#[tokio::test]
async fn unknown_paths_are_refused_and_marked() {
    let desk = Desk::open();
    let org = desk.org("acme-shop");
    let lines = [
        "GET /v2/organizations".to_owned(),
        "PUT /v1/users".to_owned(),
        "PUT /v1/instance".to_owned(),
        format!("GET /v1/organizations/{org}/members"),
        "GET /v1/organization_role".to_owned(),
    ];
    for line in &lines {
        assert_eq!(
            desk.ask(line).await.refused(),
            refusal(404, "resource_not_found")
        );
    }
    assert_eq!(desk.sandbox.unknown_routes(), lines);
    desk.ask("GET /v1/organizations/org_404").await;
    let last = desk.sandbox.requests(Clerk).pop().unwrap();
    assert_eq!((last.status, last.route), (Some(404), Route::Known));
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_refused() {
    let desk = Desk::open();
    let line = "POST /v1/organizations";
    let json = [("Content-Type", "application/json; charset=utf-8")];
    for body in ["{\"name\":", "[]", "\"name\"", "null"] {
        let answer = desk.send(line, &json, body).await;
        assert_eq!(
            answer.refused(),
            refusal(400, "request_body_invalid"),
            "{body}"
        );
    }
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let answer = desk.send(line, &form, "name=Acme").await;
    assert_eq!(answer.refused(), refusal(415, "unsupported_content_type"));
    desk.send(line, &json, "{\"name\":\"Acme\"}").await.done();
}

#[tokio::test]
async fn all_that_is_wrong_with_a_body_is_told_at_once() {
    let desk = Desk::open();
    let body = json!({
        "slug": "Ä", "max_allowed_memberships": 1.5, "public_metadata": [], "nmae": "x",
    });
    let answer = desk.tell("POST /v1/organizations", body).await;
    let problems = [
        "form_param_missing name",
        "form_param_format_invalid slug",
        "form_param_type_invalid max_allowed_memberships",
        "form_param_type_invalid public_metadata",
        "form_param_unknown nmae",
    ];
    assert_eq!(
        answer.refused(),
        (422, problems.map(str::to_owned).to_vec())
    );
    assert_eq!(
        answer.body["errors"][0]["long_message"],
        "name must be included"
    );
    assert_eq!(answer.body["errors"][0]["message"], "must be included");
}
