//! Serves one face over HTTP: reads requests whole and logs them.
//!
//! It knows no protocol; what is answered, and how, is the business of `play`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequest, Multipart, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::{Router, serve};
use bytes::Bytes;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::exchange::{Part, Reply, Request};
use super::faults::Faults;
use super::line::{Cut, Lines};
use super::log::{Entry, Log};
use super::play;
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
pub(super) async fn closed(mut open: watch::Receiver<()>) {
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
    // What befalls it is settled when it is seen to have come: who waits for that may change the rules.
    let fault = lock(&site.faults).befalling(&request);
    let entry = lock(&site.log).came(&request);
    if !site.latency.is_zero() {
        tokio::time::sleep(site.latency).await;
    }
    let (reply, ending) = play::answer(&site, (entry, &request), fault).await;
    if ending.is_answered() {
        lock(&site.log).answered(entry, &reply);
    }
    // The server would show its machine's clock.
    let reply = reply.dated(lock(&site.world).now());
    play::respond(reply, ending, &cut)
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

impl Site {
    /// What the face answers; from here on the request has had its effect.
    pub(super) fn ask(&self, entry: Entry, request: &Request) -> Reply {
        let reply = (self.answer)(&mut lock(&self.world), request);
        lock(&self.log).took_effect(entry, &reply);
        reply
    }
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
