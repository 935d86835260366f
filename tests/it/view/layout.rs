//! The whole screen at the three sizes, with and without colour, and where there is no room for it.

use insta::assert_snapshot;

use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

#[test]
fn wide() {
    assert_snapshot!(screen(&world::seven_orgs(), WIDE));
}

#[test]
fn medium() {
    assert_snapshot!(screen(&world::seven_orgs(), MEDIUM));
}

#[test]
fn narrow() {
    assert_snapshot!(screen(&world::seven_orgs(), NARROW));
}

#[test]
fn wide_without_colour() {
    assert_snapshot!(monochrome(&world::seven_orgs(), WIDE));
}

#[test]
fn medium_without_colour() {
    assert_snapshot!(monochrome(&world::seven_orgs(), MEDIUM));
}

#[test]
fn narrow_without_colour() {
    assert_snapshot!(monochrome(&world::seven_orgs(), NARROW));
}

#[test]
fn smallest() {
    assert_snapshot!(plain(&world::seven_orgs(), (40, 10)));
}

#[test]
fn too_small() {
    assert_snapshot!(plain(&world::seven_orgs(), (39, 12)));
    assert_snapshot!(plain(&world::seven_orgs(), (12, 4)));
}

#[test]
fn a_production_account_marks_its_panes() {
    let mut model = world::seven_orgs();
    world::open(&mut model, &world::fleet());
    assert_snapshot!(screen(&model, MEDIUM));
}

#[test]
fn nothing_was_read_yet() {
    assert_snapshot!(screen(&world::unread(), MEDIUM));
}

#[test]
fn a_zoomed_pane_is_alone() {
    let mut model = world::seven_orgs();
    model.panes.zoom = orgdeck::app::place::Zoom::In;
    assert_snapshot!(plain(&model, WIDE));
}
