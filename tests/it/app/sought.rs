//! Tests of starting at a place: `orgdeck open`.

use orgdeck::app::notice::Notice;
use orgdeck::app::place::Pane;
use orgdeck::app::{Effect, RequestId};
use orgdeck::domain::{Answer, Cursor, Next, Org, Page, Query, Row};

use crate::support::rig::{Rig, account, everything, org, org_id, profile};

/// Two connections of which nothing was read yet, and the place that is sought.
fn seeking(place: &str) -> Rig {
    let accounts = ["prod", "shop"].map(|name| account(name, "fake", everything()));
    Rig::seeking(accounts.into(), place)
}

fn asked(rig: &Rig, name: &str) -> RequestId {
    let found = rig.effects.iter().rev().find_map(|effect| match effect {
        Effect::Query {
            id,
            to,
            query: Query::Orgs { .. },
        } if *to == profile(name) => Some(*id),
        _ => None,
    });
    found.unwrap()
}

fn page(names: &[&str]) -> Vec<Row<Org>> {
    let row = |name: &&str| Row::whole(org("shop", &name.to_lowercase(), name));
    names.iter().map(row).collect()
}

fn answered(rig: &mut Rig, names: &[&str]) {
    let id = asked(rig, "shop");
    rig.answer(id, Ok(Answer::Orgs(Page::whole(page(names)))));
}

fn said(rig: &Rig) -> String {
    let top = rig.model.notices.top();
    top.map_or_else(String::new, Notice::happened)
}

#[test]
fn the_organization_is_opened_its_pane_focused_and_its_filter_set() {
    for (place, pane, filter) in [
        ("shop/quay", Pane::Orgs, ""),
        ("shop/Quay/members?Admin", Pane::Members, "Admin"),
        ("shop/handle:quay/invites?bo", Pane::Invites, "bo"),
        ("shop/quay?bo", Pane::Members, "bo"),
    ] {
        let mut rig = seeking(place);
        let prod = asked(&rig, "prod");
        let first = vec![Row::whole(org("prod", "fleet", "Fleet"))];
        rig.answer(prod, Ok(Answer::Orgs(Page::whole(first))));
        assert_eq!(rig.model.panes.open, None, "{place}: no other is shown");
        answered(&mut rig, &["Harbour", "Quay"]);
        let panes = &rig.model.panes;
        assert_eq!(panes.open, Some(org_id("shop", "quay")), "{place}");
        assert_eq!(panes.orgs.cursor, panes.open, "{place}");
        assert_eq!(panes.focus, pane, "{place}");
        let shown = match pane {
            Pane::Members => &panes.members.lens.text,
            Pane::Invites => &panes.invites.lens.text,
            Pane::Orgs | Pane::Org | Pane::Activity => &panes.orgs.lens.text,
        };
        assert_eq!(shown, filter, "{place}");
        assert_eq!((said(&rig).as_str(), &rig.model.sought), ("", &None));
    }
}

#[test]
fn an_id_is_gone_to_before_the_list_is_read_to_its_end_and_a_name_is_not() {
    for (place, found) in [("shop/quay", true), ("shop/Quay", false)] {
        let mut rig = seeking(place);
        let id = asked(&rig, "shop");
        let more = Page {
            is_torn: false,
            next: Next::One(Cursor::at("1")),
            ..Page::whole(page(&["Quay"]))
        };
        rig.answer(id, Ok(Answer::Orgs(more)));
        assert_eq!(rig.model.sought.is_none(), found, "{place}");
    }
}

#[test]
fn a_place_that_is_not_there_is_said() {
    for (place, words) in [
        ("shop/dock", "note there is no organization `dock` on shop"),
        ("shop/42", "note there is no organization `42` on shop"),
        ("none/quay", "note there is no profile `none`"),
        (
            "shop/Twin",
            "note `Twin` fits 2 organizations on shop: name it by its id",
        ),
    ] {
        let mut rig = seeking(place);
        let id = asked(&rig, "shop");
        let mut rows = page(&["Quay", "Twin"]);
        rows[1].item = org("shop", "one", "Twin");
        rows.push(Row::whole(org("shop", "two", "Twin")));
        rig.answer(id, Ok(Answer::Orgs(Page::whole(rows))));
        assert_eq!(said(&rig), words);
        assert_eq!(rig.model.sought, None);
    }
}

#[test]
fn a_name_that_comes_row_by_row_is_waited_for() {
    let mut rig = seeking("shop/Quay/members");
    let id = asked(&rig, "shop");
    let reference = Org::reference(org_id("shop", "7"));
    let rows = vec![Row::wanted(reference)];
    rig.answer(id, Ok(Answer::Orgs(Page::whole(rows))));
    assert_eq!(said(&rig), "", "it may be the one");
    let detail = rig.effects.iter().find_map(|effect| match effect {
        Effect::Query {
            id,
            query: Query::Org(_),
            ..
        } => Some(*id),
        _ => None,
    });
    let whole = Box::new(org("shop", "7", "Quay"));
    rig.answer(detail.unwrap(), Ok(Answer::Org(whole)));
    assert_eq!(rig.model.panes.open, Some(org_id("shop", "7")));
    assert_eq!(rig.model.panes.focus, Pane::Members);
}

#[test]
fn whoever_moves_first_has_changed_their_mind() {
    let mut rig = seeking("shop/quay/members");
    let prod = asked(&rig, "prod");
    let rows = ["Fleet", "Labs"].map(|name| Row::whole(org("prod", name, name)));
    rig.answer(prod, Ok(Answer::Orgs(Page::whole(rows.into()))));
    rig.press("j");
    answered(&mut rig, &["Quay"]);
    assert_eq!(rig.model.panes.focus, Pane::Orgs);
    assert_eq!(rig.model.panes.orgs.cursor, Some(org_id("prod", "Labs")));
}
