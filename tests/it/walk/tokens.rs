//! A token that ends while somebody is at the console: typed anew, tried, and gone on with.

use orgdeck::app::Model;
use orgdeck::app::layer::Overlay;
use orgdeck::app::overlay::ARMING;
use orgdeck::app::prompt::Prompt;
use orgdeck::app::store::Door;
use orgdeck::domain::connection::Access;
use orgdeck::sandbox::Service;

use super::stage::{Player, Walk};
use super::{armed, calm, invites};
use crate::support::link::services;

const TYPED: &str = "sk_test_typed7f3a91c2e5d8";

/// The token of the service ends, and another one speaks for the same caller.
fn exchange(player: &Player, kind: Service) {
    let old = player.sandbox.face(kind).token.clone();
    player.sandbox.world(|world| {
        let principal = world.caller(kind, Some(&old)).unwrap().clone();
        world.revoke(kind, &old);
        world.grant(kind, TYPED, principal);
    });
}

fn prompt(model: &Model) -> Option<&Prompt> {
    match model.overlays.last() {
        Some(Overlay::Prompt(prompt)) => Some(prompt),
        _ => None,
    }
}

/// Whether a token is asked for and was looked at.
fn asked(model: &Model) -> bool {
    let shown = prompt(model).and_then(|prompt| prompt.shown);
    shown.is_some_and(|shown| model.now.moment >= shown.after(ARMING))
}

fn let_in(model: &Model) -> bool {
    calm(model) && model.store.accounts[0].door == Door::Open
}

#[tokio::test]
async fn a_token_that_ends_is_typed_anew_and_reading_goes_on() {
    for service in services() {
        let kind = service.1;
        let walked = Walk::with(service, Access::Full)
            .played(async |player| {
                player.until("everything", calm).await;
                exchange(player, kind);
                player.press_and_see("1R", asked).await;
                player
                    .press_and_see(&format!("{TYPED}<enter>"), let_in)
                    .await;
            })
            .await;
        assert!(walked.writes().is_empty(), "{}", kind.name());
        assert!(walked.model.store.accounts[0].principal.known().is_some());
        assert!(walked.told().iter().all(|(_, _, fine)| *fine));
    }
}

/// What was agreed to was not sent: it is asked about again, and goes out once.
#[tokio::test]
async fn a_write_that_met_the_end_of_the_token_is_asked_about_again() {
    for service in services()
        .into_iter()
        .filter(|(row, _)| row.name != "vulos")
    {
        let kind = service.1;
        let walked = Walk::with(service, Access::Full)
            .played(async |player| {
                invites(player).await;
                let is_there = |model: &Model| calm(model) && model.invite_row().is_some();
                player.press_and_see("4", is_there).await;
                player.press_and_see("D", armed).await;
                exchange(player, kind);
                player.press_and_see("y", asked).await;
                player.press(TYPED);
                player.press_and_see("<enter>", armed).await;
                player.press_and_see("y", let_in).await;
            })
            .await;
        assert_eq!(walked.writes().len(), 2, "{}", kind.name());
    }
}
