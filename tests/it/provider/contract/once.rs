//! A write goes out once, whatever becomes of it, and nothing is claimed that the world does not show.

use std::time::Duration;

use orgdeck::domain::{Outcome, Verb};
use orgdeck::sandbox::faults::{Fault as Trouble, Rule};

use super::cast::Cast;
use super::writes::shows;
use super::{Stand, limits, services};
use crate::support::permit::permit;

/// What befalls a write, and whether any byte of an answer can come of it.
fn troubles() -> Vec<Trouble> {
    let failed = |status| Trouble::Status(status, Vec::new(), String::new());
    vec![
        failed(500),
        failed(502),
        failed(504),
        Trouble::CutBody,
        Trouble::Html200,
        Trouble::ResetBefore,
        Trouble::ResetAfter,
        Trouble::ResetMidBody,
        Trouble::NeverAnswer,
    ]
}

#[tokio::test]
async fn r2_a_write_is_sent_once_and_its_end_is_not_claimed_beyond_what_is_known() {
    for service in services() {
        for verb in Verb::ALL.iter().copied().filter(|verb| !verb.is_read()) {
            for trouble in troubles() {
                let stand = Stand::of(service);
                if stand.link.check(verb).is_ok() {
                    sent_once(&stand, verb, trouble).await;
                }
            }
        }
    }
}

/// Lets the time of a write pass once one has arrived that nobody will answer.
async fn gives_up(stand: &Stand, trouble: &Trouble) {
    if *trouble == Trouble::NeverAnswer {
        while stand.writes().is_empty() {
            tokio::task::yield_now().await;
        }
        tokio::time::pause();
        tokio::time::advance(limits().write + Duration::from_secs(1)).await;
        tokio::time::resume();
    }
}

async fn sent_once(stand: &Stand, verb: Verb, trouble: Trouble) {
    let cast = Cast::of(stand);
    let wish = cast.wish(verb, stand).await.unwrap();
    let change = stand.link.provider().plan(wish).await.unwrap().remove(0);
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        stand
            .sandbox
            .fail(stand.kind, Rule::always(trouble.clone()).method(method));
    }
    let sends = stand.link.provider().mutate(change.clone(), permit().await);
    let (outcome, ()) = tokio::join!(sends, gives_up(stand, &trouble));
    let told = format!("{} {verb:?} {trouble:?}: {outcome:?}", stand.kind.name());
    assert_eq!(stand.writes().len(), 1, "{told}");
    let single = change.verb() == verb && verb != Verb::MemberRole;
    let shown = stand.sandbox.world(|world| shows(verb, &cast, world));
    match outcome {
        Outcome::Done(_) => assert!(shown || !single, "{told}"),
        Outcome::Refused(_) | Outcome::NotApplied(_) | Outcome::Differs(_) => {
            assert!(!shown, "{told}");
        }
        Outcome::Unknown | Outcome::Unproven(_) => {}
    }
}
