//! Finishing what is half done: as long as it was not really finished it is half done, and is offered again.

use orgdeck::app::notice::Word;
use orgdeck::app::overlay;
use orgdeck::app::place::Pane;
use orgdeck::app::{Effect, Msg, tasks};
use orgdeck::domain::entry::{Closes, EntryNo};
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{ApiError, Fault, Outcome, Receipt, Verb, Why, Wish};

use crate::support::plan::plan_for;
use crate::support::rig::{Rig, profile};

/// The entry of the plan that stopped half-way.
const LEFT: EntryNo = EntryNo(41);

fn refused() -> Outcome {
    Outcome::Refused(ApiError::new(Verb::InviteCreate, Fault::Refused).words("not today"))
}

/// Says yes to the question on top, which is recorded as this entry: the task, and why it is carried out.
fn agreed(rig: &mut Rig, entry: EntryNo) -> (TaskId, Why) {
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(1_000);
    let effects = rig.press("y");
    let [Effect::Record { task, why, .. }] = &effects[..] else {
        panic!("it is recorded, and nothing is closed: {effects:?}");
    };
    let begun = (*task, why.clone());
    rig.send(Msg::Recorded(begun.0, Ok(entry)));
    rig.effects.clear();
    begun
}

/// An invite that was revoked, and whose new one was refused.
fn half_done() -> (Rig, TaskId) {
    let mut rig = Rig::two_orgs().on(Pane::Invites);
    rig.press("t");
    let (task, why) = agreed(&mut rig, LEFT);
    assert_eq!(why, Why::Wished);
    rig.send(Msg::Carried(task, 0, Outcome::Done(Receipt::default())));
    let effects = rig.send(Msg::Carried(task, 1, refused()));
    assert!(!closes(&effects), "a later session is to know of it");
    (rig, task)
}

fn closes(effects: &[Effect]) -> bool {
    effects
        .iter()
        .any(|one| matches!(one, Effect::Close { .. }))
}

/// The messages that something waits to be finished.
fn half_done_notices(rig: &Rig) -> Vec<TaskId> {
    let notices = rig.model.notices.all().iter();
    let task = notices.filter_map(|notice| match notice.word {
        Word::Unfinished { task, .. } if notice.kind() == "HALF DONE" => Some(task),
        _ => None,
    });
    task.collect()
}

fn is_inviting(rig: &Rig) -> bool {
    matches!(rig.planning().1, Wish::Invite { .. })
}

#[test]
fn r22_what_was_refused_once_more_is_half_done_as_before() {
    let (mut rig, left) = half_done();
    let mut heir = left;
    for turn in 0..3 {
        assert_eq!(half_done_notices(&rig), [left], "{turn}");
        rig.wait(1_000);
        rig.press("gf");
        assert!(is_inviting(&rig), "{turn}");
        let (task, why) = agreed(&mut rig, EntryNo(50 + turn));
        assert_eq!(why, Why::Finishes(LEFT), "{turn}");
        assert_eq!(half_done_notices(&rig), [], "it is being finished");
        heir = task;
        let effects = rig.send(Msg::Carried(task, 0, refused()));
        let closed = Effect::Close {
            which: Closes::Task(task),
            profile: profile("shop"),
        };
        assert!(effects.contains(&closed), "{effects:?}");
    }
    let tally = tasks::find(&rig.model, left).unwrap().tally();
    assert_eq!((tally.half_done, tally.all()), (1, 1));
    rig.wait(1_000);
    rig.press("w");
    rig.press("r");
    assert_eq!(
        rig.hint(),
        format!("its rest is task {}: try that one", left.0)
    );
    assert_eq!(tasks::find(&rig.model, heir).unwrap().heir, Some(left));
}

#[test]
fn what_was_finished_is_not_offered_again() {
    let (mut rig, left) = half_done();
    rig.press("gf");
    let (task, _) = agreed(&mut rig, EntryNo(50));
    let effects = rig.send(Msg::Carried(task, 0, Outcome::Done(Receipt::default())));
    assert!(!closes(&effects), "{effects:?}");
    rig.settle();
    rig.press("gf");
    assert_eq!(rig.hint(), "nothing is left to be finished");
    assert_eq!(tasks::find(&rig.model, left).unwrap().heir, Some(task));
}

#[test]
fn what_may_have_been_finished_is_not_offered_again() {
    let (mut rig, left) = half_done();
    rig.press("gf");
    let (task, _) = agreed(&mut rig, EntryNo(50));
    let effects = rig.send(Msg::Carried(task, 0, Outcome::Unknown));
    assert!(!closes(&effects), "{effects:?}");
    rig.settle();
    rig.press("gf");
    assert_eq!(rig.hint(), "nothing is left to be finished");
    assert_eq!(tasks::find(&rig.model, left).unwrap().heir, Some(task));
}

#[test]
fn what_was_stopped_before_it_was_sent_and_what_could_not_be_recorded_leave_it_half_done() {
    let (mut rig, left) = half_done();
    rig.press("gf");
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(1_000);
    let effects = rig.press("y");
    let [Effect::Record { task, .. }] = effects[..] else {
        panic!("it is recorded: {effects:?}");
    };
    let full = ApiError::new(Verb::InviteCreate, Fault::Unrecorded("disk full".into()));
    rig.send(Msg::Recorded(task, Err(full)));
    assert_eq!(half_done_notices(&rig), [left]);
    rig.effects.clear();
    rig.wait(1_000);
    rig.press("gf");
    assert!(is_inviting(&rig));
    rig.prepared(plan_for(&wish));
    rig.wait(1_000);
    rig.press("y");
    rig.press("w");
    rig.wait(1_000);
    let effects = overlay::tasks::stop(&mut rig.model);
    assert!(closes(&effects), "{effects:?}");
    assert_eq!(half_done_notices(&rig), [left]);
}

#[test]
fn the_rest_of_a_task_that_another_one_has_is_taken_up_there() {
    let (mut rig, left) = half_done();
    rig.press("gf");
    let (task, _) = agreed(&mut rig, EntryNo(50));
    rig.press("wjgf");
    assert_eq!(
        rig.hint(),
        format!("its rest is task {}: take that one up", task.0)
    );
    assert_eq!(tasks::find(&rig.model, left).unwrap().heir, Some(task));
}
