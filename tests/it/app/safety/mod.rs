//! The promise that no key of a list or menu sends, held by random walks over the whole keymap; and
//! what a held or hasty key does to every question and form.

mod answers;
pub(super) mod dice;
mod held;
mod keys;
mod oracle;
mod stage;
mod target;
mod walker;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use orgdeck::app::place::Pane;

use self::walker::{Seen, Walker};
use super::write::plan_for;
use crate::support::rig::Rig;

/// How many keys all walks together take at least, how many more until they have come by everything, and each
/// of them at most.
const ALL_KEYS: usize = 12_000;
const MOST_KEYS: usize = 40_000;
const KEYS: usize = 150;

/// What the walks must have come by, or they show nothing.
const KINDS: [&str; 39] = [
    "actions",
    "details",
    "export",
    "failed: ",
    "form: invite accept",
    "form: invite create",
    "form: invite many",
    "form: member add",
    "form: member role",
    "form: org create",
    "form: org edit",
    "form: org logo set",
    "form: org metadata set",
    "heavy: member leave",
    "heavy: member remove",
    "heavy: org delete",
    "help",
    "journal",
    "leaving: ",
    "light: invite resend",
    "light: invite revoke",
    "light: member leave",
    "light: member remove",
    "light: member role",
    "light: org logo remove",
    "line",
    "palette",
    "person",
    "preparing: invite resend",
    "preparing: invite revoke",
    "preparing: member role",
    "profiles",
    "prompt: Code",
    "prompt: Token",
    "refused: ",
    "roles",
    "task",
    "tasks",
    "waiting: ",
];

/// The words of a panic.
fn said(why: &Box<dyn Any + Send>) -> &str {
    let words = why.downcast_ref::<String>().map(String::as_str);
    words.or(why.downcast_ref::<&str>().copied()).unwrap_or("")
}

#[test]
fn r12_nothing_begins_but_what_was_looked_at_and_agreed_to() {
    let mut seen = Seen::default();
    for seed in 0.. {
        let met = |kind: &str| seen.kinds.iter().any(|seen| seen.starts_with(kind));
        let is_enough = seen.keys >= ALL_KEYS && KINDS.iter().all(|kind| met(kind));
        if is_enough || seen.keys >= MOST_KEYS {
            break;
        }
        let mut walker = Walker::of(seed, &mut seen);
        let end = catch_unwind(AssertUnwindSafe(|| walker.walk(KEYS)));
        if let Err(why) = end {
            panic!("walk {seed}: {}\n{}", walker.told(), said(&why));
        }
    }
    for kind in KINDS {
        let is_seen = seen.kinds.iter().any(|seen| seen.starts_with(kind));
        assert!(is_seen, "{kind} was not reached: {:?}", seen.kinds);
    }
    let states = seen.states.len();
    assert!(states > 800, "only {states} states");
    for how in ["button", "letter", "form", "pass", "bulk", "undo", "redo"] {
        let times = seen.begun.get(how).copied().unwrap_or_default();
        assert!(
            times > 2,
            "too little was agreed to by {how}: {:?}",
            seen.begun
        );
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
