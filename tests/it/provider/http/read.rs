//! Reads: what is repeated, how often, and how long it all may take.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use orgdeck::domain::{Fault, Request, Text, Verb};
use orgdeck::provider::http::Transport;
use tokio::task::yield_now;
use tokio::time::timeout;

use super::{CANARY, account, later, transport, until_seen};
use crate::support::link::gives;
use crate::support::wire::{Script, Step, Wire, answer, say};

fn fine() -> Script {
    say(answer(200, &["content-type: application/json"], b"{}"))
}

fn get() -> Request {
    Request::get("/v1/organizations")
}

#[tokio::test]
async fn an_answer_comes_back_whole() {
    let headers = [
        "Content-Type: Application/JSON; charset=utf-8",
        "x-request-id: second",
        "X-Clerk-Trace-Id: first",
        "retry-after: 7",
    ];
    let wire = Wire::serve([say(answer(404, &headers, b"[\xff]"))]);
    let (transport, heard) = transport(&wire);
    let response = transport.read(Verb::OrgList, &get()).await.unwrap();
    assert_eq!(response.status, 404);
    assert!(!response.is_success());
    assert_eq!(response.content_type, "application/json");
    assert_eq!(response.trace, Some(Text::from("first")));
    assert_eq!(response.retry_after, Some(Duration::from_secs(7)));
    assert_eq!(&response.body[..], b"[\xff]");
    assert_eq!(heard.ends(), [Ok(404)]);
}

#[tokio::test]
async fn r7_header_values_are_foreign_text_of_bounded_length() {
    let long = format!("cf-ray: \u{1b}]0;x\u{7}\u{ff}{}", "x".repeat(5000));
    // A server that writes control characters into a header is not believed at all.
    let wire = Wire::serve([say(answer(200, &[&long], b"{}"))]);
    let (first, _) = transport(&wire);
    let fault = first.read(Verb::OrgList, &get()).await.unwrap_err().fault;
    assert_eq!(
        fault,
        Fault::Garbled(Text::from("invalid HTTP header parsed"))
    );

    let long = format!("cf-ray: {}{}", "é", "x".repeat(5000));
    let wire = Wire::serve([say(answer(200, &[&long], b"{}"))]);
    let (second, _) = transport(&wire);
    let trace = second
        .read(Verb::OrgList, &get())
        .await
        .unwrap()
        .trace
        .unwrap();
    assert_eq!(trace.raw().chars().count(), 200);
    assert!(trace.raw().starts_with("éxxx"));
}

#[tokio::test]
async fn r2_what_may_pass_is_tried_three_times() {
    let half = b"HTTP/1.1 200 .\r\ncontent-length: 100\r\n\r\n{\"data\":";
    let send = |bytes: &[u8]| Step::Send(bytes.to_vec());
    let faults = [
        (vec![Step::Take, Step::Reset], "offline"),
        (vec![Step::Reset], "offline"),
        (vec![Step::Take, Step::Close], "offline"),
        (vec![Step::Close], "offline"),
        (vec![Step::Take, send(&half[..20]), Step::Close], "offline"),
        (vec![Step::Take, send(half), Step::Close], "cut"),
        (vec![Step::Take, send(half), Step::Reset], "cut"),
    ];
    for (script, kind) in faults {
        let wire = Wire::serve([script.clone()]);
        let (first, heard) = transport(&wire);
        let error = first.read(Verb::OrgList, &get()).await.unwrap_err();
        assert_eq!(error.fault.kind(), kind, "{script:?}: {error:?}");
        drop(first);
        assert_eq!(wire.finish().await.connections, 3, "{script:?}");
        assert_eq!(heard.ends().len(), 3, "{script:?}");

        let wire = Wire::serve([script.clone(), script.clone(), fine()]);
        let (second, _) = transport(&wire);
        let response = second.read(Verb::OrgList, &get()).await.unwrap();
        assert_eq!(response.status, 200, "{script:?}");
    }
}

#[tokio::test]
async fn passing_statuses_are_tried_three_times_and_then_handed_over() {
    for status in [429, 502, 503, 504] {
        let wire = Wire::serve([say(answer(status, &[], b"busy"))]);
        let (transport, heard) = transport(&wire);
        let response = transport.read(Verb::OrgList, &get()).await.unwrap();
        assert_eq!(
            (response.status, &response.body[..]),
            (status, &b"busy"[..])
        );
        assert_eq!(heard.ends(), [Ok(status), Ok(status), Ok(status)]);
        drop(transport);
        assert_eq!(wire.finish().await.requests.len(), 3);
    }
}

/// Another token is no other question: what was sent before counts.
#[tokio::test]
async fn r2_a_read_is_sent_three_times_at_most_whatever_becomes_of_its_token() {
    let cases: [(&[u16], Result<u16, Fault>); 4] = [
        (&[503, 503, 401, 200], Err(Fault::Renewed)),
        (&[503, 401, 200, 200], Ok(200)),
        (&[503, 401, 503, 200], Ok(503)),
        (&[401, 503, 503, 200], Ok(503)),
    ];
    for (statuses, expected) in cases {
        let scripts = statuses
            .iter()
            .map(|status| say(answer(*status, &[], b"{}")));
        let wire = Wire::serve(scripts.collect::<Vec<_>>());
        let (mut account, heard) = account(&format!("http://{}", wire.address()));
        account.secret = gives(&[CANARY, "another-4f1d9b2e-token"]);
        let transport = Transport::new(account, &[]);
        let ended = transport.read(Verb::OrgList, &get()).await;
        let ended = ended
            .map(|answer| answer.status)
            .map_err(|error| error.fault);
        assert_eq!(ended, expected, "{statuses:?}");
        assert_eq!(heard.ends().len(), 3, "{statuses:?}");
    }
}

/// Nor does it begin another span of time.
#[tokio::test]
async fn r34_a_read_with_another_token_has_the_time_that_was_left() {
    let busy = say(answer(503, &[], b"busy"));
    let over = say(answer(401, &[], b"{}"));
    let wire = Wire::serve([busy, over, Vec::new()]);
    let (mut account, heard) = account(&format!("http://{}", wire.address()));
    account.secret = gives(&[CANARY, "another-4f1d9b2e-token"]);
    account.limits.backoff = Duration::from_secs(10);
    account.limits.idle = Duration::from_mins(1);
    let transport = Transport::new(account, &[]);
    let request = get();
    let mut read = Box::pin(transport.read(Verb::OrgList, &request));
    let waits = async {
        while heard.ends().is_empty() {
            yield_now().await;
        }
    };
    tokio::select! {
        ended = &mut read => panic!("ended early: {ended:?}"),
        () = waits => {}
    }
    later(Duration::from_secs(21)).await;
    until_seen(&wire, 3, &mut read).await;
    later(Duration::from_secs(10)).await;
    let ended = timeout(Duration::from_secs(5), read).await;
    let ended = ended.expect("its time is over");
    assert_eq!(ended.unwrap_err().fault, Fault::TimedOut);
}

#[tokio::test]
async fn other_statuses_are_answers() {
    for status in [
        200, 204, 400, 401, 402, 403, 404, 409, 422, 500, 501, 505, 599,
    ] {
        let wire = Wire::serve([say(answer(status, &[], b""))]);
        let (transport, _) = transport(&wire);
        let response = transport.read(Verb::OrgList, &get()).await.unwrap();
        assert_eq!(response.status, status);
        drop(transport);
        assert_eq!(wire.finish().await.requests.len(), 1, "{status}");
    }
}

#[tokio::test]
async fn r33_a_refused_connection_is_tried_three_times() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let (account, heard) = account(&format!("http://{}", socket.local_addr().unwrap()));
    let transport = Transport::new(account, &[]);
    let error = transport.read(Verb::OrgList, &get()).await.unwrap_err();
    assert_eq!(error.to_string(), "org list: offline");
    let Fault::Offline(cause) = error.fault else {
        panic!("{:?}", error.fault);
    };
    assert_eq!(cause, Text::from("connection refused"));
    assert_eq!(heard.ends().len(), 3);
}

#[tokio::test]
async fn what_is_no_http_is_not_asked_again() {
    let bomb = format!("HTTP/1.1 200 .\r\n{}\r\n", "x: y\r\n".repeat(200));
    for (garbage, words) in [
        ("SSH-2.0-OpenSSH_9.6\r\n\r\n", "invalid HTTP version parsed"),
        ("HTTP/9.9 200 .\r\n\r\n", "invalid HTTP version parsed"),
        ("HTTP/1.1 abc\r\n\r\n", "invalid HTTP status-code parsed"),
        (
            "HTTP/1.1 200 .\r\na b\r\n\r\n",
            "invalid HTTP header parsed",
        ),
        (&bomb, "message head is too large"),
    ] {
        let wire = Wire::serve([say(garbage)]);
        let (transport, _) = transport(&wire);
        let error = transport.read(Verb::OrgList, &get()).await.unwrap_err();
        assert_eq!(error.fault, Fault::Garbled(Text::from(words)));
        drop(transport);
        assert_eq!(wire.finish().await.connections, 1);
    }
}

#[tokio::test]
async fn r9_a_redirect_is_not_followed_and_its_target_is_named() {
    for status in [300, 301, 302, 303, 304, 307, 308] {
        let elsewhere = Wire::serve([fine()]);
        let place = format!("http://{}/login?next=x", elsewhere.address());
        let location = format!("location: {place}");
        let wire = Wire::serve([say(answer(status, &[&location, "cf-ray: r1"], b""))]);
        let (transport, heard) = transport(&wire);
        let error = transport.read(Verb::OrgList, &get()).await.unwrap_err();
        assert_eq!(error.fault, Fault::Redirected(Text::from(place)));
        assert_eq!(error.status, Some(status));
        assert_eq!(error.trace, Some(Text::from("r1")));
        assert_eq!(heard.ends(), [Err(error.fault)]);
        drop(transport);
        assert_eq!(wire.finish().await.requests.len(), 1);
        assert_eq!(elsewhere.finish().await.connections, 0);
    }
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_one_too() {
    let wire = Wire::serve([say(answer(302, &[], b""))]);
    let (transport, _) = transport(&wire);
    let fault = transport
        .read(Verb::OrgList, &get())
        .await
        .unwrap_err()
        .fault;
    assert_eq!(fault, Fault::Redirected(Text::from("")));
}

#[tokio::test]
async fn r34_a_silent_server_is_given_up_when_the_time_of_a_read_is_over() {
    let wire = Wire::serve([vec![Step::Take]]);
    let (transport, heard) = transport(&wire);
    let request = get();
    let mut read = Box::pin(transport.read(Verb::OrgList, &request));
    until_seen(&wire, 1, &mut read).await;
    later(Duration::from_secs(20)).await;
    until_seen(&wire, 2, &mut read).await;
    later(Duration::from_secs(10)).await;
    assert_eq!(read.await.unwrap_err().fault, Fault::TimedOut);
    assert_eq!(heard.ends(), [Err(Fault::TimedOut), Err(Fault::TimedOut)]);
    drop(transport);
    assert_eq!(wire.finish().await.connections, 2);
}

#[tokio::test]
async fn r35_a_body_that_stops_is_given_up_after_the_idle_time_and_asked_for_again() {
    let half = b"HTTP/1.1 200 .\r\ncontent-length: 9\r\n\r\n{";
    let wire = Wire::serve([vec![Step::Take, Step::Send(half.to_vec())], fine()]);
    let (mut account, heard) = account(&format!("http://{}", wire.address()));
    account.limits.idle = Duration::from_millis(20);
    let transport = Transport::new(account, &[]);
    let response = transport.read(Verb::OrgList, &get()).await.unwrap();
    assert_eq!(response.status, 200);
    assert_eq!(heard.ends(), [Err(Fault::TimedOut), Ok(200)]);
}

#[tokio::test]
async fn r35_a_body_that_drips_without_end_is_given_up_when_the_time_is_over() {
    let begin = b"HTTP/1.1 200 .\r\ntransfer-encoding: chunked\r\n\r\n";
    let drip = vec![
        Step::Take,
        Step::Send(begin.to_vec()),
        Step::Flood(b"1\r\nx\r\n"),
    ];
    let wire = Wire::serve([drip]);
    let (mut account, heard) = account(&format!("http://{}", wire.address()));
    account.limits.read = Duration::from_millis(50);
    let transport = Transport::new(account, &[]);
    let fault = transport
        .read(Verb::OrgList, &get())
        .await
        .unwrap_err()
        .fault;
    assert_eq!(fault, Fault::TimedOut);
    assert_eq!(heard.ends(), [Err(Fault::TimedOut)]);
}

#[tokio::test]
async fn a_dropped_read_stops_at_once_and_gives_its_place_back() {
    let wire = Wire::serve([vec![Step::Take], fine()]);
    let (mut account, heard) = account(&format!("http://{}", wire.address()));
    account.limits.at_once = 1;
    let transport = Transport::new(account, &[]);
    let request = get();
    {
        let mut read = Box::pin(transport.read(Verb::OrgList, &request));
        until_seen(&wire, 1, &mut read).await;
    }
    assert_eq!(heard.ends(), [Err(Fault::Cancelled)]);
    transport.read(Verb::OrgList, &request).await.unwrap();
    assert_eq!(heard.ends(), [Err(Fault::Cancelled), Ok(200)]);
    drop(transport);
    assert_eq!(wire.finish().await.connections, 2);
}

#[tokio::test]
async fn r73_reads_wait_for_room_and_pages_have_more_of_it() {
    let wire = Wire::serve([vec![Step::Take]]);
    let (mut account, _) = account(&format!("http://{}", wire.address()));
    account.limits.at_once = 2;
    account.limits.pages_at_once = 3;
    let transport = Transport::new(account, &[]);
    let request = get();
    let mut reads: Vec<_> = (0..4)
        .map(|_| Box::pin(transport.read(Verb::OrgList, &request)))
        .collect();
    let mut pages: Vec<_> = (0..4)
        .map(|_| Box::pin(transport.read_page(Verb::MemberList, &request)))
        .collect();
    let mut everything = poll_fn(|context| {
        for read in &mut reads {
            assert!(read.as_mut().poll(context).is_pending());
        }
        for page in &mut pages {
            assert!(page.as_mut().poll(context).is_pending());
        }
        Poll::<()>::Pending
    });
    until_seen(&wire, 3, &mut everything).await;
    drop((reads, pages));
    drop(transport);
    let log = wire.finish().await;
    assert_eq!((log.connections, log.requests.len()), (3, 3));
}
