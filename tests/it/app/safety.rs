//! The promise that no key of a list or menu sends, held by random walks over the whole keymap.

use std::collections::BTreeSet;

use orgdeck::app::layer::Overlay;
use orgdeck::app::place::{Pane, Size};
use orgdeck::app::{Effect, Key, Msg, keymap};
use orgdeck::domain::{ApiError, Fault, Query, Verb};
use proptest::prelude::*;

use super::write::plan_for;
use crate::support::rig::{Rig, account, everything};

/// Every key that the table knows, and some that it does not.
fn keys() -> Vec<Key> {
    let mut keys: BTreeSet<Key> = keymap::chords().flat_map(|(_, chord)| chord).collect();
    keys.extend("QXz%".chars().filter_map(|c| Key::parse(&c.to_string())));
    keys.into_iter().collect()
}

/// A model in one of its states: loaded, loading, failed, narrow.
fn state(kind: usize) -> Rig {
    match kind {
        0 => Rig::two_orgs(),
        1 => Rig::with(vec![account("shop", "fake", everything())]),
        2 => {
            let mut rig = Rig::with(vec![account("shop", "fake", everything())]);
            let id = rig.asked(|query| matches!(query, Query::Orgs { .. }));
            rig.answer(id, Err(ApiError::new(Verb::OrgList, Fault::TimedOut)));
            rig
        }
        _ => {
            let mut rig = Rig::two_orgs().on(Pane::Invites);
            rig.send(Msg::Resized(Size {
                width: 60,
                height: 20,
            }));
            rig
        }
    }
}

/// What makes two states different for this walk.
fn fingerprint(rig: &Rig) -> String {
    let overlays: Vec<_> = rig.model.overlays.iter().map(Overlay::layer).collect();
    format!(
        "{:?} {overlays:?} {:?}",
        rig.model.panes.focus, rig.model.typed
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn no_key_of_a_list_or_menu_sends(kind in 0usize..4, picks in prop::collection::vec(any::<prop::sample::Index>(), 1..60)) {
        let keys = keys();
        let mut rig = state(kind);
        let mut seen = BTreeSet::new();
        for pick in picks {
            let was_open = matches!(
                rig.model.overlays.last(),
                Some(Overlay::Confirm(_) | Overlay::Form(_))
            );
            let effects = rig.send(Msg::Pressed(*pick.get(&keys)));
            let wrote = effects.iter().any(|effect| {
                matches!(effect, Effect::Record { .. } | Effect::Carry { .. })
            });
            prop_assert!(was_open || !wrote, "{effects:?}");
            if effects.iter().any(|effect| matches!(effect, Effect::Quit(_))) {
                break;
            }
            for effect in effects {
                if let Effect::Prepare { id, wish } = effect {
                    rig.send(Msg::Prepared(id, Ok(plan_for(&wish))));
                }
            }
            seen.insert(fingerprint(&rig));
        }
        prop_assert!(!seen.is_empty() || kind < 4);
    }
}

#[test]
fn the_walk_reaches_every_overlay() {
    let keys = keys();
    let mut seen = BTreeSet::new();
    for pane in [Pane::Orgs, Pane::Invites] {
        for first in &keys {
            for second in &keys {
                let mut rig = state(0).on(pane);
                rig.send(Msg::Pressed(*first));
                rig.send(Msg::Pressed(*second));
                seen.insert(fingerprint(&rig));
            }
        }
    }
    for layer in ["Dialog", "Form", "Menu", "Help", "Details", "Line"] {
        assert!(
            seen.iter().any(|state| state.contains(layer)),
            "{layer} was not reached"
        );
    }
    assert!(seen.len() > 30, "only {} states", seen.len());
}

#[test]
fn enter_never_destroys_however_often_it_comes() {
    let mut rig = Rig::two_orgs().on(Pane::Invites);
    rig.press("D");
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(1_000);
    for _ in 0..5 {
        let effects = rig.press("<enter>");
        assert!(
            !effects
                .iter()
                .any(|effect| matches!(effect, Effect::Record { .. }))
        );
        rig.wait(400);
    }
}

#[test]
fn a_sending_key_counts_only_after_the_dialog_was_looked_at() {
    let mut rig = Rig::two_orgs().on(Pane::Invites);
    rig.press("D");
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    assert!(rig.press("y").is_empty());
    assert_eq!(rig.hint(), "held back: this was shown just now");
    rig.wait(150);
    rig.press("y");
    rig.wait(200);
    assert!(rig.press("y").is_empty(), "the key was held down");
    assert_eq!(rig.hint(), "held back: the same key came twice at once");
    rig.wait(400);
    assert_eq!(rig.press("y").len(), 1);
}

#[test]
fn a_refresh_never_changes_what_a_dialog_is_about() {
    let mut rig = Rig::two_orgs().on(Pane::Invites);
    rig.press("D");
    let (id, wish) = rig.planning();
    rig.effects.clear();
    rig.model.panes.invites.index = 1;
    rig.send(Msg::Prepared(id, Ok(plan_for(&wish))));
    rig.wait(300);
    let effects = rig.press("y");
    let [Effect::Record { plan, .. }] = &effects[..] else {
        panic!("it is recorded");
    };
    assert_eq!(plan.wish, wish);
}
