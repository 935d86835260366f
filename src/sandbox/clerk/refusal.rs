//! Refusals in Clerk's envelope: codes, messages, the field meant, the trace, when to come back.
//!
//! It knows how a refusal looks, not when one is due.

use jiff::SignedDuration;
use serde::Serialize;
use serde_json::{Value, json};

use crate::sandbox::exchange::{Reply, Route};

/// Why a call is not carried out; its problems are never none.
#[derive(Debug)]
pub(super) struct Refusal {
    status: u16,
    problems: Vec<Problem>,
    wait: Option<SignedDuration>,
    route: Route,
}

/// One entry of `errors`.
#[derive(Debug, Serialize)]
pub(super) struct Problem {
    code: &'static str,
    message: String,
    long_message: String,
    #[serde(skip_serializing_if = "Value::is_null")]
    meta: Value,
}

impl Refusal {
    /// A refusal with one problem; its short words are those of the code.
    pub(super) fn new(status: u16, code: &'static str, long_message: impl Into<String>) -> Self {
        let problem = Problem {
            code,
            message: code.replace('_', " "),
            long_message: long_message.into(),
            meta: Value::Null,
        };
        Self::of(status, vec![problem])
    }

    /// A refusal for all that is wrong with the fields of a body.
    pub(super) fn unprocessable(problems: Vec<Problem>) -> Self {
        Self::of(422, problems)
    }

    /// A refusal for one field or query parameter.
    pub(super) fn field(code: &'static str, name: &str, rule: &str) -> Self {
        Self::unprocessable(vec![Problem::field(code, name, rule)])
    }

    /// The refusal of an id that leads nowhere.
    pub(super) fn missing(what: &str, id: &str) -> Self {
        let message = format!("No {what} was found with id {id}");
        Self::new(404, "resource_not_found", message)
    }

    /// The refusal of a path that is none.
    pub(super) fn unknown_route() -> Self {
        let mut refusal = Self::new(404, "resource_not_found", "No such endpoint.");
        refusal.route = Route::Unknown;
        refusal
    }

    /// The refusal of one call too many.
    pub(super) fn too_many(wait: SignedDuration) -> Self {
        let message = "Too many requests. Please try again in a bit.";
        let mut refusal = Self::new(429, "too_many_requests", message);
        refusal.wait = Some(wait);
        refusal
    }

    /// The refusal with `meta` on its first problem.
    pub(super) fn meta(mut self, meta: Value) -> Self {
        if let Some(problem) = self.problems.first_mut() {
            problem.meta = meta;
        }
        self
    }

    /// The reply, under the trace of its request.
    pub(super) fn into_reply(self, trace: &str) -> Reply {
        let body = json!({"errors": self.problems, "clerk_trace_id": trace});
        let mut reply = super::json(self.status, &body);
        if let Some(wait) = self.wait {
            reply = reply.header("retry-after", whole_seconds(wait).to_string());
        }
        match self.route {
            Route::Known => reply,
            Route::Unknown => reply.unknown_route(),
        }
    }

    fn of(status: u16, problems: Vec<Problem>) -> Self {
        Self {
            status,
            problems,
            wait: None,
            route: Route::Known,
        }
    }
}

impl Problem {
    /// What is wrong with one field: `rule` continues its name.
    pub(super) fn field(code: &'static str, name: &str, rule: &str) -> Self {
        Self {
            code,
            message: rule.to_owned(),
            long_message: format!("{name} {rule}"),
            meta: json!({"param_name": name}),
        }
    }
}

/// A client that comes back after these seconds is not too early.
fn whole_seconds(wait: SignedDuration) -> i64 {
    wait.as_secs() + i64::from(wait.subsec_nanos() > 0)
}
