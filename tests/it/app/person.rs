//! Tests of the organizations of one person.

use orgdeck::app::Effect;
use orgdeck::app::picker::{Choice, Note, Pick};
use orgdeck::app::place::Pane;
use orgdeck::domain::member::Mine;
use orgdeck::domain::query::{Cursor, Next};
use orgdeck::domain::rows::Detail;
use orgdeck::domain::{
    Answer, ApiError, Fault, Offer, Page, Query, Row, Text, Told, User, UserAt, UserId, Verb,
};

use super::picker::{picker, titles};
use crate::support::rig::{Rig, everything, invite, member, membership, org_id, profile};

fn asks(query: &Query) -> bool {
    matches!(query, Query::Memberships { .. })
}

/// Who is asked about in the only question among these effects.
fn asked_about(effects: &[Effect]) -> &UserAt {
    match effects {
        [
            Effect::Query {
                query: Query::Memberships { user, .. },
                ..
            },
        ] => user,
        other => panic!("one question about a user: {other:?}"),
    }
}

fn opened() -> Rig {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("p");
    rig
}

fn notes(rig: &Rig) -> String {
    format!("{:?}", picker(&rig.model).notes)
}

#[test]
fn a_member_is_asked_about_by_id_by_name_or_as_oneself() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    let ana = UserId::new(&profile("shop"), "user_ana");
    assert_eq!(*asked_about(&rig.press("p")), UserAt::Id(ana));
    rig.press("<esc>");
    let acme = org_id("shop", "acme");
    let rows = &mut rig.model.store.visit_mut(&acme).unwrap().members.rows;
    rows.change(0, |row| {
        row.item.user = Told::Unknown;
        row.item.username = Told::Is(Text::from("ana_c"));
    });
    let by_name = UserAt::Name(profile("shop"), Text::from("ana_c"));
    assert_eq!(*asked_about(&rig.press("p")), by_name);
    rig.press("<esc>");
    let rows = &mut rig.model.store.visit_mut(&acme).unwrap().members.rows;
    rows.change(0, |row| row.item.is_me = Told::Is(Mine::Own));
    assert_eq!(*asked_about(&rig.press("p")), UserAt::Me(profile("shop")));
    rig.press("<esc>");
    let rows = &mut rig.model.store.visit_mut(&acme).unwrap().members.rows;
    rows.change(0, |row| {
        row.item.username = Told::Unknown;
        row.item.is_me = Told::Unknown;
    });
    assert!(rig.press("p").is_empty());
    assert!(notes(&rig).contains("not asked: the row tells neither id nor user name"));
}

#[test]
fn every_page_is_read_and_enter_goes_to_the_organization() {
    let mut rig = opened();
    assert!(notes(&rig).contains("reading the memberships"));
    let id = rig.asked(asks);
    rig.effects.clear();
    let first = Page {
        is_torn: false,
        rows: vec![Row::whole(membership(&org_id("shop", "acme"), "ana"))],
        total: Some(2),
        next: Next::One(Cursor::at("1")),
    };
    rig.answer(id, Ok(Answer::Memberships(first)));
    assert!(notes(&rig).contains("1 of 2"));
    let id = rig.asked(asks);
    let mut quay = membership(&org_id("shop", "quay"), "ana_q");
    quay.org_name = Told::Is(Text::from("Quay, as told"));
    quay.member.joined = Told::Is("2025-11-30T08:00:00Z".parse().unwrap());
    let last = Page {
        is_torn: false,
        rows: vec![Row::whole(quay)],
        total: Some(2),
        next: Next::End,
    };
    rig.answer(id, Ok(Answer::Memberships(last)));
    assert_eq!(titles(&rig.model), ["Acme Shop", "Quay, as told"]);
    let about = picker(&rig.model).choices[1].about.raw();
    assert_eq!(about, "member  id quay  joined 2025-11-30");
    rig.press("2");
    assert!(rig.model.overlays.is_empty());
    assert_eq!(rig.model.panes.open, Some(org_id("shop", "quay")));
    assert_eq!(rig.model.panes.focus, Pane::Orgs);
}

#[test]
fn esc_closes_it_and_gives_the_questions_up() {
    let mut rig = opened();
    let id = rig.asked(asks);
    assert_eq!(rig.press("<esc>"), [Effect::Cancel(id)]);
    assert!(rig.model.overlays.is_empty());
    let late = Page::whole(vec![Row::whole(membership(&org_id("shop", "acme"), "ana"))]);
    assert!(rig.answer(id, Ok(Answer::Memberships(late))).is_empty());
}

#[test]
fn a_failure_can_be_tried_again_and_nothing_is_said_to_be_nothing() {
    let mut rig = opened();
    let id = rig.asked(asks);
    rig.answer(
        id,
        Err(ApiError::new(Verb::UserMemberships, Fault::TimedOut)),
    );
    assert!(matches!(
        picker(&rig.model).notes.last(),
        Some(Note::Failed(_))
    ));
    assert_eq!(picker(&rig.model).choices[0].pick, Pick::Again);
    rig.effects.clear();
    asked_about(&rig.press("R"));
    let id = rig.asked(asks);
    rig.answer(id, Ok(Answer::Memberships(Page::whole(Vec::new()))));
    assert!(notes(&rig).contains("the service tells of no membership"));
    assert!(
        picker(&rig.model)
            .choices
            .iter()
            .all(|line| line.section != "TOLD BY THE SERVICE")
    );
}

#[test]
fn what_the_service_does_not_tell_is_said_and_cannot_be_tried_again() {
    let mut rig = opened();
    let id = rig.asked(asks);
    let fault = Fault::NotOffered("the caller's own memberships only");
    rig.answer(id, Err(ApiError::new(Verb::UserMemberships, fault)));
    assert!(notes(&rig).contains("not asked: the caller's own memberships only"));
    let lines = &picker(&rig.model).choices;
    assert!(lines.iter().all(|line| line.pick != Pick::Again));
    // The list of members that was read tells it all the same, and says that it does.
    let [line] = &lines[..] else {
        panic!("{lines:?}")
    };
    assert_eq!(line.section, "KNOWN FROM WHAT WAS READ");
    assert_eq!(line.pick, Pick::Org(org_id("shop", "acme")));
    assert!(notes(&rig).contains("1 list of members read here besides: 1 more place"));
}

/// A line of the second part.
fn is_known(line: &Choice) -> bool {
    line.section == "KNOWN FROM WHAT WAS READ"
}

#[test]
fn the_same_address_elsewhere_is_told_with_its_source() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    let other = org_id("shop", "quay");
    rig.model.store.open(&other);
    let visit = rig.model.store.visit_mut(&other).unwrap();
    let mut twin = member(&other, "someone", "boss");
    twin.email = Told::Is(Text::from("ANA@acme.example"));
    visit.members.rows.put(Row::whole(twin));
    rig.press("p");
    let id = rig.asked(asks);
    let told = Page::whole(vec![Row::whole(membership(&org_id("shop", "acme"), "ana"))]);
    rig.answer(id, Ok(Answer::Memberships(told)));
    let lines = &picker(&rig.model).choices;
    let known: Vec<_> = lines.iter().filter(|line| is_known(line)).collect();
    let [line] = &known[..] else {
        panic!("{lines:?}")
    };
    assert_eq!(line.title.raw(), "Quay Services");
    assert_eq!(line.about.raw(), "boss  id quay  fake:shop");
}

#[test]
fn an_organization_that_is_not_listed_cannot_be_gone_to() {
    let mut rig = opened();
    let id = rig.asked(asks);
    let far = membership(&org_id("shop", "far"), "ana");
    let mut odd = Row::whole(membership(&org_id("shop", "odd"), "odd"));
    odd.detail = Detail::Unreadable(Text::from("\"id\" is a list"));
    rig.answer(
        id,
        Ok(Answer::Memberships(Page::whole(vec![Row::whole(far), odd]))),
    );
    rig.press("1");
    assert_eq!(
        rig.hint(),
        "it is not in the list of organizations that was read"
    );
    rig.press("2");
    assert_eq!(
        rig.hint(),
        "the service sent no such record: \"id\" is a list"
    );
    assert_eq!(rig.model.overlays.len(), 1);
}

fn user(key: &str, email: &str) -> Row<User> {
    Row::whole(User {
        id: UserId::new(&profile("shop"), key),
        name: Told::Empty,
        username: Told::Empty,
        email: Told::Is(Text::from(email)),
    })
}

#[test]
fn the_person_of_an_invite_is_looked_for_by_the_address() {
    let mut rig = Rig::two_orgs().on(Pane::Invites);
    rig.press("p");
    let id = rig.asked(
        |query| matches!(query, Query::Users { text, .. } if text.raw() == "jon@old.example"),
    );
    rig.effects.clear();
    let users = vec![
        user("user_1", "jon@old.example.net"),
        user("user_2", "Jon@old.example"),
    ];
    let effects = rig.answer(id, Ok(Answer::Users(Page::whole(users))));
    let jon = UserId::new(&profile("shop"), "user_2");
    assert_eq!(
        *asked_about(&effects),
        UserAt::Id(jon),
        "the whole address, not a part"
    );
}

#[test]
fn an_invite_to_nobody_that_the_service_knows_says_so() {
    let mut rig = Rig::two_orgs().on(Pane::Invites);
    rig.press("p");
    let id = rig.asked(|query| matches!(query, Query::Users { .. }));
    rig.answer(
        id,
        Ok(Answer::Users(Page::whole(vec![user(
            "user_1",
            "jo@old.example",
        )]))),
    );
    assert!(notes(&rig).contains("knows no user with this address yet"));
    let lines = &picker(&rig.model).choices;
    assert_eq!(
        lines.iter().filter(|line| is_known(line)).count(),
        1,
        "the invite itself is known"
    );
    assert!(lines[0].about.raw().starts_with("invite, pending"));
}

#[test]
fn a_search_that_failed_or_is_not_offered_is_said() {
    let mut rig = Rig::two_orgs().on(Pane::Invites);
    rig.press("p");
    let id = rig.asked(|query| matches!(query, Query::Users { .. }));
    rig.answer(id, Err(ApiError::new(Verb::UserFind, Fault::TimedOut)));
    assert!(matches!(
        picker(&rig.model).notes.last(),
        Some(Note::Failed(_))
    ));
    rig.effects.clear();
    rig.press("R");
    rig.asked(|query| matches!(query, Query::Users { .. }));

    let mut capabilities = everything();
    capabilities.set_offer(Verb::UserFind, Offer::No("it has no search for users"));
    let mut rig = Rig::two_orgs_of(capabilities).on(Pane::Invites);
    assert!(rig.press("p").is_empty(), "nothing is asked");
    assert!(notes(&rig).contains("not asked: it has no search for users"));
}

#[test]
fn where_no_person_is_under_the_cursor_that_is_said() {
    let mut rig = Rig::two_orgs();
    rig.press("p");
    assert_eq!(
        rig.hint(),
        "members and invites are people, this pane has none"
    );
    let acme = org_id("shop", "acme");
    let mut nameless = invite(&acme, "nobody");
    nameless.email = Told::Unknown;
    let mut rig = Rig::two_orgs().on(Pane::Invites);
    let visit = rig.model.store.visit_mut(&acme).unwrap();
    nameless.at = visit.invites[0].rows.row(0).item.at.clone();
    visit.invites[0].rows.put(Row::whole(nameless));
    rig.press("p");
    assert_eq!(
        rig.hint(),
        "the service does not tell the address of this invite"
    );
}
