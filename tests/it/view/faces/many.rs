//! The form that invites many: empty on each service, its verdicts, while people are read and when they cannot be,
//! and what came of each address.

use orgdeck::app::place::Size;
use orgdeck::app::{Effect, Msg};
use orgdeck::domain::plan::{Check, TaskId, Weight};
use orgdeck::domain::query::Next;
use orgdeck::domain::{
    Answer, ApiError, Cursor, Fault, Mutation, Outcome, Page, Query, Receipt, Row, Text, Verb,
};

use super::{Case, case};
use crate::support::forms::{form, on, plan, recorded, wish};
use crate::support::rig::{Rig, member};

const SOME: &str = "new@acme.example\nAna@acme.example\njon@old.example\nNEW@acme.example\n\
                    no@@x\ntwo\u{202e}@acme.example\nkim@acme.example";

/// From the addresses to the buttons.
const TO_PREVIEW: &str = "<s-tab><s-tab>";

/// To the button that shows the requests, with a role named on the way, and pressed.
const WITH_ROLE: &str = "<tab><tab><down><s-tab><s-tab><s-tab><s-tab><enter>";

fn opened(service: &'static str, size: Size) -> Rig {
    let mut rig = on(service);
    rig.send(Msg::Resized(size));
    rig.press("I");
    rig
}

fn read(service: &'static str, size: Size) -> Rig {
    let mut rig = opened(service, size);
    rig.settle();
    rig
}

fn pasted(text: &str, size: Size) -> Rig {
    let mut rig = read("clerk", size);
    rig.send(Msg::Pasted(Text::from(text)));
    rig
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = ["balena", "clerk", "vulos"]
        .map(|service| case(format!("empty_{service}"), move |size| read(service, size)))
        .into();
    let typed = |name: &str, text: &'static str, keys: &'static str| {
        case(name, move |size| {
            let mut rig = pasted(text, size);
            rig.press(keys);
            rig
        })
    };
    let good = "new@acme.example\nkim@acme.example";
    cases.extend([
        typed("good", good, ""),
        typed("good_below", good, TO_PREVIEW),
        typed("wrong", SOME, "<s-tab><s-tab><enter>"),
        typed("wrong_below", SOME, TO_PREVIEW),
        typed("header", "email,rolle\nkim@acme.example,admin", ""),
        typed("partial", SOME, "<s-tab><s-tab><s-tab><s-tab> <tab><tab>"),
        case("lines", |size| pasted(&many(), size)),
        case("lines_below", |size| {
            let mut rig = pasted(&many(), size);
            rig.press(TO_PREVIEW);
            rig
        }),
        case("reading", reading),
        case("unread", unread),
        case("ready", ready),
        case("sending", |size| sent(size, 1)),
        case("sent", |size| sent(size, 3)),
        case("half", half),
        case("bulk_refused", bulk_refused),
    ]);
    cases
}

fn many() -> String {
    let lines = (0..120).map(|number| format!("person{number}@acme.example"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Requests are wanted while people are still read.
fn reading(size: Size) -> Rig {
    let mut rig = opened("clerk", size);
    rig.send(Msg::Pasted(Text::from("new@acme.example")));
    let roles = rig.asked(|query| matches!(query, Query::Roles { .. }));
    let role = orgdeck::domain::Role::named("org:member");
    rig.answer(roles, Ok(Answer::roles(vec![role])));
    let members = rig.asked(|query| matches!(query, Query::Members { .. }));
    let org = form(&rig).goal.org().unwrap().clone();
    let page = Page {
        is_torn: false,
        rows: vec![Row::whole(member(&org, "ana", "org:admin"))],
        total: Some(132),
        next: Next::One(Cursor::at("100")),
    };
    rig.answer(members, Ok(Answer::Members(page)));
    rig.press(WITH_ROLE);
    rig
}

fn unread(size: Size) -> Rig {
    let mut rig = opened("clerk", size);
    rig.send(Msg::Pasted(Text::from("new@acme.example")));
    let members = rig.asked(|query| matches!(query, Query::Members { .. }));
    let error = ApiError::new(Verb::MemberList, Fault::TimedOut);
    rig.answer(members, Err(error));
    rig.settle();
    rig.press(TO_PREVIEW);
    rig
}

fn ready(size: Size) -> Rig {
    let mut rig = pasted("a@x.example\nb@x.example\nc@x.example", size);
    let mut plan = plan(&wish(&rig.press(WITH_ROLE)));
    plan.checks.push(Check {
        what: "This hour",
        found: Text::from("at least 0 of 50 bulk invites sent from here in the last hour"),
        weight: Weight::Told,
    });
    rig.prepared(plan);
    rig.wait(400);
    rig
}

fn on_its_way(size: Size) -> (Rig, TaskId) {
    let mut rig = ready(size);
    let effects = rig.press("<tab><enter>");
    let task = recorded(&mut rig, &effects);
    (rig, task)
}

/// So many of three requests are done.
fn sent(size: Size, done: usize) -> Rig {
    let (mut rig, task) = on_its_way(size);
    for step in 0..done {
        rig.send(Msg::Carried(task, step, Outcome::Done(Receipt::default())));
    }
    rig.settle();
    rig
}

fn half(size: Size) -> Rig {
    let (mut rig, task) = on_its_way(size);
    rig.send(Msg::Carried(task, 0, Outcome::Done(Receipt::default())));
    let refused = ApiError::new(Verb::InviteCreate, Fault::Refused);
    let refused = refused.words("that is \u{202e}enough for today");
    rig.send(Msg::Carried(task, 1, Outcome::Refused(refused)));
    rig.send(Msg::Carried(task, 2, Outcome::Unknown));
    rig.settle();
    rig
}

/// One call with several addresses is as many rows.
fn bulk_refused(size: Size) -> Rig {
    let mut rig = pasted("a@x.example\nb@x.example", size);
    let mut plan = plan(&wish(&rig.press(WITH_ROLE)));
    let drafts = plan.steps.iter();
    let drafts = drafts.flat_map(|step| step.change.drafts().to_vec());
    let bulk = Mutation::InviteBulk {
        org: form(&rig).goal.org().unwrap().clone(),
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
    rig
}
