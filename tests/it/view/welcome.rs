//! The first screen.

use insta::assert_snapshot;
use orgdeck::app::Model;
use orgdeck::app::model::Welcome;
use orgdeck::domain::Text;

use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

fn welcome(found: &[&str], index: usize) -> Model {
    let mut model = world::model(Vec::new());
    model.welcome = Some(Welcome {
        found: found.iter().map(|name| Text::from(*name)).collect(),
        toml: Text::from("[profiles.shop]"),
        path: Text::from("/home/ana/.config/orgdeck/config.toml"),
        index,
    });
    model
}

const FOUND: &[&str] = &[
    "CLERK_SECRET_KEY in the environment: a live key, so PROD",
    "the login file of the balena CLI\u{1b}[2J",
];

#[test]
fn something_was_found() {
    assert_snapshot!(screen(&welcome(FOUND, 0), MEDIUM));
    assert_snapshot!(plain(&welcome(FOUND, 1), WIDE));
    assert_snapshot!(plain(&welcome(FOUND, 2), NARROW));
}

#[test]
fn nothing_was_found() {
    assert_snapshot!(monochrome(&welcome(&[], 1), MEDIUM));
}

#[test]
fn the_choice_stays_in_sight_on_the_smallest_screen() {
    assert_snapshot!(plain(&welcome(FOUND, 2), (40, 10)));
}
