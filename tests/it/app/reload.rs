//! The configuration is changed while the console runs: what is taken over, and that nothing on the screen
//! comes to mean something else by it.

use orgdeck::app::confirm::Asking;
use orgdeck::app::form::Stage as FormStage;
use orgdeck::app::layer::Overlay;
use orgdeck::app::notice::{Notice, Word};
use orgdeck::app::place::Pane;
use orgdeck::app::setup::{Change, Configured, Setup};
use orgdeck::app::store::SentNote;
use orgdeck::app::{Effect, Effects, Msg};
use orgdeck::domain::connection::{Access, Stage};
use orgdeck::domain::rows::Shelf;
use orgdeck::domain::{Answer, Connection, Fault, Outcome, Page, Profile, Query, Row, Text, Told};
use orgdeck::job::task::State;

use crate::support::plan::plan_for;
use crate::support::rig::{Rig, account, everything, org, org_id, present, profile, small_world};
use crate::support::world;

fn connection(name: &str) -> Connection {
    account(name, "fake", everything()).connection
}

fn setup(name: &str, change: Change) -> Setup {
    Setup {
        connection: connection(name),
        capabilities: everything(),
        change,
    }
}

fn read_only(name: &str) -> Setup {
    let mut setup = setup(name, Change::Guarded);
    setup.connection.access = Access::ReadOnly("read_only in the configuration");
    setup
}

fn configured(rig: &mut Rig, setups: Vec<Setup>) -> Effects {
    let (refresh, notes) = (rig.model.settings.refresh, Vec::new());
    rig.send(Msg::Configured(Ok(Configured {
        setups,
        refresh,
        notes,
    })))
}

/// A console over two connections, with an organization of the first one open.
fn two() -> Rig {
    let accounts = ["shop", "quay"].map(|name| account(name, "fake", everything()));
    let mut rig = Rig::with(accounts.into());
    settle(&mut rig);
    rig
}

/// The same over the first alone.
fn one() -> Rig {
    let mut rig = Rig::with(vec![account("shop", "fake", everything())]);
    settle(&mut rig);
    rig
}

/// Answers every question: each connection has one organization, which is called as it is itself.
fn settle(rig: &mut Rig) {
    while let Some(effect) = rig.effects.pop_front() {
        let Effect::Query { id, to, query } = effect else {
            continue;
        };
        let answer = match &query {
            Query::Orgs { .. } => {
                let own = Row::whole(org(to.as_str(), to.as_str(), to.as_str()));
                Answer::Orgs(Page::whole(vec![own]))
            }
            other => small_world(other, everything()),
        };
        rig.answer(id, Ok(answer));
    }
}

/// The messages that wait, the newest last.
fn notices(rig: &Rig) -> Vec<String> {
    let notices = rig.model.notices.all().iter();
    notices.map(Notice::happened).collect()
}

fn profiles(rig: &Rig) -> Vec<&str> {
    let accounts = rig.model.store.accounts.iter();
    accounts
        .map(|account| account.connection.profile.as_str())
        .collect()
}

/// The profiles that questions went to.
fn asked(effects: &Effects) -> Vec<&Profile> {
    let to = effects.iter().filter_map(|effect| match effect {
        Effect::Query { to, .. } => Some(to),
        _ => None,
    });
    to.collect()
}

/// Opens a question about the row under the cursor.
fn question(rig: &mut Rig, key: &str) {
    rig.press(key);
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(400);
}

fn stage(rig: &Rig) -> &Asking {
    match rig.model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => &confirm.stage,
        other => panic!("a question is open, not {other:?}"),
    }
}

fn sends(effects: &Effects) -> bool {
    let sending = |effect: &Effect| matches!(effect, Effect::Record { .. } | Effect::Carry { .. });
    effects.iter().any(sending)
}

#[test]
fn a_new_connection_is_read_and_the_others_stay_as_they_are() {
    let mut rig = one().on(Pane::Members);
    rig.press("j");
    let before = rig.model.store.account(&profile("shop")).cloned();
    let cursor = rig.model.panes.members.cursor.clone();
    let effects = configured(
        &mut rig,
        vec![setup("quay", Change::Renewed), setup("shop", Change::Kept)],
    );
    assert_eq!(profiles(&rig), ["quay", "shop"]);
    assert!(asked(&effects).iter().all(|to| **to == profile("quay")));
    assert_eq!(
        asked(&effects).len(),
        3,
        "who we are, what it can do, its list"
    );
    assert_eq!(rig.model.store.account(&profile("shop")).cloned(), before);
    settle(&mut rig);
    assert_eq!(rig.model.panes.members.cursor, cursor);
    assert_eq!(rig.model.panes.open, Some(org_id("shop", "shop")));
    assert_eq!(
        notices(&rig),
        ["note configuration read again: quay is new"]
    );
}

#[test]
fn a_connection_that_is_gone_takes_its_rows_along() {
    let mut rig = two();
    rig.model.store.sent_notes.push(SentNote {
        org: org_id("shop", "shop"),
        email: Text::from("a@x.example"),
        at: present(),
    });
    rig.model.only = [profile("shop")].into();
    configured(&mut rig, vec![setup("quay", Change::Kept)]);
    settle(&mut rig);
    assert_eq!(profiles(&rig), ["quay"]);
    assert!(rig.model.only.is_empty(), "all that are left are shown");
    assert!(rig.model.store.sent_notes.is_empty());
    assert!(
        rig.model
            .store
            .visits()
            .all(|(org, _)| org.profile() == &profile("quay"))
    );
    let shown = rig.model.org_lists();
    let mut orgs = shown.iter().flat_map(Shelf::iter);
    assert!(orgs.all(|row| row.item.id.profile() == &profile("quay")));
    assert_eq!(
        rig.model
            .panes
            .open
            .as_ref()
            .map(|org| org.profile().clone()),
        Some(profile("quay"))
    );
    assert_eq!(
        notices(&rig),
        ["note configuration read again: shop is gone"]
    );
}

#[test]
fn the_cursor_stays_on_its_record_when_connections_change_their_order() {
    let mut rig = two();
    rig.press("1G");
    let cursor = rig.model.panes.orgs.cursor.clone();
    assert_eq!(
        cursor.as_ref().map(|org| org.profile().clone()),
        Some(profile("quay"))
    );
    configured(
        &mut rig,
        vec![setup("quay", Change::Kept), setup("shop", Change::Guarded)],
    );
    settle(&mut rig);
    assert_eq!(rig.model.panes.orgs.cursor, cursor);
    let lists = rig.model.org_lists();
    let place = rig.model.panes.orgs.order.places[rig.model.panes.orgs.index];
    assert_eq!(
        Some(&orgdeck::job::order::row(&lists, place).item.id),
        cursor.as_ref()
    );
}

#[test]
fn a_question_about_a_lost_connection_says_so_and_sends_nothing() {
    for setups in [
        vec![setup("quay", Change::Kept)],
        vec![setup("shop", Change::Renewed), setup("quay", Change::Kept)],
    ] {
        let mut rig = two().on(Pane::Members);
        question(&mut rig, "D");
        assert!(matches!(stage(&rig), Asking::Ready(..)));
        configured(&mut rig, setups);
        let Asking::Failed(error) = stage(&rig) else {
            panic!("{:?}", stage(&rig));
        };
        assert_eq!(error.fault, Fault::NoConsent);
        let words = error.words.as_ref().unwrap().raw();
        assert_eq!(
            words,
            "the configuration has changed: shop is gone or another connection now"
        );
        rig.wait(400);
        assert!(!sends(&rig.press("y")));
        assert!(!sends(&rig.press("<tab><enter>")));
        assert!(rig.model.tasks.is_empty());
    }
}

#[test]
fn a_plan_on_its_way_for_a_question_is_dropped() {
    let mut rig = two().on(Pane::Members);
    rig.press("D");
    let (id, wish) = rig.planning();
    let effects = configured(
        &mut rig,
        vec![read_only("shop"), setup("quay", Change::Kept)],
    );
    assert!(effects.contains(&Effect::Cancel(id)));
    rig.send(Msg::Prepared(id, Ok(plan_for(&wish))));
    assert!(matches!(stage(&rig), Asking::Failed(_)));
}

#[test]
fn a_profile_that_may_not_write_any_more_sends_nothing_from_what_is_open() {
    let mut rig = two().on(Pane::Members);
    question(&mut rig, "D");
    let effects = configured(
        &mut rig,
        vec![read_only("shop"), setup("quay", Change::Kept)],
    );
    assert_eq!(asked(&effects), [] as [&Profile; 0], "its rows stay");
    assert!(matches!(stage(&rig), Asking::Failed(_)));
    assert!(!sends(&rig.press("y")));
    rig.press("<esc>");
    assert!(!sends(&rig.press("D")));
    assert!(
        rig.hint()
            .contains("writing is off (read_only in the configuration)")
    );
    assert_eq!(
        notices(&rig),
        ["note configuration read again: shop: writing is off"]
    );
}

#[test]
fn the_requests_of_a_form_are_looked_at_again_under_other_rules() {
    let mut rig = two().on(Pane::Members);
    rig.press("i");
    settle(&mut rig);
    rig.press("new@quay.example<tab><down>");
    let typed = |rig: &Rig| match rig.model.overlays.last() {
        Some(Overlay::Form(form)) => form.fields[0].typed().to_owned(),
        other => panic!("a form is open, not {other:?}"),
    };
    let before = typed(&rig);
    let mut production = setup("shop", Change::Guarded);
    production.connection.production = Told::Is(Stage::Production);
    let Some(Overlay::Form(form)) = rig.model.overlays.last_mut() else {
        panic!("no form");
    };
    let wish = form.wish().unwrap();
    form.prepared(plan_for(&wish), Vec::new());
    configured(&mut rig, vec![production, setup("quay", Change::Kept)]);
    let Some(Overlay::Form(form)) = rig.model.overlays.last() else {
        panic!("the form stays");
    };
    assert!(
        matches!(form.stage, FormStage::Failed(_)),
        "{:?}",
        form.stage
    );
    assert_eq!(typed(&rig), before);
    assert_eq!(
        notices(&rig),
        ["note configuration read again: shop: real people depend on it"]
    );
}

#[test]
fn a_form_of_a_lost_connection_is_closed_and_keeps_what_was_typed() {
    let mut rig = two().on(Pane::Members);
    rig.press("inew@quay.example");
    configured(
        &mut rig,
        vec![setup("shop", Change::Renewed), setup("quay", Change::Kept)],
    );
    assert!(rig.model.overlays.is_empty());
    assert!(notices(&rig)[0].contains("is closed, what was typed is kept"));
    settle(&mut rig);
    assert_eq!(
        rig.model.panes.open,
        Some(org_id("shop", "shop")),
        "it is looked for"
    );
    assert_eq!(rig.model.panes.focus, Pane::Members);
    rig.press("i<c-t>");
    let Some(Overlay::Form(form)) = rig.model.overlays.last() else {
        panic!("a form opens");
    };
    assert_eq!(form.fields[0].typed(), "new@quay.example");
}

#[test]
fn what_lists_connections_is_closed_with_them() {
    for keys in ["P", "?", "."] {
        let mut rig = two().on(Pane::Members);
        rig.press(keys);
        assert_eq!(rig.model.overlays.len(), 1);
        configured(&mut rig, vec![setup("quay", Change::Kept)]);
        assert!(rig.model.overlays.is_empty(), "{keys}");
    }
}

#[test]
fn what_was_sent_comes_to_its_end_and_nothing_more_goes_out() {
    let mut rig = two().on(Pane::Members);
    rig.press("*");
    question(&mut rig, "D");
    let Asking::Ready(plan, _) = stage(&rig).clone() else {
        panic!("{:?}", stage(&rig));
    };
    let members = orgdeck::app::screen::marks::members_meant(&rig.model);
    rig.press("<esc>");
    drop(plan);
    world::carry(&mut rig.model, world::removing_each(&members), Vec::new());
    let id = *rig.model.tasks.keys().next().unwrap();
    let state = |rig: &Rig, number: usize| {
        let task = orgdeck::app::tasks::find(&rig.model, id).unwrap();
        task.steps().nth(number).map(|(_, state)| state.clone())
    };
    let sent = (0..members.len()).filter(|number| state(&rig, *number) == Some(State::Sent));
    let sent: Vec<usize> = sent.collect();
    let effects = configured(&mut rig, vec![setup("quay", Change::Kept)]);
    assert!(!sends(&effects));
    for number in sent {
        let effects = rig.send(Msg::Carried(id, number, world::done()));
        assert!(!sends(&effects));
        assert!(asked(&effects).iter().all(|to| **to != profile("shop")));
        assert!(matches!(state(&rig, number), Some(State::Done(_))));
    }
}

#[test]
fn steps_that_wait_are_not_sent_over_another_connection() {
    let mut rig = two().on(Pane::Members);
    let member = rig.model.member_row().unwrap().item.clone();
    let many: Vec<_> = (0..8).map(|_| member.clone()).collect();
    world::carry(
        &mut rig.model,
        world::removing_each(&many),
        vec![Outcome::Unknown],
    );
    let effects = configured(
        &mut rig,
        vec![setup("shop", Change::Renewed), setup("quay", Change::Kept)],
    );
    assert!(!sends(&effects));
    let told = notices(&rig).join("\n");
    assert!(
        told.contains("1 stopped task(s): what was not sent is not sent"),
        "{told}"
    );
    let task = rig.model.tasks.values().next().unwrap();
    assert!(task.steps().all(|(_, state)| *state != State::Waiting));
}

#[test]
fn a_broken_file_is_told_once_and_changes_nothing() {
    let mut rig = two().on(Pane::Members);
    question(&mut rig, "D");
    let before = rig.model.store.clone();
    let wrong = |line: usize| Text::from(format!("config.toml:{line}:1: unknown field `urk`"));
    for line in [3, 4] {
        let effects = rig.send(Msg::Configured(Err(wrong(line))));
        assert_eq!(effects, []);
    }
    assert_eq!(rig.model.store, before);
    assert!(
        matches!(stage(&rig), Asking::Ready(..)),
        "it is as good as before"
    );
    assert_eq!(notices(&rig), ["FAIL config.toml:4:1: unknown field `urk`"]);
    let consequence = rig.model.notices.all()[0].consequence(&rig.model);
    assert!(consequence.starts_with("the settings of before stay"));
    let kept = || {
        ["shop", "quay"]
            .map(|name| setup(name, Change::Kept))
            .into()
    };
    configured(&mut rig, kept());
    assert_eq!(notices(&rig), ["note configuration read again: as before"]);
    rig.press("<esc><esc>");
    configured(&mut rig, kept());
    assert_eq!(notices(&rig), [""; 0]);
    assert!(rig.hint().contains("nothing that counts has changed"));
    let is_failure = |word: &Word| matches!(word, Word::Misconfigured(_));
    assert!(
        !rig.model
            .notices
            .all()
            .iter()
            .any(|one| is_failure(&one.word))
    );
}

#[test]
fn the_first_profile_ends_the_first_screen() {
    let mut rig = Rig::with(Vec::new());
    rig.model.welcome = Some(orgdeck::app::model::Welcome {
        found: Vec::new(),
        toml: Text::from(""),
        path: Text::from(""),
        index: 0,
    });
    configured(&mut rig, vec![setup("shop", Change::Renewed)]);
    settle(&mut rig);
    assert!(rig.model.welcome.is_none());
    assert_eq!(rig.model.panes.open, Some(org_id("shop", "shop")));
}
