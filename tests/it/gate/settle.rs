//! Tests of `gate::settle`: a lost answer is settled by looking, never by sending again.

use orgdeck::domain::connection::Access;
use orgdeck::domain::outcome::{Made, Proof};
use orgdeck::domain::{ApiError, Fault, Outcome, Seen, Verb};
use orgdeck::gate::settle::{Verdict, verdict};

use super::House;
use crate::support::fake::{Fake, Fate, ask, invite, revoke};

#[tokio::test(start_paused = true)]
async fn a_lost_answer_that_was_applied_is_done_and_sent_once() {
    let fake = Fake::with(&[]);
    let house = House::over(fake.link(Access::Full));
    fake.fate(Fate::AppliedAndLost);
    let plan = house.plan(ask("kim@acme.example")).await;
    let Outcome::Done(receipt) = house.carry(&plan, (1, 0)).await else {
        panic!("the invite is there");
    };
    assert_eq!(receipt.proof, Proof::ReadAgain);
    assert!(matches!(receipt.made, Some(Made::Invites(ids)) if ids.len() == 1));
    assert_eq!(fake.sent().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_that_changed_nothing_is_said_so() {
    let open = invite("inv_1", "jon@old.example");
    let fake = Fake::with(std::slice::from_ref(&open));
    let house = House::over(fake.link(Access::Full));
    fake.fate(Fate::Lost);
    let plan = house.plan(revoke(&open)).await;
    let outcome = house.carry(&plan, (1, 0)).await;
    let expected = ApiError::new(Verb::InviteRevoke, Fault::NotApplied);
    assert_eq!(outcome, Outcome::Refused(expected));
    assert_eq!(fake.sent().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_looked_at_stays_unknown() {
    let open = invite("inv_1", "jon@old.example");
    let fake = Fake::with(std::slice::from_ref(&open));
    let house = House::over(fake.link(Access::Full));
    let plan = house.plan(revoke(&open)).await;
    fake.fate(Fate::AppliedAndLost);
    let brake = fake.brake.lock().await;
    let carried = house.gate.carry(house.crossing(&plan, (1, 0)));
    while fake.sent().is_empty() {
        tokio::task::yield_now().await;
    }
    *fake.blind.lock().unwrap() = Some(Fault::TimedOut);
    drop(brake);
    assert_eq!(carried.await.unwrap(), Outcome::Unknown);
    assert_eq!(fake.sent().len(), 1);
}

#[test]
fn where_there_is_nothing_to_look_at_nothing_is_claimed() {
    let change = orgdeck::domain::Mutation::Invite {
        org: crate::support::fake::org(),
        draft: orgdeck::domain::InviteDraft::to("kim@acme.example"),
    };
    assert_eq!(
        verdict(&change, &Seen::Nothing, &Seen::Nothing),
        Verdict::Unclear
    );
}
