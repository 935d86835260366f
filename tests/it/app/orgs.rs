//! Tests of the merged list of organizations.

use std::time::Duration;

use orgdeck::app::place::Pane;
use orgdeck::app::store::{Health, Trouble};
use orgdeck::app::{Effect, Msg};
use orgdeck::domain::news::Sent;
use orgdeck::domain::{Answer, ApiError, Fault, Method, News, Page, Query, Row, Text, Verb};

use crate::support::rig::{Rig, account, everything, org, org_id, profile};

/// Three connections with seven organizations, answered in another order than they were asked.
fn three_profiles() -> Rig {
    let names = ["prod", "shop", "me"];
    let accounts = names.map(|name| account(name, "fake", everything())).into();
    let mut rig = Rig::with(accounts);
    for (name, orgs) in [
        ("me", &["Harbour", "Quay"][..]),
        ("prod", &["Fleet", "Labs"]),
        ("shop", &["Shop", "Sandbox", "Portal"]),
    ] {
        let id = ask_of(&rig, name);
        let rows = orgs
            .iter()
            .map(|org_name| Row::whole(org(name, org_name, org_name)));
        rig.answer(id, Ok(Answer::Orgs(Page::whole(rows.collect()))));
    }
    rig
}

fn ask_of(rig: &Rig, name: &str) -> orgdeck::app::RequestId {
    let found = rig.effects.iter().find_map(|effect| match effect {
        Effect::Query {
            id,
            to,
            query: Query::Orgs { .. },
        } if *to == profile(name) => Some(*id),
        _ => None,
    });
    found.unwrap()
}

#[test]
fn all_profiles_are_one_list_sorted_stably() {
    let mut rig = three_profiles();
    let merged = [
        "Fleet", "Labs", "Shop", "Sandbox", "Portal", "Harbour", "Quay",
    ];
    assert_eq!(rig.org_names(), merged);
    rig.press("sp");
    assert_eq!(
        rig.org_names(),
        [
            "Harbour", "Quay", "Fleet", "Labs", "Shop", "Sandbox", "Portal"
        ]
    );
    rig.press("sx");
    assert_eq!(rig.org_names(), merged);
}

#[test]
fn one_profile_is_a_filter() {
    let mut rig = three_profiles();
    rig.press("P2");
    assert_eq!(rig.org_names(), ["Shop", "Sandbox", "Portal"]);
    rig.press("P0");
    assert_eq!(rig.org_names().len(), 7);
}

#[test]
fn r33_a_failing_profile_hides_no_other() {
    let accounts = ["prod", "shop"]
        .map(|name| account(name, "fake", everything()))
        .into();
    let mut rig = Rig::with(accounts);
    let failing = ask_of(&rig, "prod");
    let fine = ask_of(&rig, "shop");
    rig.answer(failing, Err(ApiError::new(Verb::OrgList, Fault::SignedOut)));
    let rows = vec![Row::whole(org("shop", "acme", "Acme"))];
    rig.answer(fine, Ok(Answer::Orgs(Page::whole(rows))));
    assert_eq!(rig.org_names(), ["Acme"]);
    assert_eq!(
        rig.model.notices.top().unwrap().profile,
        Some(profile("prod"))
    );
    rig.effects.clear();
    rig.press("<esc>R");
    let again = rig.effects.iter().filter(|effect| {
        matches!(
            effect,
            Effect::Query {
                query: Query::Orgs { .. },
                ..
            }
        )
    });
    assert_eq!(
        again.count(),
        2,
        "a failed profile is asked again with the others"
    );
}

#[test]
fn the_panes_follow_the_resting_cursor_and_enter_does_not_wait() {
    let mut rig = three_profiles();
    assert_eq!(
        rig.model.panes.open,
        Some(org_id("prod", "Fleet")),
        "the first, not the quickest"
    );
    rig.press("ggj");
    let effects = rig.wait(150);
    assert!(effects.is_empty(), "it has not rested yet: {effects:?}");
    rig.wait(100);
    assert_eq!(rig.model.panes.open, rig.model.panes.orgs.cursor);
    rig.press("j<enter>");
    assert_eq!(rig.model.panes.open, rig.model.panes.orgs.cursor);
    assert_eq!(rig.model.panes.focus, Pane::Members);
}

#[test]
fn a_slow_first_profile_keeps_the_others_waiting_for_a_moment_only() {
    let accounts = ["prod", "me"]
        .map(|name| account(name, "fake", everything()))
        .into();
    let mut rig = Rig::with(accounts);
    let id = ask_of(&rig, "me");
    let rows = vec![Row::whole(org("me", "Harbour", "Harbour"))];
    rig.answer(id, Ok(Answer::Orgs(Page::whole(rows))));
    assert_eq!(rig.model.panes.open, None);
    rig.wait(250);
    assert_eq!(rig.model.panes.open, Some(org_id("me", "Harbour")));
    let id = ask_of(&rig, "prod");
    let rows = vec![Row::whole(org("prod", "Fleet", "Fleet"))];
    rig.answer(id, Ok(Answer::Orgs(Page::whole(rows))));
    assert_eq!(rig.model.panes.orgs.cursor, Some(org_id("prod", "Fleet")));
}

#[test]
fn a_reading_that_is_not_looked_at_any_more_is_given_up() {
    let mut rig = three_profiles();
    let members = rig.asked(|query| matches!(query, Query::Members { .. }));
    let effects = rig.press("G<enter>");
    assert!(effects.contains(&Effect::Cancel(members)));
}

#[test]
fn scope_can_be_widened_only_where_a_service_lists_more() {
    let mut rig = three_profiles();
    rig.press("ga");
    assert_eq!(
        rig.hint(),
        "no shown profile lists more organizations than its own"
    );
    let account = rig.model.store.account_mut(&profile("shop")).unwrap();
    account.capabilities.reach = orgdeck::domain::capabilities::Reach::Everyone;
    rig.effects.clear();
    rig.press("ga");
    let id = rig.asked(|query| {
        matches!(
            query,
            Query::Orgs {
                scope: orgdeck::domain::query::Scope::All,
                ..
            }
        )
    });
    assert!(id.0 > 0);
}

/// A request of the only profile that ended with a status.
fn sent(rig: &mut Rig, status: u16) {
    rig.send(Msg::Told(News::Sent(Box::new(Sent {
        profile: profile("shop"),
        verb: Verb::OrgList,
        method: Method::Get,
        target: Text::from("/organizations"),
        ended: Ok(status),
        served_at: None,
        took: Duration::from_millis(1),
        trace: None,
    }))));
}

/// How the only profile is doing after its list failed and other requests ended.
fn health_after(fault: Fault, statuses: &[u16]) -> Health {
    let mut rig = Rig::with(vec![account("shop", "fake", everything())]);
    let id = rig.asked(|query| matches!(query, Query::Orgs { .. }));
    rig.answer(id, Err(ApiError::new(Verb::OrgList, fault)));
    for status in statuses {
        sent(&mut rig, *status);
    }
    rig.model.store.accounts[0].health.clone()
}

#[test]
fn a_wrong_token_and_a_foreign_page_are_never_called_fine() {
    assert_eq!(health_after(Fault::SignedOut, &[401]), Health::SignedOut);
    assert_eq!(health_after(Fault::SignedOut, &[200]), Health::SignedOut);
    let garbled = Health::Failing(Trouble::Garbled);
    let page = Fault::NotTheApi(Text::from("text/html"));
    assert_eq!(health_after(page, &[200, 404]), garbled);
    let no_id = Fault::Garbled(Text::from("no id"));
    assert_eq!(health_after(no_id, &[200]), garbled);
    let forbidden = Health::Failing(Trouble::Forbidden);
    assert_eq!(health_after(Fault::Forbidden, &[403]), forbidden);
    assert_eq!(health_after(Fault::Missing, &[404]), Health::Fine);
}

#[test]
fn an_answer_that_was_understood_makes_a_connection_fine_again() {
    let mut rig = Rig::with(vec![account("shop", "fake", everything())]);
    let id = rig.asked(|query| matches!(query, Query::Orgs { .. }));
    rig.answer(id, Err(ApiError::new(Verb::OrgList, Fault::SignedOut)));
    rig.press("R");
    rig.settle();
    assert_eq!(rig.model.store.accounts[0].health, Health::Fine);
}
