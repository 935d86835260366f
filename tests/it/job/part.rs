//! The rows of a task: where each stands, how many came to what, and what can be tried once more.

use orgdeck::domain::history::Fate;
use orgdeck::domain::outcome::Proof;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::record::Ended;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{
    ApiError, Fault, Fidelity, InviteDraft, InviteId, InviteRef, Moment, Mutation, OrgId, Outcome,
    Plan, Profile, Receipt, Request, Seen, Step, Text, Verb, Wish,
};
use orgdeck::job::rest::failed;
use orgdeck::job::task::Past;
use orgdeck::job::{Tally, Task};

use crate::domain::sample::org_id;
use crate::support::past::{self, ENTRY};

fn done() -> Outcome {
    Outcome::Done(Receipt::default())
}

fn already() -> Outcome {
    Outcome::Done(Receipt {
        proof: Proof::AlreadySo,
        ..Receipt::default()
    })
}

fn refused() -> Outcome {
    Outcome::Refused(ApiError::new(Verb::InviteResend, Fault::Refused))
}

fn address(number: usize) -> Text {
    Text::from(format!("{number}@b.example"))
}

fn again(number: usize) -> Wish {
    Wish::Resend(Resend::Address {
        org: org_id("1"),
        email: address(number),
    })
}

/// A bulk that sends so many invites again, each by two steps: one that revokes and one that invites.
fn bulk(rows: usize) -> Task {
    let steps = (0..rows).flat_map(|row| {
        let id = InviteId::new(org_id("1").profile(), row.to_string());
        let revoke = Mutation::RevokeInvite {
            invite: InviteRef {
                org: org_id("1"),
                id,
            },
        };
        let invite = Mutation::Invite {
            org: org_id("1"),
            draft: InviteDraft::to(address(row)),
        };
        let step = |change, after| Step {
            change,
            request: Request::get("/"),
            seen: Seen::Nothing,
            after,
        };
        [step(revoke, None), step(invite, Some(row * 2))]
    });
    let plan = Plan {
        wish: Wish::each((0..rows).map(again).collect()).unwrap(),
        steps: steps.collect(),
        checks: Vec::new(),
        objections: Vec::new(),
        undo: Fidelity::Exact,
    };
    let consent = plan.agree(TaskId(1), None).unwrap();
    let mut task = Task::new(TaskId(1), plan, consent);
    task.recorded(Ok(ENTRY));
    task
}

/// Runs it to its end; `how` says what comes of each step.
fn run(task: &mut Task, how: impl Fn(usize) -> Outcome) {
    let now = Moment::default();
    loop {
        let going = task.next(now);
        if going.is_empty() {
            break;
        }
        for go in going {
            task.settle(now, go.number, how(go.number));
        }
    }
}

#[test]
fn a_row_is_done_when_all_its_steps_are() {
    let mut task = bulk(4);
    run(&mut task, |step| match step {
        2 => already(),
        5 => refused(),
        6 => Outcome::Unknown,
        _ => done(),
    });
    let parts = task.parts();
    let steps: Vec<_> = parts.iter().map(|part| part.steps.clone()).collect();
    assert_eq!(steps, [0..2, 2..4, 4..6, 6..8]);
    assert!(task.is_half_done(&parts[2]) && !task.is_half_done(&parts[3]));
    let wanted = Tally {
        done: 2,
        half_done: 1,
        unknown: 1,
        ..Tally::default()
    };
    assert_eq!(task.tally(), wanted);
    assert_eq!(wanted.words(), "2 done, 1 half done, 1 unknown");
    assert_eq!((wanted.all(), wanted.ended()), (4, 4));
}

#[test]
fn what_is_done_or_unknown_is_not_tried_again() {
    let mut task = bulk(4);
    run(&mut task, |step| match step {
        2 | 5 => refused(),
        6 => Outcome::Unknown,
        _ => done(),
    });
    let left = failed(&task).unwrap();
    assert_eq!(left.parts(), [again(1), again(2)]);
}

#[test]
fn nothing_is_tried_again_before_the_end_or_where_all_is_done() {
    let mut task = bulk(2);
    assert_eq!(failed(&task), None);
    run(&mut task, |_| done());
    assert_eq!(failed(&task), None);
}

#[test]
fn what_was_stopped_is_not_sent_and_can_be_taken_up() {
    let mut task = bulk(6);
    let going = task.next(Moment::default());
    task.stop();
    for go in going {
        task.settle(Moment::default(), go.number, already());
    }
    let tally = task.tally();
    assert_eq!(
        (tally.half_done, tally.not_sent),
        (4, 2),
        "the second step of none was sent: {tally:?}"
    );
    assert_eq!(failed(&task).unwrap().parts().len(), 6);
}

#[test]
fn a_bulk_is_on_one_profile_and_says_whether_it_is_of_one_kind() {
    assert_eq!(Wish::each(Vec::new()), None);
    assert_eq!(
        Wish::each(vec![again(1)]),
        Some(again(1)),
        "one alone stays what it is"
    );
    let leave = Wish::Leave { org: org_id("1") };
    assert!(Wish::each(vec![again(1), leave]).unwrap().is_mixed());
    let both = Wish::each(vec![again(1), again(2)]).unwrap();
    assert_eq!(
        (both.verb(), both.org()),
        (Verb::InviteResend, Some(&org_id("1")))
    );
    assert!(!both.is_mixed());
    assert_eq!(Wish::each(vec![both.clone(), again(3)]), None);
    let other = OrgId::new(&Profile::new("other"), "1");
    let elsewhere = Wish::Leave { org: other };
    assert_eq!(Wish::each(vec![again(1), elsewhere]), None);
}

/// A row is counted alike, whether a task or the journal tells of it.
#[test]
fn r22_a_tally_adds_up_with_the_counts_of_the_journal() {
    let word = |word| past::end(word, None);
    let fates = [
        Fate::Done(word(Ended::Done)),
        Fate::AlreadySo,
        Fate::Refused(word(Ended::Refused)),
        Fate::Unknown,
        Fate::Open,
        Fate::NotStarted,
    ];
    for first in &fates {
        for second in &fates {
            let both = vec![first.clone(), second.clone()];
            let left = past::interrupted(41, bulk(1).plan, both);
            let came_from = Past {
                plan: left.course.no,
                at: left.course.at,
            };
            let counts = left.counts();
            let plan = (left.plan.unwrap(), &left.fates[..]);
            let tally = Task::inherited(TaskId(2), came_from, plan).tally();
            let told = [
                (tally.done + tally.already, counts.done),
                (tally.half_done, counts.half_done),
                (tally.refused, counts.refused),
                (tally.unknown, counts.unknown),
                (tally.not_sent, counts.not_started),
                (tally.all(), counts.all()),
            ];
            assert!(
                told.iter().all(|(task, journal)| task == journal),
                "{first:?}, {second:?}: {tally:?}, {counts:?}"
            );
        }
    }
}
