//! One request and its reply, as the faces see them: the target undecoded, the body whole.
//!
//! What the three protocols share is read and written here: segments, percent-encoding, query pairs,
//! bearer tokens, JSON. It knows neither sockets nor the world.

use axum::http::{HeaderMap, StatusCode};
use bytes::Bytes;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A request whose path and query are as they were sent.
#[derive(Clone, Debug)]
pub struct Request {
    /// The verb, in capitals.
    pub method: String,
    /// The path, percent-encoded as it came.
    pub path: String,
    /// The query without its question mark, as it came; empty for none.
    pub query: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
    /// The parts of a multipart body; empty for every other body and for a broken one.
    pub parts: Vec<Part>,
}

/// One part of a multipart body.
#[derive(Clone, Debug)]
pub struct Part {
    /// The field's name.
    pub name: String,
    /// The file's name, for a file.
    pub filename: Option<String>,
    /// The content type, if one was sent.
    pub content_type: Option<String>,
    /// The content.
    pub bytes: Bytes,
}

impl Request {
    /// The path between its slashes, still percent-encoded: `/v1/users` is `["v1", "users"]`.
    pub fn segments(&self) -> Vec<&str> {
        let path = self.path.strip_prefix('/').unwrap_or(&self.path);
        path.split('/').collect()
    }

    /// The query as form-encoded pairs, decoded (`+` is a space), in order, keys repeated.
    pub fn pairs(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(self.query.as_bytes())
            .into_owned()
            .collect()
    }

    /// The header `name`, if it is there and text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The token of `Authorization: Bearer`; the scheme is read in any case of its letters.
    pub fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.header("authorization")?.split_once(' ')?;
        scheme
            .eq_ignore_ascii_case("bearer")
            .then_some(token.trim())
    }

    /// The content type without its parameters, in small letters; empty for none.
    pub fn content_type(&self) -> String {
        let header = self.header("content-type").unwrap_or_default();
        let essence = header.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// Those of `serde_json`, when the body is not JSON of that shape.
    pub fn json<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_slice(&self.body)
    }

    /// The address under which the client reached this face, to build links from.
    pub fn origin(&self) -> String {
        format!("http://{}", self.header("host").unwrap_or("127.0.0.1"))
    }
}

/// A time as headers write it.
pub(super) fn http_date(time: Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Undoes percent-encoding; a `+` stays, broken escapes stay, bytes that are no UTF-8 are replaced.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = after.get(..2).filter(|_| first == b'%').and_then(hex_pair);
        bytes.push(escaped.unwrap_or(first));
        rest = escaped.map_or(after, |_| &after[2..]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex_pair(digits: &[u8]) -> Option<u8> {
    let high = char::from(digits[0]).to_digit(16)?;
    let low = char::from(digits[1]).to_digit(16)?;
    u8::try_from(high * 16 + low).ok()
}

/// Whether the path was one that the face knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// It was; the reply may still be an error.
    Known,
    /// It was not: a client asked for what this emulator does not have.
    Unknown,
}

/// What a face answers.
#[derive(Clone, Debug)]
#[must_use]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers; length and date are added on the way out where they are missing.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Bytes,
    /// Whether the path was known.
    pub route: Route,
}

impl Reply {
    /// A reply without body and content type.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
            route: Route::Known,
        }
    }

    /// A reply in JSON.
    ///
    /// # Panics
    /// When `value` is no JSON, as a map whose keys are not text.
    pub fn json(status: u16, value: &impl Serialize) -> Self {
        let body = serde_json::to_vec(value).expect("plain data without odd map keys is JSON");
        Self::bytes(status, "application/json; charset=utf-8", body)
    }

    /// A reply in plain text.
    pub fn text(status: u16, text: &str) -> Self {
        Self::bytes(status, "text/plain; charset=utf-8", text.to_owned())
    }

    /// A reply of any content type.
    pub fn bytes(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let mut reply = Self::empty(status).header("content-type", content_type);
        reply.body = body.into();
        reply
    }

    /// The reply with one more header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The reply with this date, unless it has one.
    pub(super) fn dated(self, now: Timestamp) -> Self {
        let has_date = self.headers.iter().any(|(name, _)| *name == "date");
        if has_date {
            self
        } else {
            self.header("date", http_date(now))
        }
    }

    /// The reply, marked as given to an unknown path: tests fail on those.
    pub fn unknown_route(mut self) -> Self {
        self.route = Route::Unknown;
        self
    }

    pub(super) fn into_response<B>(self, body: impl FnOnce(Bytes) -> B) -> axum::http::Response<B> {
        let mut response = axum::http::Response::new(body(self.body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in self.headers {
            if let Ok(value) = value.try_into() {
                response.headers_mut().append(name, value);
            }
        }
        response
    }
}
