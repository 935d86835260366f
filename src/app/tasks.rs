//! The tasks of the session as a person looks at them: all of them in a list, one with its rows, and the
//! path that its results are written to.

use tui_input::Input;

use super::model::Model;
use super::msg::RequestId;
use crate::domain::Moment;
use crate::domain::plan::TaskId;
use crate::job::Task;

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
    /// There is a file already: it is asked whether it may go, since that moment.
    Taken(Moment),
}

impl Tasks {
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
