//! Leaving while something is sent: a write under way is waited for and that is said, more to be sent is
//! asked about, and whoever insists goes at once and leaves the write open.

use orgdeck::app::effect::Ending;
use orgdeck::app::layer::{Asking, Overlay};
use orgdeck::app::model::Leaving;
use orgdeck::app::msg::Msg;
use orgdeck::app::place::{Pane, Size};
use orgdeck::app::{Effect, Effects};
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{Outcome, Receipt};
use orgdeck::job::task::Mode;

use super::write::plan_for;
use crate::support::past::ENTRY;
use crate::support::rig::Rig;

const FIRST: TaskId = TaskId(1);

/// A console with one write under way.
fn sending() -> Rig {
    let mut rig = Rig::two_orgs().on(Pane::Invites);
    rig.press("D");
    agreed(&mut rig);
    rig
}

/// A console with a task of three rows.
fn running() -> Rig {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("*D");
    agreed(&mut rig);
    rig.press("<esc>");
    rig.wait(1_000);
    rig
}

fn agreed(rig: &mut Rig) {
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(400);
    rig.press("y");
    rig.send(Msg::Recorded(FIRST, Ok(ENTRY)));
    rig.wait(1_000);
}

fn done(rig: &mut Rig, step: usize) -> Effects {
    rig.send(Msg::Carried(FIRST, step, Outcome::Done(Receipt::default())))
}

fn quits(effects: &Effects) -> bool {
    effects.contains(&Effect::Quit(Ending::Quit))
}

fn asks(rig: &Rig) -> bool {
    matches!(rig.model.overlays.last(), Some(Overlay::Confirm(confirm))
        if matches!(confirm.stage, Asking::Leaving(_)))
}

#[test]
fn with_nothing_under_way_it_goes_at_once() {
    let mut rig = Rig::two_orgs();
    assert!(quits(&rig.press("q")));
}

#[test]
fn reads_are_not_waited_for() {
    let mut rig = Rig::two_orgs();
    rig.press("R");
    assert!(quits(&rig.press("q")));
}

#[test]
fn a_write_under_way_is_waited_for_and_that_is_said() {
    let mut rig = sending();
    assert!(!quits(&rig.press("q")));
    assert_eq!(rig.model.leaving, Leaving::WhenSent);
    assert_eq!(
        rig.hint(),
        "waiting for the answer to what was sent: q once more leaves it open, Esc stays"
    );
    assert!(quits(&done(&mut rig, 0)));
}

#[test]
fn whoever_insists_leaves_the_write_open() {
    for keys in ["q", "<c-c>"] {
        let mut rig = sending();
        rig.press("q");
        rig.wait(1_000);
        assert!(quits(&rig.press(keys)), "{keys}");
    }
}

#[test]
fn a_held_key_does_not_insist() {
    let mut rig = sending();
    for _ in 0..5 {
        assert!(!quits(&rig.press("q")));
        rig.wait(50);
    }
}

#[test]
fn escape_stays() {
    let mut rig = sending();
    rig.press("q");
    rig.press("<esc>");
    assert_eq!(rig.model.leaving, Leaving::No);
    assert!(!quits(&done(&mut rig, 0)), "it was taken back");
}

#[test]
fn control_c_twice_waits_like_q() {
    let mut rig = sending();
    rig.settle_questions();
    rig.press("<c-c>");
    assert_eq!(rig.hint(), "once more quits");
    rig.wait(1_000);
    assert!(!quits(&rig.press("<c-c>")));
    assert_eq!(rig.model.leaving, Leaving::WhenSent);
    rig.wait(1_000);
    assert!(quits(&rig.press("<c-c>")));
}

#[test]
fn a_task_with_more_to_send_is_asked_about_by_either_key() {
    for keys in ["q", "<c-c><c-c>"] {
        let mut rig = Rig::two_orgs().on(Pane::Members);
        rig.press("*D");
        let (_, wish) = rig.planning();
        rig.prepared(plan_for(&wish));
        rig.wait(400);
        // Its plan is still being written down: all of it is to be sent.
        rig.press("y");
        rig.press("<esc>");
        rig.wait(1_000);
        assert!(!quits(&rig.press(keys)));
        assert!(asks(&rig), "{keys}");
        rig.wait(1_000);
        rig.press("<enter>");
        assert!(rig.model.overlays.is_empty(), "the first button is no");
        assert_eq!(rig.model.leaving, Leaving::No);
        assert_eq!(*rig.model.tasks[&FIRST].mode(), Mode::Recording);
    }
}

#[test]
fn what_is_sent_of_a_task_is_waited_for_and_nothing_more_goes_out() {
    let mut rig = running();
    let task = &rig.model.tasks[&FIRST];
    assert!(task.is_sending() && !task.is_over());
    rig.press("q");
    assert_eq!(
        rig.model.leaving,
        Leaving::WhenSent,
        "all of it is under way"
    );
    assert!(!quits(&done(&mut rig, 0)));
    assert!(!quits(&done(&mut rig, 1)));
    assert!(quits(&done(&mut rig, 2)));
}

#[test]
fn on_a_screen_too_small_for_a_question_it_waits_and_goes_by_the_same_keys() {
    let mut rig = sending();
    rig.send(Msg::Resized(Size {
        width: 30,
        height: 8,
    }));
    assert!(!quits(&rig.press("q")));
    rig.wait(1_000);
    assert!(quits(&rig.press("q")));
}

/// Whoever begins something new has changed their mind.
#[test]
fn something_new_takes_the_leaving_back() {
    let mut rig = sending();
    rig.press("q");
    rig.press("jD");
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(400);
    rig.press("y");
    assert_eq!(rig.model.leaving, Leaving::No);
    assert!(!quits(&done(&mut rig, 0)));
}
