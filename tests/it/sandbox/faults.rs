//! Each fault, as a client sees it on the socket.

use std::io::ErrorKind;
use std::time::Duration;

use orgdeck::sandbox::Sandbox;
use orgdeck::sandbox::Service::Clerk;
use orgdeck::sandbox::faults::{Fault, Rule};

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
