//! Lost answers by the hundred, counted in three places: what was recorded, what arrived, and what the
//! service made of it.

use orgdeck::domain::entry::Event;
use orgdeck::domain::{Entry, Verb};
use orgdeck::job::task::State;
use orgdeck::provider::registry::Service;
use orgdeck::sandbox;
use orgdeck::sandbox::faults::{Fault as Trouble, Rule};

use super::cast::Cast;
use super::{Stand, services};
use crate::support::link::LOOKS;

/// Every way to lose the answer of something that may have been applied.
fn lost() -> Vec<Rule> {
    vec![
        Rule::always(Trouble::ResetBefore),
        Rule::always(Trouble::ResetAfter),
        Rule::always(Trouble::ResetMidBody),
        Rule::always(Trouble::CutBody),
        Rule::always(Trouble::ShortLength),
        Rule::always(Trouble::Html200).applied(),
        Rule::always(Trouble::Garbage).applied(),
    ]
}

/// A gateway that gave up, on a request that arrived and on one that did not.
fn given_up() -> Vec<Rule> {
    let of = |status| Rule::always(Trouble::status(status));
    let both = |status| [of(status), of(status).applied()];
    [502, 503, 504].into_iter().flat_map(both).collect()
}

/// What no service shows well enough to tell afterwards whether it was done.
fn is_out_of_sight(service: &Service, verb: Verb) -> bool {
    let listed = service.name != "vulos";
    match verb {
        Verb::LogoSet | Verb::InviteAccept => true,
        Verb::InviteCreate | Verb::InviteResend => !listed,
        _ => false,
    }
}

/// One wish whose writes all meet this rule; false where the service offers no such verb.
async fn one(service: (Service, sandbox::Service), verb: Verb, rule: &Rule) -> bool {
    let stand = Stand::of(service);
    if stand.link.check(verb).is_err() {
        return false;
    }
    let cast = Cast::of(&stand);
    let wish = cast.wish(verb, &stand).await.unwrap();
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        stand.sandbox.fail(stand.kind, rule.clone().method(method));
    }
    let ends = stand.carry(wish).await;
    let told = format!("{} {verb:?} {rule:?}: {ends:?}", service.0.name);
    let count = |so: fn(&State) -> bool| ends.iter().filter(|end| so(end)).count();
    let done = count(|end| matches!(end, State::Done(_)));
    let unknown = count(|end| matches!(end, State::Unknown(_)));
    let applied = stand.sandbox.applied(stand.kind).len();
    let intents = |entry: &Entry| matches!(entry.event, Event::Intent { .. });
    let recorded = stand
        .journal
        .entries()
        .iter()
        .filter(|it| intents(it))
        .count();
    assert_eq!(
        stand.writes().len(),
        recorded,
        "one request an intent: {told}"
    );
    assert!(recorded <= ends.len(), "one intent a step: {told}");
    let possible = done..=done + unknown;
    assert!(possible.contains(&applied), "{applied} applied: {told}");
    assert!(unknown == 0 || is_out_of_sight(&service.0, verb), "{told}");
    true
}

/// Every write of every service under every rule: how many that were.
async fn all(rules: &[Rule]) -> usize {
    let mut runs = 0;
    for service in services() {
        for verb in Verb::ALL.iter().copied().filter(|verb| !verb.is_read()) {
            for rule in rules {
                runs += usize::from(one(service, verb, rule).await);
            }
        }
    }
    runs
}

#[tokio::test]
async fn r1_two_hundred_lost_answers_double_nothing_and_lose_nothing() {
    let runs = all(&lost()).await;
    assert!(runs >= 200, "{runs} runs");
    let longest: std::time::Duration = orgdeck::gate::LOOKS.iter().sum();
    let seconds = std::time::Duration::from_millis;
    assert!(
        (seconds(4_500)..=seconds(5_000)).contains(&longest),
        "as late as may be"
    );
    assert_eq!(LOOKS.len(), 2, "tests look without waiting");
}

#[tokio::test]
async fn r4_a_gateway_that_gave_up_is_no_failure() {
    let runs = all(&given_up()).await;
    assert!(runs >= 150, "{runs} runs");
}
