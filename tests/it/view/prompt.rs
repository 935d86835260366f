//! The question for a token or a code: what was typed is stars. How it looks is held by the faces.

use orgdeck::app::Model;
use orgdeck::app::layer::Overlay;
use orgdeck::app::prompt::Prompt;
use orgdeck::app::store::{Door, Lock};
use orgdeck::domain::Text;

use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

const TYPED: &str = "sk_test_canary";

/// The question about the first profile, after `change`.
fn asked(lock: Lock, change: impl FnOnce(&mut Prompt)) -> Model {
    let mut model = world::seven_orgs();
    let account = &mut model.store.accounts[0];
    account.door = Door::Asked(lock);
    account.connection.token = Text::from("environment variable BALENA_TOKEN");
    let mut prompt = Prompt::new(account.connection.profile.clone(), lock);
    prompt.shown = Some(world::before_now(1_000));
    change(&mut prompt);
    model.overlays.push(Overlay::Prompt(Box::new(prompt)));
    model
}

fn typed(prompt: &mut Prompt) {
    TYPED.chars().for_each(|letter| prompt.masked.push(letter));
}

/// Not one letter of it, in any of the sizes, with colours or without.
#[test]
fn what_is_typed_is_never_shown() {
    let model = asked(Lock::Token, typed);
    for size in [WIDE, MEDIUM, NARROW, (40, 10), (39, 9)] {
        for shown in [screen(&model, size), monochrome(&model, size)] {
            assert!(!shown.contains("canary") && !shown.contains("sk_test"));
        }
    }
    let shown = plain(&model, MEDIUM);
    assert!(shown.contains(&format!("[ {}", "*".repeat(TYPED.len()))));
}
