//! Patience: what a service that says how long to wait is spared.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use orgdeck::domain::{Fault, Method, News, Profile, Request, Text, Verb};
use orgdeck::provider::http::{Sent, Transport};

use super::{account, later, transport, until_seen};
use crate::support::permit::permit;
use crate::support::wire::{Script, Wire, answer, say};

fn slowed(retry_after: &str) -> Script {
    say(answer(429, &[retry_after, "cf-ray: r1"], b"slow down"))
}

fn fine() -> Script {
    say(answer(200, &[], b"{}"))
}

fn get() -> Request {
    Request::get("/v1/organizations")
}

/// Drives `work` until nothing more happens without time going by.
async fn settle<T: std::fmt::Debug>(work: &mut (impl Future<Output = T> + Unpin)) {
    let mut work = pin!(work);
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(ended) => panic!("ended early: {ended:?}"),
        Poll::Pending => Poll::Ready(()),
    })
    .await;
}

/// A number that does not fit is a very long wait, and not none; nothing goes out before it is over.
#[tokio::test]
async fn r23_a_wait_that_no_clock_holds_is_long() {
    for number in ["99999999999999999999", "1e300", "18446744073709551616.5"] {
        let wire = Wire::serve([slowed(&format!("retry-after: {number}"))]);
        let (transport, _) = transport(&wire);
        let delete = Request::new(Method::Delete, "/v1/organizations/1");
        let answered = transport
            .write(Verb::OrgDelete, &delete, permit().await)
            .await;
        let a_day = Some(Duration::from_hours(24));
        assert!(
            matches!(&answered, Sent::Answered(response) if response.retry_after == a_day),
            "{number}: {answered:?}"
        );
        let error = transport.read(Verb::OrgList, &get()).await.unwrap_err();
        assert!(
            matches!(error.fault, Fault::Slowed { after: Some(_) }),
            "{error:?}"
        );
        let sent = transport
            .write(Verb::OrgDelete, &delete, permit().await)
            .await;
        assert!(matches!(sent, Sent::NotSent(_)), "{number}: {sent:?}");
        assert_eq!(wire.finish().await.requests.len(), 1, "{number}");
    }
}

#[tokio::test]
async fn r23_a_read_waits_as_long_as_it_was_told_and_not_less() {
    let wire = Wire::serve([slowed("retry-after: 1000"), fine()]);
    let (mut account, heard) = account(&format!("http://{}", wire.address()));
    account.limits.read = Duration::from_secs(5000);
    let transport = Transport::new(account, &[]);
    let request = get();
    let mut read = Box::pin(transport.read(Verb::OrgList, &request));
    tokio::select! {
        ended = &mut read => panic!("ended early: {ended:?}"),
        () = poll_fn(|context| {
            context.waker().wake_by_ref();
            if heard.all().len() == 2 { Poll::Ready(()) } else { Poll::Pending }
        }) => {}
    }
    let paused = News::Paused {
        profile: Profile::new("work"),
        wait: Duration::from_secs(1000),
    };
    assert_eq!(heard.all()[1], paused);
    later(Duration::from_mins(15)).await;
    settle(&mut read).await;
    later(Duration::from_secs(101)).await;
    assert_eq!(read.await.unwrap().status, 200);
    drop(transport);
    assert_eq!(wire.finish().await.requests.len(), 2);
}

#[tokio::test]
async fn r23_r66_a_wait_that_is_too_long_is_told_at_once() {
    for (header, seconds) in [
        ("retry-after: 120", 120),
        ("retry-after: Sun, 01 Mar 2026 12:02:00 GMT", 120),
        (
            "date: Tue, 03 Mar 2026 08:00:00 GMT\r\nretry-after: Tue, 03 Mar 2026 09:00:00 GMT",
            3600,
        ),
        ("retry-after: 99999999999", 86400),
        ("retry-after: Thu, 31 Dec 9998 23:59:59 GMT", 86400),
    ] {
        let wire = Wire::serve([slowed(header)]);
        let (transport, heard) = transport(&wire);
        let error = transport.read(Verb::OrgList, &get()).await.unwrap_err();
        let Fault::Slowed { after: Some(after) } = error.fault else {
            panic!("{header}: {error:?}");
        };
        let whole = Duration::from_secs(seconds);
        assert!(
            after <= whole && after + Duration::from_mins(1) > whole,
            "{header}: {after:?}"
        );
        assert_eq!(
            (error.status, error.trace),
            (Some(429), Some(Text::from("r1")))
        );
        assert!(heard.all().contains(&News::Paused {
            profile: Profile::new("work"),
            wait: whole
        }));
        drop(transport);
        assert_eq!(wire.finish().await.requests.len(), 1, "{header}");
    }
}

#[tokio::test]
async fn no_wait_and_no_time_that_can_be_read_mean_the_usual_repeats() {
    for header in [
        "retry-after: 0",
        "retry-after: soon",
        "retry-after: -5",
        "retry-after:",
        "retry-after: Sun, 01 Mar 2026 11:00:00 GMT",
        "x-other: 1",
    ] {
        let wire = Wire::serve([slowed(header), slowed(header), fine()]);
        let (transport, heard) = transport(&wire);
        let response = transport.read(Verb::OrgList, &get()).await.unwrap();
        assert_eq!(response.status, 200, "{header}");
        assert_eq!(heard.all().len(), 3, "{header}");
    }
}

#[tokio::test]
async fn r23_while_a_service_is_left_alone_nothing_is_sent_to_it() {
    let wire = Wire::serve([slowed("retry-after: 600"), fine()]);
    let (transport, heard) = transport(&wire);
    transport.read(Verb::OrgList, &get()).await.unwrap_err();
    let read = transport.read(Verb::OrgShow, &get()).await.unwrap_err();
    assert!(
        matches!(read.fault, Fault::Slowed { after: Some(_) }),
        "{read:?}"
    );
    let delete = Request::new(Method::Delete, "/v1/organizations/1");
    let sent = transport
        .write(Verb::OrgDelete, &delete, permit().await)
        .await;
    let Sent::NotSent(write) = sent else {
        panic!("{sent:?}");
    };
    assert!(
        matches!(write.fault, Fault::Slowed { after: Some(_) }),
        "{write:?}"
    );
    assert_eq!(heard.sent().len(), 1);

    later(Duration::from_secs(601)).await;
    let sent = transport
        .write(Verb::OrgDelete, &delete, permit().await)
        .await;
    assert!(matches!(sent, Sent::Answered(answer) if answer.status == 200));
    drop(transport);
    assert_eq!(wire.finish().await.requests.len(), 2);
}

#[tokio::test]
async fn reads_that_come_during_a_pause_wait_for_its_end() {
    let wire = Wire::serve([slowed("retry-after: 20"), fine()]);
    let (transport, _) = transport(&wire);
    let delete = Request::new(Method::Delete, "/v1/organizations/1");
    let sent = transport
        .write(Verb::OrgDelete, &delete, permit().await)
        .await;
    assert!(matches!(sent, Sent::Answered(answer) if answer.status == 429));
    let request = get();
    let mut read = Box::pin(transport.read(Verb::OrgList, &request));
    later(Duration::from_secs(10)).await;
    settle(&mut read).await;
    later(Duration::from_secs(11)).await;
    until_seen(&wire, 2, &mut read).await;
    assert_eq!(read.await.unwrap().status, 200);
}

#[tokio::test]
async fn a_shorter_wait_does_not_end_a_longer_one() {
    let unavailable = say(answer(503, &["retry-after: 600"], b""));
    let wire = Wire::serve([unavailable, slowed("retry-after: 10")]);
    let (transport, heard) = transport(&wire);
    let (first, second) = (get(), get());
    let both = tokio::join!(
        transport.read(Verb::OrgList, &first),
        transport.read(Verb::OrgList, &second)
    );
    assert!(both.0.is_err() && both.1.is_err(), "{both:?}");
    later(Duration::from_secs(30)).await;
    let read = transport.read(Verb::OrgList, &get()).await.unwrap_err();
    assert!(matches!(read.fault, Fault::Slowed { after: Some(after) } if after.as_secs() > 500));
    assert_eq!(heard.sent().len(), 2);
    drop(transport);
    wire.finish().await;
}
