//! Pages: full ones lead on, short and empty ones end, and nothing goes round in circles.

use orgdeck::domain::query::{Next, Scope};
use orgdeck::domain::rows::Detail;
use orgdeck::domain::{Answer, Cursor, Fault, Org, Page, Query, Told};
use serde_json::{Value as Json, json};

use super::script::ok;
use super::stage::{Stage, org};

fn records(ids: std::ops::Range<u32>) -> Json {
    ids.map(|id| json!({"id": id, "name": format!("Org {id}")}))
        .collect()
}

async fn orgs(stage: &Stage, page: Cursor) -> Page<Org> {
    let query = Query::Orgs {
        scope: Scope::All,
        text: None,
        page,
    };
    let Answer::Orgs(page) = stage.ask(query).await.unwrap() else {
        panic!("another answer was asked for");
    };
    page
}

fn following(page: &Page<Org>) -> Cursor {
    let Next::One(cursor) = &page.next else {
        panic!("another answer was asked for");
    };
    cursor.clone()
}

/// The first page of 50 and, where the second one begins, these.
async fn two_pages(second: Json) -> (Page<Org>, Page<Org>) {
    let stage = Stage::cloud().await;
    let first = ok(&json!({"d": records(1..51)}));
    stage.when("GET /v7/organization", "$skip=0", first);
    stage.when(
        "GET /v7/organization",
        "$skip=49",
        ok(&json!({"d": second})),
    );
    let first = orgs(&stage, Cursor::FIRST).await;
    let second = orgs(&stage, following(&first)).await;
    (first, second)
}

/// Each page but the first begins with the last row of the page before, which is on it no more.
#[tokio::test]
async fn full_pages_lead_on_until_a_short_one() {
    let (first, second) = two_pages(records(50..58)).await;
    assert_eq!((first.rows.len(), first.total), (50, None));
    assert_eq!((second.rows.len(), second.total), (7, Some(57)));
    assert_eq!((second.next, second.is_torn), (Next::End, false));
    let (_, second) = two_pages(records(50..101)).await;
    assert_eq!((second.rows.len(), second.total), (50, None));
    assert!(matches!(second.next, Next::One(_)) && !second.is_torn);
}

#[tokio::test]
async fn a_page_that_the_server_cuts_to_its_own_size_is_not_the_last() {
    let (_, second) = two_pages(records(50..100)).await;
    assert_eq!((second.rows.len(), second.total), (49, None));
    assert!(matches!(second.next, Next::One(_)) && !second.is_torn);
}

#[tokio::test]
async fn a_page_with_nothing_new_is_the_end() {
    let (_, second) = two_pages(records(50..51)).await;
    assert_eq!((second.rows.len(), second.total), (0, Some(50)));
    assert_eq!((second.next, second.is_torn), (Next::End, false));
}

#[tokio::test]
async fn r42_a_page_that_does_not_begin_where_the_last_one_ended_is_torn_from_it() {
    // One row before it has gone, and the last one itself, and everything.
    for second in [records(51..58), records(52..103), json!([])] {
        let count = second.as_array().unwrap().len();
        let (_, second) = two_pages(second).await;
        assert!(second.is_torn, "{second:?}");
        assert_eq!(second.rows.len(), count, "what is there is shown");
    }
}

#[tokio::test]
async fn r43_a_server_that_ignores_skip_ends_the_list() {
    let (_, second) = two_pages(records(1..52)).await;
    assert!(second.rows.is_empty() && second.is_torn);
    assert_eq!(second.next, Next::End);
}

#[tokio::test]
async fn a_server_that_ignores_top_is_taken_at_once() {
    let stage = Stage::cloud().await;
    stage.when(
        "GET /v7/organization",
        "$top=50",
        ok(&json!({"d": records(1..133)})),
    );
    let all = orgs(&stage, Cursor::FIRST).await;
    assert_eq!((all.rows.len(), all.total), (132, Some(132)));
    assert_eq!(all.next, Next::End);
}

#[tokio::test]
async fn a_strange_place_is_refused() {
    let stage = Stage::cloud().await;
    let query = Query::Orgs {
        scope: Scope::All,
        text: None,
        page: Cursor::at("second page"),
    };
    let error = stage.ask(query).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Garbled(_)), "{error:?}");
}

#[tokio::test]
async fn one_unreadable_record_leaves_the_others() {
    let stage = Stage::cloud().await;
    let sent = json!([
        {"id": 1, "name": "One"},
        {"id": 2, "name": {"first": "Maria"}},
        {"id": "three", "name": "Maria"},
        "Maria",
        {"id": 5, "name": null, "nobody": "knows"},
    ]);
    stage.when("GET /v7/organization", "$top=50", ok(&json!({"d": sent})));
    let rows = orgs(&stage, Cursor::FIRST).await.rows;
    let whole: Vec<_> = rows.iter().map(|row| row.detail == Detail::Whole).collect();
    assert_eq!(whole, [true, false, false, false, true]);
    assert_eq!(rows[1].item, Org::reference(org("2")));
    assert_eq!(rows[4].item.name, Told::Empty);
    let reason = |row: usize| {
        let Detail::Unreadable(why) = &rows[row].detail else {
            panic!("row {row} should be unreadable");
        };
        why.raw()
    };
    assert_eq!(reason(1), "field name");
    assert!(reason(2).contains("id"));
    assert_eq!(reason(3), "not an object");
    assert!(
        !format!("{:?}", rows[2].detail).contains("Maria"),
        "no reason repeats a value"
    );
    assert_ne!(
        rows[2].item.id, rows[3].item.id,
        "rows without an id stay apart"
    );
}
