//! Tests of `gate::carry`: once, as agreed, recorded, and never behind anybody's back.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use orgdeck::domain::connection::Access;
use orgdeck::domain::entry::{EntryNo, Event, SessionId};
use orgdeck::domain::outcome::Proof;
use orgdeck::domain::plan::{Seen, TaskId};
use orgdeck::domain::{
    Actor, ApiError, Entry, Fault, Invite, InviteStatus, Member, MemberRef, Outcome, Record, Role,
    Text, Told, Verb, Why, Wish,
};
use orgdeck::gate::{Crossing, Gate};
use orgdeck::journal::{Journal, Takeover};
use orgdeck::sandbox::Service;

use super::House;
use super::guard::Post;
use crate::support::fake::{self, Fake, Fate, ask, invite, revoke};

fn refused(fault: Fault) -> Outcome {
    Outcome::Refused(ApiError::new(Verb::InviteRevoke, fault))
}

fn one_invite() -> (Arc<Fake>, House) {
    let fake = Fake::with(&[invite("inv_1", "jon@old.example")]);
    let house = House::over(fake.link(Access::Full));
    (fake, house)
}

#[tokio::test]
async fn a_step_goes_out_once_between_intent_and_outcome() {
    let (fake, house) = one_invite();
    let plan = house
        .plan(revoke(&invite("inv_1", "jon@old.example")))
        .await;
    let outcome = house.carry(&plan, (1, 0)).await;
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    assert_eq!(fake.sent(), ["DELETE /invites/inv_1"]);
    let entries = house.journal.entries();
    assert!(matches!(entries[0].event, Event::Intent { .. }));
    assert!(matches!(
        entries[1].event,
        Event::Ended {
            intent: EntryNo(1),
            ..
        }
    ));
    assert_eq!(entries[0].actor, Actor::new("ana", "test"));
}

#[tokio::test]
async fn r3_a_consent_is_spent_once() {
    let (fake, house) = one_invite();
    let plan = house
        .plan(revoke(&invite("inv_1", "jon@old.example")))
        .await;
    house.carry(&plan, (1, 0)).await;
    assert_eq!(house.carry(&plan, (1, 0)).await, refused(Fault::NoConsent));
    assert_eq!(fake.sent().len(), 1);
}

#[tokio::test]
async fn a_consent_covers_what_was_shown_and_nothing_else() {
    let (fake, house) = one_invite();
    let plan = house
        .plan(revoke(&invite("inv_1", "jon@old.example")))
        .await;
    let mut crossing = house.crossing(&plan, (1, 0));
    crossing.step.seen = Seen::Gone;
    let outcome = house.gate.carry(crossing).await.unwrap();
    assert_eq!(outcome, refused(Fault::NoConsent));
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn r3_the_second_identical_one_is_refused_while_the_first_is_under_way() {
    let (fake, house) = one_invite();
    let plan = house
        .plan(revoke(&invite("inv_1", "jon@old.example")))
        .await;
    let brake = fake.brake.lock().await;
    let first = house.gate.carry(house.crossing(&plan, (1, 0)));
    while fake.sent().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(house.carry(&plan, (2, 0)).await, refused(Fault::UnderWay));
    drop(brake);
    assert!(matches!(first.await.unwrap(), Outcome::Done(_)));
    assert_eq!(fake.sent().len(), 1);
}

#[tokio::test]
async fn what_somebody_else_changed_is_not_overwritten() {
    let (fake, house) = one_invite();
    let open = invite("inv_1", "jon@old.example");
    let plan = house.plan(revoke(&open)).await;
    let mut changed = open.clone();
    changed.role = Told::Is(Role::named("admin"));
    fake.invites
        .lock()
        .unwrap()
        .insert(open.at.clone(), changed.clone());
    let outcome = house.carry(&plan, (1, 0)).await;
    assert_eq!(outcome, Outcome::Differs(Seen::Invite(Box::new(changed))));
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn r28_what_is_gone_already_is_a_success_without_a_request() {
    let (fake, house) = one_invite();
    let plan = house
        .plan(revoke(&invite("inv_1", "jon@old.example")))
        .await;
    fake.invites.lock().unwrap().clear();
    let Outcome::Done(receipt) = house.carry(&plan, (1, 0)).await else {
        panic!("gone is done");
    };
    assert_eq!(receipt.proof, Proof::AlreadySo);
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn r28_an_invite_that_was_accepted_is_refused_and_nothing_is_sent() {
    let (fake, house) = one_invite();
    let open = invite("inv_1", "jon@old.example");
    let plan = house.plan(revoke(&open)).await;
    accepts(&fake, &open);
    let error = ApiError::accepted(Verb::InviteRevoke);
    assert_eq!(house.carry(&plan, (1, 0)).await, Outcome::Refused(error));
    assert!(fake.sent().is_empty());
}

#[tokio::test(start_paused = true)]
async fn r28_a_lost_revocation_of_what_was_accepted_is_refused() {
    let (fake, house) = one_invite();
    let open = invite("inv_1", "jon@old.example");
    let plan = house.plan(revoke(&open)).await;
    fake.fate(Fate::Lost);
    let brake = fake.brake.lock().await;
    let carried = house.gate.carry(house.crossing(&plan, (1, 0)));
    while fake.sent().is_empty() {
        tokio::task::yield_now().await;
    }
    accepts(&fake, &open);
    drop(brake);
    let error = ApiError::accepted(Verb::InviteRevoke);
    assert_eq!(carried.await.unwrap(), Outcome::Refused(error));
    assert_eq!(fake.sent().len(), 1);
}

/// The person comes in.
fn accepts(fake: &Fake, open: &Invite) {
    let status = InviteStatus::Accepted;
    let accepted = Invite {
        status,
        ..open.clone()
    };
    let mut invites = fake.invites.lock().unwrap();
    invites.insert(open.at.clone(), accepted);
}

#[tokio::test]
async fn after_proof_that_nothing_was_applied_the_yes_still_stands() {
    let (fake, house) = one_invite();
    fake.fate(Fate::NotApplied(Fault::Slowed { after: None }));
    let plan = house
        .plan(revoke(&invite("inv_1", "jon@old.example")))
        .await;
    assert!(matches!(
        house.carry(&plan, (1, 0)).await,
        Outcome::NotApplied(_)
    ));
    assert!(matches!(house.carry(&plan, (1, 0)).await, Outcome::Done(_)));
    assert_eq!(fake.sent().len(), 2);
    let intents = house.journal.entries();
    let intents = intents
        .iter()
        .filter(|e| matches!(e.event, Event::Intent { .. }));
    assert_eq!(intents.count(), 2, "each attempt has an intent of its own");
}

#[tokio::test]
async fn r15_read_only_forbids_what_was_agreed_to_elsewhere() {
    let (fake, writable) = one_invite();
    let plan = writable
        .plan(revoke(&invite("inv_1", "jon@old.example")))
        .await;
    let house = House::over(fake.link(Access::ReadOnly("--read-only")));
    assert_eq!(
        house.carry(&plan, (1, 0)).await,
        refused(Fault::ReadOnly("--read-only"))
    );
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn a_session_that_ends_takes_no_write_with_it() {
    let (fake, house) = one_invite();
    let plan = house
        .plan(revoke(&invite("inv_1", "jon@old.example")))
        .await;
    let brake = fake.brake.lock().await;
    let crossing = house.crossing(&plan, (1, 0));
    let gate = house.gate.clone();
    let session = async move { gate.carry(crossing).await };
    tokio::select! { biased;
        _ = session => panic!("the write is held back"),
        () = tokio::task::yield_now() => {}
    }
    drop(brake);
    while house.journal.entries().len() < 2 {
        tokio::task::yield_now().await;
    }
    assert!(fake.invites.lock().unwrap().is_empty());
}

/// A journal on a full disk.
pub(super) struct Full;

impl Journal for Full {
    fn append(&self, _: Entry) -> BoxFuture<'_, Result<EntryNo, Text>> {
        Box::pin(async { Err(Text::from("no space left")) })
    }

    fn since(&self, _: Timestamp) -> BoxFuture<'_, Result<Vec<Record>, Text>> {
        Box::pin(async { Err(Text::from("no space left")) })
    }

    fn ready(&self) -> BoxFuture<'_, Result<Option<Text>, Text>> {
        Box::pin(async { Err(Text::from("no space left")) })
    }

    fn take_over(&self, _: &SessionId) -> Option<Box<dyn Takeover>> {
        None
    }
}

#[tokio::test]
async fn r20_what_cannot_be_recorded_is_not_sent() {
    let (fake, house) = one_invite();
    let plan = house
        .plan(revoke(&invite("inv_1", "jon@old.example")))
        .await;
    let gate = Arc::new(Gate::new(Arc::new(Full), fake::wall));
    let outcome = gate.carry(house.crossing(&plan, (1, 0))).await.unwrap();
    assert_eq!(
        outcome,
        refused(Fault::Unrecorded(Text::from("no space left")))
    );
    let recorded = gate
        .record(&Actor::new("ana", "test"), (TaskId(1), Why::Wished), plan)
        .await;
    assert!(matches!(recorded.unwrap_err().fault, Fault::Unrecorded(_)));
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn an_invite_that_is_new_is_named_in_the_receipt() {
    let fake = Fake::with(&[]);
    let house = House::over(fake.link(Access::Full));
    let plan = house.plan(ask("kim@acme.example")).await;
    let Outcome::Done(receipt) = house.carry(&plan, (1, 0)).await else {
        panic!("it is applied");
    };
    assert!(receipt.made.is_some());
    assert_eq!(fake.invites.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn one_membership_by_its_id_and_by_its_user_is_one_thing() {
    let post = Post::of(Service::Balena);
    let org = post.org("Acme Fleet");
    let by_id = post.member(&org, "bo@acme.example");
    let by_user = Member::reference(
        MemberRef::user(&org, &post.user("bo@acme.example")),
        by_id.id.clone(),
    );
    let crossing = async |member: Member, task| {
        let member = Box::new(member);
        let plan = post.gate.prepare(&post.link, Wish::RemoveMember { member });
        let plan = plan.await.unwrap();
        Crossing {
            link: post.link.clone(),
            actor: Actor::new("ana", "test"),
            number: 0,
            step: plan.steps[0].clone(),
            consent: plan.agree(TaskId(task), None).unwrap(),
        }
    };
    let (first, second) = (crossing(by_id, 1).await, crossing(by_user, 2).await);
    let (first, second) = tokio::join!(post.gate.carry(first), post.gate.carry(second));
    assert!(matches!(first.unwrap(), Outcome::Done(_)));
    let busy = ApiError::new(Verb::MemberRemove, Fault::UnderWay);
    assert_eq!(second.unwrap(), Outcome::Refused(busy));
}

#[tokio::test]
async fn a_failed_look_before_sending_is_told_of_the_change() {
    let (fake, house) = one_invite();
    let plan = house
        .plan(revoke(&invite("inv_1", "jon@old.example")))
        .await;
    *fake.blind.lock().unwrap() = Some(Fault::TimedOut);
    let outcome = house.carry(&plan, (1, 0)).await;
    let error = ApiError::new(Verb::InviteRevoke, Fault::TimedOut);
    assert_eq!(outcome, Outcome::NotApplied(error));
    assert!(fake.sent().is_empty());
}
