//! What ended sessions have left, counted: nothing is read of a service for it, and nothing is written. It costs
//! what was written since it was last asked for, however long the journal is.

use std::collections::{BTreeMap, BTreeSet};

use super::Gate;
use crate::domain::entry::SessionId;
use crate::domain::{Profile, Text};

/// What was left on a profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Requests whose end is not known.
    pub unknown: usize,
    /// Plans that are half done, or of which something was not sent.
    pub unfinished: usize,
}

impl Gate {
    /// What ended sessions have left on each profile; of what a living one is about nothing is left.
    ///
    /// # Errors
    /// The cause, when the journal cannot be read.
    pub async fn left(&self) -> Result<BTreeMap<Profile, Left>, Text> {
        let history = self.open_ends().await?;
        let is_left = |session: &&SessionId| self.journal.take_over(session).is_some();
        let open = history.open().map(|deed| &deed.session);
        let sessions: BTreeSet<&SessionId> = open
            .chain(history.unfinished().map(|one| &one.session))
            .collect();
        let ended: BTreeSet<&SessionId> = sessions.into_iter().filter(is_left).collect();
        let mut left: BTreeMap<Profile, Left> = BTreeMap::new();
        for deed in history.open().filter(|deed| ended.contains(&deed.session)) {
            left.entry(deed.profile.clone()).or_default().unknown += 1;
        }
        let plans = history.unfinished();
        for plan in plans.filter(|plan| ended.contains(&plan.session)) {
            let is_unfinished = plan.is_unfinished(history.counts(plan));
            let of_it = left.entry(plan.profile.clone()).or_default();
            of_it.unfinished += usize::from(is_unfinished);
        }
        Ok(left)
    }
}

impl Left {
    /// It in words; none where nothing waits for anybody.
    pub fn words(self) -> Option<String> {
        let writes = |count: usize, what: &str| match count {
            0 => None,
            1 => Some(format!("1 write {what}")),
            _ => Some(format!("{count} writes {what}")),
        };
        let unknown = writes(self.unknown, "with an unknown end");
        let unfinished = writes(self.unfinished, "not finished");
        let both: Vec<String> = unknown.into_iter().chain(unfinished).collect();
        (!both.is_empty()).then(|| both.join(", "))
    }
}
