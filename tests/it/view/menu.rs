//! Lists to choose from.

use insta::assert_snapshot;
use orgdeck::app::Model;
use orgdeck::app::key::Key;
use orgdeck::app::layer::Overlay;
use orgdeck::app::pending::Pending;
use orgdeck::app::{Msg, update};

use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

/// A model after these keys, nothing being read.
pub(super) fn pressed(model: Model, keys: &[&str]) -> Model {
    let mut model = keyed(model, keys);
    model.pending = Pending::default();
    model
}

/// A model after these keys; what it asks for then is under way, and nothing else.
pub(super) fn keyed(mut model: Model, keys: &[&str]) -> Model {
    world::arrange(&mut model);
    let now = model.now;
    for key in keys {
        model.pending = Pending::default();
        update(&mut model, now, Msg::Pressed(Key::parse(key).unwrap()));
    }
    model
}

fn at(mut model: Model, index: usize) -> Model {
    if let Some(Overlay::Menu(picker)) = model.overlays.last_mut() {
        picker.index = index;
    }
    model
}

#[test]
fn every_action_of_a_row() {
    let model = pressed(world::seven_orgs(), &["."]);
    assert_snapshot!(plain(&model, WIDE));
    assert_snapshot!(screen(&model, MEDIUM));
    assert_snapshot!(plain(&at(model, 20), NARROW));
}

#[test]
fn what_cannot_be_done_has_its_reason() {
    let mut model = world::harbour_open();
    model.panes.focus = orgdeck::app::place::Pane::Invites;
    assert_snapshot!(monochrome(&pressed(model, &["."]), MEDIUM));
}

#[test]
fn profiles() {
    assert_snapshot!(plain(&at(pressed(world::seven_orgs(), &["P"]), 2), MEDIUM));
}

#[test]
fn the_chosen_line_is_in_sight_on_the_smallest_screen() {
    assert_snapshot!(plain(
        &at(pressed(world::seven_orgs(), &["."]), 9),
        (40, 10)
    ));
}

#[test]
fn the_lines_whose_keys_begin_as_typed() {
    assert_snapshot!(plain(&pressed(world::seven_orgs(), &[".", "s"]), MEDIUM));
}

#[test]
fn a_filter() {
    let model = pressed(world::seven_orgs(), &[".", "/", "s", "o", "r", "t"]);
    assert_snapshot!(plain(&model, WIDE));
    assert_snapshot!(screen(&model, MEDIUM));
    assert_snapshot!(monochrome(&model, NARROW));
    let model = pressed(world::seven_orgs(), &["P", "/", "z", "z"]);
    assert_snapshot!(plain(&model, NARROW));
}
