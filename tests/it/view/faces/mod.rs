//! Every overlay in each of its states at the three sizes, and the inventory that nothing is left out of.
//!
//! A state is a row of a table: what it is called, and how a person comes to it. One snapshot holds it at
//! every size as text alone, so whatever it says it says without colour.

use std::fmt::Write as _;

use orgdeck::app::layer::Overlay;
use orgdeck::app::place::Size;
use orgdeck::rig::Frame;

use super::{MEDIUM, NARROW, WIDE};
use crate::support::rig::Rig;

mod bulk;
mod copies;
mod desk;
mod drafts;
mod fields;
mod forms;
mod inventory;
mod lookups;
mod many;
mod pages;
mod people;
mod pickers;
mod prompts;
mod questions;
mod stages;
mod tasks;
mod wishes;

/// A state of an overlay.
struct Case {
    /// What it is called.
    name: String,
    /// How somebody comes to it on a screen of some size.
    reach: Box<dyn Fn(Size) -> Rig>,
}

fn case(name: impl Into<String>, reach: impl Fn(Size) -> Rig + 'static) -> Case {
    Case {
        name: name.into(),
        reach: Box::new(reach),
    }
}

/// The tables, each with its name.
fn tables() -> Vec<(&'static str, Vec<Case>)> {
    vec![
        ("question", questions::cases()),
        ("wish", wishes::cases()),
        ("form", forms::cases()),
        ("field", fields::cases()),
        ("lookup", lookups::cases()),
        ("stage", stages::cases()),
        ("many", many::cases()),
        ("picker", pickers::cases()),
        ("person", people::cases()),
        ("page", pages::cases()),
        ("copy", copies::cases()),
        ("bulk", bulk::cases()),
        ("prompt", prompts::cases()),
        ("task", tasks::cases()),
        ("draft", drafts::cases()),
    ]
}

fn sizes() -> [Size; 3] {
    [WIDE, MEDIUM, NARROW].map(|(width, height)| Size { width, height })
}

/// Takes a snapshot of each state: all sizes in one file.
fn draw(table: &str, cases: &[Case]) {
    for case in cases {
        let mut shown = String::new();
        for size in sizes() {
            let rig = (case.reach)(size);
            let frame = rig.frame();
            let name = format!("{table} {} at {}x{}", case.name, size.width, size.height);
            assert!(shows_its_focus(&rig, &frame), "{name}:\n{}", frame.text());
            let cursor = frame.cursor().map_or_else(String::new, |at| {
                format!(", the cursor at {},{}", at.x, at.y)
            });
            let (width, height) = (size.width, size.height);
            writeln!(shown, "{width}x{height}{cursor}\n{}", frame.text()).unwrap();
        }
        insta::assert_snapshot!(format!("{table}__{}", case.name), shown);
    }
}

/// Whether a person sees without colour where the next key goes; a page that only scrolls has no focus.
fn shows_its_focus(rig: &Rig, frame: &Frame) -> bool {
    let only_scrolls = match rig.model.overlays.last() {
        Some(Overlay::Tasks(tasks)) => tasks.open.is_some() && tasks.export.is_none(),
        Some(Overlay::Menu(picker) | Overlay::Help(picker)) => picker.chosen().is_none(),
        top => matches!(top, None | Some(Overlay::Details(_))),
    };
    only_scrolls || frame.cursor().is_some() || frame.text().contains("> ")
}

#[test]
fn questions_in_every_state() {
    draw("question", &questions::cases());
}

#[test]
fn the_question_of_every_wish() {
    draw("wish", &wishes::cases());
}

#[test]
fn the_form_of_every_goal_on_every_service() {
    draw("form", &forms::cases());
}

#[test]
fn every_kind_of_field_in_every_state() {
    draw("field", &fields::cases());
}

#[test]
fn fields_that_are_filled_in_by_choosing() {
    draw("lookup", &lookups::cases());
}

#[test]
fn forms_on_their_way_to_a_yes_and_back() {
    draw("stage", &stages::cases());
}

#[test]
fn the_form_that_invites_many_in_every_state() {
    draw("many", &many::cases());
}

#[test]
fn menus_and_pickers_in_every_state() {
    draw("picker", &pickers::cases());
}

#[test]
fn the_organizations_of_a_person_in_every_state() {
    draw("person", &people::cases());
}

#[test]
fn help_the_palette_details_and_the_filter_line_in_every_state() {
    draw("page", &pages::cases());
}

#[test]
fn what_is_copied_or_shown_in_every_state() {
    draw("copy", &copies::cases());
}

#[test]
fn several_rows_at_once_in_every_state() {
    draw("bulk", &bulk::cases());
}

#[test]
fn tasks_in_every_state() {
    draw("task", &tasks::cases());
}

#[test]
fn drafts_that_are_offered_taken_and_listed() {
    draw("draft", &drafts::cases());
}

#[test]
fn the_question_for_a_secret_in_every_state() {
    draw("prompt", &prompts::cases());
}
