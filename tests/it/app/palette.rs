//! Tests of the palette.

use orgdeck::app::action;
use orgdeck::app::layer::Layer;
use orgdeck::app::picker::{Looking, Note, Pick, Subject};
use orgdeck::app::place::Pane;
use orgdeck::app::{Model, wake_at};
use orgdeck::domain::{Answer, Page, Query, Row};

use super::picker::{picker, titles};
use crate::support::rig::{Rig, account, everything, member, org, org_id};

fn stage(model: &Model) -> Looking {
    match &picker(model).of {
        Subject::Palette(finding) => finding.stage,
        other => panic!("no palette: {other:?}"),
    }
}

#[test]
fn every_action_that_a_list_can_run_is_reachable_by_its_name() {
    let dialogs = [
        Layer::Dialog,
        Layer::Form,
        Layer::Prompt,
        Layer::Line,
        Layer::Menu,
        Layer::Help,
        Layer::Journal,
        Layer::Details,
        Layer::Tasks,
        Layer::Path,
        Layer::Welcome,
    ];
    for pane in Pane::ALL {
        for action in action::all().filter(|action| !dialogs.contains(&action.layer)) {
            let mut rig = Rig::two_orgs().on(pane);
            rig.press("<c-p>");
            rig.press(action.name);
            let line = picker(&rig.model).chosen().expect("a line fits");
            assert_eq!(line.pick, Pick::Action(action.name), "{pane:?}");
            assert_eq!(line.keys, action::shown_keys(action));
        }
    }
}

#[test]
fn an_action_runs_and_one_of_another_pane_says_where_it_works() {
    let mut rig = Rig::two_orgs();
    rig.press("<c-p>zoom the<enter>");
    assert_eq!(rig.model.panes.zoom, orgdeck::app::place::Zoom::In);
    rig.press("<c-p>invite.revoke<enter>");
    assert_eq!(rig.hint(), "it works in the invites");
    assert_eq!(rig.model.overlays.len(), 1, "it stays open");
}

#[test]
fn things_are_found_by_name_address_and_id_and_enter_goes_there() {
    let mut rig = Rig::two_orgs();
    rig.press("<c-p>quay serv<enter>");
    assert_eq!(rig.model.panes.focus, Pane::Orgs);
    assert_eq!(rig.model.panes.open, Some(org_id("shop", "quay")));
    assert_eq!(rig.model.panes.orgs.index, 1);
    rig.settle();
    rig.press("<c-p>CLEO@acme.example<enter>");
    assert_eq!(rig.model.panes.focus, Pane::Members);
    assert_eq!(
        rig.model.member_row().unwrap().item.display_name().raw(),
        "cleo"
    );
    rig.press("<c-p>mem_bo<enter>");
    assert_eq!(
        rig.model.member_row().unwrap().item.display_name().raw(),
        "bo"
    );
    rig.press("<c-p>inv_hal@acme.example<enter>");
    assert_eq!(rig.model.panes.focus, Pane::Invites);
    let invite = &rig.model.invite_row().unwrap().item;
    assert_eq!(invite.email.known().unwrap().raw(), "hal@acme.example");
}

#[test]
fn what_hides_a_thing_is_cleared_and_said() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("/ana<enter>");
    rig.press("<c-p>cleo@<enter>");
    assert_eq!(rig.hint(), "the filter is off: it left this row out");
    assert_eq!(
        rig.model.member_row().unwrap().item.display_name().raw(),
        "cleo"
    );
    rig.press("1/acme<enter><c-p>quay services<enter>");
    assert_eq!(rig.model.panes.orgs.cursor, Some(org_id("shop", "quay")));
}

#[test]
fn an_organization_of_a_profile_that_is_not_shown_is_found_too() {
    let accounts = ["prod", "shop"].map(|name| account(name, "fake", everything()));
    let mut rig = Rig::with(accounts.into());
    let questions: Vec<_> = rig.effects.drain(..).collect();
    for effect in questions {
        if let orgdeck::app::Effect::Query {
            id,
            to,
            query: Query::Orgs { .. },
        } = effect
        {
            let name = format!("Of {}", to.as_str());
            let rows = vec![Row::whole(org(to.as_str(), "one", &name))];
            rig.answer(id, Ok(Answer::Orgs(Page::whole(rows))));
        }
    }
    rig.press("P1");
    rig.press("<c-p>of shop<enter>");
    assert_eq!(
        rig.hint(),
        "all profiles are shown again: it belongs to another one"
    );
    assert_eq!(rig.model.panes.orgs.cursor, Some(org_id("shop", "one")));
}

/// A rig whose open organization has so many members.
fn crowded(count: usize) -> Rig {
    let mut rig = Rig::with(vec![account("shop", "fake", everything())]);
    let acme = org_id("shop", "acme");
    while let Some(effect) = rig.effects.pop_front() {
        let orgdeck::app::Effect::Query { id, query, .. } = effect else {
            continue;
        };
        let answer = match &query {
            Query::Members { .. } => {
                let name =
                    |number: usize| Row::whole(member(&acme, &format!("n{number}"), "member"));
                Answer::Members(Page::whole((0..count).map(name).collect()))
            }
            other => crate::support::rig::small_world(other, everything()),
        };
        rig.answer(id, Ok(answer));
    }
    rig
}

#[test]
fn r41_a_hundred_thousand_rows_are_looked_through_in_slices_that_hold_no_key_up() {
    let mut rig = crowded(100_000);
    rig.press("<c-p>n99999@");
    assert_eq!(stage(&rig.model), Looking::On);
    let found = |rig: &Rig| titles(&rig.model).contains(&"n99999");
    assert!(!found(&rig), "the first slice does not reach so far");
    let due = wake_at(&rig.model).expect("it goes on by itself");
    assert!(due.since(rig.model.now.moment).as_millis() <= 1);
    rig.wait(200);
    assert!(found(&rig));
    assert_eq!(stage(&rig.model), Looking::Done);
    rig.press("<enter>");
    assert_eq!(rig.model.panes.focus, Pane::Members);
    assert_eq!(
        rig.model.member_row().unwrap().item.display_name().raw(),
        "n99999"
    );
}

#[test]
fn no_more_than_two_hundred_of_a_kind_are_shown_and_that_is_said() {
    let mut rig = crowded(1_000);
    rig.press("<c-p>n");
    rig.wait(50);
    let of_members = |line: &&orgdeck::app::picker::Choice| line.section == "MEMBERS";
    let lines = picker(&rig.model).choices.iter().filter(of_members);
    assert_eq!(lines.count(), 200);
    let words = format!("{:?}", picker(&rig.model).notes);
    assert!(
        words.contains("The first 200 members: type more."),
        "{words}"
    );
    rig.press("999@");
    assert_eq!(titles(&rig.model), ["n999"]);
    assert!(picker(&rig.model).notes.is_empty());
}

#[test]
fn the_cursor_stays_on_its_line_while_more_are_found() {
    let mut rig = crowded(20_000);
    rig.press("<c-p>acme<down>");
    let before = picker(&rig.model).chosen().cloned().unwrap();
    rig.wait(100);
    let after = picker(&rig.model).chosen().cloned().unwrap();
    assert_eq!(after.pick, before.pick);
}

#[test]
fn rows_that_come_while_it_is_open_are_found() {
    let mut rig = Rig::with(vec![account("shop", "fake", everything())]);
    let id = rig.asked(|query| matches!(query, Query::Orgs { .. }));
    rig.press("<c-p>late");
    assert!(titles(&rig.model).is_empty());
    let rows = vec![Row::whole(org("shop", "late", "Latecomer"))];
    rig.answer(id, Ok(Answer::Orgs(Page::whole(rows))));
    assert_eq!(titles(&rig.model), ["Latecomer"]);
}

#[test]
fn without_a_word_it_says_what_can_be_typed() {
    let mut rig = Rig::two_orgs();
    rig.press("<c-p>");
    let [Note::Words(words)] = &picker(&rig.model).notes[..] else {
        panic!("one note");
    };
    assert!(words.raw().starts_with("Type a name, an e-mail or an id"));
    rig.press("acme<esc>");
    assert!(rig.model.overlays.is_empty(), "Esc closes it at once");
    assert_eq!(wake_at(&rig.model), None);
}
