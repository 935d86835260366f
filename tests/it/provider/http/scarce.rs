//! Few requests left: services that say so are told of, so that what can wait is not sent.

use std::time::Duration;

use orgdeck::domain::{News, Profile, Request, Verb};

use super::transport;
use crate::support::wire::{Wire, answer, say};

/// How long few requests are said to be left after an answer with these headers.
async fn heard(headers: &[&str]) -> Option<Duration> {
    let wire = Wire::serve([say(answer(200, headers, b"{}"))]);
    let (transport, heard) = transport(&wire);
    let request = Request::get("/v1/organizations");
    transport.read(Verb::OrgList, &request).await.unwrap();
    let scarce = heard.all().into_iter().find_map(|news| match news {
        News::Scarce { profile, wait } => {
            assert_eq!(profile, Profile::new("work"));
            Some(wait)
        }
        News::Sent(_) | News::Paused { .. } => None,
    });
    drop(transport);
    wire.finish().await;
    scarce
}

#[tokio::test]
async fn less_than_a_tenth_is_few() {
    let seconds = |count| Some(Duration::from_secs(count));
    for (headers, wait) in [
        (
            &[
                "ratelimit-limit: 100",
                "ratelimit-remaining: 9",
                "ratelimit-reset: 30",
            ][..],
            seconds(30),
        ),
        (
            &["x-ratelimit-limit: 1000", "x-ratelimit-remaining: 99"],
            seconds(60),
        ),
        (
            &["x-ratelimit-remaining: 0", "x-ratelimit-reset: 1900000000"],
            seconds(60),
        ),
        (
            &["x-ratelimit-limit: 100", "x-ratelimit-remaining: 10"],
            None,
        ),
        (&["ratelimit-remaining: 11"], None),
        (&["ratelimit-remaining: few"], None),
        (&["ratelimit-remaining: -1"], None),
        (&[], None),
    ] {
        assert_eq!(heard(headers).await, wait, "{headers:?}");
    }
}
