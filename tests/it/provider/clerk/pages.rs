//! Pages: what comes after one, however the service counts.

use orgdeck::domain::query::{Cursor, Query, Scope};
use orgdeck::domain::{Fault, Next, Page, Text};
use serde_json::{Value as Json, json};

use super::names::{members, org};
use super::records::{alan, with};
use super::support::{Service, ok, raw};

type Members = Page<orgdeck::domain::Member>;

fn page(cursor: Cursor) -> Query {
    Query::Members {
        org: org(),
        role: None,
        text: None,
        page: cursor,
    }
}

fn orgs() -> Query {
    Query::Orgs {
        scope: Scope::Own,
        text: None,
        page: Cursor::FIRST,
    }
}

fn rows(count: usize, total: &Json) -> Json {
    let row = |number| with(alan(), "id", json!(format!("orgmem_{number}")));
    let data: Vec<_> = (0..count).map(row).collect();
    json!({"data": data, "total_count": total})
}

async fn answered(cursor: Cursor, count: usize, total: Json) -> Members {
    let service = Service::saying(rows(count, &total)).await;
    members(service.ask(page(cursor)).await)
}

fn places(next: &Next) -> Vec<&str> {
    match next {
        Next::End => Vec::new(),
        Next::One(cursor) => vec![cursor.place().unwrap()],
        Next::Many(cursors) => cursors.iter().map(|c| c.place().unwrap()).collect(),
    }
}

#[tokio::test]
async fn a_list_without_its_envelope_is_refused() {
    let service = Service::saying(json!([])).await;
    for query in [page(Cursor::FIRST), orgs()] {
        let error = service.ask(query).await.unwrap_err();
        assert_eq!(error.fault.kind(), "garbled");
    }
}

#[tokio::test]
async fn all_pages_that_are_left_can_be_asked_for_at_once() {
    let page = answered(Cursor::FIRST, 100, json!(1_250)).await;
    assert_eq!(page.total, Some(1_250));
    assert_eq!(places(&page.next), ["100", "600", "1100+"]);
}

#[tokio::test]
async fn a_page_that_was_named_beforehand_names_no_other() {
    let page = answered(Cursor::at("100"), 500, json!(1_250)).await;
    assert_eq!(page.next, Next::End);
}

#[tokio::test]
async fn a_service_with_a_smaller_page_than_was_asked_for_leaves_no_gap() {
    let page = answered(Cursor::at("100"), 100, json!(1_250)).await;
    assert_eq!(places(&page.next), ["200"]);
    let page = answered(Cursor::at("1100"), 150, json!(1_250)).await;
    assert_eq!(page.next, Next::End);
}

#[tokio::test]
async fn the_last_one_goes_on_when_the_list_has_grown() {
    let page = answered(Cursor::at("300+"), 100, json!(401)).await;
    assert_eq!(places(&page.next), ["400+"]);
    let page = answered(Cursor::at("300+"), 50, json!(350)).await;
    assert_eq!(page.next, Next::End);
}

#[tokio::test]
async fn a_cursor_is_sent_as_the_offset() {
    for cursor in ["300", "300+"] {
        let service = Service::saying(rows(1, &json!(301))).await;
        service.ask(page(Cursor::at(cursor))).await.unwrap();
        let seen = service.only().await;
        assert_eq!(
            (seen.param("limit"), seen.param("offset")),
            (Some("500"), Some("300"))
        );
    }
}

#[tokio::test]
async fn r43_an_empty_page_ends_the_list_whatever_the_total_says() {
    let page = answered(Cursor::FIRST, 0, json!(1_000_000)).await;
    assert_eq!(page.next, Next::End);
    let page = answered(Cursor::at("300+"), 0, json!(1_000_000)).await;
    assert_eq!(page.next, Next::End);
}

#[tokio::test]
async fn r43_a_total_that_lies_costs_no_more_than_one_batch() {
    let page = answered(Cursor::FIRST, 100, json!(u64::MAX)).await;
    let places = places(&page.next);
    assert_eq!(places.len(), 128);
    assert_eq!((places[0], *places.last().unwrap()), ("100", "63600+"));
}

#[tokio::test]
async fn a_total_below_what_came_is_not_believed() {
    let page = answered(Cursor::FIRST, 100, json!(3)).await;
    assert_eq!(page.total, None);
    assert_eq!(places(&page.next), ["100+"]);
}

#[tokio::test]
async fn without_a_total_a_full_page_is_followed_and_a_short_one_is_the_last() {
    for total in [json!(null), json!("many"), json!(-1)] {
        let page = answered(Cursor::FIRST, 100, total.clone()).await;
        assert_eq!(
            (page.total, places(&page.next)),
            (None, vec!["100+"]),
            "{total}"
        );
        let page = answered(Cursor::FIRST, 99, total).await;
        assert_eq!(page.next, Next::End);
    }
}

#[tokio::test]
async fn a_server_with_smaller_pages_is_walked_by_what_it_gives() {
    let page = answered(Cursor::FIRST, 20, json!(50)).await;
    assert_eq!(places(&page.next), ["20+"]);
}

#[tokio::test]
async fn a_walk_meets_every_row_once() {
    let service = Service::new(|request| {
        let offset = request.url.query_pairs().find(|(key, _)| key == "offset");
        let offset: usize = offset.map_or(0, |(_, value)| value.parse().unwrap());
        let row = |number| with(alan(), "id", json!(format!("orgmem_{number}")));
        let data: Vec<_> = (offset..350.min(offset + 100)).map(row).collect();
        ok(&json!({"data": data, "total_count": 350}))
    })
    .await;
    let mut waiting = vec![Cursor::FIRST];
    let mut met = Vec::new();
    while let Some(cursor) = waiting.pop() {
        let page = members(service.ask(page(cursor)).await);
        met.extend(
            page.rows
                .into_iter()
                .map(|row| row.item.id.raw().to_owned()),
        );
        waiting.extend(page.next.cursors());
    }
    met.sort();
    met.dedup();
    assert_eq!(met.len(), 350);
    assert_eq!(service.seen().await.len(), 4);
}

#[tokio::test]
async fn a_list_of_another_shape_is_not_an_empty_list() {
    for (body, words) in [
        ("{}", "field data: missing"),
        (r#"{"data":null,"total_count":0}"#, "field data: missing"),
        (
            r#"{"data":{},"total_count":0}"#,
            "field data: not of the expected type",
        ),
        (
            r#"{"data":[{"id":"orgmem_1"#,
            r#"no JSON, but application/json: {"data":[{"id":"orgmem_1"#,
        ),
        ("7", "not a record in JSON"),
    ] {
        let service = Service::new(move |_| raw(200, "application/json", body)).await;
        let error = service.ask(page(Cursor::FIRST)).await.unwrap_err();
        assert_eq!(error.fault, Fault::Garbled(Text::from(words)), "{body}");
    }
}

#[tokio::test]
async fn what_is_no_json_at_all_is_quoted() {
    let service = Service::new(|_| raw(200, "text/plain", "upstream is down")).await;
    let error = service.ask(page(Cursor::FIRST)).await.unwrap_err();
    assert_eq!(
        error.fault,
        Fault::Garbled(Text::from("no JSON, but text/plain: upstream is down"))
    );
    assert_eq!(error.status, Some(200));
}

#[tokio::test]
async fn a_page_of_a_proxy_is_not_the_api() {
    let service = Service::new(|_| raw(200, "text/html", "<html>sign in</html>")).await;
    let error = service.ask(page(Cursor::FIRST)).await.unwrap_err();
    assert_eq!(error.fault, Fault::NotTheApi(Text::from("text/html")));
    assert_eq!(error.status, Some(200));
}
