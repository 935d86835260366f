//! Marks, the question about many rows, the tasks of the session and the rows of one, at three sizes.

use std::time::Duration;

use orgdeck::app::confirm::Asking;
use orgdeck::app::layer::Overlay;
use orgdeck::app::pending::Purpose;
use orgdeck::app::place::Pane;
use orgdeck::app::screen::asks;
use orgdeck::app::tasks::{Tasks, Way};
use orgdeck::app::{Model, Msg};
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{ApiError, Fault, Member, Moment, Outcome, Verb};

use crate::support::rig::Rig;
use crate::support::screen::plain;
use crate::support::world;

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (60, 20)];

/// A model at each size, one below the other.
fn at_all_sizes(model: &Model) -> String {
    let each = SIZES.map(|size| {
        let mut model = model.clone();
        model.size = orgdeck::app::place::Size {
            width: size.0,
            height: size.1,
        };
        plain(&model, size)
    });
    each.join("\n")
}

fn pressed(keys: &str, pane: Pane) -> Model {
    let mut model = world::seven_orgs();
    model.panes.focus = pane;
    let mut rig = Rig::of(model);
    rig.press(keys);
    rig.model.notices.hint = None;
    rig.model.clone()
}

/// The rows of a task on the screen.
fn with_rows(mut model: Model, id: u64) -> Model {
    let mut tasks = Tasks::of(TaskId(id));
    tasks.way = Way::List;
    model.overlays.push(Overlay::Tasks(Box::new(tasks)));
    model
}

#[test]
fn marks_stand_before_their_rows() {
    insta::assert_snapshot!(at_all_sizes(&pressed("j  j ", Pane::Members)));
}

#[test]
fn marks_that_a_filter_hides_are_counted() {
    insta::assert_snapshot!(at_all_sizes(&pressed("*/an<enter>", Pane::Members)));
}

#[test]
fn the_marked_rows_alone() {
    insta::assert_snapshot!(at_all_sizes(&pressed("j  fm", Pane::Members)));
}

#[test]
fn marks_in_the_invites() {
    insta::assert_snapshot!(at_all_sizes(&pressed("vjjv", Pane::Invites)));
}

#[test]
fn a_question_about_many_rows() {
    let mut model = world::seven_orgs();
    let visit = model.store.visit(&world::shop()).unwrap();
    let rows = visit.members.rows.iter();
    let members: Vec<Member> = rows.map(|row| row.item.clone()).collect();
    let plan = world::removing_each(&members);
    let question = asks::of(&model, plan.wish.clone());
    let shown = Some(world::before_now(1_000));
    let confirm = asks_opened(&model, question, Asking::Ready(Box::new(plan), shown));
    model.overlays.push(confirm);
    insta::assert_snapshot!(at_all_sizes(&model));
}

/// The question as it stands when its plan is there.
fn asks_opened(model: &Model, question: asks::Question, stage: Asking) -> Overlay {
    let mut rig = Rig::of(model.clone());
    asks::question(&mut rig.model, question);
    let Some(Overlay::Confirm(mut confirm)) = rig.model.overlays.pop() else {
        panic!("a question is open");
    };
    confirm.stage = stage;
    Overlay::Confirm(confirm)
}

#[test]
fn a_task_under_way() {
    insta::assert_snapshot!(at_all_sizes(&with_rows(world::with_bulk(1), 2)));
}

#[test]
fn a_task_whose_rows_have_ended_in_every_way() {
    insta::assert_snapshot!(at_all_sizes(&with_rows(world::with_bulk(4), 2)));
}

#[test]
fn a_task_that_is_held() {
    let mut model = world::with_bulk(0);
    model.tasks.get_mut(&TaskId(2)).unwrap().pause();
    insta::assert_snapshot!(plain(&with_rows(model, 2), (80, 24)));
}

#[test]
fn a_task_that_was_slowed_down_counts_the_seconds() {
    let mut model = world::with_bulk(0);
    let after = Some(Duration::from_secs(30));
    let slowed = ApiError::new(Verb::MemberRemove, Fault::Slowed { after });
    let now = Moment(world::now().moment.0);
    let task = model.tasks.get_mut(&TaskId(2)).unwrap();
    task.settle(now, 0, Outcome::NotApplied(slowed));
    insta::assert_snapshot!(plain(&with_rows(model, 2), (80, 24)));
}

#[test]
fn a_task_that_is_done() {
    let mut model = world::seven_orgs();
    let visit = model.store.visit(&world::shop()).unwrap();
    let rows = visit.members.rows.iter();
    let members: Vec<Member> = rows.take(3).map(|row| row.item.clone()).collect();
    let ends = vec![world::done(), world::done(), world::done()];
    world::carry(&mut model, world::removing_each(&members), ends);
    insta::assert_snapshot!(plain(&with_rows(model, 1), (80, 24)));
}

#[test]
fn the_tasks_of_the_session() {
    let mut model = world::with_bulk(3);
    model.overlays.push(Overlay::Tasks(Box::default()));
    insta::assert_snapshot!(at_all_sizes(&model));
}

#[test]
fn the_path_of_an_export() {
    let mut rig = Rig::of(world::with_bulk(4));
    rig.press("w<enter>e");
    insta::assert_snapshot!(at_all_sizes(&rig.model));
}

#[test]
fn an_export_that_is_written_says_where() {
    let mut rig = Rig::of(world::with_bulk(4));
    rig.press("w<enter>e<enter>");
    let id = rig.model.pending.ask(Purpose::Export);
    rig.send(Msg::Exported(id, Ok(())));
    insta::assert_snapshot!(at_all_sizes(&rig.model));
}

#[test]
fn leaving_while_something_is_sent() {
    let mut model = world::seven_orgs();
    let visit = model.store.visit(&world::shop()).unwrap();
    let rows = visit.members.rows.iter();
    let members: Vec<Member> = rows.map(|row| row.item.clone()).collect();
    world::carry(
        &mut model,
        world::removing_each(&members),
        vec![world::done()],
    );
    let mut rig = Rig::of(model);
    rig.press("q");
    rig.wait(400);
    insta::assert_snapshot!(at_all_sizes(&rig.model));
}
