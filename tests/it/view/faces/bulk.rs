//! Several rows at once: the question about them, what several members can be given, the tasks of the
//! session, and whether they are left.

use orgdeck::app::place::{Pane, Size};

use super::desk::{answer_plan, at};
use super::{Case, case};
use crate::support::rig::Rig;
use crate::support::world;

/// Two tasks over the members of an organization, the newer one with so many rows ended.
fn tasks(size: Size, ended: usize, keys: &str) -> Rig {
    let mut model = world::with_bulk(ended);
    model.size = size;
    let mut rig = Rig::of(model);
    rig.press(keys);
    rig
}

/// Rows that wait their turn, and somebody who wants to leave.
fn leaving(size: Size, milliseconds: u64) -> Rig {
    let mut model = world::seven_orgs();
    model.size = size;
    let visit = model.store.visit(&world::shop()).unwrap();
    let rows = visit.members.rows.iter();
    let members: Vec<_> = rows.map(|row| row.item.clone()).collect();
    world::carry(&mut model, world::removing_each(&members), Vec::new());
    let mut rig = Rig::of(model);
    rig.press("q");
    rig.wait(milliseconds);
    rig
}

/// What can be done to marked invites.
fn menu(size: Size) -> Rig {
    let mut model = world::seven_orgs();
    model.size = size;
    model.panes.focus = Pane::Invites;
    let mut rig = Rig::of(model);
    rig.press("*b");
    rig
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("question", |size| {
            let mut rig = at(("clerk", size), Pane::Members, "*D");
            answer_plan(&mut rig, |_| {});
            rig
        }),
        case("give_or_take_a_role", |size| {
            at(("vulos", size), Pane::Members, "*r")
        }),
        case("menu", menu),
        case("tasks", |size| tasks(size, 3, "w")),
        case("rows_under_way", |size| tasks(size, 1, "w<enter>")),
        case("rows_that_have_ended", |size| tasks(size, 4, "w<enter>")),
        case("path_of_an_export", |size| tasks(size, 4, "w<enter>e")),
        case("leaving_just_now", |size| leaving(size, 0)),
        case("leaving", |size| leaving(size, 400)),
    ]
}
