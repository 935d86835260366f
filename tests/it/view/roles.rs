//! The list of roles that a member could have.

use insta::assert_snapshot;
use orgdeck::app::Model;
use orgdeck::app::store::Loaded;
use orgdeck::domain::{ApiError, Fault, Role, Verb};

use super::menu::pressed;
use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

fn with(roles: Loaded<Vec<Role>>) -> Model {
    let mut model = world::seven_orgs();
    model.store.visit_mut(&world::shop()).unwrap().roles = roles;
    model
}

/// The picker, with the roles in this state once it was opened.
fn opened(roles: Loaded<Vec<Role>>) -> Model {
    pressed(with(roles), &["r"])
}

fn roles() -> Vec<Role> {
    vec![
        world::clerk_role("admin"),
        world::clerk_role("member"),
        world::clerk_role("billing"),
        Role::named("org:Ревизор\u{202e}"),
    ]
}

#[test]
fn the_one_that_is_held_has_its_reason() {
    assert_snapshot!(plain(&opened(Loaded::Yes(roles())), WIDE));
    assert_snapshot!(screen(&opened(Loaded::Yes(roles())), MEDIUM));
    assert_snapshot!(monochrome(&opened(Loaded::Yes(roles())), NARROW));
}

#[test]
fn they_are_being_read() {
    assert_snapshot!(plain(&opened(Loaded::No), MEDIUM));
    assert_snapshot!(plain(&opened(Loaded::No), NARROW));
}

#[test]
fn they_could_not_be_read() {
    let mut model = pressed(with(Loaded::Asked), &["r"]);
    let failed = ApiError::new(Verb::RoleList, Fault::TimedOut);
    let visit = model.store.visit_mut(&world::shop()).unwrap();
    visit.roles = Loaded::Failed(failed);
    orgdeck::app::overlay::roles::refill(&mut model);
    assert_snapshot!(plain(&model, WIDE));
    assert_snapshot!(screen(&model, MEDIUM));
    assert_snapshot!(plain(&model, NARROW));
}

#[test]
fn there_are_none() {
    assert_snapshot!(plain(&opened(Loaded::Yes(Vec::new())), MEDIUM));
}

#[test]
fn a_filter_over_them() {
    let model = pressed(with(Loaded::Yes(roles())), &["r", "/", "m", "e"]);
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn the_question_behind_a_line() {
    let model = pressed(with(Loaded::Yes(roles())), &["r", "2"]);
    assert_snapshot!(plain(&model, MEDIUM));
}
