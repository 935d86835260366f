//! The keys that can follow.

use insta::assert_snapshot;
use orgdeck::app::Model;
use orgdeck::app::key::Key;

use super::{MEDIUM, NARROW};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

fn typed(key: &str) -> Model {
    let mut model = world::seven_orgs();
    model.typed = vec![Key::parse(key).unwrap()];
    model
}

#[test]
fn going_somewhere() {
    assert_snapshot!(screen(&typed("g"), MEDIUM));
    assert_snapshot!(monochrome(&typed("g"), NARROW));
}

#[test]
fn more_than_fit() {
    assert_snapshot!(plain(&typed("s"), NARROW));
    assert_snapshot!(plain(&typed("s"), (40, 10)));
}
