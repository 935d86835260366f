//! The members of the open organization.

use insta::assert_snapshot;
use orgdeck::app::Model;
use orgdeck::app::columns::Column;
use orgdeck::app::model::Times;
use orgdeck::app::place::Zoom;
use orgdeck::app::store::Visit;
use orgdeck::domain::member::Mine;
use orgdeck::domain::{ApiError, Cursor, Fault, Next, Outcome, Page, Receipt, Row, Told, Verb};
use orgdeck::job::Feed;
use orgdeck::job::order::Turn;

use super::{MEDIUM, NARROW, WIDE, rows};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

fn with(change: impl FnOnce(&mut Visit)) -> Model {
    let mut model = world::seven_orgs();
    change(model.store.visit_mut(&world::shop()).unwrap());
    model
}

fn fifty() -> Vec<Row<orgdeck::domain::Member>> {
    let one = |number| {
        let name = format!("Member {number}");
        let email = format!("member{number}@acme.example");
        Row::whole(world::member(number, (&name, &email), "member"))
    };
    (0..50).map(one).collect()
}

#[test]
fn nothing_was_asked() {
    assert_snapshot!(screen(&world::two_orgs(), MEDIUM));
}

#[test]
fn nothing_has_come_yet() {
    assert_snapshot!(plain(&with(|visit| visit.members = world::asked()), MEDIUM));
}

#[test]
fn some_have_come_of_a_known_number() {
    let model = with(|visit| visit.members = world::begun(fifty(), Some(132)));
    assert_snapshot!(screen(&model, MEDIUM));
}

#[test]
fn some_have_come_of_an_unknown_number() {
    let few: Vec<_> = fifty().into_iter().take(5).collect();
    let model = with(|visit| visit.members = world::begun(few, None));
    assert_snapshot!(screen(&model, MEDIUM));
}

#[test]
fn there_are_none() {
    let model = with(|visit| visit.members = world::whole(Vec::new()));
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn a_first_reading_that_failed() {
    let error = world::unavailable(Verb::MemberList);
    let model = with(|visit| visit.members = world::failed(Feed::default(), error));
    assert_snapshot!(screen(&model, MEDIUM));
    assert_snapshot!(plain(&model, NARROW));
}

#[test]
fn older_rows_stay_when_a_reading_fails() {
    let error = world::unavailable(Verb::MemberList);
    let model = with(|visit| {
        visit.members = world::failed(std::mem::take(&mut visit.members), error.clone());
    });
    assert_snapshot!(screen(&model, WIDE));
    let model = with(|visit| visit.members = world::failed(world::whole(fifty()), error));
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn a_reading_that_was_stopped() {
    let model = with(|visit| {
        visit.members = world::begun(fifty(), Some(132));
        visit.members.stop();
    });
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn a_list_that_changed_while_it_was_read() {
    let model = with(|visit| {
        let few: Vec<_> = fifty().into_iter().take(4).collect();
        visit.members = world::begun(few, Some(9));
        visit.members.next(1, []);
        let page = Page {
            is_torn: false,
            rows: Vec::new(),
            total: Some(8),
            next: Next::End,
        };
        visit.members.page(&Cursor::at("next"), page);
    });
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn a_filter_and_one_that_nothing_fits() {
    let mut model = world::seven_orgs();
    let mut filtered = |text: &str| {
        model
            .panes
            .members
            .refocus(|lens| lens.text = text.to_owned());
        plain(&model, MEDIUM)
    };
    assert_snapshot!(filtered("acme"));
    assert_snapshot!(filtered("nobody"));
}

#[test]
fn a_filter_over_a_list_that_is_not_whole() {
    let mut model = with(|visit| visit.members = world::begun(fifty(), Some(132)));
    model
        .panes
        .members
        .refocus(|lens| lens.text = "nobody".to_owned());
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn sorts_are_words() {
    let mut model = world::seven_orgs();
    let mut sorted = |by, turn| {
        model.panes.members.refocus(|lens| {
            lens.by = Some(by);
            lens.turn = turn;
        });
        rows(&plain(&model, MEDIUM), 2..13)
    };
    assert_snapshot!(sorted(Column::Email, Turn::Down));
    assert_snapshot!(sorted(Column::Seen, Turn::Up));
    assert_snapshot!(sorted(Column::Name, Turn::Up));
}

#[test]
fn a_list_that_is_being_sorted_elsewhere() {
    let mut model = with(|visit| visit.members = world::whole(fifty()));
    model.panes.members.arranging = Some(orgdeck::app::RequestId(7));
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn dates_instead_of_ages() {
    let mut model = world::seven_orgs();
    model.times = Times::Absolute;
    assert_snapshot!(plain(&model, WIDE));
}

#[test]
fn rows_that_are_not_whole_and_several_roles() {
    assert_snapshot!(screen(&world::harbour_open(), WIDE));
    assert_snapshot!(plain(&world::harbour_open(), MEDIUM));
    assert_snapshot!(plain(&world::harbour_open(), NARROW));
}

#[test]
fn a_service_that_tells_no_addresses() {
    let mut model = world::seven_orgs();
    world::open(&mut model, &world::fleet());
    let named = |number: usize, name: &str| {
        let mut member = world::member(number, (name, "x"), "member");
        member.name = Told::Unknown;
        member.username = Told::Is(name.into());
        member.email = Told::Unknown;
        member.last_active = Told::Unknown;
        Row::whole(member)
    };
    let mut me = named(1, "ana");
    me.item.is_me = Told::Is(Mine::Own);
    let rows = vec![me, named(2, "dee"), named(3, "fumiko_文子")];
    model.store.visit_mut(&world::fleet()).unwrap().members = world::whole(rows);
    assert_snapshot!(plain(&model, WIDE));
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn hard_names() {
    let mut model = world::hard_names();
    model.panes.zoom = Zoom::In;
    assert_snapshot!(screen(&model, (100, 48)));
    assert_snapshot!(plain(&model, NARROW));
}

#[test]
fn hard_names_without_colour() {
    let mut model = world::hard_names();
    model.panes.zoom = Zoom::In;
    assert_snapshot!(monochrome(&model, (80, 48)));
}

/// A row of the members while a write to it is in this state.
fn row_while(outcomes: Vec<Outcome>, size: (u16, u16)) -> String {
    let mut model = world::seven_orgs();
    let visit = model.store.visit(&world::shop()).unwrap();
    let first = visit.members.rows.row(0).item.clone();
    world::carry(&mut model, world::removing(&first), outcomes);
    world::arrange(&mut model);
    let screen = plain(&model, size);
    let called = first.email.known().unwrap().raw();
    let row = screen.lines().find(|line| line.contains(called));
    row.unwrap().to_owned()
}

#[test]
fn a_row_says_how_far_a_write_to_it_is() {
    let refused = ApiError::new(Verb::MemberRemove, Fault::Forbidden).words("not your team");
    let slowed = Fault::Slowed {
        after: Some(std::time::Duration::from_secs(28)),
    };
    let ends = [
        vec![],
        vec![Outcome::Refused(refused)],
        vec![Outcome::Unknown],
        vec![Outcome::Differs(orgdeck::domain::Seen::Gone)],
        vec![Outcome::NotApplied(ApiError::new(
            Verb::MemberRemove,
            slowed,
        ))],
    ];
    let rows = [WIDE, MEDIUM, NARROW].map(|size| {
        let rows = ends.clone().map(|outcomes| row_while(outcomes, size));
        rows.join("\n")
    });
    assert_snapshot!(rows.join("\n\n"));
}

#[test]
fn what_was_done_in_part_is_not_called_rolled_back() {
    let mut model = world::seven_orgs();
    let visit = model.store.visit_mut(&world::shop()).unwrap();
    let first = visit.members.rows.row(0).item.clone();
    let mut plan = world::removing(&first);
    plan.steps.push(plan.steps[0].clone());
    let refused = ApiError::new(Verb::MemberRole, Fault::Refused).words("not that one");
    let ends = vec![Outcome::Done(Receipt::default()), Outcome::Refused(refused)];
    world::carry(&mut model, plan, ends);
    world::arrange(&mut model);
    let screen = plain(&model, WIDE);
    assert!(screen.contains("half done"), "{screen}");
    assert!(!screen.contains("rolled back"), "{screen}");
}
