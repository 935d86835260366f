//! The question for another token or a code, on its way to an answer and back.

use orgdeck::app::RequestId;
use orgdeck::app::layer::Overlay;
use orgdeck::app::place::Size;
use orgdeck::app::prompt::{Prompt, Spot, Trial};
use orgdeck::app::store::{Door, Lock};
use orgdeck::domain::{ApiError, Fault, Text, Verb};

use super::desk::{HOSTILE, desk};
use super::{Case, case};
use crate::support::rig::Rig;

pub(super) fn cases() -> Vec<Case> {
    vec![
        asked("token", Lock::Token, |_| {}),
        asked("token_typed", Lock::Token, typed),
        asked("token_on_cancel", Lock::Token, |prompt| {
            prompt.focus = Spot::Cancel;
        }),
        asked("token_being_tried", Lock::Token, |prompt| {
            typed(prompt);
            prompt.trial = Trial::Sent(RequestId(1));
            prompt.focus = Spot::Cancel;
        }),
        asked("token_refused", Lock::Token, |prompt| {
            let mut error = ApiError::new(Verb::WhoAmI, Fault::SignedOut);
            error.words = Some(Text::from(HOSTILE));
            prompt.trial = Trial::Refused(Box::new(error));
        }),
        asked("code", Lock::Code, |_| {}),
        asked("code_typed", Lock::Code, |prompt| {
            "123456"
                .chars()
                .for_each(|letter| prompt.masked.push(letter));
            prompt.focus = Spot::Use;
        }),
    ]
}

fn typed(prompt: &mut Prompt) {
    "sk_test_typed"
        .chars()
        .for_each(|letter| prompt.masked.push(letter));
}

/// The question about the first profile, which is not let in any more, after `change`.
fn asked(name: &'static str, lock: Lock, change: fn(&mut Prompt)) -> Case {
    case(name, move |size: Size| -> Rig {
        let mut rig = desk("balena", size);
        let account = &mut rig.model.store.accounts[0];
        account.door = Door::Asked(lock);
        account.connection.token = Text::from("environment variable BALENA_TOKEN");
        let mut prompt = Prompt::new(account.connection.profile.clone(), lock);
        change(&mut prompt);
        rig.model.overlays.push(Overlay::Prompt(Box::new(prompt)));
        rig
    })
}
