//! Writes, seen from the core: a plan that was agreed to becomes a task, its steps go out, and what came
//! of them is said and read again.

use std::collections::BTreeSet;

use super::effect::{Effect, Effects, Ending};
use super::model::{Leaving, Model};
use super::overlay::{self, many, returned};
use super::screen::{marks, tokens};
use super::tasks;
use crate::domain::entry::{Closes, EntryNo};
use crate::domain::plan::TaskId;
use crate::domain::{ApiError, Outcome, Plan, Profile, StepNo, Why, Wish};
use crate::job::Task;
use crate::job::rest::{came_to_nothing, is_done, leaves_something};
use crate::job::task::{Mode, State};

mod again;
mod back;
mod past;
mod stale;
mod tell;

pub(super) use again::{again, ask_to_leave, ask_wait, finish, offer};
pub(super) use back::{found, redo, undo};
pub(super) use past::{left_of, recovered};

/// A person's yes to what is on the screen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Yes {
    /// The plan as it was shown.
    pub(super) plan: Plan,
    /// The name that was typed; empty where none was asked for.
    pub(super) typed: String,
    /// The task whose rest it is.
    pub(super) finishes: Option<TaskId>,
    /// Why it is carried out, for the journal.
    pub(super) why: Why,
}

/// What was not sent of a task is not wanted any more, at least not by it.
pub(super) fn close(task: &Task) -> Effect {
    Effect::Close {
        which: task
            .past()
            .map_or(Closes::Task(task.id), |past| Closes::Plan(past.plan)),
        profile: task.profile().clone(),
    }
}

/// A person has said yes to a plan that is on the screen.
pub(super) fn begin(model: &mut Model, yes: Yes) -> Effects {
    let task = TaskId(model.last_task.0 + 1);
    let typed = Some(yes.typed.as_str()).filter(|typed| !typed.is_empty());
    let plan = yes.plan;
    let Some(consent) = plan.agree(task, typed) else {
        model.say("this cannot be done: something still speaks against it");
        return Effects::new();
    };
    let left = yes
        .finishes
        .and_then(|left| tasks::take_up(model, left, task));
    // What an ended session has left is closed by the plan that finishes it, and what could not be written
    // down needs no closing.
    let closing = left.filter(|left| left.rest_why() == Why::Wished);
    model.leaving = Leaving::No;
    model.last_task = task;
    let begun = Task::new(task, plan.clone(), consent).because(yes.why.clone());
    model.tasks.insert(task, begun);
    marks::taken(model, &plan.wish);
    if matches!(plan.wish, Wish::Each(_)) {
        overlay::tasks::show(model, task);
    }
    let record = Effect::Record {
        task,
        why: yes.why,
        plan,
    };
    let mut effects = vec![record];
    effects.extend(closing.as_ref().map(close));
    effects
}

/// The plan is in the journal, or could not be written.
pub(super) fn recorded(
    model: &mut Model,
    id: TaskId,
    result: Result<EntryNo, ApiError>,
) -> Effects {
    let mut effects = Effects::new();
    let failed = result.clone().err();
    if let Some(task) = model.tasks.get_mut(&id) {
        task.recorded(result);
    }
    if let Some(error) = failed {
        let left = tasks::give_back(model, id);
        tell::fail(model, id, error);
        if let Some(left) = left {
            tell::left_half_done(model, &left);
        }
        effects.extend(returned::settled(model, id));
    }
    effects.extend(go_on(model));
    effects
}

/// The steps of all tasks that are due now.
pub(super) fn go_on(model: &mut Model) -> Effects {
    let now = model.now.moment;
    let mut effects = Effects::new();
    let behind: BTreeSet<TaskId> = model
        .tasks
        .values()
        .filter(|task| tasks::ahead(model, task).is_some())
        .map(|task| task.id)
        .collect();
    for (id, task) in &mut model.tasks {
        if behind.contains(id) {
            continue;
        }
        let going = task.next(now);
        effects.extend(going.into_iter().map(|go| Effect::Carry { task: *id, go }));
    }
    many::follow(model);
    effects
}

/// A step came to its end.
pub(super) fn carried(
    model: &mut Model,
    id: TaskId,
    (step, outcome): (StepNo, Outcome),
) -> Effects {
    let now = model.now.moment;
    let Some(task) = model.tasks.get_mut(&id) else {
        return Effects::new();
    };
    task.settle(now, step, outcome.clone());
    let (profile, mode) = (task.profile().clone(), task.mode().clone());
    if let Outcome::NotApplied(error) = &outcome {
        tokens::refused(model, &profile, &error.fault);
    }
    tell::outcome(model, id, (step, &outcome));
    let mut effects = Effects::new();
    if mode == Mode::NeedsToken {
        effects.extend(shelve(model, &profile, (id, &outcome)));
    }
    effects.extend(go_on(model));
    let task = model.tasks.get(&id);
    if task.is_some_and(|task| *task.mode() == Mode::TooLong) {
        again::ask_to_wait(model, id);
    }
    if model.tasks.get(&id).is_some_and(Task::is_over) {
        effects.extend(over(model, id));
        tell::unsent(model, id, &outcome);
    }
    if model.leaving == Leaving::WhenSent && !model.tasks.values().any(Task::is_sending) {
        effects.push(Effect::Quit(Ending::Quit));
    }
    effects
}

/// A profile lets nobody in any more: nothing of its tasks goes out. What was to be changed does not go out by
/// itself once there is another token: it is offered.
fn shelve(model: &mut Model, profile: &Profile, (id, last): (TaskId, &Outcome)) -> Effects {
    let tasks = model.tasks.values_mut();
    let open = tasks.filter(|task| task.profile() == profile && !task.is_over());
    let mut others = Vec::new();
    for task in open {
        task.shelve();
        if task.id != id && task.is_over() {
            others.push(task.id);
        }
    }
    let mut effects = Effects::new();
    for other in others {
        effects.extend(over(model, other));
        tell::unsent(model, other, last);
    }
    effects
}

/// A person lets a task wait, however long the service asks for.
pub(super) fn wait(model: &mut Model, id: TaskId) -> Effects {
    model.notices.finished(id);
    if let Some(task) = model.tasks.get_mut(&id) {
        task.pause();
    }
    go_on(model)
}

/// A person stops a task: what was not sent is not sent.
pub(super) fn stop(model: &mut Model, id: TaskId) -> Effects {
    model.notices.finished(id);
    let Some(task) = model.tasks.get_mut(&id) else {
        return Effects::new();
    };
    task.stop();
    let is_over = task.is_over();
    model.say("stopped: what was not sent is not sent");
    if is_over {
        return over(model, id);
    }
    Effects::new()
}

/// Nothing more goes out of the tasks on these profiles; how many of them had something left.
pub(super) fn withdraw(model: &mut Model, of: impl Fn(&Profile) -> bool) -> (Effects, usize) {
    let waits = |task: &Task| task.steps().any(|(_, state)| *state == State::Waiting);
    let tasks = model.tasks.values();
    let meant = tasks.filter(|task| of(task.profile()) && waits(task));
    let meant: Vec<TaskId> = meant.map(|task| task.id).collect();
    let stopped = meant.len();
    let effects = meant.into_iter().map(|id| stop(model, id));
    (effects.collect::<Vec<_>>().concat(), stopped)
}

/// Leaves the program: nothing more is sent, and what was sent is waited for, visibly.
pub(super) fn leave(model: &mut Model) -> Effects {
    model.tasks.values_mut().for_each(Task::stop);
    if model.tasks.values().any(Task::is_sending) {
        model.leaving = Leaving::WhenSent;
        model.say("waiting for the answer to what was sent: q once more leaves it open, Esc stays");
        return Effects::new();
    }
    vec![Effect::Quit(Ending::Quit)]
}

/// A task is over: what it made stale is read again. What failed stays on its row until it is dismissed.
fn over(model: &mut Model, id: TaskId) -> Effects {
    let Some(task) = model.tasks.get(&id).cloned() else {
        return Effects::new();
    };
    // First the lists: what was made is then known to the form that may follow.
    let mut effects = stale::read(model, &task);
    effects.extend(returned::settled(model, id));
    if task.steps().all(|(_, state)| is_done(state)) {
        tasks::put_away(model, |task| task.id == id);
        effects.extend(made_up(model, &task));
    }
    if !leaves_something(&task) {
        effects.push(close(&task));
    }
    tell::half_done(model, &task);
    effects.extend(again::changed(model, &task));
    effects.extend(fall_back(model, &task));
    effects
}

/// Nothing came of a task that was to finish what is half done: that is left as it was, and is offered again,
/// here and by a later session.
fn fall_back(model: &mut Model, heir: &Task) -> Option<Effect> {
    if !came_to_nothing(heir) || tasks::half_done_before(model, heir.id).is_none() {
        return None;
    }
    let left = tasks::give_back(model, heir.id)?;
    if let Some(heir) = model.tasks.get_mut(&heir.id) {
        heir.heir = Some(left.id);
    }
    model.notices.finished(heir.id);
    tell::left_half_done(model, &left);
    Some(close(heir))
}

/// What was unknown of a task was looked up: it stands as if that had been known at its end.
fn looked_up(model: &mut Model, id: TaskId) -> Effects {
    let Some(task) = tasks::find(model, id).cloned() else {
        return Effects::new();
    };
    model.notices.finished(id);
    if !task.is_unknown() {
        model.notices.settled(id);
    }
    let mut effects = stale::read(model, &task);
    if task.steps().all(|(_, state)| is_done(state)) {
        tasks::put_away(model, |task| task.id == id);
        effects.extend(made_up(model, &task));
    } else if task.heir.is_none() {
        tell::half_done(model, &task);
        effects.extend(fall_back(model, &task));
    }
    effects
}

/// What failed before and is done now is marked and told no longer, and a later session is not asked about it.
fn made_up(model: &mut Model, done: &Task) -> Effects {
    let failed = model.tasks.values();
    let failed: Vec<Task> = failed
        .filter(|task| makes_up_for(done, task))
        .cloned()
        .collect();
    for task in &failed {
        tasks::put_away(model, |other| other.id == task.id);
        for (_, state) in task.steps() {
            if let State::Refused(error) = state {
                model.notices.withdraw(error);
            }
        }
    }
    failed
        .iter()
        .filter(|task| leaves_something(task))
        .map(close)
        .collect()
}

/// Whether what is done now is what failed before. What is half done stays, to be finished.
fn makes_up_for(done: &Task, earlier: &Task) -> bool {
    let verb = |task: &Task| task.plan.wish.verb();
    let untouched = earlier.is_over() && !earlier.steps().any(|(_, state)| is_done(state));
    let now: Vec<_> = done.steps().flat_map(|(step, _)| step.targets()).collect();
    let mut before = earlier.steps().flat_map(|(step, _)| step.targets());
    // The rows of a bulk are all to be done before it is forgotten.
    let is_met = if matches!(earlier.plan.wish, Wish::Each(_)) {
        before.all(|target| now.contains(&target))
    } else {
        before.any(|target| now.contains(&target))
    };
    untouched && verb(done) == verb(earlier) && is_met
}
