//! What was typed and must not be lost: forms that were closed, and those whose requests are on their
//! way. Only for the session, and never with a secret.

use std::collections::BTreeMap;

use super::{Form, Goal};
use crate::domain::plan::TaskId;

/// Forms that are kept; the oldest goes first.
const MOST: usize = 16;

/// Forms that are not on the screen.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    closed: Vec<Form>,
    sent: BTreeMap<TaskId, Form>,
}

impl Kept {
    /// Keeps a form that was closed, if anything was typed in it.
    pub fn close(&mut self, mut form: Form) {
        form.wipe();
        self.forget(&form.goal);
        if form.is_typed() {
            self.closed.push(form);
        }
        let surplus = self.closed.len().saturating_sub(MOST);
        self.closed.drain(..surplus);
    }

    /// What was typed for this goal before.
    pub fn of(&self, goal: &Goal) -> Option<&Form> {
        self.closed
            .iter()
            .find(|form| form.goal.is_about_the_same(goal))
    }

    /// Forgets what was typed for this goal.
    pub fn forget(&mut self, goal: &Goal) {
        self.closed
            .retain(|form| !form.goal.is_about_the_same(goal));
    }

    /// Keeps a form until its task is over.
    pub fn send(&mut self, task: TaskId, mut form: Form) {
        form.wipe();
        self.forget(&form.goal);
        self.sent.insert(task, form);
    }

    /// The form that a task came from.
    pub fn sent(&mut self, task: TaskId) -> Option<Form> {
        self.sent.remove(&task)
    }
}
