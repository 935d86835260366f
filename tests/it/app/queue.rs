//! Several tasks: bulks of one profile run one after another, a single change waits for none of them, and
//! a token that is bad stops all of them.

use orgdeck::app::msg::Msg;
use orgdeck::app::notice::Notice;
use orgdeck::app::place::Pane;
use orgdeck::app::{Effect, Effects, tasks};
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{ApiError, Fault, Outcome, Receipt, Verb};

use super::write::plan_for;
use crate::support::past::ENTRY;
use crate::support::rig::Rig;

const FIRST: TaskId = TaskId(1);
const SECOND: TaskId = TaskId(2);

/// The task and the number of each step that goes out.
fn carried(effects: &Effects) -> Vec<(u64, usize)> {
    let sent = |effect: &Effect| match effect {
        Effect::Carry { task, go } => Some((task.0, go.number)),
        _ => None,
    };
    effects.iter().filter_map(sent).collect()
}

/// Begins what the question on the screen asks, and takes its rows off the screen.
fn begins(rig: &mut Rig, id: TaskId) -> Vec<(u64, usize)> {
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(400);
    rig.press("y");
    let sent = carried(&rig.send(Msg::Recorded(id, Ok(ENTRY))));
    if !rig.model.overlays.is_empty() {
        rig.press("<esc>");
    }
    rig.wait(1_000);
    sent
}

/// Two members are being removed, and two invites are to be taken back.
fn two() -> (Rig, Vec<(u64, usize)>) {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("j  D");
    assert_eq!(begins(&mut rig, FIRST), [(1, 0), (1, 1)]);
    rig.model.panes.focus = Pane::Invites;
    rig.press("*D");
    let sent = begins(&mut rig, SECOND);
    (rig, sent)
}

fn done(rig: &mut Rig, task: TaskId, step: usize) -> Vec<(u64, usize)> {
    carried(&rig.send(Msg::Carried(task, step, Outcome::Done(Receipt::default()))))
}

#[test]
fn the_younger_bulk_of_a_profile_waits_for_the_older() {
    let (mut rig, sent) = two();
    assert_eq!(sent, []);
    let second = &rig.model.tasks[&SECOND];
    assert_eq!(tasks::ahead(&rig.model, second), Some(FIRST));
    assert_eq!(done(&mut rig, FIRST, 0), []);
    assert_eq!(done(&mut rig, FIRST, 1), [(2, 0), (2, 1)]);
}

#[test]
fn one_that_a_person_holds_is_waited_for_by_none() {
    let (mut rig, _) = two();
    rig.press("wj");
    assert!(
        carried(&rig.press("p")).is_empty(),
        "a key that holds sends nothing"
    );
    assert_eq!(carried(&rig.wait(1_000)), [(2, 0), (2, 1)]);
}

#[test]
fn a_single_change_waits_for_no_bulk() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("j  D");
    begins(&mut rig, FIRST);
    rig.model.panes.focus = Pane::Invites;
    rig.press("D");
    assert_eq!(begins(&mut rig, SECOND), [(2, 0)]);
}

#[test]
fn r21_a_bad_token_stops_the_waiting_ones_too_and_keeps_them() {
    let (mut rig, _) = two();
    let over = ApiError::new(Verb::MemberRemove, Fault::SignedOut);
    let first = rig.send(Msg::Carried(FIRST, 0, Outcome::NotApplied(over.clone())));
    let second = rig.send(Msg::Carried(FIRST, 1, Outcome::NotApplied(over)));
    assert_eq!(
        (carried(&first), carried(&second)),
        (vec![], vec![]),
        "nothing more goes out"
    );
    for id in [FIRST, SECOND] {
        let tally = tasks::find(&rig.model, id).unwrap().tally();
        assert_eq!((tally.not_sent, tally.all()), (2, 2), "{id:?}");
    }
    let said: Vec<String> = rig
        .model
        .notices
        .all()
        .iter()
        .map(Notice::happened)
        .collect();
    let names = said.iter().find(|words| words.starts_with("NOT SENT"));
    assert!(
        names.is_some_and(|words| words.contains("jon@old.example")),
        "{said:?}"
    );
}

#[test]
fn many_rows_that_were_not_sent_are_named_in_part_and_counted() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    super::bulk::fills(&mut rig, 40);
    rig.press("*D");
    begins(&mut rig, FIRST);
    for step in 0..4 {
        let over = ApiError::new(Verb::MemberRemove, Fault::SignedOut);
        rig.send(Msg::Carried(FIRST, step, Outcome::NotApplied(over)));
    }
    let said: Vec<String> = rig
        .model
        .notices
        .all()
        .iter()
        .map(Notice::happened)
        .collect();
    let words = said
        .iter()
        .find(|words| words.starts_with("NOT SENT"))
        .unwrap();
    assert!(
        words.contains("m005 and 34 more, w shows each row"),
        "{words}"
    );
    assert!(!words.contains("m006"), "{words}");
}
