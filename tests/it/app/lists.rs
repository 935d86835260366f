//! Tests of lists: the cursor follows its record, sorting and filtering keep it, pages are asked for.

use orgdeck::app::cursor::List;
use orgdeck::app::place::Pane;
use orgdeck::app::{Effect, Msg};
use orgdeck::domain::query::{Cursor, Next};
use orgdeck::domain::{Answer, ApiError, Detail, Fault, Member, Page, Query, Row, Text, Verb};
use orgdeck::job::feed::Stage;

use crate::support::rig::{Rig, account, everything, member, org, org_id};

#[test]
fn moving_says_where_it_ends() {
    let mut rig = Rig::two_orgs();
    rig.press("j");
    assert_eq!(rig.model.panes.orgs.cursor, Some(org_id("shop", "quay")));
    rig.press("j");
    assert_eq!(rig.hint(), "this is the end");
    rig.press("gg");
    assert_eq!(rig.model.panes.orgs.cursor, Some(org_id("shop", "acme")));
    rig.press("k");
    assert_eq!(rig.hint(), "this is the beginning");
    rig.press("G");
    assert_eq!(rig.model.panes.orgs.index, 1);
}

#[test]
fn sorting_keeps_the_cursor_on_its_record() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("j");
    let before = rig.model.panes.members.cursor.clone();
    rig.press("snS");
    assert_eq!(rig.model.panes.members.cursor, before);
    let first = rig.model.panes.members.order.places[0];
    let lists = rig.model.member_lists();
    let name = orgdeck::job::order::row(&lists, first).item.display_name();
    assert_eq!(name.raw(), "cleo");
}

#[test]
fn a_column_that_is_not_here_is_said() {
    let mut rig = Rig::two_orgs();
    rig.press("se");
    assert_eq!(
        rig.hint(),
        "this pane cannot be sorted by e-mail, only by name, members, date, profile"
    );
}

#[test]
fn the_filter_works_while_it_is_typed_and_escape_takes_it_away() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("/bo");
    assert_eq!(rig.model.panes.members.len(), 1);
    rig.press("<enter>");
    assert_eq!(rig.model.panes.members.lens.text, "bo");
    rig.press("<esc>");
    assert_eq!(rig.model.panes.members.len(), 3);
    rig.press("/zzz<esc>");
    assert_eq!(rig.model.panes.members.len(), 3);
}

#[test]
fn the_filter_is_the_language_of_the_command_line() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    for (expression, rows) in [
        ("role:member !bo", 1),
        ("email:/^(ana|bo)@/", 2),
        ("roles:=admin", 1),
        ("joined:<lt>90d", 0),
        ("!joined:>1d", 3),
    ] {
        rig.press(&format!("/<c-u>{expression}<enter>"));
        assert_eq!(rig.model.panes.members.len(), rows, "{expression}");
    }
}

#[test]
fn a_filter_that_cannot_be_read_says_where_and_keeps_the_rows() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("/role:member");
    assert_eq!(rig.model.panes.members.len(), 2);
    rig.send(Msg::Pasted(Text::from(" joined:>")));
    assert_eq!(
        rig.hint(),
        "`` is no number, date (2026-01-31) or age (90d, 12h, 30m) (at character 13); \
         the rows are those of before"
    );
    assert_eq!(rig.model.panes.members.len(), 2);
    rig.press("<enter>");
    assert!(!rig.model.overlays.is_empty(), "it stays in the line");
    assert!(rig.hint().contains("at character 13"));
    rig.press("<bs><bs><bs><bs><bs><bs><bs><bs>shoe:9");
    assert!(
        rig.hint()
            .starts_with("there is no field `shoe` here (at character 13): profile org")
    );
    rig.press("<esc>");
    assert_eq!(rig.model.panes.members.len(), 3);
}

#[test]
fn the_filter_finds_roles_and_addresses_whatever_their_case() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("/ADMIN<enter>");
    assert_eq!(rig.model.panes.members.len(), 1);
    rig.press("/<c-u>CLEO@ACME<enter>");
    assert_eq!(rig.model.panes.members.len(), 1);
}

#[test]
fn reading_again_keeps_what_is_there_until_it_comes() {
    let mut rig = Rig::two_orgs();
    rig.press("R");
    assert_eq!(rig.org_names(), ["Acme Shop", "Quay Services"]);
    let id = rig.asked(|query| matches!(query, Query::Orgs { .. }));
    let page = Page::whole(vec![Row::whole(org("shop", "quay", "Quay Services"))]);
    rig.answer(id, Ok(Answer::Orgs(page)));
    assert_eq!(rig.org_names(), ["Quay Services"]);
}

#[test]
fn a_failed_reading_leaves_rows_and_says_why() {
    let mut rig = Rig::two_orgs();
    rig.press("R");
    let id = rig.asked(|query| matches!(query, Query::Orgs { .. }));
    rig.answer(id, Err(ApiError::new(Verb::OrgList, Fault::TimedOut)));
    assert_eq!(rig.org_names().len(), 2);
    assert_eq!(rig.model.notices.all().len(), 1);
    rig.wait(60_000);
    assert_eq!(
        rig.model.notices.all().len(),
        1,
        "errors stay until they are dismissed"
    );
    rig.press("<esc>");
    assert!(rig.model.notices.all().is_empty());
}

#[test]
fn an_answer_that_nobody_waits_for_is_dropped() {
    let mut rig = Rig::with(vec![account("shop", "fake", everything())]);
    let id = rig.asked(|query| matches!(query, Query::Orgs { .. }));
    rig.press("<esc>");
    let page = Page::whole(vec![Row::whole(org("shop", "acme", "Acme"))]);
    rig.answer(id, Ok(Answer::Orgs(page)));
    assert!(rig.org_names().is_empty());
    assert_eq!(rig.hint(), "stopped: R reads again");
}

#[test]
fn r73_pages_are_bounded_and_visible_rows_come_first() {
    let mut rig = Rig::two_orgs();
    rig.press("j");
    rig.wait(300);
    let id = rig.asked(|query| matches!(query, Query::Members { .. }));
    rig.effects.clear();
    let quay = org_id("shop", "quay");
    let rows = (0..400).map(|n| Row::wanted(member(&quay, &format!("m{n:03}"), "member")));
    let page = Page {
        is_torn: false,
        rows: rows.collect(),
        total: Some(400),
        next: Next::Many((1..20).map(|n| Cursor::at(n.to_string())).collect()),
    };
    let effects = rig.answer(id, Ok(Answer::Members(page)));
    let asked = effects
        .iter()
        .filter(|e| matches!(e, Effect::Query { .. }))
        .count();
    assert!(asked <= 4, "{asked} at once");
    assert!(effects.iter().all(|e| !matches!(
        e,
        Effect::Query {
            query: Query::Member(_),
            ..
        }
    )));
}

#[test]
fn details_of_visible_rows_are_asked_for_and_one_failure_touches_no_other_row() {
    let mut rig = Rig::two_orgs();
    rig.press("j");
    rig.wait(300);
    let id = rig.asked(|query| matches!(query, Query::Members { .. }));
    rig.effects.clear();
    let quay = org_id("shop", "quay");
    let rows: Vec<Row<Member>> = ["a", "b", "c"]
        .map(|name| Row::wanted(member(&quay, name, "member")))
        .into();
    rig.answer(id, Ok(Answer::Members(Page::whole(rows))));
    let failing = rig.asked(|query| matches!(query, Query::Member(_)));
    rig.answer(
        failing,
        Err(ApiError::new(Verb::MemberShow, Fault::TimedOut)),
    );
    let visit = rig.model.store.visit(&quay).unwrap();
    let failed = visit
        .members
        .rows
        .iter()
        .filter(|row| matches!(row.detail, Detail::Failed(_)));
    assert_eq!(failed.count(), 1);
    assert_eq!(*visit.members.stage(), Stage::Whole);
    let id = rig.asked(|query| matches!(query, Query::Member(_)));
    assert_eq!(id, failing);
}

#[test]
fn a_long_list_is_arranged_beside_the_drawing_path_and_the_newest_wins() {
    let mut rig = Rig::two_orgs();
    rig.press("j");
    rig.wait(300);
    let id = rig.asked(|query| matches!(query, Query::Members { .. }));
    rig.effects.clear();
    let quay = org_id("shop", "quay");
    let rows = (0..5_000).map(|n| Row::whole(member(&quay, &format!("m{n:04}"), "member")));
    let effects = rig.answer(id, Ok(Answer::Members(Page::whole(rows.collect()))));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Arrange { .. }))
    );
    let effects = rig.press("3sn");
    let Some(Effect::Arrange { id, lists, before }) = effects
        .into_iter()
        .find(|effect| matches!(effect, Effect::Arrange { .. }))
    else {
        panic!("the sort asks for an arrangement of its own");
    };
    let orgdeck::app::effect::Lists::Members(lists, lens) = lists else {
        panic!("of members");
    };
    let order = orgdeck::job::order::arrange(&lists, &lens, &before, &|| false).unwrap();
    rig.send(orgdeck::app::Msg::Arranged(id, order));
    assert_eq!(rig.model.panes.members.len(), 5_000);
}

/// The members pane over so many members, sorted by name, with the cursor on the third; its list of
/// references, whose rest was not read.
fn long_and_sorted(count: usize) -> Rig {
    let mut rig = Rig::two_orgs();
    rig.press("j");
    rig.wait(300);
    let id = rig.asked(|query| matches!(query, Query::Members { .. }));
    let quay = org_id("shop", "quay");
    let rows = (0..count).map(|n| Row::wanted(member(&quay, &format!("m{n:04}"), "member")));
    rig.effects.clear();
    rig.answer(id, Ok(Answer::Members(Page::whole(rows.collect()))));
    rig.press("3sn");
    arranged(&mut rig);
    rig.press("jj");
    rig
}

/// Carries the newest arrangement out, if one was asked for.
fn arranged(rig: &mut Rig) -> bool {
    let is_one = |effect: &Effect| matches!(effect, Effect::Arrange { .. });
    let newest = rig.effects.iter().rfind(|effect| is_one(effect)).cloned();
    rig.effects.retain(|effect| !is_one(effect));
    let newest = match newest {
        Some(Effect::Arrange { id, lists, before }) => Some((id, lists, before)),
        _ => None,
    };
    let Some((id, orgdeck::app::effect::Lists::Members(lists, lens), before)) = newest else {
        return false;
    };
    let order = orgdeck::job::order::arrange(&lists, &lens, &before, &|| false).unwrap();
    rig.send(orgdeck::app::Msg::Arranged(id, order));
    true
}

/// The question for the rest of one more member is answered, which changes its row.
fn one_more(rig: &mut Rig) {
    let is_asked = |effect: &Effect| match effect {
        Effect::Query { query, .. } => matches!(query, Query::Member(_)),
        _ => false,
    };
    let at = rig.effects.iter().position(is_asked).unwrap();
    let Some(Effect::Query { id, .. }) = rig.effects.remove(at) else {
        panic!("the rest of rows is asked for");
    };
    rig.answer(id, Err(ApiError::new(Verb::MemberShow, Fault::TimedOut)));
}

#[test]
fn a_sorted_list_stays_on_the_screen_while_its_rows_come() {
    let mut rig = long_and_sorted(5_000);
    let cursor = rig.model.panes.members.cursor.clone();
    assert!(cursor.is_some());
    for _ in 0..4 {
        one_more(&mut rig);
        assert_eq!(rig.model.panes.members.len(), 5_000);
        assert_eq!(rig.model.panes.members.cursor, cursor);
    }
}

#[test]
fn r41_a_long_list_is_not_sorted_as_a_whole_for_each_row_that_comes() {
    let mut rig = long_and_sorted(5_000);
    rig.wait(400);
    let mut sorted = 0;
    for _ in 0..8 {
        one_more(&mut rig);
        sorted += usize::from(arranged(&mut rig));
    }
    assert!(sorted <= 1, "sorted {sorted} times within a moment");
    rig.wait(400);
    assert!(arranged(&mut rig), "the last rows find their places too");
}

#[test]
fn a_long_list_that_became_shorter_keeps_its_cursor_and_nothing_breaks() {
    let mut rig = long_and_sorted(5_000);
    rig.press("G");
    let cursor = rig.model.panes.members.cursor.clone();
    rig.effects.clear();
    rig.press("R");
    let id = rig.asked(|query| matches!(query, Query::Members { .. }));
    let quay = org_id("shop", "quay");
    let rows = (100..5_000).map(|n| Row::whole(member(&quay, &format!("m{n:04}"), "member")));
    rig.answer(id, Ok(Answer::Members(Page::whole(rows.collect()))));
    assert_eq!(rig.model.panes.members.cursor, cursor);
    assert!(arranged(&mut rig));
    assert_eq!(rig.model.panes.members.cursor, cursor);
    assert_eq!(rig.model.panes.members.len(), 4_900);
}

#[test]
fn an_empty_list_has_no_cursor() {
    let list = List::<Member>::default();
    assert!(list.is_empty());
    assert!(list.window(10).is_empty());
}
