//! Roles, permissions and role sets.

use super::{Desk, refusal};

#[tokio::test]
async fn roles_are_listed_searched_and_read() {
    let desk = Desk::open();
    let keys = async |query: &str| {
        let line = format!("GET /v1/organization_roles?{query}");
        desk.ask(&line).await.column("/key")
    };
    let by_name = ["org:admin", "org:auditor", "org:billing", "org:member"];
    assert_eq!(keys("order_by=name").await, by_name);
    assert_eq!(
        keys("order_by=-key&limit=1&offset=1").await,
        ["org:billing"]
    );
    assert_eq!(keys("query=BILL").await, ["org:billing"]);
    let admin = desk.ask("GET /v1/organization_roles?query=org:admin").await;
    let id = admin.column("/id").remove(0);
    assert!(id.starts_with("role_"), "{id}");
    assert_eq!(keys(&format!("query={id}")).await, ["org:admin"]);
    let role = desk
        .ask(&format!("GET /v1/organization_roles/{id}"))
        .await
        .done();
    assert_eq!(role, admin.done()["data"][0]);
    assert_eq!(role["permissions"].as_array().unwrap().len(), 8);
    let by_key = desk.ask("GET /v1/organization_roles/org:admin").await;
    assert_eq!(by_key.refused(), refusal(404, "resource_not_found"));
}

#[tokio::test]
async fn permissions_are_listed_searched_and_read() {
    let desk = Desk::open();
    let all = desk
        .ask("GET /v1/organization_permissions?query=memberships&order_by=key")
        .await;
    let keys = ["org:sys_memberships:manage", "org:sys_memberships:read"];
    assert_eq!(all.column("/key"), keys);
    let id = all.column("/id").remove(0);
    let one = desk
        .ask(&format!("GET /v1/organization_permissions/{id}"))
        .await
        .done();
    assert_eq!(one["type"], "system");
    assert_eq!(one, all.done()["data"][0]);
    let none = desk.ask("GET /v1/organization_permissions/perm_none").await;
    assert_eq!(none.refused(), refusal(404, "resource_not_found"));
}

#[tokio::test]
async fn role_sets_are_read_by_key_and_by_id() {
    let desk = Desk::open();
    let sets = desk.ask("GET /v1/role_sets?order_by=key").await;
    assert_eq!(
        sets.column("/key"),
        ["role_set:audited", "role_set:default"]
    );
    let id = sets.column("/id").remove(0);
    let by_id = desk.ask(&format!("GET /v1/role_sets/{id}")).await.done();
    let by_key = desk.ask("GET /v1/role_sets/role_set:audited").await.done();
    let encoded = desk
        .ask("GET /v1/role_sets/role_set%3Aaudited")
        .await
        .done();
    assert_eq!((&by_id, &by_key), (&by_key, &encoded));
    let keys: Vec<_> = by_id["roles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|role| &role["key"])
        .collect();
    assert_eq!(keys, ["org:admin", "org:member", "org:auditor"]);
    assert_eq!(by_id["default_role"]["key"], "org:member");
    let none = desk.ask("GET /v1/role_sets/role_set:none").await;
    assert_eq!(none.refused(), refusal(404, "resource_not_found"));
}

#[tokio::test]
async fn a_plan_may_lack_them() {
    let desk = Desk::open();
    desk.world(|world| world.settings.custom_roles = false);
    for target in [
        "organization_roles",
        "role_sets",
        "role_sets/role_set:default",
    ] {
        let answer = desk.ask(&format!("GET /v1/{target}")).await;
        let refused = refusal(402, "unsupported_subscription_plan_features");
        assert_eq!(answer.refused(), refused, "{target}");
    }
    desk.ask("GET /v1/organizations").await.done();
}
