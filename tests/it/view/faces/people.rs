//! The organizations of one person: how far the asking is, what the service tells, what is known besides.

use orgdeck::app::place::{Pane, Size};
use orgdeck::domain::query::{Cursor, Next};
use orgdeck::domain::{
    Answer, ApiError, Detail, Fault, Membership, Page, Query, Row, Text, Told, Verb,
};

use super::desk::{HOSTILE, change_member, desk, many};
use super::{Case, case};
use crate::support::forms::user;
use crate::support::rig::{Rig, membership, org_id};

type Reply = Result<Answer, ApiError>;

/// The view of a member on Clerk, with the question for the memberships answered so, or not at all.
fn opened(size: Size, replies: Vec<Reply>, keys: &str) -> Rig {
    let mut rig = desk("clerk", size).on(Pane::Members);
    rig.press("p");
    for reply in replies {
        let id = rig.asked(|query| matches!(query, Query::Memberships { .. }));
        rig.answer(id, reply);
    }
    rig.press(keys);
    rig
}

fn page(rows: Vec<Row<Membership>>, total: Option<u64>, next: Next) -> Answer {
    Answer::Memberships(Page {
        rows,
        total,
        next,
        is_torn: false,
    })
}

fn known() -> Vec<Row<Membership>> {
    let at = |key: &str| Row::whole(membership(&org_id("shop", key), key));
    let mut hostile = at("org_gone");
    hostile.item.org_name = Told::Is(Text::from(HOSTILE));
    let mut odd = at("org_odd");
    odd.detail = Detail::Unreadable(Text::from("\"id\" is a list"));
    vec![at("acme"), at("quay"), hostile, odd]
}

fn end(rows: Vec<Row<Membership>>) -> Answer {
    page(rows, None, Next::End)
}

fn failed(fault: Fault) -> Reply {
    Err(ApiError::new(Verb::UserMemberships, fault))
}

pub(super) fn cases() -> Vec<Case> {
    let more = || Next::One(Cursor::at("4"));
    let mut cases = vec![
        case("being_read", |size| opened(size, Vec::new(), "")),
        case("some_have_come", move |size| {
            opened(size, vec![Ok(page(known(), Some(9), more()))], "")
        }),
        case("all_have_come", |size| {
            opened(size, vec![Ok(end(known()))], "<down>")
        }),
        case("none", |size| opened(size, vec![Ok(end(Vec::new()))], "")),
        case("hundreds", |size| {
            let row = |n| {
                let key = format!("org_{n:03}");
                Row::whole(membership(&org_id("shop", &key), &key))
            };
            let keys = "<pgdn>".repeat(31);
            opened(size, vec![Ok(end(many(300, row)))], &keys)
        }),
        case("failed", |size| {
            opened(size, vec![failed(Fault::TimedOut)], "")
        }),
        case("failed_after_some", move |size| {
            let replies = vec![Ok(page(known(), Some(9), more())), failed(Fault::TimedOut)];
            opened(size, replies, "")
        }),
        case("changed_while_it_was_read", move |size| {
            opened(size, vec![Ok(page(known(), Some(9), Next::End))], "")
        }),
        case("not_offered", |size| {
            let why = "the caller's own memberships only";
            opened(size, vec![failed(Fault::NotOffered(why))], "")
        }),
        case("filtered", |size| {
            opened(size, vec![Ok(end(known()))], "/quay")
        }),
        case("filtered_by_nothing", |size| {
            opened(size, vec![Ok(end(known()))], "/zz")
        }),
        case("nobody_to_ask_about", |size| {
            let mut rig = desk("clerk", size).on(Pane::Members);
            change_member(&mut rig, |member| {
                member.user = Told::Unknown;
                member.username = Told::Unknown;
            });
            rig.press("p");
            rig
        }),
    ];
    cases.extend(invited());
    cases
}

/// The view of somebody who was invited, with the search answered so, or not at all.
fn sought((service, size): (&'static str, Size), reply: Option<Reply>) -> Rig {
    let mut rig = desk(service, size).on(Pane::Invites);
    rig.press("p");
    if let Some(reply) = reply {
        let id = rig.asked(|query| matches!(query, Query::Users { .. }));
        rig.answer(id, reply);
    }
    rig
}

fn invited() -> Vec<Case> {
    vec![
        case("being_looked_up", |size| sought(("clerk", size), None)),
        case("unknown_to_the_service", |size| {
            let nobody = Answer::Users(Page::whole(Vec::new()));
            sought(("clerk", size), Some(Ok(nobody)))
        }),
        case("found_by_address", |size| {
            let found = vec![Row::whole(user("user_jon", "jon@old.example"))];
            let found = Answer::Users(Page::whole(found));
            let mut rig = sought(("clerk", size), Some(Ok(found)));
            let id = rig.asked(|query| matches!(query, Query::Memberships { .. }));
            rig.answer(id, Ok(end(known())));
            rig
        }),
        case("not_looked_up", |size| {
            let error = ApiError::new(Verb::UserFind, Fault::TimedOut);
            sought(("clerk", size), Some(Err(error)))
        }),
        case("not_offered_to_look_up", |size| {
            sought(("balena", size), None)
        }),
    ]
}
