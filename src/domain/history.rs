//! The journal read as what happened: requests with their ends, plans with what is left of them, and what
//! took back what.

mod account;
mod back;
mod fate;
mod heirs;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::entry::{Closes, EntryNo, SessionId, Why};
use super::plan::{Seen, TaskId};
use super::record::{Act, End, Ended, Planned, Record, Says};
use super::{Profile, StepNo, Text, Verb};

pub use account::still_open;
pub use back::Finding;
pub use fate::{Counts, Fate};

/// Plans of which something was refused and nothing else is left that are remembered, the newest ones.
const REFUSED_PLANS: usize = 20;

/// Steps of such plans; the one that passes it is the last.
const REFUSED_STEPS: usize = 2_000;

/// One request that was sent, or was about to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// Its entry.
    pub no: EntryNo,
    /// When it was about to be sent.
    pub at: Timestamp,
    /// By which session.
    pub session: SessionId,
    /// By whom, as the machine calls them.
    pub actor: Text,
    /// Whom the service takes the actor for, where that was known.
    pub principal: Option<Text>,
    /// On which profile.
    pub profile: Profile,
    /// As part of which task of its session.
    pub task: TaskId,
    /// Which step of its plan.
    pub step: StepNo,
    /// What it does.
    pub act: Act,
    /// The record as it was read just before.
    pub before: Seen,
    /// What became of it; nothing where that was never written.
    pub end: Option<End>,
}

/// A plan that was agreed to.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Its entry.
    pub no: EntryNo,
    /// When it was agreed to.
    pub at: Timestamp,
    /// By which session.
    pub session: SessionId,
    /// The task that carried it.
    pub task: TaskId,
    /// On which profile.
    pub profile: Profile,
    /// Why.
    pub why: Why,
    /// What was wished.
    pub verb: Verb,
    /// Its steps.
    pub steps: Vec<Planned>,
    /// Whether nothing more of it is wanted.
    pub is_closed: bool,
}

/// What happened, in the order of the journal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The requests.
    pub deeds: Vec<Deed>,
    /// The plans.
    pub courses: Vec<Course>,
    /// What was found to be needless to undo or to do again.
    pub found: Vec<Finding>,
    /// The places of the requests of each task.
    of_task: BTreeMap<(SessionId, TaskId), Vec<usize>>,
    /// The steps of each task that were found done already.
    already_so: BTreeSet<(SessionId, TaskId, StepNo)>,
    /// The requests that somebody has looked up after the session that sent them had done so.
    looked_up: BTreeSet<EntryNo>,
}

impl Deed {
    /// Whether it was applied.
    pub fn is_done(&self) -> bool {
        self.ended() == Some(Ended::Done)
    }

    /// Whom the service takes the actor for: `unknown` where it could not tell.
    pub fn who(&self) -> Text {
        let known = self.principal.clone();
        known.unwrap_or_else(|| Text::from("unknown"))
    }

    /// The word for its end.
    pub fn ended(&self) -> Option<Ended> {
        self.end.as_ref().map(|end| end.word)
    }

    /// Whether reading can show what became of it.
    fn can_be_read(&self) -> bool {
        let change = self.act.change.as_ref();
        change.is_some_and(|change| change.shows_in(&self.before))
    }
}

impl Course {
    /// Whether something of it waits to be taken up when its rows stand so. A single row that was not begun
    /// has left nothing, unless it finishes another plan.
    pub fn is_unfinished(&self, counts: Counts) -> bool {
        let several = self.steps.len() > 1 || counts.all() > 1;
        counts.half_done > 0 || (counts.not_started > 0 && (several || self.finishes().is_some()))
    }

    /// The plan that it finishes, if that is why.
    pub fn finishes(&self) -> Option<EntryNo> {
        match self.why {
            Why::Finishes(left) => Some(left),
            Why::Wished | Why::Undoes(_) | Why::Redoes(_) => None,
        }
    }
}

impl History {
    /// What these records tell.
    pub fn of(records: Vec<Record>) -> Self {
        let mut history = Self::default();
        for record in records {
            history.take(record);
        }
        history
    }

    /// These requests and plans, each in the order of their entries.
    pub fn new(deeds: Vec<Deed>, courses: Vec<Course>) -> Self {
        let mut history = Self::default();
        for course in courses {
            history.begin(course);
        }
        for deed in deeds {
            history.send(deed);
        }
        history
    }

    fn take(&mut self, record: Record) {
        match record.says {
            Says::Planned {
                task,
                why,
                verb,
                steps,
            } => self.begin(Course {
                no: record.no,
                at: record.at,
                session: record.session,
                task,
                profile: record.profile,
                why,
                verb,
                steps,
                is_closed: false,
            }),
            Says::Intent {
                task,
                step,
                act,
                before,
            } => self.send(Deed {
                no: record.no,
                at: record.at,
                session: record.session,
                actor: record.actor,
                principal: record.principal,
                profile: record.profile,
                task,
                step,
                act,
                before,
                end: None,
            }),
            Says::Ended { intent, end } => {
                let place = self.deeds.binary_search_by_key(&intent, |deed| deed.no);
                if let Ok(place) = place {
                    let deed = &mut self.deeds[place];
                    if deed.end.is_some() || deed.session != record.session {
                        self.looked_up.insert(intent);
                    }
                    deed.end = Some(end);
                }
            }
            Says::AlreadySo { task, step } => {
                self.already_so.insert((record.session, task, step));
            }
            Says::FoundSo(found) => self.found.push(Finding {
                no: record.no,
                at: record.at,
                actor: record.actor,
                principal: record.principal,
                profile: record.profile,
                found: *found,
            }),
            Says::Closed(which) => self.close(&record.session, which),
        }
    }

    fn close(&mut self, session: &SessionId, which: Closes) {
        let is_it = |course: &&mut Course| match which {
            Closes::Task(task) => course.session == *session && course.task == task,
            Closes::Plan(no) => course.no == no,
        };
        if let Some(course) = self.courses.iter_mut().rev().find(is_it) {
            course.is_closed = true;
        }
    }

    fn begin(&mut self, course: Course) {
        self.courses.push(course);
    }

    fn send(&mut self, deed: Deed) {
        let key = (deed.session.clone(), deed.task);
        self.of_task.entry(key).or_default().push(self.deeds.len());
        self.deeds.push(deed);
    }

    /// The request with this number.
    pub fn deed(&self, no: EntryNo) -> Option<&Deed> {
        let place = self.deeds.binary_search_by_key(&no, |deed| deed.no).ok()?;
        self.deeds.get(place)
    }

    /// The requests of a plan.
    pub fn deeds_of<'a>(&'a self, course: &'a Course) -> impl Iterator<Item = &'a Deed> {
        let key = (course.session.clone(), course.task);
        let places = self.of_task.get(&key).into_iter().flatten();
        places.filter_map(|place| self.deeds.get(*place))
    }

    /// The plan that a request was part of.
    pub fn course_of(&self, deed: &Deed) -> Option<&Course> {
        let own = |course: &&Course| course.session == deed.session && course.task == deed.task;
        self.courses.iter().find(own)
    }

    /// Whether all that its plans take back or do again is in it, with the plans that did it: what lacks its
    /// beginning may not have that.
    pub fn is_closed(&self) -> bool {
        let is_known = |no: &EntryNo| {
            let deed = self.deed(*no);
            deed.is_some_and(|deed| self.course_of(deed).is_some())
        };
        self.courses.iter().all(|course| match &course.why {
            Why::Undoes(taken) | Why::Redoes(taken) => taken.iter().all(is_known),
            Why::Wished | Why::Finishes(_) => true,
        })
    }

    /// Where a step of a plan stands: as its last attempt says.
    pub fn fate(&self, course: &Course, step: StepNo) -> Fate {
        let attempts = self.deeds_of(course).filter(|deed| deed.step == step);
        self.after(attempts.last(), (course, step))
    }

    /// Where a step stands after this attempt.
    fn after(&self, last: Option<&Deed>, (course, step): (&Course, StepNo)) -> Fate {
        let Some(deed) = last else {
            return self.unsent(course, step);
        };
        match &deed.end {
            None => Fate::Open,
            Some(end) => match end.word {
                Ended::Done => Fate::Done(end.clone()),
                Ended::Refused => Fate::Refused(end.clone()),
                Ended::Unknown if self.is_open(deed) => Fate::Open,
                Ended::Unknown => Fate::Unknown,
                Ended::NotApplied => self.unsent(course, step),
            },
        }
    }

    /// Where a step stands that was not applied from here.
    fn unsent(&self, course: &Course, step: StepNo) -> Fate {
        let key = (course.session.clone(), course.task, step);
        if self.already_so.contains(&key) {
            Fate::AlreadySo
        } else {
            Fate::NotStarted
        }
    }

    /// Where each step of a plan stands.
    pub fn fates(&self, course: &Course) -> Vec<Fate> {
        let mut last = vec![None; course.steps.len()];
        for deed in self.deeds_of(course) {
            if let Some(place) = last.get_mut(deed.step) {
                *place = Some(deed);
            }
        }
        let attempts = last.into_iter().enumerate();
        let fate = |(step, last)| self.after(last, (course, step));
        attempts.map(fate).collect()
    }

    /// How many rows of a plan stand where.
    pub fn counts(&self, course: &Course) -> Counts {
        Counts::of(&course.steps, &self.fates(course))
    }

    /// The plans of which something waits to be taken up, and the newest of which something was only refused.
    pub fn unfinished(&self) -> impl Iterator<Item = &Course> {
        let taken_up = self.taken_up();
        let (mut plans, mut steps) = (REFUSED_PLANS, REFUSED_STEPS);
        let is_left = |course: &&Course| {
            if course.is_closed || taken_up.contains(&course.no) {
                return false;
            }
            let counts = self.counts(course);
            if course.is_unfinished(counts) {
                return true;
            }
            let is_single = counts.all() < 2 && course.finishes().is_none();
            if counts.refused == 0 || is_single || plans == 0 || steps == 0 {
                return false;
            }
            plans -= 1;
            steps = steps.saturating_sub(course.steps.len());
            true
        };
        let mut left: Vec<&Course> = self.courses.iter().rev().filter(is_left).collect();
        left.reverse();
        left.into_iter()
    }

    /// The requests of which reading may still tell what became of them: no end was written, or that it is not
    /// known, and nobody has looked since.
    pub fn open(&self) -> impl Iterator<Item = &Deed> {
        self.deeds.iter().filter(|deed| self.is_open(deed))
    }

    fn is_open(&self, deed: &Deed) -> bool {
        let is_unread = || deed.can_be_read() && !self.looked_up.contains(&deed.no);
        match deed.ended() {
            None => true,
            Some(Ended::Unknown) => is_unread(),
            Some(Ended::Done | Ended::Refused | Ended::NotApplied) => false,
        }
    }
}
