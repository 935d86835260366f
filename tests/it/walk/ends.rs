//! What ends, and what is sent again: from the key to the sandbox and back, on each service that can.

use orgdeck::app::Model;
use orgdeck::app::confirm::{Confirm, Spot};
use orgdeck::app::layer::Overlay;
use orgdeck::domain::connection::Access;
use orgdeck::domain::{OrgId, Text, Told, Verb};
use orgdeck::provider::registry;
use orgdeck::sandbox::Service;
use orgdeck::sandbox::world::InviteState;

use super::stage::{NEW, Player, Walk};
use super::{armed, calm, invites, row};
use crate::support::link::services;

/// The services that offer a verb, one way or another.
pub(super) fn offering(verb: Verb) -> Vec<(registry::Service, Service)> {
    let offers = |(service, _): &(registry::Service, Service)| {
        (service.capabilities)().refusal(verb).is_none()
    };
    services().into_iter().filter(offers).collect()
}

fn question(model: &Model) -> &Confirm {
    match model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => confirm,
        other => panic!("a question is open, not {other:?}"),
    }
}

/// Says yes to the question on top, and waits for the end of what begins.
async fn agree(player: &mut Player) {
    says_yes(player).await;
    player.until("the end of it", calm).await;
}

/// Says yes to the question on top: by the letter, or with the name that is asked for.
pub(super) async fn says_yes(player: &mut Player) {
    let seen = player.until("the question", armed).await;
    let name = question(seen).names().map(|(names, _)| names[0].clone());
    match name {
        None => player.press("y"),
        Some(name) => {
            let typed = |model: &Model| question(model).matched().is_some_and(|typed| typed.whole);
            player.press_and_see(name.raw(), typed).await;
            let yes = |model: &Model| question(model).focus == Spot::Yes;
            player.press_and_see("<tab><tab>", yes).await;
            player.press("<enter>");
        }
    }
}

/// Moves the cursor of the members to somebody else than us.
pub(super) async fn to_somebody_else(player: &mut Player) {
    player
        .press_and_see("3", |model| model.member_row().is_some())
        .await;
    while player.seen.member_row().unwrap().item.is_own() {
        let before = player.seen.panes.members.cursor.clone();
        let moved = |model: &Model| model.panes.members.cursor != before;
        player.press_and_see("j", moved).await;
    }
}

fn orgs(model: &Model) -> Vec<OrgId> {
    let feeds = model.store.accounts.iter().map(|account| &account.orgs);
    let rows = feeds.flat_map(|feed| feed.rows.iter());
    rows.map(|row| row.item.id.clone()).collect()
}

#[tokio::test]
async fn a_member_is_removed() {
    for service in offering(Verb::MemberRemove) {
        let name = service.0.name;
        let walked = Walk::with(service, Access::Full)
            .played(async |player| {
                to_somebody_else(player).await;
                let key = player.seen.panes.members.cursor.clone().unwrap();
                player.press("D");
                agree(player).await;
                let gone = |model: &Model| {
                    let visit = model.store.visit(model.panes.open.as_ref().unwrap());
                    calm(model) && visit.unwrap().members.rows.find(&key).is_none()
                };
                player.until("no row", gone).await;
            })
            .await;
        assert_eq!(walked.writes(), ["DELETE"], "{name}");
        let of = |what| (what, Verb::MemberRemove);
        assert_eq!(walked.recorded(), ["planned", "intent", "done"].map(of));
    }
}

#[tokio::test]
async fn an_organization_is_deleted_with_its_name() {
    for service in offering(Verb::OrgDelete) {
        let name = service.0.name;
        let walked = Walk::with(service, Access::Full)
            .played(async |player| {
                let open = player.seen.panes.open.clone().unwrap();
                player.press("1D");
                agree(player).await;
                let gone = |model: &Model| {
                    calm(model)
                        && !orgs(model).contains(&open)
                        && model.panes.open.as_ref().is_some_and(|next| *next != open)
                };
                player.until("another one", gone).await;
            })
            .await;
        assert_eq!(walked.writes(), ["DELETE"], "{name}");
    }
}

#[tokio::test]
async fn we_leave() {
    for service in offering(Verb::MemberLeave) {
        let name = service.0.name;
        let walked = Walk::with(service, Access::Full)
            .played(async |player| {
                let open = player.seen.panes.open.clone().unwrap();
                player.press("X");
                agree(player).await;
                let gone = |model: &Model| calm(model) && !orgs(model).contains(&open);
                player.until("no row", gone).await;
            })
            .await;
        assert_eq!(walked.writes(), ["DELETE"], "{name}");
        let of = |what: &'static str, verb| (what, verb);
        let leave = Verb::MemberLeave;
        let recorded = ["planned", "intent", "done"].map(|what| of(what, leave));
        assert_eq!(walked.recorded(), recorded, "{name}");
    }
}

#[tokio::test]
async fn an_invite_is_sent_again() {
    for service in offering(Verb::InviteResend) {
        let listed = (service.0.capabilities)()
            .refusal(Verb::InviteList)
            .is_none();
        let walked = Walk::with(service, Access::Full)
            .played(async |player| {
                invites(player).await;
                if listed {
                    player
                        .until("the new row", |model| calm(model) && row(model).is_some())
                        .await;
                }
                let here =
                    |model: &Model| model.invite_row().is_some() || model.sent_note().is_some();
                player.press_and_see("4", here).await;
                let email = Told::Is(Text::from(NEW));
                while listed && player.seen.invite_row().unwrap().item.email != email {
                    let before = player.seen.panes.invites.cursor.clone();
                    let moved = |model: &Model| model.panes.invites.cursor != before;
                    player.press_and_see("j", moved).await;
                }
                player.press("t");
                agree(player).await;
            })
            .await;
        let writes = if listed { 3 } else { 2 };
        assert_eq!(walked.writes().len(), writes);
        let open = walked.invited().into_iter();
        let open = open.filter(|state| *state == InviteState::Pending).count();
        assert_eq!(open, if listed { 1 } else { 2 });
        let fine = walked.told().iter().all(|(_, _, fine)| *fine);
        assert!(fine, "{:?}", walked.told());
    }
}
