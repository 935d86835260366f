//! The answers that are no success, with their statuses and odd bodies.

use super::syntax::Malformed;
use crate::sandbox::exchange::{Reply, Request};

/// Why a request gets no success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The address does not follow the grammar.
    Malformed,
    /// The engine fails: an unknown field, a missing value, half a key, too large an id.
    Broken,
    /// Not allowed, or a resource that this server lacks: one status for both.
    Unauthorized,
    /// A resource or an operation that the real server may have and that is not played here.
    NotPlayed,
    /// A value of the wrong type.
    WrongType,
    /// A rule of the model would be broken.
    Rule(String),
    /// A constraint of the database would be broken.
    Conflict(String),
    /// The body is no JSON.
    Unreadable,
}

const PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <title>Error</title>\n</head>\n<body>\n<pre>Bad Request</pre>\n</body>\n</html>\n";

impl Refusal {
    /// A rule's refusal in these words.
    pub(super) fn rule(words: &str) -> Self {
        Self::Rule(words.to_owned())
    }

    /// The refusal of a second record with these values.
    pub(super) fn taken(fields: &[&str]) -> Self {
        let quoted: Vec<String> = fields.iter().map(|field| format!("\"{field}\"")).collect();
        Self::Conflict(format!("{} must be unique.", quoted.join(" and ")))
    }

    /// The refusal of a link to nothing, or of removing what is linked to: the same words for both.
    pub(super) fn referenced(by: &str) -> Self {
        Self::Conflict(format!("Data is referenced by {by}."))
    }

    /// The answer to `request`.
    pub(super) fn reply(self, request: &Request) -> Reply {
        match self {
            Self::Malformed => Reply::json(400, &format!("Malformed url: '{}'", target(request))),
            Self::Broken => Reply::empty(500),
            Self::Unauthorized => Reply::empty(401),
            Self::NotPlayed => Reply::empty(401).unknown_route(),
            Self::WrongType => Reply::empty(400),
            Self::Rule(words) => Reply::json(400, &words),
            Self::Conflict(words) => Reply::json(409, &words),
            Self::Unreadable => Reply::bytes(400, "text/html; charset=utf-8", PAGE),
        }
    }
}

impl From<Malformed> for Refusal {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

fn target(request: &Request) -> String {
    if request.query.is_empty() {
        return request.path.clone();
    }
    format!("{}?{}", request.path, request.query)
}
