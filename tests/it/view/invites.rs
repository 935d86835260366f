//! Invites: as listed, as being written, and where no list is kept.

use insta::assert_snapshot;
use orgdeck::app::Model;
use orgdeck::app::columns::Column;
use orgdeck::app::cursor::Hold;
use orgdeck::app::model::{InviteScope, Times};
use orgdeck::app::place::{Pane, Zoom};
use orgdeck::app::store::{SentNote, Visit};
use orgdeck::domain::plan::Seen;
use orgdeck::domain::{ApiError, Fault, Invite, Outcome, Receipt, Row, Text, Verb};
use orgdeck::job::Feed;
use orgdeck::job::order::Turn;

use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

fn focused(mut model: Model) -> Model {
    model.panes.focus = Pane::Invites;
    model
}

fn zoomed(model: Model) -> Model {
    let mut model = focused(model);
    model.panes.zoom = Zoom::In;
    model
}

fn with(change: impl FnOnce(&mut Visit)) -> Model {
    let mut model = focused(world::seven_orgs());
    change(model.store.visit_mut(&world::shop()).unwrap());
    model
}

fn listed(number: u32) -> Invite {
    let model = world::seven_orgs();
    let visit = model.store.visit(&world::shop()).unwrap();
    visit.invites[0].rows.row(number).item.clone()
}

#[test]
fn full() {
    assert_snapshot!(screen(&zoomed(world::seven_orgs()), WIDE));
    assert_snapshot!(plain(&focused(world::seven_orgs()), MEDIUM));
    assert_snapshot!(plain(&focused(world::seven_orgs()), NARROW));
}

#[test]
fn full_without_colour() {
    assert_snapshot!(monochrome(&zoomed(world::seven_orgs()), MEDIUM));
}

#[test]
fn dates_instead_of_ages() {
    let mut model = zoomed(world::seven_orgs());
    model.times = Times::Absolute;
    assert_snapshot!(plain(&model, WIDE));
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn nothing_has_come_yet() {
    let model = with(|visit| visit.invites = vec![world::asked(), world::asked()]);
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn there_are_none() {
    let model = with(|visit| visit.invites = vec![world::whole(Vec::new())]);
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn one_of_two_lists_failed() {
    let error = world::unavailable(Verb::InviteList);
    let model = with(|visit| visit.invites[1] = world::failed(Feed::default(), error));
    assert_snapshot!(screen(&zoomed(model), MEDIUM));
}

#[test]
fn a_first_reading_that_failed() {
    let error = world::unavailable(Verb::InviteList);
    let model = with(|visit| visit.invites = vec![world::failed(Feed::default(), error)]);
    assert_snapshot!(plain(&zoomed(model), MEDIUM));
}

#[test]
fn a_filter_and_a_sort() {
    let mut model = focused(world::seven_orgs());
    model.panes.invites.refocus(|lens| {
        lens.text = "acme".to_owned();
        lens.by = Some(Column::Profile);
        lens.turn = Turn::Down;
    });
    assert_snapshot!(plain(&model, WIDE));
}

#[test]
fn a_service_without_a_list_and_nothing_sent() {
    assert_snapshot!(screen(&focused(world::harbour_open()), MEDIUM));
    assert_snapshot!(plain(&focused(world::harbour_open()), NARROW));
}

#[test]
fn a_service_without_a_list_and_the_notes_of_what_was_sent() {
    let mut model = focused(world::harbour_open());
    let note = |email: &str, hours: i64| SentNote {
        org: world::harbour(),
        email: Text::from(email),
        at: world::hours_ago(hours),
    };
    model.store.sent_notes = vec![
        note("hal@acme.example", 30),
        note("ivy\u{202e}@partner.example", 2),
    ];
    model.store.sent_notes.push(SentNote {
        org: world::shop(),
        ..note("elsewhere@acme.example", 1)
    });
    assert_snapshot!(screen(&zoomed(model), MEDIUM));
}

#[test]
fn a_revocation_on_its_way() {
    let mut model = zoomed(world::seven_orgs());
    world::carry(&mut model, world::revoking(&listed(1)), Vec::new());
    assert_snapshot!(screen(&model, MEDIUM));
}

#[test]
fn a_revocation_that_was_refused_is_rolled_back() {
    let mut model = zoomed(world::seven_orgs());
    let error = ApiError {
        status: Some(403),
        ..ApiError::new(Verb::InviteRevoke, Fault::Refused).words("not while it is being read")
    };
    let refused = vec![Outcome::Refused(error)];
    world::carry(&mut model, world::revoking(&listed(1)), refused);
    assert_snapshot!(screen(&model, WIDE));
    assert_snapshot!(monochrome(&model, MEDIUM));
}

#[test]
fn other_ends_of_a_revocation() {
    let ends = [
        Outcome::Unknown,
        Outcome::Differs(Seen::Gone),
        Outcome::Done(Receipt::default()),
        Outcome::NotApplied(ApiError::new(
            Verb::InviteRevoke,
            Fault::Slowed {
                after: Some(std::time::Duration::from_secs(28)),
            },
        )),
        Outcome::NotApplied(ApiError::new(Verb::InviteRevoke, Fault::SignedOut)),
    ];
    let rows = ends.map(|end| {
        let mut model = zoomed(world::seven_orgs());
        world::carry(&mut model, world::revoking(&listed(0)), vec![end]);
        super::rows(&plain(&model, MEDIUM), 4..5)
    });
    assert_snapshot!(rows.join("\n"));
}

#[test]
fn addresses_being_invited_stand_above_the_list() {
    let mut model = zoomed(world::seven_orgs());
    let error = ApiError::new(Verb::InviteCreate, Fault::Conflict).words("already a member");
    let plan = world::inviting(&[
        "kim@acme.example",
        "lou@partner.example",
        "hal@acme.example",
    ]);
    let outcomes = vec![
        Outcome::Refused(error),
        Outcome::Unknown,
        Outcome::Done(Receipt::default()),
    ];
    world::carry(&mut model, plan, outcomes);
    world::carry(
        &mut model,
        world::inviting(&["new@acme.example"]),
        Vec::new(),
    );
    assert_snapshot!(screen(&model, WIDE));
    model.panes.zoom = Zoom::Out;
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn the_cursor_stays_in_sight_below_what_is_being_sent() {
    let mut model = focused(world::seven_orgs());
    model.panes.invites.cursor = Some(listed(5).at);
    model.panes.invites.hold = Hold::Record;
    let addresses = ["a@acme.example", "b@acme.example", "c@acme.example"];
    world::carry(&mut model, world::inviting(&addresses), Vec::new());
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn all_profiles() {
    let mut model = zoomed(world::seven_orgs());
    model.panes.invite_scope = InviteScope::All;
    let mut other = listed(1);
    other.at.org = world::fleet();
    other.expires = orgdeck::domain::Told::Unknown;
    other.created = orgdeck::domain::Told::Unknown;
    model.store.accounts[0].invites = vec![world::whole(vec![Row::whole(other)])];
    let rows = (0..6).map(|number| Row::whole(listed(number))).collect();
    model.store.accounts[1].invites = vec![world::begun(rows, Some(40))];
    assert_snapshot!(screen(&model, WIDE));
    assert_snapshot!(plain(&model, MEDIUM));
    assert_snapshot!(plain(&model, NARROW));
    model.panes.zoom = Zoom::Out;
    let beside_the_organizations = plain(&model, MEDIUM);
    assert!(beside_the_organizations.contains("ORGANIZATION "));
}

#[test]
fn hard_names() {
    assert_snapshot!(screen(&zoomed(world::hard_names()), (100, 48)));
}
