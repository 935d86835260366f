//! The form that invites many, in every state.

use insta::assert_snapshot;
use orgdeck::app::form::Stage;
use orgdeck::app::{Effect, Msg};
use orgdeck::domain::plan::{Check, Weight};
use orgdeck::domain::query::Next;
use orgdeck::domain::{
    Answer, ApiError, Cursor, Fault, Mutation, Outcome, Page, Query, Receipt, Row, Text, Verb,
};

use super::{MEDIUM, NARROW, WIDE};
use crate::support::forms::{form, on, plan, recorded, wish};
use crate::support::rig::{Rig, member};
use crate::support::screen::{monochrome, plain, screen};

const SOME: &str = "new@acme.example\nAna@acme.example\njon@old.example\nNEW@acme.example\n\
                    no@@x\ntwo\u{202e}@acme.example\nkim@acme.example";

fn opened(service: &'static str) -> Rig {
    let mut rig = on(service);
    rig.press("I");
    rig
}

fn read(service: &'static str) -> Rig {
    let mut rig = opened(service);
    rig.settle();
    rig
}

fn pasted(service: &'static str, text: &str) -> Rig {
    let mut rig = read(service);
    rig.send(Msg::Pasted(Text::from(text)));
    rig
}

/// In all three sizes.
fn seen(name: &str, rig: &Rig) {
    assert_snapshot!(format!("{name}_wide"), screen(&rig.model, WIDE));
    assert_snapshot!(format!("{name}_medium"), plain(&rig.model, MEDIUM));
    assert_snapshot!(format!("{name}_narrow"), monochrome(&rig.model, NARROW));
}

#[test]
fn empty() {
    for service in ["balena", "clerk", "vulos"] {
        seen(&format!("empty_{service}"), &read(service));
    }
}

#[test]
fn verdicts_of_good_ones() {
    let mut rig = pasted("clerk", "new@acme.example\nkim@acme.example");
    seen("good", &rig);
    rig.press("<s-tab><s-tab>");
    seen("good_below", &rig);
}

#[test]
fn wrong_lines() {
    let mut rig = pasted("clerk", SOME);
    rig.press("<s-tab><s-tab><enter>");
    seen("wrong", &rig);
    rig.press("<s-tab><s-tab>");
    seen("wrong_below", &rig);
}

#[test]
fn a_header_that_is_not_known() {
    let rig = pasted("clerk", "email,rolle\nkim@acme.example,admin");
    seen("header", &rig);
}

#[test]
fn the_good_ones_alone() {
    let mut rig = pasted("clerk", SOME);
    rig.press("<s-tab><s-tab><s-tab><s-tab> <tab><tab>");
    seen("partial", &rig);
}

#[test]
fn many_lines() {
    let line = |number: usize| format!("person{number}@acme.example\n");
    let mut rig = pasted("clerk", &(0..120).map(line).collect::<String>());
    seen("many", &rig);
    rig.press("<s-tab><s-tab>");
    seen("many_below", &rig);
}

#[test]
fn while_people_are_read() {
    let mut rig = opened("clerk");
    rig.send(Msg::Pasted(Text::from("new@acme.example")));
    let roles = rig.asked(|query| matches!(query, Query::Roles { .. }));
    let role = orgdeck::domain::Role::named("org:member");
    rig.answer(roles, Ok(Answer::Roles(vec![role])));
    rig.press("<tab><tab><down>");
    let members = rig.asked(|query| matches!(query, Query::Members { .. }));
    let org = form(&rig).goal.org().unwrap().clone();
    let page = Page {
        rows: vec![Row::whole(member(&org, "ana", "org:admin"))],
        total: Some(132),
        next: Next::One(Cursor::at("100")),
    };
    rig.answer(members, Ok(Answer::Members(page)));
    rig.press("<s-tab><s-tab><s-tab><s-tab><enter>");
    assert_eq!(form(&rig).stage, Stage::Reading);
    seen("reading", &rig);
}

#[test]
fn people_that_cannot_be_read() {
    let mut rig = opened("clerk");
    rig.send(Msg::Pasted(Text::from("new@acme.example")));
    let members = rig.asked(|query| matches!(query, Query::Members { .. }));
    rig.answer(
        members,
        Err(ApiError::new(Verb::MemberList, Fault::TimedOut)),
    );
    rig.settle();
    rig.press("<s-tab><s-tab>");
    seen("unread", &rig);
}

/// The requests of four invites, in one call and a single one.
fn ready() -> Rig {
    let mut rig = pasted("clerk", "a@x.example\nb@x.example\nc@x.example");
    let effects = rig.press("<tab><tab><down><s-tab><s-tab><s-tab><s-tab><enter>");
    let wish = wish(&effects);
    let mut plan = plan(&wish);
    plan.checks.push(Check {
        what: "This hour",
        found: Text::from("at least 0 of 50 bulk invites sent from here in the last hour"),
        weight: Weight::Told,
    });
    rig.prepared(plan);
    rig.wait(400);
    rig
}

#[test]
fn the_requests_stand_below() {
    seen("ready", &ready());
}

fn sent() -> (Rig, orgdeck::domain::plan::TaskId) {
    let mut rig = ready();
    let effects = rig.press("<tab><enter>");
    let task = recorded(&mut rig, &effects);
    (rig, task)
}

#[test]
fn what_is_on_its_way() {
    let (mut rig, task) = sent();
    rig.send(Msg::Carried(task, 0, Outcome::Done(Receipt::default())));
    seen("sending", &rig);
}

#[test]
fn all_of_it_done() {
    let (mut rig, task) = sent();
    for step in 0..3 {
        rig.send(Msg::Carried(task, step, Outcome::Done(Receipt::default())));
    }
    rig.settle();
    seen("sent", &rig);
}

#[test]
fn half_of_it_done() {
    let (mut rig, task) = sent();
    rig.send(Msg::Carried(task, 0, Outcome::Done(Receipt::default())));
    let refused =
        ApiError::new(Verb::InviteCreate, Fault::Refused).words("that is \u{202e}enough for today");
    rig.send(Msg::Carried(task, 1, Outcome::Refused(refused)));
    rig.send(Msg::Carried(task, 2, Outcome::Unknown));
    rig.settle();
    seen("half", &rig);
    assert!(matches!(form(&rig).stage, Stage::Sent(..)));
}

/// One call with several addresses is as many rows.
#[test]
fn a_call_that_was_refused_is_so_for_each_of_its_addresses() {
    let mut rig = pasted("clerk", "a@x.example\nb@x.example");
    let effects = rig.press("<tab><tab><down><s-tab><s-tab><s-tab><s-tab><enter>");
    let mut plan = plan(&wish(&effects));
    let drafts = plan
        .steps
        .iter()
        .flat_map(|step| step.change.drafts().to_vec());
    let org = form(&rig).goal.org().unwrap().clone();
    let bulk = Mutation::InviteBulk {
        org,
        drafts: drafts.collect(),
    };
    plan.steps.truncate(1);
    plan.steps[0].change = bulk;
    rig.prepared(plan);
    rig.wait(400);
    let effects: Vec<Effect> = rig.press("<tab><enter>");
    let task = recorded(&mut rig, &effects);
    let error = ApiError::new(Verb::InviteCreate, Fault::Conflict).words("a@x.example is invited");
    rig.send(Msg::Carried(task, 0, Outcome::Refused(error)));
    rig.settle();
    assert_snapshot!("bulk_refused_medium", plain(&rig.model, MEDIUM));
}
