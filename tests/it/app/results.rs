//! The results of a task as a file, for the whole corpus: no cell is a formula, each gives back what it was made
//! of, and JSON holds it as it came.

use std::collections::BTreeSet;

use orgdeck::app::results::{Format, written};
use orgdeck::app::tasks::page;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{ApiError, Fault, Moment, Outcome, Text, Verb};
use orgdeck::job::Task;
use serde_json::Value as Json;

use crate::domain::hostile;
use crate::support::past::ENTRY;
use crate::support::world;

fn corpus() -> Vec<String> {
    hostile().into_values().flatten().collect()
}

/// Invites to addresses of the corpus, before any of them has gone out.
fn task() -> Task {
    let addresses = corpus();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let plan = world::inviting(&addresses);
    let consent = plan.agree(TaskId(1), None).unwrap();
    Task::new(TaskId(1), plan, consent)
}

#[test]
fn r46_results_hold_no_formulas_and_give_back_what_they_are_about() {
    let file = written(&task(), Format::Csv);
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let is_formula = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mut targets = BTreeSet::new();
    for record in reader.records().map(Result::unwrap) {
        assert!(!record.iter().any(is_formula), "{record:?}");
        let bare = record[2].strip_prefix('\'').filter(|bare| is_formula(bare));
        targets.insert(bare.unwrap_or(&record[2]).to_owned());
    }
    let words = |raw: &str| raw.replace(['\t', '\r', '\n', ' '], "x");
    let is_tame = |raw: &&String| Text::from(words(raw)).clean().as_str() == words(raw);
    for raw in corpus().iter().filter(is_tame) {
        // Nobody can tell a guard of a stranger's from one of ours.
        let typed = raw.strip_prefix('\'').filter(|bare| is_formula(bare));
        assert!(targets.contains(typed.unwrap_or(raw)), "{raw:?}");
    }
    let controls = file
        .chars()
        .filter(|c| c.is_control() && !"\t\r\n".contains(*c));
    assert_eq!(controls.count(), 0);
}

#[test]
fn results_in_json_hold_what_they_are_about_as_it_came() {
    let file = written(&task(), Format::Json);
    let document: Json = serde_json::from_str(&file).unwrap();
    let results = document["results"].as_array().unwrap();
    let targets: BTreeSet<&str> = results
        .iter()
        .filter_map(|row| row["target"].as_str())
        .collect();
    let lost = corpus()
        .into_iter()
        .find(|raw| !targets.contains(raw.as_str()));
    assert_eq!(lost, None);
    assert!(file.trim_end().chars().all(|c| !c.is_control()));
}

/// A row of two that ended so.
fn unknown(outcome: Outcome) -> Task {
    let plan = world::inviting(&["a@x.example", "b@x.example"]);
    let consent = plan.agree(TaskId(1), None).unwrap();
    let mut task = Task::new(TaskId(1), plan, consent);
    task.recorded(Ok(ENTRY));
    task.next(Moment::default());
    task.settle(Moment::default(), 0, outcome);
    task
}

#[test]
fn r1_a_row_and_the_file_say_what_came_in_place_of_an_answer() {
    let unproven = |fault| {
        Outcome::Unproven(ApiError {
            status: Some(302),
            ..ApiError::new(Verb::InviteCreate, fault)
        })
    };
    let redirect = Fault::Redirected("https://\u{1b}[2Jelse.example/".into());
    let page_of = Fault::NotTheApi("text/html".into());
    for (outcome, wanted) in [
        (
            unproven(redirect),
            "a redirect to https://\u{241b}[2Jelse.example/ was not followed (302)",
        ),
        (
            unproven(page_of),
            "not the API: a proxy or sign-in page answered, of type text/html (302)",
        ),
        (Outcome::Unknown, "no answer came that proves it"),
    ] {
        let task = unknown(outcome);
        let row = &page(&task)[0].words;
        assert!(row.contains(wanted), "{wanted:?} is missing: {row}");
        for format in [Format::Csv, Format::Json] {
            let file = written(&task, format);
            assert!(file.contains(wanted), "{wanted:?} is missing: {file}");
            assert!(!file.contains("was lost"), "{file}");
        }
    }
}
