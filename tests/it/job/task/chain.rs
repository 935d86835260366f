//! Chains: a step waits for the one before, takes over what it made, and does not outlive its failure.

use orgdeck::domain::outcome::{Made, Receipt};
use orgdeck::domain::{Fault, Fields, Mutation, OrgRef, Outcome, Role, Seen};
use orgdeck::job::Task;
use orgdeck::job::task::State;

use super::super::error;
use super::patience::slowed;
use super::{at, done, going, invite, is_quiet, states, step, task};
use crate::domain::sample::{invite_ref, org_id, profile, user_id};
use crate::support::past::ENTRY;

/// An organization, and its first member once it is there.
fn new_org() -> Task {
    let create = Mutation::CreateOrg {
        profile: profile(),
        fields: Fields::default(),
    };
    let add = Mutation::AddMember {
        org: OrgRef::Of(profile(), 0),
        user: user_id("u"),
        role: Role::named("admin"),
        metadata: None,
    };
    let mut task = task(vec![step(create, None), step(add, Some(0))]);
    task.recorded(Ok(ENTRY));
    task
}

fn made(org: &str) -> Outcome {
    Outcome::Done(Receipt {
        made: Some(Made::Org(org_id(org))),
        ..Receipt::default()
    })
}

#[test]
fn a_resend_that_stops_half_way_says_what_is_done() {
    let revoke = Mutation::RevokeInvite {
        invite: invite_ref("i"),
    };
    let steps = vec![step(revoke, None), step(invite(0), Some(0))];
    let mut task = task(steps);
    task.recorded(Ok(ENTRY));
    assert_eq!(going(&mut task, 0), [0]);
    assert!(is_quiet(&mut task, 0));
    task.settle(at(1), 0, done());
    assert_eq!(going(&mut task, 1), [1]);
    task.settle(at(2), 1, Outcome::Unknown);
    assert_eq!(
        states(&task),
        [State::Done(Receipt::default()), State::Unknown(None)]
    );
    assert!(task.is_over());
}

#[test]
fn a_step_goes_out_with_the_organization_that_the_one_before_made() {
    let mut task = new_org();
    assert_eq!(going(&mut task, 0), [0]);
    task.settle(at(1), 0, made("9"));
    let go = task.next(at(1)).remove(0);
    let org = OrgRef::Id(org_id("9"));
    assert!(matches!(&go.step.change, Mutation::AddMember { org: filled, .. } if *filled == org));
    assert!(go.consent.covers(1, &go.step));
    task.settle(at(2), 1, slowed(Some(1)));
    assert_eq!(task.next(at(3)), [go]);
}

#[test]
fn a_step_whose_organization_is_not_told_is_skipped() {
    let mut task = new_org();
    going(&mut task, 0);
    task.settle(at(1), 0, done());
    assert!(is_quiet(&mut task, 1));
    assert_eq!(states(&task)[1], State::Skipped);
    assert!(task.is_over());
}

#[test]
fn a_chain_ends_with_its_first_step_that_is_not_done() {
    let ends = [
        Outcome::Refused(error(Fault::Forbidden)),
        Outcome::Unknown,
        Outcome::Differs(Seen::Gone),
        Outcome::NotApplied(error(Fault::TimedOut)),
    ];
    for end in ends {
        let chained = |n: usize| step(invite(n), n.checked_sub(1));
        let mut task = task((0..4).map(chained).collect());
        task.recorded(Ok(ENTRY));
        going(&mut task, 0);
        task.settle(at(1), 0, done());
        assert_eq!(going(&mut task, 1), [1]);
        task.settle(at(2), 1, end.clone());
        assert!(is_quiet(&mut task, 2), "{end:?}");
        assert_eq!(states(&task)[2..], [State::Skipped, State::Skipped]);
        assert!(task.is_over());
    }
}
