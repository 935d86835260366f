//! The journal on the screen, the way back and forward, and what ended sessions have left.

use orgdeck::app::layer::Overlay;
use orgdeck::app::{Effect, Effects, Msg, RequestId};
use orgdeck::domain::back::{Back, NoWay, Way};
use orgdeck::domain::entry::EntryNo;
use orgdeck::domain::{Fidelity, Role, Text, Why, Wish};

use super::picker::{picker, titles};
use crate::support::past;
use crate::support::plan::plan_for;
use crate::support::rig::{Rig, profile};

fn sought(effects: &Effects) -> (RequestId, Way, Option<EntryNo>) {
    let [Effect::Seek { id, way, entry }] = effects[..] else {
        panic!("the journal is asked: {effects:?}");
    };
    (id, way, entry)
}

fn wish() -> Wish {
    Wish::SetRoles {
        member: past::at(),
        from: past::bo().assignments().to_vec(),
        to: vec![Role::named("member")],
    }
}

fn back(why: Why, fidelity: Fidelity) -> Back {
    Back {
        profile: profile("shop"),
        what: Text::from("member role bo"),
        wishes: vec![wish()],
        why,
        fidelity,
        left: Vec::new(),
        found: None,
    }
}

#[test]
fn undo_and_redo_ask_the_journal_and_then_the_person() {
    for (key, way, why, word) in [
        ("u", Way::Undo, Why::Undoes(vec![EntryNo(2)]), "Undo"),
        ("z", Way::Undo, Why::Undoes(vec![EntryNo(2)]), "Undo"),
        ("U", Way::Redo, Why::Redoes(vec![EntryNo(2)]), "Redo"),
        ("Z", Way::Redo, Why::Redoes(vec![EntryNo(2)]), "Redo"),
    ] {
        let mut rig = Rig::two_orgs();
        let (id, asked, entry) = sought(&rig.press(key));
        assert_eq!((asked, entry), (way, None));
        let fidelity = Fidelity::Partly("a new mail goes out");
        let effects = rig.send(Msg::Found(id, Ok(Box::new(back(why.clone(), fidelity)))));
        assert!(matches!(&effects[..], [Effect::Prepare { wish: asked, .. }] if *asked == wish()));
        let Some(Overlay::Confirm(confirm)) = rig.model.overlays.last() else {
            panic!("a question is open");
        };
        assert!(confirm.title.raw().starts_with(word), "{:?}", confirm.title);
        let note = confirm.notes[0].1.raw().to_owned();
        assert!(note.contains("partly; a new mail goes out"), "{note}");
        rig.prepared(plan_for(&wish()));
        rig.wait(1_000);
        let effects = rig.press("y");
        let recorded = matches!(&effects[..], [Effect::Record { why: given, .. }] if *given == why);
        assert!(recorded, "{effects:?}");
    }
}

#[test]
fn what_cannot_be_taken_back_is_said_and_asks_nothing() {
    let mut rig = Rig::two_orgs();
    let (id, ..) = sought(&rig.press("u"));
    let why = NoWay::Impossible(Text::from("org delete acme: it does not come back"));
    let effects = rig.send(Msg::Found(id, Err(why)));
    assert_eq!(effects, Effects::new());
    assert!(rig.model.overlays.is_empty());
    assert_eq!(rig.hint(), "org delete acme: it does not come back");
}

#[test]
fn an_answer_that_comes_late_opens_nothing_above_another_layer() {
    let mut rig = Rig::two_orgs();
    let (id, ..) = sought(&rig.press("u"));
    rig.press("?");
    let found = Box::new(back(Why::Undoes(vec![EntryNo(2)]), Fidelity::Exact));
    assert_eq!(rig.send(Msg::Found(id, Ok(found))), Effects::new());
    assert_eq!(rig.model.overlays.len(), 1);
}

#[test]
fn r48_a_journal_that_cannot_be_written_is_said() {
    let mut rig = Rig::two_orgs();
    rig.send(Msg::Recovered(Err(Text::from("journal.jsonl: disk full"))));
    let said = rig.model.notices.top().unwrap().happened();
    assert!(
        said.contains("nothing can be sent: journal.jsonl: disk full"),
        "{said}"
    );
}

fn opened() -> Rig {
    let mut rig = Rig::two_orgs();
    let effects = rig.press("gj");
    let [Effect::History { id }] = effects[..] else {
        panic!("the journal is read: {effects:?}");
    };
    rig.send(Msg::History(id, Ok(Box::new(past::history()))));
    rig
}

#[test]
fn the_journal_lists_the_newest_first_and_is_searched() {
    let mut rig = opened();
    let lines = titles(&rig.model);
    assert_eq!(lines.len(), 4);
    assert!(
        lines[0].starts_with("11 member role: user_dee"),
        "{lines:?}"
    );
    rig.press("refused");
    assert_eq!(picker(&rig.model).fitting().len(), 1);
    assert!(
        picker(&rig.model)
            .chosen()
            .unwrap()
            .title
            .raw()
            .starts_with("8 ")
    );
}

#[test]
fn one_entry_is_shown_with_before_and_after_and_the_list_stays_below() {
    let mut rig = opened();
    rig.press("undone<enter>");
    let Some(Overlay::Details(details)) = rig.model.overlays.last() else {
        panic!("details are open");
    };
    let value = |label: &str| {
        let found = details.facts.iter().find(|(known, _)| known.raw() == label);
        found.map(|(_, value)| value.raw().to_owned())
    };
    assert_eq!(value("before").as_deref(), Some("bo: member"));
    assert_eq!(value("after").as_deref(), Some("bo: admin"));
    assert_eq!(value("undone by").as_deref(), Some("5"));
    assert_eq!(value("request id").as_deref(), Some("req_7"));
    rig.press("<esc>");
    assert!(matches!(rig.model.overlays.last(), Some(Overlay::Help(_))));
}

#[test]
fn an_empty_journal_and_one_that_cannot_be_read_say_so() {
    for (read, words) in [
        (Ok(Box::default()), "Nothing was sent yet."),
        (
            Err(Text::from("denied")),
            "the journal cannot be read: denied",
        ),
    ] {
        let mut rig = Rig::two_orgs();
        let effects = rig.press("gj");
        let [Effect::History { id }] = effects[..] else {
            panic!("the journal is read: {effects:?}");
        };
        rig.send(Msg::History(id, read));
        let notes = format!("{:?}", picker(&rig.model).notes);
        assert!(notes.contains(words), "{notes}");
    }
}
