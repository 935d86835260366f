//! What is half done is left until it was really finished: a plan that was to finish it, and of which nothing came,
//! leaves it as it was.

use std::sync::Arc;

use orgdeck::domain::back::{Interrupted, Recovered};
use orgdeck::domain::entry::{Closes, EntryNo};
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{ApiError, Fault, Outcome, Plan, Why, Wish};
use orgdeck::gate::Crossing;

use super::left::{Place, Session};
use crate::support::fake::{self, Fate, invite, revoke};

/// The task by which somebody finishes what is half done.
const HEIR: TaskId = TaskId(7);

/// The first session has revoked an invite, and the new one was refused.
async fn half_done() -> Place {
    let place = Place::new();
    place.fake.fate(Fate::Applied);
    place.fake.fate(Fate::Refused);
    let again = Resend::Listed(Box::new(invite("a", "a@old.example")));
    let first = place.session("first");
    place.carried(&first, Wish::Resend(again)).await;
    place
}

/// What is left: one plan, half done.
async fn left(place: &Place, session: &Session) -> Interrupted {
    let mut found = place.looked_up(session).await;
    let left = found.left.remove(0);
    assert_eq!(found.left, []);
    assert!(left.is_unfinished());
    assert_eq!((left.counts().half_done, left.counts().all()), (1, 1));
    assert_eq!(left.course.steps.len(), 2, "it is named as it was");
    left
}

/// Writes a plan down that makes the new invite.
async fn begins(place: &Place, session: &Session, no: EntryNo) -> Result<Plan, ApiError> {
    let wish = fake::ask("a@old.example");
    let rest = session.gate.prepare(&place.links[0], wish).await.unwrap();
    let task = (HEIR, Why::Finishes(no));
    let recorded = session.gate.record(&session.actor, task, rest.clone());
    recorded.await.map(|_| rest)
}

/// Sends it, which ends so.
async fn carries(place: &Place, (session, rest): (&Session, &Plan), fate: Fate) -> Outcome {
    place.fake.fate(fate);
    let crossing = Crossing {
        link: Arc::clone(&place.links[0]),
        actor: session.actor.clone(),
        number: 0,
        step: rest.steps[0].clone(),
        consent: rest.agree(HEIR, None).unwrap(),
    };
    session.gate.carry(crossing).await.unwrap()
}

async fn closes(session: &Session, which: Closes) {
    let profile = fake::profile();
    session.gate.close(&session.actor, which, &profile).await;
}

#[tokio::test]
async fn r22_what_is_half_done_is_left_until_it_is_finished() {
    let place = half_done().await;
    for name in ["second", "third"] {
        let session = place.session(name);
        let no = left(&place, &session).await.course.no;
        let rest = begins(&place, &session, no).await.unwrap();
        let end = carries(&place, (&session, &rest), Fate::Refused).await;
        assert!(matches!(end, Outcome::Refused(_)));
    }
    let fourth = place.session("fourth");
    let no = left(&place, &fourth).await.course.no;
    let rest = begins(&place, &fourth, no).await.unwrap();
    let end = carries(&place, (&fourth, &rest), Fate::Applied).await;
    assert!(matches!(end, Outcome::Done(_)));
    drop(fourth);
    let found = place.looked_up(&place.session("fifth")).await;
    assert_eq!(found, Recovered::default());
}

#[tokio::test]
async fn r22_what_a_session_closes_since_nothing_came_of_it_can_be_finished_at_once() {
    let place = half_done().await;
    let second = place.session("second");
    let no = left(&place, &second).await.course.no;
    let rest = begins(&place, &second, no).await.unwrap();
    let taken = begins(&place, &second, no).await.unwrap_err();
    assert_eq!(taken.fault, Fault::Conflict, "it is being finished");
    carries(&place, (&second, &rest), Fate::Refused).await;
    closes(&second, Closes::Task(HEIR)).await;
    begins(&place, &second, no).await.unwrap();
}

/// What may have been done is not offered again.
#[tokio::test]
async fn r22_what_may_have_been_finished_is_not_left_half_done() {
    let place = half_done().await;
    let second = place.session("second");
    let no = left(&place, &second).await.course.no;
    let rest = begins(&place, &second, no).await.unwrap();
    let end = carries(&place, (&second, &rest), Fate::AppliedAndLost).await;
    assert!(matches!(end, Outcome::Done(_)), "{end:?}");
    closes(&second, Closes::Task(HEIR)).await;
    drop(second);
    let found = place.looked_up(&place.session("third")).await;
    assert_eq!(found.left, []);
}

/// A session that was killed before anything of it went out has finished nothing.
#[tokio::test]
async fn r19_what_was_to_be_finished_when_the_program_ended_is_half_done() {
    let place = half_done().await;
    let second = place.session("second");
    let no = left(&place, &second).await.course.no;
    begins(&place, &second, no).await.unwrap();
    let third = place.looked_up(&place.session("third")).await;
    assert_eq!(third.left, [], "a living session is finishing it");
    drop(second);
    let after = left(&place, &place.session("fourth")).await;
    assert_eq!(after.course.no, no);
}

#[tokio::test]
async fn what_nobody_wants_is_not_left_by_what_was_to_finish_it() {
    let place = half_done().await;
    let second = place.session("second");
    let no = left(&place, &second).await.course.no;
    let rest = begins(&place, &second, no).await.unwrap();
    carries(&place, (&second, &rest), Fate::Refused).await;
    for which in [Closes::Task(HEIR), Closes::Plan(no)] {
        closes(&second, which).await;
    }
    drop(second);
    let found = place.looked_up(&place.session("third")).await;
    assert_eq!(found, Recovered::default());
}

/// However much was written since: the short account keeps what may be left again.
#[tokio::test]
async fn r22_a_long_journal_forgets_nothing_half_done() {
    let place = half_done().await;
    let second = place.session("second");
    let no = left(&place, &second).await.course.no;
    let rest = begins(&place, &second, no).await.unwrap();
    let wish = || revoke(&invite("b", "b@old.example"));
    for _ in 0..40 {
        let other = invite("b", "b@old.example");
        {
            let mut invites = place.fake.invites.lock().unwrap();
            invites.insert(other.at.clone(), other);
        }
        let other = place.session("other");
        place.carried(&other, wish()).await;
        place.looked_up(&other).await;
    }
    carries(&place, (&second, &rest), Fate::Refused).await;
    drop(second);
    let after = left(&place, &place.session("third")).await;
    assert_eq!(after.course.no, no);
}
