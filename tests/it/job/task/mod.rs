//! Tasks: a plan carried out step by step, nothing repeated that may have been applied.

mod chain;
mod patience;

use std::time::Duration;

use orgdeck::domain::outcome::Receipt;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{
    Fault, Fidelity, InviteDraft, Method, Moment, Mutation, Outcome, Plan, Request, Seen, Step,
    StepNo, Wish,
};
use orgdeck::job::Task;
use orgdeck::job::task::{Mode, State};
use proptest::prelude::*;

use super::error;
use crate::domain::sample::{org_id, profile};
use crate::support::past::ENTRY;
use patience::slowed;

fn step(change: Mutation, after: Option<StepNo>) -> Step {
    Step {
        change,
        request: Request::new(Method::Post, "/x"),
        seen: Seen::Nothing,
        after,
    }
}

fn invite(number: usize) -> Mutation {
    Mutation::Invite {
        org: org_id("1"),
        draft: InviteDraft::to(format!("{number}@b.example")),
    }
}

fn task(steps: Vec<Step>) -> Task {
    let plan = Plan {
        wish: Wish::Leave { org: org_id("1") },
        steps,
        objections: Vec::new(),
        checks: Vec::new(),
        undo: Fidelity::Exact,
    };
    let consent = plan.agree(TaskId(1), None).unwrap();
    Task::new(TaskId(1), plan, consent)
}

/// So many invites that do not wait for one another, recorded.
fn invites(count: usize) -> Task {
    let mut task = task((0..count).map(|n| step(invite(n), None)).collect());
    task.recorded(Ok(ENTRY));
    task
}

fn at(seconds: u64) -> Moment {
    Moment(Duration::from_secs(seconds))
}

fn done() -> Outcome {
    Outcome::Done(Receipt::default())
}

fn signed_out() -> Outcome {
    Outcome::NotApplied(error(Fault::SignedOut))
}

/// The numbers of the steps that go out now.
fn going(task: &mut Task, seconds: u64) -> Vec<StepNo> {
    let going = task.next(at(seconds));
    going.into_iter().map(|go| go.number).collect()
}

/// Whether no step goes out now.
fn is_quiet(task: &mut Task, seconds: u64) -> bool {
    task.next(at(seconds)).is_empty()
}

fn states(task: &Task) -> Vec<State> {
    task.steps().map(|(_, state)| state.clone()).collect()
}

#[test]
fn nothing_goes_out_before_the_plan_is_recorded() {
    let mut task = task(vec![step(invite(0), None)]);
    assert!(is_quiet(&mut task, 0));
    assert_eq!(task.mode(), &Mode::Recording);
    task.recorded(Ok(ENTRY));
    assert_eq!(going(&mut task, 0), [0]);
}

#[test]
fn a_plan_that_cannot_be_recorded_is_refused_as_a_whole() {
    let mut task = task(vec![step(invite(0), None), step(invite(1), Some(0))]);
    let why = error(Fault::Unrecorded("disk full".into()));
    task.recorded(Err(why.clone()));
    assert_eq!(
        states(&task),
        [State::Refused(why.clone()), State::Refused(why)]
    );
    assert!(is_quiet(&mut task, 0));
    assert!(task.is_over());
}

#[test]
fn a_step_goes_out_with_its_request_and_its_consent() {
    let mut task = invites(1);
    let go = task.next(at(0)).remove(0);
    assert_eq!(go.step.change, invite(0));
    assert!(go.consent.covers(go.number, &go.step));
    assert_eq!(go.consent.task(), TaskId(1));
    assert_eq!(task.profile(), &profile());
}

#[test]
fn r73_four_go_out_at_once_and_each_end_makes_room() {
    let mut task = invites(6);
    assert_eq!(going(&mut task, 0), [0, 1, 2, 3]);
    assert!(is_quiet(&mut task, 0));
    task.settle(at(1), 2, done());
    assert_eq!(going(&mut task, 1), [4]);
    assert!(task.is_sending() && !task.is_over());
}

#[test]
fn every_end_is_kept_and_nothing_that_may_be_applied_goes_out_again() {
    let mut task = invites(4);
    going(&mut task, 0);
    let refusal = error(Fault::Conflict);
    task.settle(at(1), 0, done());
    task.settle(at(1), 1, Outcome::Refused(refusal.clone()));
    task.settle(at(1), 2, Outcome::Unknown);
    task.settle(at(1), 3, Outcome::Differs(Seen::Gone));
    let ends = [
        State::Done(Receipt::default()),
        State::Refused(refusal),
        State::Unknown(None),
        State::Differs(Seen::Gone),
    ];
    assert_eq!(states(&task), ends);
    assert!(is_quiet(&mut task, 9));
    assert!(task.is_over() && !task.is_sending());
}

#[test]
fn what_was_not_applied_for_no_passing_reason_is_refused() {
    let mut task = invites(1);
    going(&mut task, 0);
    task.settle(at(1), 0, Outcome::NotApplied(error(Fault::TimedOut)));
    assert_eq!(states(&task), [State::Refused(error(Fault::TimedOut))]);
    assert!(is_quiet(&mut task, 9));
}

fn any_end() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        4 => Just(done()),
        1 => Just(Outcome::Refused(error(Fault::Forbidden))),
        1 => Just(Outcome::Unknown),
        1 => (0_u64..200).prop_map(|wait| slowed(Some(wait))),
        1 => Just(signed_out()),
    ]
}

proptest! {
    #[test]
    fn r2_a_step_goes_out_again_only_when_it_was_not_applied(
        ends in prop::collection::vec(any_end(), 80),
        chained in prop::collection::vec(any::<bool>(), 12),
    ) {
        let after = |n: usize| n.checked_sub(1).filter(|_| chained[n]);
        let mut task = task((0..chained.len()).map(|n| step(invite(n), after(n))).collect());
        task.recorded(Ok(ENTRY));
        let (mut out, mut closed) = (Vec::new(), Vec::new());
        for (seconds, end) in (0_u64..).zip(ends) {
            if matches!(task.mode(), Mode::Paused | Mode::TooLong | Mode::NeedsToken) {
                task.pause();
            }
            out.extend(going(&mut task, seconds * 200));
            prop_assert!(out.len() <= 4);
            let Some(number) = out.pop() else { break };
            prop_assert!(!closed.contains(&number), "{number} went out again");
            if !matches!(end, Outcome::NotApplied(_)) {
                closed.push(number);
            }
            task.settle(at(seconds * 200), number, end);
        }
        for (number, state) in states(&task).iter().enumerate() {
            let open = matches!(state, State::Waiting | State::Sent | State::Skipped);
            prop_assert_eq!(open, !closed.contains(&number), "{}: {:?}", number, state);
        }
    }
}
