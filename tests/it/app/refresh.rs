//! Lists that stay fresh by themselves: when they are read, what is left alone, and what never moves.

use std::collections::BTreeSet;
use std::time::Duration;

use orgdeck::app::layer::Overlay;
use orgdeck::app::place::Pane;
use orgdeck::app::refresh::{IDLE, is_paused};
use orgdeck::app::store::{Door, Health, Trouble};
use orgdeck::app::{Effect, Msg, RequestId};
use orgdeck::domain::query::Scope;
use orgdeck::domain::{
    Answer, ApiError, Cursor, Fault, MemberId, News, OrgId, Page, Query, Refresh, Row, Text,
};

use super::safety::dice::Dice;
use super::write::plan_for;
use crate::support::rig::{Rig, member, org, org_id, profile, small_world};

/// What is asked of services, in the order of asking.
fn queries(effects: &[Effect]) -> Vec<&Query> {
    effects.iter().filter_map(query).collect()
}

fn query(effect: &Effect) -> Option<&Query> {
    match effect {
        Effect::Query { query, .. } => Some(query),
        _ => None,
    }
}

/// The small world, read a moment ago, with lists that are read again every minute.
fn fresh() -> Rig {
    let mut rig = Rig::two_orgs();
    rig.model.settings.refresh = Refresh::default();
    rig.wait(1);
    rig.settle();
    rig.wait(1);
    rig.settle();
    rig
}

/// Lets time pass as somebody does who presses a key now and then; what is asked is answered.
fn attend(rig: &mut Rig, seconds: u64) {
    for _ in 0..seconds {
        rig.press("T");
        rig.wait(999);
        rig.settle();
    }
}

/// Waits for the next round to begin; gives the question for the organizations.
fn round(rig: &mut Rig) -> RequestId {
    rig.effects.clear();
    rig.press("TT");
    for _ in 0..120 {
        rig.wait(1_000);
        if !rig.effects.is_empty() {
            return rig.asked(|query| matches!(query, Query::Orgs { .. }));
        }
    }
    panic!("no round has begun");
}

fn answer(rig: &mut Rig, id: RequestId, query: &Query) {
    let known = rig.model.store.accounts[0].capabilities.clone();
    rig.answer(id, Ok(small_world(query, known)));
}

fn fail(rig: &mut Rig, fault: Fault) {
    let id = round(rig);
    let query = orgs();
    rig.effects.clear();
    rig.answer(id, Err(ApiError::new(query.verb(), fault)));
}

fn orgs() -> Query {
    Query::Orgs {
        scope: Scope::Own,
        text: None,
        page: Cursor::FIRST,
    }
}

fn health(rig: &Rig) -> &Health {
    &rig.model.store.accounts[0].health
}

#[test]
fn lists_are_read_again_after_a_minute_and_nothing_else_is() {
    let mut rig = fresh();
    assert!(queries(&rig.wait(59_000)).is_empty());
    let first = rig.wait(1_100);
    assert!(
        matches!(queries(&first)[..], [Query::Orgs { .. }]),
        "{first:?}"
    );
    let id = rig.asked(|_| true);
    rig.effects.clear();
    answer(&mut rig, id, &orgs());
    let others: Vec<Effect> = rig.effects.iter().cloned().collect();
    assert!(
        matches!(
            queries(&others)[..],
            [Query::Members { .. }, Query::Invites { .. }]
        ),
        "{others:?}"
    );
    rig.settle();
    assert!(queries(&rig.wait(50_000)).is_empty());
}

#[test]
fn nobody_sees_that_a_list_is_read_by_itself() {
    let mut rig = fresh();
    rig.press("TT");
    let before = rig.frame().text();
    let id = round(&mut rig);
    let during = rig.frame().text();
    assert!(rig.model.pending.is_empty());
    answer(&mut rig, id, &orgs());
    assert_eq!((during, rig.frame().text()), (before.clone(), before));
}

#[test]
fn escape_does_not_meet_what_nobody_waits_for() {
    let mut rig = fresh().on(Pane::Members);
    round(&mut rig);
    let effects = rig.press("<esc>");
    assert!(effects.is_empty(), "{effects:?}");
    assert_eq!(rig.model.panes.focus, Pane::Orgs);
}

#[test]
fn after_two_minutes_without_a_key_it_stops_and_says_so_until_the_next_one() {
    let mut rig = fresh();
    rig.press("T");
    assert!(!rig.frame().text().contains("paused"));
    for _ in 0..122 {
        rig.wait(1_000);
        rig.settle();
    }
    assert!(is_paused(&rig.model));
    for (width, height) in [(120, 36), (80, 24), (60, 20)] {
        rig.send(Msg::Resized(orgdeck::app::place::Size { width, height }));
        let text = rig.frame().text();
        assert!(text.lines().next().unwrap().contains("paused"), "{text}");
    }
    assert_eq!(orgdeck::app::wake_at(&rig.model), None);
    assert!(queries(&rig.wait(600_000)).is_empty());
    let effects = rig.press("T");
    assert!(matches!(queries(&effects)[..], [Query::Orgs { .. }]));
    assert!(!rig.frame().text().contains("paused"));
}

#[test]
fn switched_off_nothing_is_read_and_nothing_is_paused() {
    let mut rig = fresh();
    rig.model.settings.refresh = Refresh::Off;
    assert!(queries(&rig.wait(600_000)).is_empty());
    assert!(!rig.frame().text().contains("paused"));
}

#[test]
fn idle_for_five_minutes_is_two_rounds() {
    let mut rig = fresh();
    rig.press("T");
    let mut asked = 0;
    for _ in 0..300 {
        rig.wait(1_000);
        while let Some(effect) = rig.effects.pop_front() {
            let Effect::Query { id, query, .. } = effect else {
                panic!("only questions: {effect:?}");
            };
            asked += 1;
            answer(&mut rig, id, &query);
        }
    }
    // The organizations, the members and the invites, after one minute and after two.
    assert!((3..=6).contains(&asked), "{asked}");
}

#[test]
fn nothing_is_asked_while_the_service_wants_patience_or_few_requests_are_left() {
    for told in [
        News::Paused {
            profile: profile("shop"),
            wait: Duration::from_secs(100),
        },
        News::Scarce {
            profile: profile("shop"),
            wait: Duration::from_secs(100),
        },
    ] {
        let mut rig = fresh();
        rig.send(Msg::Told(told.clone()));
        rig.press("T");
        assert!(queries(&rig.wait(99_000)).is_empty(), "{told:?}");
        assert_eq!(queries(&rig.wait(2_000)).len(), 1, "{told:?}");
    }
}

/// Seconds between failed rounds: sooner than usual at first, then ever more slowly.
#[test]
fn a_service_that_fails_is_asked_again_soon_and_then_more_slowly() {
    for (fault, spans) in [
        (
            Fault::Offline(Text::from("connection refused")),
            [60, 10, 20, 40, 60],
        ),
        (Fault::Forbidden, [60, 120, 240, 480, 480]),
    ] {
        let mut rig = fresh();
        let mut found = Vec::new();
        for _ in spans {
            let start = rig.now().moment;
            let mut waited = 0;
            rig.effects.clear();
            while rig.effects.is_empty() && waited < 600 {
                rig.press("T");
                rig.wait(999);
                waited += 1;
            }
            found.push(rig.now().moment.since(start).as_secs());
            let id = rig.asked(|query| matches!(query, Query::Orgs { .. }));
            rig.answer(id, Err(ApiError::new(orgs().verb(), fault.clone())));
        }
        let close = |(found, span): (&u64, u64)| found.abs_diff(span) <= 1;
        assert!(found.iter().zip(spans).all(close), "{fault:?}: {found:?}");
    }
}

#[test]
fn a_failure_is_said_once_and_once_dismissed_it_stays_away_until_it_is_over() {
    let mut rig = fresh();
    fail(&mut rig, Fault::TimedOut);
    assert_eq!(rig.model.notices.all().len(), 1);
    assert_eq!(*health(&rig), Health::Failing(Trouble::Silent));
    fail(&mut rig, Fault::TimedOut);
    assert_eq!(rig.model.notices.all().len(), 1);
    rig.press("<esc>");
    fail(&mut rig, Fault::TimedOut);
    assert!(rig.model.notices.all().is_empty());
    assert_eq!(*health(&rig), Health::Failing(Trouble::Silent));
    let id = round(&mut rig);
    rig.model.notices.hint = None;
    answer(&mut rig, id, &orgs());
    assert_eq!(rig.hint(), "shop answers again: list organizations works");
    assert_eq!(*health(&rig), Health::Fine);
    rig.settle();
    fail(&mut rig, Fault::TimedOut);
    assert_eq!(rig.model.notices.all().len(), 1, "it is said anew");
}

#[test]
fn an_error_stays_for_as_long_as_it_lasts_or_until_it_is_dismissed() {
    let mut rig = fresh();
    fail(&mut rig, Fault::Offline(Text::from("connection refused")));
    for _ in 0..60 {
        rig.wait(1_000);
        let text = rig.frame().text();
        assert!(text.contains("127.0.0.1:1: connection refused"), "{text}");
        // Where nobody has pressed a key for long, nothing is read by itself, and nothing else is said.
        let is_paused = text.contains("paused");
        assert_eq!(text.contains("tried again by itself"), !is_paused, "{text}");
        assert_eq!(text.contains("R reads again once"), is_paused, "{text}");
        if is_paused {
            rig.press("<c-x>");
        }
    }
    rig.press("<esc>");
    assert!(rig.model.notices.top().is_none());
    rig.press("gn");
    let all = rig.frame().text();
    assert!(
        all.contains("Messages") && all.contains("tried again by itself"),
        "{all}"
    );
}

#[test]
fn a_token_that_has_ended_opens_no_question_by_itself() {
    let mut rig = fresh();
    fail(&mut rig, Fault::SignedOut);
    assert!(rig.model.overlays.is_empty());
    assert!(matches!(rig.model.store.accounts[0].door, Door::Asked(_)));
    assert!(rig.frame().text().contains("signed out"));
    rig.press("gt");
    assert!(matches!(
        rig.model.overlays.last(),
        Some(Overlay::Prompt(_))
    ));
}

#[test]
fn a_round_gives_way_to_a_write() {
    let mut rig = fresh().on(Pane::Members);
    rig.press("D");
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig.wait(1_000);
    let id = round(&mut rig);
    let effects = rig.press("y");
    assert!(effects.contains(&Effect::Cancel(id)), "{effects:?}");
    assert!(
        queries(&rig.wait(100_000)).is_empty(),
        "the write is under way"
    );
}

/// The organizations and members in another order, some edited, some gone, some new; never those of `kept`.
fn shuffled(
    dice: &mut Dice,
    kept: (&OrgId, &MemberId),
) -> (
    Page<orgdeck::domain::Org>,
    Vec<Row<orgdeck::domain::Member>>,
) {
    let acme = org_id("shop", "acme");
    let mut orgs: Vec<_> = ["acme", "quay", "dock", "pier"]
        .map(|key| org("shop", key, &format!("{} {key}", dice.below(100))))
        .into();
    let mut members: Vec<_> = ["ana", "bo", "cleo", "dee", "emre"]
        .map(|key| member(&acme, key, ["admin", "member"][dice.below(2)]))
        .into();
    orgs.retain(|org| org.id == *kept.0 || dice.below(3) > 0);
    members.retain(|member| member.id == *kept.1 || dice.below(3) > 0);
    for index in (1..orgs.len()).rev() {
        orgs.swap(index, dice.below(index + 1));
    }
    for index in (1..members.len()).rev() {
        members.swap(index, dice.below(index + 1));
    }
    let orgs = Page::whole(orgs.into_iter().map(Row::whole).collect());
    (orgs, members.into_iter().map(Row::whole).collect())
}

/// Answers everything of a round in some order of rows.
fn reorder(rig: &mut Rig, dice: &mut Dice, kept: (&OrgId, &MemberId)) {
    let mut lists = BTreeSet::new();
    while let Some(effect) = rig.effects.pop_front() {
        let Effect::Query { id, to, query } = effect else {
            continue;
        };
        lists.insert(query.verb());
        let (orgs, members) = shuffled(dice, kept);
        let known = rig.model.store.account(&to).unwrap().capabilities.clone();
        let reply = match &query {
            Query::Orgs { .. } => Answer::Orgs(orgs),
            Query::Members { .. } => Answer::Members(Page::whole(members)),
            other => small_world(other, known),
        };
        rig.answer(id, Ok(reply));
    }
    assert_eq!(
        lists.len(),
        3,
        "organizations, members and invites were read: {lists:?}"
    );
}

#[test]
fn whatever_order_rows_come_in_a_question_is_about_the_row_it_was_opened_on() {
    let mut dice = Dice::of(13);
    for sort in ["", "sn", "se", "sr", "sn/a<enter>"]
        .into_iter()
        .cycle()
        .take(100)
    {
        let mut rig = fresh().on(Pane::Members);
        rig.press(&format!("{sort}j"));
        let cursor = rig.model.panes.members.cursor.clone().unwrap();
        let open = rig.model.panes.open.clone().unwrap();
        rig.press("D");
        let (id, wish) = rig.planning();
        round(&mut rig);
        reorder(&mut rig, &mut dice, (&open, &cursor));
        rig.send(Msg::Prepared(id, Ok(plan_for(&wish))));
        rig.wait(1_000);
        let effects = rig.press("y");
        let [Effect::Record { plan, .. }, ..] = &effects[..] else {
            panic!("{sort}: {effects:?} {}", rig.hint());
        };
        assert_eq!(plan.wish, wish);
        assert_eq!(rig.model.panes.members.cursor, Some(cursor), "{sort}");
        assert_eq!(rig.model.panes.open, Some(open));
    }
}

#[test]
fn cursor_marks_filter_sort_and_place_on_the_screen_outlive_a_hundred_rounds() {
    let mut dice = Dice::of(7);
    let mut rig = fresh().on(Pane::Members);
    rig.press("snj ");
    rig.press("k/e<enter>");
    let panes = |rig: &Rig| {
        let members = &rig.model.panes.members;
        let line = members.index - members.top;
        (
            members.cursor.clone(),
            members.marks.clone(),
            members.lens.clone(),
            line,
        )
    };
    let cursor = rig.model.panes.members.cursor.clone().unwrap();
    let open = rig.model.panes.open.clone().unwrap();
    let before = panes(&rig);
    for _ in 0..100 {
        round(&mut rig);
        reorder(&mut rig, &mut dice, (&open, &cursor));
        let after = panes(&rig);
        assert_eq!(
            (&after.0, &after.1, &after.2),
            (&before.0, &before.1, &before.2)
        );
        assert_eq!(rig.model.panes.open.as_ref(), Some(&open));
    }
}

#[test]
fn rows_that_come_and_go_above_the_cursor_do_not_move_it_on_the_screen() {
    let acme = org_id("shop", "acme");
    let crowd = |from: u32| {
        let keys = (from..100).map(|number| format!("m{number:02}"));
        Page::whole(
            keys.map(|key| Row::whole(member(&acme, &key, "member")))
                .collect(),
        )
    };
    let mut rig = fresh().on(Pane::Members);
    rig.press("snR");
    let id = rig.asked(|query| matches!(query, Query::Members { .. }));
    rig.answer(id, Ok(Answer::Members(crowd(0))));
    rig.settle();
    rig.press(&"j".repeat(50));
    let members = &rig.model.panes.members;
    let (cursor, line) = (members.cursor.clone(), members.index - members.top);
    for from in [5, 0, 20] {
        rig.press("R");
        let id = rig.asked(|query| matches!(query, Query::Members { .. }));
        rig.answer(id, Ok(Answer::Members(crowd(from))));
        let members = &rig.model.panes.members;
        assert_eq!(members.cursor, cursor);
        assert_eq!(members.index - members.top, line, "from {from}");
    }
}

#[test]
fn a_list_of_actions_holds_rounds_back_and_closes_when_its_row_is_gone() {
    for keys in [".", "?", "<c-p>"] {
        let mut rig = fresh().on(Pane::Members);
        rig.press("jR");
        let id = rig.asked(|query| matches!(query, Query::Members { .. }));
        rig.press(keys);
        assert!(queries(&rig.wait(100_000)).is_empty(), "{keys}");
        assert_eq!(rig.model.overlays.len(), 1);
        let acme = org_id("shop", "acme");
        let others = Page::whole(vec![Row::whole(member(&acme, "ana", "admin"))]);
        rig.answer(id, Ok(Answer::Members(others)));
        assert!(rig.model.overlays.is_empty(), "{keys}");
        assert_eq!(rig.hint(), "closed: the row that it was about is gone");
    }
}

#[test]
fn a_service_that_does_not_answer_is_called_slow_before_it_has_failed() {
    let mut rig = fresh();
    round(&mut rig);
    rig.wait(1_000);
    assert!(!rig.frame().text().contains("slow"));
    rig.wait(4_000);
    let text = rig.frame().text();
    assert!(
        text.contains("slow 5s") || text.contains("slow 4s"),
        "{text}"
    );
    attend(&mut rig, 1);
}

#[test]
fn after_an_idle_time_that_is_exactly_as_long_it_is_paused() {
    let mut rig = fresh();
    rig.press("T");
    rig.settle();
    let idle = u64::try_from(IDLE.as_millis()).unwrap();
    let touched = rig.model.touched;
    while rig.now().moment.since(touched) < Duration::from_millis(idle - 1) {
        rig.wait(1);
        rig.settle();
    }
    assert!(!is_paused(&rig.model));
    rig.wait(1);
    assert!(is_paused(&rig.model));
}
