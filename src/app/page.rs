//! What a dialog says, in rows: whoever scrolls must know how many there are.
//!
//! How a row looks is the view's; here it has a tone.

use serde_json::Value as Json;

use super::called;
use super::confirm::{Asking, Bodies, Confirm};
use super::fault;
use super::model::Model;
use super::place;
use crate::domain::plan::{Check, Weight};
use crate::domain::request::{Part, PartContent};
use crate::domain::text::{width, wrap};
use crate::domain::{
    ApiError, Body, Clean, Fidelity, Objection, Plan, Step, StepNo, Text, Why, Wish,
};

/// Characters of a body that are shown; the request itself is never cut.
const SHOWN: usize = 20_000;

/// What a paragraph means, and so how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Words.
    Plain,
    /// A name with its value behind it.
    Fact,
    /// What would be sent.
    Request,
    /// What may be overlooked.
    Faint,
    /// What is under way.
    Busy,
    /// What wants attention.
    Warning,
    /// What failed.
    Failure,
}

/// Where the key counts that reads again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Where the words stand.
    Here,
    /// In the panes below: what stands above them is to be closed first.
    Below,
}

/// Clean words over as many rows as they need, behind a head that stands in the first of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Para {
    /// What stands before them: a name, a method, or blanks.
    pub head: String,
    /// The words.
    pub words: String,
    /// What they mean.
    pub tone: Tone,
}

impl Para {
    /// Words behind a head.
    pub fn new(head: impl Into<String>, words: impl Into<String>, tone: Tone) -> Self {
        Self {
            head: head.into(),
            words: words.into(),
            tone,
        }
    }

    /// Its rows on so many columns: what stands before, and the words of the row.
    pub fn rows(&self, columns: usize) -> impl Iterator<Item = (String, &str)> {
        let indent = width(&self.head).min(columns / 2);
        let blank = " ".repeat(indent);
        let heads = std::iter::once(self.head.clone()).chain(std::iter::repeat(blank));
        let room = columns.saturating_sub(indent).max(1);
        heads.zip(wrap(&self.words, room))
    }
}

/// Words without a head.
fn say(words: impl Into<String>, tone: Tone) -> Para {
    Para::new("", words, tone)
}

/// Everything that a question says between its heading and its buttons.
pub fn of(model: &Model, confirm: &Confirm) -> Vec<Para> {
    let mut page = facts(confirm);
    page.extend(confirm.notes.iter().map(note));
    page.push(say("", Tone::Plain));
    match &confirm.stage {
        Asking::Preparing(_) => page.push(say("Reading what would be sent ..", Tone::Busy)),
        Asking::Ready(shown, _) => page.extend(plan(shown, (confirm.bodies, &confirm.why))),
        Asking::Failed(error) => page.extend(failure(error, Again::Below)),
        Asking::Waiting(task, _) => page.extend(waiting(model, *task)),
        Asking::Leaving(_) => page.extend(leaving(model)),
    }
    let named = confirm.names().map(|(names, _)| one_of(names));
    page.extend(named.filter(|_| names(model, confirm).is_empty()));
    page
}

/// Rows that the names of which one must be typed get at the most.
const NAMES: usize = 3;

/// Rows that the page of a question keeps beside what stays in sight below it.
const PAGE: usize = 3;

/// The names of which one must be typed, in rows that stay in sight with the field for them; none where the
/// screen is too low: then they stand in the page.
pub fn names(model: &Model, confirm: &Confirm) -> Vec<String> {
    let (columns, height) = place::page(place::overlays(&model.layout()), place::QUESTION);
    // The field and the buttons stay in sight too.
    let free = height.saturating_sub(2 + PAGE);
    let named = confirm.names().map(|(names, _)| one_of(names));
    let rows = named.iter().flat_map(|para| para.rows(columns));
    let rows = rows.take(NAMES.min(free));
    rows.map(|(head, words)| head + words).collect()
}

fn one_of(names: &[Text]) -> Para {
    let shown = names.iter().filter(|name| !name.is_empty());
    let shown: Vec<String> = shown.map(|name| name.excerpt(80).to_string()).collect();
    Para::new("  One of: ", shown.join("  |  "), Tone::Request)
}

/// The row above the first request, on so many columns.
pub fn first_request(page: &[Para], columns: usize) -> Option<usize> {
    let first = page.iter().position(|para| para.tone == Tone::Request)?;
    let above = &page[..first.saturating_sub(1)];
    Some(above.iter().map(|para| para.rows(columns).count()).sum())
}

/// The facts, their values in one column.
fn facts(confirm: &Confirm) -> Vec<Para> {
    let labels = confirm.about.iter().map(|(label, _)| label.len());
    let label = labels.max().unwrap_or(0);
    let fact = |(name, value): &(&'static str, Text)| {
        let value = value.excerpt(400).to_string();
        Para::new(format!("{name:label$}  "), value, Tone::Fact)
    };
    confirm.about.iter().map(fact).collect()
}

fn note((weight, words): &(Weight, Text)) -> Para {
    let words = words.excerpt(600);
    match weight {
        Weight::Told => say(words.to_string(), Tone::Plain),
        Weight::Warning => Para::new("WARNING ", words.to_string(), Tone::Warning),
    }
}

fn waiting(model: &Model, task: crate::domain::plan::TaskId) -> Vec<Para> {
    let wait = model
        .tasks
        .get(&task)
        .map_or(0, |task| task.patience().since(model.now.moment).as_secs());
    vec![
        say(
            format!("The service asks for {wait} s of patience before the next request."),
            Tone::Warning,
        ),
        say(
            "Nothing of what is left was sent. It can wait and go on by itself, or stop here.",
            Tone::Plain,
        ),
    ]
}

/// What is still to be sent when somebody leaves.
fn leaving(model: &Model) -> Vec<Para> {
    let open = model.tasks.values().filter(|task| !task.is_over());
    let mut page: Vec<Para> = open
        .map(|task| {
            let doing = fault::doing(task.plan.wish.verb());
            say(format!("{doing}: {}", task.tally().words()), Tone::Warning)
        })
        .collect();
    let words = "What was sent is waited for. The rest is not sent if you leave now.";
    page.push(say(words, Tone::Plain));
    page
}

/// An error: cause, what it means, what to do next, and the service's id of the request.
pub fn failure(error: &ApiError, again: Again) -> Vec<Para> {
    let words = fault::words(error);
    let first = match again {
        Again::Below if fault::is_read_again(error) => " (Esc closes this first)",
        Again::Below | Again::Here => "",
    };
    let mut page = vec![
        say(format!("FAIL {}", words.cause), Tone::Failure),
        say(format!("{}.", capital(words.effect)), Tone::Plain),
        say(format!("Next: {}{first}", words.next), Tone::Plain),
    ];
    if let Some(trace) = words.trace {
        page.push(say(format!("Request id: {trace}"), Tone::Faint));
    }
    page
}

/// A plan: what forbids it, what was looked at, every request, what an undo could do, the name that is
/// asked for.
pub fn plan(plan: &Plan, (bodies, why): (Bodies, &Why)) -> Vec<Para> {
    let mut page = refusals(plan);
    if !plan.checks.is_empty() {
        page.push(say("Looked at:", Tone::Plain));
        page.extend(plan.checks.iter().map(check));
    }
    page.push(say(heading(plan), Tone::Plain));
    let is_bulk = matches!(plan.wish, Wish::Each(_));
    let mut row = 0;
    for (number, shown) in plan.steps.iter().enumerate() {
        if is_bulk && shown.after.is_none() {
            row += 1;
            page.extend(bulk_row(plan, (row, number)));
        }
        page.extend(step(shown, bodies));
    }
    // How well an undo undoes is said above it.
    if !plan.steps.is_empty() && !matches!(why, Why::Undoes(_)) {
        page.push(say(undo(plan.undo), Tone::Plain));
    }
    for objection in &plan.objections {
        match objection {
            // No name helps where it cannot be done.
            Objection::Refused(_) => {}
            Objection::TypeName { .. } if plan.refusal().is_some() => {}
            Objection::TypeName { why, .. } => {
                let words = format!("Asks for a name, since {why}.");
                page.push(say(words, Tone::Warning));
            }
        }
    }
    page
}

fn check(check: &Check) -> Para {
    let words = format!("{}: {}", check.what, check.found.excerpt(400));
    match check.weight {
        Weight::Told => Para::new("  ", words, Tone::Plain),
        Weight::Warning => Para::new("  WARNING ", words, Tone::Warning),
    }
}

/// What forbids it stands first: whatever follows is not going to happen.
fn refusals(plan: &Plan) -> Vec<Para> {
    let mut page = Vec::new();
    for objection in &plan.objections {
        if let Objection::Refused(error) = objection {
            page.extend(failure(error, Again::Below));
            page.push(say("", Tone::Plain));
        }
    }
    page
}

/// The head of a row of a bulk, above its requests.
fn bulk_row(plan: &Plan, (row, first): (usize, StepNo)) -> Option<Para> {
    let wish = plan.wish.parts().get(row - 1)?;
    let chain = &plan.steps[first..];
    let later = chain.iter().skip(1).take_while(|step| step.after.is_some());
    let words = called::row(wish, &chain[..=later.count()]).excerpt(400);
    Some(Para::new(
        format!("{row:>3}. "),
        words.to_string(),
        Tone::Plain,
    ))
}

fn heading(plan: &Plan) -> String {
    let will = match plan.refusal() {
        Some(_) => "Would",
        None => "Will",
    };
    let pace = if matches!(plan.wish, Wish::Each(_)) && !plan.wish.is_mixed() {
        "at most 4 at a time"
    } else {
        "one after another"
    };
    match plan.steps.len() {
        0 => "Nothing would be sent.".to_owned(),
        1 => format!("{will} send 1 request:"),
        count => format!("{will} send {count} requests, {pace}:"),
    }
}

fn step(step: &Step, bodies: Bodies) -> Vec<Para> {
    let request = &step.request;
    let after = step
        .after
        .map(|before| format!("  (after request {})", before + 1));
    let target = request.target() + &after.unwrap_or_default();
    let head = format!("  {} ", request.method.as_str());
    let target = Clean::from_ours(&target).to_string();
    let mut page = vec![Para::new(head, target, Tone::Request)];
    if bodies == Bodies::Shown {
        let lines = body(&request.body).into_iter();
        page.extend(lines.map(|line| Para::new("      ", line.to_string(), Tone::Faint)));
    }
    page
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
    Clean::from_line(line, SHOWN)
}
