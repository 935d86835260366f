//! What a question is about stays what it was, whatever is read below it; and two organizations of one
//! name are told apart.

use orgdeck::app::layer::Overlay;
use orgdeck::app::{Effect, Msg};
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{Answer, ApiError, Fault, OrgId, Page, Query, Row, Text, Told, Wish};

use super::super::write::plan_for;
use super::held::{QUESTIONS, opens, to_yes};
use crate::support::rig::{Rig, org, org_id, small_world};
use crate::support::screen::plain;

/// What reading again brings.
#[derive(Clone, Copy, Debug)]
enum Reading {
    Reversed,
    Edited,
    Gone,
    Failed,
}

const READINGS: [Reading; 4] = [
    Reading::Reversed,
    Reading::Edited,
    Reading::Gone,
    Reading::Failed,
];

fn rows<T>(page: &mut Page<T>, reading: Reading, edit: impl Fn(&mut T)) {
    match reading {
        Reading::Reversed => page.rows.reverse(),
        Reading::Edited => page.rows.iter_mut().for_each(|row| edit(&mut row.item)),
        Reading::Gone => page.rows.clear(),
        Reading::Failed => {}
    }
}

/// Answers everything that is under way, as somebody else's edits made it.
fn read(rig: &mut Rig, reading: Reading) {
    while let Some(effect) = rig.effects.pop_front() {
        let Effect::Query { id, to, query } = effect else {
            continue;
        };
        let known = rig.model.store.account(&to).unwrap().capabilities.clone();
        let mut answer = small_world(&query, known);
        match &mut answer {
            Answer::Orgs(page) => rows(page, reading, |org| org.name = named("Other")),
            Answer::Members(page) => rows(page, reading, |member| member.name = named("Other")),
            Answer::Invites(page) => rows(page, reading, |it| it.email = named("x@y.example")),
            _ => {}
        }
        let failed = matches!(reading, Reading::Failed);
        let reply = if failed && query != Query::Probe {
            Err(ApiError::new(query.verb(), Fault::TimedOut))
        } else {
            Ok(answer)
        };
        rig.answer(id, reply);
    }
}

fn named(name: &str) -> Told<Text> {
    Told::Is(Text::from(name))
}

fn about(rig: &Rig) -> String {
    match rig.model.overlays.last() {
        Some(Overlay::Confirm(it)) => format!("{:?} {} {:?}", it.about, it.title.raw(), it.wish),
        other => panic!("a question is open, not {other:?}"),
    }
}

#[test]
fn r13_nothing_that_is_read_below_a_question_changes_what_it_is_about() {
    for (pane, keys) in QUESTIONS {
        for reading in READINGS {
            let mut rig = Rig::two_orgs().on(pane);
            rig.press("R");
            let mut late: Vec<Effect> = rig.effects.drain(..).collect();
            opens(&mut rig, keys);
            let opened = rig.planning();
            rig.effects.clear();
            let before = about(&rig);
            rig.effects.extend(late.drain(..));
            read(&mut rig, reading);
            rig.send(Msg::Prepared(opened.0, Ok(plan_for(&opened.1))));
            assert_eq!(about(&rig), before, "{keys} {reading:?}");
            rig.wait(1_000);
            to_yes(&mut rig);
            let effects = rig.press("<enter>");
            let [Effect::Record { plan, .. }] = &effects[..] else {
                panic!("{keys} {reading:?}: {effects:?} {}", rig.hint());
            };
            assert_eq!(plan.wish, opened.1, "{keys} {reading:?}");
        }
    }
}

/// Two organizations of one name, the second one under the cursor.
fn twins() -> Rig {
    let mut rig = Rig::two_orgs();
    rig.press("R");
    let id = rig.asked(|query| matches!(query, Query::Orgs { .. }));
    let twin = |key: &str| Row::whole(org("shop", key, "Acme Shop"));
    let page = Page::whole(vec![twin("acme"), twin("twin")]);
    rig.answer(id, Ok(Answer::Orgs(page)));
    rig.settle();
    rig.press("1G");
    rig.wait(1_000);
    rig.settle();
    rig
}

fn here(rig: &Rig) -> OrgId {
    rig.model.org_here().cloned().unwrap()
}

#[test]
fn r14_organizations_of_one_name_are_told_apart_by_their_id_in_every_question() {
    for keys in ["D", "X", "?Remove the logo<enter>"] {
        let mut rig = twins();
        rig.press(keys);
        assert_eq!(here(&rig), org_id("shop", "twin"));
        let (_, wish) = rig.planning();
        assert_eq!(wish.org(), Some(&org_id("shop", "twin")));
        rig.prepared(plan_for(&wish));
        for size in [(120, 36), (80, 24), (60, 20)] {
            let screen = plain(&rig.model, size);
            assert!(screen.contains("(twin)"), "{keys} {size:?}\n{screen}");
        }
    }
}

/// What stands in the request alone could be anybody's: the id is read where the record is named.
#[test]
fn r14_people_of_one_name_are_told_apart_by_their_id_in_every_question() {
    for (pane, keys) in QUESTIONS {
        let mut rig = Rig::two_orgs().on(pane);
        opens(&mut rig, keys);
        let (_, wish) = rig.planning();
        rig.prepared(plan_for(&wish));
        let id = match &wish {
            Wish::RemoveMember { member } => member.user.known().unwrap().raw().to_owned(),
            Wish::SetRoles { .. } => rig.model.member_row().unwrap().item.id.raw().to_owned(),
            Wish::RevokeInvite { invite } | Wish::Resend(Resend::Listed(invite)) => {
                invite.at.id.raw().to_owned()
            }
            other => other.org().unwrap().raw().to_owned(),
        };
        for size in [(120, 36), (80, 24), (60, 20)] {
            let screen = plain(&rig.model, size);
            assert!(screen.contains(&id), "{keys} {size:?}: {id}\n{screen}");
        }
    }
}

#[test]
fn r14_organizations_of_one_name_are_told_apart_by_their_id_in_every_form() {
    for keys in ["i", "e", "O", "M", "a"] {
        let mut rig = twins();
        rig.press(keys);
        let Some(Overlay::Form(form)) = rig.model.overlays.last() else {
            panic!("{keys} opens a form: {}", rig.hint());
        };
        assert_eq!(form.goal.org(), Some(&org_id("shop", "twin")));
        for size in [(120, 36), (80, 24), (60, 20)] {
            let screen = plain(&rig.model, size);
            assert!(screen.contains("(twin)"), "{keys} {size:?}\n{screen}");
        }
    }
}

#[test]
fn the_id_is_taken_in_place_of_a_name_that_two_have() {
    for (typed, begins) in [
        ("twin", true),
        ("Acme Shop", true),
        ("acme", false),
        ("Twin", false),
    ] {
        let mut rig = twins();
        rig.press("D");
        let (_, wish) = rig.planning();
        rig.prepared(plan_for(&wish));
        rig.wait(1_000);
        rig.press(typed);
        rig.press("<tab><tab>");
        let effects = rig.press("<enter>");
        let is_begun = matches!(&effects[..], [Effect::Record { .. }]);
        assert_eq!(is_begun, begins, "{typed}: {}", rig.hint());
    }
}
