//! Who has what a plan has left: the plan that finishes it, unless that came to nothing and was closed. What is
//! half done is then left again as it was, and is offered again.

use std::collections::BTreeSet;

use super::{Course, EntryNo, History};

impl History {
    /// Whether nothing of a plan is to be taken up any more: somebody has done that, or does not want it.
    pub fn is_settled(&self, no: EntryNo) -> bool {
        self.course(no).is_none_or(|course| course.is_closed) || self.taken_up().contains(&no)
    }

    /// The half-done plan that is left again once this one, which finishes it, is closed: nothing came of this one.
    pub fn given_back_by(&self, heir: &Course) -> Option<&Course> {
        let left = self.half_done_before(heir)?;
        self.counts(heir).is_nothing().then_some(left)
    }

    /// The half-done plan that this one finishes.
    pub(super) fn half_done_before(&self, heir: &Course) -> Option<&Course> {
        let left = self.course(heir.finishes()?)?;
        (!left.is_closed && self.counts(left).half_done > 0).then_some(left)
    }

    /// The plans whose rest another plan has.
    pub(super) fn taken_up(&self) -> BTreeSet<EntryNo> {
        let has = |heir: &&Course| !heir.is_closed || self.given_back_by(heir).is_none();
        let heirs = self.courses.iter().filter(has);
        heirs.filter_map(Course::finishes).collect()
    }

    fn course(&self, no: EntryNo) -> Option<&Course> {
        let place = self.courses.binary_search_by_key(&no, |course| course.no);
        self.courses.get(place.ok()?)
    }
}
