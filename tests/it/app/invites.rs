//! Tests of the invites pane.

use orgdeck::app::Effect;
use orgdeck::app::model::InviteScope;
use orgdeck::app::place::Pane;
use orgdeck::domain::{InviteStatus, Offer, Query, Verb};

use crate::support::rig::{Rig, account, everything};

#[test]
fn every_status_that_the_service_lists_is_asked_for() {
    let mut capabilities = everything();
    capabilities.invite_lists = &[InviteStatus::Pending, InviteStatus::Expired];
    let rig = {
        let mut rig = Rig::with(vec![crate::support::rig::account(
            "shop",
            "fake",
            capabilities,
        )]);
        rig.settle();
        rig
    };
    let visit = rig
        .model
        .store
        .visit(rig.model.panes.open.as_ref().unwrap())
        .unwrap();
    assert_eq!(visit.invites.len(), 2);
    assert!(visit.invites.iter().all(|feed| feed.rows.len() == 2));
}

#[test]
fn where_there_is_no_list_nothing_is_asked() {
    let mut capabilities = everything();
    capabilities.set_offer(Verb::InviteList, Offer::No("it keeps no list"));
    let rig = Rig::two_orgs_of(capabilities);
    let visit = rig
        .model
        .store
        .visit(rig.model.panes.open.as_ref().unwrap())
        .unwrap();
    assert!(
        visit
            .invites
            .iter()
            .all(|feed| feed.rows.is_empty() && !feed.is_reading())
    );
}

#[test]
fn invites_of_all_profiles_are_one_list_and_escape_goes_back() {
    let mut rig = Rig::two_orgs();
    let effects = rig.press("gi");
    assert_eq!(rig.model.panes.focus, Pane::Invites);
    let asked = effects.iter().any(|effect| {
        matches!(
            effect,
            Effect::Query {
                query: Query::Invites { org: None, .. },
                ..
            }
        )
    });
    assert!(asked);
    rig.settle();
    assert_eq!(rig.model.panes.invites.len(), 2);
    rig.press("<esc>");
    assert_eq!(rig.model.panes.invite_scope, InviteScope::Org);
    assert_eq!(rig.model.panes.invites.len(), 2);
}

/// The profiles whose invites are asked for as a whole.
fn asked_of(effects: &[Effect]) -> Vec<&str> {
    let to = |effect| match effect {
        &Effect::Query {
            ref to,
            query: Query::Invites { org: None, .. },
            ..
        } => Some(to.as_str()),
        _ => None,
    };
    effects.iter().filter_map(to).collect()
}

#[test]
fn invites_of_a_profile_that_is_shown_again_are_read_too() {
    let accounts = ["shop", "me"].map(|name| account(name, "fake", everything()));
    let mut rig = Rig::with(accounts.into());
    rig.press("P2");
    assert_eq!(asked_of(&rig.press("gi")), ["me"]);
    assert_eq!(asked_of(&rig.press("P0")), ["shop"]);
}

#[test]
fn details_show_ids_and_ask_for_the_record() {
    let mut rig = Rig::two_orgs().on(Pane::Invites);
    let effects = rig.press("d");
    assert!(matches!(
        effects[0],
        Effect::Query {
            query: Query::Raw(_),
            ..
        }
    ));
    let shown = format!("{:?}", rig.model.overlays.last());
    assert!(shown.contains("inv_jon@old.example"));
    rig.settle();
    let shown = format!("{:?}", rig.model.overlays.last());
    assert!(shown.contains("acme"));
    rig.press("<esc>");
    assert!(rig.model.overlays.is_empty());
}
