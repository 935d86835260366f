//! Metadata: merged in depth by PATCH, put in place whole by PUT.

use serde_json::{Value, json};

use super::{Answer, Desk, refusal};

async fn send(desk: &Desk, method: &str, body: Value) -> Answer {
    let shop = desk.org("acme-shop");
    let line = format!("{method} /v1/organizations/{shop}/metadata");
    desk.tell(&line, body).await
}

#[tokio::test]
async fn merging_goes_deep_and_null_takes_a_key_away() {
    let desk = Desk::open();
    let body = json!({
        "public_metadata": {"plan": null, "none": null, "regions": ["eu"], "new": {"a": {"b": null, "c": 1}}},
        "private_metadata": {"crm": {"owner": null, "tier": 2}},
    });
    let org = send(&desk, "PATCH", body).await.done();
    let public = json!({
        "regions": ["eu"], "since": 2024, "note": "größtes Geschäft 🛒", "new": {"a": {"c": 1}},
    });
    assert_eq!(org["public_metadata"], public);
    assert_eq!(
        org["private_metadata"],
        json!({"crm": {"account": "A-1042", "tier": 2}})
    );
    let body = json!({"public_metadata": {"new": 5, "since": {"year": 2025}}});
    let org = send(&desk, "PATCH", body).await.done();
    assert_eq!(org["public_metadata"]["new"], 5);
    assert_eq!(org["public_metadata"]["since"], json!({"year": 2025}));
}

#[tokio::test]
async fn replacing_leaves_what_is_not_sent() {
    let desk = Desk::open();
    let org = send(&desk, "PUT", json!({"public_metadata": {"only": null}}))
        .await
        .done();
    assert_eq!(org["public_metadata"], json!({"only": null}));
    assert_eq!(org["private_metadata"]["crm"]["account"], "A-1042");
    let org = send(&desk, "PUT", json!({"private_metadata": {}}))
        .await
        .done();
    assert_eq!(org["public_metadata"], json!({"only": null}));
    assert_eq!(org["private_metadata"], json!({}));
}

#[tokio::test]
async fn metadata_is_an_object_and_nothing_else_is_taken() {
    let desk = Desk::open();
    for method in ["PATCH", "PUT"] {
        let refused = send(&desk, method, json!({"public_metadata": "x"}))
            .await
            .refused();
        assert_eq!(
            refused,
            refusal(422, "form_param_type_invalid public_metadata")
        );
        let refused = send(&desk, method, json!({"name": "x"})).await.refused();
        assert_eq!(refused, refusal(422, "form_param_unknown name"));
    }
}

#[tokio::test]
async fn each_call_on_metadata_has_a_limit_of_its_own() {
    let desk = Desk::open();
    for _ in 0..10 {
        assert_eq!(send(&desk, "PUT", json!([])).await.status(), 400);
    }
    let slowed = send(&desk, "PUT", json!({})).await;
    assert_eq!(slowed.refused(), refusal(429, "too_many_requests"));
    send(&desk, "PATCH", json!({})).await.done();
}

#[tokio::test]
async fn a_memberships_metadata_is_merged() {
    let desk = Desk::open();
    let (shop, bo) = (desk.org("acme-shop"), desk.user("bo@acme.example"));
    let line = format!("/v1/organizations/{shop}/memberships/{bo}/metadata");
    let body = json!({"public_metadata": {"desk": {"floor": 1, "seat": 2}}});
    desk.tell(&format!("PATCH {line}"), body).await.done();
    let body = json!({"public_metadata": {"desk": {"seat": null}}, "private_metadata": {"n": 1}});
    let member = desk.tell(&format!("PATCH {line}"), body).await.done();
    assert_eq!(member["public_metadata"], json!({"desk": {"floor": 1}}));
    assert_eq!(member["private_metadata"], json!({"n": 1}));
    let put = desk.tell(&format!("PUT {line}"), json!({})).await;
    assert_eq!(put.refused(), refusal(404, "resource_not_found"));
    let stranger = line.replace(&bo, &desk.user("kim@acme.example"));
    let stranger = desk.tell(&format!("PATCH {stranger}"), json!({})).await;
    assert_eq!(stranger.refused(), refusal(404, "resource_not_found"));
}
