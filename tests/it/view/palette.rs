//! The palette.

use insta::assert_snapshot;
use orgdeck::app::Model;

use super::menu::pressed;
use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

/// The palette with this typed into it.
fn typed(model: Model, text: &str) -> Model {
    let letters: Vec<String> = text
        .chars()
        .map(|c| {
            if c == ' ' {
                "space".to_owned()
            } else {
                c.to_string()
            }
        })
        .collect();
    let keys: Vec<&str> = std::iter::once("c-p")
        .chain(letters.iter().map(String::as_str))
        .collect();
    pressed(model, &keys)
}

#[test]
fn everything() {
    assert_snapshot!(plain(&typed(world::seven_orgs(), ""), WIDE));
    assert_snapshot!(screen(&typed(world::seven_orgs(), ""), MEDIUM));
    assert_snapshot!(monochrome(&typed(world::seven_orgs(), ""), NARROW));
}

#[test]
fn actions_and_things() {
    assert_snapshot!(plain(&typed(world::seven_orgs(), "acme"), WIDE));
    assert_snapshot!(screen(&typed(world::seven_orgs(), "acme"), MEDIUM));
    assert_snapshot!(plain(&typed(world::seven_orgs(), "acme"), NARROW));
}

#[test]
fn what_cannot_be_done_has_its_reason() {
    assert_snapshot!(plain(&typed(world::harbour_open(), "revoke"), MEDIUM));
}

#[test]
fn nothing_fits() {
    assert_snapshot!(plain(&typed(world::seven_orgs(), "zz z"), NARROW));
}

#[test]
fn more_than_are_shown() {
    let names: Vec<String> = (0..260)
        .map(|number| format!("Person {number:03}"))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_snapshot!(plain(&typed(world::names(&names), "person"), MEDIUM));
}

#[test]
fn hard_names() {
    assert_snapshot!(plain(&typed(world::hard_names(), "o"), WIDE));
    assert_snapshot!(plain(&typed(world::hard_names(), "org_1"), NARROW));
}
