//! Waiting: for a service, for a token, for a person; and stopping.

use std::time::Duration;

use orgdeck::domain::{ApiError, Fault, Moment, Outcome};
use orgdeck::job::Task;
use orgdeck::job::task::{Mode, State};

use super::super::error;
use super::{at, done, going, invite, invites, is_quiet, signed_out, states, step, task};
use crate::support::past::ENTRY;

pub(super) fn slowed(seconds: Option<u64>) -> Outcome {
    let after = seconds.map(Duration::from_secs);
    Outcome::NotApplied(error(Fault::Slowed { after }))
}

#[test]
fn a_bad_token_stops_keeps_the_rest_and_lets_it_go_on() {
    let mut task = invites(500);
    let (mut sent, mut refused) = (Vec::new(), 0);
    let mut queue = going(&mut task, 0);
    while let Some(number) = queue.pop() {
        if sent.len() < 100 {
            sent.push(number);
            task.settle(at(1), number, done());
        } else {
            refused += 1;
            task.settle(at(1), number, signed_out());
        }
        queue.extend(going(&mut task, 1));
    }
    assert_eq!(
        (sent.len(), refused, task.mode()),
        (100, 4, &Mode::NeedsToken)
    );
    assert!(is_quiet(&mut task, 1_000));
    task.pause();
    loop {
        let now = going(&mut task, 2);
        if now.is_empty() {
            break;
        }
        for number in now {
            sent.push(number);
            task.settle(at(2), number, done());
        }
    }
    sent.sort_unstable();
    assert_eq!(sent, (0..500).collect::<Vec<_>>());
    assert!(task.is_over());
}

fn renewed() -> Outcome {
    Outcome::NotApplied(error(Fault::Renewed))
}

/// One step tries the new token; those under way say no more of the old one, and the others follow.
#[test]
fn r21_another_token_is_tried_by_one_step_and_the_others_follow() {
    let mut task = invites(6);
    assert_eq!(going(&mut task, 0), [0, 1, 2, 3]);
    for number in 0..4 {
        assert!(is_quiet(&mut task, 1), "{number} is still under way");
        task.settle(at(1), number, renewed());
    }
    assert_eq!(task.mode(), &Mode::Running);
    assert_eq!(going(&mut task, 1), [0]);
    assert!(is_quiet(&mut task, 1), "the others wait for the first");
    task.settle(at(2), 0, done());
    assert_eq!(going(&mut task, 2), [1, 2, 3, 4]);
    // Much later that one ends as well, and there is another one once more.
    task.settle(at(3), 1, renewed());
    for number in [2, 3, 4] {
        task.settle(at(3), number, done());
    }
    assert_eq!(going(&mut task, 3), [1]);
}

#[test]
fn r21_another_token_that_is_no_better_stops_everything() {
    for no_better in [renewed(), signed_out()] {
        let mut task = invites(9);
        for number in going(&mut task, 0) {
            task.settle(at(1), number, renewed());
        }
        assert_eq!(going(&mut task, 1), [0]);
        task.settle(at(2), 0, no_better);
        assert_eq!(task.mode(), &Mode::NeedsToken);
        assert!(is_quiet(&mut task, 2));
        assert_eq!(states(&task), vec![State::Waiting; 9], "nothing is lost");
        task.pause();
        assert_eq!(going(&mut task, 3).len(), 4);
    }
}

#[test]
fn r23_a_slowed_step_waits_its_time_and_goes_out_again() {
    let mut task = invites(1);
    going(&mut task, 0);
    task.settle(at(0), 0, slowed(Some(30)));
    assert_eq!(
        (task.mode(), states(&task)),
        (&Mode::Until(at(30)), vec![State::Waiting])
    );
    assert_eq!(task.wake_at(at(0)), Some(at(1)));
    assert_eq!(
        task.wake_at(Moment(Duration::from_millis(29_500))),
        Some(at(30))
    );
    assert!(is_quiet(&mut task, 29));
    assert_eq!(going(&mut task, 30), [0]);
    assert_eq!(task.wake_at(at(30)), None);
}

#[test]
fn a_service_that_does_not_say_how_long_is_given_ten_seconds() {
    let mut task = invites(1);
    going(&mut task, 0);
    task.settle(at(5), 0, slowed(None));
    assert_eq!(*task.mode(), Mode::Until(at(15)));
}

#[test]
fn the_longest_of_several_waits_counts() {
    let mut task = invites(6);
    going(&mut task, 0);
    task.settle(at(0), 0, slowed(Some(30)));
    task.settle(at(0), 1, slowed(Some(1)));
    assert!(is_quiet(&mut task, 29));
    assert_eq!(going(&mut task, 30), [0, 1]);
}

#[test]
fn a_pause_does_not_shorten_the_services_wait() {
    let mut task = invites(1);
    going(&mut task, 0);
    task.settle(at(0), 0, slowed(Some(30)));
    task.pause();
    assert_eq!(task.mode(), &Mode::Paused);
    assert!(is_quiet(&mut task, 60));
    task.pause();
    assert!(is_quiet(&mut task, 29));
    assert_eq!(*task.mode(), Mode::Until(at(30)));
    assert_eq!(going(&mut task, 30), [0]);
}

#[test]
fn r23_a_wait_that_is_too_long_is_left_to_the_person() {
    let mut task = invites(1);
    going(&mut task, 0);
    task.settle(at(0), 0, slowed(Some(120)));
    assert_eq!(*task.mode(), Mode::Until(at(120)));
    assert_eq!(going(&mut task, 120), [0]);
    task.settle(at(120), 0, slowed(Some(121)));
    assert_eq!((task.mode(), task.wake_at(at(120))), (&Mode::TooLong, None));
    assert!(is_quiet(&mut task, 9_000));
    task.pause();
    assert_eq!(going(&mut task, 9_000), [0]);
}

/// How long a step is sent again that is always told to wait so long, until somebody is asked: how often,
/// and when that is.
fn turned_away(task: &mut Task, (from, wait): (u64, Option<u64>)) -> (usize, u64) {
    let mut now = from;
    for times in 1.. {
        assert_eq!(going(task, now), [0], "{times}");
        task.settle(at(now), 0, slowed(wait));
        match *task.mode() {
            Mode::Until(end) => now = end.0.as_secs(),
            Mode::TooLong => return (times, now),
            ref other => panic!("{other:?}"),
        }
    }
    unreachable!("it has no end")
}

#[test]
fn r23_waits_of_one_step_add_up_until_the_person_is_asked() {
    for (wait, times, end) in [
        (Some(50), 3, 100),
        (Some(120), 2, 120),
        (Some(1), 10, 9),
        // No wait at all is none that would ever end.
        (Some(0), 10, 9),
        (None, 10, 90),
    ] {
        let mut task = invites(1);
        assert_eq!(turned_away(&mut task, (0, wait)), (times, end), "{wait:?}");
        // Whoever says that it goes on has as much patience again.
        task.pause();
        assert_eq!(turned_away(&mut task, (900, wait)), (times, 900 + end));
    }
}

#[test]
fn waits_of_different_steps_do_not_add_up() {
    let mut task = invites(4);
    going(&mut task, 0);
    for number in 0..4 {
        task.settle(at(0), number, slowed(Some(100)));
    }
    assert_eq!(*task.mode(), Mode::Until(at(100)));
}

#[test]
fn what_was_sent_and_turned_away_is_told_from_what_was_not_sent() {
    let mut task = invites(6);
    going(&mut task, 0);
    let answered = |fault| {
        let status = Some(429);
        Outcome::NotApplied(ApiError {
            status,
            ..error(fault)
        })
    };
    task.settle(at(0), 0, answered(Fault::Slowed { after: None }));
    task.settle(at(0), 1, slowed(None));
    task.settle(at(0), 2, answered(Fault::SignedOut));
    task.settle(at(0), 3, done());
    task.stop();
    let turned_away: Vec<usize> = (0..6)
        .filter(|number| task.was_turned_away(*number))
        .collect();
    assert_eq!(turned_away, [0, 2]);
}

#[test]
fn a_pause_holds_what_was_not_sent_and_nothing_else() {
    let mut task = invites(5);
    assert_eq!(going(&mut task, 0).len(), 4);
    task.pause();
    task.settle(at(1), 0, done());
    assert!(is_quiet(&mut task, 1));
    assert!(task.is_sending());
    task.settle(at(1), 1, slowed(Some(1)));
    assert_eq!(*task.mode(), Mode::Paused);
    task.settle(at(1), 2, signed_out());
    assert_eq!(*task.mode(), Mode::Paused);
    task.pause();
    assert_eq!(going(&mut task, 2), [1, 2, 4]);
}

#[test]
fn stopping_skips_what_was_not_sent_and_waits_for_the_rest() {
    let mut task = invites(6);
    going(&mut task, 0);
    task.stop();
    assert_eq!(states(&task)[4..], [State::Skipped, State::Skipped]);
    assert!(!task.is_over());
    task.settle(at(1), 0, slowed(Some(1)));
    task.settle(at(1), 1, signed_out());
    task.settle(at(1), 2, Outcome::Unknown);
    task.settle(at(1), 3, done());
    assert_eq!(
        states(&task)[..3],
        [State::Skipped, State::Skipped, State::Unknown(None)]
    );
    assert!(task.is_over());
    task.pause();
    assert_eq!(task.mode(), &Mode::Stopping);
    assert!(is_quiet(&mut task, 9));
}

#[test]
fn a_task_that_was_stopped_before_it_was_recorded_stays_stopped() {
    let mut task = task(vec![step(invite(0), None)]);
    task.stop();
    task.recorded(Ok(ENTRY));
    assert_eq!(
        (task.mode(), states(&task)),
        (&Mode::Stopping, vec![State::Skipped])
    );
    assert!(is_quiet(&mut task, 0));
}
