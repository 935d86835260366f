//! The attributes of organizations: what may be set, and what is left alone.

use serde_json::json;

use super::organizations::create;
use super::{Desk, refusal};

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
