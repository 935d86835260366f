//! Bodies: bounded after decompression, and never half of one taken for the whole.

use std::time::Duration;

use orgdeck::domain::{Fault, Request, Text, Verb};
use orgdeck::provider::http::{Response, Transport, not_the_api};

use super::{account, transport};
use crate::support::wire::{Step, Wire, answer, say};

fn get() -> Request {
    Request::get("/v1/organizations")
}

/// 4,096 zeros, compressed.
const GZIP: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\x01\x0d\x00\x00\x00\xc2\xa0\
    \xf7\x4f\x6d\x0f\x07\x14\x00\x00\x00\xf0\x6e\x11\x00\x1c\xc7\x00\x10\x00\x00";
const BROTLI: &[u8] = b"\x1b\xff\x0f\xf8\x27\x00\xe2\xb1\x40\x20\xf7\x00\x00";

async fn read_with_room_for(largest: usize, wire: &Wire) -> Result<Response, Fault> {
    let (mut account, _) = account(&format!("http://{}", wire.address()));
    account.limits.largest = largest;
    let transport = Transport::new(account, &[]);
    let read = transport.read(Verb::OrgList, &get()).await;
    read.map_err(|error| error.fault)
}

#[tokio::test]
async fn r39_compressed_bodies_are_counted_as_they_unfold() {
    for (encoding, bytes) in [("gzip", GZIP), ("br", BROTLI)] {
        assert!(bytes.len() < 100);
        let header = format!("content-encoding: {encoding}");
        let wire = Wire::serve([say(answer(200, &[&header], bytes))]);
        let response = read_with_room_for(4096, &wire).await.unwrap();
        assert_eq!(&response.body[..], &[0; 4096][..], "{encoding}");
        let fault = read_with_room_for(4095, &wire).await.unwrap_err();
        assert_eq!(fault, Fault::TooLarge, "{encoding}");
        assert_eq!(wire.finish().await.requests.len(), 2, "{encoding}");
    }
}

#[tokio::test]
async fn r39_an_endless_body_is_dropped_with_its_connection() {
    let head = b"HTTP/1.1 200 .\r\ntransfer-encoding: chunked\r\n\r\n";
    let endless = Step::Flood(b"8\r\n01234567\r\n");
    let wire = Wire::serve([vec![Step::Take, Step::Send(head.to_vec()), endless]]);
    let (mut account, _) = account(&format!("http://{}", wire.address()));
    account.limits.largest = 10_000;
    let transport = Transport::new(account, &[]);
    let fault = transport
        .read(Verb::OrgList, &get())
        .await
        .unwrap_err()
        .fault;
    assert_eq!(fault, Fault::TooLarge);
    // The server floods until nobody takes it: that it ends shows that the connection is gone.
    let log = wire.finish().await;
    assert_eq!((log.connections, log.requests.len()), (1, 1));
    drop(transport);
}

#[tokio::test]
async fn r36_a_compressed_body_that_ends_early_is_cut() {
    let half = &GZIP[..GZIP.len() / 2];
    let wire = Wire::serve([say(answer(200, &["content-encoding: gzip"], half))]);
    let (transport, heard) = transport(&wire);
    let fault = transport
        .read(Verb::OrgList, &get())
        .await
        .unwrap_err()
        .fault;
    assert_eq!(fault, Fault::Cut);
    assert_eq!(heard.ends().len(), 3);
}

#[tokio::test]
async fn a_body_that_cannot_be_decoded_is_garbled() {
    for (encoding, bytes) in [("gzip", &b"<html>not gzip"[..]), ("br", &[0xff; 20][..])] {
        let header = format!("content-encoding: {encoding}");
        let wire = Wire::serve([say(answer(200, &[&header], bytes))]);
        let (transport, heard) = transport(&wire);
        let fault = transport
            .read(Verb::OrgList, &get())
            .await
            .unwrap_err()
            .fault;
        let words = "the body cannot be decoded";
        assert_eq!(fault, Fault::Garbled(Text::from(words)), "{encoding}");
        assert_eq!(heard.ends().len(), 1, "{encoding}");
    }
}

#[tokio::test]
async fn r36_chunks_that_do_not_add_up_are_cut() {
    let head = "HTTP/1.1 200 .\r\ntransfer-encoding: chunked\r\n\r\n";
    for body in ["5\r\nhel", "5\r\nhello\r\n", "5\r\nhello\r\n0\r\n"] {
        let wire = Wire::serve([say(format!("{head}{body}"))]);
        let (transport, _) = transport(&wire);
        let fault = transport
            .read(Verb::OrgList, &get())
            .await
            .unwrap_err()
            .fault;
        assert_eq!(fault, Fault::Cut, "{body}");
    }
}

#[tokio::test]
async fn chunks_that_are_none_are_garbled() {
    let answer = "HTTP/1.1 200 .\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n";
    let wire = Wire::serve([say(answer)]);
    let (transport, heard) = transport(&wire);
    let fault = transport
        .read(Verb::OrgList, &get())
        .await
        .unwrap_err()
        .fault;
    assert_eq!(fault.kind(), "garbled", "{fault:?}");
    assert_eq!(heard.ends().len(), 1);
}

#[test]
fn r38_a_page_is_not_the_api() {
    let response = |content_type: &str, body: &'static [u8]| Response {
        status: 200,
        content_type: content_type.to_owned(),
        retry_after: None,
        trace: None,
        served_at: None,
        body: body.into(),
    };
    let html = Some(Fault::NotTheApi(Text::from("text/html")));
    for (content_type, body, fault) in [
        ("text/html", &b"sign in"[..], html.clone()),
        ("text/html", b" <!doctype html>", html),
        (
            "application/xhtml+xml",
            b"<html/>",
            Some(Fault::NotTheApi(Text::from("application/xhtml+xml"))),
        ),
        (
            "application/json",
            b"\xef\xbb\xbf\r\n <html>",
            Some(Fault::NotTheApi(Text::from("application/json"))),
        ),
        ("", b"<html>", Some(Fault::NotTheApi(Text::from("")))),
        ("application/json", b"{}", None),
        ("text/plain", b"{\"a\":\"<\"}", None),
        ("text/html", b" ", None),
        ("", b"", None),
    ] {
        assert_eq!(
            not_the_api(&response(content_type, body)),
            fault,
            "{content_type} {body:?}"
        );
    }
}

#[tokio::test]
async fn r86_answers_do_not_bleed_into_each_other() {
    let wire = Wire::serve([vec![
        Step::Take,
        Step::Send(b"HTTP/1.1 200 .\r\ncontent-length: 1\r\n\r\n1HTTP/1.1 200 .\r\ncontent-length: 5\r\n\r\nother".to_vec()),
    ], say(answer(200, &[], b"2"))]);
    let (transport, _) = transport(&wire);
    let first = transport.read(Verb::OrgList, &get()).await.unwrap();
    let second = transport.read(Verb::OrgList, &get()).await.unwrap();
    assert_eq!((&first.body[..], &second.body[..]), (&b"1"[..], &b"2"[..]));
}

#[tokio::test]
async fn interim_answers_are_no_answers() {
    let interim = "HTTP/1.1 103 .\r\nlink: </x>\r\n\r\n".repeat(3);
    let whole = [interim.as_bytes(), &answer(200, &[], b"{}")].concat();
    let wire = Wire::serve([say(whole)]);
    let (mut account, _) = account(&format!("http://{}", wire.address()));
    account.limits.idle = Duration::from_mins(1);
    let transport = Transport::new(account, &[]);
    assert_eq!(
        transport.read(Verb::OrgList, &get()).await.unwrap().status,
        200
    );
}
