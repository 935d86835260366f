//! Writes: at the server once at most, and never said to be anything that is not known.

use std::time::Duration;

use orgdeck::domain::{Fault, Method, Request, Secret, Text, Verb};
use orgdeck::provider::http::{Response, Sent, Transport};
use serde_json::json;

use super::{account, later, transport, until_seen};
use crate::support::permit::permit;
use crate::support::wire::{Script, Step, Wire, answer, say};

fn invite() -> Request {
    Request::new(Method::Post, "/v1/invitations").json(json!({"email": "a@b.example"}))
}

async fn send(transport: &Transport, request: &Request) -> Sent {
    transport
        .write(Verb::InviteCreate, request, permit().await)
        .await
}

fn answered(sent: Sent) -> Response {
    match sent {
        Sent::Answered(response) => response,
        Sent::NotSent(_) | Sent::Renewed(_) | Sent::Instead(_) | Sent::Lost => panic!("{sent:?}"),
    }
}

fn not_sent(sent: Sent) -> Fault {
    match sent {
        Sent::NotSent(error) => error.fault,
        Sent::Answered(_) | Sent::Renewed(_) | Sent::Instead(_) | Sent::Lost => panic!("{sent:?}"),
    }
}

#[tokio::test]
async fn every_status_is_handed_over_and_nothing_is_sent_again() {
    for status in [
        200, 201, 204, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504,
    ] {
        let headers = ["x-request-id: r1", "retry-after: 0"];
        let wire = Wire::serve([say(answer(status, &headers, b""))]);
        let (transport, heard) = transport(&wire);
        let response = answered(send(&transport, &invite()).await);
        assert_eq!(
            (response.status, response.trace),
            (status, Some(Text::from("r1")))
        );
        assert_eq!(heard.ends(), [Ok(status)]);
        drop(transport);
        assert_eq!(wire.finish().await.connections, 1, "{status}");
    }
}

#[tokio::test]
async fn r9_a_redirected_write_names_the_place_and_goes_nowhere_else() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Wire::serve([say(answer(200, &[], b"{}"))]);
        let place = format!("http://{}/v1/invitations", elsewhere.address());
        let location = format!("location: {place}");
        let wire = Wire::serve([say(answer(status, &[&location], b""))]);
        let (transport, heard) = transport(&wire);
        let sent = send(&transport, &invite()).await;
        let redirected = Fault::Redirected(Text::from(place));
        assert!(
            matches!(&sent, Sent::Instead(error) if (error.status, &error.fault) == (Some(status), &redirected)),
            "{sent:?}"
        );
        assert_eq!(heard.ends(), [Err(redirected)]);
        drop(transport);
        assert_eq!(wire.finish().await.connections, 1);
        assert_eq!(elsewhere.finish().await.connections, 0);
    }
}

async fn length_of(request: &Request) -> usize {
    let wire = Wire::serve([say(answer(200, &[], b"{}"))]);
    let (transport, _) = transport(&wire);
    answered(send(&transport, request).await);
    drop(transport);
    wire.finish().await.requests[0].bytes.len()
}

/// Every place at which an exchange can break off: before, within and after the request, and within
/// and after the answer, each with an orderly end and without.
fn every_break(request: usize, answer: &[u8]) -> Vec<Script> {
    let mut scripts = Vec::new();
    for end in [Step::Close, Step::Reset] {
        for taken in 0..=request {
            scripts.push(vec![Step::TakeBytes(taken), end.clone()]);
        }
        for sent in 1..=answer.len() {
            let part = Step::Send(answer[..sent].to_vec());
            scripts.push(vec![Step::TakeBytes(request), part, end.clone()]);
        }
    }
    scripts
}

#[tokio::test]
async fn r2_a_write_is_sent_once_wherever_the_exchange_breaks() {
    let length = length_of(&invite()).await;
    for status in [200, 403] {
        let whole = answer(status, &["content-type: application/json"], b"{\"id\":1}");
        let scripts = every_break(length, &whole);
        let body_at = whole.len() - "{\"id\":1}".len();
        let count = scripts.len();
        let wire = Wire::serve(scripts.clone());
        let (transport, heard) = transport(&wire);
        for script in &scripts {
            let sent = send(&transport, &invite()).await;
            let came = if let Step::Send(part) = &script[1] {
                part.len()
            } else {
                0
            };
            match &sent {
                Sent::Lost => assert!(came < whole.len(), "{script:?}"),
                Sent::Answered(response) => {
                    assert!(
                        came == whole.len() || (status == 403 && came >= body_at),
                        "{script:?}"
                    );
                    assert_eq!(response.status, status);
                    assert!(whole[body_at..].starts_with(&response.body), "{script:?}");
                }
                // A reset that comes at once can end the connection before it stands.
                Sent::NotSent(_) => assert!(matches!(script[0], Step::TakeBytes(0)), "{script:?}"),
                Sent::Renewed(_) | Sent::Instead(_) => panic!("no redirect: {sent:?}"),
            }
        }
        assert_eq!(heard.sent().len(), count);
        drop(transport);
        assert_eq!(wire.finish().await.connections, count);
    }
}

#[tokio::test]
async fn a_success_whose_words_are_lost_is_lost_and_a_refusal_is_not() {
    let gzip = "content-encoding: gzip\r\n";
    for (extra, body) in [("", "{\"error"), (gzip, "{\"error\":\"no\"}____")] {
        for status in [200, 201, 400, 403, 429, 500, 503] {
            let begin =
                format!("HTTP/1.1 {status} .\r\ncf-ray: r1\r\n{extra}content-length: 18\r\n\r\n");
            let wire = Wire::serve([say(format!("{begin}{body}"))]);
            let (transport, heard) = transport(&wire);
            let sent = send(&transport, &invite()).await;
            if status < 400 {
                assert!(matches!(sent, Sent::Lost), "{sent:?}");
            } else {
                let response = answered(sent);
                assert_eq!(
                    (response.status, response.trace),
                    (status, Some(Text::from("r1")))
                );
                let came = if extra.is_empty() { body } else { "" };
                assert_eq!(response.body, came.as_bytes());
            }
            assert!(matches!(
                heard.ends()[..],
                [Err(Fault::Cut | Fault::Garbled(_))]
            ));
            drop(transport);
            assert_eq!(wire.finish().await.connections, 1);
        }
    }
}

#[tokio::test]
async fn a_success_that_is_too_large_is_lost() {
    let wire = Wire::serve([say(answer(200, &[], &[b' '; 101]))]);
    let (mut account, heard) = account(&format!("http://{}", wire.address()));
    account.limits.largest = 100;
    let transport = Transport::new(account, &[]);
    let sent = send(&transport, &invite()).await;
    assert!(matches!(sent, Sent::Lost), "{sent:?}");
    assert_eq!(heard.ends(), [Err(Fault::TooLarge)]);
}

#[tokio::test]
async fn r34_an_answer_may_take_a_minute_to_begin_and_is_lost_after_that() {
    let wire = Wire::serve([vec![Step::Take]]);
    let (transport, heard) = transport(&wire);
    let request = invite();
    let mut write = Box::pin(transport.write(Verb::InviteCreate, &request, permit().await));
    until_seen(&wire, 1, &mut write).await;
    later(Duration::from_secs(50)).await;
    assert!(futures_util::poll!(&mut write).is_pending());
    later(Duration::from_secs(10)).await;
    assert!(matches!(write.await, Sent::Lost));
    assert_eq!(heard.ends(), [Err(Fault::TimedOut)]);
    drop(transport);
    assert_eq!(wire.finish().await.connections, 1);
}

#[tokio::test]
async fn a_body_that_stops_ends_the_wait_after_the_idle_time() {
    for (status, lost) in [(200, true), (409, false)] {
        let begin = format!("HTTP/1.1 {status} .\r\ncontent-length: 9\r\n\r\n{{");
        let wire = Wire::serve([vec![Step::Take, Step::Send(begin.into_bytes())]]);
        let (mut account, heard) = account(&format!("http://{}", wire.address()));
        account.limits.idle = Duration::from_millis(20);
        let transport = Transport::new(account, &[]);
        let sent = send(&transport, &invite()).await;
        assert_eq!(matches!(sent, Sent::Lost), lost, "{sent:?}");
        assert_eq!(heard.ends(), [Err(Fault::TimedOut)]);
    }
}

#[tokio::test]
async fn where_nobody_listens_nothing_was_sent() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let (account, heard) = account(&format!("http://{}", socket.local_addr().unwrap()));
    let transport = Transport::new(account, &[]);
    let fault = not_sent(send(&transport, &invite()).await);
    assert_eq!(fault.kind(), "offline");
    assert_eq!(heard.ends(), [Err(fault)]);
}

#[tokio::test]
async fn a_hidden_secret_goes_out_encoded_in_its_place() {
    let wire = Wire::serve([say(answer(200, &[], b"{}"))]);
    let (transport, heard) = transport(&wire);
    let request = Request::new(Method::Post, "/v1/invites/{token}/accept");
    for token in ["abc", "a/b?c#d e", "../..", "{token}", "ü"] {
        let hidden = Secret::new(token);
        let hidden = (&hidden, permit().await);
        answered(
            transport
                .write_hidden(Verb::InviteAccept, &request, hidden)
                .await,
        );
    }
    drop(transport);
    let lines: Vec<_> = wire
        .finish()
        .await
        .requests
        .into_iter()
        .map(|taken| taken.line)
        .collect();
    let sent = [
        "abc",
        "a%2Fb%3Fc%23d%20e",
        "..%2F..",
        "%7Btoken%7D",
        "%C3%BC",
    ];
    assert_eq!(
        lines,
        sent.map(|token| format!("POST /v1/invites/{token}/accept HTTP/1.1"))
    );
    for sent in heard.sent() {
        assert_eq!(sent.target, Text::from("/v1/invites/{token}/accept"));
    }
}

#[tokio::test]
async fn a_hidden_secret_that_would_change_the_path_is_not_sent() {
    let wire = Wire::serve([say(answer(200, &[], b"{}"))]);
    let (transport, heard) = transport(&wire);
    let request = Request::new(Method::Post, "/v1/invites/{token}/accept");
    for token in [".", ".."] {
        let hidden = Secret::new(token);
        let hidden = (&hidden, permit().await);
        let sent = transport
            .write_hidden(Verb::InviteAccept, &request, hidden)
            .await;
        assert_eq!(not_sent(sent).kind(), "invalid");
    }
    drop(transport);
    assert_eq!(wire.finish().await.connections, 0);
    assert_eq!(heard.all(), []);
}
