//! The organizations of one person.

use insta::assert_snapshot;
use orgdeck::app::{Model, Msg, RequestId, update};
use orgdeck::domain::query::{Cursor, Next, Reply};
use orgdeck::domain::{Answer, ApiError, Detail, Fault, Membership, Page, Row, Text, Told, Verb};

use super::menu::keyed;
use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

/// Acme Shop with its members, and a list of members on balena that was read before.
fn two_lists() -> Model {
    let mut model = world::seven_orgs();
    let fleet = world::fleet();
    model.store.open(&fleet);
    let mut ana = world::member(1, ("Ana C.", "ANA@acme.example"), "admin");
    ana.at.org = fleet.clone();
    let visit = model.store.visit_mut(&fleet).unwrap();
    visit.members.rows.put(Row::whole(ana));
    model
}

/// The list, with the questions about it answered so.
fn answered(model: Model, replies: Vec<Reply>) -> Model {
    let mut model = keyed(model, &["p"]);
    let now = model.now;
    for reply in replies {
        // Questions are named by numbers; the only purpose that is left is the one to answer.
        for id in 0..200 {
            let before = model.pending.len();
            update(&mut model, now, Msg::Answered(RequestId(id), reply.clone()));
            if model.pending.len() != before {
                break;
            }
        }
    }
    model.pending = orgdeck::app::pending::Pending::default();
    model
}

fn memberships(next: Next) -> Answer {
    let at = |org, name: &str, number| {
        let mut member = world::member(number, ("Ana Costa", "ana@acme.example"), "admin");
        member.at.org = org;
        Row::whole(Membership {
            member,
            org_name: Told::Is(Text::from(name)),
        })
    };
    let mut odd = at(world::org_id("shop", "org_odd"), "odd", 9);
    odd.detail = Detail::Unreadable(Text::from("\"id\" is a list"));
    Answer::Memberships(Page {
        is_torn: false,
        rows: vec![
            at(world::shop(), "Acme Shop", 0),
            at(
                world::org_id("shop", "org_2port"),
                "Partner\u{202e} Portal 商店",
                3,
            ),
            at(world::org_id("shop", "org_gone"), "Not In The List", 5),
            odd,
        ],
        total: Some(6),
        next,
    })
}

#[test]
fn they_are_being_read() {
    assert_snapshot!(plain(&answered(two_lists(), Vec::new()), WIDE));
    let next = Next::One(Cursor::at("4"));
    assert_snapshot!(plain(
        &answered(two_lists(), vec![Ok(memberships(next))]),
        MEDIUM
    ));
}

#[test]
fn told_and_known() {
    let model = answered(two_lists(), vec![Ok(memberships(Next::End))]);
    assert_snapshot!(plain(&model, WIDE));
    assert_snapshot!(screen(&model, MEDIUM));
    assert_snapshot!(monochrome(&model, NARROW));
}

#[test]
fn there_are_none() {
    let none = Ok(Answer::Memberships(Page::whole(Vec::new())));
    let model = answered(world::seven_orgs(), vec![none]);
    assert_snapshot!(plain(&model, MEDIUM));
    assert_snapshot!(plain(&model, NARROW));
}

#[test]
fn they_could_not_be_read() {
    let failed = Err(ApiError::new(Verb::UserMemberships, Fault::TimedOut));
    let model = answered(two_lists(), vec![failed]);
    assert_snapshot!(plain(&model, WIDE));
    assert_snapshot!(screen(&model, MEDIUM));
    assert_snapshot!(plain(&model, NARROW));
}

#[test]
fn the_service_does_not_tell() {
    let fault = Fault::NotOffered("the caller's own memberships only");
    let absent = Err(ApiError::new(Verb::UserMemberships, fault));
    assert_snapshot!(plain(
        &answered(world::harbour_open(), vec![absent]),
        MEDIUM
    ));
}

#[test]
fn nobody_is_known_by_the_address_of_an_invite() {
    let mut model = world::seven_orgs();
    model.panes.focus = orgdeck::app::place::Pane::Invites;
    assert_snapshot!(plain(&answered(model.clone(), Vec::new()), NARROW));
    let nobody = Ok(Answer::Users(Page::whole(Vec::new())));
    assert_snapshot!(plain(&answered(model, vec![nobody]), MEDIUM));
}
