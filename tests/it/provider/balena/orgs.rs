//! Organizations: documented answers in, domain values out.

use orgdeck::domain::query::{OrgAt, Scope};
use orgdeck::domain::{Answer, Attribute, Cursor, Logo, Org, Page, Query, Text, Told, Value};
use serde_json::{Value as Json, json};

use super::records::org_record;
use super::script::ok;
use super::stage::{KEY, Stage, org, profile};

fn list(scope: Scope, text: Option<&str>) -> Query {
    Query::Orgs {
        scope,
        text: text.map(Text::from),
        page: Cursor::FIRST,
    }
}

async fn orgs(stage: &Stage, query: Query) -> Page<Org> {
    let Answer::Orgs(page) = stage.ask(query).await.unwrap() else {
        panic!("another answer was asked for");
    };
    page
}

async fn one(stage: &Stage) -> Org {
    let Answer::Org(org) = stage.ask(Query::Org(OrgAt::Id(org("101")))).await.unwrap() else {
        panic!("another answer was asked for");
    };
    *org
}

fn text(text: &str) -> Told<Value> {
    Told::Is(Value::Text(Text::from(text)))
}

fn acme() -> Org {
    Org {
        name: Told::Is(Text::from("Acme Robotics")),
        slug: Told::Is(Text::from("acme")),
        created: Told::Is("2026-11-21T17:46:10.819Z".parse().unwrap()),
        logo: Told::Empty,
        members: Told::Is(3),
        invites: Told::Is(1),
        attributes: vec![
            Attribute::new("company_name", text("Acme Ltd")),
            Attribute::new("website", text("https://acme.example")),
            Attribute::new("industry", Told::Empty),
            Attribute::new("billing_account_code", Told::Empty),
            Attribute::new("is_frozen", Told::Is(Value::Flag(false))),
            Attribute::new("past_due_since", Told::Empty),
            Attribute::new("is_enforcing_saml_login", Told::Is(Value::Flag(false))),
        ],
        ..Org::reference(org("101"))
    }
}

#[tokio::test]
async fn the_list_comes_with_counts_in_one_call() {
    let stage = Stage::cloud().await;
    stage.records("GET /v7/organization", &json!([org_record()]));
    let page = orgs(&stage, list(Scope::Own, None)).await;
    assert_eq!(page.rows[0].item, acme());
    assert_eq!(page.total, Some(1));
    let query = stage.last("GET /v7/organization").await.query;
    assert_eq!(
        query["$expand"],
        "organization_membership/$count,organization_invite/$count"
    );
    assert_eq!(query["$orderby"], "name asc,id asc");
    assert_eq!(
        query["$filter"],
        "organization_membership/any(om:om/user eq 11)"
    );
    assert!(query["$select"].starts_with("id,name,handle,created_at,"));
    assert_eq!(
        (query["$top"].as_str(), query["$skip"].as_str()),
        ("50", "0")
    );
}

#[tokio::test]
async fn everybodys_organizations_are_listed_without_a_filter() {
    let stage = Stage::cloud().await;
    stage.records("GET /v7/organization", &json!([]));
    orgs(&stage, list(Scope::All, None)).await;
    let query = stage.last("GET /v7/organization").await.query;
    assert!(!query.contains_key("$filter"), "{query:?}");
}

#[tokio::test]
async fn a_key_that_is_no_person_lists_what_it_sees() {
    let stage = Stage::cloud().await;
    stage.on(
        "GET /actor/v1/whoami",
        &json!({"id": 9, "actorType": "device", "actorTypeId": 11}),
    );
    stage.records("GET /v7/organization", &json!([]));
    orgs(&stage, list(Scope::Own, None)).await;
    assert!(
        !stage
            .last("GET /v7/organization")
            .await
            .query
            .contains_key("$filter")
    );
}

#[tokio::test]
async fn a_search_is_left_to_the_server_with_its_quotes_doubled() {
    let stage = Stage::cloud().await;
    stage.records("GET /v7/organization", &json!([]));
    orgs(&stage, list(Scope::Own, Some("O'Neill & Söhne"))).await;
    let call = stage.last("GET /v7/organization").await;
    assert_eq!(
        call.query["$filter"],
        "organization_membership/any(om:om/user eq 11) and \
         (contains(tolower(name),'o''neill & söhne') or contains(tolower(handle),'o''neill & söhne'))"
    );
    assert!(
        call.target.contains("o%27%27neill%20%26%20s%C3%B6hne"),
        "{}",
        call.target
    );
}

#[tokio::test]
async fn an_organization_is_found_by_id_and_by_handle() {
    let stage = Stage::cloud().await;
    stage.records("GET /v7/organization(101)", &json!([org_record()]));
    stage.records(
        "GET /v7/organization(handle='acme')",
        &json!([org_record()]),
    );
    assert_eq!(one(&stage).await, acme());
    let by_handle = Query::Org(OrgAt::Slug(profile(), Text::from("acme")));
    let Answer::Org(found) = stage.ask(by_handle).await.unwrap() else {
        panic!("an organization was asked for");
    };
    assert_eq!(*found, acme());
}

#[tokio::test]
async fn a_logo_is_told_with_its_address_where_there_is_one() {
    let logo = |url| Told::Is(Logo::at(url));
    let address = "https://files.example/img.jpeg?sig=1";
    let cases: [(Json, Told<Logo>); 3] = [
        (
            json!({"filename": "img.jpeg", "href": address}),
            logo(Told::Is(Text::from(address))),
        ),
        (json!({"filename": "img.jpeg"}), logo(Told::Unknown)),
        (json!(null), Told::Empty),
    ];
    for (sent, told) in cases {
        let stage = Stage::cloud().await;
        let mut record = org_record();
        record["logo_image"] = sent;
        stage.records("GET /v7/organization(101)", &json!([record]));
        assert_eq!(one(&stage).await.logo, told);
    }
}

#[tokio::test]
async fn openbalena_is_asked_for_what_it_has_only() {
    let stage = Stage::open().await;
    let record = json!({
        "organization_membership": 2, "id": 101, "name": "Acme", "handle": "acme",
        "created_at": "2026-11-21T17:42:57.813Z", "modified_at": "2026-11-21T17:43:00.000Z"
    });
    stage.records("GET /v7/organization", &json!([record]));
    let page = orgs(&stage, list(Scope::Own, None)).await;
    let found = &page.rows[0].item;
    assert_eq!(
        found.updated,
        Told::Is("2026-11-21T17:43:00Z".parse().unwrap())
    );
    assert_eq!((found.members, found.invites), (Told::Is(2), Told::Unknown));
    assert_eq!(found.logo, Told::Unknown);
    assert!(found.attributes.is_empty());
    let query = stage.last("GET /v7/organization").await.query;
    assert_eq!(query["$select"], "id,name,handle,created_at,modified_at");
    assert_eq!(query["$expand"], "organization_membership/$count");
    assert_eq!(
        query["$filter"],
        "organization_membership/any(om:om/user eq 11)"
    );
}

#[tokio::test]
async fn a_server_without_the_clouds_fields_is_not_asked_for_them() {
    let stage = Stage::lean().await;
    stage.records("GET /v7/organization", &json!([]));
    stage.when(
        "GET /v7/organization",
        "$top=1&",
        super::script::status(500, ""),
    );
    orgs(&stage, list(Scope::Own, None)).await;
    let query = stage.last("GET /v7/organization").await.query;
    assert_eq!(query["$select"], "id,name,handle,created_at");
    assert_eq!(
        query["$expand"],
        "organization_membership/$count,organization_invite/$count"
    );
}

#[tokio::test]
async fn the_caller_is_asked_for_once() {
    let stage = Stage::bare(KEY).await;
    stage.when(
        "GET /v7/organization_membership_role",
        "",
        ok(&json!({"d": [{"id": 1}]})),
    );
    stage.on(
        "GET /actor/v1/whoami",
        &json!({"id": 4011, "actorType": "user", "actorTypeId": 11}),
    );
    stage.records("GET /v7/organization", &json!([]));
    for _ in 0..3 {
        orgs(&stage, list(Scope::Own, None)).await;
    }
    let lines = stage.lines().await;
    assert_eq!(
        lines.iter().filter(|line| line.contains("whoami")).count(),
        1
    );
}
