//! balena's refusals as faults: by status, and by what the few known sentences mean.
//!
//! A body is a JSON string, an object with `message` or `error`, a proxy's page, or nothing.

use serde_json::Value as Json;

use crate::domain::verb::Class;
use crate::domain::{ApiError, Fault, FieldError, Text, Verb};
use crate::provider::http::{Response, not_the_api, page_beside};
use crate::provider::json;

/// The beginning of every sentence that states a broken rule.
const RULE: &str = "It is necessary that";
/// The server names no cause of a 500, and more often than not the cause is the request.
const SILENT: &str =
    "no cause given; on balena that is often a field or value that the server does not take";

/// The error that an answer other than success stands for. What a 401 means, whoami decides
/// before: here it is the credential.
pub(super) fn of(verb: Verb, response: &Response) -> ApiError {
    let words = words(response);
    let fault = fault(verb, response, words.as_ref());
    let words = words.or_else(|| page_beside(&fault, response));
    let silent = response.status == 500 && words.is_none();
    ApiError {
        verb,
        fault,
        status: Some(response.status),
        code: None,
        words: words.or_else(|| silent.then(|| Text::from(SILENT))),
        trace: response.trace.clone(),
    }
}

fn fault(verb: Verb, response: &Response, words: Option<&Text>) -> Fault {
    match response.status {
        400 => bad_request(response, words),
        401 => Fault::SignedOut,
        403 => Fault::Forbidden,
        404 => not_found(verb, response),
        409 => conflict(verb, words),
        429 => Fault::Slowed {
            after: response.retry_after,
        },
        500..=599 => Fault::Unavailable,
        _ => not_the_api(response).unwrap_or(Fault::Refused),
    }
}

fn bad_request(response: &Response, words: Option<&Text>) -> Fault {
    match words {
        None => not_the_api(response).unwrap_or(Fault::Invalid(Vec::new())),
        Some(words) => of_field(words).unwrap_or(Fault::Refused),
    }
}

/// A refusal that is about a field of a form.
fn of_field(words: &Text) -> Option<Fault> {
    let field = field(words.raw())?;
    Some(Fault::Invalid(vec![FieldError {
        field: Text::from(field),
        message: words.clone(),
    }]))
}

/// The field of a form that a refusal is about.
fn field(words: &str) -> Option<&'static str> {
    let rule = words.strip_prefix(RULE).unwrap_or_default();
    let of_name = rule.starts_with(" each name (Auth) of an organization")
        || rule.starts_with(" each organization has a name that has a Length");
    let of_handle = rule.starts_with(" each organization has a handle")
        || words.starts_with("Handles ")
        || words.starts_with("\"handle\" must be unique");
    match (of_name, of_handle) {
        (true, _) => Some("name"),
        (_, true) => Some("slug"),
        (false, false) => None,
    }
}

/// No 404 stands for a missing record here: it is an unknown path, or an invite's token that is not valid.
fn not_found(verb: Verb, response: &Response) -> Fault {
    match not_the_api(response) {
        Some(fault) => fault,
        None if verb == Verb::InviteAccept => Fault::Missing,
        None if response.content_type.is_empty() => Fault::NotTheApi(Text::from("none")),
        None => Fault::NotTheApi(Text::from(response.content_type.as_str())),
    }
}

/// "Data is referenced by" means on a removal that something still points here, and on any other
/// change that the record pointed at does not exist.
fn conflict(verb: Verb, words: Option<&Text>) -> Fault {
    let referenced = words.is_some_and(|words| words.raw().starts_with("Data is referenced by"));
    if referenced && verb.class() != Class::Destroy {
        return Fault::Missing;
    }
    words.and_then(of_field).unwrap_or(Fault::Conflict)
}

/// The service's own sentence, wherever it keeps it.
fn words(response: &Response) -> Option<Text> {
    if not_the_api(response).is_some() {
        return None;
    }
    let words = match json::parse(response) {
        Some(json) => sentence(&json)?.to_owned(),
        None => json::text(response).into_owned(),
    };
    let words = words.trim();
    (!words.is_empty()).then(|| Text::from(words))
}

fn sentence(json: &Json) -> Option<&str> {
    let error = &json["error"];
    [
        json,
        &json["message"],
        error,
        &error["message"],
        &error["text"],
    ]
    .into_iter()
    .find_map(Json::as_str)
}
