//! What there is to be seen, kind by kind. A kind that is new does not compile before it has a row here, and
//! a row that no state of the tables shows fails: so no overlay and no state is left without a snapshot.

mod of_forms;
mod of_pickers;
mod of_prompts;
mod of_questions;
mod of_tasks;

use std::collections::BTreeSet;

use orgdeck::app::Model;
use orgdeck::app::layer::{Details, Overlay};
use orgdeck::app::store::Loaded;
use orgdeck::domain::query::Thing;

use super::forms::GOALS;
use super::{Case, desk, tables};
use crate::support::forms::table;

/// Kinds with a word each: the function that names the kind of a value, and the list of all of them.
macro_rules! kinds {
    ($all:ident, $name:ident($value:ident: $of:ty), { $($kind:pat $(if $when:expr)? => $word:literal,)+ }) => {
        pub(super) const $all: &[&str] = &[$($word),+];

        pub(super) fn $name($value: $of) -> &'static str {
            match $value {
                $($kind $(if $when)? => $word,)+
            }
        }
    };
}

pub(super) use kinds;

/// What was seen: the list, and the word in it.
type Seen = BTreeSet<(&'static str, &'static str)>;

kinds!(OVERLAYS, overlay(of: &Overlay), {
    Overlay::Confirm(_) => "a question",
    Overlay::Form(_) => "a form",
    Overlay::Menu(_) => "a menu",
    Overlay::Help(_) => "help or the palette",
    Overlay::Details(_) => "details",
    Overlay::Prompt(_) => "a question for a secret",
    Overlay::Line(_) => "the filter line",
    Overlay::Tasks(tasks) if tasks.export.is_some() => "the path of an export",
    Overlay::Tasks(tasks) if tasks.open.is_some() => "the rows of a task",
    Overlay::Tasks(_) => "the tasks",
});

kinds!(THINGS, thing(of: Option<&Thing>), {
    Some(Thing::Org(_)) => "of an organization",
    Some(Thing::Member(_)) => "of a member",
    Some(Thing::Invite(_)) => "of an invite",
    None => "of what only we know",
});

kinds!(RAW, raw(of: &Loaded<orgdeck::domain::Text>), {
    Loaded::No => "not asked",
    Loaded::Asked => "being read",
    Loaded::Yes(_) => "here",
    Loaded::Failed(_) => "not to be had",
});

kinds!(TEXTS, text(of: &Details), {
    Details { heading, .. } if *heading == Details::BY_HAND => "to be copied by hand",
    Details { .. } => "of the service",
});

kinds!(FILTERS, filter(of: (&str, usize)), {
    ("", _) => "empty",
    (_, 0) => "nothing fits",
    (_, _) => "something fits",
});

fn of_details(details: &Details, seen: &mut Seen) {
    seen.insert(("details", thing(details.thing.as_ref())));
    seen.insert(("text of the service", raw(&details.raw)));
    seen.insert(("text", text(details)));
}

/// Everything that is to be seen of what is on top.
fn look(model: &Model, seen: &mut Seen) {
    let Some(top) = model.overlays.last() else {
        return;
    };
    seen.insert(("overlay", overlay(top)));
    match top {
        Overlay::Confirm(confirm) => of_questions::look((model, confirm), seen),
        Overlay::Form(form) => of_forms::look((model, form), seen),
        Overlay::Menu(picker) | Overlay::Help(picker) => of_pickers::look(picker, seen),
        Overlay::Details(details) => of_details(details, seen),
        Overlay::Tasks(tasks) => of_tasks::look((model, tasks), seen),
        Overlay::Prompt(prompt) => of_prompts::look(prompt, seen),
        Overlay::Line(input) => {
            let fitting = model.panes.members.order.places.len();
            seen.insert(("filter", filter((input.value(), fitting))));
        }
    }
}

/// Every list with its words.
fn wanted() -> Vec<(&'static str, &'static [&'static str])> {
    let mut all = vec![
        ("overlay", OVERLAYS),
        ("details", THINGS),
        ("text of the service", RAW),
        ("text", TEXTS),
        ("filter", FILTERS),
    ];
    all.extend(of_questions::WANTED);
    all.extend(of_forms::WANTED);
    all.extend(of_pickers::WANTED);
    all.extend(of_prompts::WANTED);
    all.extend(of_tasks::WANTED);
    all
}

#[test]
fn every_kind_of_every_overlay_has_a_snapshot() {
    let mut seen = Seen::new();
    let size = super::sizes()[1];
    let states: Vec<Case> = tables().into_iter().flat_map(|(_, cases)| cases).collect();
    for state in &states {
        look(&(state.reach)(size).model, &mut seen);
    }
    let missing: Vec<String> = wanted()
        .into_iter()
        .flat_map(|(list, words)| words.iter().map(move |word| (list, *word)))
        .filter(|kind| !seen.contains(kind))
        .map(|(list, word)| format!("{list}: {word}"))
        .collect();
    assert!(missing.is_empty(), "no snapshot shows: {missing:#?}");
}

#[test]
fn every_goal_that_a_service_offers_has_a_snapshot_of_its_form() {
    let drawn: BTreeSet<String> = super::forms::cases()
        .into_iter()
        .map(|case| case.name)
        .collect();
    for service in desk::SERVICES {
        for (goal, _, name) in GOALS {
            let verb = orgdeck::app::action::named(name).unwrap().verb.unwrap();
            let is_offered = table(service).refusal(verb).is_none();
            // Where a member holds one role only, a picker opens and a question follows.
            let is_form = goal != "roles" || service == "vulos";
            let is_drawn = drawn.contains(&format!("{goal}_{service}"));
            assert_eq!(is_drawn, is_offered && is_form, "{goal} on {service}");
        }
    }
}

#[test]
fn every_state_has_a_name_of_its_own() {
    for (table, cases) in tables() {
        let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
        assert_eq!(names.len(), cases.len(), "two states of one name: {table}");
    }
}
