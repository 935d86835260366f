//! Roles: of the instance, of an organization's role set, and what is left when neither may be read.

use std::collections::BTreeSet;

use orgdeck::domain::query::Query;
use orgdeck::domain::{Answer, Detail, Fault, OrgId, Role, RoleId, RoleKey, Row, Text};
use serde_json::{Value as Json, json};
use wiremock::ResponseTemplate;

use super::names::{org, shop};
use super::records::{acme, list, with};
use super::support::{Service, ok, refusal};

fn role(key: &str, name: &str) -> Json {
    json!({
        "object": "role", "id": "role_1", "name": name, "key": key, "description": null,
        "is_creator_eligible": true, "permissions": [{"key": "org:sys_memberships:manage"}],
        "created_at": 1_755_600_000_123_i64, "updated_at": 1_755_600_000_123_i64,
    })
}

async fn rows(service: &Service, org: Option<OrgId>) -> Vec<Row<Role>> {
    let answer = service.ask(Query::Roles { org }).await.unwrap();
    let Answer::Roles(rows) = answer else {
        panic!("{answer:?}");
    };
    rows
}

async fn roles(service: &Service, org: Option<OrgId>) -> Vec<Role> {
    let rows = rows(service, org).await.into_iter();
    rows.map(|row| row.known().unwrap()).collect()
}

fn keys(roles: &[Role]) -> Vec<&str> {
    roles.iter().map(|role| role.key.raw()).collect()
}

#[tokio::test]
async fn the_instance_lists_its_roles_by_key_name_and_id() {
    let service = Service::saying(list(&[role("org:billing", "Billing")])).await;
    let expected = Role {
        key: RoleKey::from("org:billing"),
        name: Text::from("Billing"),
        id: Some(RoleId::new(&shop(), "role_1")),
        level: None,
    };
    assert_eq!(roles(&service, None).await, [expected]);
}

#[tokio::test]
async fn a_table_that_may_not_be_read_leaves_the_two_usual_roles() {
    for status in [402, 403] {
        let body = refusal("unsupported_subscription_plan_features", "another plan");
        let service = Service::failing(status, body).await;
        let roles = roles(&service, None).await;
        assert_eq!(keys(&roles), ["org:admin", "org:member"]);
        assert_eq!(roles[0].name, Text::from("Admin"));
    }
}

#[tokio::test]
async fn r26_a_role_that_cannot_be_read_is_marked_wherever_it_stands() {
    let bad = json!({"object": "role", "id": "role_2", "key": null, "name": 7});
    let sent = [role("org:admin", "Admin"), bad, json!(5)];
    let (all, of_set) = (list(&sent), json!({"roles": sent}));
    let service = Service::knowing(&[
        ("GET", "/v1/organization_roles", all),
        ("GET", "/v1/organizations/org_1", acme()),
        ("GET", "/v1/role_sets/role_set%3Adefault", of_set),
    ])
    .await;
    for of in [None, Some(org())] {
        let rows = rows(&service, of).await;
        let names: Vec<_> = rows.iter().map(|row| row.item.key.raw()).collect();
        assert_eq!(names, ["org:admin", "role_2", "(unreadable 3)"]);
        let bad = |row: &Row<Role>| matches!(row.detail, Detail::Unreadable(_));
        assert!(!bad(&rows[0]) && rows[1..].iter().all(bad), "{rows:?}");
    }
}

#[tokio::test]
async fn a_long_table_is_read_to_its_end() {
    let service = Service::new(|request| {
        let mut pairs = request.url.query_pairs();
        let offset = pairs.find(|(name, _)| name == "offset");
        let offset = offset.map_or(0, |(_, value)| value.parse().unwrap());
        let keys = (offset..640)
            .take(500)
            .map(|number| format!("org:{number}"));
        let data: Vec<_> = keys.map(|key| role(&key, "Role")).collect();
        ok(&json!({"data": data, "total_count": 640}))
    })
    .await;
    let roles = roles(&service, None).await;
    let keys: BTreeSet<_> = keys(&roles).into_iter().collect();
    assert_eq!((roles.len(), keys.len()), (640, 640));
}

#[tokio::test]
async fn a_table_that_never_ends_is_refused() {
    let service = Service::new(|_| {
        let data = vec![role("org:admin", "Admin"); 500];
        ok(&json!({"data": data, "total_count": 4_000_000_000_u64}))
    })
    .await;
    let error = service.ask(Query::Roles { org: None }).await.unwrap_err();
    assert_eq!(error.fault, Fault::TooLarge);
}

#[tokio::test]
async fn any_other_failure_is_one() {
    for (status, fault) in [(401, Fault::SignedOut), (500, Fault::Unavailable)] {
        let service = Service::failing(status, json!({})).await;
        let error = service.ask(Query::Roles { org: None }).await.unwrap_err();
        assert_eq!(error.fault, fault);
    }
}

#[tokio::test]
async fn an_organization_may_use_the_roles_of_its_set() {
    let service = Service::knowing(&[
        ("GET", "/v1/organizations/org_1", acme()),
        (
            "GET",
            "/v1/role_sets/role_set%3Adefault",
            json!({"roles": [role("org:guest", "Guest")]}),
        ),
    ])
    .await;
    assert_eq!(keys(&roles(&service, Some(org())).await), ["org:guest"]);
}

#[tokio::test]
async fn without_a_set_or_the_right_to_read_it_the_instances_roles_stand_in() {
    let no_set = Service::knowing(&[
        (
            "GET",
            "/v1/organizations/org_1",
            with(acme(), "role_set_key", json!(null)),
        ),
        (
            "GET",
            "/v1/organization_roles",
            list(&[role("org:admin", "Admin")]),
        ),
    ])
    .await;
    assert_eq!(keys(&roles(&no_set, Some(org())).await), ["org:admin"]);
    for status in [402, 403, 404] {
        let closed = Service::new(move |request| match request.url.path() {
            "/v1/organizations/org_1" => ok(&acme()),
            "/v1/organization_roles" => ok(&list(&[role("org:admin", "Admin")])),
            _ => ResponseTemplate::new(status).set_body_json(refusal("x", "no")),
        })
        .await;
        assert_eq!(keys(&roles(&closed, Some(org())).await), ["org:admin"]);
    }
}

#[tokio::test]
async fn an_organization_that_is_not_there_has_no_roles() {
    let service = Service::knowing(&[]).await;
    let error = service
        .ask(Query::Roles { org: Some(org()) })
        .await
        .unwrap_err();
    assert_eq!(error.fault, Fault::Missing);
}
