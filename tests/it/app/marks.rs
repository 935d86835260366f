//! Marks: they stay on their records, and what is done with them speaks of exactly these.

use orgdeck::app::place::Pane;
use orgdeck::app::screen::marks::counts;
use orgdeck::app::{Effect, Effects};
use orgdeck::domain::rows::Row;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{Answer, Offer, Page, Query, Verb, Wish};

use crate::support::rig::{Rig, everything, member, org_id};

/// The ids of the marked members, in the order they were delivered in.
fn marked(rig: &Rig) -> Vec<String> {
    let rows = orgdeck::app::screen::marks::marked_members(&rig.model).into_iter();
    rows.map(|row| row.item.id.raw().to_owned()).collect()
}

fn members() -> Rig {
    Rig::two_orgs().on(Pane::Members)
}

/// The wish of the question that was opened last.
fn wished(effects: &Effects) -> Wish {
    let found = effects.iter().find_map(|effect| match effect {
        Effect::Prepare { wish, .. } => Some(wish.clone()),
        _ => None,
    });
    found.expect("a plan is asked for")
}

/// The ids that a wish to remove speaks of.
fn removed(wish: &Wish) -> Vec<String> {
    let id = |part: &Wish| match part {
        Wish::RemoveMember { member } => member.id.raw().to_owned(),
        other => panic!("a removal, not {other:?}"),
    };
    wish.parts().iter().map(id).collect()
}

#[test]
fn space_marks_a_row_goes_on_and_takes_a_mark_away() {
    let mut rig = members();
    rig.press(" ");
    assert_eq!(marked(&rig), ["mem_ana"]);
    assert_eq!(rig.model.panes.members.index, 1);
    assert_eq!(rig.hint(), "1 marked");
    rig.press("k ");
    assert!(marked(&rig).is_empty());
    assert_eq!(rig.hint(), "no row is marked");
}

#[test]
fn a_range_grows_and_shrinks_with_the_cursor_until_it_ends() {
    let mut rig = members();
    rig.press("vjj");
    assert_eq!(marked(&rig), ["mem_ana", "mem_bo", "mem_cleo"]);
    rig.press("k");
    assert_eq!(marked(&rig), ["mem_ana", "mem_bo"]);
    rig.press("vj");
    assert_eq!(marked(&rig), ["mem_ana", "mem_bo"], "it has ended");
}

#[test]
fn a_range_keeps_what_was_marked_before() {
    let mut rig = members();
    rig.press(" jvk");
    assert_eq!(marked(&rig), ["mem_ana", "mem_bo", "mem_cleo"]);
}

#[test]
fn all_that_are_shown_are_marked_and_marks_are_turned_around() {
    let mut rig = members();
    rig.press("/bo<enter>*");
    assert_eq!(marked(&rig), ["mem_bo"]);
    rig.press("<esc>V");
    assert_eq!(marked(&rig), ["mem_ana", "mem_cleo"]);
    rig.press("*");
    assert_eq!(marked(&rig).len(), 3);
    rig.press("V");
    assert!(marked(&rig).is_empty());
}

#[test]
fn escape_takes_the_filter_away_first_and_then_the_marks() {
    let mut rig = members();
    rig.press("*/bo<enter>");
    assert_eq!(
        counts(&rig.model, Pane::Members).words().unwrap(),
        "3 marked, 2 not shown"
    );
    rig.press("<esc>");
    assert_eq!(rig.hint(), "no filter any more");
    assert_eq!(marked(&rig).len(), 3);
    rig.press("<esc>");
    assert_eq!(rig.hint(), "no row is marked any more");
    assert!(marked(&rig).is_empty());
}

#[test]
fn a_mark_stays_on_its_record_through_a_sort_and_a_refresh() {
    let mut rig = members();
    rig.press("j ");
    assert_eq!(marked(&rig), ["mem_bo"]);
    rig.press("snS");
    assert_eq!(marked(&rig), ["mem_bo"]);
    rig.press("R");
    let id = rig.asked(|query| matches!(query, Query::Members { .. }));
    let org = org_id("shop", "acme");
    let rows = ["cleo", "zoe", "bo"].map(|key| Row::whole(member(&org, key, "member")));
    rig.answer(id, Ok(Answer::Members(Page::whole(rows.into()))));
    assert_eq!(marked(&rig), ["mem_bo"]);
    let effects = rig.press("D");
    assert_eq!(removed(&wished(&effects)), ["mem_bo"]);
}

#[test]
fn a_mark_whose_record_has_gone_means_nothing() {
    let mut rig = members();
    rig.press("*R");
    let id = rig.asked(|query| matches!(query, Query::Members { .. }));
    let org = org_id("shop", "acme");
    let rows = ["ana", "cleo"].map(|key| Row::whole(member(&org, key, "member")));
    rig.answer(id, Ok(Answer::Members(Page::whole(rows.into()))));
    assert_eq!(counts(&rig.model, Pane::Members).marked, 2);
    let effects = rig.press("D");
    assert_eq!(removed(&wished(&effects)), ["mem_ana", "mem_cleo"]);
}

#[test]
fn another_organization_has_marks_of_its_own() {
    let mut rig = members();
    rig.press("*1j");
    rig.wait(300);
    rig.settle();
    rig.press("3");
    assert!(marked(&rig).is_empty());
}

#[test]
fn nothing_is_marked_where_nothing_is_done_to_several_rows() {
    for pane in [Pane::Orgs, Pane::Org, Pane::Activity] {
        let mut rig = Rig::two_orgs().on(pane);
        for key in [" ", "v", "V", "*"] {
            rig.press(key);
            assert!(
                rig.hint().starts_with("members and invites can be marked"),
                "{key}"
            );
        }
    }
}

#[test]
fn one_marked_row_is_one_question_like_any_other() {
    let mut rig = members();
    let effects = rig.press("j G D");
    let wish = wished(&effects);
    assert_eq!(wish.parts().len(), 2);
    let mut rig = members();
    let effects = rig.press("j GD");
    assert!(
        matches!(wished(&effects), Wish::RemoveMember { member } if member.id.raw() == "mem_bo")
    );
}

#[test]
fn the_marked_invites_are_revoked_or_sent_again_as_one() {
    let mut rig = Rig::two_orgs().on(Pane::Invites);
    let effects = rig.press("*D");
    let wish = wished(&effects);
    let is_revoke = |part: &Wish| matches!(part, Wish::RevokeInvite { .. });
    assert_eq!(
        (wish.parts().len(), wish.parts().iter().all(is_revoke)),
        (2, true)
    );
    rig.press("<esc>");
    let effects = rig.press("t");
    let wish = wished(&effects);
    let is_again = |part: &Wish| matches!(part, Wish::Resend(Resend::Listed(_)));
    assert_eq!(
        (wish.parts().len(), wish.parts().iter().all(is_again)),
        (2, true)
    );
}

#[test]
fn a_role_is_asked_for_all_marked_members() {
    let mut rig = members();
    rig.press("*r");
    rig.settle();
    let effects = rig.press("1");
    let wish = wished(&effects);
    let to = wish.parts().iter().map(|part| match part {
        Wish::SetRoles { to, .. } => to[0].key.raw().to_owned(),
        other => panic!("roles, not {other:?}"),
    });
    assert_eq!(to.collect::<Vec<_>>(), ["admin"; 3]);
}

#[test]
fn the_marked_rows_alone_are_shown_until_all_are_asked_for() {
    for back in ["fc", "<esc>"] {
        let mut rig = Rig::two_orgs().on(Pane::Members);
        rig.press("j  fm");
        assert_eq!(rows(&rig), ["mem_bo", "mem_cleo"]);
        rig.press(back);
        assert_eq!(rows(&rig).len(), 3, "{back}");
        assert_eq!(
            rig.model.panes.members.marks.iter().count(),
            2,
            "they stay marked"
        );
    }
}

#[test]
fn a_row_that_is_unmarked_leaves_and_the_last_one_brings_all_back() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("j  fmgg ");
    assert_eq!(rows(&rig), ["mem_cleo"]);
    rig.press(" ");
    assert_eq!(rows(&rig).len(), 3);
    rig.press("fm");
    assert_eq!(rig.hint(), "no row is marked: space marks one, * every row");
}

#[test]
fn rows_that_come_later_stay_out_of_the_marked_ones() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("j fm");
    rig.press("R");
    rig.settle();
    assert_eq!(rows(&rig), ["mem_bo"]);
}

#[test]
fn escape_clears_the_filter_then_shows_all_then_clears_the_marks_then_goes_up() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("*fm/an<enter>");
    assert_eq!(rows(&rig), ["mem_ana"]);
    rig.press("<esc>");
    assert_eq!(rig.hint(), "no filter any more");
    rig.press("<esc>");
    assert_eq!(rig.hint(), "all rows are shown again");
    rig.press("<esc>");
    assert_eq!(rig.hint(), "no row is marked any more");
    rig.press("<esc>");
    assert_eq!(rig.model.panes.focus, Pane::Orgs);
}

/// The ids of the members that are shown.
fn rows(rig: &Rig) -> Vec<String> {
    let lists = rig.model.member_lists();
    let places = rig.model.panes.members.order.places.iter();
    let id = |place| {
        orgdeck::job::order::row(&lists, place)
            .item
            .id
            .raw()
            .to_owned()
    };
    places.map(|place| id(*place)).collect()
}

/// The lines of the menu on top: titles, and why they cannot be taken.
fn lines(rig: &Rig) -> Vec<(String, Option<String>)> {
    let Some(orgdeck::app::layer::Overlay::Menu(picker)) = rig.model.overlays.last() else {
        panic!("a menu is open: {:?}", rig.hint());
    };
    let raw = |text: &orgdeck::domain::Text| text.raw().to_owned();
    let line = |choice: &&orgdeck::app::picker::Choice| {
        (raw(&choice.title), choice.blocked.as_ref().map(raw))
    };
    picker.fitting().iter().map(line).collect()
}

#[test]
fn the_bulk_menu_has_what_is_done_to_marked_rows_and_its_keys_take_it() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("b");
    assert_eq!(rig.hint(), "no row is marked: space marks one, * every row");
    rig.press("  b");
    let titles: Vec<String> = lines(&rig).into_iter().map(|(title, _)| title).collect();
    assert_eq!(titles, ["Remove the member", "Change the role"]);
    rig.press("D");
    assert_eq!(rig.planning().1.parts().len(), 2);
}

#[test]
fn what_the_service_does_not_do_stands_in_the_bulk_menu_with_its_reason() {
    let mut capabilities = everything();
    capabilities.set_offer(Verb::InviteResend, Offer::No("it has no such call"));
    let mut rig = Rig::two_orgs_of(capabilities).on(Pane::Invites);
    rig.press(" b");
    let blocked: Vec<_> = lines(&rig).into_iter().filter_map(|(_, why)| why).collect();
    assert_eq!(blocked.len(), 1, "{blocked:?}");
    assert!(blocked[0].contains("it has no such call"), "{blocked:?}");
    rig.press("t");
    assert!(rig.hint().contains("it has no such call"), "{}", rig.hint());
}

#[test]
fn panes_without_marks_say_so() {
    let mut rig = Rig::two_orgs();
    for keys in ["b", "fm"] {
        rig.press(keys);
        assert!(
            rig.hint().contains("members and invites can be marked"),
            "{}",
            rig.hint()
        );
    }
}

#[test]
fn the_hint_counts_what_is_marked() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    let has = |rig: &Rig, wanted: (&str, &str)| {
        let hints = orgdeck::app::action::hints(&rig.model);
        hints
            .iter()
            .any(|(key, word)| (key.as_str(), &**word) == wanted)
    };
    assert!(has(&rig, ("space", "mark")) && !has(&rig, ("b", "bulk (0)")));
    rig.press("  ");
    assert!(has(&rig, ("b", "bulk (2)")));
}
