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

#[tokio::test]
async fn full_pages_lead_on_until_a_short_one() {
    let stage = Stage::cloud().await;
    stage.when(
        "GET /v7/organization",
        "$skip=0",
        ok(&json!({"d": records(1..51)})),
    );
    stage.when(
        "GET /v7/organization",
        "$top=51&$skip=49",
        ok(&json!({"d": records(50..58)})),
    );
    let first = orgs(&stage, Cursor::FIRST).await;
    assert_eq!((first.rows.len(), first.total), (50, None));
    let second = orgs(&stage, following(&first)).await;
    assert_eq!((second.rows.len(), second.total), (7, Some(57)));
    assert_eq!(second.next, Next::End);
}

#[tokio::test]
async fn a_page_without_anything_new_is_the_end() {
    let stage = Stage::cloud().await;
    stage.when(
        "GET /v7/organization",
        "$skip=0",
        ok(&json!({"d": records(1..51)})),
    );
    stage.when(
        "GET /v7/organization",
        "$skip=49",
        ok(&json!({"d": records(50..51)})),
    );
    let first = orgs(&stage, Cursor::FIRST).await;
    let second = orgs(&stage, following(&first)).await;
    assert_eq!((second.rows.len(), second.total), (0, Some(50)));
    assert_eq!(second.next, Next::End);
}

#[tokio::test]
async fn r43_a_server_that_ignores_skip_ends_the_list() {
    let stage = Stage::cloud().await;
    stage.when(
        "GET /v7/organization",
        "$top=50",
        ok(&json!({"d": records(1..51)})),
    );
    let first = orgs(&stage, Cursor::FIRST).await;
    let second = orgs(&stage, following(&first)).await;
    assert_eq!(first.rows, second.rows[..50]);
    assert!(matches!(second.next, Next::Moved(_)), "{:?}", second.next);
}

#[tokio::test]
async fn r42_a_page_that_does_not_begin_where_the_one_before_ended_says_so() {
    let stage = Stage::cloud().await;
    for came in [51..58, 48..51, 50..50] {
        stage.when(
            "GET /v7/organization",
            "$skip=0",
            ok(&json!({"d": records(1..51)})),
        );
        let rows = came.len();
        stage.when(
            "GET /v7/organization",
            "$skip=49",
            ok(&json!({"d": records(came)})),
        );
        let first = orgs(&stage, Cursor::FIRST).await;
        let second = orgs(&stage, following(&first)).await;
        assert_eq!((second.rows.len(), second.next), (rows, Next::Moved(None)));
    }
}

#[tokio::test]
async fn a_server_with_a_limit_of_its_own_is_read_to_the_end() {
    let stage = Stage::cloud().await;
    for (skip, came) in [
        ("$skip=0", 1..51),
        ("$skip=49", 50..100),
        ("$skip=98", 99..103),
    ] {
        let sent = ok(&json!({"d": records(came)}));
        stage.when("GET /v7/organization", skip, sent);
    }
    let mut page = orgs(&stage, Cursor::FIRST).await;
    let mut rows = page.rows.len();
    while let Next::One(cursor) = page.next {
        page = orgs(&stage, cursor).await;
        rows += page.rows.len();
    }
    assert_eq!((rows, page.total, page.next), (102, Some(102), Next::End));
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
