//! JSON as services send it, read so that what is broken in it spoils no more than itself.
//!
//! Knows no service: what a field means, and whether it may be missing, is for the adapters to say.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::http::{Response, not_the_api};
use crate::domain::{ApiError, Fault, Text, Verb};

/// Characters of a body that is no JSON which an error repeats.
const EXCERPT: usize = 80;

/// How deep a document that cannot be read whole is taken apart: an envelope, its list, a record, a
/// list in it, an entry of that.
const DEPTH: usize = 5;

/// The body as text: without a byte order mark, what is no character replaced.
pub(super) fn text(response: &Response) -> Cow<'_, str> {
    let body = response.body.strip_prefix(b"\xef\xbb\xbf");
    String::from_utf8_lossy(body.unwrap_or(&response.body))
}

/// The document in a body, whatever its content type says; `None` where it is no JSON.
pub(super) fn parse(response: &Response) -> Option<Json> {
    let text = text(response);
    let text = exact(&text);
    let whole = serde_json::from_str(&text).ok();
    whole.or_else(|| {
        let raw = serde_json::from_str(&text).ok()?;
        Some(piecewise(raw, DEPTH))
    })
}

/// The document that answers a read.
///
/// # Errors
/// `NotTheApi` for a page of something in between, `Garbled` with the type and the beginning of what
/// else came.
pub(super) fn document(verb: Verb, response: &Response) -> Result<Json, ApiError> {
    if let Some(fault) = not_the_api(response) {
        return Err(response.error(verb, fault));
    }
    parse(response).ok_or_else(|| response.error(verb, Fault::Garbled(no_json(response))))
}

/// The document with the whole numbers that fit no number of ours as texts of the same digits: one of them
/// may be an id, of which no digit may be lost.
fn exact(text: &str) -> Cow<'_, str> {
    let (mut exact, mut kept, mut at) = (String::new(), 0, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        let long = match rest[0] {
            b'"' => string(rest),
            b'-' | b'0'..=b'9' => number(rest),
            _ => 1,
        };
        if is_too_large(&rest[..long]) {
            exact += &text[kept..at];
            exact = exact + "\"" + &text[at..at + long] + "\"";
            kept = at + long;
        }
        at += long;
    }
    match kept {
        0 => text.into(),
        kept => (exact + &text[kept..]).into(),
    }
}

/// How long the string is that begins here.
fn string(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

/// How long the number is that begins here.
fn number(text: &[u8]) -> usize {
    let part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
    text.iter().take_while(|byte| part(byte)).count()
}

/// Whether it is a whole number that fits into no 64 bits.
fn is_too_large(token: &[u8]) -> bool {
    let digits = token.strip_prefix(b"-").unwrap_or(token);
    let is_whole = digits.len() > 18 && digits.iter().all(u8::is_ascii_digit);
    let number = || std::str::from_utf8(token).unwrap_or_default();
    is_whole && number().parse::<i64>().is_err() && number().parse::<u64>().is_err()
}

fn no_json(response: &Response) -> Text {
    let begin: String = text(response).chars().take(EXCERPT).collect();
    let kind = match response.content_type.as_str() {
        "" => "something without a type",
        kind => kind,
    };
    Text::from(format!("no JSON, but {kind}: {begin}"))
}

/// Reads a value part by part: one that cannot be read (half of a surrogate pair, a number without
/// bounds) stands as something that no field takes, beside the others as they came.
fn piecewise(raw: &RawValue, depth: usize) -> Json {
    if let Ok(json) = serde_json::from_str(raw.get()) {
        return json;
    }
    let Some(depth) = depth.checked_sub(1) else {
        return unreadable();
    };
    if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(raw.get()) {
        return items.iter().map(|item| piecewise(item, depth)).collect();
    }
    let fields: Result<BTreeMap<String, &RawValue>, _> = serde_json::from_str(raw.get());
    let field = |(name, value): (String, &RawValue)| {
        // A document in a record, such as metadata, is one value: with a hole in it it would be another.
        let depth = if value.get().starts_with('{') {
            0
        } else {
            depth
        };
        (name, piecewise(value, depth))
    };
    fields.map_or_else(
        |_| unreadable(),
        |fields| fields.into_iter().map(field).collect(),
    )
}

/// No id, text, count, time, switch, list or record is this number, so that whoever takes the field
/// finds it to be of the wrong kind.
fn unreadable() -> Json {
    Json::from(f64::MIN)
}
