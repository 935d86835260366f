//! What an ended session has left, as the next one sees it: said, shown row by row, taken up by a question,
//! looked up again, and taken off the list.

use orgdeck::app::layer::Overlay;
use orgdeck::app::msg::Msg;
use orgdeck::app::{Effect, tasks};
use orgdeck::domain::back::{Interrupted, Recovered};
use orgdeck::domain::entry::{Closes, EntryNo};
use orgdeck::domain::history::Fate;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::record::Ended;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{ApiError, Fault, InviteDraft, OrgId, Verb, Why, Wish};
use orgdeck::job::Task;

use super::write::plan_for;
use crate::support::past::{self, end, fates};
use crate::support::rig::{Rig, invite, member, org_id, present, profile};

const PLAN: EntryNo = EntryNo(41);

fn acme() -> OrgId {
    org_id("shop", "acme")
}

fn removals(count: usize) -> Wish {
    let one = |number: usize| Wish::RemoveMember {
        member: Box::new(member(&acme(), &format!("m{number:03}"), "member")),
    };
    Wish::each((0..count).map(one).collect()).unwrap()
}

fn left_of(wish: &Wish, fates: Vec<Fate>) -> Interrupted {
    past::interrupted(PLAN.0, plan_for(wish), fates)
}

/// A console that has just looked up what was left.
fn found(left: Interrupted) -> Rig {
    let mut rig = Rig::two_orgs();
    rig.send(Msg::Recovered(Ok(Box::new(of(left)))));
    rig
}

fn of(left: Interrupted) -> Recovered {
    Recovered {
        done: 1,
        unknown: 1,
        left: vec![left],
        ..Recovered::default()
    }
}

fn said(rig: &Rig) -> Vec<String> {
    let notices = rig.model.notices.all().iter();
    notices
        .map(orgdeck::app::notice::Notice::happened)
        .collect()
}

fn task(rig: &Rig) -> &Task {
    tasks::find(&rig.model, TaskId(1)).unwrap()
}

/// The ids that the question for a plan speaks of.
fn planned(rig: &Rig) -> Vec<String> {
    let (_, wish) = rig.planning();
    let id = |part: &Wish| match part {
        Wish::RemoveMember { member } => member.id.raw().to_owned(),
        other => panic!("a removal, not {other:?}"),
    };
    wish.parts().iter().map(id).collect()
}

/// Says yes to the question on the screen: the plan that is recorded, and why.
fn agrees(rig: &mut Rig) -> (TaskId, Why, Wish) {
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(400);
    let effects = rig.press("y");
    match &effects[..] {
        [Effect::Record { task, why, plan }] => (*task, why.clone(), plan.wish.clone()),
        other => panic!("it is recorded and nothing is closed: {other:?}"),
    }
}

#[test]
fn r19_the_start_says_how_far_it_had_come_and_sends_nothing() {
    let rig = found(left_of(&removals(6), fates(6)));
    let said = said(&rig);
    assert!(said[0].contains("2 writes were open"), "{said:?}");
    assert_eq!(
        said[1],
        "INTERRUPTED shop: remove the member was interrupted: 1 done, 1 refused, 1 unknown, 3 not started"
    );
    let notice = rig.model.notices.top().unwrap();
    let next = notice.consequence(&rig.model);
    assert!(
        next.starts_with("g f takes up what was not started, w shows each row"),
        "{next}"
    );
    let sends = |effect: &Effect| matches!(effect, Effect::Carry { .. } | Effect::Record { .. });
    assert!(!rig.effects.iter().any(sends));
}

#[test]
fn each_row_stands_among_the_tasks_with_what_came_of_it() {
    let mut rig = found(left_of(&removals(6), fates(6)));
    rig.press("w<enter>");
    let rows = tasks::page(task(&rig));
    let rows: Vec<String> = rows.iter().map(|para| para.words.clone()).collect();
    assert_eq!(rows.len(), 6);
    assert!(
        rows[1].contains("m001") && rows[1].contains("the member is protected"),
        "{rows:?}"
    );
    assert!(rows[2].contains("R looks it up"), "{rows:?}");
    let tally = task(&rig).tally();
    assert_eq!(
        (tally.done, tally.failed, tally.unknown, tally.not_sent),
        (1, 1, 1, 3)
    );
}

#[test]
fn r19_only_what_was_not_started_is_taken_up_and_the_journal_is_told_what_it_finishes() {
    let mut rig = found(left_of(&removals(6), fates(6)));
    rig.press("gf");
    assert_eq!(planned(&rig), ["mem_m003", "mem_m004", "mem_m005"]);
    let (id, why, _) = agrees(&mut rig);
    assert_eq!((id, why), (TaskId(2), Why::Finishes(PLAN)));
    assert!(
        said(&rig)
            .iter()
            .all(|words| !words.starts_with("INTERRUPTED"))
    );
    rig.press("<esc>");
    rig.wait(400);
    rig.press("gf");
    assert_eq!(rig.hint(), "nothing is left to be finished");
}

#[test]
fn trying_again_what_failed_means_the_refused_too_and_never_the_unknown() {
    let mut rig = found(left_of(&removals(6), fates(6)));
    rig.press("wr");
    assert_eq!(
        planned(&rig),
        ["mem_m001", "mem_m003", "mem_m004", "mem_m005"]
    );
    let (_, why, _) = agrees(&mut rig);
    assert_eq!(why, Why::Finishes(PLAN));
    rig.press("<esc>");
    rig.wait(400);
    rig.effects.clear();
    rig.press("jr");
    assert_eq!(rig.hint(), "its rest is task 2: try that one");
    assert!(rig.effects.is_empty(), "nobody does it twice");
}

#[test]
fn a_rest_that_cannot_be_recorded_stays_the_rest_of_what_was_left() {
    let mut rig = found(left_of(&removals(6), fates(6)));
    rig.press("gf");
    let (id, ..) = agrees(&mut rig);
    let taken = ApiError::new(Verb::MemberRemove, Fault::Conflict).words("another session has it");
    rig.send(Msg::Recorded(id, Err(taken)));
    rig.press("<esc>");
    rig.wait(400);
    rig.press("wr");
    let (_, why, _) = agrees(&mut rig);
    assert_eq!(why, Why::Finishes(PLAN), "its plan is in no journal");
}

#[test]
fn looking_up_again_settles_the_rows_of_the_same_task() {
    let mut rig = found(left_of(&removals(4), vec![Fate::Open; 4]));
    assert_eq!(task(&rig).tally().unknown, 4);
    rig.press("w");
    assert_eq!(rig.press("R"), [Effect::Recover]);
    let done = Fate::Done(end(Ended::Done, None));
    let settled = vec![done.clone(), done, Fate::NotStarted, Fate::Unknown];
    rig.send(Msg::Recovered(Ok(Box::new(of(left_of(
        &removals(4),
        settled,
    ))))));
    assert_eq!(tasks::all(&rig.model).len(), 1, "it is the same task");
    let tally = task(&rig).tally();
    assert_eq!((tally.done, tally.not_sent, tally.unknown), (2, 1, 1));
    let interrupted = said(&rig)
        .into_iter()
        .filter(|words| words.starts_with("INTERRUPTED"));
    assert_eq!(interrupted.count(), 1);
}

#[test]
fn looking_up_where_nothing_was_left_asks_nothing() {
    let mut rig = Rig::two_orgs();
    rig.press("iw<esc>");
    let mut rig = found(left_of(&removals(3), fates(3)));
    rig.press("w");
    assert_eq!(rig.press("R"), [Effect::Recover]);
    rig.send(Msg::Recovered(Ok(Box::default())));
    assert_eq!(rig.hint(), "nothing is open any more");
}

#[test]
fn a_task_that_is_taken_off_the_list_is_closed_in_the_journal_by_the_second_press() {
    let mut rig = found(left_of(&removals(6), fates(6)));
    rig.press("w");
    assert!(rig.press("D").is_empty(), "once is a slip");
    rig.wait(1_000);
    rig.press("k");
    rig.wait(1_000);
    assert!(rig.press("D").is_empty(), "another key takes it back");
    rig.wait(1_000);
    let closed = Effect::Close {
        which: Closes::Plan(PLAN),
        profile: profile("shop"),
    };
    assert_eq!(rig.press("D"), [closed]);
    assert!(rig.model.overlays.is_empty() && tasks::all(&rig.model).is_empty());
    rig.wait(1_000);
    rig.press("gf");
    assert_eq!(rig.hint(), "nothing is left to be finished");
}

#[test]
fn the_task_that_is_looked_at_is_taken_up_from_its_rows() {
    for keys in ["wgf", "w<enter>gf"] {
        let mut rig = found(left_of(&removals(6), fates(6)));
        rig.press(keys);
        assert_eq!(
            planned(&rig),
            ["mem_m003", "mem_m004", "mem_m005"],
            "{keys}"
        );
    }
    let mut rig = found(left_of(&removals(1), vec![Fate::Unknown]));
    rig.press("wgf");
    assert_eq!(rig.hint(), "nothing of this task waits to be taken up");
}

#[test]
fn a_held_key_takes_nothing_off_the_list() {
    let mut rig = found(left_of(&removals(6), fates(6)));
    rig.press("wDDDD");
    assert_eq!(tasks::all(&rig.model).len(), 1);
}

#[test]
fn what_cannot_be_rebuilt_is_said_with_its_reason() {
    let mut left = left_of(&removals(6), fates(6));
    left.plan = Err("its profile is not in use here");
    let rig = found(left);
    let said = said(&rig);
    assert!(
        said[1].ends_with(
            "3 not started; it cannot be finished from here: its profile is not in use here"
        ),
        "{said:?}"
    );
    assert!(tasks::all(&rig.model).is_empty());
}

/// The second half of a row goes on from the first: the row is asked for as a whole, by fresh reads.
#[test]
fn rows_of_two_requests_are_taken_up_where_neither_is_unknown() {
    let again = |email: &str| Wish::Resend(Resend::Listed(Box::new(invite(&acme(), email))));
    let wish = Wish::each(
        ["a@x.example", "b@x.example", "c@x.example", "d@x.example"]
            .map(again)
            .into(),
    );
    let wish = wish.unwrap();
    let done = || Fate::Done(end(Ended::Done, None));
    let fates = vec![
        done(),
        done(),
        done(),
        Fate::Unknown,
        done(),
        Fate::NotStarted,
        Fate::NotStarted,
        Fate::NotStarted,
    ];
    let mut rig = found(left_of(&wish, fates));
    rig.press("gf");
    let (_, wish) = rig.planning();
    let ids = wish.parts().iter().map(|part| match part {
        Wish::Resend(Resend::Listed(invite)) => invite.at.id.raw().to_owned(),
        other => panic!("an invite is sent again, not {other:?}"),
    });
    assert_eq!(
        ids.collect::<Vec<_>>(),
        ["inv_c@x.example", "inv_d@x.example"]
    );
}

#[test]
fn invites_of_one_form_are_taken_up_without_those_that_may_have_gone_out() {
    let drafts = ["a", "b", "c", "d"].map(|name| InviteDraft::to(format!("{name}@x.example")));
    let wish = Wish::Invite {
        org: acme(),
        drafts: drafts.into(),
    };
    let fates = vec![
        Fate::Unknown,
        Fate::NotStarted,
        Fate::Unknown,
        Fate::NotStarted,
    ];
    let mut left = left_of(&wish, fates);
    for step in &mut left.plan.as_mut().unwrap().steps {
        step.after = None;
    }
    let mut rig = found(left);
    rig.press("gf");
    let (_, Wish::Invite { drafts, .. }) = rig.planning() else {
        panic!("invites");
    };
    let emails: Vec<&str> = drafts.iter().map(|draft| draft.email.raw()).collect();
    assert_eq!(emails, ["b@x.example", "d@x.example"]);
}

#[test]
fn a_single_write_that_was_open_stands_in_the_list_and_asks_for_nothing() {
    let wish = removals(1);
    let mut rig = found(left_of(&wish, vec![Fate::Done(end(Ended::Done, None))]));
    assert_eq!(said(&rig).len(), 1, "{:?}", said(&rig));
    rig.press("w");
    assert!(matches!(rig.model.overlays.last(), Some(Overlay::Tasks(_))));
    assert_eq!(
        task(&rig).past().unwrap().at,
        present() - jiff::SignedDuration::from_hours(3)
    );
}
