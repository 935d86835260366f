//! The question for a token or a code: asked for, typed in, tried, refused.

use orgdeck::app::layer::Overlay;
use orgdeck::app::place::Size;
use orgdeck::app::prompt::Prompt;
use orgdeck::app::store::{Door, Lock};
use orgdeck::app::{Effect, Msg};
use orgdeck::domain::{ApiError, Fault, Text, Verb};

use super::desk::{HOSTILE, desk};
use super::{Case, case};
use crate::support::rig::Rig;

/// Asked for on balena, whose token came from a variable.
fn asked(size: Size, lock: Lock) -> Rig {
    let mut rig = desk("balena", size);
    let account = &mut rig.model.store.accounts[0];
    account.door = Door::Asked(lock);
    account.connection.token = Text::from("environment variable BALENA_TOKEN");
    rig.press("gt");
    rig
}

/// The same after these keys, each looked at long enough.
fn pressed(size: Size, lock: Lock, keys: &str) -> Rig {
    let mut rig = asked(size, lock);
    rig.wait(400);
    rig.press(keys);
    rig
}

/// What was typed was tried, with this answer.
fn answered(size: Size, lock: Lock, fault: Fault) -> Rig {
    let mut rig = pressed(size, lock, "123456");
    let effects = rig.press("<enter>");
    let Some(Effect::Admit { id, .. }) = effects.into_iter().next() else {
        panic!("it is tried");
    };
    let error = ApiError::new(Verb::WhoAmI, fault);
    rig.send(Msg::Admitted(id, Err(error)));
    rig
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("token", |size| asked(size, Lock::Token)),
        case("token_typed_just_now", |size| {
            let mut rig = asked(size, Lock::Token);
            rig.press("tok");
            rig
        }),
        case("token_typed", |size| pressed(size, Lock::Token, "token")),
        case("on_cancel", |size| pressed(size, Lock::Token, "token<tab>")),
        case("on_use", |size| pressed(size, Lock::Token, "token<s-tab>")),
        case("tried", |size| pressed(size, Lock::Token, "token<enter>")),
        case("refused", |size| {
            answered(size, Lock::Token, Fault::SignedOut)
        }),
        case("wants_a_code_now", |size| {
            answered(size, Lock::Token, Fault::SecondFactor)
        }),
        case("code", |size| asked(size, Lock::Code)),
        case("code_refused", |size| {
            answered(size, Lock::Code, Fault::Refused)
        }),
        case("of_a_profile_that_is_let_in", |size| {
            let mut rig = desk("clerk", size);
            rig.press("gt");
            rig
        }),
        case("from_a_hostile_place", |size| {
            let mut rig = asked(size, Lock::Token);
            let account = &mut rig.model.store.accounts[0];
            account.connection.token = Text::from(format!("command {HOSTILE}"));
            account.connection.url = Text::from(HOSTILE);
            let profile = account.connection.profile.clone();
            let prompt = Prompt::new(profile, Lock::Token);
            rig.model.overlays = vec![Overlay::Prompt(Box::new(prompt))];
            rig
        }),
    ]
}
