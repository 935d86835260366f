//! Organizations as they come, one by one and page by page, and their metadata.

use orgdeck::domain::query::{Cursor, OrgAt, Privacy, Query, Scope};
use orgdeck::domain::{Answer, Attribute, Detail, Fault, Logo, Next, OrgId, Text, Told, Value};
use serde_json::{Value as Json, json};

use super::names::{at, org, orgs, shop};
use super::records::{acme, list, with, without};
use super::support::{Service, ok, raw};

fn first_page() -> Query {
    Query::Orgs {
        scope: Scope::Own,
        text: None,
        page: Cursor::FIRST,
    }
}

async fn read(record: Json) -> orgdeck::domain::Org {
    let service = Service::saying(record).await;
    let answer = service.ask(Query::Org(OrgAt::Id(org()))).await.unwrap();
    let Answer::Org(org) = answer else {
        panic!("{answer:?}");
    };
    *org
}

#[tokio::test]
async fn everything_that_is_told_is_kept() {
    let org = read(acme()).await;
    assert_eq!(org.id, OrgId::new(&shop(), "org_1"));
    assert_eq!(org.name, Told::Is(Text::from("Acme Corp")));
    assert_eq!(org.slug, Told::Is(Text::from("acme-corp")));
    assert_eq!(org.created, Told::Is(at(1_755_600_000_123)));
    assert_eq!(org.updated, Told::Is(at(1_755_600_000_456)));
    let url = Told::Is(Text::from("https://img.clerk.com/acme-corp"));
    assert_eq!(org.logo, Told::Is(Logo::at(url)));
    assert_eq!((org.members, org.invites), (Told::Is(3), Told::Is(2)));
    let text = |text: &str| Told::Is(Value::Text(Text::from(text)));
    assert_eq!(
        org.attributes,
        [
            Attribute::new("max_allowed_memberships", Told::Is(Value::Number(5))),
            Attribute::new("admin_delete_enabled", Told::Is(Value::Flag(true))),
            Attribute::new("created_by", text("user_1")),
            Attribute::new("role_set_key", text("role_set:default")),
            Attribute::new(
                "public_metadata",
                Told::Is(Value::Json(json!({"plan": "gold"})))
            ),
        ]
    );
}

#[tokio::test]
async fn a_key_belongs_to_nobody() {
    assert_eq!(read(acme()).await.own, Told::Empty);
}

#[tokio::test]
async fn a_limit_of_0_stays_the_number_that_it_is() {
    let org = read(with(acme(), "max_allowed_memberships", json!(0))).await;
    let limit = org.attribute("max_allowed_memberships");
    assert_eq!(limit, Some(&Told::Is(Value::Number(0))));
}

#[tokio::test]
async fn a_generated_picture_is_no_logo() {
    let org = read(with(acme(), "has_image", json!(false))).await;
    assert_eq!(org.logo, Told::Empty);
    let org = read(without(acme(), "has_image")).await;
    assert_eq!(org.logo, Told::Unknown);
}

#[tokio::test]
async fn slugs_may_be_missing_null_or_empty() {
    for record in [
        without(acme(), "slug"),
        with(acme(), "slug", json!(null)),
        with(acme(), "slug", json!("")),
    ] {
        assert_eq!(read(record).await.slug, Told::Empty);
    }
}

#[tokio::test]
async fn counts_that_were_not_sent_are_not_0() {
    let record = without(acme(), "members_count");
    let org = read(without(record, "pending_invitations_count")).await;
    assert_eq!((org.members, org.invites), (Told::Unknown, Told::Unknown));
    assert_eq!(
        read(with(acme(), "members_count", json!(-1))).await.members,
        Told::Unknown
    );
}

#[tokio::test]
async fn r44_times_that_cannot_be_are_not_known() {
    for time in [
        json!(-1),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e300),
        json!("2025-08-19T10:40:00Z"),
        json!(true),
    ] {
        let org = read(with(acme(), "created_at", time.clone())).await;
        assert_eq!(org.created, Told::Unknown, "{time}");
        assert_eq!(org.updated, Told::Is(at(1_755_600_000_456)), "{time}");
    }
}

#[tokio::test]
async fn r25_a_bare_record_is_enough() {
    let org = read(json!({"id": "org_1"})).await;
    assert_eq!(org.display_name(), &Text::from("org_1"));
    assert_eq!(
        org.attribute("max_allowed_memberships"),
        Some(&Told::Unknown)
    );
    assert_eq!(org.attribute("created_by"), Some(&Told::Empty));
}

#[tokio::test]
async fn a_record_of_another_shape_names_the_field_and_nothing_more() {
    for (record, words) in [
        (json!({"name": "secret"}), "field id: missing"),
        (json!({"id": ""}), "field id: missing"),
        (
            with(acme(), "name", json!(["secret"])),
            "field name: not of the expected type",
        ),
        (json!("secret"), "not a record in JSON"),
        (json!([1]), "field id: not of the expected type"),
    ] {
        let service = Service::saying(record).await;
        let error = service.ask(Query::Org(OrgAt::Id(org()))).await.unwrap_err();
        assert_eq!(error.fault, Fault::Garbled(Text::from(words)));
    }
}

#[tokio::test]
async fn the_list_asks_for_counts_and_fifty_rows() {
    let service = Service::saying(list(&[acme()])).await;
    let page = orgs(service.ask(first_page()).await);
    assert_eq!(
        (page.rows.len(), page.total, page.next),
        (1, Some(1), Next::End)
    );
    let seen = service.only().await;
    assert_eq!(seen.param("limit"), Some("50"));
    assert_eq!(seen.param("include_members_count"), Some("true"));
    assert_eq!((seen.param("offset"), seen.param("query")), (None, None));
}

#[tokio::test]
async fn one_bad_row_is_marked_and_the_others_stay() {
    let bad = with(
        with(acme(), "name", json!({"mail": "ada@example.com"})),
        "id",
        json!("org_2"),
    );
    let service = Service::saying(list(&[
        acme(),
        bad,
        json!(7),
        with(acme(), "id", json!("org_4")),
    ]))
    .await;
    let page = orgs(service.ask(first_page()).await);
    let ids: Vec<_> = page
        .rows
        .iter()
        .map(|row| row.item.id.raw().to_owned())
        .collect();
    assert_eq!(ids, ["org_1", "org_2", "(unreadable 3)", "org_4"]);
    assert_eq!(page.rows[0].detail, Detail::Whole);
    let why = Text::from("field name: not of the expected type");
    assert_eq!(page.rows[1].detail, Detail::Unreadable(why));
    assert_eq!(
        page.rows[2].detail,
        Detail::Unreadable(Text::from("not a record in JSON"))
    );
    assert_eq!(page.rows[3].detail, Detail::Whole);
}

#[tokio::test]
async fn r26_half_a_character_spoils_its_row_alone() {
    let body =
        r#"{"data":[{"id":"org_1","name":"\ud800"},{"id":"org_2","name":"fine"}],"total_count":2}"#;
    let service = Service::new(move |_| raw(200, "application/json", body)).await;
    let page = orgs(service.ask(first_page()).await);
    assert_eq!(page.rows[0].item.id.raw(), "org_1");
    assert!(matches!(page.rows[0].detail, Detail::Unreadable(_)));
    assert_eq!(page.rows[1].item.name, Told::Is(Text::from("fine")));
}

#[tokio::test]
async fn a_byte_order_mark_and_another_content_type_do_not_matter() {
    let body = "\u{feff}{\"data\":[{\"id\":\"org_1\"}],\"total_count\":1}";
    let service = Service::new(move |_| raw(200, "text/plain", body)).await;
    assert_eq!(orgs(service.ask(first_page()).await).rows.len(), 1);
}

#[tokio::test]
async fn a_slug_takes_the_place_of_the_id() {
    let service = Service::saying(acme()).await;
    let at = OrgAt::Slug(shop(), Text::from("a/c"));
    service.ask(Query::Org(at)).await.unwrap();
    assert_eq!(service.only().await.path, "/v1/organizations/a%2Fc");
}

#[tokio::test]
async fn each_half_of_the_metadata_is_shown_on_its_own() {
    let service = Service::saying(acme()).await;
    for (privacy, document) in [
        (Privacy::Public, "{\n  \"plan\": \"gold\"\n}"),
        (Privacy::Private, "{\n  \"crm_id\": 7\n}"),
    ] {
        let query = Query::Metadata {
            org: org(),
            privacy,
        };
        assert_eq!(
            service.ask(query).await,
            Ok(Answer::Json(Text::from(document)))
        );
    }
}

#[tokio::test]
async fn no_metadata_is_an_empty_document() {
    let record = with(
        without(acme(), "private_metadata"),
        "public_metadata",
        json!(null),
    );
    let service = Service::saying(record).await;
    for privacy in [Privacy::Public, Privacy::Private] {
        let query = Query::Metadata {
            org: org(),
            privacy,
        };
        assert_eq!(service.ask(query).await, Ok(Answer::Json(Text::from("{}"))));
    }
}

#[tokio::test]
async fn r99_private_metadata_is_not_in_the_organization() {
    let org = read(acme()).await;
    assert!(!format!("{org:?}").contains("crm_id"));
}

#[tokio::test]
async fn an_unknown_field_changes_nothing() {
    let service = Service::new(|_| ok(&with(acme(), "brand_new", json!({"a": [1]})))).await;
    let answer = service.ask(Query::Org(OrgAt::Id(org()))).await;
    let plain = Service::saying(acme()).await;
    assert_eq!(answer, plain.ask(Query::Org(OrgAt::Id(org()))).await);
}
