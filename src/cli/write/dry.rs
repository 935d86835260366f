//! Dry runs: the requests of plans as they would be sent, in order, without a secret.

use serde::Serialize;
use serde_json::Value as Json;

use crate::cli::args::Format;
use crate::cli::complaint::Halt;
use crate::cli::exit;
use crate::cli::rows::{Sink, json as out};
use crate::domain::{Plan, Request};

#[derive(Serialize)]
struct Row<'a> {
    profile: &'a str,
    method: &'static str,
    path: &'a str,
    query: &'a str,
    body: Option<Json>,
}

/// Prints what would be sent.
pub(super) fn print(plans: &[Plan], format: Option<Format>) -> Result<u8, Halt> {
    let text = if format == Some(Format::Json) {
        document(plans)
    } else {
        lines(plans)
    };
    Sink::standard().write(text.as_bytes())?;
    Ok(exit::DONE)
}

fn document(plans: &[Plan]) -> String {
    let rows = plans.iter().flat_map(|plan| {
        let profile = plan.wish.profile().as_str();
        plan.steps
            .iter()
            .map(move |step| row(profile, &step.request))
    });
    let rows: Vec<Row<'_>> = rows.collect();
    let requests = out::line(&rows);
    format!("{{\"version\":1,\"requests\":{requests}}}\n")
}

fn row<'a>(profile: &'a str, request: &'a Request) -> Row<'a> {
    Row {
        profile,
        method: request.method.as_str(),
        path: &request.path,
        query: &request.query,
        body: request.body.document(),
    }
}

/// The requests of plans, each on a line with its body on the next.
pub(super) fn lines(plans: &[Plan]) -> String {
    let steps = plans.iter().flat_map(|plan| &plan.steps);
    steps.map(|step| step.request.lines()).collect()
}
