//! News: what happens at the edges without being the answer to a question, told to the core as it happens.

use std::time::Duration;

use jiff::Timestamp;

use super::{ApiError, Method, Profile, Text, Verb};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// A request was sent and ended. The only source of the activity pane; it holds no secret.
    Sent(Box<Sent>),
    /// A service says that few requests are left: what can wait is not sent for so long.
    Scarce {
        /// Which profile.
        profile: Profile,
        /// How long.
        wait: Duration,
    },
    /// A service asked for patience: nothing is sent on this profile for so long.
    Paused {
        /// Which profile.
        profile: Profile,
        /// How long.
        wait: Duration,
    },
}

/// One request as it was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// On which profile.
    pub profile: Profile,
    /// What for.
    pub verb: Verb,
    /// The method.
    pub method: Method,
    /// Path and query, encoded as sent, a secret in it replaced.
    pub target: Text,
    /// The status of the answer, or why there was none.
    pub ended: Result<u16, Box<ApiError>>,
    /// What the service's clock showed, if the answer is dated.
    pub served_at: Option<Timestamp>,
    /// How long it took.
    pub took: Duration,
    /// The id under which the service keeps the request.
    pub trace: Option<Text>,
}
