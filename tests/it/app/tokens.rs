//! A token that ends in the middle, as the core sees it: a person is asked once, reads go on, and what
//! was to be changed is offered.

use orgdeck::app::layer::Overlay;
use orgdeck::app::notice::Word;
use orgdeck::app::place::Pane;
use orgdeck::app::prompt::{Prompt, Spot, Trial};
use orgdeck::app::store::{Account, Door, Lock};
use orgdeck::app::{Effect, Effects, Msg, RequestId};
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::secret::Pass;
use orgdeck::domain::{
    Answer, ApiError, Fault, Outcome, Principal, PrincipalKind, Query, Secret, Text, Told, UserId,
    Verb,
};

use super::write::plan_for;
use crate::support::past::ENTRY;
use crate::support::rig::{Rig, account, everything, profile};

/// The question on top.
fn prompt(rig: &Rig) -> Option<&Prompt> {
    match rig.model.overlays.last() {
        Some(Overlay::Prompt(prompt)) => Some(prompt),
        _ => None,
    }
}

fn door(rig: &Rig) -> Door {
    rig.model.store.accounts[0].door
}

/// Two organizations are shown; then everything is read again, and refused for this.
fn refused(fault: &Fault) -> Rig {
    let mut rig = Rig::two_orgs();
    rig.effects.clear();
    refuse(&mut rig, fault);
    rig
}

fn refuse(rig: &mut Rig, fault: &Fault) {
    rig.press("R");
    let id = rig.asked(|query| matches!(query, Query::Orgs { .. }));
    rig.answer(id, Err(ApiError::new(Verb::OrgList, fault.clone())));
}

/// Types a secret in and presses Enter: what is ordered.
fn type_in(rig: &mut Rig, text: &str) -> Effects {
    rig.wait(400);
    rig.press(text);
    rig.press("<enter>")
}

fn admitting(effects: &Effects) -> (RequestId, Pass) {
    match &effects[..] {
        [Effect::Admit { id, to, pass }] => {
            assert_eq!(*to, profile("shop"));
            (*id, pass.clone())
        }
        other => panic!("it is tried, not {other:?}"),
    }
}

fn principal(name: &str) -> Principal {
    Principal {
        kind: PrincipalKind::User,
        user: Some(UserId::new(&profile("shop"), name)),
        label: Text::from(name),
        email: Told::Empty,
        stage: Told::Unknown,
    }
}

fn good(name: &str) -> Answer {
    Answer::Principal(principal(name))
}

fn signed_out() -> Result<Answer, ApiError> {
    Err(ApiError::new(Verb::WhoAmI, Fault::SignedOut))
}

#[test]
fn a_token_that_is_over_is_asked_for_at_once() {
    let rig = refused(&Fault::SignedOut);
    let prompt = prompt(&rig).expect("it is asked for");
    assert_eq!(prompt.profile, profile("shop"));
    assert_eq!((prompt.lock, prompt.focus), (Lock::Token, Spot::Field));
    assert_eq!(door(&rig), Door::Asked(Lock::Token));
}

#[test]
fn a_second_factor_is_asked_for_as_a_code() {
    let mut rig = refused(&Fault::SecondFactor);
    assert_eq!(prompt(&rig).unwrap().lock, Lock::Code);
    for wrong in ["12345", "1234567", "12a456"] {
        assert!(type_in(&mut rig, wrong).is_empty());
        assert_eq!(rig.hint(), "a code has six digits");
        rig.press("<c-u>");
    }
    let (_, pass) = admitting(&type_in(&mut rig, "123456"));
    assert_eq!(pass, Pass::Code(Secret::new("123456")));
}

#[test]
fn what_is_no_want_of_a_token_asks_for_none() {
    for fault in [Fault::Forbidden, Fault::TimedOut, Fault::Unavailable] {
        let rig = refused(&fault);
        assert_eq!(prompt(&rig).map(|prompt| prompt.lock), None, "{fault:?}");
        assert_eq!(door(&rig), Door::Open);
    }
}

/// Where nothing was put yet nobody is stopped; the key asks.
#[test]
fn a_place_that_holds_nothing_is_asked_about_on_request() {
    let mut rig = refused(&Fault::NoSecret(Text::from("not set")));
    assert!(prompt(&rig).is_none());
    rig.press("gt");
    assert_eq!(prompt(&rig).unwrap().lock, Lock::Token);
}

#[test]
fn nothing_is_asked_above_another_layer() {
    let mut rig = Rig::two_orgs();
    rig.effects.clear();
    rig.press("R");
    let id = rig.asked(|query| matches!(query, Query::Orgs { .. }));
    rig.press("i");
    rig.answer(id, Err(ApiError::new(Verb::OrgList, Fault::SignedOut)));
    assert!(matches!(rig.model.overlays[..], [Overlay::Form(_)]));
    rig.press("<esc>");
    assert!(prompt(&rig).is_some(), "once the form is closed");
}

#[test]
fn what_was_typed_is_tried_and_held_no_longer() {
    let mut rig = refused(&Fault::SignedOut);
    let (id, pass) = admitting(&type_in(&mut rig, "tok-1"));
    assert_eq!(pass, Pass::Token(Secret::new("tok-1")));
    let prompt = prompt(&rig).unwrap();
    assert_eq!(prompt.trial, Trial::Sent(id));
    assert!(prompt.masked.is_empty());
    assert!(!format!("{:?}", rig.model).contains("tok-1"));
}

#[test]
fn a_key_counts_only_after_the_question_was_looked_at() {
    let mut rig = refused(&Fault::SignedOut);
    rig.press("x");
    assert!(rig.press("<enter>").is_empty());
    assert_eq!(rig.hint(), "held back: this was shown just now");
    rig.wait(400);
    assert_eq!(rig.press("<enter>").len(), 1);
    assert!(rig.press("<enter>").is_empty(), "it is tried once");
}

#[test]
fn an_empty_answer_is_none() {
    let mut rig = refused(&Fault::SignedOut);
    assert!(type_in(&mut rig, "").is_empty());
    assert_eq!(rig.hint(), "nothing is typed yet: Esc leaves it so");
}

#[test]
fn a_good_token_reads_again_what_is_shown() {
    let mut rig = refused(&Fault::SignedOut);
    let (id, _) = admitting(&type_in(&mut rig, "tok-1"));
    rig.effects.clear();
    rig.send(Msg::Admitted(id, Ok(good("ana"))));
    assert!(rig.model.overlays.is_empty());
    assert_eq!(door(&rig), Door::Open);
    assert_eq!(rig.hint(), "shop: signed in as ana, reading again");
    for which in [
        |query: &Query| matches!(query, Query::Orgs { .. }),
        |query: &Query| matches!(query, Query::WhoAmI),
        |query: &Query| matches!(query, Query::Members { .. }),
        |query: &Query| matches!(query, Query::Invites { .. }),
    ] {
        rig.asked(which);
    }
    let is_write = |effect: &Effect| matches!(effect, Effect::Record { .. } | Effect::Carry { .. });
    assert!(!rig.effects.iter().any(is_write));
    rig.settle();
    assert!(rig.model.notices.top().is_some(), "another one acts now");
}

#[test]
fn a_token_of_somebody_else_is_said_to_be() {
    let mut rig = refused(&Fault::SignedOut);
    rig.model.store.accounts[0].principal = orgdeck::app::store::Loaded::Yes(principal("ana"));
    let (id, _) = admitting(&type_in(&mut rig, "tok-1"));
    rig.send(Msg::Admitted(id, Ok(good("bo"))));
    let said = &rig.model.notices.top().unwrap().word;
    let words = Text::from("this token is bo's, the one before was ana's");
    assert_eq!(*said, Word::Note(words));
}

/// The question says no and waits; nothing asks by itself again.
#[test]
fn a_second_refusal_says_so_and_stops() {
    let mut rig = refused(&Fault::SignedOut);
    let (id, _) = admitting(&type_in(&mut rig, "tok-1"));
    let effects = rig.send(Msg::Admitted(id, signed_out()));
    assert!(effects.is_empty());
    let refused = prompt(&rig).unwrap();
    assert!(matches!(&refused.trial, Trial::Refused(error) if error.fault == Fault::SignedOut));
    assert!(refused.masked.is_empty());
    rig.press("<esc>");
    for _ in 0..3 {
        refuse(&mut rig, &Fault::SignedOut);
        assert!(prompt(&rig).is_none(), "nobody is asked in a loop");
    }
    rig.press("gt");
    assert!(prompt(&rig).is_some(), "the key asks");
}

#[test]
fn once_it_answers_the_next_end_is_asked_about_again() {
    let mut rig = refused(&Fault::SignedOut);
    rig.press("<esc>");
    assert_eq!(rig.hint(), "nothing was typed in: g t asks again");
    rig.effects.clear();
    rig.press("R");
    rig.settle();
    assert_eq!(door(&rig), Door::Open);
    refuse(&mut rig, &Fault::SignedOut);
    assert!(prompt(&rig).is_some());
}

/// Requests that were under way together are answered one after the other.
#[test]
fn an_older_answer_under_the_question_does_not_ask_twice() {
    let mut rig = Rig::two_orgs();
    rig.effects.clear();
    rig.press("2R");
    let members = rig.asked(|query| matches!(query, Query::Members { .. }));
    let invites = rig.asked(|query| matches!(query, Query::Invites { .. }));
    rig.answer(
        members,
        Err(ApiError::new(Verb::MemberList, Fault::SignedOut)),
    );
    rig.answer(
        invites,
        Ok(Answer::Invites(orgdeck::domain::Page::whole(Vec::new()))),
    );
    assert_eq!(door(&rig), Door::Asked(Lock::Token));
    rig.press("<esc>");
    assert!(prompt(&rig).is_none());
}

#[test]
fn a_new_token_may_want_its_code() {
    let mut rig = refused(&Fault::SignedOut);
    let (id, _) = admitting(&type_in(&mut rig, "tok-1"));
    let error = ApiError::new(Verb::WhoAmI, Fault::SecondFactor);
    rig.send(Msg::Admitted(id, Err(error)));
    let asked = prompt(&rig).unwrap();
    assert_eq!((asked.lock, &asked.trial), (Lock::Code, &Trial::Typing));
    let (id, pass) = admitting(&type_in(&mut rig, "654321"));
    assert_eq!(pass, Pass::Code(Secret::new("654321")));
    rig.send(Msg::Admitted(id, Ok(good("ana"))));
    assert!(rig.model.overlays.is_empty());
}

#[test]
fn leaving_it_while_it_is_tried_stops_the_trial() {
    let mut rig = refused(&Fault::SignedOut);
    let (id, _) = admitting(&type_in(&mut rig, "tok-1"));
    assert_eq!(rig.press("<esc>"), [Effect::Cancel(id)]);
    rig.send(Msg::Admitted(id, Ok(good("ana"))));
    assert_eq!(door(&rig), Door::Asked(Lock::Token), "nobody waits for it");
}

#[test]
fn a_pasted_token_loses_its_line_end() {
    let mut rig = refused(&Fault::SignedOut);
    rig.send(Msg::Pasted(Text::from("tok-1\n")));
    let (_, pass) = admitting(&type_in(&mut rig, ""));
    assert_eq!(pass, Pass::Token(Secret::new("tok-1")));
}

/// A revocation that was agreed to and met a token that is over.
fn unsent() -> Rig {
    let mut rig = Rig::two_orgs().on(Pane::Invites);
    rig.press("D");
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(300);
    rig.press("y");
    rig.send(Msg::Recorded(TaskId(1), Ok(ENTRY)));
    rig.effects.clear();
    let error = ApiError::new(Verb::InviteRevoke, Fault::SignedOut);
    rig.send(Msg::Carried(TaskId(1), 0, Outcome::NotApplied(error)));
    rig
}

#[test]
fn a_change_that_was_not_sent_is_offered_and_never_sent_by_itself() {
    let mut rig = unsent();
    assert!(prompt(&rig).is_some());
    let said = rig.model.notices.top().unwrap();
    assert_eq!(said.kind(), "NOT SENT");
    let (id, _) = admitting(&type_in(&mut rig, "tok-1"));
    rig.effects.clear();
    rig.send(Msg::Admitted(id, Ok(good("ana"))));
    assert!(matches!(rig.model.overlays[..], [Overlay::Confirm(_)]));
    let is_sent = |effect: &Effect| matches!(effect, Effect::Record { .. } | Effect::Carry { .. });
    assert!(!rig.effects.iter().any(is_sent));
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(400);
    let effects = rig.press("y");
    assert!(matches!(effects.first(), Some(Effect::Record { task, .. }) if *task == TaskId(2)));
    assert!(!rig.model.tasks.contains_key(&TaskId(1)), "it was taken up");
}

#[test]
fn a_change_that_was_not_sent_is_there_to_be_taken_up_later() {
    let mut rig = unsent();
    rig.press("<esc>");
    rig.settle_questions();
    rig.press("gf");
    assert!(matches!(rig.model.overlays[..], [Overlay::Confirm(_)]));
}

#[test]
fn of_several_profiles_the_one_that_is_shut_is_asked_for() {
    let two: Vec<Account> = ["shop", "me"]
        .map(|name| account(name, "fake", everything()))
        .into();
    let mut rig = Rig::with(two);
    rig.settle();
    rig.press("gt");
    assert!(
        matches!(rig.model.overlays[..], [Overlay::Menu(_)]),
        "which one?"
    );
    rig.press("2");
    assert_eq!(prompt(&rig).unwrap().profile, profile("me"));
    rig.press("<esc>");
    rig.model.store.accounts[0].door = Door::Asked(Lock::Token);
    rig.press("gt");
    assert_eq!(prompt(&rig).unwrap().profile, profile("shop"));
}
