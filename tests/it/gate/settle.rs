//! Tests of `gate::settle`: a lost answer is settled by looking, never by sending again.

use orgdeck::domain::connection::Access;
use orgdeck::domain::outcome::{Made, Proof};
use orgdeck::domain::{ApiError, Fault, InviteDraft, Mutation, Outcome, Seen, Verb};
use orgdeck::gate::settle::{Verdict, verdict};

use super::House;
use crate::support::fake::{Fake, Fate, ask, invite, org, revoke};

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
    let expected = ApiError::new(Verb::InviteRevoke, Fault::NotApplied(None));
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
    let change = Mutation::Invite {
        org: org(),
        draft: InviteDraft::to("kim@acme.example"),
    };
    assert_eq!(
        verdict(&change, &Seen::Nothing, &Seen::Nothing),
        Verdict::Unclear
    );
}

#[test]
fn a_call_for_several_addresses_is_applied_when_each_has_a_new_invite() {
    let change = Mutation::InviteBulk {
        org: org(),
        drafts: ["kim@acme.example", "Lu@acme.example"]
            .map(InviteDraft::to)
            .into(),
    };
    let old = invite("inv_1", "kim@acme.example");
    let (kim, lu) = (
        invite("inv_2", "KIM@acme.example"),
        invite("inv_3", "lu@acme.example"),
    );
    let none = Seen::Invites(Vec::new());
    let both = Seen::Invites(vec![kim.clone(), lu.clone()]);
    let one = Seen::Invites(vec![kim]);
    let known = Seen::Invites(vec![old.clone()]);
    let known_and_one = Seen::Invites(vec![old, lu]);
    for (before, now, wanted) in [
        (&none, &both, Verdict::Applied),
        (&none, &none, Verdict::Unchanged),
        (&known, &known, Verdict::Unchanged),
        (&none, &one, Verdict::Unclear),
        (&known, &known_and_one, Verdict::Unclear),
        (&Seen::Nothing, &both, Verdict::Unclear),
        (&none, &Seen::Nothing, Verdict::Unclear),
    ] {
        assert_eq!(verdict(&change, before, now), wanted, "{before:?} {now:?}");
    }
}
