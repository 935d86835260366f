//! Patience that a service asks of a write: nothing was applied, the wait is told as it was asked for, and
//! the same change goes out afterwards.

use std::time::Duration;

use orgdeck::domain::{Fault, Outcome, Verb};
use orgdeck::provider::registry::Service;
use orgdeck::sandbox;
use orgdeck::sandbox::faults::{Fault as Trouble, Rule};

use super::cast::Cast;
use super::{Stand, services};
use crate::sandbox::origin;
use crate::support::permit::permit;

/// Forty seconds, said in both ways; the clock of the second is a day behind ours.
fn slowed() -> [Trouble; 2] {
    let shown = origin() - jiff::SignedDuration::from_hours(24);
    let end = shown + jiff::SignedDuration::from_secs(40);
    [Trouble::slowed(40), Trouble::slowed_until(end, shown)]
}

/// One write that is slowed down at first; false where the service offers no such verb.
async fn one(service: (Service, sandbox::Service), verb: Verb, slowed: Trouble) -> bool {
    let stand = Stand::of(service);
    if stand.link.check(verb).is_err() {
        return false;
    }
    let wish = Cast::of(&stand).wish(verb, &stand).await.unwrap();
    let change = stand.link.provider().plan(wish).await.unwrap().remove(0);
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        stand
            .sandbox
            .fail(stand.kind, Rule::once(slowed.clone()).method(method));
    }
    let told = stand.link.provider().mutate(change, permit().await).await;
    let Outcome::NotApplied(error) = &told else {
        panic!("{} {verb:?} {slowed:?}: {told:?}", service.0.name);
    };
    let Fault::Slowed { after: Some(after) } = error.fault else {
        panic!("{} {verb:?} {slowed:?}: {error:?}", service.0.name);
    };
    let asked = Duration::from_secs(40);
    assert!(
        after <= asked && after + Duration::from_secs(20) > asked,
        "{after:?}"
    );
    assert_eq!(
        (
            stand.writes().len(),
            stand.sandbox.applied(stand.kind).len()
        ),
        (1, 0)
    );
    true
}

#[tokio::test]
async fn r23_a_write_that_was_slowed_down_was_not_applied_and_tells_its_wait() {
    let mut tried = 0;
    for service in services() {
        for verb in Verb::ALL.iter().copied().filter(|verb| !verb.is_read()) {
            for slowed in slowed() {
                tried += usize::from(one(service, verb, slowed).await);
            }
        }
    }
    assert!(tried >= 60, "{tried}");
}
