//! Servers that stop anywhere in an answer, or say what no server says: they are given up in time, no word
//! of theirs is taken for an answer, and the next request has a connection of its own.

use std::time::Duration;

use orgdeck::domain::{Fault, Method, Request, Verb};
use orgdeck::provider::http::{Sent, Transport};

use super::{Heard, account};
use crate::support::permit::permit;
use crate::support::wire::{Script, Step, Wire, answer, say};

/// A transport that has no time to lose.
fn hasty(wire: &Wire, within: Duration) -> (Transport, Heard) {
    let (mut account, heard) = account(&format!("http://{}", wire.address()));
    account.limits.read = within;
    account.limits.write = within;
    account.limits.idle = within;
    (Transport::new(account, &[]), heard)
}

fn get() -> Request {
    Request::get("/v1/organizations")
}

async fn delete(transport: &Transport) -> Sent {
    let delete = Request::new(Method::Delete, "/v1/organizations/1");
    transport
        .write(Verb::OrgDelete, &delete, permit().await)
        .await
}

/// A server that has sent so much of an answer and holds the connection open.
fn stalls_after(part: &[u8]) -> Script {
    vec![Step::Take, Step::Send(part.to_vec())]
}

#[tokio::test]
async fn r35_an_answer_that_stops_at_any_byte_is_given_up() {
    let whole = answer(200, &["content-type: application/json"], b"{\"id\":1}");
    for length in 0..whole.len() {
        let wire = Wire::serve([stalls_after(&whole[..length])]);
        let (transport, _) = hasty(&wire, Duration::from_millis(15));
        let error = transport.read(Verb::OrgList, &get()).await.unwrap_err();
        assert_eq!(error.fault, Fault::TimedOut, "read, {length} bytes");

        let sent = delete(&transport).await;
        assert!(
            matches!(sent, Sent::Lost),
            "write, {length} bytes: {sent:?}"
        );
        drop(transport);
        let requests = wire.finish().await.requests;
        let deletes = requests
            .iter()
            .filter(|taken| taken.line.starts_with("DELETE"));
        assert!(deletes.count() <= 1, "it is sent once");
    }
}

/// What says that an answer is still to come.
const INTERIM: &[u8] = b"HTTP/1.1 103 Early\r\nlink: </x>\r\n\r\n";

/// What is said in the place of an answer, once and then without end.
type Odd = (&'static str, &'static [u8], Option<&'static [u8]>);

const ODD: [Odd; 8] = [
    (
        "headers without end",
        b"HTTP/1.1 200 OK\r\n",
        Some(b"x-more: of the same\r\n"),
    ),
    (
        "a header without end",
        b"HTTP/1.1 200 OK\r\nx-long: ",
        Some(b"0123456789abcdef"),
    ),
    ("no HTTP", b"220 mail.example ESMTP\r\n\r\n", None),
    ("a version to come", b"HTTP/9.9 200 OK\r\n\r\n{}", None),
    (
        "two lengths",
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 9\r\n\r\n{}",
        None,
    ),
    (
        "a length below nothing",
        b"HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\n{}",
        None,
    ),
    (
        "chunks that are none",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n{}\r\n",
        None,
    ),
    (
        "a chunk as long as everything",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}",
        None,
    ),
];

#[tokio::test]
async fn r86_what_is_no_answer_is_an_error_and_the_next_one_is_the_right_one() {
    let interim = INTERIM.repeat(2_000);
    let interim = ("interim answers alone", &interim[..], None);
    for (what, begin, flood) in [interim].into_iter().chain(ODD) {
        let flood = flood.map(Step::Flood);
        let odd: Script = [Step::Take, Step::Send(begin.to_vec())]
            .into_iter()
            .chain(flood)
            .chain([Step::Close])
            .collect();
        let good = say(answer(200, &[], b"{\"n\":2}"));
        let wire = Wire::serve([odd.clone(), good.clone()]);
        let (transport, heard) = hasty(&wire, Duration::from_millis(200));
        let sent = delete(&transport).await;
        assert!(matches!(sent, Sent::Lost), "{what}: {sent:?}");
        assert!(heard.ends()[0].is_err(), "{what}: {:?}", heard.ends());
        let next = transport.read(Verb::OrgList, &get()).await.unwrap();
        assert_eq!(&next.body[..], b"{\"n\":2}", "{what}");
        drop(transport);
        assert_eq!(wire.finish().await.connections, 2, "{what}");

        let wire = Wire::serve([odd.clone(), odd.clone(), odd, good]);
        let (transport, _) = hasty(&wire, Duration::from_millis(200));
        // Where it may pass it is asked for again; what comes of it is the right one or an error.
        for _ in 0..4 {
            match transport.read(Verb::OrgList, &get()).await {
                Ok(response) => assert_eq!(&response.body[..], b"{\"n\":2}", "{what}"),
                Err(error) => assert_ne!(error.fault.kind(), "refused", "{what}: {error:?}"),
            }
        }
        let last = transport.read(Verb::OrgList, &get()).await.unwrap();
        assert_eq!(&last.body[..], b"{\"n\":2}", "{what}");
        drop(transport);
    }
}
