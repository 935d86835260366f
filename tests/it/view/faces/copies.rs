//! The keys that copy, the box with what could not be copied, and the messages that can be.

use orgdeck::app::Msg;
use orgdeck::app::around::{Clipboard, Wrap};
use orgdeck::app::notice::{Notice, Word};
use orgdeck::app::place::{Pane, Size};
use orgdeck::domain::{ApiError, Fault, Text, Told, Verb};

use super::desk::{HOSTILE, SERVICES, at, change_member, desk};
use super::{Case, case};
use crate::support::rig::{Rig, present, profile};
use crate::support::world;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = followed();
    cases.extend(boxes());
    cases.extend(messages());
    cases
}

/// What can follow, and what cannot, on each service and beside the lists.
fn followed() -> Vec<Case> {
    let on = |pane: Pane, service: &'static str| {
        let name = format!("keys_that_follow_y_{pane:?}_{service}").to_lowercase();
        case(name, move |size| at((service, size), pane, "y"))
    };
    let mut cases: Vec<Case> = SERVICES
        .iter()
        .flat_map(|service| [on(Pane::Members, service), on(Pane::Invites, service)])
        .collect();
    cases.push(on(Pane::Activity, "clerk"));
    cases
}

fn boxes() -> Vec<Case> {
    let keyed = |name: &'static str, keys: &'static str| {
        case(name, move |size| at(("clerk", size), Pane::Members, keys))
    };
    vec![
        keyed("box_of_an_address", "yy"),
        keyed("box_of_a_record", "yj"),
        keyed("box_of_many", "*yi"),
        keyed("box_of_a_place", "yl"),
        case("box_of_a_command", |size| {
            let mut rig = desk("clerk", size).on(Pane::Members);
            let member = rig.model.member_row().unwrap().item.clone();
            world::carry(
                &mut rig.model,
                world::removing(&member),
                vec![world::done()],
            );
            rig.press("yc");
            rig
        }),
        case("box_of_what_is_too_long", |size| {
            let mut rig = takes(desk("clerk", size).on(Pane::Members));
            change_member(&mut rig, |member| {
                member.email = Told::Is(Text::from("高橋 ".repeat(3_000)));
            });
            rig.press("yy");
            rig
        }),
        case("box_hostile", |size| {
            let mut rig = desk("clerk", size).on(Pane::Members);
            change_member(&mut rig, |member| {
                member.email = Told::Is(Text::from(HOSTILE));
            });
            rig.press("yy");
            rig
        }),
        case("copied", |size| {
            let mut rig = takes(desk("clerk", size).on(Pane::Members));
            rig.press("yy");
            rig
        }),
    ]
}

fn takes(mut rig: Rig) -> Rig {
    rig.model.settings.around.clipboard = Clipboard::Takes(Wrap::Tmux);
    rig
}

fn messages() -> Vec<Case> {
    vec![
        case("messages", |size: Size| {
            let mut rig = desk("clerk", size);
            for verb in [Verb::OrgList, Verb::InviteCreate] {
                let error = ApiError::new(verb, Fault::Forbidden).words("not for you");
                rig.model.notices.add(Notice {
                    at: present(),
                    profile: Some(profile("shop")),
                    word: Word::Failed(error, None),
                });
            }
            rig.press("gn");
            rig
        }),
        case("configuration_broken", |size: Size| {
            let mut rig = desk("clerk", size);
            let words = "/home/ana/.config/orgdeck/config.toml:3:1: unknown field `urk`, expected \
                         one of `provider`, `url`, `token`; did you mean `url`?";
            rig.send(Msg::Configured(Err(Text::from(words))));
            rig
        }),
    ]
}
