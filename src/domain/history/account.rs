//! Which records tell what has not come to its end, so that the rest need not be read for it.

use std::collections::BTreeSet;

use super::History;
use crate::domain::entry::{Closes, EntryNo, SessionId};
use crate::domain::plan::TaskId;
use crate::domain::record::{Record, Says};

/// The records that an account of what has not come to its end needs: of requests of which that may still be
/// read, of plans of which something is left, of the plans that finish those, and of what is half done
/// and is left again if they come to nothing.
pub fn still_open(records: &[Record]) -> BTreeSet<EntryNo> {
    let history = History::of(records.to_vec());
    let left = history
        .unfinished()
        .map(|course| (&course.session, course.task));
    let open = history.open().map(|deed| (&deed.session, deed.task));
    let mut tasks: BTreeSet<(&SessionId, TaskId)> = left.chain(open).collect();
    let heirs = history.courses.iter();
    let heirs = heirs.filter(|heir| tasks.contains(&(&heir.session, heir.task)));
    let before = heirs.filter_map(|heir| history.half_done_before(heir));
    let before: Vec<_> = before.map(|left| (&left.session, left.task)).collect();
    tasks.extend(before);
    let mut plans = BTreeSet::new();
    for course in &history.courses {
        let key = (&course.session, course.task);
        let finishes = course.finishes().is_some_and(|no| plans.contains(&no));
        if finishes || tasks.contains(&key) {
            plans.insert(course.no);
            tasks.insert(key);
        }
    }
    let is_of = |session: &SessionId, task: TaskId| tasks.contains(&(session, task));
    let intents = history.deeds.iter();
    let intents: BTreeSet<EntryNo> = intents
        .filter(|deed| is_of(&deed.session, deed.task))
        .map(|deed| deed.no)
        .collect();
    let needed = |record: &&Record| match &record.says {
        Says::Planned { task, .. }
        | Says::AlreadySo { task, .. }
        | Says::Closed(Closes::Task(task)) => is_of(&record.session, *task),
        Says::Intent { .. } => intents.contains(&record.no),
        Says::Ended { intent, .. } => intents.contains(intent),
        Says::Closed(Closes::Plan(no)) => plans.contains(no),
        Says::FoundSo(_) => false,
    };
    records
        .iter()
        .filter(needed)
        .map(|record| record.no)
        .collect()
}
