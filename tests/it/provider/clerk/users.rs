//! Users: found exactly where a text names one, else by what it fits.

use orgdeck::domain::query::Query;
use orgdeck::domain::{Answer, Cursor, Detail, Next, Page, Text, Told, User};
use serde_json::{Value as Json, json};

use super::names::{org, user};
use super::records::{with, without};
use super::support::{Seen, Service, ok};

fn ada() -> Json {
    json!({
        "id": "user_1", "first_name": "Ada", "last_name": "Lovelace", "username": null,
        "primary_email_address_id": "idn_2",
        "email_addresses": [
            {"id": "idn_1", "email_address": "old@example.com", "verification": {"strategy": "brand_new"}},
            {"id": "idn_2", "email_address": "ada@example.com", "verification": null},
        ],
        "private_metadata": {"note": "x"},
    })
}

fn find(text: &str) -> Query {
    Query::Users {
        text: Text::from(text),
        beside: Some(org()),
        page: Cursor::FIRST,
    }
}

fn users(answer: Answer) -> Page<User> {
    let Answer::Users(page) = answer else {
        panic!("{answer:?}");
    };
    page
}

/// Finds nobody exactly, and Ada by text.
async fn fuzzy() -> Service {
    Service::new(|request| {
        let by_text = request.url.query_pairs().any(|(key, _)| key == "query");
        ok(&if by_text { json!([ada()]) } else { json!([]) })
    })
    .await
}

async fn read(record: Json) -> User {
    let service = Service::saying(json!([record])).await;
    users(service.ask(find("ada")).await.unwrap())
        .rows
        .remove(0)
        .item
}

#[tokio::test]
async fn the_primary_address_is_the_one_to_show() {
    let expected = User {
        id: user("user_1"),
        name: Told::Is(Text::from("Ada Lovelace")),
        username: Told::Empty,
        email: Told::Is(Text::from("ada@example.com")),
    };
    assert_eq!(read(ada()).await, expected);
}

#[tokio::test]
async fn without_a_primary_address_there_is_none() {
    let none = with(ada(), "primary_email_address_id", json!(null));
    assert_eq!(read(none).await.email, Told::Empty);
    let lost = with(ada(), "primary_email_address_id", json!("idn_9"));
    assert_eq!(read(lost).await.email, Told::Unknown);
    assert_eq!(
        read(without(ada(), "email_addresses")).await.email,
        Told::Unknown
    );
}

#[tokio::test]
async fn users_come_as_bare_arrays_and_a_full_one_is_not_the_last() {
    let service = Service::saying(json!(vec![ada(); 100])).await;
    let page = users(service.ask(find("ada l")).await.unwrap());
    assert_eq!((page.rows.len(), page.total), (100, None));
    let Next::One(cursor) = page.next else {
        panic!("{:?}", page.next);
    };
    let next = Query::Users {
        text: Text::from("ada"),
        beside: None,
        page: cursor,
    };
    let service = Service::saying(json!([ada()])).await;
    let page = users(service.ask(next).await.unwrap());
    assert_eq!((page.rows.len(), page.next), (1, Next::End));
    let seen = service.only().await;
    let params = ["query", "offset", "limit"].map(|name| seen.param(name));
    assert_eq!(params, [Some("ada"), Some("100"), Some("500")]);
}

#[tokio::test]
async fn users_in_an_envelope_are_refused() {
    let service = Service::saying(json!({"data": [ada()], "total_count": 1})).await;
    let error = service.ask(find("ada l")).await.unwrap_err();
    assert_eq!(error.fault.kind(), "garbled");
}

#[tokio::test]
async fn what_names_one_user_is_asked_for_exactly() {
    for (text, filter) in [
        ("ada@example.com", "email_address"),
        ("user_1", "user_id"),
        ("ada", "username"),
    ] {
        let service = Service::saying(json!([ada()])).await;
        users(service.ask(find(text)).await.unwrap());
        let seen = service.only().await;
        assert_eq!(seen.param(filter), Some(text));
        assert_eq!(seen.param("organization_id"), Some("-org_1"));
    }
}

#[tokio::test]
async fn what_names_nobody_exactly_is_searched_for() {
    for text in ["ada@example.com", "user_1", "ada"] {
        let service = fuzzy().await;
        assert_eq!(users(service.ask(find(text)).await.unwrap()).rows.len(), 1);
        let seen = service.seen().await;
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[1].param("query"), Some(text));
        assert_eq!(seen[1].param("organization_id"), Some("-org_1"));
    }
}

#[tokio::test]
async fn several_words_are_searched_for_at_once() {
    let service = fuzzy().await;
    users(service.ask(find("Ada Love")).await.unwrap());
    let Seen { query, .. } = service.only().await;
    assert!(query.contains(&("query".to_owned(), "Ada Love".to_owned())));
}

#[tokio::test]
async fn one_bad_row_is_marked_and_the_others_stay() {
    let bad = with(ada(), "username", json!(1));
    let service = Service::saying(json!([bad, with(ada(), "id", json!("user_2"))])).await;
    let page = users(service.ask(find("ada")).await.unwrap());
    assert!(matches!(page.rows[0].detail, Detail::Unreadable(_)));
    assert_eq!(page.rows[0].item.id, user("user_1"));
    assert_eq!(page.rows[1].detail, Detail::Whole);
}
