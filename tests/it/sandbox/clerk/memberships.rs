//! Memberships: listed, added, changed, ended, and who may not be the last to go.

use orgdeck::sandbox::Service::Clerk;
use serde_json::json;

use super::{Answer, Desk, refusal};

/// The path of a membership, or of all, of the organization with this slug.
fn path(desk: &Desk, slug: &str, email: &str) -> String {
    let all = format!("/v1/organizations/{}/memberships", desk.org(slug));
    if email.is_empty() {
        return all;
    }
    format!("{all}/{}", desk.user(email))
}

async fn add(desk: &Desk, slug: &str, email: &str, role: &str) -> Answer {
    let line = format!("POST {}", path(desk, slug, ""));
    desk.tell(&line, json!({"user_id": desk.user(email), "role": role}))
        .await
}

#[tokio::test]
async fn members_are_narrowed_by_role_and_person() {
    let desk = Desk::open();
    let all = path(&desk, "acme-shop", "");
    let (ana, bo) = (desk.user("ana@acme.example"), desk.user("bo@acme.example"));
    let found = async |query: &str| {
        let line = format!("GET {all}?limit=500&order_by=email_address&{query}");
        desk.ask(&line).await.column("/public_user_data/identifier")
    };
    let (ana_s, bo_s) = ("ana@acme.example", "bo@acme.example");
    assert_eq!(found("role=org%3Aadmin").await, [ana_s, "dee@acme.example"]);
    assert_eq!(found("role=org:admin&role=org:billing").await.len(), 3);
    assert_eq!(found("role=org%3Anone").await, [""; 0]);
    assert_eq!(
        found(&format!("user_id={ana}&user_id=%2B{bo}")).await,
        [ana_s, bo_s]
    );
    assert_eq!(found(&format!("user_id=-{ana}")).await.len(), 30);
    assert_eq!(
        found("email_address=ANA%40acme.example&email_address=x").await,
        [ana_s]
    );
    assert_eq!(
        found("email_address=ana.costa%40mail.example").await,
        [ana_s]
    );
    assert_eq!(found("username=bo").await, [bo_s]);
    assert_eq!(found("query=lindq").await, [bo_s]);
    assert_eq!(found(&format!("query={bo}")).await, [bo_s]);
    assert_eq!(found("name_query=bo%20lind").await, [bo_s]);
    assert_eq!(
        found("username_query=AN&email_address_query=ana%40").await,
        [ana_s]
    );
    assert_eq!(found("phone_number=%2B1555").await, [""; 0]);
    assert_eq!(found("phone_number_query=555").await, [""; 0]);
    assert_eq!(found("web3_wallet=0x1").await, [""; 0]);
}

#[tokio::test]
async fn members_are_narrowed_by_dates() {
    let desk = Desk::open();
    let all = path(&desk, "acme-shop", "");
    let count = async |query: String| {
        let answer = desk.ask(&format!("GET {all}?{query}")).await;
        answer.done()["total_count"].as_u64().unwrap()
    };
    let now = desk.world(|world| world.now().as_millisecond());
    let days = |days: i64| now - days * 86_400_000;
    assert_eq!(
        count(format!("last_active_at_before={}", days(90))).await,
        3
    );
    assert_eq!(
        count(format!("last_active_at_after={}", days(90))).await,
        27
    );
    let within = format!(
        "last_active_at_after={}&last_active_at_before={now}",
        days(1)
    );
    assert_eq!(count(within).await, 0);
    assert_eq!(count(format!("created_at_after={now}")).await, 0);
    assert_eq!(count(format!("created_at_before={now}")).await, 31);
}

#[tokio::test]
async fn members_are_ordered_by_what_is_asked() {
    let desk = Desk::open();
    let all = path(&desk, "acme-sandbox", "");
    let order = async |by: &str| {
        let answer = desk.ask(&format!("GET {all}?order_by={by}")).await;
        answer.column("/public_user_data/username")
    };
    assert_eq!(order("first_name").await, ["ana", "emre", "kshitij"]);
    assert_eq!(order("-username").await, ["kshitij", "emre", "ana"]);
    assert_eq!(order("email_address").await, ["ana", "emre", "kshitij"]);
    assert_eq!(order("last_name").await, ["ana", "emre", "kshitij"]);
    let newest = order("").await;
    let mut oldest = order("created_at").await;
    oldest.reverse();
    assert_eq!(oldest, newest);
    let answer = desk.ask(&format!("GET {all}?order_by=role")).await;
    assert_eq!(
        answer.refused(),
        refusal(422, "form_param_value_invalid order_by")
    );
}

#[tokio::test]
async fn a_user_is_added_once_with_a_role_of_the_role_set() {
    let desk = Desk::open();
    let kim = "kim@acme.example";
    let missing = desk
        .tell(&format!("POST {}", path(&desk, "acme-shop", "")), json!({}))
        .await;
    let both = ["form_param_missing user_id", "form_param_missing role"];
    assert_eq!(missing.refused(), (422, both.map(str::to_owned).to_vec()));
    let unknown = refusal(422, "form_param_value_invalid role");
    assert_eq!(
        add(&desk, "acme-shop", kim, "org:none").await.refused(),
        unknown
    );
    assert_eq!(
        add(&desk, "acme-shop", kim, "org:auditor").await.refused(),
        unknown
    );
    assert_eq!(
        add(&desk, "acme-shop", kim, "admin").await.refused(),
        unknown
    );
    let added = add(&desk, "acme-shop", kim, "org:billing").await.done();
    assert_eq!(
        (&added["role"], &added["role_name"]),
        (&json!("org:billing"), &json!("Billing"))
    );
    assert_eq!(added["organization"]["name"], "Acme Shop");
    let again = add(&desk, "acme-shop", kim, "org:member").await;
    assert_eq!(
        again.refused(),
        refusal(400, "already_a_member_in_organization")
    );
    add(&desk, "acme-sandbox", kim, "org:auditor").await.done();
    let nobody = json!({"user_id": "user_nobody", "role": "org:member"});
    let nobody = desk
        .tell(&format!("POST {}", path(&desk, "acme-shop", "")), nobody)
        .await;
    assert_eq!(nobody.refused(), refusal(404, "resource_not_found"));
}

#[tokio::test]
async fn pending_invitations_take_places() {
    let desk = Desk::open();
    let full = refusal(403, "organization_membership_quota_exceeded");
    add(&desk, "acme-sandbox", "kim@acme.example", "org:member")
        .await
        .done();
    let line = format!(
        "POST /v1/organizations/{}/invitations",
        desk.org("acme-sandbox")
    );
    let invite = json!({"email_address": "new@acme.example", "role": "org:member"});
    let invited = desk.tell(&line, invite).await.done();
    assert_eq!(
        add(&desk, "acme-sandbox", "bo@acme.example", "org:member")
            .await
            .refused(),
        full
    );
    let id = invited["id"].as_str().unwrap();
    desk.ask(&format!("{line}/{id}/revoke")).await.done();
    add(&desk, "acme-sandbox", "bo@acme.example", "org:member")
        .await
        .done();
    assert_eq!(
        add(&desk, "acme-sandbox", "gil@acme.example", "org:member")
            .await
            .refused(),
        full
    );
    let member = add(&desk, "acme-sandbox", "bo@acme.example", "org:member").await;
    let already = refusal(400, "already_a_member_in_organization");
    assert_eq!(member.refused(), already);
    let lift = format!("PATCH /v1/organizations/{}", desk.org("acme-sandbox"));
    desk.tell(&lift, json!({"max_allowed_memberships": 0}))
        .await
        .done();
    add(&desk, "acme-sandbox", "gil@acme.example", "org:member")
        .await
        .done();
}

#[tokio::test]
async fn a_role_is_changed_within_the_role_set() {
    let desk = Desk::open();
    let line = format!("PATCH {}", path(&desk, "acme-shop", "bo@acme.example"));
    let changed = desk.tell(&line, json!({"role": "org:admin"})).await.done();
    assert_eq!(changed["object"], "organization_membership");
    assert_eq!(changed["role_name"], "Admin");
    let permissions = changed["permissions"].as_array().unwrap();
    assert!(permissions.contains(&json!("org:sys_memberships:manage")));
    let refused = desk.tell(&line, json!({"role": "org:auditor"})).await;
    assert_eq!(
        refused.refused(),
        refusal(422, "form_param_value_invalid role")
    );
    let missing = desk.tell(&line, json!({})).await;
    assert_eq!(missing.refused(), refusal(422, "form_param_missing role"));
    let stranger = format!("PATCH {}", path(&desk, "acme-shop", "kim@acme.example"));
    let stranger = desk.tell(&stranger, json!({"role": "org:member"})).await;
    assert_eq!(stranger.refused(), refusal(404, "resource_not_found"));
}

#[tokio::test]
async fn memberships_are_named_by_user_not_by_their_own_id() {
    let desk = Desk::open();
    let all = path(&desk, "acme-shop", "");
    let id = desk
        .ask(&format!("GET {all}?limit=1"))
        .await
        .column("/id")
        .remove(0);
    let answer = desk.ask(&format!("DELETE {all}/{id}")).await;
    assert_eq!(answer.refused(), refusal(404, "resource_not_found"));
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let desk = Desk::open();
    let last = refusal(400, "organization_minimum_permissions_needed");
    let emre = path(&desk, "acme-sandbox", "emre@acme.example");
    let demote = json!({"role": "org:member"});
    let demoted = desk.tell(&format!("PATCH {emre}"), demote.clone()).await;
    assert_eq!(demoted.refused(), last);
    assert_eq!(desk.ask(&format!("DELETE {emre}")).await.refused(), last);
    let same = json!({"role": "org:admin"});
    desk.tell(&format!("PATCH {emre}"), same.clone())
        .await
        .done();
    let ana = path(&desk, "acme-sandbox", "ana@acme.example");
    desk.tell(&format!("PATCH {ana}"), same).await.done();
    let demoted = desk.tell(&format!("PATCH {emre}"), demote).await.done();
    assert_eq!(demoted["role"], "org:member");
    desk.ask(&format!("DELETE {emre}")).await.done();
    assert_eq!(desk.ask(&format!("DELETE {ana}")).await.refused(), last);
}

#[tokio::test]
async fn removing_answers_with_the_membership_that_was() {
    let desk = Desk::open();
    let bo = path(&desk, "acme-shop", "bo@acme.example");
    let removed = desk.ask(&format!("DELETE {bo}")).await.done();
    assert_eq!(removed["object"], "organization_membership");
    assert_eq!(removed["public_user_data"]["identifier"], "bo@acme.example");
    let again = desk.ask(&format!("DELETE {bo}")).await;
    assert_eq!(again.refused(), refusal(404, "resource_not_found"));
    assert_eq!(desk.world(|world| world.members(Clerk).count()), 351);
}

#[tokio::test]
async fn a_membership_is_changed_ten_times_in_ten_seconds() {
    let desk = Desk::open();
    let bo = format!("PATCH {}", path(&desk, "acme-shop", "bo@acme.example"));
    for _ in 0..10 {
        assert_eq!(desk.tell(&bo, json!({})).await.status(), 422);
    }
    let slowed = desk.tell(&bo, json!({"role": "org:admin"})).await;
    assert_eq!(slowed.refused(), refusal(429, "too_many_requests"));
    assert_eq!(slowed.heard.header("retry-after"), Some("10"));
    let ana = format!("PATCH {}", path(&desk, "acme-shop", "ana@acme.example"));
    desk.tell(&ana, json!({"role": "org:admin"})).await.done();
}
