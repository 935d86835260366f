//! The organizations of all profiles.

use insta::assert_snapshot;
use orgdeck::app::Model;
use orgdeck::app::columns::Column;
use orgdeck::app::cursor::Hold;
use orgdeck::app::model::Times;
use orgdeck::app::place::{Pane, Zoom};
use orgdeck::domain::{ApiError, Detail, Fault, Profile, Row, Text, Verb};
use orgdeck::job::Feed;
use orgdeck::job::order::Turn;

use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

fn focused(mut model: Model) -> Model {
    model.panes.focus = Pane::Orgs;
    model
}

fn alone(model: Model) -> Model {
    let mut model = focused(model);
    model.panes.zoom = Zoom::In;
    model
}

#[test]
fn full() {
    assert_snapshot!(screen(&alone(world::seven_orgs()), MEDIUM));
    assert_snapshot!(plain(&focused(world::seven_orgs()), NARROW));
}

#[test]
fn full_without_colour() {
    assert_snapshot!(monochrome(&alone(world::seven_orgs()), MEDIUM));
}

#[test]
fn nothing_was_asked() {
    assert_snapshot!(plain(&alone(world::unread()), MEDIUM));
}

#[test]
fn nothing_has_come_yet() {
    let mut model = alone(world::unread());
    for account in &mut model.store.accounts {
        account.orgs = world::asked();
    }
    assert_snapshot!(screen(&model, MEDIUM));
}

#[test]
fn there_are_none() {
    let mut model = alone(world::unread());
    for account in &mut model.store.accounts {
        account.orgs = world::whole(Vec::new());
    }
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn all_profiles_failed() {
    let mut model = alone(world::unread());
    for account in &mut model.store.accounts {
        account.orgs = world::failed(Feed::default(), world::unavailable(Verb::OrgList));
    }
    assert_snapshot!(screen(&model, MEDIUM));
}

#[test]
fn one_profile_failed_and_one_is_on_its_way() {
    let mut model = focused(world::seven_orgs());
    let error = world::unavailable(Verb::OrgList);
    model.store.accounts[0].orgs = world::failed(Feed::default(), error);
    model.store.accounts[2].orgs = world::asked();
    assert_snapshot!(screen(&model, WIDE));
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn older_rows_stay_when_a_reading_fails() {
    let mut model = alone(world::seven_orgs());
    let feed = std::mem::take(&mut model.store.accounts[0].orgs);
    model.store.accounts[0].orgs = world::failed(feed, world::unavailable(Verb::OrgList));
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn what_has_no_room_below_the_rows_is_said_at_the_edge() {
    let mut model = focused(world::hard_names());
    let feed = std::mem::take(&mut model.store.accounts[0].orgs);
    model.store.accounts[0].orgs = world::failed(feed, world::unavailable(Verb::OrgList));
    let screen = plain(&model, WIDE);
    assert!(screen.contains("╚═ prod ~ FAIL, 11:41:56 ═"), "{screen}");
}

#[test]
fn rows_that_are_not_whole_say_so() {
    let mut model = alone(world::seven_orgs());
    let id = |number: &str| world::org_id("me", number);
    let mut broken = Row::wanted(world::org(&id("60"), "Broken", (0, 0)));
    broken.detail = Detail::Failed(Box::new(world::unavailable(Verb::OrgShow)));
    let mut odd = Row::wanted(world::org(&id("61"), "Odd", (0, 0)));
    odd.detail = Detail::Unreadable(Text::from("no \"id\"\u{1b}[2J"));
    let rows = vec![
        Row::wanted(orgdeck::domain::Org::reference(id("59"))),
        broken,
        odd,
    ];
    model.store.accounts[2].orgs = world::whole(rows);
    assert_snapshot!(screen(&model, MEDIUM));
    model.panes.zoom = Zoom::Out;
    assert_snapshot!(plain(&model, WIDE));
}

#[test]
fn a_filter_says_how_many_fit() {
    let mut model = focused(world::seven_orgs());
    model
        .panes
        .orgs
        .refocus(|lens| lens.text = "acme".to_owned());
    assert_snapshot!(screen(&model, WIDE));
}

#[test]
fn a_filter_that_nothing_fits() {
    let mut model = focused(world::seven_orgs());
    model
        .panes
        .orgs
        .refocus(|lens| lens.text = "zz\u{202e}".to_owned());
    assert_snapshot!(plain(&model, WIDE));
}

#[test]
fn a_sort_is_a_word_in_its_heading() {
    let mut model = alone(world::seven_orgs());
    let mut sorted = |by, turn| {
        model.panes.orgs.refocus(|lens| {
            lens.by = Some(by);
            lens.turn = turn;
        });
        plain(&model, (80, 16))
    };
    assert_snapshot!(sorted(Column::Members, Turn::Down));
    assert_snapshot!(sorted(Column::Name, Turn::Up));
    assert_snapshot!(sorted(Column::Date, Turn::Up));
}

#[test]
fn two_profiles_of_one_service_are_told_apart() {
    let mut model = focused(world::seven_orgs());
    let mut second = world::clerk();
    second.connection.profile = Profile::new("staging");
    let id = world::org_id("staging", "org_9");
    second.orgs = world::whole(vec![Row::whole(world::org(&id, "Acme Shop", (1, 0)))]);
    model.store.accounts.push(second);
    assert_snapshot!(plain(&model, WIDE));
}

#[test]
fn one_profile_alone() {
    let mut model = alone(world::seven_orgs());
    model.only.insert(world::profile("prod"));
    model.panes.orgs.hold = Hold::First;
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn a_long_list_is_a_window() {
    let mut model = alone(world::hard_names());
    model.panes.orgs.cursor = Some(world::org_id("shop", "org_30"));
    model.times = Times::Absolute;
    assert_snapshot!(screen(&model, MEDIUM));
}

#[test]
fn a_row_says_how_far_a_write_to_it_is_and_a_new_one_stands_above() {
    let mut model = world::seven_orgs();
    let refused = ApiError::new(Verb::OrgDelete, Fault::Forbidden);
    let outcome = vec![orgdeck::domain::Outcome::Refused(refused)];
    world::carry(&mut model, world::leaving(&world::fleet()), outcome);
    world::carry(&mut model, world::creating("Harbour"), Vec::new());
    world::arrange(&mut model);
    model.panes.focus = orgdeck::app::place::Pane::Orgs;
    for size in [WIDE, MEDIUM, NARROW] {
        assert_snapshot!(plain(&model, size));
    }
}
