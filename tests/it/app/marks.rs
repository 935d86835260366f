//! Marks: they stay on their records, and what is done with them speaks of exactly these.

use orgdeck::app::place::Pane;
use orgdeck::app::screen::marks::counts;
use orgdeck::app::{Effect, Effects};
use orgdeck::domain::rows::Row;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{Answer, Page, Query, Wish};

use crate::support::rig::{Rig, member, org_id};

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
