//! One organization with all its attributes.

use insta::assert_snapshot;
use orgdeck::app::Model;
use orgdeck::app::place::{Pane, Zoom};
use orgdeck::domain::connection::Access;
use orgdeck::domain::{Detail, Org, OrgId, Row, Text, Verb};

use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

fn focused(model: &Model) -> Model {
    let mut model = model.clone();
    model.panes.focus = Pane::Org;
    model
}

fn opened(org: &OrgId) -> Model {
    let mut model = world::seven_orgs();
    world::open(&mut model, org);
    focused(&model)
}

#[test]
fn everything_that_is_told() {
    let mut model = focused(&world::seven_orgs());
    model.panes.zoom = Zoom::In;
    assert_snapshot!(screen(&model, WIDE));
}

#[test]
fn medium_and_narrow() {
    assert_snapshot!(screen(&focused(&world::seven_orgs()), MEDIUM));
    assert_snapshot!(plain(&focused(&world::seven_orgs()), NARROW));
}

#[test]
fn a_service_with_less() {
    assert_snapshot!(screen(&opened(&world::harbour()), MEDIUM));
}

#[test]
fn a_production_account() {
    assert_snapshot!(monochrome(&opened(&world::fleet()), MEDIUM));
}

#[test]
fn its_rest_is_on_the_way() {
    let mut model = world::seven_orgs();
    world::open(&mut model, &world::org_id("me", "59"));
    assert_snapshot!(screen(&focused(&model), MEDIUM));
}

#[test]
fn its_rest_could_not_be_read() {
    let mut model = world::seven_orgs();
    let id = world::org_id("me", "59");
    let mut row = Row::wanted(Org::reference(id.clone()));
    row.detail = Detail::Failed(Box::new(world::unavailable(Verb::OrgShow)));
    model.store.accounts[2].orgs = world::whole(vec![row]);
    world::open(&mut model, &id);
    assert_snapshot!(plain(&focused(&model), MEDIUM));
}

#[test]
fn no_organization_is_open() {
    assert_snapshot!(plain(&focused(&world::unread()), MEDIUM));
}

#[test]
fn scrolled_and_scrolled_beyond_its_end() {
    let mut model = focused(&world::seven_orgs());
    model.panes.org_top = 4;
    assert_snapshot!(plain(&model, NARROW));
    model.panes.org_top = 400;
    assert_snapshot!(plain(&model, NARROW));
}

#[test]
fn a_read_only_profile_says_what_forbids_writing() {
    let mut model = focused(&world::seven_orgs());
    model.store.accounts[1].connection.access = Access::ReadOnly("read_only of the profile");
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn hostile_and_endless_values() {
    let mut model = focused(&world::hard_names());
    model.panes.zoom = Zoom::In;
    let mut org = model.store.org(&world::shop()).unwrap().item.clone();
    let endless = "an endless website ".repeat(4_000);
    org.attributes.push(orgdeck::domain::Attribute::text(
        "website",
        Some(Text::from(endless)),
    ));
    model.store.accounts[1].orgs.rows.put(Row::whole(org));
    assert_snapshot!(screen(&model, WIDE));
}
