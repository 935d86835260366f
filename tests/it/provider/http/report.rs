//! News: every request that began is told of once, and no word of it is the secret.

use std::time::Duration;

use orgdeck::domain::{Fault, Method, Profile, Request, Secret, Text, Verb, news};

use super::{CANARY, later, transport, until_seen};
use crate::support::permit::permit;
use crate::support::wire::{Script, Step, Wire, answer, say};

#[tokio::test]
async fn a_request_is_told_with_all_that_is_known_of_it() {
    let wire = Wire::serve([say(answer(404, &["x-clerk-trace-id: abc"], b"{}"))]);
    let (transport, heard) = transport(&wire);
    let request = Request::get("/v1/organizations/a%20b").query("limit=1");
    transport.read(Verb::OrgShow, &request).await.unwrap();
    let mut sent = heard.sent();
    assert_eq!(sent.len(), 1);
    let took = std::mem::take(&mut sent[0].took);
    assert!(took > Duration::ZERO);
    let told = news::Sent {
        profile: Profile::new("work"),
        verb: Verb::OrgShow,
        method: Method::Get,
        target: Text::from("/v1/organizations/a%20b?limit=1"),
        ended: Ok(404),
        served_at: None,
        took: Duration::ZERO,
        trace: Some(Text::from("abc")),
    };
    assert_eq!(sent, [told]);
}

#[tokio::test]
async fn r66_the_clock_of_a_dated_answer_is_told_and_kept() {
    let dated = |date: &str| say(answer(200, &[date], b"{}"));
    let wire = Wire::serve([
        say(answer(200, &[], b"{}")),
        dated("date: Mon, 02 Mar 2026 12:00:00 GMT"),
        dated("date: someday"),
    ]);
    let (transport, heard) = transport(&wire);
    let request = Request::get("/v1/organizations");
    let ours = super::wall();
    let tomorrow = ours + jiff::SignedDuration::from_hours(24);
    for known in [ours, tomorrow, tomorrow] {
        transport.read(Verb::OrgList, &request).await.unwrap();
        assert_eq!(transport.skew().theirs(ours), known);
    }
    let told: Vec<_> = heard.sent().iter().map(|sent| sent.served_at).collect();
    assert_eq!(told, [None, Some(tomorrow), None]);
    drop(transport);
    wire.finish().await;
}

#[tokio::test]
async fn the_time_it_took_is_measured() {
    let wire = Wire::serve([vec![Step::Take]]);
    let (transport, heard) = transport(&wire);
    let request = Request::get("/v1/organizations");
    {
        let mut read = Box::pin(transport.read(Verb::OrgList, &request));
        until_seen(&wire, 1, &mut read).await;
        later(Duration::from_secs(7)).await;
    }
    let took = heard.sent()[0].took;
    assert!(
        took >= Duration::from_secs(7) && took < Duration::from_mins(1),
        "{took:?}"
    );
}

#[tokio::test]
async fn a_write_that_is_dropped_is_told_too() {
    let wire = Wire::serve([vec![Step::Take]]);
    let (transport, heard) = transport(&wire);
    let request = Request::new(Method::Delete, "/v1/organizations/1");
    {
        let mut write = Box::pin(transport.write(Verb::OrgDelete, &request, permit().await));
        until_seen(&wire, 1, &mut write).await;
    }
    assert_eq!(heard.ends(), [Err(Fault::Cancelled)]);
    drop(transport);
    assert_eq!(wire.finish().await.connections, 1);
}

fn every_end() -> Vec<Script> {
    vec![
        say(answer(200, &[], b"{}")),
        say(answer(401, &[], b"{}")),
        say(answer(429, &["retry-after: 0"], b"")),
        say(answer(503, &[], b"")),
        say(answer(302, &["location: https://evil.example/"], b"")),
        say("nonsense\r\n\r\n"),
        say("HTTP/1.1 200 .\r\ncontent-length: 9\r\n\r\n{"),
        say(answer(200, &["content-encoding: gzip"], b"nonsense")),
        vec![Step::Take, Step::Reset],
        vec![Step::Take, Step::Close],
        vec![Step::Reset],
    ]
}

#[tokio::test]
async fn r8_no_secret_is_in_any_error_or_news() {
    for script in every_end() {
        let wire = Wire::serve([script.clone()]);
        let (transport, heard) = transport(&wire);
        let read = transport
            .read(Verb::OrgList, &Request::get("/v1/organizations"))
            .await;
        let accept = Request::new(Method::Post, "/v1/invites/{token}/accept");
        let hidden = Secret::new("invite/canary-77");
        let permit = permit().await;
        let sent = transport
            .write_hidden(Verb::InviteAccept, &accept, (&hidden, permit))
            .await;
        let told = format!("{read:?} {sent:?} {:?}", heard.all());
        for secret in [CANARY, "canary-77", "invite%2F"] {
            assert!(!told.contains(secret), "{script:?}: {told}");
        }
        let target = heard.sent().pop().unwrap().target;
        assert_eq!(target, Text::from("/v1/invites/{token}/accept"));
    }
}
