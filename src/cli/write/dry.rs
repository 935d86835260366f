//! Dry runs: the requests of plans as they would be sent, in order, without a secret.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use crate::cli::args::Format;
use crate::cli::complaint::Halt;
use crate::cli::exit;
use crate::cli::rows::{Sink, json as out};
use crate::domain::request::{Part, PartContent};
use crate::domain::{Body, Plan, Request, Text};

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
        body: body(&request.body),
    }
}

/// The requests of plans, each on a line with its body on the next.
pub(super) fn lines(plans: &[Plan]) -> String {
    let mut text = String::new();
    for step in plans.iter().flat_map(|plan| &plan.steps) {
        let target = Text::from(step.request.target());
        // Writing to memory cannot fail.
        let _ = writeln!(text, "{} {}", step.request.method.as_str(), target.clean());
        if let Some(body) = body(&step.request.body) {
            let _ = writeln!(text, "{}", out::line(&body));
        }
    }
    text
}

/// A body as JSON; a file is told by name, type and size.
fn body(body: &Body) -> Option<Json> {
    match body {
        Body::Empty => None,
        Body::Json(json) => Some(json.clone()),
        Body::Form(pairs) => {
            let pairs = pairs.iter();
            let pairs = pairs.map(|(name, value)| (name.clone(), Json::from(value.as_str())));
            Some(Json::Object(pairs.collect::<Map<_, _>>()))
        }
        Body::Multipart(parts) => {
            let parts = parts.iter().map(|part| (part.name.clone(), content(part)));
            Some(Json::Object(parts.collect::<Map<_, _>>()))
        }
    }
}

fn content(part: &Part) -> Json {
    match &part.content {
        PartContent::Text(text) => Json::from(text.as_str()),
        PartContent::File(image) => json!({
            "file": image.name().raw(),
            "type": image.kind().content_type(),
            "bytes": image.bytes().len(),
        }),
    }
}
