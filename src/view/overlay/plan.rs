//! A plan in words: every request that would go out, what an undo could do, what speaks against it.

use ratatui::style::Style;
use ratatui::text::Line;
use serde_json::Value as Json;

use crate::app::Model;
use crate::app::fault;
use crate::app::layer::Bodies;
use crate::app::overlay::ARMING;
use crate::domain::request::{Part, PartContent};
use crate::domain::{ApiError, Body, Clean, Fidelity, Moment, Objection, Plan, Step, Text};
use crate::view::theme::Theme;
use crate::view::widget::wrap::wrap;

/// Characters of a body that are shown; the request itself is never cut.
const SHOWN: usize = 20_000;

/// Rows of text under construction, each as wide as the dialog at the most.
pub(crate) struct Page<'a> {
    /// The rows so far.
    pub(crate) rows: Vec<Line<'static>>,
    width: usize,
    theme: &'a Theme,
}

impl<'a> Page<'a> {
    /// An empty page of this width.
    pub(crate) fn new(width: u16, theme: &'a Theme) -> Self {
        Self {
            rows: Vec::new(),
            width: usize::from(width),
            theme,
        }
    }

    /// Adds clean words, with this many blanks before each of their rows.
    pub(crate) fn say(&mut self, indent: usize, words: &str, style: Style) {
        let room = self.width.saturating_sub(indent).max(1);
        let lead = " ".repeat(indent);
        let rows = wrap(words, room).map(|row| Line::styled(format!("{lead}{row}"), style));
        self.rows.extend(rows);
    }

    /// Adds an empty row.
    pub(crate) fn gap(&mut self) {
        self.rows.push(Line::default());
    }

    /// Adds an error: cause, what it means, what to do next, and the service's id of the request.
    pub(crate) fn failure(&mut self, error: &ApiError) {
        let words = fault::words(error);
        let plain = Style::new();
        self.say(0, &format!("FAIL {}", words.cause), self.theme.failure);
        self.say(0, &format!("{}.", capital(words.effect)), plain);
        self.say(0, &format!("Next: {}", words.next), plain);
        if let Some(trace) = words.trace {
            self.say(0, &format!("Request id: {trace}"), self.theme.faint);
        }
    }

    /// Adds a plan.
    pub(crate) fn plan(&mut self, plan: &Plan, bodies: Bodies) {
        let heading = match plan.steps.len() {
            0 => "Nothing would be sent.".to_owned(),
            1 => "Will send 1 request:".to_owned(),
            count => format!("Will send {count} requests, one after another:"),
        };
        self.say(0, &heading, Style::new());
        for step in &plan.steps {
            self.step(step, bodies);
        }
        self.say(0, &undo(plan.undo), Style::new());
        for objection in &plan.objections {
            match objection {
                Objection::Refused(error) => self.failure(error),
                Objection::TypeName { names, .. } => self.wants_name(names),
            }
        }
    }

    fn step(&mut self, step: &Step, bodies: Bodies) {
        let request = &step.request;
        let head = format!("  {} ", request.method.as_str());
        let after = step
            .after
            .map(|before| format!("  (after request {})", before + 1));
        let target = request.target() + &after.unwrap_or_default();
        let target = Clean::from_ours(&target);
        let room = self.width.saturating_sub(head.len()).max(1);
        let blank = " ".repeat(head.len());
        let heads = std::iter::once(head).chain(std::iter::repeat(blank));
        let style = self.theme.heading;
        let rows = heads.zip(wrap(target.as_str(), room));
        self.rows
            .extend(rows.map(|(head, row)| Line::styled(format!("{head}{row}"), style)));
        if bodies == Bodies::Shown {
            for line in body(&request.body) {
                self.say(6, line.as_str(), self.theme.faint);
            }
        }
    }

    fn wants_name(&mut self, names: &[Text]) {
        let names: Vec<String> = names
            .iter()
            .map(|name| name.excerpt(80).to_string())
            .collect();
        let words = format!("Only once one of these was typed: {}", names.join(", "));
        self.say(0, &words, self.theme.warning);
    }
}

fn capital(words: &str) -> String {
    let mut rest = words.chars();
    let first = rest.next().into_iter().flat_map(char::to_uppercase);
    first.chain(rest.clone()).collect()
}

fn undo(fidelity: Fidelity) -> String {
    match fidelity {
        Fidelity::Exact => "Undo: puts everything back as it was".to_owned(),
        Fidelity::Partly(how) => format!("Undo: partly; {how}"),
        Fidelity::Impossible(why) => format!("Undo: impossible; {why}"),
    }
}

/// A body as lines.
fn body(body: &Body) -> Vec<Clean> {
    let pairs = |pairs: &[(String, String)]| {
        let line = |(name, value): &(String, String)| clean(&format!("{name}={value}"));
        pairs.iter().map(line).collect()
    };
    match body {
        Body::Empty => vec![clean("(no body)")],
        Body::Json(json) => pretty(json),
        Body::Form(fields) => pairs(fields),
        Body::Multipart(parts) => parts.iter().map(part).collect(),
    }
}

fn pretty(json: &Json) -> Vec<Clean> {
    let text = serde_json::to_string_pretty(json).unwrap_or_else(|_| json.to_string());
    text.lines().map(clean).collect()
}

fn part(part: &Part) -> Clean {
    match &part.content {
        PartContent::Text(text) => clean(&format!("{}: {text}", part.name)),
        PartContent::File(image) => clean(&format!(
            "{}: file {} ({}, {} bytes)",
            part.name,
            image.name().excerpt(80),
            image.kind().content_type(),
            image.bytes().len()
        )),
    }
}

fn clean(line: &str) -> Clean {
    Text::from(line).excerpt(SHOWN)
}

/// Whether a key that sends counts already.
pub(crate) fn is_armed(model: &Model, shown: Option<Moment>) -> bool {
    shown.is_some_and(|shown| model.now.moment >= shown.after(ARMING))
}
