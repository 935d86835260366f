//! Every wait can be left: Escape gives up what was asked, in the same step and whatever it was.

use std::collections::BTreeSet;

use orgdeck::app::layer::Overlay;
use orgdeck::app::place::Pane;
use orgdeck::app::{Effect, RequestId};
use orgdeck::domain::{Fault, Query};

use super::write::plan_for;
use crate::support::past::ENTRY;
use crate::support::rig::{Rig, account, everything};

/// What is waited for, the pane, the keys before it (what they ask is answered), and those that begin the wait.
const WAITS: [(&str, Pane, &str, &str); 16] = [
    ("the organizations", Pane::Orgs, "", "R"),
    ("the members", Pane::Members, "", "R"),
    ("the invites", Pane::Invites, "", "R"),
    ("all invites", Pane::Orgs, "", "gi"),
    ("another organization", Pane::Orgs, "", "j<enter>"),
    ("the details", Pane::Members, "", "d"),
    ("the details, read again", Pane::Members, "d", "R"),
    ("what a question would send", Pane::Members, "", "D"),
    ("what a deletion would send", Pane::Orgs, "", "D"),
    ("the organizations of a person", Pane::Members, "", "p"),
    ("the metadata in a form", Pane::Orgs, "", "M"),
    (
        "who is known already",
        Pane::Orgs,
        "Inew@acme.example<s-tab><s-tab>",
        "<enter>",
    ),
    (
        "what a form would send",
        Pane::Orgs,
        "inew@acme.example<s-tab><s-tab>",
        "<enter>",
    ),
    ("the journal", Pane::Orgs, "", "gj"),
    ("the way back", Pane::Orgs, "", "u"),
    (
        "whether a token is good",
        Pane::Orgs,
        "gtsk_test_1",
        "<enter>",
    ),
];

/// What was asked and is not answered.
fn asked(rig: &Rig) -> BTreeSet<RequestId> {
    let id = |effect: &Effect| match effect {
        Effect::Query { id, .. }
        | Effect::Prepare { id, .. }
        | Effect::History { id }
        | Effect::Seek { id, .. }
        | Effect::Admit { id, .. } => Some(*id),
        _ => None,
    };
    rig.effects.iter().filter_map(id).collect()
}

fn cancelled(effects: &[Effect]) -> BTreeSet<RequestId> {
    let id = |effect: &Effect| match effect {
        Effect::Cancel(id) => Some(*id),
        _ => None,
    };
    effects.iter().filter_map(id).collect()
}

#[test]
fn escape_leaves_every_wait_at_once() {
    for (what, pane, before, keys) in WAITS {
        let mut rig = Rig::two_orgs().on(pane);
        rig.press(before);
        rig.settle_questions();
        rig.wait(1_000);
        rig.effects.clear();
        rig.press(keys);
        let given_up = cancelled(&rig.effects.iter().cloned().collect::<Vec<_>>());
        let asked: BTreeSet<RequestId> = asked(&rig).difference(&given_up).copied().collect();
        assert!(
            !asked.is_empty(),
            "{what}: nothing is waited for: {}",
            rig.hint()
        );
        let depth = rig.model.overlays.len();
        let effects = rig.press("<esc>");
        assert_eq!(cancelled(&effects), asked, "{what}");
        assert!(rig.model.pending.is_empty(), "{what}");
        assert_eq!(rig.model.overlays.len(), depth.saturating_sub(1), "{what}");
    }
}

#[test]
fn escape_in_the_first_second_leaves_what_the_start_asks() {
    let mut rig = Rig::with(vec![account("shop", "fake", everything())]);
    let asked = asked(&rig);
    assert_eq!(asked.len(), 3);
    let effects = rig.press("<esc>");
    assert_eq!(cancelled(&effects), asked);
}

/// The search for a user in a form is left without leaving the form's other fields.
#[test]
fn escape_leaves_a_search_for_users() {
    let mut rig = Rig::two_orgs();
    rig.press("a");
    rig.settle_questions();
    rig.press("bo<enter>");
    let id = rig.asked(|query| matches!(query, Query::Users { .. }));
    let effects = rig.press("<esc>");
    assert!(effects.contains(&Effect::Cancel(id)), "{effects:?}");
    assert!(rig.model.pending.is_empty());
}

#[test]
fn escape_does_not_pretend_to_call_back_what_was_sent() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("D");
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(1_000);
    rig.press("y");
    let task = *rig.model.tasks.keys().next().unwrap();
    rig.send(orgdeck::app::Msg::Recorded(task, Ok(ENTRY)));
    assert!(
        rig.effects
            .iter()
            .any(|effect| matches!(effect, Effect::Carry { .. }))
    );
    let effects = rig.press("<esc>");
    assert!(cancelled(&effects).is_empty(), "{effects:?}");
    assert_eq!(
        rig.hint(),
        "what was sent cannot be called back: what comes of it will be said"
    );
    assert!(rig.frame().text().contains("1 being sent"));
}

#[test]
fn what_was_left_is_no_error() {
    let mut rig = Rig::two_orgs();
    rig.press("R");
    let id = rig.asked(|query| matches!(query, Query::Orgs { .. }));
    rig.press("<esc>");
    let error = orgdeck::domain::ApiError::new(orgdeck::domain::Verb::OrgList, Fault::Cancelled);
    rig.answer(id, Err(error));
    assert!(rig.model.notices.all().is_empty());
    assert!(!matches!(
        rig.model.overlays.last(),
        Some(Overlay::Prompt(_))
    ));
}
