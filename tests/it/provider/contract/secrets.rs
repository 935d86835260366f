//! The credential and the tokens of invites show in nothing that is kept, told or printed.

use std::fmt::Write as _;

use orgdeck::domain::{Query, Verb};
use orgdeck::sandbox::faults::{Fault as Trouble, Rule};

use super::cast::Cast;
use super::{Stand, services};
use crate::support::permit::permit;

/// Does everything once and prints all that came of it.
async fn everything(stand: &Stand, cast: &Cast) -> String {
    let mut out = format!(
        "{:?} {:?}",
        stand.link.connection,
        stand.link.query(Query::Probe).await
    );
    for verb in Verb::ALL.iter().copied() {
        if let Some(query) = cast.query(verb) {
            let reply = stand.link.query(query).await;
            if let Err(error) = &reply {
                let _ = write!(out, "{error}");
            }
            let _ = write!(out, "{reply:?}");
            continue;
        }
        let wish = cast.wish(verb, stand).await.unwrap();
        let _ = write!(out, "{wish:?}");
        let Ok(plan) = stand.gate.prepare(&stand.link, wish).await else {
            continue;
        };
        let _ = write!(out, "{plan:?}");
        for step in plan.steps {
            let outcome = stand
                .link
                .provider()
                .mutate(step.change, permit().await)
                .await;
            let _ = write!(out, "{outcome:?}");
        }
    }
    let _ = write!(
        out,
        "{:?} {:?}",
        stand.news.lock().unwrap(),
        stand.journal.entries()
    );
    out
}

#[tokio::test]
async fn r8_r71_no_secret_shows_in_answers_errors_plans_news_or_journal() {
    let told = |status| Trouble::Status(status, Vec::new(), "{}".to_owned());
    for service in services() {
        for trouble in [
            None,
            Some(told(401)),
            Some(told(500)),
            Some(Trouble::Garbage),
            Some(Trouble::ResetMidBody),
        ] {
            let stand = Stand::of(service);
            let cast = Cast::of(&stand);
            if let Some(trouble) = trouble {
                stand
                    .sandbox
                    .fail(stand.kind, Rule::always(trouble).after(6));
            }
            let printed = everything(&stand, &cast).await;
            let secret = &stand.sandbox.face(stand.kind).token;
            assert!(
                !printed.contains(secret.as_str()),
                "{}: the credential",
                service.0.name
            );
            assert!(
                !printed.contains(&cast.token),
                "{}: an invite's token",
                service.0.name
            );
            assert!(
                stand
                    .sent()
                    .iter()
                    .all(|sent| !sent.target.contains(secret.as_str()))
            );
        }
    }
}
