//! Tests of writes as the core sees them: from a key to a step, and from its outcome to the row.

use orgdeck::app::notice::{Notice, Word};
use orgdeck::app::place::Pane;
use orgdeck::app::store::{Health, Trouble};
use orgdeck::app::{Effect, Msg};
use orgdeck::domain::back::Recovered;
use orgdeck::domain::history::Fate;
use orgdeck::domain::plan::{Seen, TaskId};
use orgdeck::domain::record::Ended;
use orgdeck::domain::{ApiError, Fault, InviteDraft, Offer, Outcome, Query, Receipt, Verb};
use orgdeck::job::task::Go;

use crate::support::past::{self, ENTRY, end};
pub(super) use crate::support::plan::plan_for;
use crate::support::rig::{Rig, everything};

/// A dialog that asks whether the first invite is to be revoked, with its plan on the screen.
fn asked_to_revoke() -> Rig {
    let mut rig = Rig::two_orgs().on(Pane::Invites);
    rig.press("D");
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig
}

/// The same after the yes, with the plan in the journal: the step that goes out.
fn sent() -> (Rig, Go) {
    let mut rig = asked_to_revoke();
    rig.wait(300);
    let effects = rig.press("y");
    assert!(
        matches!(
            effects[..],
            [Effect::Record {
                task: TaskId(1),
                ..
            }]
        ),
        "{effects:?}"
    );
    let effects = rig.send(Msg::Recorded(TaskId(1), Ok(ENTRY)));
    let Some(Effect::Carry { go, .. }) = effects.into_iter().next() else {
        panic!("the step goes out");
    };
    (rig, go)
}

/// The address of the invite that a step revokes.
fn sent_to(go: &Go) -> String {
    match &go.step.seen {
        Seen::Invite(invite) => invite.email.known().unwrap().raw().to_owned(),
        other => panic!("an invite was seen, not {other:?}"),
    }
}

#[test]
fn a_yes_records_the_plan_and_then_carries_it() {
    let (rig, go) = sent();
    assert_eq!(go.number, 0);
    assert!(go.consent.covers(0, &go.step));
    assert!(rig.model.tasks.values().next().unwrap().is_sending());
}

#[test]
fn done_reads_the_list_again_and_says_so() {
    let (mut rig, go) = sent();
    rig.effects.clear();
    let outcome = Outcome::Done(Receipt::default());
    rig.send(Msg::Carried(TaskId(1), go.number, outcome));
    let address = sent_to(&go);
    assert_eq!(
        rig.hint(),
        format!("revoke the invite of {address}: done"),
        "a person knows the address, not the id"
    );
    assert!(rig.model.tasks.is_empty());
    let id = rig.asked(|query| matches!(query, Query::Invites { .. }));
    assert!(id.0 > 0);
}

#[test]
fn a_second_write_never_takes_the_number_of_one_that_is_over() {
    let (mut rig, go) = sent();
    let outcome = Outcome::Done(Receipt::default());
    rig.send(Msg::Carried(TaskId(1), go.number, outcome));
    rig.settle();
    rig.press("D");
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(300);
    let effects = rig.press("y");
    let second = TaskId(2);
    assert!(
        matches!(&effects[..], [Effect::Record { task, .. }] if *task == second),
        "{effects:?}"
    );
}

#[test]
fn a_refusal_stays_on_its_row_until_it_is_dismissed() {
    let (mut rig, go) = sent();
    let refused = ApiError::new(Verb::InviteRevoke, Fault::Refused).words("not pending");
    rig.send(Msg::Carried(
        TaskId(1),
        go.number,
        Outcome::Refused(refused),
    ));
    rig.settle();
    assert_eq!(rig.model.tasks.len(), 1);
    assert!(matches!(
        rig.model.notices.top().unwrap().word,
        Word::Failed(..)
    ));
    rig.press("<esc>");
    assert!(rig.model.tasks.is_empty());
}

#[test]
fn an_unknown_outcome_is_called_so_and_nothing_is_sent_again() {
    let (mut rig, go) = sent();
    rig.effects.clear();
    rig.send(Msg::Carried(TaskId(1), go.number, Outcome::Unknown));
    assert!(matches!(
        rig.model.notices.top().unwrap().word,
        Word::Unknown { .. }
    ));
    rig.wait(120_000);
    assert!(
        !rig.effects
            .iter()
            .any(|effect| matches!(effect, Effect::Carry { .. }))
    );
}

#[test]
fn a_step_that_needs_another_token_is_said_to_be_not_sent() {
    let (mut rig, go) = sent();
    let over = ApiError::new(Verb::InviteRevoke, Fault::SignedOut);
    rig.send(Msg::Carried(
        TaskId(1),
        go.number,
        Outcome::NotApplied(over),
    ));
    let said = rig.model.notices.all();
    let words: Vec<String> = said.iter().map(Notice::happened).collect();
    assert_eq!(
        words,
        [
            "NOT SENT shop: revoke the invite of jon@old.example: the token is missing, wrong or over"
        ]
    );
    assert!(rig.model.tasks.values().all(orgdeck::job::Task::is_over));
}

#[test]
fn a_step_that_was_slowed_down_goes_out_again_after_the_wait() {
    let (mut rig, go) = sent();
    let slowed = Fault::Slowed {
        after: Some(std::time::Duration::from_secs(3)),
    };
    let slowed = ApiError::new(Verb::InviteRevoke, slowed);
    rig.send(Msg::Carried(
        TaskId(1),
        go.number,
        Outcome::NotApplied(slowed),
    ));
    let early = rig.wait(2_900);
    assert!(!early.iter().any(|e| matches!(e, Effect::Carry { .. })));
    let due = rig.wait(200);
    assert_eq!(
        due.iter()
            .filter(|e| matches!(e, Effect::Carry { .. }))
            .count(),
        1
    );
}

#[test]
fn a_plan_that_cannot_be_recorded_sends_nothing() {
    let mut rig = asked_to_revoke();
    rig.wait(300);
    rig.press("y");
    let error = ApiError::new(Verb::InviteRevoke, Fault::Unrecorded("disk full".into()));
    let effects = rig.send(Msg::Recorded(TaskId(1), Err(error)));
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Carry { .. }))
    );
    assert!(matches!(
        rig.model.notices.top().unwrap().word,
        Word::Failed(..)
    ));
}

#[test]
fn where_no_list_is_kept_the_program_remembers_what_it_sent() {
    let mut capabilities = everything();
    capabilities.set_offer(Verb::InviteList, Offer::No("it keeps no list"));
    let mut rig = Rig::two_orgs_of(capabilities);
    rig.press("i");
    rig.settle();
    rig.press("kim@acme.example<s-tab><s-tab><enter>");
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.press("<tab>");
    rig.wait(300);
    rig.press("<enter>");
    rig.send(Msg::Recorded(TaskId(1), Ok(ENTRY)));
    rig.send(Msg::Carried(
        TaskId(1),
        0,
        Outcome::Done(Receipt::default()),
    ));
    let notes = &rig.model.store.sent_notes;
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].email, InviteDraft::to("kim@acme.example").email);
}

/// A write whose end nobody knows.
fn unknown() -> (Rig, Go) {
    let (mut rig, go) = sent();
    rig.send(Msg::Carried(TaskId(1), go.number, Outcome::Unknown));
    rig.settle();
    assert_eq!(kinds(&rig), ["UNKNOWN"]);
    (rig, go)
}

fn kinds(rig: &Rig) -> Vec<&'static str> {
    rig.model.notices.all().iter().map(Notice::kind).collect()
}

/// What reading came to of that write.
fn looked_up(rig: &mut Rig, fate: Fate) {
    let plan = rig.model.tasks[&TaskId(1)].plan.clone();
    let found = Recovered {
        done: 1,
        again: 1,
        own: vec![past::interrupted(4, plan, vec![fate])],
        ..Recovered::default()
    };
    rig.send(Msg::Recovered(Ok(Box::new(found))));
    rig.settle();
}

#[test]
fn r1_what_is_unknown_is_looked_up_once_when_the_service_answers_again() {
    let (mut rig, _) = unknown();
    let recovers = |rig: &Rig| {
        let is_it = |effect: &&Effect| **effect == Effect::Recover;
        rig.effects.iter().filter(is_it).count()
    };
    rig.press("R");
    rig.settle_questions();
    assert_eq!(recovers(&rig), 0, "it has answered all the time");
    rig.model.store.accounts[0].health = Health::Failing(Trouble::Offline);
    for _ in 0..3 {
        rig.wait(1_000);
        rig.press("R");
        rig.settle_questions();
    }
    assert_eq!(recovers(&rig), 1);
}

#[test]
fn r1_what_was_unknown_is_said_no_longer_once_it_is_looked_up() {
    let (mut rig, _) = unknown();
    rig.press("w");
    assert_eq!(rig.press("R"), [Effect::Recover]);
    rig.press("<esc>");
    looked_up(&mut rig, Fate::Done(end(Ended::Done, None)));
    assert_eq!(kinds(&rig), ["note"], "{:?}", rig.model.notices.all());
    assert!(rig.model.tasks.is_empty(), "it is done");
}

#[test]
fn r1_what_no_reading_tells_stays_unknown_and_nothing_promises_more() {
    let (mut rig, _) = unknown();
    looked_up(&mut rig, Fate::Unknown);
    assert_eq!(kinds(&rig), ["UNKNOWN", "note"]);
    rig.press("w");
    assert!(rig.press("R").is_empty());
    assert!(rig.hint().contains("cannot be read back"), "{}", rig.hint());
}
