//! Menus and pickers: the actions of each pane, the profiles, the roles; filtered, empty, failed, too long.

use orgdeck::app::action;
use orgdeck::app::place::{Pane, Size};
use orgdeck::app::{Effect, Msg};
use orgdeck::domain::{
    Answer, ApiError, Assignment, Fault, History, Query, Role, RoleKey, Text, Told, Verb,
};

use super::desk::{HOSTILE, SERVICES, at, change_member, desk, many};
use super::{Case, case};
use crate::support::forms::table;
use crate::support::past;
use crate::support::rig::{Rig, account, settings};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = actions();
    cases.extend(profiles());
    cases.extend(roles());
    cases.extend(journal());
    cases
}

/// The journal after these keys, with what stands in it; nothing as long as it is read.
fn opened(size: Size, history: Option<History>, keys: &str) -> Rig {
    let mut rig = several(size, &SERVICES);
    let effects = rig.press("gj");
    let [Effect::History { id }] = effects[..] else {
        panic!("the journal is read: {effects:?}");
    };
    if let Some(history) = history {
        rig.send(Msg::History(id, Ok(Box::new(history))));
    }
    rig.press(keys);
    rig
}

fn journal() -> Vec<Case> {
    let of = |name: &'static str, keys: &'static str| {
        case(name, move |size| opened(size, Some(past::history()), keys))
    };
    vec![
        of("journal", ""),
        of("journal_searched", "undone"),
        of("journal_entry", "undone<enter>"),
        case("journal_empty", |size| {
            opened(size, Some(History::default()), "")
        }),
        case("journal_being_read", |size| opened(size, None, "")),
    ]
}

fn actions() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for service in SERVICES {
        for (name, pane) in [
            ("orgs", Pane::Orgs),
            ("org", Pane::Org),
            ("members", Pane::Members),
            ("invites", Pane::Invites),
            ("activity", Pane::Activity),
        ] {
            let name = format!("actions_{name}_{service}");
            cases.push(case(name, move |size| at((service, size), pane, ".")));
        }
    }
    let keyed = |name: &'static str, keys: &'static str| {
        case(name, move |size| at(("clerk", size), Pane::Members, keys))
    };
    cases.extend([
        keyed("actions_at_the_end", ".<pgdn><pgdn><pgdn><pgdn><pgdn>"),
        keyed("actions_blocked_at_the_fold", ".<pgdn>"),
        keyed("actions_filter_opened", "./"),
        keyed("actions_filtered", "./sort"),
        keyed("actions_filtered_by_nothing", "./zz"),
        keyed("actions_by_the_beginning_of_a_key", ".s"),
        keyed("actions_no_such_key", ".%"),
        case("actions_of_one_that_cannot", |size| {
            at(("clerk", size), Pane::Orgs, "./leave<enter>")
        }),
    ]);
    cases
}

/// A console over several profiles, nothing of which was read.
fn several(size: Size, services: &[&'static str]) -> Rig {
    let named = |(number, service): (usize, &&'static str)| {
        account(&format!("{service}{number}"), service, table(service))
    };
    let accounts = services.iter().enumerate().map(named).collect();
    let mut rig = Rig::with(accounts);
    rig.effects.clear();
    rig.send(Msg::Resized(size));
    rig
}

fn run(rig: &mut Rig, name: &str) {
    let effects = (action::named(name).unwrap().run)(&mut rig.model);
    rig.effects.extend(effects);
    rig.wait(1);
}

fn profiles() -> Vec<Case> {
    vec![
        case("profiles", |size| {
            let mut rig = several(size, &SERVICES);
            rig.press("P<down>");
            rig
        }),
        case("profiles_read_only", |size| {
            let mut rig = several(size, &SERVICES);
            rig.model.settings = orgdeck::app::model::Settings {
                read_only: Some("--read-only"),
                ..settings()
            };
            rig.press("P");
            rig
        }),
        case("profiles_many", |size| {
            let mut rig = several(size, &many(60, |n| SERVICES[n % 3]));
            rig.press("P<pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn>");
            rig
        }),
        case("profiles_filtered_by_nothing", |size| {
            let mut rig = several(size, &SERVICES);
            rig.press("P/zz");
            rig
        }),
        case("a_token_for", |size| {
            let mut rig = several(size, &SERVICES);
            rig.press("gt");
            rig
        }),
        case("create_on", |size| {
            let mut rig = several(size, &SERVICES);
            rig.press("c");
            rig
        }),
        case("accept_on", |size| {
            let mut rig = several(size, &["balena", "clerk", "balena"]);
            run(&mut rig, "invite.accept");
            rig
        }),
    ]
}

/// The roles that a member could have, with the question for them answered so, or not at all.
fn offered(size: Size, reply: Option<Result<Vec<Role>, ApiError>>, keys: &str) -> Rig {
    let mut rig = desk("clerk", size).on(Pane::Members);
    rig.press("r");
    if let Some(reply) = reply {
        let id = rig.asked(|query| matches!(query, Query::Roles { .. }));
        rig.answer(id, reply.map(Answer::roles));
    }
    rig.press(keys);
    rig
}

fn named() -> Vec<Role> {
    let clerk = |name: &str| Role {
        key: RoleKey(Text::from(format!("org:{name}"))),
        ..Role::named(name)
    };
    vec![clerk("admin"), clerk("member"), Role::named(HOSTILE)]
}

fn roles() -> Vec<Case> {
    let with = |name: &'static str, keys: &'static str| {
        case(name, move |size| offered(size, Some(Ok(named())), keys))
    };
    vec![
        with("roles", ""),
        with("roles_filtered", "/mem"),
        with("roles_filtered_by_nothing", "/zz"),
        case("roles_being_read", |size| offered(size, None, "")),
        case("roles_none_listed", |size| {
            offered(size, Some(Ok(Vec::new())), "")
        }),
        case("roles_not_to_be_had", |size| {
            let error = ApiError::new(Verb::RoleList, Fault::TimedOut);
            offered(size, Some(Err(error)), "")
        }),
        case("roles_hundreds", |size| {
            let all = many(300, |n| Role::named(format!("role-{n:03}")));
            offered(size, Some(Ok(all)), "<pgdn><pgdn><pgdn><pgdn><pgdn>")
        }),
        case("roles_of_somebody_without_a_name", |size| {
            let mut rig = desk("clerk", size).on(Pane::Members);
            change_member(&mut rig, |member| {
                member.name = Told::Empty;
                member.email = Told::Unknown;
                member.roles = Told::Is(
                    [Assignment {
                        role: Role::named("elsewhere"),
                        id: None,
                    }]
                    .into(),
                );
            });
            rig.press("r");
            let id = rig.asked(|query| matches!(query, Query::Roles { .. }));
            rig.answer(id, Ok(Answer::roles(named())));
            rig
        }),
    ]
}
