//! Writes that are refused: by type, by what the body is, by whom nobody may write.

use serde_json::json;

use super::{Desk, key, said};

const ACME: &str = "/v7/organization(101)";
const I: &str = "/v7/invitee__is_invited_to__organization";

#[tokio::test]
async fn wrong_types_and_missing_fields_are_refused_without_words() {
    let desk = Desk::small();
    let patch = format!("PATCH {ACME}");
    let role = "PATCH /v7/organization_membership(55)";
    let invite = format!("POST {I}");
    for (line, sent, status) in [
        ("POST /v7/organization", json!({}), 500),
        ("POST /v7/organization", json!({"handle": "x"}), 500),
        ("POST /v7/organization", json!([]), 500),
        ("POST /v7/organization", json!({"name": 5}), 400),
        ("POST /v7/organization", json!({"name": null}), 400),
        (
            "POST /v7/organization",
            json!({"name": "X", "website": 1}),
            400,
        ),
        (&patch, json!({"name": null}), 400),
        (&patch, json!({"is_enforcing_saml_login": "maybe"}), 400),
        (&patch, json!({"nope": 1}), 500),
        // On the cloud a handle stays as it was made.
        (&patch, json!({"handle": "other"}), 500),
        (role, json!({"organization_membership_role": null}), 400),
        (
            role,
            json!({"organization_membership_role": {"__id": 1}}),
            400,
        ),
        (role, json!({"organization_membership_role": "one"}), 400),
        (
            role,
            json!({"organization_membership_role": 1_u64 << 40}),
            500,
        ),
        (role, json!({"user": 10}), 500),
        (&invite, json!({"invitee": "x@example.com"}), 500),
        (&invite, json!({"is_invited_to__organization": 101}), 500),
        (
            &invite,
            json!({"is_invited_to__organization": 101, "invitee": 5}),
            400,
        ),
        (
            &invite,
            json!({"is_invited_to__organization": null, "invitee": "x@y.example"}),
            400,
        ),
        // A user name is not accepted.
        (
            &invite,
            json!({"is_invited_to__organization": 101, "invitee": "eve"}),
            400,
        ),
    ] {
        let heard = desk.send(line, &sent).await;
        assert_eq!(said(&heard), (status, ""), "{line} {sent}");
    }
    assert_eq!(
        desk.column("/v7/organization", "name").await,
        ["Acme Robotics"]
    );
    assert_eq!(desk.column(I, "id").await, [77]);
}

#[tokio::test]
async fn bodies_that_are_no_json_are_refused_before_the_engine() {
    let desk = Desk::small();
    let json = "application/json";
    for text in ["{\"name\": ", "\"name\"", "5"] {
        let sent = (Some(json), text.to_owned());
        let heard = desk.send_as(&format!("PATCH {ACME}"), sent).await;
        assert_eq!(heard.status(), 400);
        assert_eq!(
            heard.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        assert_eq!(heard.header("cache-control"), None);
    }
    let plain = (Some("text/plain"), r#"{"name":"X"}"#.to_owned());
    let heard = desk.send_as("POST /v7/organization", plain).await;
    assert_eq!(said(&heard), (500, ""));
    let heard = desk.send(&format!("PATCH {ACME}"), &json!({})).await;
    assert_eq!(said(&heard), (400, r#""No fields to update""#));
}

#[tokio::test]
async fn what_nobody_may_write_is_refused() {
    let desk = Desk::small();
    let body = json!({"name": "captain", "user": 12, "is_member_of__organization": 101});
    for line in [
        "POST /v7/organization_membership_role",
        "PATCH /v7/organization_membership_role(1)",
        "POST /v7/organization_membership",
        "PATCH /v7/user(10)",
        &format!("PATCH {I}(77)"),
        "PUT /v7/organization(101)",
    ] {
        assert_eq!(said(&desk.send(line, &body).await), (401, ""), "{line}");
    }
    assert_eq!(desk.delete("/v7/user(11)").await.status(), 401);
    assert_eq!(
        desk.send("POST /v7/organization(101)", &body)
            .await
            .status(),
        400
    );
    assert_eq!(desk.delete("/v7/organization/$count").await.status(), 400);
    let members = desk.sandbox.world(|world| world.member_count(key(101)));
    assert_eq!(members, 2);
}
