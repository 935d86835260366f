//! Tests of changing the role of a member where it holds exactly one.

use orgdeck::app::layer::{Asking, Overlay};
use orgdeck::app::picker::{Note, Pick};
use orgdeck::app::place::Pane;
use orgdeck::app::{Effect, Msg};
use orgdeck::domain::capabilities::RoleCount;
use orgdeck::domain::{Answer, ApiError, Fault, Offer, Query, Role, Told, Verb, Wish};

use super::picker::{picker, titles};
use super::write::plan_for;
use crate::support::rig::{Rig, everything, member, org_id};

fn asks_roles(query: &Query) -> bool {
    matches!(query, Query::Roles { org: Some(_) })
}

/// The picker of ana, the roles read.
fn picking() -> Rig {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("r");
    rig.settle();
    rig
}

#[test]
fn the_roles_of_the_organization_are_read_when_they_are_wanted() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    let effects = rig.press("r");
    let [Effect::Query { query, .. }] = &effects[..] else {
        panic!("one question: {effects:?}");
    };
    let acme = org_id("shop", "acme");
    assert_eq!(*query, Query::Roles { org: Some(acme) });
    assert!(matches!(picker(&rig.model).notes[..], [Note::Busy(_)]));
    rig.settle();
    assert_eq!(titles(&rig.model), ["admin", "member"]);
    assert!(picker(&rig.model).notes.is_empty());
    rig.press("<esc>");
    assert!(rig.press("jr").is_empty(), "they are here already");
    assert_eq!(titles(&rig.model), ["admin", "member"]);
}

#[test]
fn the_role_that_is_held_is_marked_and_cannot_be_taken() {
    let mut rig = picking();
    assert!(rig.press("<enter>").is_empty());
    assert_eq!(rig.hint(), "holds it already");
    assert!(rig.press("1").is_empty());
    assert_eq!(rig.model.overlays.len(), 1);
}

#[test]
fn a_line_opens_a_question_about_the_member_that_was_shown() {
    let mut rig = picking();
    let before = member(&org_id("shop", "acme"), "ana", "admin");
    // What the cursor of the list does meanwhile is of no account.
    rig.model.panes.members.index = 2;
    rig.press("2");
    let (_, wish) = rig.planning();
    let to = vec![Role {
        level: Some(1),
        ..Role::named("member")
    }];
    let expected = Wish::SetRoles {
        member: before.at.clone(),
        from: before.assignments().to_vec(),
        to,
    };
    assert_eq!(wish, expected);
    let [Overlay::Confirm(confirm)] = &rig.model.overlays[..] else {
        panic!("the question alone is open");
    };
    assert!(matches!(confirm.stage, Asking::Preparing(_)));
    let about = format!("{:?}", confirm.about);
    for part in [
        "ana",
        "ana@acme.example",
        "mem_ana",
        "user_ana",
        "admin",
        "Acme Shop",
    ] {
        assert!(about.contains(part), "{part} in {about}");
    }
}

#[test]
fn nothing_is_sent_before_the_question_is_answered() {
    let mut rig = picking();
    rig.press("2");
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    assert!(rig.press("<enter>").is_empty(), "the focus is on No");
    assert!(rig.model.overlays.is_empty());
    rig.press("r2");
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(400);
    let effects = rig.press("y");
    assert!(matches!(&effects[..], [Effect::Record { plan, .. }] if plan.wish == wish));
}

#[test]
fn a_failure_is_shown_with_a_way_to_read_again() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("r");
    let id = rig.asked(asks_roles);
    rig.answer(id, Err(ApiError::new(Verb::RoleList, Fault::TimedOut)));
    assert!(matches!(picker(&rig.model).notes[..], [Note::Failed(_)]));
    assert_eq!(picker(&rig.model).choices[0].pick, Pick::Again);
    rig.effects.clear();
    assert_eq!(rig.press("R").len(), 1, "asked once more");
    let id = rig.asked(asks_roles);
    rig.answer(id, Ok(Answer::roles(vec![Role::named("admin")])));
    assert_eq!(titles(&rig.model), ["admin"]);
}

#[test]
fn r24_a_role_outside_of_the_set_is_shown_as_held() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("r");
    let id = rig.asked(asks_roles);
    rig.answer(id, Ok(Answer::roles(vec![Role::named("member")])));
    assert_eq!(titles(&rig.model), ["member", "admin"]);
    rig.press("2");
    assert_eq!(
        rig.hint(),
        "holds it already, and it is not among the roles of the organization"
    );
}

#[test]
fn an_empty_set_says_so() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("r");
    let id = rig.asked(asks_roles);
    rig.answer(id, Ok(Answer::roles(Vec::new())));
    let words = format!("{:?}", picker(&rig.model).notes);
    assert!(words.contains("lists no role"), "{words}");
}

#[test]
fn what_stands_against_it_is_said() {
    let mut capabilities = everything();
    capabilities.set_offer(Verb::MemberRole, Offer::No("an old server has no roles"));
    let mut rig = Rig::two_orgs_of(capabilities).on(Pane::Members);
    rig.press("r");
    assert_eq!(
        rig.hint(),
        "change role is not offered: an old server has no roles"
    );

    let mut rig = Rig::two_orgs().on(Pane::Members);
    let acme = org_id("shop", "acme");
    let visit = rig.model.store.visit_mut(&acme).unwrap();
    visit
        .members
        .rows
        .change(0, |row| row.item.roles = Told::Unknown);
    rig.press("r");
    assert_eq!(
        rig.hint(),
        "the roles of this member were not read: g r reads the row again"
    );
    assert!(rig.model.overlays.is_empty());
}

#[test]
fn where_any_number_is_held_no_single_one_is_picked() {
    let mut capabilities = everything();
    capabilities.role_count = RoleCount::Any;
    let mut rig = Rig::two_orgs_of(capabilities).on(Pane::Members);
    rig.press("r");
    let single = rig
        .model
        .overlays
        .iter()
        .any(|overlay| matches!(overlay, Overlay::Menu(_)));
    assert!(!single);
    assert!(!rig.hint().is_empty() || !rig.model.overlays.is_empty());
}

#[test]
fn an_answer_that_comes_after_the_picker_was_closed_is_kept() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("r");
    let id = rig.asked(asks_roles);
    rig.press("<esc>");
    rig.send(Msg::Answered(
        id,
        Ok(Answer::roles(vec![Role::named("admin")])),
    ));
    assert!(rig.model.overlays.is_empty());
    assert!(rig.press("r").is_empty());
    assert_eq!(titles(&rig.model), ["admin"]);
}
