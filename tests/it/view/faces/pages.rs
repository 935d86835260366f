//! Help, the palette, details, the filter line and the keys that can follow.

use std::time::Duration;

use orgdeck::app::Msg;
use orgdeck::app::place::{Pane, Size};
use orgdeck::app::store::SentNote;
use orgdeck::domain::news::Sent;
use orgdeck::domain::{Answer, ApiError, Fault, Method, News, Query, Row, Text, Told, Verb};

use super::desk::{HOSTILE, SERVICES, at, change_member, change_org, desk, here, many};
use super::{Case, case};
use crate::support::rig::{Rig, member, profile};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = help();
    cases.extend(palette());
    cases.extend(details());
    cases.extend(records());
    cases.extend(typed());
    cases
}

fn help() -> Vec<Case> {
    let keyed = |name: &'static str, keys: &'static str| {
        case(name, move |size| at(("vulos", size), Pane::Members, keys))
    };
    vec![
        keyed("help", "?"),
        keyed("help_next_section", "?<tab><tab>"),
        keyed(
            "help_at_the_end",
            "?<pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn>",
        ),
        keyed("help_searched", "?sort"),
        keyed("help_searched_for_nothing", "?zzz"),
        keyed("help_of_what_cannot_be_done", "?not here<down>"),
    ]
}

/// An organization with hundreds of members of one name.
fn crowd(size: Size) -> Rig {
    let mut rig = desk("clerk", size);
    let org = here(&rig);
    let row = |n| Row::whole(member(&org, &format!("person{n:04}"), "member"));
    let visit = rig.model.store.visit_mut(&org).unwrap();
    visit.members = crate::support::world::whole(many(6_000, row));
    rig
}

fn palette() -> Vec<Case> {
    let keyed = |name: &'static str, keys: &'static str| {
        case(name, move |size| at(("clerk", size), Pane::Members, keys))
    };
    vec![
        keyed("palette", "<c-p>"),
        keyed("palette_actions_and_things", "<c-p>a"),
        keyed("palette_an_invite", "<c-p>jon"),
        keyed("palette_what_cannot_be_done", "<c-p>leave"),
        keyed("palette_nothing_fits", "<c-p>zzz"),
        case("palette_more_than_are_shown", |size| {
            let mut rig = crowd(size);
            rig.press("<c-p>person");
            rig
        }),
        case("palette_still_looking", |size| {
            let mut rig = crowd(size);
            rig.press("<c-p>person599");
            rig
        }),
        case("palette_hostile", |size| {
            let mut rig = desk("clerk", size);
            change_org(&mut rig, |org| org.name = Told::Is(Text::from(HOSTILE)));
            rig.press("<c-p>acme");
            rig
        }),
    ]
}

const RAW: &str =
    "{\n  \"id\": \"acme\",\n  \"url\": \"(masked)\",\n  \"note\": \"\u{202e}\u{1b}[2J\"\n}";

/// The details of what is under the cursor of a pane on Clerk, with the question for the record
/// answered so, or not at all.
fn opened(size: Size, pane: Pane, reply: Option<Result<&str, ApiError>>) -> Rig {
    let mut rig = desk("clerk", size).on(pane);
    rig.press("d");
    if let Some(reply) = reply {
        let id = rig.asked(|query| matches!(query, Query::Raw(_)));
        rig.answer(id, reply.map(|text| Answer::Json(Text::from(text))));
    }
    rig
}

fn details() -> Vec<Case> {
    let long = || many(400, |n| format!("\"key{n}\": {n},")).join("\n");
    vec![
        case("details_being_read", |size| {
            opened(size, Pane::Members, None)
        }),
        case("details", |size| opened(size, Pane::Members, Some(Ok(RAW)))),
        case("details_not_to_be_had", |size| {
            let error = ApiError::new(Verb::MemberShow, Fault::Forbidden);
            opened(size, Pane::Members, Some(Err(error)))
        }),
        case("details_of_another_kind", |size| {
            let mut rig = opened(size, Pane::Members, None);
            let id = rig.asked(|query| matches!(query, Query::Raw(_)));
            rig.answer(id, Ok(Answer::roles(Vec::new())));
            rig
        }),
        case("details_long", move |size| {
            opened(size, Pane::Orgs, Some(Ok(&long())))
        }),
        case("details_long_at_the_end", move |size| {
            let mut rig = opened(size, Pane::Orgs, Some(Ok(&long())));
            rig.press(&"<pgdn>".repeat(50));
            rig
        }),
        case("details_hostile", |size| {
            let mut rig = desk("clerk", size).on(Pane::Members);
            change_member(&mut rig, |member| {
                member.name = Told::Is(Text::from(HOSTILE));
                member.username = Told::Is(Text::from("高橋 ".repeat(3_000)));
            });
            rig.press("d");
            rig
        }),
        case("details_blank", |size| {
            let mut rig = desk("clerk", size).on(Pane::Members);
            change_member(&mut rig, |member| {
                member.name = Told::Is(Text::from("  "));
                member.username = Told::Is(Text::from(""));
                member.email = Told::Unknown;
                member.roles = Told::Unknown;
            });
            rig.press("d");
            rig
        }),
    ]
}

/// The record of each kind on each service.
fn records() -> Vec<Case> {
    let mut cases = Vec::new();
    for service in SERVICES {
        for (name, pane) in [
            ("org", Pane::Orgs),
            ("member", Pane::Members),
            ("invite", Pane::Invites),
        ] {
            if service == "vulos" && pane == Pane::Invites {
                cases.push(case("details_note_vulos", noted));
                continue;
            }
            let name = format!("details_{name}_{service}");
            cases.push(case(name, move |size| at((service, size), pane, "d")));
        }
    }
    cases.push(case("details_line", sent));
    cases
}

/// What was sent from here, where the service keeps no list.
fn noted(size: Size) -> Rig {
    let mut rig = desk("vulos", size).on(Pane::Invites);
    let note = SentNote {
        org: here(&rig),
        email: Text::from("jon@old.example"),
        at: rig.model.now.wall,
    };
    rig.model.store.sent_notes.push(note.clone());
    rig.model.panes.note = Some(note);
    rig.press("d");
    rig
}

fn sent(size: Size) -> Rig {
    let mut rig = desk("clerk", size).on(Pane::Activity);
    let error = ApiError::new(Verb::MemberRemove, Fault::Forbidden).words("not for you");
    rig.send(Msg::Told(News::Sent(Box::new(Sent {
        profile: profile("shop"),
        verb: Verb::MemberRemove,
        method: Method::Delete,
        target: Text::from("/v1/organizations/acme/memberships/user_ana"),
        ended: Err(Box::new(error)),
        served_at: None,
        took: Duration::from_millis(212),
        trace: Some(Text::from("req_7f3a9c")),
    }))));
    rig.press("d");
    rig
}

fn typed() -> Vec<Case> {
    let keyed = |name: &'static str, keys: &'static str| {
        case(name, move |size| at(("clerk", size), Pane::Members, keys))
    };
    vec![
        keyed("filter_opened", "/"),
        keyed("filter_typed", "/cleo"),
        keyed("filter_that_nothing_fits", "/zzz"),
        keyed("filter_opened_again", "/cleo<enter>/"),
        case("filter_hostile_and_long", |size| {
            let mut rig = at(("clerk", size), Pane::Members, "/");
            rig.send(Msg::Pasted(Text::from(HOSTILE.repeat(8))));
            rig
        }),
        keyed("keys_that_follow_g", "<esc>g"),
        keyed("keys_that_follow_s", "<esc>s"),
    ]
}
