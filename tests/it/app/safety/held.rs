//! Held and hasty keys on every question and form: however often they come, what begins begins once,
//! and never before it was looked at and chosen.

use std::time::Duration;

use orgdeck::app::confirm::Spot;
use orgdeck::app::layer::Overlay;
use orgdeck::app::place::Pane;
use orgdeck::app::{Effect, Msg};
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{ApiError, Fault, Outcome, Verb};

use super::super::write::plan_for;
use crate::support::forms::TO_PREVIEW;
use crate::support::past::ENTRY;
use crate::support::rig::Rig;

/// The keys that open each kind of question, and in which pane.
pub(super) const QUESTIONS: [(Pane, &str); 8] = [
    (Pane::Invites, "D"),
    (Pane::Invites, "t"),
    (Pane::Members, "D"),
    (Pane::Members, "r;2"),
    (Pane::Orgs, "D"),
    (Pane::Org, "D"),
    (Pane::Orgs, "X"),
    (Pane::Orgs, "?the logo<enter>"),
];

/// Opens a question; roles that are to choose from are read.
pub(super) fn opens(rig: &mut Rig, keys: &str) {
    for keys in keys.split(';') {
        rig.press(keys);
        rig.settle_questions();
    }
}

/// A question with its plan on the screen.
fn planned(pane: Pane, keys: &str) -> Rig {
    let mut rig = Rig::two_orgs().on(pane);
    opens(&mut rig, keys);
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.effects.clear();
    rig
}

/// Moves to the button that does it, with the name typed where one is asked for.
pub(super) fn to_yes(rig: &mut Rig) {
    let name = match rig.model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => confirm.names().map(|(names, _)| names[0].clone()),
        other => panic!("a question is open, not {other:?}"),
    };
    match name {
        Some(name) => rig.press(&format!("{}<tab><tab>", name.raw())),
        None => rig.press("<tab>"),
    };
    let focus = match rig.model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => confirm.focus,
        other => panic!("the question is open, not {other:?}"),
    };
    assert_eq!(focus, Spot::Yes);
}

fn begun(rig: &Rig) -> usize {
    let is_begun =
        |effect: &&Effect| matches!(effect, Effect::Record { .. } | Effect::Carry { .. });
    rig.effects.iter().filter(is_begun).count()
}

/// Presses a key four times in 20 ms.
fn four(rig: &mut Rig, key: &str) {
    for _ in 0..4 {
        rig.wait(4);
        rig.press(key);
    }
}

#[test]
fn r12_four_enters_in_20_ms_begin_nothing_from_where_a_question_starts() {
    for (pane, keys) in QUESTIONS {
        for looked in [0, 1_000] {
            let mut rig = planned(pane, keys);
            rig.wait(looked);
            four(&mut rig, "<enter>");
            assert_eq!(begun(&rig), 0, "{pane:?} {keys}");
        }
    }
}

#[test]
fn four_enters_on_the_button_count_once_and_not_before_it_was_looked_at() {
    for (pane, keys) in QUESTIONS {
        let mut hasty = planned(pane, keys);
        to_yes(&mut hasty);
        four(&mut hasty, "<enter>");
        assert_eq!(begun(&hasty), 0, "{pane:?} {keys}");
        let mut calm = planned(pane, keys);
        to_yes(&mut calm);
        calm.wait(1_000);
        four(&mut calm, "<enter>");
        assert_eq!(begun(&calm), 1, "{pane:?} {keys}");
    }
}

#[test]
fn r3_a_held_letter_counts_for_no_question() {
    for (pane, keys) in QUESTIONS {
        let mut rig = planned(pane, keys);
        for _ in 0..40 {
            rig.wait(30);
            rig.press("y");
        }
        assert_eq!(begun(&rig), 0, "{pane:?} {keys}: {}", rig.hint());
        assert_eq!(rig.model.overlays.len(), 1, "the question is still open");
    }
}

#[test]
fn r3_four_enters_in_a_form_ask_for_one_plan_and_send_once() {
    let mut rig = Rig::two_orgs();
    rig.press("i");
    rig.settle_questions();
    rig.press(&format!("kim@acme.example{TO_PREVIEW}"));
    rig.effects.clear();
    four(&mut rig, "<enter>");
    let asks = |effect: &&Effect| matches!(effect, Effect::Prepare { .. });
    assert_eq!(rig.effects.iter().filter(asks).count(), 1);
    let (_, wish) = rig.planning();
    rig.press("<tab>");
    four(&mut rig, "<enter>");
    assert_eq!(begun(&rig), 0, "nothing was shown yet");
    rig.prepared(plan_for(&wish));
    four(&mut rig, "<enter>");
    assert_eq!(begun(&rig), 0, "it was shown just now");
    rig.wait(1_000);
    four(&mut rig, "<enter>");
    assert_eq!(begun(&rig), 1);
}

/// A question that opens by itself, above nothing, while somebody presses keys.
#[test]
fn a_question_that_opens_by_itself_is_not_agreed_to_by_a_key_that_was_under_way() {
    let mut rig = planned(Pane::Invites, "D");
    rig.wait(400);
    rig.press("y");
    rig.send(Msg::Recorded(TaskId(1), Ok(ENTRY)));
    let slowed = Fault::Slowed {
        after: Some(Duration::from_hours(2)),
    };
    let slowed = ApiError::new(Verb::InviteRevoke, slowed);
    rig.wait(1_000);
    rig.press("y");
    rig.send(Msg::Carried(TaskId(1), 0, Outcome::NotApplied(slowed)));
    assert_eq!(rig.model.overlays.len(), 1, "it asks whether to wait");
    rig.effects.clear();
    four(&mut rig, "y");
    assert_eq!(rig.model.overlays.len(), 1, "{}", rig.hint());
    assert_eq!(begun(&rig), 0);
}
