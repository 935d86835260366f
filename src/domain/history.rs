//! The journal read as what happened: requests with their ends, plans with what is left of them, and what
//! took back what.

mod account;
mod fate;
mod heirs;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::entry::{Closes, EntryNo, SessionId, Why};
use super::plan::{Seen, TaskId};
use super::record::{Act, End, Ended, Planned, Record, Says};
use super::{Profile, StepNo, Text, Verb, touched};

pub use account::still_open;
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
            Says::Closed(which) => {
                let is_it = |course: &&mut Course| match which {
                    Closes::Task(task) => course.session == record.session && course.task == task,
                    Closes::Plan(no) => course.no == no,
                };
                if let Some(course) = self.courses.iter_mut().rev().find(is_it) {
                    course.is_closed = true;
                }
            }
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

    /// The entries that took a request back, in their order, if all that was needed for it was done.
    pub fn undone_by(&self, no: EntryNo) -> Vec<EntryNo> {
        self.answers(
            no,
            |why| matches!(why, Why::Undoes(taken) if taken.contains(&no)),
        )
    }

    /// What did again what was taken back.
    fn redone_by(&self, no: EntryNo) -> Vec<EntryNo> {
        self.answers(
            no,
            |why| matches!(why, Why::Redoes(again) if again.contains(&no)),
        )
    }

    /// The requests by which the newest such plan answers a request; none unless all of them were done.
    fn answers(&self, no: EntryNo, is_meant: impl Fn(&Why) -> bool) -> Vec<EntryNo> {
        let Some(deed) = self.deed(no) else {
            return Vec::new();
        };
        let mut meant = self.courses.iter().rev();
        let found = meant.find_map(|course| {
            let is_meant = is_meant(&course.why);
            let steps = is_meant.then(|| about(course, deed))?;
            let done = |step: &StepNo| matches!(self.fate(course, *step), Fate::Done(_));
            let is_done = !steps.is_empty() && steps.iter().all(done);
            is_done.then(|| self.done_of(course, &steps))
        });
        found.unwrap_or_default()
    }

    fn done_of(&self, course: &Course, steps: &[StepNo]) -> Vec<EntryNo> {
        let done = |deed: &&Deed| deed.is_done() && steps.contains(&deed.step);
        self.deeds_of(course)
            .filter(done)
            .map(|deed| deed.no)
            .collect()
    }

    /// The requests that an undo of this entry takes back together: those of a plan, or a request with the
    /// ones that hang together with it.
    ///
    /// # Errors
    /// When there is nothing of the kind: why.
    pub fn unit(&self, no: EntryNo) -> Result<Vec<&Deed>, &'static str> {
        if let Some(course) = self.courses.iter().find(|course| course.no == no) {
            return self.done(self.deeds_of(course).collect());
        }
        let deed = self.deed(no).ok_or("there is no such entry")?;
        let Some(course) = self.course_of(deed) else {
            return self.done(vec![deed]);
        };
        let root = root(&course.steps, deed.step);
        let together = |other: &&Deed| root_of(course, other.step) == Some(root);
        self.done(self.deeds_of(course).filter(together).collect())
    }

    fn done<'a>(&self, deeds: Vec<&'a Deed>) -> Result<Vec<&'a Deed>, &'static str> {
        let mut done: Vec<&Deed> = deeds.into_iter().filter(|deed| deed.is_done()).collect();
        if done.is_empty() {
            return Err("nothing of it is known to have been done");
        }
        // Of a plan that was taken back in part the rest is left.
        done.retain(|deed| !self.is_taken_back(deed.no));
        if done.is_empty() {
            return Err("it was taken back already");
        }
        Ok(done)
    }

    fn is_taken_back(&self, no: EntryNo) -> bool {
        let undone = self.undone_by(no).last().copied();
        undone.is_some() && undone > self.redone_by(no).last().copied()
    }

    /// The newest plan on these profiles that was done, at least in part, and not taken back.
    pub fn last_done(&self, is_used: impl Fn(&Profile) -> bool) -> Option<&Course> {
        let mut courses = self.courses.iter().rev();
        courses.find(|course| {
            let is_undo = matches!(course.why, Why::Undoes(_));
            let stands = |deed: &Deed| deed.is_done() && !self.is_taken_back(deed.no);
            !is_undo && is_used(&course.profile) && self.deeds_of(course).any(stands)
        })
    }

    /// What the newest undo on these profiles took back, if nobody has done it again since.
    pub fn last_undone(&self, is_used: impl Fn(&Profile) -> bool) -> Option<Vec<&Deed>> {
        self.courses.iter().rev().find_map(|course| {
            let Why::Undoes(taken) = &course.why else {
                return None;
            };
            let open = taken.iter().filter(|no| self.is_taken_back(**no));
            let deeds: Vec<&Deed> = open.filter_map(|no| self.deed(*no)).collect();
            (is_used(&course.profile) && !deeds.is_empty()).then_some(deeds)
        })
    }

    /// What a redo of this entry does again.
    ///
    /// # Errors
    /// When nothing of it was taken back: why.
    pub fn undone_unit(&self, no: EntryNo) -> Result<Vec<&Deed>, &'static str> {
        // Either the entry that was taken back or the one that did that can be named.
        let taking = self
            .courses
            .iter()
            .find(|course| course.no == no || self.deeds_of(course).any(|deed| deed.no == no));
        let numbers = match taking.map(|course| (&course.why, course)) {
            Some((Why::Undoes(taken), _)) => taken.clone(),
            Some((_, course)) => self.deeds_of(course).map(|deed| deed.no).collect(),
            None => return Err("there is no such entry"),
        };
        let taken = numbers.iter().filter(|no| self.is_taken_back(**no));
        let deeds: Vec<&Deed> = taken.filter_map(|no| self.deed(*no)).collect();
        if deeds.is_empty() {
            return Err("it was not taken back");
        }
        Ok(deeds)
    }
}

/// The steps of a plan that are about the same as a request; all of them where that cannot be told.
fn about(course: &Course, deed: &Deed) -> Vec<StepNo> {
    let wanted = touched::by_deed(deed);
    let same = |(_, step): &(StepNo, &Planned)| !touched::by_step(step).is_disjoint(&wanted);
    let steps = || course.steps.iter().enumerate();
    let told: Vec<StepNo> = steps().filter(same).map(|(number, _)| number).collect();
    if told.is_empty() {
        return steps().map(|(number, _)| number).collect();
    }
    told
}

/// The first of the steps that hang together with a step.
fn root(steps: &[Planned], step: StepNo) -> StepNo {
    let mut root = step;
    while let Some(before) = steps.get(root).and_then(|step| step.after) {
        if before >= root {
            break;
        }
        root = before;
    }
    root
}

fn root_of(course: &Course, step: StepNo) -> Option<StepNo> {
    (step < course.steps.len()).then(|| root(&course.steps, step))
}
