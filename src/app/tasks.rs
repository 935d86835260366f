//! The tasks as a person looks at them, those of this session and what ended ones have left: all of them in a list, one with its rows, and the
//! path that its results are written to.

use tui_input::Input;

use super::model::Model;
use super::msg::RequestId;
use super::page::{Para, Tone};
use super::{called, fault, place};
use crate::domain::Moment;
use crate::domain::outcome::{Proof, Receipt};
use crate::domain::plan::TaskId;
use crate::job::task::{Mode, State};
use crate::job::{Part, Task};

/// The widest that they get on the screen.
pub const WIDEST: u16 = 110;

/// Tasks that are over and are remembered.
const KEPT: usize = 200;

/// The tasks on the screen.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    /// The task under the cursor of the list; nothing is the newest.
    pub cursor: Option<TaskId>,
    /// The task whose rows are shown.
    pub open: Option<TaskId>,
    /// Whether the list was seen before its rows.
    pub way: Way,
    /// The first row in sight.
    pub top: usize,
    /// The path that results go to, while it is typed.
    pub export: Option<Export>,
    /// The task that the next press of the same key takes off the list.
    pub dropping: Option<TaskId>,
}

/// How the rows of a task came on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// From the list.
    #[default]
    List,
    /// With its beginning.
    Begun,
}

/// The place that results are to be written to.
#[derive(Clone, Debug)]
pub struct Export {
    /// The path as it is typed.
    pub path: Input,
    /// How far it is.
    pub stage: Writing,
}

/// How far an export is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// The path is typed.
    Editing,
    /// It is being written.
    Asked(RequestId),
    /// It is written.
    Done,
    /// There is a file already: it is asked whether it may go, since that moment.
    Taken(Moment),
}

impl Tasks {
    /// Whether letters go into the path of an export.
    pub fn takes_text(&self) -> bool {
        match self.export.as_ref().map(|export| export.stage) {
            Some(Writing::Editing | Writing::Taken(_)) => true,
            Some(Writing::Asked(_) | Writing::Done) | None => false,
        }
    }

    /// The rows of a task that has just begun.
    pub fn of(task: TaskId) -> Self {
        Self {
            cursor: Some(task),
            open: Some(task),
            way: Way::Begun,
            ..Self::default()
        }
    }
}

/// All tasks of the session, the newest first.
pub fn all(model: &Model) -> Vec<&Task> {
    let mut tasks: Vec<&Task> = model.tasks.values().chain(model.ended.values()).collect();
    tasks.sort_by_key(|task| std::cmp::Reverse(task.id));
    tasks
}

/// What was done last.
pub fn latest(model: &Model) -> Option<&Task> {
    all(model).first().copied()
}

/// A task of the session.
pub fn find(model: &Model, id: TaskId) -> Option<&Task> {
    model.tasks.get(&id).or_else(|| model.ended.get(&id))
}

/// The task that keys speak of: the one that is open, else the one under the cursor.
pub fn here<'a>(model: &'a Model, tasks: &Tasks) -> Option<&'a Task> {
    let named = tasks.open.or(tasks.cursor);
    let named = named.and_then(|id| find(model, id));
    named.or_else(|| all(model).first().copied())
}

/// Nothing more comes of these tasks: they are remembered, and no row shows them any more.
pub fn put_away(model: &mut Model, which: impl Fn(&Task) -> bool) {
    let over = model.tasks.extract_if(.., |_, task| which(task));
    model.ended.extend(over);
    while model.ended.len() > KEPT {
        model.ended.pop_first();
    }
}

/// The rest of a task is another one's from now on: that is asked for no more, and the task is only
/// remembered.
pub(super) fn take_up(model: &mut Model, id: TaskId, heir: TaskId) -> Option<Task> {
    put_away(model, |task| task.id == id);
    model.notices.finished(id);
    let left = model.ended.get_mut(&id)?;
    left.heir = Some(heir);
    Some(left.clone())
}

/// A task that could not begin, or came to nothing, has taken nothing up: the one whose rest it was.
pub(super) fn give_back(model: &mut Model, heir: TaskId) -> Option<Task> {
    let mut ended = model.ended.values_mut();
    let left = ended.find(|task| task.heir == Some(heir))?;
    left.heir = None;
    let left = left.clone();
    if left.past().is_none() {
        model.ended.remove(&left.id);
        model.tasks.insert(left.id, left.clone());
    }
    Some(left)
}

/// The half-done task whose rest this one is to do, or was.
pub(super) fn half_done_before(model: &Model, heir: TaskId) -> Option<&Task> {
    let mut ended = model.ended.values();
    ended.find(|task| task.heir == Some(heir) && task.tally().half_done > 0)
}

/// A task is off the list, and nothing is said of it any more.
pub(super) fn forget(model: &mut Model, id: TaskId) {
    model.tasks.remove(&id);
    model.ended.remove(&id);
    model.notices.finished(id);
}

/// The older bulk of the same profile that a bulk waits for; a single change waits for none.
pub fn ahead(model: &Model, task: &Task) -> Option<TaskId> {
    let is_ahead = |other: &&Task| {
        other.id < task.id
            && other.is_bulk()
            && other.profile() == task.profile()
            && !other.is_over()
            && *other.mode() != Mode::Paused
    };
    let waits = task.is_bulk() && !task.is_over();
    let mut others = model.tasks.values();
    others
        .find(|other| waits && is_ahead(other))
        .map(|task| task.id)
}

/// The rows of a task: its number, how it ended in a word, what it is called, and why.
pub fn page(task: &Task) -> Vec<Para> {
    let parts = task.parts();
    let rows = parts.iter().enumerate().map(|(number, part)| {
        let (word, why, tone) = end(task, part);
        let called = called::part(task, part).excerpt(400).to_string();
        let words = match why {
            Some(why) => format!("{called}: {why}"),
            None => called,
        };
        Para::new(format!("{:>3}. {word:<9} ", number + 1), words, tone)
    });
    rows.collect()
}

/// The last row of a task's page that can be the first one in sight.
pub fn last_top(model: &Model, task: &Task) -> usize {
    let (width, height) = place::page(place::overlays(&model.layout()), WIDEST);
    let rows: usize = page(task).iter().map(|para| para.rows(width).count()).sum();
    rows.saturating_sub(height.saturating_sub(FOOT))
}

/// The rows below a page that stay in sight.
const FOOT: usize = 1;

/// How a row ended: a word, the reason where there is one, in the words of the service where it said some.
fn end(task: &Task, part: &Part<'_>) -> (&'static str, Option<String>, Tone) {
    let open = matches!(task.standing(part), State::Waiting | State::Sent);
    let half = task.is_half_done(part) && !open;
    let (word, why, tone) = match task.standing(part) {
        State::Waiting => ("waits", None, Tone::Faint),
        State::Sent => ("sent ..", None, Tone::Busy),
        State::Done(receipt) => done(receipt),
        State::Refused(error) => {
            let why = fault::reason(error).clone();
            ("REFUSED", Some(why), Tone::Failure)
        }
        State::Differs(_) => {
            let why = "somebody has changed it meanwhile".to_owned();
            ("NOT SENT", Some(why), Tone::Warning)
        }
        State::Unknown(came) => {
            let next = if task.part_may_be_read(part) {
                "R looks it up, look before you repeat it"
            } else {
                "no reading can tell: look there before you repeat it"
            };
            let why = format!("{}; {next}", fault::instead(came.as_deref()));
            ("UNKNOWN", Some(why), Tone::Warning)
        }
        State::Skipped => ("not sent", None, Tone::Warning),
    };
    if half {
        let why = why.map_or_else(String::new, |why| format!(", {why}"));
        let why = format!("the rest is {}{why}", word.to_lowercase());
        return ("HALF DONE", Some(why), Tone::Warning);
    }
    (word, why, tone)
}

fn done(receipt: &Receipt) -> (&'static str, Option<String>, Tone) {
    let (word, how) = match receipt.proof {
        Proof::Answer => ("done", None),
        Proof::Unread => ("done", Some("the answer cannot be read")),
        Proof::ReadAgain => ("done", Some("the answer was lost, read again it shows")),
        Proof::AlreadySo => ("already", Some(ALREADY)),
    };
    let words = receipt.words.as_ref();
    let words = words.map(|words| words.excerpt(200).to_string());
    (word, words.or(how.map(str::to_owned)), Tone::Plain)
}

const ALREADY: &str = "it was so, nothing had to be sent";
