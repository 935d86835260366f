//! Readings that nobody waits for: the list as it is stays on the screen, and so does what is said of it.
//!
//! They read the list and nothing else. What is known of a row stays as it is, but for rows whose rest
//! could not be read while the service was away.

use super::{Feed, Keyed, Short, Stage};
use crate::domain::Detail;

/// Lists of more pages than this are read on request only.
const PAGES: usize = 4;

impl<T: Keyed + Clone + PartialEq> Feed<T> {
    /// Begins a reading that nobody waits for; whether it has begun. A list that was never asked for, is
    /// being read, was stopped, or takes many pages is left alone.
    pub fn renew(&mut self) -> bool {
        let shown = match &self.stage {
            Stage::Whole | Stage::Failed(_) | Stage::Partial(Short::Shifted) => self.stage.clone(),
            Stage::Idle | Stage::Reading | Stage::Partial(Short::Stopped | Short::TooLong) => {
                return false;
            }
        };
        if self.pages > PAGES {
            return false;
        }
        self.start();
        self.shown = Some(shown);
        true
    }

    /// Whether a reading is under way that nobody waits for.
    pub fn is_quiet(&self) -> bool {
        self.shown.is_some()
    }

    /// Ends a reading that nobody waits for as if it had not begun.
    pub fn give_up(&mut self) {
        if let Some(before) = self.shown.take() {
            self.stage = before;
            self.waiting.clear();
            self.asked_pages.clear();
        }
    }

    /// Whether the rest of a row that is here already is to be read again.
    pub(super) fn wants_rest(&self, number: u32) -> bool {
        match &self.rows.row(number).detail {
            Detail::Failed(error) => !self.is_quiet() || error.fault.may_pass(),
            Detail::Whole | Detail::Unreadable(_) => !self.is_quiet(),
            Detail::Wanted | Detail::Asked => true,
        }
    }
}
