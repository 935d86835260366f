//! Help.

use insta::assert_snapshot;
use orgdeck::app::Model;
use orgdeck::app::key::Key;
use orgdeck::app::pending::Pending;
use orgdeck::app::{Msg, update};

use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

fn opened(mut model: Model, keys: &[&str]) -> Model {
    world::arrange(&mut model);
    for key in [&["?"], keys].concat() {
        let now = model.now;
        update(&mut model, now, Msg::Pressed(Key::parse(key).unwrap()));
    }
    model.pending = Pending::default();
    model
}

#[test]
fn the_page() {
    assert_snapshot!(plain(&opened(world::seven_orgs(), &[]), WIDE));
    assert_snapshot!(screen(&opened(world::seven_orgs(), &[]), MEDIUM));
    assert_snapshot!(monochrome(&opened(world::seven_orgs(), &[]), NARROW));
}

#[test]
fn a_search() {
    assert_snapshot!(plain(
        &opened(world::seven_orgs(), &["s", "o", "r", "t"]),
        MEDIUM
    ));
    assert_snapshot!(plain(
        &opened(world::seven_orgs(), &["z", "z", "z"]),
        MEDIUM
    ));
}

#[test]
fn what_is_not_possible_here() {
    let model = opened(world::harbour_open(), &["i", "n", "v", "i", "t", "e"]);
    assert_snapshot!(plain(&model, MEDIUM));
}
