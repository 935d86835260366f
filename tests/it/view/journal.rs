//! The journal.

use insta::assert_snapshot;
use orgdeck::app::{Effect, Model, Msg};

use super::{MEDIUM, NARROW, WIDE};
use crate::support::past;
use crate::support::rig::Rig;
use crate::support::screen::{monochrome, plain, screen};

/// The journal, after these keys.
fn opened(keys: &str) -> Model {
    let mut rig = Rig::two_orgs();
    let effects = rig.press("g j");
    let [Effect::History { id }] = effects[..] else {
        panic!("the journal is read: {effects:?}");
    };
    rig.send(Msg::History(id, Ok(Box::new(past::history()))));
    rig.press(keys);
    rig.model.clone()
}

#[test]
fn what_was_sent() {
    assert_snapshot!(plain(&opened(""), WIDE));
    assert_snapshot!(screen(&opened(""), MEDIUM));
    assert_snapshot!(monochrome(&opened(""), NARROW));
}

#[test]
fn searched() {
    assert_snapshot!(plain(&opened("cleo"), MEDIUM));
}

#[test]
fn one_entry() {
    assert_snapshot!(plain(&opened("undone<enter>"), WIDE));
    assert_snapshot!(plain(&opened("undone<enter>"), MEDIUM));
    assert_snapshot!(plain(&opened("undone<enter>"), NARROW));
}
