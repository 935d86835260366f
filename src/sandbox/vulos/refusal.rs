//! The service's refusals: an empty 401, a 400 with text, code and request id, and little else.
//!
//! The codes are invented, as the service publishes none.

use serde_json::json;

use crate::sandbox::exchange::Reply;

/// What a call ends with.
pub(super) type Answer = Result<Reply, Refusal>;

/// Why a request was not carried out.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The token is missing, unknown, over, or lacks the scope.
    Unauthorized,
    /// The request is understood and refused, for a reason with a code.
    Refused(&'static str, String),
    /// The path is not one of the service's.
    NoSuchPath,
    /// The path is, but not with this verb.
    WrongVerb,
    /// The body is in an encoding that is not read here.
    WrongEncoding,
}

impl Refusal {
    pub(super) fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self::Refused(code, text.into())
    }

    /// The reply; `serial` makes its request id unique.
    pub(super) fn reply(self, serial: u64) -> Reply {
        match self {
            Self::Unauthorized => Reply::empty(401),
            Self::Refused(code, text) => {
                let request = format!("0HNSANDBOX000:{serial:08X}");
                Reply::json(
                    400,
                    &json!({"error": text, "code": code, "request": request}),
                )
            }
            Self::NoSuchPath => Reply::empty(404).unknown_route(),
            Self::WrongVerb => Reply::empty(405),
            Self::WrongEncoding => Reply::empty(415),
        }
    }
}
