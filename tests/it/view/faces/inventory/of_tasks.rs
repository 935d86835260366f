//! The kinds of tasks: how one runs, whose it is, what it waits for, where its rows stand.

use orgdeck::app::Model;
use orgdeck::app::tasks::{self, Tasks};
use orgdeck::domain::plan::TaskId;
use orgdeck::job::task::{Mode, Past, State};

use super::{Seen, kinds};

pub(super) const WANTED: [(&str, &[&str]); 4] = [
    ("task", MODES),
    ("task from", ORIGINS),
    ("task waits", WAITS),
    ("row of a task", STATES),
];

kinds!(MODES, mode(of: (&Mode, bool)), {
    (_, true) => "over",
    (Mode::Recording, _) => "being recorded",
    (Mode::Running, _) => "running",
    (Mode::Paused, _) => "held",
    (Mode::TooLong, _) => "slowed down for too long",
    (Mode::Stopping, _) => "stopping",
    (Mode::NeedsToken, _) => "without a token",
    (Mode::Until(_), _) => "slowed down",
});

kinds!(ORIGINS, origin(of: (Option<Past>, Option<TaskId>)), {
    (None, None) => "this session",
    (None, Some(_)) => "this session, its rest taken up",
    (Some(_), None) => "an ended session",
    (Some(_), Some(_)) => "an ended session, its rest taken up",
});

kinds!(WAITS, waits(of: Option<TaskId>), {
    None => "for none",
    Some(_) => "for another",
});

kinds!(STATES, state(of: &State), {
    State::Waiting => "waits",
    State::Sent => "is under way",
    State::Done(_) => "is done",
    State::Refused(_) => "was refused",
    State::Differs(_) => "has changed",
    State::Unknown(_) => "is unknown",
    State::Skipped => "was not sent",
});

pub(super) fn look((model, shown): (&Model, &Tasks), seen: &mut Seen) {
    let Some(task) = tasks::here(model, shown) else {
        return;
    };
    seen.insert(("task", mode((task.mode(), task.is_over()))));
    seen.insert(("task from", origin((task.past(), task.heir))));
    seen.insert(("task waits", waits(tasks::ahead(model, task))));
    if shown.open.is_some() {
        seen.extend(task.steps().map(|(_, of)| ("row of a task", state(of))));
    }
}
