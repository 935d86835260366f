//! Answers: what a status and a body of Vulos mean, for reads and for writes.
//!
//! Nearly every refusal is a 400 with words; its codes are not published, so none is ever matched.

use serde_json::Value as Json;

use super::wire::{Refusal, Wrong, record};
use crate::domain::{ApiError, Fault, Outcome, Text, Verb};
use crate::provider::http::{Response, not_the_api, page_beside, unproven};
use crate::provider::json;

/// The JSON document of a read.
///
/// # Errors
/// Everything but a document that does not say no.
pub(super) fn document(verb: Verb, response: &Response) -> Result<Json, ApiError> {
    if !response.is_success() {
        return Err(refusal(verb, response));
    }
    let json = json::document(verb, response)?;
    match denied(verb, response, &json) {
        Some(error) => Err(error),
        None => Ok(json),
    }
}

/// An answer of the right form with something in the wrong place.
pub(super) fn garbled(verb: Verb, wrong: Wrong) -> ApiError {
    ApiError::new(verb, Fault::Garbled(wrong.place()))
}

/// Whether a refusal may be the service's way of saying that there is no such record.
pub(super) fn may_be_missing(error: &ApiError) -> bool {
    error.fault == Fault::Refused
}

/// The same error, when another record has shown that there is no such one.
pub(super) fn missing(refused: ApiError) -> ApiError {
    ApiError {
        fault: Fault::Missing,
        ..refused
    }
}

/// What an answered write came to, unless it is done: then the document that came with it, if any.
pub(super) fn done(verb: Verb, response: &Response) -> Result<Option<Json>, Box<Outcome>> {
    if !response.is_success() {
        return Err(Box::new(declined(verb, response)));
    }
    // A page of a proxy says nothing of what the service did.
    if not_the_api(response).is_some() {
        return Err(Box::new(Outcome::Unproven(unproven(verb, response))));
    }
    let json = json::parse(response);
    match json.as_ref().and_then(|json| denied(verb, response, json)) {
        Some(error) => Err(Box::new(Outcome::Refused(error))),
        None => Ok(json),
    }
}

/// The service's own sentence about a write that is done.
pub(super) fn message(json: &Json) -> Option<Text> {
    let message = json.get("message")?.as_str()?;
    (!message.is_empty()).then(|| Text::from(message))
}

/// A write whose answer was no success. Only 401 and 429 prove that it may go out again, and a 4xx
/// that it was refused; after anything else it may have been applied.
fn declined(verb: Verb, response: &Response) -> Outcome {
    let error = refusal(verb, response);
    match response.status {
        401 | 429 => Outcome::NotApplied(error),
        400..=499 => Outcome::Refused(error),
        _ => Outcome::Unproven(unproven(verb, response)),
    }
}

/// A success that says no in its body.
fn denied(verb: Verb, response: &Response, json: &Json) -> Option<ApiError> {
    (json.get("success") == Some(&Json::Bool(false))).then(|| ApiError {
        words: message(json),
        ..response.error(verb, Fault::Refused)
    })
}

/// The error that an answer without success tells.
fn refusal(verb: Verb, response: &Response) -> ApiError {
    let mut error = response.error(verb, fault(response));
    let json = json::parse(response).unwrap_or_default();
    let body: Refusal = record(json, "refusal").unwrap_or_default();
    let words = body.error.known().filter(|words| !words.is_empty());
    error.words = words.or_else(|| page_beside(&error.fault, response));
    error.code = body.code.known();
    error.trace = body.request.known().or(error.trace);
    error
}

fn fault(response: &Response) -> Fault {
    match response.status {
        401 => Fault::SignedOut,
        403 => Fault::Forbidden,
        404 => Fault::Missing,
        409 => Fault::Conflict,
        429 => Fault::Slowed {
            after: response.retry_after,
        },
        400..=499 => Fault::Refused,
        500..=599 => Fault::Unavailable,
        status => Fault::Garbled(Text::from(format!("status {status}"))),
    }
}
