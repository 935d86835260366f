//! Tasks: how they run, how their rows end, and what an ended session has left of one.

use std::time::Duration;

use orgdeck::app::Msg;
use orgdeck::app::place::Size;
use orgdeck::domain::back::Recovered;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{ApiError, Fault, Member, Outcome, Seen, Verb};
use orgdeck::job::Task;

use super::{Case, case};
use crate::support::past::{self, ENTRY, fates};
use crate::support::rig::Rig;
use crate::support::world;

fn members() -> Vec<Member> {
    let model = world::seven_orgs();
    let visit = model.store.visit(&world::shop()).unwrap();
    let rows = visit.members.rows.iter();
    rows.map(|row| row.item.clone()).collect()
}

/// A task over six members, the first of which have these ends.
fn carried(ends: Vec<Outcome>) -> orgdeck::app::Model {
    let mut model = world::seven_orgs();
    world::carry(&mut model, world::removing_each(&members()[..6]), ends);
    model.last_task = TaskId(1);
    model
}

/// The same on a screen of this size, with something done to the task, after these keys.
fn task((size, keys): (Size, &str), ends: Vec<Outcome>, change: impl FnOnce(&mut Task)) -> Rig {
    let mut model = carried(ends);
    model.size = size;
    change(model.tasks.get_mut(&TaskId(1)).unwrap());
    let mut rig = Rig::of(model);
    rig.press(keys);
    rig
}

fn slowed(seconds: u64) -> Outcome {
    let after = Some(Duration::from_secs(seconds));
    Outcome::NotApplied(ApiError::new(Verb::MemberRemove, Fault::Slowed { after }))
}

fn signed_out() -> Outcome {
    Outcome::NotApplied(ApiError::new(Verb::MemberRemove, Fault::SignedOut))
}

/// An end of each kind.
fn every_end() -> Vec<Outcome> {
    let mut now = members()[3].clone();
    now.roles = orgdeck::domain::Told::Is([].into());
    vec![
        world::done(),
        world::refusal(),
        Outcome::Unknown,
        Outcome::Differs(Seen::Member(Box::new(now))),
    ]
}

/// A console that has just looked up what an ended session has left.
fn left(size: Size, keys: &str) -> Rig {
    let mut model = world::seven_orgs();
    model.size = size;
    let mut rig = Rig::of(model);
    let plan = world::removing_each(&members()[..6]);
    let mut one = past::interrupted(41, plan, fates(6));
    one.course.at = world::hours_ago(3);
    let found = Recovered {
        done: 1,
        unknown: 1,
        left: vec![one],
        ..Recovered::default()
    };
    rig.send(Msg::Recovered(Ok(Box::new(found))));
    rig.press(keys);
    rig
}

/// Two bulks of one profile.
fn two(size: Size) -> Rig {
    let mut model = carried(Vec::new());
    model.size = size;
    let plan = world::removing_each(&members()[..2]);
    let consent = plan.agree(TaskId(2), None).unwrap();
    let mut second = Task::new(TaskId(2), plan, consent);
    second.recorded(Ok(ENTRY));
    model.tasks.insert(TaskId(2), second);
    let mut rig = Rig::of(model);
    rig.press("w");
    rig
}

/// A task whose plan is still being written down.
fn recording(size: Size) -> Rig {
    let mut model = world::seven_orgs();
    model.size = size;
    let plan = world::removing_each(&members()[..6]);
    let consent = plan.agree(TaskId(1), None).unwrap();
    model
        .tasks
        .insert(TaskId(1), Task::new(TaskId(1), plan, consent));
    let mut rig = Rig::of(model);
    rig.press("w<enter>");
    rig
}

pub(super) fn cases() -> Vec<Case> {
    let rows = "w<enter>";
    vec![
        case("being_recorded", recording),
        case("running", move |size| {
            task((size, rows), vec![world::done()], |_| {})
        }),
        case("held", move |size| {
            task((size, rows), vec![world::done()], Task::pause)
        }),
        case("slowed_down", move |size| {
            task((size, rows), vec![slowed(30)], |_| {})
        }),
        case("slowed_down_for_too_long", move |size| {
            task((size, rows), vec![slowed(300)], |_| {})
        }),
        case("stopping", move |size| {
            task((size, rows), vec![world::done()], Task::stop)
        }),
        case("without_a_token", move |size| {
            task((size, rows), vec![signed_out()], Task::shelve)
        }),
        case("ended_in_every_way", move |size| {
            task((size, rows), every_end(), Task::stop)
        }),
        case("waiting_for_another", two),
        case("left_at_the_start", |size| left(size, "")),
        case("left_in_the_list", |size| left(size, "w")),
        case("left_row_by_row", move |size| left(size, rows)),
        case("left_and_about_to_go", |size| left(size, "wD")),
        case("left_and_taken_up", |size| {
            let mut rig = left(size, "");
            let task = rig.model.ended.values_mut().next().unwrap();
            task.heir = Some(TaskId(2));
            rig.press("w");
            rig
        }),
        case("its_rest_taken_up", |size| {
            let mut model = carried(vec![world::refusal()]);
            model.size = size;
            let mut task = model.tasks.remove(&TaskId(1)).unwrap();
            task.stop();
            task.heir = Some(TaskId(2));
            model.ended.insert(TaskId(1), task);
            let mut rig = Rig::of(model);
            rig.press("w");
            rig
        }),
        case("waited_for_before_leaving", |size| {
            let mut model = world::seven_orgs();
            model.size = size;
            world::carry(
                &mut model,
                world::removing_each(&members()[..3]),
                Vec::new(),
            );
            let mut rig = Rig::of(model);
            rig.press("q");
            rig
        }),
    ]
}
