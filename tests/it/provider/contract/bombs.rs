//! Answers that are meant to hurt: they stop at the limit, and what comes after them is right.

use orgdeck::domain::{Fault, Verb};
use orgdeck::provider::http::Limits;
use orgdeck::provider::registry::Service;
use orgdeck::sandbox;
use orgdeck::sandbox::faults::{Fault as Trouble, Rule};

use super::cast::Cast;
use super::{Stand, limits, services};
use crate::sandbox::demo;

/// A stand that takes answers of a megabyte.
fn stand(service: (Service, sandbox::Service)) -> Stand {
    let limits = Limits {
        largest: 1 << 20,
        ..limits()
    };
    Stand::over(demo(), service, limits)
}

#[tokio::test]
async fn r39_bombs_stop_at_the_limit() {
    for service in services() {
        for bomb in [Trouble::GzipBomb, Trouble::EndlessBody] {
            let stand = stand(service);
            stand.sandbox.fail(stand.kind, Rule::always(bomb.clone()));
            let query = Cast::of(&stand).query(Verb::OrgList).unwrap();
            let error = stand.link.query(query).await.unwrap_err();
            assert_eq!(error.fault, Fault::TooLarge, "{} {bomb:?}", service.0.name);
        }
    }
}

#[tokio::test]
async fn r86_after_a_bomb_the_next_answer_is_the_right_one() {
    for service in services() {
        let stand = stand(service);
        let cast = Cast::of(&stand);
        let ask = || stand.link.query(cast.query(Verb::OrgList).unwrap());
        let plain = ask().await;
        assert!(plain.is_ok());
        for bomb in [Trouble::HeaderBomb, Trouble::GzipBomb, Trouble::ShortLength] {
            stand.sandbox.fail(stand.kind, Rule::always(bomb.clone()));
            assert!(ask().await.is_err(), "{} {bomb:?}", service.0.name);
            stand.sandbox.heal(stand.kind);
            assert_eq!(ask().await, plain, "{} {bomb:?}", service.0.name);
        }
    }
}
