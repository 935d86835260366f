//! Invitations that were sent: listed, read, revoked.

use serde_json::{Value, json};

use super::inviting::{invite, path, to};
use super::{Desk, refusal};

#[tokio::test]
async fn invitations_are_listed_by_state_and_address() {
    let desk = Desk::open();
    let portal = path(&desk, "partner-portal");
    let count = async |query: &str| {
        let answer = desk.ask(&format!("GET {portal}?limit=100&{query}")).await;
        answer.done()["total_count"].as_u64().unwrap()
    };
    assert_eq!(count("").await, 14);
    assert_eq!(count("status=pending").await, 2);
    assert_eq!(count("status=accepted").await, 1);
    assert_eq!(count("status=revoked&status=expired").await, 2 + 9);
    assert_eq!(count("email_address=NIL%40partner.example").await, 1);
    assert_eq!(count("email_address=partner.example").await, 0);
    let deprecated = desk.ask(&format!("GET {portal}/pending")).await;
    let emails = ["nil@partner.example", "lin@partner.example"];
    assert_eq!(deprecated.column("/email_address"), emails);
    let wrong = desk.ask(&format!("GET {portal}?status=lost")).await;
    assert_eq!(
        wrong.refused(),
        refusal(422, "form_param_value_invalid status")
    );
}

#[tokio::test]
async fn only_a_pending_invitation_has_a_link() {
    let desk = Desk::open();
    let answer = desk
        .ask(&format!("GET {}?limit=100", path(&desk, "partner-portal")))
        .await;
    for invitation in answer.done()["data"].as_array().unwrap() {
        let pending = invitation["status"] == "pending";
        assert_eq!(invitation["url"].is_string(), pending, "{invitation}");
    }
}

#[tokio::test]
async fn invitations_are_ordered_by_date_and_address() {
    let desk = Desk::open();
    let shop = path(&desk, "acme-shop");
    let order = async |by: &str| {
        let answer = desk.ask(&format!("GET {shop}?order_by={by}")).await;
        answer.column("/email_address")
    };
    assert_eq!(order("email_address").await[0], "hal@acme.example");
    assert_eq!(order("created_at").await[0], "jon@old.example");
    assert_eq!(order("").await[0], "юля@пример.example");
}

#[tokio::test]
async fn the_whole_instance_is_listed_with_its_organizations() {
    let desk = Desk::open();
    let line = "GET /v1/organization_invitations?limit=100&query=MIA&status=pending";
    let answer = desk.ask(line).await;
    assert_eq!(answer.column("/email_address"), ["mia+shop@acme.example"]);
    assert_eq!(
        answer.column("/public_organization_data/name"),
        ["Acme Shop"]
    );
    assert_eq!(answer.column("/inviter_id"), ["null"]);
    let all = desk.ask("GET /v1/organization_invitations").await.done();
    assert_eq!(all["total_count"], 20);
}

#[tokio::test]
async fn an_invitation_is_read_in_its_own_organization_only() {
    let desk = Desk::open();
    let sent = invite(&desk, to("new@acme.example")).await.done();
    let id = sent["id"].as_str().unwrap();
    assert!(id.starts_with("orginv_"), "{id}");
    let own = desk
        .ask(&format!("GET {}/{id}", path(&desk, "acme-shop")))
        .await;
    assert_eq!(own.done(), sent);
    let other = desk
        .ask(&format!("GET {}/{id}", path(&desk, "partner-portal")))
        .await;
    assert_eq!(other.refused(), refusal(404, "resource_not_found"));
}

#[tokio::test]
async fn only_a_pending_invitation_is_revoked_and_once() {
    let desk = Desk::open();
    let sent = invite(&desk, to("a@acme.example")).await.done();
    let id = sent["id"].as_str().unwrap();
    let line = format!("POST {}/{id}/revoke", path(&desk, "acme-shop"));
    let by = async |user: &str| desk.tell(&line, json!({"requesting_user_id": user})).await;
    let member = by(&desk.user("bo@acme.example")).await;
    assert_eq!(
        member.refused(),
        refusal(403, "missing_organization_permission")
    );
    let revoked = by(&desk.user("ana@acme.example")).await.done();
    assert_eq!(
        (&revoked["status"], &revoked["url"]),
        (&json!("revoked"), &Value::Null)
    );
    assert!(revoked["updated_at"].as_i64() > sent["updated_at"].as_i64());
    let gone = refusal(404, "resource_not_found");
    assert_eq!(desk.ask(&line).await.refused(), gone);
    let list = desk
        .ask(&format!("GET {}?status=expired", path(&desk, "acme-shop")))
        .await;
    let expired = list.column("/id").remove(0);
    let line = format!("POST {}/{expired}/revoke", path(&desk, "acme-shop"));
    assert_eq!(desk.ask(&line).await.refused(), gone);
    let line = format!("POST {}/orginv_none/revoke", path(&desk, "acme-shop"));
    assert_eq!(desk.ask(&line).await.refused(), gone);
}
