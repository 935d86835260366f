//! Plays a reply on a connection: the real one, or what a fault makes of it.
//!
//! It knows no protocol; what is real comes from the face.

use std::convert::Infallible;
use std::task::Poll;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};

use super::exchange::{Reply, Request};
use super::faults::Fault;
use super::http::{Site, closed, lock};
use super::line::Cut;
use super::log::Entry;

/// How the bytes of a reply end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// With the last byte of the body.
    Whole,
    /// With a reset instead of the first byte.
    ResetAtOnce,
    /// With a reset after half of the body.
    ResetHalfWay,
    /// With a close after half of the announced body.
    CutHalfWay,
    /// In good order after half of the body: no more was announced.
    HalfAnnounced,
    /// Never: the body is repeated for as long as somebody reads it.
    Endless,
    /// Never: a compressed body goes on for as long as somebody reads it.
    EndlessGzip,
}

impl Ending {
    pub(super) fn is_answered(self) -> bool {
        self != Self::ResetAtOnce
    }
}

/// What a request is answered, and how that ends.
pub(super) async fn answer(
    site: &Site,
    (entry, request): (Entry, &Request),
    fault: Option<Fault>,
) -> (Reply, Ending) {
    let ask = || site.ask(entry, request);
    let ask_for = |request: &Request| site.ask(entry, request);
    match fault {
        None => (ask(), Ending::Whole),
        Some(Fault::Slow(pause)) => {
            tokio::time::sleep(pause).await;
            (ask(), Ending::Whole)
        }
        Some(Fault::Meanwhile(turn)) => {
            turn.0(&mut lock(&site.world));
            (ask(), Ending::Whole)
        }
        Some(Fault::Altered(altered)) => (altered.apply(request, ask_for), Ending::Whole),
        Some(Fault::CutBody) => (ask(), Ending::CutHalfWay),
        Some(Fault::ShortLength) => (ask(), Ending::HalfAnnounced),
        Some(Fault::ResetMidBody) => (ask(), Ending::ResetHalfWay),
        Some(Fault::ResetAfter) => (ask(), Ending::ResetAtOnce),
        Some(Fault::ResetBefore) => silence(),
        Some(Fault::NeverAnswer) => {
            closed(site.open.clone()).await;
            silence()
        }
        Some(Fault::Withhold) => {
            let _unheard = ask();
            closed(site.open.clone()).await;
            silence()
        }
        Some(Fault::Behind(fault)) => {
            let _unheard = ask();
            Box::pin(answer(site, (entry, request), Some(*fault))).await
        }
        Some(Fault::EndlessBody) => (endless(), Ending::Endless),
        Some(Fault::GzipBomb) => (bomb(), Ending::EndlessGzip),
        Some(Fault::HeaderBomb) => (headers(), Ending::Whole),
        Some(Fault::Status(status, headers, body)) => {
            (invented(status, headers, body), Ending::Whole)
        }
        Some(Fault::Html200) => (html(), Ending::Whole),
        Some(Fault::Garbage) => (garbage(), Ending::Whole),
        Some(Fault::Redirect(to)) => (Reply::empty(302).header("location", to), Ending::Whole),
    }
}

fn silence() -> (Reply, Ending) {
    (Reply::empty(200), Ending::ResetAtOnce)
}

fn invented(status: u16, headers: Vec<(&'static str, String)>, body: String) -> Reply {
    let mut reply = Reply::empty(status);
    reply.headers = headers;
    reply.body = body.into();
    reply
}

fn html() -> Reply {
    let page = "<!DOCTYPE html><html><body><h1>We will be back soon</h1></body></html>";
    Reply::bytes(200, "text/html; charset=utf-8", page)
}

fn garbage() -> Reply {
    Reply::bytes(200, "application/json", r#"{"data":[{"id":"#)
}

fn endless() -> Reply {
    Reply::bytes(200, "application/json", vec![b' '; 1 << 16])
}

/// As much as an HTTP server of ours can send, and more than a client may be made to keep.
fn headers() -> Reply {
    let mut reply = Reply::text(200, "{}");
    reply
        .headers
        .extend((0..400).map(|_| ("x-bomb", "b".repeat(4096))));
    reply
}

/// The part of a compressed body that can be repeated without end: 256 times eight matches of 258
/// characters each, which fit 13 bytes.
fn bomb() -> Reply {
    let matches = bytes(&MATCH.repeat(8)).repeat(256);
    Reply::bytes(200, "application/json", matches).header("content-encoding", "gzip")
}

/// "The last character 258 times", in deflate's fixed codes: length 285, distance 0.
const MATCH: [u8; 13] = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0];

/// What comes before: gzip's header, a block that is not the last one, a blank and one match of it,
/// which together are whole bytes.
fn fuse() -> Vec<u8> {
    let block = [0, 1, 0];
    let blank = [0, 1, 0, 1, 0, 0, 0, 0];
    let header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    [&header[..], &bytes(&[&block[..], &blank, &MATCH].concat())].concat()
}

fn bytes(bits: &[u8]) -> Vec<u8> {
    let byte = |bits: &[u8]| bits.iter().rev().fold(0, |byte, bit| byte << 1 | bit);
    bits.chunks(8).map(byte).collect()
}

/// The reply as it goes out.
pub(super) fn respond(reply: Reply, ending: Ending, cut: &Cut) -> Response {
    match ending {
        Ending::Whole => reply.into_response(Body::from),
        Ending::ResetAtOnce => {
            cut.now();
            reply.into_response(Body::from)
        }
        Ending::ResetHalfWay => {
            let cut = cut.clone();
            announced(reply).into_response(|body| half(&body, move || cut.now()))
        }
        Ending::CutHalfWay => announced(reply).into_response(|body| half(&body, || ())),
        Ending::HalfAnnounced => {
            reply.into_response(|body| Body::from(body.slice(..body.len() / 2)))
        }
        Ending::Endless => reply.into_response(|chunk| forever(stream::empty(), chunk)),
        Ending::EndlessGzip => {
            reply.into_response(|chunk| forever(stream::iter([Bytes::from(fuse())]), chunk))
        }
    }
}

/// What begins and then repeats itself for as long as somebody reads it.
fn forever(begin: impl Stream<Item = Bytes> + Send + 'static, chunk: Bytes) -> Body {
    Body::from_stream(begin.chain(stream::repeat(chunk)).map(Ok::<_, Infallible>))
}

fn announced(reply: Reply) -> Reply {
    // An empty body has no half; a byte is announced that never comes.
    let length = reply.body.len().max(1);
    reply.header("content-length", length.to_string())
}

/// The first half of `body`; once it has left, `end` is called and the body ends or fails.
fn half(body: &Bytes, end: impl Fn() + Send + 'static) -> Body {
    let mut first = Some(body.slice(..body.len() / 2));
    let mut rests = 2;
    Body::from_stream(stream::poll_fn(move |context| {
        if let Some(chunk) = first.take() {
            return Poll::Ready(Some(Ok::<_, Infallible>(chunk)));
        }
        if rests > 0 {
            // The server writes out what it has whenever the body makes it wait.
            rests -= 1;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        end();
        Poll::Ready(None)
    }))
}
