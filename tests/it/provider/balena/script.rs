//! The server's side: which answers it gives, and what it saw.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use serde_json::{Value as Json, json};
use wiremock::{Request, Respond, ResponseTemplate};

/// The answers to one kind of call; the last one is given again and again.
struct Line {
    call: String,
    holds: &'static str,
    answers: VecDeque<ResponseTemplate>,
}

/// Answers by call; of several that fit the latest counts.
#[derive(Clone, Default)]
pub(super) struct Script(Arc<Mutex<Vec<Line>>>);

impl Script {
    /// Answers to a call whose target holds a text, one after another, the last one for good.
    pub(super) fn add(&self, call: &str, holds: &'static str, answers: VecDeque<ResponseTemplate>) {
        self.0.lock().unwrap().push(Line {
            call: call.to_owned(),
            holds,
            answers,
        });
    }
}

impl Respond for Script {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let call = Call::of(request);
        let mut lines = self.0.lock().unwrap();
        let fits = |line: &&mut Line| line.call == call.line() && call.target.contains(line.holds);
        match lines.iter_mut().rev().find(fits) {
            None => status(
                404,
                &json!(format!("unscripted: {}", call.target)).to_string(),
            ),
            Some(line) if line.answers.len() > 1 => line.answers.pop_front().unwrap(),
            Some(line) => line.answers[0].clone(),
        }
    }
}

/// One request as the server saw it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Call {
    pub(super) method: String,
    /// The path, decoded.
    pub(super) path: String,
    /// Path and query as they came.
    pub(super) target: String,
    /// The query, decoded.
    pub(super) query: BTreeMap<String, String>,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: Json,
}

impl Call {
    pub(super) fn of(request: &Request) -> Self {
        let raw_query = request.url.query().unwrap_or_default();
        let pairs = raw_query.split('&').filter_map(|pair| pair.split_once('='));
        let header = |name: &str| {
            let value = request.headers.get(name)?.to_str().unwrap();
            let value = value.split("; boundary=").next().unwrap();
            Some((name.to_owned(), value.to_owned()))
        };
        let headers = ["authorization", "content-type"];
        Self {
            method: request.method.to_string(),
            path: decode(request.url.path()),
            target: match raw_query {
                "" => request.url.path().to_owned(),
                query => format!("{}?{query}", request.url.path()),
            },
            query: pairs.map(|(k, v)| (decode(k), decode(v))).collect(),
            headers: headers.into_iter().filter_map(header).collect(),
            body: body(request),
        }
    }

    /// `METHOD path`, the path decoded.
    pub(super) fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

fn body(request: &Request) -> Json {
    let content_type = request.headers.get("content-type");
    let content_type = content_type.map_or("", |value| value.to_str().unwrap());
    match content_type.split_once("boundary=") {
        Some((_, boundary)) => parts(&String::from_utf8_lossy(&request.body), boundary),
        None => serde_json::from_slice(&request.body).unwrap_or_default(),
    }
}

/// The parts of a multipart body: their head lines, and the content of those that are text.
fn parts(body: &str, boundary: &str) -> Json {
    let marker = format!("--{boundary}");
    let part = |part: &str| {
        let (head, content) = part.trim_start().split_once("\r\n\r\n")?;
        let heads: Vec<_> = head.split("\r\n").map(str::to_lowercase).collect();
        let file = head.contains("filename=");
        let content = if file { "<file>" } else { content.trim_end() };
        Some(json!({ "head": heads, "content": content }))
    };
    Json::Array(body.split(&marker).filter_map(part).collect())
}

/// Undoes percent-encoding.
pub(super) fn decode(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

/// A 200 with this document.
pub(super) fn ok(body: &Json) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// An answer with this status; a body that is not empty is a JSON document.
pub(super) fn status(status: u16, body: &str) -> ResponseTemplate {
    let answer = ResponseTemplate::new(status);
    match body {
        "" => answer,
        body => answer.set_body_raw(body, "application/json; charset=utf-8"),
    }
}

/// A page of a proxy.
pub(super) fn html(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw("<html>maintenance</html>", "text/html")
}
