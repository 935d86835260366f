//! What was typed and must not be lost: the drafts of forms that are not on the screen, and the forms whose
//! requests are on their way. Never with a secret.

use std::collections::{BTreeMap, BTreeSet};

use super::{Form, Stage};
use crate::domain::draft::{DraftId, Leftover};
use crate::domain::plan::TaskId;
use crate::domain::{Draft, Text};

/// Drafts and forms that are not on the screen.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The latest one last.
    drafts: Vec<(DraftId, Draft)>,
    sent: BTreeMap<TaskId, Form>,
    /// Those that were taken or discarded: a list that was read before that does not bring them back.
    gone: BTreeSet<DraftId>,
    last: u64,
    /// Why nothing is kept on the disk, once that was said.
    pub unkept: Option<Text>,
}

impl Kept {
    /// A number for a new draft.
    pub fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// Keeps a draft of a form that is not on the screen any more.
    pub fn put(&mut self, id: DraftId, draft: Draft) {
        self.drafts.retain(|(known, _)| *known != id);
        self.gone.remove(&id);
        self.drafts.push((id, draft));
    }

    /// Takes a draft out.
    pub fn take(&mut self, id: &DraftId) -> Option<Draft> {
        let place = self.drafts.iter().position(|(known, _)| known == id)?;
        self.gone.insert(id.clone());
        Some(self.drafts.remove(place).1)
    }

    /// What earlier sessions have left, as it was read now.
    pub fn learn(&mut self, leftover: Leftover) {
        self.drafts.retain(|(id, _)| matches!(id, DraftId::Own(_)));
        let gone = &self.gone;
        let fresh = leftover.drafts.into_iter();
        let fresh = fresh.filter(|(id, _)| !gone.contains(id));
        self.drafts.extend(fresh);
        self.drafts.sort_by_key(|(_, draft)| draft.at);
    }

    /// The draft of this name.
    pub fn draft(&self, id: &DraftId) -> Option<&Draft> {
        let known = self.drafts.iter().find(|(known, _)| known == id);
        known.map(|(_, draft)| draft)
    }

    /// All drafts, the latest first.
    pub fn drafts(&self) -> impl Iterator<Item = &(DraftId, Draft)> {
        self.drafts.iter().rev()
    }

    /// The latest draft that a form could be filled with, while it is being filled in.
    pub fn offer(&self, form: &Form) -> Option<&(DraftId, Draft)> {
        if !matches!(form.stage, Stage::Editing | Stage::Failed(_)) {
            return None;
        }
        let about = form.goal.draft();
        self.drafts().find(|(_, draft)| draft.about == about)
    }

    /// Keeps a form until its task is over.
    pub fn send(&mut self, task: TaskId, mut form: Form) {
        form.wipe();
        self.sent.insert(task, form);
    }

    /// The form that a task came from.
    pub fn sent(&mut self, task: TaskId) -> Option<Form> {
        self.sent.remove(&task)
    }
}
