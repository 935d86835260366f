//! openBalena: everybody sees everything, hardly anybody writes, and much is not there.

use orgdeck::sandbox::world::{Actor, BalenaKind, PersonKey, Principal};
use serde_json::{Value, json};

use super::{ADA, Desk, EVE, MARIA, json as body_of, said};

const M: &str = "/v7/organization_membership";
const I: &str = "/v7/invitee__is_invited_to__organization";
const R: &str = "/v7/organization_membership_role";

/// Somebody whom only another service knows.
const ELSEWHERE: PersonKey = PersonKey(90);

/// The small world's administrator, on openBalena.
fn open() -> Desk {
    let desk = Desk::small();
    desk.sandbox
        .world(|world| world.settings.balena = BalenaKind::Open);
    desk
}

/// The same with more than the stock role.
fn widened() -> Desk {
    let mut desk = open();
    "widened".clone_into(&mut desk.token);
    let mut principal = Principal::new(Actor::User(ADA));
    principal.scopes = vec!["organization.all".to_owned()];
    desk.grant(&desk.token, principal);
    desk
}

#[tokio::test]
async fn everybody_sees_every_organization() {
    let desk = open().of(EVE);
    let ids = desk
        .column("/v7/organization?$orderby=id%20asc", "id")
        .await;
    assert_eq!(ids, [101, 26_474]);
    let own = "/v7/organization?$filter=organization_membership/any(om:om/user%20eq%20";
    let ada = desk.column(&format!("{own}10)"), "handle").await;
    assert_eq!(ada, ["acme"]);
    assert_eq!(desk.list(&format!("{own}12)")).await, [] as [Value; 0]);
    let counted = "/v7/organization(101)?$select=id&$expand=organization_membership/$count";
    let expected = json!({"id": 101, "organization_membership": 2});
    assert_eq!(desk.list(counted).await, [expected]);
}

#[tokio::test]
async fn records_have_other_fields() {
    let desk = open();
    let names = |record: &Value| {
        let fields = record.as_object().unwrap().keys().cloned();
        let mut names: Vec<String> = fields.collect();
        names.sort_unstable();
        names.join(" ")
    };
    let rows = desk.list("/v7/organization(101)").await;
    assert_eq!(names(&rows[0]), "created_at handle id modified_at name");
    let rows = desk.list(&format!("{M}(55)")).await;
    let expected = "created_at id is_member_of__organization modified_at user";
    assert_eq!(names(&rows[0]), expected);
}

#[tokio::test]
async fn a_person_without_a_selection_shows_everything() {
    let desk = open();
    let rows = desk.list(&format!("{M}(55)?$expand=user")).await;
    let user = &rows[0]["user"][0];
    assert_eq!(user["email"], "maria@example.com");
    assert!(user["password"].is_string() && user["jwt_secret"].is_string());
    let rows = desk
        .list(&format!("{M}(55)?$select=id&$expand=user($select=id)"))
        .await;
    assert_eq!(rows, [json!({"id": 55, "user": [{"id": 11}]})]);
}

#[tokio::test]
async fn roles_and_invites_are_absent() {
    let desk = open();
    let probe = format!("{R}?$top=1&$select=id");
    for target in [probe.as_str(), I, &format!("{I}(77)"), "/v7/invitee"] {
        let heard = desk.get(target).await;
        assert_eq!(said(&heard), (401, ""), "{target}");
    }
    assert_eq!(desk.get("/actor/v1/whoami").await.status(), 200);
    for target in [
        format!("{M}?$expand=organization_membership_role($select=name)"),
        format!("{M}?$select=effective_seat_role"),
        "/v7/organization?$expand=organization_invite/$count".to_owned(),
        "/v7/organization?$select=website".to_owned(),
    ] {
        assert_eq!(said(&desk.get(&target).await), (500, ""), "{target}");
    }
    let role = json!({"organization_membership_role": 1});
    let heard = desk.send(&format!("PATCH {M}(55)"), &role).await;
    assert_eq!(said(&heard), (500, ""));
    let invite = json!({"is_invited_to__organization": 101, "invitee": "x@example.com"});
    assert_eq!(
        said(&desk.send(&format!("POST {I}"), &invite).await),
        (401, "")
    );
    let accept = "POST /org/v1/invitation/the-token";
    let heard = desk.send_as(accept, (None, String::new())).await;
    assert_eq!(said(&heard), (404, ""));
    assert_eq!(desk.sandbox.unknown_routes(), Vec::<String>::new());
}

#[tokio::test]
async fn the_stock_role_only_reads() {
    let desk = open();
    let named = json!({"name": "X", "handle": "x"});
    let pair = json!({"user": 12, "is_member_of__organization": 101});
    for (line, sent) in [
        ("POST /v7/organization", &named),
        ("PATCH /v7/organization(101)", &named),
        ("POST /v7/organization_membership", &pair),
    ] {
        assert_eq!(said(&desk.send(line, sent).await), (401, ""), "{line}");
    }
    for target in [
        "/v7/organization(101)".to_owned(),
        format!("{M}(54)"),
        format!("{M}(55)"),
    ] {
        assert_eq!(said(&desk.delete(&target).await), (401, ""), "{target}");
    }
}

#[tokio::test]
async fn a_wider_role_writes_by_the_databases_rules_alone() {
    let desk = widened();
    let heard = desk
        .send("POST /v7/organization", &json!({"name": "X"}))
        .await;
    assert_eq!(said(&heard), (500, ""));
    let named = json!({"name": "X", "handle": "x", "website": "dropped"});
    let made = body_of(&desk.send("POST /v7/organization", &named).await);
    let members = format!(
        "{M}/$count?$filter=is_member_of__organization%20eq%20{}",
        made["id"]
    );
    assert_eq!(body_of(&desk.get(&members).await), json!({"d": 0}));
    let target = format!("/v7/organization({})", made["id"]);
    assert_eq!(said(&desk.delete(&target).await), (200, ""));
    let heard = desk.delete("/v7/organization(101)").await;
    let words = r#""Data is referenced by organization_membership.""#;
    assert_eq!(said(&heard), (409, words));
    let handle = json!({"handle": "renamed"});
    let heard = desk.send("PATCH /v7/organization(101)", &handle).await;
    assert_eq!(said(&heard), (200, ""));
    assert_eq!(
        desk.column("/v7/organization(101)", "handle").await,
        ["renamed"]
    );
    // The last administrator is nobody special where there are no roles.
    for number in [54, 55] {
        assert_eq!(
            said(&desk.delete(&format!("{M}({number})")).await),
            (200, "")
        );
    }
    assert_eq!(said(&desk.delete("/v7/organization(101)").await), (200, ""));
}

#[tokio::test]
async fn a_wider_role_adds_members_directly() {
    let desk = widened();
    let line = format!("POST {M}");
    let pair = |user: u64, org: u64| json!({"user": user, "is_member_of__organization": org});
    desk.sandbox
        .world(|world| world.add_person_at(ELSEWHERE, |_| ()));
    assert_eq!(desk.list("/v7/user(90)").await, [] as [Value; 0]);
    let made = body_of(&desk.send(&line, &pair(EVE.0, 101)).await);
    assert_eq!(made["user"], json!({"__id": 12}));
    let twice = r#""\"user\" and \"is_member_of__organization\" must be unique.""#;
    for (sent, status, words) in [
        (pair(MARIA.0, 101), 409, twice),
        (pair(999, 101), 409, r#""Data is referenced by user.""#),
        (
            pair(12, 999),
            409,
            r#""Data is referenced by is_member_of__organization.""#,
        ),
        (
            pair(ELSEWHERE.0, 101),
            409,
            r#""Data is referenced by user.""#,
        ),
        (json!({"user": 12}), 500, ""),
        (
            json!({"user": {"__id": 12}, "is_member_of__organization": 101}),
            400,
            "",
        ),
    ] {
        assert_eq!(
            said(&desk.send(&line, &sent).await),
            (status, words),
            "{sent}"
        );
    }
    let both = json!({"handle": "same"});
    let heard = desk.send("PATCH /v7/organization", &both).await;
    assert_eq!(said(&heard), (409, r#""\"handle\" must be unique.""#));
}
