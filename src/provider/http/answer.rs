//! Answers: a head as far as anybody needs it, and a body within bounds.
//!
//! Every byte comes from a stranger: header values are kept as foreign text and cut, bodies are
//! counted after they were decompressed. What a value repeats of a secret is masked before it is read.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, LOCATION, RETRY_AFTER};
use tokio::time::{Instant, timeout_at};

use super::mask::Masks;
use super::{Limits, failure};
use crate::domain::{ApiError, Fault, Text, Verb};

/// Where services and the machines before them put the id of a request; the first one there counts.
const TRACES: &[&str] = &["x-clerk-trace-id", "x-request-id", "x-trace-id", "cf-ray"];

/// Where limits on requests are told: the draft standard's words, and those from before it.
const LIMITS: &[&str] = &[
    "ratelimit",
    "ratelimit-policy",
    "ratelimit-limit",
    "ratelimit-remaining",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
];

/// Characters of a header value that are kept.
const KEPT: usize = 200;

/// Requests that are few where nobody says of how many.
const FEW: u64 = 10;

const A_MINUTE: Duration = Duration::from_mins(1);

const AN_HOUR: Duration = Duration::from_hours(1);

/// The longest wait that is believed.
const A_DAY: Duration = Duration::from_hours(24);

/// An answer with its head as far as anybody needs it.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The content type without its parameters, in lower case; empty if there was none.
    pub content_type: String,
    /// `Retry-After`, in seconds or as a date, as the time to wait.
    pub retry_after: Option<Duration>,
    /// The service's id of this request, from its headers.
    pub trace: Option<Text>,
    /// What the service's clock showed, if the answer is dated.
    pub served_at: Option<Timestamp>,
    /// The body, decoded.
    pub body: Bytes,
}

impl Response {
    /// Whether the status says success.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// An error about this answer: its status and trace come along.
    pub fn error(&self, verb: Verb, fault: Fault) -> ApiError {
        ApiError {
            status: Some(self.status),
            trace: self.trace.clone(),
            ..ApiError::new(verb, fault)
        }
    }

    /// The head of an answer, its body still to come.
    pub(super) fn head(answer: &reqwest::Response, wall: fn() -> Timestamp, masks: &Masks) -> Self {
        let headers = answer.headers();
        let shown = |name| shown(headers, name, masks);
        let content_type = shown(CONTENT_TYPE.as_str()).unwrap_or_default();
        let content_type = content_type.split(';').next().unwrap_or_default();
        Self {
            status: answer.status().as_u16(),
            content_type: content_type.trim().to_lowercase(),
            retry_after: retry_after(headers, wall),
            trace: TRACES.iter().find_map(|name| shown(name)).map(Text::from),
            served_at: served_at(headers),
            body: Bytes::new(),
        }
    }

    /// Reads the body. What came of it before a fault is kept.
    pub(super) async fn fill(
        &mut self,
        answer: &mut reqwest::Response,
        limits: &Limits,
        deadline: Instant,
    ) -> Result<(), Fault> {
        let mut body = BytesMut::new();
        let ended = loop {
            let until = deadline.min(Instant::now() + limits.idle);
            match timeout_at(until, answer.chunk()).await {
                Err(_) => break Err(Fault::TimedOut),
                Ok(Err(error)) => break Err(failure::of_body(&error)),
                Ok(Ok(None)) => break Ok(()),
                Ok(Ok(Some(chunk))) if body.len() + chunk.len() > limits.largest => {
                    break Err(Fault::TooLarge);
                }
                Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
            }
        };
        self.body = body.freeze();
        ended
    }
}

/// Where a redirect leads, whatever the server wrote there.
pub(super) fn redirect(answer: &reqwest::Response, masks: &Masks) -> Option<Fault> {
    let place = || shown(answer.headers(), LOCATION.as_str(), masks).unwrap_or_default();
    let status = answer.status();
    status
        .is_redirection()
        .then(|| Fault::Redirected(Text::from(place())))
}

/// What the server's clock says.
pub(super) fn served_at(headers: &HeaderMap) -> Option<Timestamp> {
    http_date(&value(headers, DATE.as_str())?)
}

/// What the server says of its limits on requests, in its own words.
pub(super) fn limit(headers: &HeaderMap) -> Option<Text> {
    let said = |name| Some(format!("{name}: {}", value(headers, name)?));
    let said: Vec<String> = LIMITS.iter().filter_map(|name| said(*name)).collect();
    (!said.is_empty()).then(|| Text::from(said.join(", ")))
}

/// How long few requests will be left, if they are few: less than a tenth of those that are allowed.
pub(super) fn scarce(headers: &HeaderMap) -> Option<Duration> {
    let number = |name: &str| {
        let found = ["", "x-"].map(|prefix| value(headers, &format!("{prefix}ratelimit-{name}")));
        let found = found.into_iter().flatten().next()?;
        found.trim().parse::<u64>().ok()
    };
    let (left, all) = (number("remaining")?, number("limit").unwrap_or(FEW * 10));
    // Some name the second of the epoch at which it is over.
    let reset = number("reset").map(Duration::from_secs);
    let wait = reset.filter(|wait| *wait <= AN_HOUR).unwrap_or(A_MINUTE);
    (left < all.div_ceil(10)).then_some(wait)
}

/// A value that people may see, or that is kept.
fn shown(headers: &HeaderMap, name: &str, masks: &Masks) -> Option<String> {
    let bytes = Bytes::copy_from_slice(headers.get(name)?.as_bytes());
    Some(cut(&masks.hide(bytes)))
}

fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(cut(headers.get(name)?.as_bytes()))
}

fn cut(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().take(KEPT).collect()
}

fn retry_after(headers: &HeaderMap, wall: fn() -> Timestamp) -> Option<Duration> {
    let asked = value(headers, RETRY_AFTER.as_str())?;
    let wait = seconds(&asked).or_else(|| Some(time_until(http_date(&asked)?, headers, wall)))?;
    Some(wait.min(A_DAY))
}

/// A number that no clock holds is a long wait, and not none.
fn seconds(asked: &str) -> Option<Duration> {
    let seconds: f64 = asked.trim().parse().ok()?;
    let is_wait = seconds >= 0.0;
    is_wait.then(|| Duration::try_from_secs_f64(seconds).unwrap_or(A_DAY))
}

/// A date is compared with the server's own clock where it tells it: ours may be wrong by a day.
fn time_until(date: Timestamp, headers: &HeaderMap, wall: fn() -> Timestamp) -> Duration {
    let wait = date.duration_since(served_at(headers).unwrap_or_else(wall));
    Duration::try_from(wait).unwrap_or_default()
}

fn http_date(text: &str) -> Option<Timestamp> {
    let parser = rfc2822::DateTimeParser::new();
    parser.parse_timestamp(text.trim()).ok()
}
