//! Bulk work as the core sees it: one question, one task, rows that end in their own ways, and what can be
//! done about those that were not done.

use std::time::Duration;

use orgdeck::app::effect::Over;
use orgdeck::app::layer::{Asking, Overlay};
use orgdeck::app::msg::Unwritten;
use orgdeck::app::notice::Word;
use orgdeck::app::place::Pane;
use orgdeck::app::{Effect, Effects, Msg};
use orgdeck::domain::plan::{Seen, TaskId};
use orgdeck::domain::rows::Row;
use orgdeck::domain::{
    Answer, ApiError, Fault, Outcome, Page, Query, Receipt, Role, Text, Told, Verb, Wish,
};
use orgdeck::job::Task;
use orgdeck::job::task::Mode;

use super::write::plan_for;
use crate::support::past::ENTRY;
use crate::support::rig::{Rig, member, org_id};
use crate::support::screen::plain;

const FIRST: TaskId = TaskId(1);

/// A question about all members of the open organization, with its plan on the screen.
fn asked(count: usize) -> Rig {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    fills(&mut rig, count);
    rig.press("*D");
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(400);
    rig
}

/// Reads so many members into the open organization.
pub(super) fn fills(rig: &mut Rig, count: usize) {
    rig.press("R");
    let id = rig.asked(|query| matches!(query, Query::Members { .. }));
    let org = org_id("shop", "acme");
    let rows =
        (0..count).map(|number| Row::whole(member(&org, &format!("m{number:03}"), "member")));
    rig.answer(id, Ok(Answer::Members(Page::whole(rows.collect()))));
}

/// The same after the yes, with the plan in the journal: the steps that go out first.
fn begun(count: usize) -> (Rig, Vec<usize>) {
    let mut rig = asked(count);
    rig.press("y");
    let effects = rig.send(Msg::Recorded(FIRST, Ok(ENTRY)));
    let going = carried(&effects);
    (rig, going)
}

fn carried(effects: &Effects) -> Vec<usize> {
    let number = |effect: &Effect| match effect {
        Effect::Carry { go, .. } => Some(go.number),
        _ => None,
    };
    effects.iter().filter_map(number).collect()
}

fn done() -> Outcome {
    Outcome::Done(Receipt::default())
}

fn refused() -> Outcome {
    Outcome::Refused(ApiError::new(Verb::MemberRemove, Fault::Refused).words("protected"))
}

fn slowed(seconds: u64) -> Outcome {
    let after = Some(Duration::from_secs(seconds));
    Outcome::NotApplied(ApiError::new(Verb::MemberRemove, Fault::Slowed { after }))
}

fn signed_out() -> Outcome {
    Outcome::NotApplied(ApiError::new(Verb::MemberRemove, Fault::SignedOut))
}

fn end(rig: &mut Rig, number: usize, outcome: Outcome) -> Vec<usize> {
    carried(&rig.send(Msg::Carried(FIRST, number, outcome)))
}

/// Ends every step with what `how` says of its number, as they go out.
fn run(rig: &mut Rig, mut going: Vec<usize>, how: impl Fn(usize) -> Outcome) {
    while let Some(number) = going.pop() {
        going.extend(end(rig, number, how(number)));
    }
}

fn task(rig: &Rig) -> &Task {
    orgdeck::app::tasks::find(&rig.model, FIRST).unwrap()
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

#[test]
fn a_yes_to_many_rows_is_one_task_and_its_rows_are_shown() {
    let mut rig = asked(7);
    let effects = rig.press("y");
    let plans: Vec<_> = effects
        .iter()
        .filter(|e| matches!(e, Effect::Record { .. }))
        .collect();
    assert_eq!((effects.len(), plans.len()), (1, 1), "{effects:?}");
    let Some(Overlay::Tasks(shown)) = rig.model.overlays.last() else {
        panic!("the rows are on the screen");
    };
    assert_eq!(shown.open, Some(FIRST));
    assert!(rig.model.panes.members.marks.is_empty(), "they are taken");
    let going = carried(&rig.send(Msg::Recorded(FIRST, Ok(ENTRY))));
    assert_eq!(going, [0, 1, 2, 3], "four at a time");
    assert_eq!(end(&mut rig, 2, done()), [4]);
}

#[test]
fn what_was_read_under_the_question_changes_no_target() {
    let mut rig = asked(3);
    rig.press("<esc>");
    rig.press("*");
    let org = org_id("shop", "acme");
    let (_, before) = {
        rig.press("D");
        rig.planning()
    };
    rig.press("");
    let rows = ["m002", "zoe"].map(|key| Row::whole(member(&org, key, "admin")));
    if let Some(visit) = rig.model.store.visit_mut(&org) {
        visit.members.start();
        visit
            .members
            .page(&orgdeck::domain::Cursor::FIRST, Page::whole(rows.into()));
    }
    rig.model
        .panes
        .members
        .refocus(|lens| lens.turn = lens.turn.reversed());
    rig.prepared(plan_for(&before));
    rig.wait(400);
    let effects = rig.press("y");
    let Some(Effect::Record { plan, .. }) = effects.first() else {
        panic!("it begins: {effects:?}");
    };
    assert_eq!(plan.wish, before, "what is sent is what was asked");
    assert_eq!(plan.wish.parts().len(), 3);
}

#[test]
fn only_what_failed_is_tried_again() {
    let (mut rig, going) = begun(100);
    let fails = |number: usize| number % 10 == 3;
    run(&mut rig, going, |number| {
        if fails(number) { refused() } else { done() }
    });
    let tally = task(&rig).tally();
    assert_eq!((tally.done, tally.refused, tally.all()), (90, 10, 100));
    rig.press("r");
    let again = planned(&rig);
    let wanted: Vec<String> = (0..100)
        .filter(|n| fails(*n))
        .map(|n| format!("mem_m{n:03}"))
        .collect();
    assert_eq!(again, wanted);
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(400);
    rig.press("y");
    let effects = rig.send(Msg::Recorded(TaskId(2), Ok(ENTRY)));
    assert_eq!(carried(&effects), [0, 1, 2, 3]);
    assert_eq!(rig.model.tasks.len(), 1, "the first one is only remembered");
}

#[test]
fn r22_what_is_unknown_is_never_tried_again() {
    let (mut rig, going) = begun(3);
    run(&mut rig, going, |number| match number {
        0 => Outcome::Unknown,
        1 => refused(),
        _ => done(),
    });
    rig.press("r");
    assert_eq!(planned(&rig), ["mem_m001"]);
    let (mut rig, going) = begun(2);
    run(&mut rig, going, |_| Outcome::Unknown);
    rig.effects.clear();
    rig.press("r");
    assert!(rig.effects.is_empty());
    assert!(rig.hint().starts_with("nothing of it can be tried again"));
}

#[test]
fn the_end_of_a_bulk_is_said_once_with_its_counts() {
    let (mut rig, going) = begun(12);
    run(
        &mut rig,
        going,
        |number| if number < 2 { refused() } else { done() },
    );
    let waiting = rig.model.notices.all();
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    let said = waiting[0].happened();
    assert_eq!(
        said,
        "NOT ALL DONE shop: remove the member: 10 done, 2 refused; refused: protected"
    );
    let Word::Unfinished { next, .. } = waiting[0].word else {
        panic!("{waiting:?}");
    };
    assert!(next.contains("g f"), "{next}");
}

#[test]
fn a_bulk_that_is_done_is_said_and_remembered() {
    let (mut rig, going) = begun(3);
    run(&mut rig, going, |_| done());
    assert_eq!(rig.hint(), "remove the member: 3 done");
    assert!(rig.model.notices.all().is_empty() && rig.model.tasks.is_empty());
    assert_eq!(rig.model.ended.len(), 1);
}

#[test]
fn a_held_task_sends_nothing_and_goes_on_by_the_same_key() {
    let (mut rig, _) = begun(8);
    rig.press("p");
    assert_eq!(*task(&rig).mode(), Mode::Paused);
    assert!(end(&mut rig, 0, done()).is_empty());
    rig.wait(60_000);
    assert_eq!(*task(&rig).mode(), Mode::Paused);
    assert_eq!(carried(&rig.press("p")), [4]);
}

#[test]
fn a_stopped_task_waits_for_what_was_sent_and_sends_no_more() {
    let (mut rig, going) = begun(8);
    rig.press("x");
    run(&mut rig, going, |_| done());
    let tally = task(&rig).tally();
    assert_eq!((tally.done, tally.not_sent), (4, 4));
    rig.press("x");
    assert_eq!(rig.hint(), "it is over: nothing more is sent");
    rig.press("r");
    assert_eq!(
        planned(&rig),
        ["mem_m004", "mem_m005", "mem_m006", "mem_m007"]
    );
}

#[test]
fn r21_a_bad_token_stops_everything_at_once_and_keeps_the_rest() {
    let (mut rig, going) = begun(50);
    assert_eq!(going.len(), 4);
    assert!(end(&mut rig, 0, done()) == [4]);
    let mut after = 0;
    for number in [1, 2, 3, 4] {
        after += end(&mut rig, number, signed_out()).len();
    }
    assert_eq!(after, 0, "nothing goes out after the first 401");
    let tally = task(&rig).tally();
    assert_eq!((tally.done, tally.not_sent), (1, 49), "{tally:?}");
    rig.press("<esc>");
    let asks = matches!(rig.model.overlays.last(), Some(Overlay::Prompt(_)));
    assert!(asks, "another token is asked for");
    rig.press("<esc>");
    rig.press("gf");
    assert_eq!(planned(&rig).len(), 49);
}

#[test]
fn r23_what_was_slowed_down_goes_out_again_after_the_wait_and_nothing_before() {
    let (mut rig, _) = begun(6);
    assert!(end(&mut rig, 0, slowed(30)).is_empty());
    assert!(end(&mut rig, 1, done()).is_empty());
    assert!(carried(&rig.wait(29_000)).is_empty());
    assert_eq!(carried(&rig.wait(1_100)), [0, 4]);
}

#[test]
fn a_wait_that_is_too_long_is_asked_about() {
    let (mut rig, _) = begun(6);
    end(&mut rig, 0, slowed(300));
    assert_eq!(*task(&rig).mode(), Mode::TooLong);
    assert!(
        carried(&rig.wait(301_000)).is_empty(),
        "nobody said that it shall wait"
    );
    let (mut rig, _) = begun(6);
    end(&mut rig, 0, slowed(300));
    rig.press("p");
    let Some(Overlay::Confirm(confirm)) = rig.model.overlays.last() else {
        panic!("it is asked");
    };
    assert!(matches!(confirm.stage, Asking::Waiting(FIRST, _)));
    rig.wait(400);
    rig.press("y");
    assert!(carried(&rig.wait(299_000)).is_empty());
    assert_eq!(
        carried(&rig.wait(2_000)),
        [0],
        "the others are still under way"
    );
}

#[test]
fn leaving_is_asked_while_more_is_to_be_sent() {
    let (mut rig, going) = begun(8);
    rig.press("<esc>");
    rig.press("q");
    let Some(Overlay::Confirm(confirm)) = rig.model.overlays.last() else {
        panic!("it is asked");
    };
    assert!(matches!(confirm.stage, Asking::Leaving(_)));
    rig.press("n");
    assert_eq!(*task(&rig).mode(), Mode::Running, "no is no");
    rig.wait(400);
    rig.press("q");
    rig.wait(400);
    let effects = rig.press("y");
    assert!(
        !effects.iter().any(|e| matches!(e, Effect::Quit(_))),
        "four are under way"
    );
    let (last, first) = going.split_last().unwrap();
    for number in first {
        assert!(
            end(&mut rig, *number, done()).is_empty(),
            "nothing more goes out"
        );
    }
    let effects = rig.send(Msg::Carried(FIRST, *last, done()));
    assert!(effects.iter().any(|e| matches!(e, Effect::Quit(_))));
}

#[test]
fn rows_that_somebody_has_changed_are_asked_again_and_no_others() {
    let (mut rig, going) = begun(5);
    rig.press("<esc>");
    let mut now = member(&org_id("shop", "acme"), "m003", "admin");
    now.name = Told::Is(Text::from("m003"));
    now.roles = Told::Is(
        [orgdeck::domain::Assignment {
            role: Role::named("admin"),
            id: None,
        }]
        .into(),
    );
    rig.effects.clear();
    run(&mut rig, going, |number| match number {
        3 => Outcome::Differs(Seen::Member(Box::new(now.clone()))),
        1 => refused(),
        _ => done(),
    });
    assert_eq!(planned(&rig), ["mem_m003"]);
    let Some(Overlay::Confirm(confirm)) = rig.model.overlays.last() else {
        panic!("it is asked again");
    };
    let notes: Vec<String> = confirm
        .notes
        .iter()
        .map(|(_, words)| words.raw().to_owned())
        .collect();
    assert!(
        notes
            .iter()
            .any(|words| words.contains("m003") && words.contains("member")),
        "{notes:?}"
    );
    assert!(matches!(&confirm.wish, Wish::RemoveMember { member } if member.roles == now.roles));
}

#[test]
fn the_list_of_tasks_holds_those_that_are_over_too() {
    let mut rig = Rig::two_orgs();
    rig.press("w");
    assert!(rig.model.overlays.is_empty());
    assert_eq!(
        rig.hint(),
        "nothing was sent in this session yet, and no ended one has left anything: there is no task"
    );
    let (mut rig, going) = begun(3);
    run(&mut rig, going, |_| done());
    rig.press("<esc>");
    rig.wait(400);
    rig.press("w");
    let ids: Vec<u64> = orgdeck::app::tasks::all(&rig.model)
        .iter()
        .map(|task| task.id.0)
        .collect();
    assert_eq!(ids, [1]);
    rig.press("<enter>");
    let Some(Overlay::Tasks(shown)) = rig.model.overlays.last() else {
        panic!("the tasks are on the screen");
    };
    assert_eq!(shown.open, Some(FIRST));
    rig.press("<esc><esc>");
    assert!(rig.model.overlays.is_empty());
}

/// However long its rows are, the last of them can be seen.
#[test]
fn the_rows_of_a_task_can_be_scrolled_to_their_end() {
    let (mut rig, going) = begun(40);
    run(&mut rig, going, |_| refused());
    rig.model.size = orgdeck::app::place::Size {
        width: 60,
        height: 20,
    };
    for _ in 0..400 {
        rig.press("j");
    }
    assert_eq!(rig.hint(), "this is the end");
    let shown = crate::support::screen::plain(&rig.model, (60, 20));
    assert!(shown.contains(" 40. REFUSED"), "{shown}");
    assert!(!shown.contains(" 30. REFUSED"), "{shown}");
    rig.press("k");
    let up = crate::support::screen::plain(&rig.model, (60, 20));
    assert_ne!(shown, up, "the way back begins at once");
}

fn exported(effects: &Effects) -> (orgdeck::app::RequestId, String, String, Over) {
    match effects.first() {
        Some(Effect::Export {
            id,
            path,
            content,
            over,
        }) => (*id, path.clone(), content.clone(), *over),
        other => panic!("a file is written, not {other:?}"),
    }
}

#[test]
fn results_are_written_as_csv_with_the_words_of_the_service() {
    let (mut rig, going) = begun(2);
    run(&mut rig, going, |number| {
        if number == 1 { refused() } else { done() }
    });
    rig.press("e");
    let (id, path, content, over) = exported(&rig.press("<enter>"));
    assert_eq!((path.as_str(), over), ("orgdeck-task-1.csv", Over::Never));
    let lines: Vec<&str> = content.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "profile,org,target,name,verb,outcome,message,request_id"
    );
    assert!(lines[1].starts_with("shop,acme,user_m000,"), "{}", lines[1]);
    assert!(lines[1].contains(",member remove,done,"), "{}", lines[1]);
    assert!(
        lines[2].ends_with(",member remove,refused,refused: protected,"),
        "{}",
        lines[2]
    );
    rig.send(Msg::Exported(id, Ok(())));
    assert_eq!(rig.hint(), "it is written: Esc closes");
}

#[test]
fn keys_that_come_with_the_answer_reach_neither_the_path_nor_the_tasks_behind_it() {
    for close in ["<esc>", "<c-c>"] {
        let (mut rig, going) = begun(2);
        run(&mut rig, going, |_| refused());
        rig.press("e");
        let (id, ..) = exported(&rig.press("<enter>"));
        let path = |rig: &Rig| match rig.model.overlays.last() {
            Some(Overlay::Tasks(tasks)) => {
                let export = tasks.export.as_ref();
                export.map(|export| export.path.value().to_owned())
            }
            other => panic!("the tasks are gone: {other:?}"),
        };
        let typed = "Dxrfpq <bs><left><c-u><c-w><delete><enter>";
        assert!(rig.press(typed).is_empty(), "while it is being written");
        rig.send(Msg::Exported(id, Ok(())));
        assert!(rig.press(typed).is_empty(), "once it is written");
        assert_eq!(path(&rig).as_deref(), Some("orgdeck-task-1.csv"));
        let told = plain(&rig.model, (80, 24));
        assert!(told.contains("written to orgdeck-task-1.csv"), "{told}");
        assert!(rig.press(close).is_empty());
        assert_eq!(path(&rig), None, "{close}");
    }
}

#[test]
fn results_are_written_as_json_where_the_path_ends_so() {
    let (mut rig, going) = begun(1);
    assert_eq!(going, [0]);
    end(&mut rig, 0, refused());
    rig.press("<esc>w");
    rig.press("e<c-u>x.txt");
    assert!(rig.press("<enter>").is_empty());
    assert_eq!(
        rig.hint(),
        "the end of the path says how it is written: .csv or .json"
    );
    rig.press("<c-u>x.json");
    let (_, _, content, _) = exported(&rig.press("<enter>"));
    let document: serde_json::Value = serde_json::from_str(&content).unwrap();
    assert_eq!(document["version"], 1);
    assert_eq!(document["results"][0]["outcome"], "refused");
    assert_eq!(
        document["results"][0]["request_id"],
        serde_json::Value::Null
    );
    assert!(rig.press("<enter>").is_empty());
    assert_eq!(rig.hint(), "it is being written");
}

#[test]
fn a_file_that_is_there_is_written_over_only_when_that_was_asked() {
    let (mut rig, going) = begun(2);
    run(&mut rig, going, |_| done());
    rig.press("e");
    let (id, ..) = exported(&rig.press("<enter>"));
    rig.wait(400);
    rig.send(Msg::Exported(id, Err(Unwritten::Taken)));
    assert!(rig.press("<enter>").is_empty(), "it was shown just now");
    rig.wait(400);
    let (id, _, _, over) = exported(&rig.press("<enter>"));
    assert_eq!(over, Over::Forced);
    rig.send(Msg::Exported(
        id,
        Err(Unwritten::Failed(Text::from("disk full"))),
    ));
    assert_eq!(rig.hint(), "not written: disk full");
    rig.wait(400);
    let (_, _, _, over) = exported(&rig.press("<enter>"));
    assert_eq!(over, Over::Never, "another try asks again");
}
