//! The header: every profile with its state, whether anything can be written, and where one is.

use std::time::Duration;

use insta::assert_snapshot;
use orgdeck::app::Model;
use orgdeck::app::model::{InviteScope, Source};
use orgdeck::app::place::Pane;
use orgdeck::app::store::{Health, Trouble};
use orgdeck::domain::Profile;
use orgdeck::domain::connection::Access;

use super::rows;
use crate::support::screen::{monochrome, plain};
use crate::support::world;

/// The header at the width of each layout.
fn headers(model: &Model) -> String {
    [
        (160, 30),
        (120, 36),
        (100, 28),
        (80, 24),
        (60, 20),
        (40, 10),
    ]
    .map(|size| format!("{}\n{}", size.0, rows(&plain(model, size), 0..2)))
    .join("\n")
}

#[test]
fn it_says_less_where_there_is_less_room() {
    assert_snapshot!(headers(&world::seven_orgs()));
}

#[test]
fn every_state_of_a_profile_has_its_word() {
    let mut model = world::seven_orgs();
    let states = [
        Health::Untried,
        Health::Fine,
        Health::Slow(Duration::from_millis(3_250)),
        Health::Limited(model.now.moment.after(Duration::from_millis(27_400))),
        Health::SignedOut,
        Health::Failing(Trouble::Offline),
        Health::Failing(Trouble::Silent),
        Health::Failing(Trouble::Unavailable),
        Health::Failing(Trouble::Untrusted),
        Health::Failing(Trouble::Garbled),
        Health::Failing(Trouble::Forbidden),
    ];
    let words = states.map(|health| {
        model.store.accounts[1].health = health;
        rows(&plain(&model, (120, 36)), 0..1)
    });
    assert_snapshot!(words.join("\n"));
}

#[test]
fn many_profiles_become_a_number() {
    let mut model = world::seven_orgs();
    for number in 0..9 {
        let mut account = world::clerk();
        account.connection.profile = Profile::new(format!("shop-of-customer-{number}"));
        model.store.accounts.push(account);
    }
    assert_snapshot!(headers(&model));
}

#[test]
fn one_profile_is_a_filter() {
    let mut model = world::seven_orgs();
    model.only.insert(world::profile("shop"));
    assert_snapshot!(headers(&model));
}

#[test]
fn read_only_is_said() {
    let mut model = world::seven_orgs();
    model.store.accounts[1].connection.access = Access::ReadOnly("read_only of the profile");
    let one = headers(&model);
    model.settings.read_only = Some("--read-only");
    assert_snapshot!(format!("{one}\n\n{}", headers(&model)));
}

#[test]
fn the_demo_is_said() {
    let mut model = world::seven_orgs();
    model.settings.source = Source::Demo;
    assert_snapshot!(headers(&model));
}

#[test]
fn production_is_a_word_without_colour_too() {
    let mut model = world::seven_orgs();
    world::open(&mut model, &world::fleet());
    for size in [(120, 36), (80, 24), (60, 20), (40, 10)] {
        let header = rows(&monochrome(&model, size), 0..1);
        assert!(header.contains("PROD"), "{size:?}: {header}");
    }
}

#[test]
fn crumbs_name_profile_and_organization_in_every_pane_and_size() {
    let mut model = world::seven_orgs();
    for pane in Pane::ALL {
        model.panes.focus = pane;
        for size in [(120, 36), (80, 24), (60, 20), (40, 10)] {
            let crumbs = rows(&plain(&model, size), 1..2);
            assert!(crumbs.contains("Acme Shop"), "{size:?}: {crumbs}");
            assert!(crumbs.contains("clerk:shop"), "{size:?}: {crumbs}");
        }
    }
}

#[test]
fn crumbs_of_all_invites_and_of_nothing() {
    let mut model = world::seven_orgs();
    model.panes.focus = Pane::Invites;
    model.panes.invite_scope = InviteScope::All;
    let all = rows(&plain(&model, (80, 24)), 1..2);
    let none = rows(&plain(&world::unread(), (80, 24)), 1..2);
    assert_snapshot!(format!("{all}\n{none}"));
}

#[test]
fn a_long_name_leaves_the_profile_in_sight() {
    let mut model = world::hard_names();
    world::open(&mut model, &world::org_id("shop", "org_27"));
    assert_snapshot!(headers(&model));
}
