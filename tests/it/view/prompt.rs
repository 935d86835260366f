//! The question for a token or a code. What was typed is stars, at every size.

use insta::assert_snapshot;
use orgdeck::app::layer::Overlay;
use orgdeck::app::prompt::{Prompt, Spot, Trial};
use orgdeck::app::store::{Door, Lock};
use orgdeck::app::{Model, RequestId};
use orgdeck::domain::{ApiError, Fault, Text, Verb};

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

fn refused(prompt: &mut Prompt) {
    let error = ApiError::new(Verb::WhoAmI, Fault::SignedOut);
    prompt.trial = Trial::Refused(Box::new(error));
}

#[test]
fn a_token_that_is_over() {
    assert_snapshot!(screen(&asked(Lock::Token, |_| {}), WIDE));
}

#[test]
fn a_token_that_is_typed() {
    assert_snapshot!(screen(&asked(Lock::Token, typed), MEDIUM));
}

#[test]
fn a_narrow_screen_keeps_the_field_and_the_buttons() {
    assert_snapshot!(plain(&asked(Lock::Token, typed), NARROW));
}

#[test]
fn a_token_that_is_refused_too() {
    let model = asked(Lock::Token, refused);
    assert_snapshot!("refused_medium", screen(&model, MEDIUM));
    assert_snapshot!("refused_narrow", plain(&model, NARROW));
}

#[test]
fn it_is_being_tried() {
    let model = asked(Lock::Token, |prompt| {
        prompt.trial = Trial::Sent(RequestId(1));
        prompt.focus = Spot::Cancel;
    });
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn a_code_is_due() {
    let model = asked(Lock::Code, |_| {});
    assert_snapshot!("code_wide", plain(&model, WIDE));
    assert_snapshot!("code_narrow", plain(&model, NARROW));
}

#[test]
fn a_token_for_a_profile_that_is_let_in() {
    let mut model = asked(Lock::Token, |_| {});
    model.store.accounts[0].door = Door::Open;
    assert_snapshot!(plain(&model, MEDIUM));
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

#[test]
fn what_a_configuration_says_of_its_place_draws_nothing_else() {
    let mut model = asked(Lock::Token, |_| {});
    let hostile = "command \u{1b}]0;x\u{7}\u{202e}evil";
    model.store.accounts[0].connection.token = Text::from(hostile);
    let shown = plain(&model, MEDIUM);
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'));
    assert!(shown.contains("evil"));
}
