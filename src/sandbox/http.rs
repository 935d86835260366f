//! Serves one face over HTTP: reads requests whole, logs them, asks the face, plays faults.
//!
//! It knows no protocol; what it answers comes from the face or from a fault.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequest, Multipart, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::{Router, serve};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::exchange::{Part, Reply, Request};
use super::faults::{Fault, Faults};
use super::line::{Cut, Lines};
use super::log::Log;
use super::world::World;

/// The largest body that is read: room for a logo that the service refuses as too large.
const BODY_LIMIT: usize = 32 << 20;

/// How a face answers: it may change the world, and sees nothing but the request.
pub(super) type Answer = fn(&mut World, &Request) -> Reply;

/// One face as it is served.
pub(super) struct Site {
    pub(super) answer: Answer,
    pub(super) world: Arc<Mutex<World>>,
    pub(super) log: Mutex<Log>,
    pub(super) faults: Mutex<Faults>,
    pub(super) latency: Duration,
    pub(super) host: Option<&'static str>,
    /// Falls silent when the sandbox is dropped.
    pub(super) open: watch::Receiver<()>,
}

/// Locks, even after a panic elsewhere: the test that panicked has its own words for it.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Serves `site` on `listener` until the sandbox is dropped.
pub(super) async fn run(site: Arc<Site>, listener: TcpListener) {
    let closed = closed(site.open.clone());
    let router = Router::new()
        .fallback(receive)
        .layer(DefaultBodyLimit::disable())
        .with_state(site);
    let service = router.into_make_service_with_connect_info::<Cut>();
    let served = serve(Lines(listener), service).with_graceful_shutdown(closed);
    served.await.expect("axum's server ends without errors");
}

/// Waits until the sandbox is dropped: the channel then has no sender any more.
async fn closed(mut open: watch::Receiver<()>) {
    while open.changed().await.is_ok() {}
}

async fn receive(
    State(site): State<Arc<Site>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: axum::extract::Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        return Reply::empty(413).into_response(Body::from);
    };
    let mut request = read(parts, body).await;
    if let Some(host) = site.host {
        let host = HeaderValue::from_static(host);
        request.headers.insert(header::HOST, host);
    }
    let entry = lock(&site.log).came(&request);
    if !site.latency.is_zero() {
        tokio::time::sleep(site.latency).await;
    }
    let fault = lock(&site.faults).befalling(&request);
    let (reply, ending) = site.decide(&request, fault).await;
    if ending.is_answered() {
        lock(&site.log).answered(entry, &reply);
    }
    respond(reply, ending, &cut)
}

async fn read(parts: Parts, body: Bytes) -> Request {
    Request {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers.clone(),
        body: body.clone(),
        parts: read_parts(parts, body).await.unwrap_or_default(),
    }
}

async fn read_parts(parts: Parts, body: Bytes) -> Option<Vec<Part>> {
    let request = axum::extract::Request::from_parts(parts, Body::from(body));
    let mut fields = Multipart::from_request(request, &()).await.ok()?;
    let mut parts = Vec::new();
    while let Some(field) = fields.next_field().await.ok()? {
        parts.push(Part {
            name: field.name().unwrap_or_default().to_owned(),
            filename: field.file_name().map(str::to_owned),
            content_type: field.content_type().map(str::to_owned),
            bytes: field.bytes().await.ok()?,
        });
    }
    Some(parts)
}

/// How the bytes of a reply end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// With the last byte of the body.
    Whole,
    /// With a reset instead of the first byte.
    ResetAtOnce,
    /// With a reset after half of the body.
    ResetHalfWay,
    /// With a close after half of the announced body.
    CutHalfWay,
    /// Never: the body is repeated for as long as somebody reads it.
    Endless,
}

impl Ending {
    fn is_answered(self) -> bool {
        self != Self::ResetAtOnce
    }
}

impl Site {
    async fn decide(&self, request: &Request, fault: Option<Fault>) -> (Reply, Ending) {
        match fault {
            None => (self.ask(request), Ending::Whole),
            Some(Fault::Slow(pause)) => {
                tokio::time::sleep(pause).await;
                (self.ask(request), Ending::Whole)
            }
            Some(Fault::CutBody) => (self.ask(request), Ending::CutHalfWay),
            Some(Fault::ResetMidBody) => (self.ask(request), Ending::ResetHalfWay),
            Some(Fault::ResetAfter) => (self.ask(request), Ending::ResetAtOnce),
            Some(Fault::ResetBefore) => (Reply::empty(200), Ending::ResetAtOnce),
            Some(Fault::NeverAnswer) => {
                closed(self.open.clone()).await;
                (Reply::empty(200), Ending::ResetAtOnce)
            }
            Some(Fault::Withhold) => {
                let reply = self.ask(request);
                closed(self.open.clone()).await;
                (reply, Ending::ResetAtOnce)
            }
            Some(Fault::EndlessBody) => (endless(), Ending::Endless),
            Some(Fault::Status(status, headers, body)) => {
                (invented(status, headers, body), Ending::Whole)
            }
            Some(Fault::Html200) => (html(), Ending::Whole),
            Some(Fault::Garbage) => (garbage(), Ending::Whole),
            Some(Fault::Redirect(to)) => (Reply::empty(302).header("location", to), Ending::Whole),
        }
    }

    fn ask(&self, request: &Request) -> Reply {
        (self.answer)(&mut lock(&self.world), request)
    }
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
    Reply::bytes(200, "application/json", "{\"data\":[{\"id\":")
}

fn endless() -> Reply {
    Reply::bytes(200, "application/json", vec![b' '; 1 << 16])
}

fn respond(reply: Reply, ending: Ending, cut: &Cut) -> Response {
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
        Ending::Endless => reply.into_response(|chunk| {
            Body::from_stream(stream::repeat(chunk).map(Ok::<_, Infallible>))
        }),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    async fn read_with(content_type: &str, body: &'static str) -> Request {
        let request = axum::extract::Request::put("/logo?a=%2B")
            .header("content-type", content_type)
            .body(());
        let (parts, ()) = request.expect("a plain request").into_parts();
        read(parts, Bytes::from_static(body.as_bytes())).await
    }

    #[tokio::test]
    async fn a_multipart_body_is_taken_apart() {
        let body = "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"l.png\"\r\n\
            Content-Type: image/png\r\n\r\n\u{1}\r\n\r\n--X\r\n\
            Content-Disposition: form-data; name=\"who\"\r\n\r\nuser_1\r\n--X--\r\n";
        let request = read_with("multipart/form-data; boundary=X", body).await;
        let [file, who] = request.parts.as_slice() else {
            panic!("two parts were sent: {:?}", request.parts);
        };
        assert_eq!(
            (file.name.as_str(), &file.bytes[..]),
            ("file", &b"\x01\r\n"[..])
        );
        assert_eq!(file.filename.as_deref(), Some("l.png"));
        assert_eq!(file.content_type.as_deref(), Some("image/png"));
        assert_eq!((who.name.as_str(), &who.bytes[..]), ("who", &b"user_1"[..]));
        assert_eq!(request.query, "a=%2B");
    }

    #[tokio::test]
    async fn a_broken_multipart_body_has_no_parts() {
        let request = read_with("multipart/form-data; boundary=X", "--X\r\nno end").await;
        assert!(request.parts.is_empty());
        assert_eq!(request.body, "--X\r\nno end");
    }
}
