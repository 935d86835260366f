//! Organizations: found, created, changed, deleted, and the rules on names, slugs and limits.

use orgdeck::sandbox::Service::Clerk;
use serde_json::{Value, json};

use super::{Answer, Desk, refusal};

async fn create(desk: &Desk, body: Value) -> Answer {
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
async fn creating_takes_what_it_is_given() {
    let desk = Desk::open();
    let org = create(
        &desk,
        json!({
            "name": "Höfe & Co. 🛒", "slug": "hoefe-2", "max_allowed_memberships": 0,
            "public_metadata": {"camelKey": {"x": null}}, "private_metadata": {"crm_id": 7},
            "created_at": "2012-10-20T07:15:20.902Z", "role_set_key": "role_set:audited",
            "created_by": null,
        }),
    );
    let org = org.await.done();
    assert_eq!(org["name"], "Höfe & Co. 🛒");
    assert_eq!(org["slug"], "hoefe-2");
    assert_eq!(org["max_allowed_memberships"], 0);
    assert_eq!(org["public_metadata"], json!({"camelKey": {"x": null}}));
    assert_eq!(org["private_metadata"], json!({"crm_id": 7}));
    assert_eq!(org["created_at"], 1_350_717_320_902_i64);
    assert_eq!(org["role_set_key"], "role_set:audited");
    let plain = create(&desk, json!({"name": "Plain"})).await.done();
    assert_eq!(plain["max_allowed_memberships"], 5);
    assert_eq!(plain["role_set_key"], "role_set:default");
    assert_eq!(plain["slug"], "");
}

#[tokio::test]
async fn names_are_there_short_and_without_addresses_and_markup() {
    let desk = Desk::open();
    let longest = "ü".repeat(256);
    for (name, problem) in [
        (json!(null), "form_param_nil name"),
        (json!("  "), "form_param_nil name"),
        (json!(7), "form_param_type_invalid name"),
        (
            json!(longest.clone() + "x"),
            "form_param_max_length_exceeded name",
        ),
        (
            json!("see https://acme.example"),
            "form_param_value_invalid name",
        ),
        (json!("WWW.acme.example"), "form_param_value_invalid name"),
        (json!("<b>Acme</b>"), "form_param_value_invalid name"),
    ] {
        let answer = create(&desk, json!({"name": name})).await;
        assert_eq!(answer.refused(), refusal(422, problem), "{name}");
    }
    for name in [&longest, "a < b > c", "Acme/Labs", "x <3 y"] {
        create(&desk, json!({"name": name})).await.done();
    }
}

#[tokio::test]
async fn slugs_are_plain_and_unique() {
    let desk = Desk::open();
    let taken = refusal(422, "form_identifier_exists slug");
    let format = refusal(422, "form_param_format_invalid slug");
    let name = |slug: &str| json!({"name": "New", "slug": slug});
    assert_eq!(create(&desk, name("acme-shop")).await.refused(), taken);
    for slug in ["Acme", "a_b", "ä", "", "a b"] {
        assert_eq!(create(&desk, name(slug)).await.refused(), format, "{slug}");
    }
    let line = format!("PATCH /v1/organizations/{}", desk.org("acme-shop"));
    let rename = async |slug: &str| desk.tell(&line, json!({"slug": slug})).await;
    assert_eq!(rename("partner-portal").await.refused(), taken);
    assert_eq!(rename("acme-shop").await.done()["slug"], "acme-shop");
    assert_eq!(rename("shop-2").await.done()["slug"], "shop-2");
    create(&desk, name("acme-shop")).await.done();
}

#[tokio::test]
async fn while_slugs_are_off_none_is_taken_shown_or_found() {
    let desk = Desk::open();
    let off = json!({"slug_disabled": true});
    desk.tell("PATCH /v1/instance/organization_settings", off)
        .await
        .done();
    let refused = refusal(403, "organization_slugs_disabled");
    let slug = json!({"name": "New", "slug": "new"});
    assert_eq!(create(&desk, slug).await.refused(), refused);
    let shop = desk.org("acme-shop");
    let line = format!("PATCH /v1/organizations/{shop}");
    assert_eq!(
        desk.tell(&line, json!({"slug": "x"})).await.refused(),
        refused
    );
    assert_eq!(
        desk.tell(&line, json!({"slug": null, "name": "S"}))
            .await
            .done()["slug"],
        ""
    );
    let by_slug = desk.ask("GET /v1/organizations/acme-shop").await;
    assert_eq!(by_slug.refused(), refusal(404, "resource_not_found"));
}

#[tokio::test]
async fn a_change_touches_only_what_it_names() {
    let desk = Desk::open();
    let shop = desk.org("acme-shop");
    let line = format!("/v1/organizations/{shop}");
    let before = desk.ask(&format!("GET {line}")).await.done();
    let change = json!({"admin_delete_enabled": false, "max_allowed_memberships": 0, "name": null});
    let mut after = desk.tell(&format!("PATCH {line}"), change).await.done();
    assert_eq!(after["admin_delete_enabled"], false);
    assert_eq!(after["max_allowed_memberships"], 0);
    assert!(after["updated_at"].as_i64() > before["updated_at"].as_i64());
    for name in [
        "admin_delete_enabled",
        "max_allowed_memberships",
        "updated_at",
    ] {
        after[name] = before[name].clone();
    }
    assert_eq!(after, before);
}

#[tokio::test]
async fn limits_dates_and_role_sets_are_checked() {
    let desk = Desk::open();
    let line = format!("PATCH /v1/organizations/{}", desk.org("acme-shop"));
    for (field, value, code) in [
        (
            "max_allowed_memberships",
            json!(-1),
            "form_param_value_invalid",
        ),
        (
            "max_allowed_memberships",
            json!("5"),
            "form_param_type_invalid",
        ),
        (
            "admin_delete_enabled",
            json!("no"),
            "form_param_type_invalid",
        ),
        ("created_at", json!("yesterday"), "form_param_value_invalid"),
        (
            "role_set_key",
            json!("role_set:none"),
            "form_param_value_invalid",
        ),
    ] {
        let answer = desk.tell(&line, json!({field: value})).await;
        assert_eq!(
            answer.refused(),
            refusal(422, &format!("{code} {field}")),
            "{value}"
        );
    }
    desk.world(|world| world.settings.custom_roles = false);
    let answer = desk
        .tell(&line, json!({"role_set_key": "role_set:audited"}))
        .await;
    assert_eq!(
        answer.refused(),
        refusal(402, "unsupported_subscription_plan_features")
    );
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
