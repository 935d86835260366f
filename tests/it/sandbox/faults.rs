//! Each fault, as a client sees it on the socket.

use std::io::ErrorKind;
use std::time::Duration;

use orgdeck::sandbox::Sandbox;
use orgdeck::sandbox::Service::Clerk;
use orgdeck::sandbox::altered::Altered;
use orgdeck::sandbox::faults::{Fault, Rule, Turn};
use serde_json::Value;

use super::demo;
use crate::support::raw::{self, Heard};

async fn get(sandbox: &Sandbox) -> Heard {
    raw::get(&sandbox.clerk.url, "/v1/thing", &sandbox.clerk.token).await
}

/// What a client hears of a face that suffers `fault`; the world's answers and the log beside it.
async fn suffering(fault: Fault) -> (Heard, u64, Option<u16>) {
    let sandbox = demo();
    sandbox.fail(Clerk, Rule::once(fault));
    let heard = get(&sandbox).await;
    // Clerk's face numbers its answers: the serial tells whether the request took effect.
    let asked = sandbox.world(orgdeck::sandbox::world::World::serial) - 1;
    let status = sandbox.requests(Clerk)[0].status;
    (heard, asked, status)
}

#[tokio::test]
async fn a_status_takes_the_place_of_the_answer() {
    let wait = vec![("retry-after", "7".to_owned())];
    let (heard, asked, status) = suffering(Fault::Status(429, wait, "slow down".into())).await;
    assert_eq!((heard.status(), heard.body()), (429, "slow down"));
    assert_eq!(heard.header("retry-after"), Some("7"));
    assert_eq!((asked, status), (0, Some(429)));
}

#[tokio::test]
async fn html_garbage_and_redirects_come_in_good_order() {
    let (html, ..) = suffering(Fault::Html200).await;
    assert_eq!(html.status(), 200);
    assert!(html.body().starts_with("<!DOCTYPE html>"));
    let (garbage, ..) = suffering(Fault::Garbage).await;
    assert_eq!(garbage.header("content-type"), Some("application/json"));
    assert!(serde_json::from_str::<serde_json::Value>(garbage.body()).is_err());
    let (moved, asked, _) = suffering(Fault::Redirect("http://elsewhere/".into())).await;
    assert_eq!(moved.status(), 302);
    assert_eq!(moved.header("location"), Some("http://elsewhere/"));
    assert_eq!(asked, 0);
}

#[tokio::test]
async fn a_slow_answer_is_the_real_one() {
    let (heard, asked, status) = suffering(Fault::Slow(Duration::from_millis(20))).await;
    assert_eq!(heard.status(), 404);
    assert!(heard.body().contains("resource_not_found"));
    assert_eq!((asked, status), (1, Some(404)));
}

#[tokio::test]
async fn a_reset_before_leaves_no_effect() {
    let (heard, asked, status) = suffering(Fault::ResetBefore).await;
    assert_eq!(
        (heard.text.as_str(), heard.end),
        ("", Some(ErrorKind::ConnectionReset))
    );
    assert_eq!((asked, status), (0, None));
}

#[tokio::test]
async fn a_reset_after_leaves_its_effect() {
    let (heard, asked, status) = suffering(Fault::ResetAfter).await;
    assert_eq!(
        (heard.text.as_str(), heard.end),
        ("", Some(ErrorKind::ConnectionReset))
    );
    assert_eq!((asked, status), (1, None));
}

#[tokio::test]
async fn a_reset_halfway_breaks_the_body() {
    let (heard, asked, _) = suffering(Fault::ResetMidBody).await;
    assert_eq!(heard.end, Some(ErrorKind::ConnectionReset));
    assert_half(&heard);
    assert_eq!(asked, 1);
}

#[tokio::test]
async fn a_cut_body_is_shorter_than_announced() {
    let (heard, asked, _) = suffering(Fault::CutBody).await;
    assert_eq!(heard.end, None);
    assert_half(&heard);
    assert_eq!(asked, 1);
}

fn assert_half(heard: &Heard) {
    let announced: usize = heard.header("content-length").unwrap().parse().unwrap();
    assert_eq!(heard.status(), 404);
    assert_eq!(heard.body().len(), announced / 2);
}

#[tokio::test]
async fn an_endless_body_goes_on() {
    let sandbox = demo();
    sandbox.fail(Clerk, Rule::always(Fault::EndlessBody));
    let mut stream = raw::send(&sandbox.clerk.url, "GET /v1/thing", &[], "").await;
    let heard = raw::hear(&mut stream, 1 << 20).await;
    assert!(heard.text.len() > 1 << 20);
    assert_eq!(heard.header("content-length"), None);
}

#[tokio::test]
async fn no_answer_comes_until_the_sandbox_is_gone() {
    let sandbox = demo();
    sandbox.fail(Clerk, Rule::always(Fault::NeverAnswer));
    let mut stream = raw::send(&sandbox.clerk.url, "GET /v1/thing", &[], "").await;
    while sandbox.requests(Clerk).is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(sandbox.requests(Clerk)[0].status, None);
    drop(sandbox);
    let heard = raw::hear(&mut stream, usize::MAX).await;
    assert_eq!(
        (heard.text.as_str(), heard.end),
        ("", Some(ErrorKind::ConnectionReset))
    );
}

#[tokio::test]
async fn rules_meet_their_requests_only() {
    let sandbox = demo();
    let gone = || Fault::Status(503, Vec::new(), String::new());
    sandbox.fail(Clerk, Rule::always(gone()).method("POST"));
    sandbox.fail(Clerk, Rule::always(gone()).path("/other"));
    sandbox.fail(Clerk, Rule::always(gone()).after(1).times(2));
    let mut heard = Vec::new();
    for _ in 0..5 {
        heard.push(get(&sandbox).await.status());
    }
    assert_eq!(heard, [404, 503, 503, 404, 404]);
    let other = raw::get(&sandbox.clerk.url, "/other", &sandbox.clerk.token).await;
    assert_eq!(other.status(), 503);
    sandbox.heal(Clerk);
    let other = raw::get(&sandbox.clerk.url, "/other", &sandbox.clerk.token).await;
    assert_eq!(other.status(), 404);
}

/// The organizations of Clerk's face, as it lists them while this befalls the request.
async fn listed(fault: Fault, target: &str) -> Heard {
    // No port may tell two answers apart.
    let sandbox = demo();
    sandbox.world(|world| "https://img.example".clone_into(&mut world.settings.pictures));
    sandbox.fail(Clerk, Rule::always(fault));
    raw::get(&sandbox.clerk.url, target, &sandbox.clerk.token).await
}

const LIST: &str = "/v1/organizations?limit=2&offset=1";

fn records(heard: &Heard) -> Vec<Value> {
    let body: Value = serde_json::from_str(heard.body()).unwrap();
    body["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn patience_is_asked_for_in_seconds_and_as_a_date() {
    let (heard, asked, status) = suffering(Fault::slowed(7)).await;
    assert_eq!((asked, status), (0, Some(429)));
    assert_eq!(heard.header("retry-after"), Some("7"));
    let time = |text: &str| text.parse().unwrap();
    let (end, shown) = (time("2026-03-01T12:00:07Z"), time("2026-03-01T12:00:00Z"));
    let (heard, ..) = suffering(Fault::slowed_until(end, shown)).await;
    let date = |name| heard.header(name).unwrap();
    assert_eq!(date("retry-after"), "Sun, 01 Mar 2026 12:00:07 GMT");
    assert_eq!(date("date"), "Sun, 01 Mar 2026 12:00:00 GMT");
}

#[tokio::test]
async fn a_fault_behind_the_change_hides_it_and_the_log_tells() {
    let sandbox = demo();
    let org = sandbox.world(|world| world.orgs(Clerk).next().unwrap().clone());
    sandbox.fail(
        Clerk,
        Rule::always(Fault::status(504)).method("DELETE").applied(),
    );
    let target = format!("DELETE /v1/organizations/{}", org.id);
    let authorization = format!("Bearer {}", sandbox.clerk.token);
    let headers = [("Authorization", authorization.as_str())];
    let mut stream = raw::send(&sandbox.clerk.url, &target, &headers, "").await;
    assert_eq!(raw::hear(&mut stream, usize::MAX).await.status(), 504);
    assert!(sandbox.world(|world| world.org(org.key).is_none()));
    let applied = sandbox.applied(Clerk);
    assert_eq!(applied.len(), 1);
    assert_eq!(
        (applied[0].status, applied[0].effect),
        (Some(504), Some(200))
    );
    sandbox.heal(Clerk);
    sandbox.fail(Clerk, Rule::always(Fault::ResetBefore));
    raw::send(&sandbox.clerk.url, &target, &headers, "").await;
    assert_eq!(
        sandbox.applied(Clerk).len(),
        1,
        "what never arrived was not applied"
    );
}

#[tokio::test]
async fn a_length_that_is_too_short_cuts_in_good_order() {
    let (heard, asked, _) = suffering(Fault::ShortLength).await;
    let announced: usize = heard.header("content-length").unwrap().parse().unwrap();
    assert_eq!((heard.end, heard.body().len(), asked), (None, announced, 1));
    assert!(serde_json::from_str::<Value>(heard.body()).is_err());
}

#[tokio::test]
async fn bombs_go_off() {
    let sandbox = demo();
    sandbox.fail(Clerk, Rule::once(Fault::GzipBomb));
    let mut stream = raw::send(&sandbox.clerk.url, "GET /v1/thing", &[], "").await;
    let heard = raw::hear(&mut stream, 1 << 20).await;
    assert_eq!(heard.header("content-encoding"), Some("gzip"));
    assert!(heard.text.len() > 1 << 20);
    let (heard, ..) = suffering(Fault::HeaderBomb).await;
    assert!(heard.text.len() > 1 << 20 && heard.body() == "{}");
}

#[tokio::test]
async fn real_answers_are_altered_on_their_way() {
    let of = |altered| listed(Fault::Altered(altered), LIST);
    let plain = listed(Fault::Slow(Duration::ZERO), LIST).await;
    let two = records(&plain);
    assert!(
        of(Altered::ByteOrderMark)
            .await
            .body()
            .starts_with("\u{feff}{")
    );
    let typed = of(Altered::Typed("text/plain")).await;
    assert_eq!(
        (typed.header("content-type"), records(&typed)),
        (Some("text/plain"), two.clone())
    );
    let more = records(&of(Altered::MoreFields).await);
    assert_eq!(more[1]["a_field_of_tomorrow"]["deep"][0]["er"], Value::Null);
    assert_eq!(more[1]["id"], two[1]["id"]);
    let bad = of(Altered::Record(0, "\"\\ud800\"")).await;
    assert!(bad.body().contains("[\"\\ud800\",{"), "{}", bad.body());
    assert_eq!(records(&of(Altered::NoRecords).await), Vec::<Value>::new());
    let first = listed(Fault::Slow(Duration::ZERO), "/v1/organizations?limit=2").await;
    let again = of(Altered::FirstPage).await;
    assert_eq!(records(&again), records(&first));
    assert_ne!(records(&again), two);
    assert!(again.body().contains("\"total_count\":1000000"));
}

#[tokio::test]
async fn letters_become_single_bytes() {
    let sandbox = demo();
    sandbox.world(|world| {
        let key = world.orgs(Clerk).next().unwrap().key;
        world.edit_org(key, |org| "\u{e9}\u{4e00}".clone_into(&mut org.name))
    });
    sandbox.fail(Clerk, Rule::always(Fault::Altered(Altered::Latin1)));
    let list = "/v1/organizations?limit=100";
    let heard = raw::get(&sandbox.clerk.url, list, &sandbox.clerk.token).await;
    assert!(heard.text.contains("\u{fffd}?"), "{}", heard.text);
}

#[tokio::test]
async fn something_happens_between_two_pages() {
    let sandbox = demo();
    let before = sandbox.world(|world| world.orgs(Clerk).count());
    let first = Turn(|world| {
        let key = world.orgs(Clerk).next().unwrap().key;
        drop(world.remove_org(key));
    });
    sandbox.fail(Clerk, Rule::once(Fault::Meanwhile(first)).after(1));
    for expected in [before, before - 1, before - 1] {
        let heard = raw::get(&sandbox.clerk.url, LIST, &sandbox.clerk.token).await;
        let body: Value = serde_json::from_str(heard.body()).unwrap();
        assert_eq!(body["total_count"], expected);
    }
}
