//! Organizations: found, read, created with and without a creator, changed at a pace, deleted.

use orgdeck::sandbox::Service::Clerk;
use serde_json::{Value, json};

use super::{Answer, Desk, refusal};

/// Creates an organization.
pub(super) async fn create(desk: &Desk, body: Value) -> Answer {
    desk.tell("POST /v1/organizations", body).await
}

#[tokio::test]
async fn counts_come_on_request_and_count_pending_invitations_only() {
    let desk = Desk::open();
    let plain = desk
        .ask("GET /v1/organizations?query=acme-shop")
        .await
        .done();
    assert_eq!(plain["data"][0].get("members_count"), None);
    let line = "GET /v1/organizations?query=acme-shop&include_members_count=true";
    let counted = desk.ask(line).await.done();
    assert_eq!(counted["data"][0]["members_count"], 31);
    assert_eq!(counted["data"][0]["pending_invitations_count"], 5);
}

#[tokio::test]
async fn a_query_matches_names_and_slugs_in_part_and_ids_whole() {
    let desk = Desk::open();
    let shop = desk.org("acme-shop");
    let names = async |query: &str| {
        let line = format!("GET /v1/organizations?order_by=name&query={query}");
        desk.ask(&line).await.column("/name")
    };
    assert_eq!(names("ACME").await, ["Acme Sandbox", "Acme Shop"]);
    assert_eq!(names("partner-p").await, ["Partner Portal"]);
    assert_eq!(names("acme+sh").await, ["Acme Shop"]);
    assert_eq!(names(&shop).await, ["Acme Shop"]);
    assert_eq!(names(&shop[..20]).await, [""; 0]);
}

#[tokio::test]
async fn organizations_are_found_by_their_members() {
    let desk = Desk::open();
    let (emre, cleo) = (
        desk.user("emre@acme.example"),
        desk.user("cleo@partner.example"),
    );
    let names = async |query: &str| {
        let line = format!("GET /v1/organizations?order_by=name&{query}");
        desk.ask(&line).await.column("/name")
    };
    assert_eq!(
        names(&format!("user_id={emre}")).await,
        ["Acme Sandbox", "Acme Shop"]
    );
    let either = format!("user_id={emre}&user_id=%2B{cleo}");
    assert_eq!(names(&either).await.len(), 3);
    assert_eq!(names(&format!("user_id=-{emre}")).await, ["Partner Portal"]);
    assert_eq!(names("user_id=user_nobody").await, [""; 0]);
}

#[tokio::test]
async fn an_organization_is_read_by_id_and_by_slug() {
    let desk = Desk::open();
    let shop = desk.org("acme-shop");
    let by_id = desk
        .ask(&format!("GET /v1/organizations/{shop}"))
        .await
        .done();
    let by_slug = desk.ask("GET /v1/organizations/acme-shop").await.done();
    assert_eq!(by_id, by_slug);
    assert_eq!(by_id["name"], "Acme Shop");
    assert_eq!(by_id["has_image"], true);
    assert!(by_id["created_at"].as_i64().unwrap() > 1_600_000_000_000);
    let only_by_id = desk
        .tell("PATCH /v1/organizations/acme-shop", json!({"name": "x"}))
        .await;
    assert_eq!(only_by_id.refused(), refusal(404, "resource_not_found"));
}

#[tokio::test]
async fn without_a_creator_there_is_no_member() {
    let desk = Desk::open();
    let org = create(&desk, json!({"name": "Empty"})).await.done();
    assert_eq!(org.get("created_by"), None);
    let id = org["id"].as_str().unwrap();
    assert!(id.starts_with("org_"), "{id}");
    let target = format!("GET /v1/organizations/{id}");
    let members = desk.ask(&format!("{target}/memberships")).await.done();
    assert_eq!(members, json!({"data": [], "total_count": 0}));
    let flag = "include_missing_member_with_elevated_permissions";
    let org = desk.ask(&format!("{target}?{flag}=true")).await.done();
    assert_eq!(org["missing_member_with_elevated_permissions"], true);
    let shop = desk
        .ask(&format!("GET /v1/organizations/acme-shop?{flag}=true"))
        .await
        .done();
    assert_eq!(shop["missing_member_with_elevated_permissions"], false);
}

#[tokio::test]
async fn the_creator_becomes_a_member_with_the_creators_role() {
    let desk = Desk::open();
    let ana = desk.user("ana@acme.example");
    let org = create(&desk, json!({"name": "New", "created_by": ana}))
        .await
        .done();
    assert_eq!(org["created_by"], json!(ana));
    let id = org["id"].as_str().unwrap();
    let members = desk
        .ask(&format!("GET /v1/organizations/{id}/memberships"))
        .await;
    assert_eq!(members.column("/public_user_data/user_id"), [ana]);
    assert_eq!(members.column("/role"), ["org:admin"]);
    assert!(members.column("/id")[0].starts_with("orgmem_"));
    let nobody = create(&desk, json!({"name": "New", "created_by": "user_nobody"})).await;
    assert_eq!(
        nobody.refused(),
        refusal(400, "organization_creator_not_found")
    );
    assert_eq!(desk.world(|world| world.orgs(Clerk).count()), 4);
}

#[tokio::test]
async fn deleting_takes_memberships_and_invitations_along() {
    let desk = Desk::open();
    let shop = desk.org("acme-shop");
    let line = format!("/v1/organizations/{shop}");
    let deleted = desk.ask(&format!("DELETE {line}")).await.done();
    let expected =
        json!({"object": "organization", "id": shop, "slug": "acme-shop", "deleted": true});
    assert_eq!(deleted, expected);
    let gone = refusal(404, "resource_not_found");
    assert_eq!(desk.ask(&format!("DELETE {line}")).await.refused(), gone);
    assert_eq!(desk.ask(&format!("GET {line}")).await.refused(), gone);
    let memberships = desk.ask("GET /v1/organization_memberships").await.done();
    assert_eq!(memberships["total_count"], 318 + 3);
    let invitations = desk.ask("GET /v1/organization_invitations").await.done();
    assert_eq!(invitations["total_count"], 14);
}

#[tokio::test]
async fn an_organization_is_changed_ten_times_in_ten_seconds() {
    let desk = Desk::open();
    let shop = desk.org("acme-shop");
    let line = format!("PATCH /v1/organizations/{shop}");
    // Refused changes count as well, and leave the world's clock alone.
    for _ in 0..10 {
        assert_eq!(desk.tell(&line, json!({"name": ""})).await.status(), 422);
    }
    let slowed = desk.tell(&line, json!({"name": "x"})).await;
    assert_eq!(slowed.refused(), refusal(429, "too_many_requests"));
    assert_eq!(slowed.heard.header("retry-after"), Some("10"));
    let metadata = json!({"public_metadata": {}});
    let other_call = format!("{line}/metadata");
    desk.tell(&other_call, metadata).await.done();
    let other = format!("PATCH /v1/organizations/{}", desk.org("partner-portal"));
    desk.tell(&other, json!({"name": "x"})).await.done();
    let again = desk.tell(&line, json!({"name": "x"})).await;
    assert_eq!(again.heard.header("retry-after"), Some("8"));
    desk.world(|world| world.advance(jiff::SignedDuration::from_secs(8)));
    desk.tell(&line, json!({"name": "x"})).await.done();
}
