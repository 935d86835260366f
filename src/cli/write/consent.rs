//! Consent: what a person has to say before anything goes out, by flag or at the terminal.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Job, dry};
use crate::app::{called, carried};
use crate::cli::complaint::{self, Complaint, Halt};
use crate::cli::exit;
use crate::cli::stdin::{self, Person};
use crate::domain::plan::Weight;
use crate::domain::wish::Resend;
use crate::domain::{Clean, Fidelity, FieldSpec, Objection, Plan, Text, Why, Wish};

/// What was typed, where a name had to be.
pub(super) type Typed = Option<String>;

/// A name that has to be typed.
struct Needed {
    names: Vec<Text>,
    why: &'static str,
}

/// Asks for what is missing.
///
/// # Errors
/// When nobody is there to be asked, or the answer is no.
pub(super) async fn ask(job: &Job<'_>, plans: &[Plan]) -> Result<Typed, Halt> {
    if plans.iter().all(|plan| plan.steps.is_empty()) {
        return Ok(None);
    }
    let person = Person::of(job.writing);
    let needed = needed(plans);
    let asks_name = needed.is_some() && job.writing.confirm.is_none();
    if person == Person::There && (asks_name || !job.writing.yes) {
        show(job, plans);
    }
    let typed = match &needed {
        None => None,
        Some(needed) => Some(name(needed, job, person).await?),
    };
    // Who has typed the name at the terminal has said yes.
    if !job.writing.yes && !asks_name {
        yes(plans).await?;
    }
    Ok(typed)
}

fn needed(plans: &[Plan]) -> Option<Needed> {
    let mut objections = plans.iter().flat_map(|plan| &plan.objections);
    objections.find_map(|objection| match objection {
        Objection::TypeName { names, why } => Some(Needed {
            names: names.clone(),
            why,
        }),
        Objection::Refused(_) => None,
    })
}

/// The name that was given, if it is the right one.
async fn name(needed: &Needed, job: &Job<'_>, person: Person) -> Result<String, Halt> {
    let shown: Vec<String> = needed
        .names
        .iter()
        .map(|name| name.excerpt(80).to_string())
        .collect();
    let shown = shown.join(", ");
    let typed = match (&job.writing.confirm, person) {
        (Some(confirm), _) => Some(confirm.clone()),
        (None, Person::There) => {
            stdin::line(&format!("Type one of these to go on ({shown}):")).await?
        }
        (None, Person::Away) => {
            let message = format!("a name has to be confirmed: {}", needed.why);
            let hint = format!("--confirm with one of: {shown}; nothing was sent");
            return Err(Complaint::new(exit::USAGE, "no_consent", message, hint).into());
        }
    };
    let fits = |typed: &String| needed.names.iter().any(|name| name.raw() == typed);
    typed.filter(fits).ok_or_else(|| {
        let message = format!("that is not the name that is asked for: {}", needed.why);
        let hint = format!("one of: {shown}; nothing was sent");
        Complaint::new(exit::USAGE, "no_consent", message, hint).into()
    })
}

async fn yes(plans: &[Plan]) -> Result<(), Halt> {
    let count: usize = plans.iter().map(|plan| plan.steps.len()).sum();
    let what = if count == 1 {
        "this request"
    } else {
        "these requests"
    };
    let answer = stdin::line(&format!("Send {what}? [y/N]")).await?;
    let agreed = answer.is_some_and(|answer| matches!(answer.trim(), "y" | "Y" | "yes" | "Yes"));
    if agreed {
        return Ok(());
    }
    let message = "not agreed to: nothing was sent";
    let hint = "`y` sends it, --yes sends without asking, --dry-run shows what would be sent";
    Err(Complaint::new(exit::USAGE, "no_consent", message, hint).into())
}

/// The plan as the dialog of the console shows it.
fn show(job: &Job<'_>, plans: &[Plan]) {
    note(&dry::lines(plans));
    foresee(job, plans);
}

/// To which record what would be done, what would be so afterwards, as far as it was looked at, and how well it could be undone. How well an undo
/// undoes was said before, and is no matter of its own plan.
pub(super) fn foresee(job: &Job<'_>, plans: &[Plan]) {
    let mut words = rows(plans);
    words += &carried_over(plans, &job.link.capabilities().invite);
    for plan in plans {
        for check in &plan.checks {
            let mark = mark(check.weight);
            let found = check.found.excerpt(200);
            // Text grows without failing.
            let _ = writeln!(words, "{mark}{}: {found}", check.what);
        }
    }
    let is_undo = matches!(job.why, Why::Undoes(_));
    if let Some(plan) = plans.first().filter(|_| !is_undo) {
        let _ = writeln!(words, "{}", undo(plan.undo));
    }
    note(&words);
}

/// Each record that is there with what becomes of it, a line each: a request names no more than its id.
fn rows(plans: &[Plan]) -> String {
    let mut lines = String::new();
    for row in plans.iter().flat_map(called::rows) {
        // Text grows without failing.
        let _ = writeln!(lines, "{}", row.excerpt(400));
    }
    lines
}

/// What invites that are sent again carry over, and what those that are taken back do not, each sentence once.
fn carried_over(plans: &[Plan], specs: &[FieldSpec]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in plans.iter().flat_map(|plan| plan.wish.parts()) {
        let notes = if let Wish::Resend(Resend::Listed(invite)) = part {
            carried::notes(specs, invite)
        } else if let Wish::RevokeInvite { invite } = part {
            carried::void(specs, invite).into_iter().collect()
        } else {
            Vec::new()
        };
        let notes = notes.into_iter();
        let notes = notes.map(|(weight, words)| format!("{}{}\n", mark(weight), words.clean()));
        lines.extend(notes);
    }
    let mut met = BTreeSet::new();
    lines.retain(|line| met.insert(line.clone()));
    lines.concat()
}

fn mark(weight: Weight) -> &'static str {
    match weight {
        Weight::Warning => "! ",
        Weight::Told => "",
    }
}

fn note(words: &str) {
    for line in words.lines() {
        complaint::note(Clean::from_ours(line).as_str());
    }
}

fn undo(fidelity: Fidelity) -> String {
    match fidelity {
        Fidelity::Exact => "Undo: puts everything back as it was".to_owned(),
        Fidelity::Partly(how) => format!("Undo: partly; {how}"),
        Fidelity::Impossible(why) => format!("Undo: impossible; {why}"),
    }
}
