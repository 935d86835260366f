//! Fields that are filled in by choosing: roles that are read, users that are found, files that are read.

use orgdeck::app::Msg;
use orgdeck::app::place::{Pane, Size};
use orgdeck::domain::{
    Answer, ApiError, Fault, Image, Page, Query, Role, Row, Text, Told, User, Verb,
};

use super::desk::{HOSTILE, answer_plan, desk, holds, many};
use super::fields::{FILE, USER, focus, to_preview, typed};
use super::questions::logo;
use super::{Case, case};
use crate::support::forms::{TO_PREVIEW, user};
use crate::support::rig::Rig;

pub(super) fn cases() -> Vec<Case> {
    [roles(), users(), files()].into_iter().flatten().collect()
}

/// The form that invites, with the question for the roles answered so, or not at all.
fn offered(size: Size, reply: Option<Result<Vec<Role>, ApiError>>) -> Rig {
    let mut rig = desk("balena", size);
    rig.press("i");
    if let Some(reply) = reply {
        let id = rig.asked(|query| matches!(query, Query::Roles { .. }));
        rig.answer(id, reply.map(Answer::roles));
    }
    focus(&mut rig, "role");
    rig
}

fn roles() -> Vec<Case> {
    let unranked = || ["member", "billing", "org:Ревизор\u{202e}"].map(Role::named);
    vec![
        case("roles_being_read", |size| offered(size, None)),
        case("roles_not_to_be_had", |size| {
            let error = ApiError::new(Verb::RoleList, Fault::TimedOut);
            offered(size, Some(Err(error)))
        }),
        case("roles_none_listed", |size| {
            offered(size, Some(Ok(Vec::new())))
        }),
        case("roles_hostile", move |size| {
            offered(size, Some(Ok(unranked().into())))
        }),
        case("roles_hundreds", |size| {
            let all = many(200, |n| Role::named(format!("role-{n:03}")));
            let mut rig = offered(size, Some(Ok(all)));
            rig.press("<up>");
            rig
        }),
        case("roles_hundreds_none_chosen", |size| {
            let all = many(200, |n| Role::named(format!("role-{n:03}")));
            offered(size, Some(Ok(all)))
        }),
        case("roles_hundreds_held", |size| {
            let mut rig = desk("vulos", size).on(Pane::Members);
            let names = many(120, |n| format!("Watch {n:03}"));
            holds(
                &mut rig,
                &names.iter().map(String::as_str).collect::<Vec<_>>(),
            );
            rig.press("r");
            rig.press(&"<down>".repeat(22));
            rig
        }),
        case("role_not_chosen", move |size| {
            let mut rig = desk("clerk", size);
            rig.press("i");
            let id = rig.asked(|query| matches!(query, Query::Roles { .. }));
            rig.answer(id, Ok(Answer::roles(unranked().into())));
            rig.press(&format!("kim@a.example{TO_PREVIEW}<enter>"));
            rig
        }),
    ]
}

/// A search for a user, answered so, or not at all.
fn sought(size: Size, reply: Option<Result<Vec<User>, ApiError>>) -> Rig {
    let mut rig = typed(("clerk", size), USER, "kim<enter>");
    if let Some(reply) = reply {
        let id = rig.asked(|query| matches!(query, Query::Users { .. }));
        let page = |users: Vec<User>| {
            let rows = users.into_iter().map(Row::whole).collect();
            Answer::Users(Page::whole(rows))
        };
        rig.answer(id, reply.map(page));
    }
    rig
}

fn users() -> Vec<Case> {
    let two = || {
        let mut hostile = user("user_2", "kim\u{202e}@b.example");
        hostile.name = Told::Is(Text::from(HOSTILE));
        vec![user("user_1", "kim@a.example"), hostile]
    };
    vec![
        case("user_being_looked_up", |size| sought(size, None)),
        case("user_nobody", |size| sought(size, Some(Ok(Vec::new())))),
        case("user_one", move |size| {
            sought(size, Some(Ok(two()[..1].into())))
        }),
        case("user_several", move |size| {
            let mut rig = sought(size, Some(Ok(two())));
            rig.press("<down>");
            rig
        }),
        case("user_chosen", move |size| {
            let mut rig = sought(size, Some(Ok(two())));
            rig.press("<tab>");
            rig
        }),
        case("user_hundreds", |size| {
            let all = many(200, |n| {
                user(&format!("user_{n}"), &format!("kim{n}@a.example"))
            });
            let mut rig = sought(size, Some(Ok(all)));
            rig.press(&"<down>".repeat(8));
            rig
        }),
        case("user_search_failed", |size| {
            let error = ApiError::new(Verb::UserFind, Fault::TimedOut);
            sought(size, Some(Err(error)))
        }),
        case("user_looked_up_in_vain", |size| {
            let mut rig = sought(size, None);
            let id = rig.asked(|query| matches!(query, Query::Users { .. }));
            rig.answer(id, Ok(Answer::roles(Vec::new())));
            rig
        }),
        case("user_typed_anew", move |size| {
            let mut rig = sought(size, Some(Ok(two())));
            rig.press("ber");
            rig
        }),
        case("wrong_user_nobody", |size| {
            let mut rig = sought(size, Some(Ok(Vec::new())));
            to_preview(&mut rig);
            rig.press("<enter>");
            rig
        }),
    ]
}

/// The form for a logo whose file is being read.
fn reading(size: Size) -> Rig {
    typed(
        ("balena", size),
        FILE,
        &format!("~/logo.png{TO_PREVIEW}<enter>"),
    )
}

/// What came of the file.
fn read(rig: &mut Rig, read: Result<Image, &str>) {
    let id = rig.effects.iter().rev().find_map(|effect| match effect {
        orgdeck::app::Effect::ReadImage { id, .. } => Some(*id),
        _ => None,
    });
    let id = id.expect("a file is read");
    rig.send(Msg::ImageRead(id, read.map_err(Text::from)));
}

fn files() -> Vec<Case> {
    vec![
        case("file_being_read", reading),
        case("file_read", |size| {
            let mut rig = reading(size);
            read(&mut rig, Ok(logo()));
            answer_plan(&mut rig, |_| {});
            rig
        }),
        case("file_that_cannot_be_taken", |size| {
            let mut rig = reading(size);
            read(&mut rig, Err("larger than 10 MiB"));
            rig
        }),
    ]
}
