//! What an ended session has left, over a journal on the disk: read back as it was agreed to, taken up by
//! one session alone, and offered no more once somebody does not want it.

use std::sync::Arc;

use orgdeck::domain::back::Recovered;
use orgdeck::domain::connection::Access;
use orgdeck::domain::entry::Closes;
use orgdeck::domain::history::{Counts, Fate as Stands};
use orgdeck::domain::outcome::Proof;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{Actor, Fault, Keep, Outcome, Plan, Why, Wish};
use orgdeck::gate::{Crossing, Gate};
use orgdeck::journal::file::File;
use orgdeck::provider::link::Link;
use tempfile::TempDir;

use crate::support::fake::{self, Fake, invite, revoke};

/// A folder for journals, and the service that all sessions speak to.
struct Place {
    home: TempDir,
    fake: Arc<Fake>,
    links: Vec<Arc<Link>>,
}

/// A process with a session of its own; it has ended when it is dropped.
struct Session {
    gate: Arc<Gate>,
    actor: Actor,
}

impl Place {
    fn new() -> Self {
        let names = ["a", "b", "c"].map(|name| invite(name, &format!("{name}@old.example")));
        let fake = Fake::with(&names);
        Self {
            home: TempDir::new().unwrap(),
            links: vec![fake.link(Access::Full)],
            fake,
        }
    }

    fn session(&self, name: &str) -> Session {
        let journal = File::new(self.home.path(), Keep::default(), fake::wall);
        Session {
            gate: Arc::new(Gate::new(Arc::new(journal), fake::wall)),
            actor: Actor::new("ana", name),
        }
    }

    /// A session that was to take back three invites and ended after the first.
    async fn interrupted(&self) -> Plan {
        let session = self.session("first");
        let wishes =
            ["a", "b", "c"].map(|name| revoke(&invite(name, &format!("{name}@old.example"))));
        let wish = Wish::each(wishes.into()).unwrap();
        let plan = session.gate.prepare(&self.links[0], wish).await.unwrap();
        let task = (TaskId(1), Why::Wished);
        let recorded = session.gate.record(&session.actor, task, plan.clone());
        recorded.await.unwrap();
        let carried = session.gate.carry(Crossing {
            link: Arc::clone(&self.links[0]),
            actor: session.actor.clone(),
            number: 0,
            step: plan.steps[0].clone(),
            consent: plan.agree(TaskId(1), None).unwrap(),
        });
        assert!(matches!(carried.await.unwrap(), Outcome::Done(_)));
        plan
    }

    async fn looked_up(&self, session: &Session) -> Recovered {
        let found = session.gate.recover(&session.actor, &self.links);
        found.await.unwrap()
    }
}

#[tokio::test]
async fn r19_the_plan_comes_back_as_it_was_agreed_to_with_what_came_of_each_step() {
    let place = Place::new();
    let plan = place.interrupted().await;
    let found = place.looked_up(&place.session("second")).await;
    let [left] = &found.left[..] else {
        panic!("one was left: {found:?}");
    };
    let again = left.plan.clone().unwrap();
    assert_eq!(again.wish.parts().len(), plan.wish.parts().len());
    let sent = |plan: &Plan| {
        plan.steps
            .iter()
            .map(|step| step.request.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(sent(&again), sent(&plan));
    assert!(matches!(
        left.fates[..],
        [Stands::Done(_), Stands::NotStarted, Stands::NotStarted]
    ));
    assert_eq!(place.fake.sent().len(), 1, "nothing was sent for that");
}

#[tokio::test]
async fn r19_what_was_found_gone_already_is_counted_as_that_after_a_restart() {
    let place = Place::new();
    let plan = place.interrupted().await;
    place.fake.invites.lock().unwrap().clear();
    let session = place.session("again");
    let task = (TaskId(1), Why::Wished);
    let recorded = session.gate.record(&session.actor, task, plan.clone());
    recorded.await.unwrap();
    for number in [0, 1] {
        let carried = session.gate.carry(Crossing {
            link: Arc::clone(&place.links[0]),
            actor: session.actor.clone(),
            number,
            step: plan.steps[number].clone(),
            consent: plan.agree(TaskId(1), None).unwrap(),
        });
        let Outcome::Done(receipt) = carried.await.unwrap() else {
            panic!("there is nothing to take away");
        };
        assert_eq!(receipt.proof, Proof::AlreadySo);
    }
    drop(session);
    // The second look is at what the first one has marked.
    for _ in 0..2 {
        let found = place.looked_up(&place.session("second")).await;
        let left = found.left.last().unwrap();
        let [Stands::AlreadySo, Stands::AlreadySo, Stands::NotStarted] = left.fates[..] else {
            panic!("{:?}", left.fates);
        };
        let counts = Counts::of(&left.fates);
        assert_eq!((counts.done, counts.unknown, counts.not_started), (2, 0, 1));
    }
    assert_eq!(place.fake.sent().len(), 1, "nothing was sent for them");
}

#[tokio::test]
async fn one_session_alone_takes_it_up() {
    let place = Place::new();
    place.interrupted().await;
    let (second, third) = (place.session("second"), place.session("third"));
    let left = place.looked_up(&second).await.left.remove(0);
    assert_eq!(
        place.looked_up(&third).await.left.len(),
        1,
        "both were offered it"
    );
    let why = Why::Finishes(left.course.no);
    let rest = second
        .gate
        .prepare(&place.links[0], left.plan.unwrap().wish);
    let rest = rest.await.unwrap();
    let begins = |session: &Session| {
        let (gate, actor) = (Arc::clone(&session.gate), session.actor.clone());
        let (task, plan) = ((TaskId(1), why.clone()), rest.clone());
        async move { gate.record(&actor, task, plan).await }
    };
    begins(&second).await.unwrap();
    let refused = begins(&third).await.unwrap_err();
    assert_eq!(refused.fault, Fault::Conflict);
    let words = refused.words.unwrap();
    assert!(words.raw().contains("another session"), "{words:?}");
}

#[tokio::test]
async fn what_somebody_does_not_want_is_offered_no_more_and_stays_in_the_journal() {
    let place = Place::new();
    place.interrupted().await;
    let second = place.session("second");
    let left = place.looked_up(&second).await.left.remove(0);
    let which = Closes::Plan(left.course.no);
    second
        .gate
        .close(&second.actor, which, &fake::profile())
        .await;
    drop(second);
    let third = place.session("third");
    assert_eq!(place.looked_up(&third).await, Recovered::default());
    let history = third.gate.history().await.unwrap();
    assert_eq!((history.courses.len(), history.deeds.len()), (1, 1));
}

#[tokio::test]
async fn without_its_profile_it_is_named_and_not_taken_up() {
    let place = Place::new();
    place.interrupted().await;
    let second = place.session("second");
    let found = second.gate.recover(&second.actor, &[]).await.unwrap();
    assert_eq!(found.left[0].plan, Err("its profile is not in use here"));
    assert!(found.left[0].is_unfinished());
}
