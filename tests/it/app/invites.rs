//! Tests of the invites pane.

use orgdeck::app::layer::Overlay;
use orgdeck::app::model::InviteScope;
use orgdeck::app::place::Pane;
use orgdeck::app::store::Loaded;
use orgdeck::app::{Effect, Msg};
use orgdeck::domain::news::{News, Sent};
use orgdeck::domain::{Answer, ApiError, Fault, InviteStatus, Method, Offer, Query, Text, Verb};

use crate::support::rig::{Rig, account, everything, profile};

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

#[test]
fn details_that_could_not_be_read_are_read_again_by_the_key_they_name() {
    let mut rig = Rig::two_orgs().on(Pane::Invites);
    rig.press("d");
    let raw = |query: &Query| matches!(query, Query::Raw(_));
    let id = rig.asked(raw);
    rig.answer(id, Err(ApiError::new(Verb::InviteList, Fault::TimedOut)));
    rig.effects.clear();
    rig.press("R");
    let again = rig.asked(raw);
    rig.answer(again, Ok(Answer::Json(Text::from("{\"a\":1}"))));
    let Some(Overlay::Details(details)) = rig.model.overlays.last() else {
        panic!("details are open");
    };
    assert_eq!(details.raw, Loaded::Yes(Text::from("{\"a\":1}")));
}

#[test]
fn details_of_what_only_this_program_keeps_say_that_there_is_nothing_to_read() {
    let mut rig = Rig::two_orgs().on(Pane::Activity);
    rig.send(Msg::Told(News::Sent(Box::new(Sent {
        profile: profile("shop"),
        verb: Verb::OrgList,
        method: Method::Get,
        target: Text::from("/organizations"),
        ended: Ok(200),
        served_at: None,
        took: std::time::Duration::from_millis(9),
        trace: None,
    }))));
    rig.press("d");
    let Some(Overlay::Details(details)) = rig.model.overlays.last() else {
        panic!("details are open");
    };
    let fact = |label: &str| {
        let mut facts = details.facts.iter();
        facts
            .find(|(known, _)| known.raw() == label)
            .unwrap()
            .1
            .raw()
            .to_owned()
    };
    assert_eq!(fact("what for"), "list organizations");
    rig.press("R");
    assert!(
        rig.hint().contains("nothing to read again"),
        "{}",
        rig.hint()
    );
}
