//! The journal read as what happened: requests with their ends, plans with what is left of them, and what
//! took back what.

use jiff::Timestamp;

use super::entry::{Closes, EntryNo, SessionId, Why};
use super::plan::{Seen, TaskId};
use super::record::{Act, End, Ended, Planned, Record, Says};
use super::{Profile, StepNo, Text, Verb};

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

/// Where a step of a plan stands, as far as the journal tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// It was applied.
    Done(End),
    /// It was refused.
    Refused(End),
    /// It may have been applied.
    Unknown,
    /// What became of it was never written.
    Open,
    /// It was not sent, or certainly not applied.
    NotStarted,
}

/// How many steps of a plan stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Applied.
    pub done: usize,
    /// Refused.
    pub refused: usize,
    /// Perhaps applied.
    pub unknown: usize,
    /// Not sent.
    pub not_started: usize,
}

impl Counts {
    /// Of so many steps.
    pub fn of(fates: &[Fate]) -> Self {
        let mut counts = Self::default();
        for fate in fates {
            match fate {
                Fate::Done(_) => counts.done += 1,
                Fate::Refused(_) => counts.refused += 1,
                Fate::Unknown | Fate::Open => counts.unknown += 1,
                Fate::NotStarted => counts.not_started += 1,
            }
        }
        counts
    }
}

/// What happened, in the order of the journal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The requests.
    pub deeds: Vec<Deed>,
    /// The plans.
    pub courses: Vec<Course>,
}

impl Deed {
    /// Whether it was applied.
    pub fn is_done(&self) -> bool {
        self.ended() == Some(Ended::Done)
    }

    /// The word for its end.
    pub fn ended(&self) -> Option<Ended> {
        self.end.as_ref().map(|end| end.word)
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

    fn take(&mut self, record: Record) {
        match record.says {
            Says::Planned {
                task,
                why,
                verb,
                steps,
            } => self.courses.push(Course {
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
            } => self.deeds.push(Deed {
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
                    self.deeds[place].end = Some(end);
                }
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

    /// The request with this number.
    pub fn deed(&self, no: EntryNo) -> Option<&Deed> {
        let place = self.deeds.binary_search_by_key(&no, |deed| deed.no).ok()?;
        self.deeds.get(place)
    }

    /// The requests of a plan.
    pub fn deeds_of<'a>(&'a self, course: &'a Course) -> impl Iterator<Item = &'a Deed> {
        let own = |deed: &&Deed| deed.session == course.session && deed.task == course.task;
        self.deeds.iter().filter(own)
    }

    /// The plan that a request was part of.
    pub fn course_of(&self, deed: &Deed) -> Option<&Course> {
        let own = |course: &&Course| course.session == deed.session && course.task == deed.task;
        self.courses.iter().find(own)
    }

    /// Where a step of a plan stands: as its last attempt says.
    pub fn fate(&self, course: &Course, step: StepNo) -> Fate {
        let last = self
            .deeds_of(course)
            .filter(|deed| deed.step == step)
            .last();
        match last.map(|deed| &deed.end) {
            None => Fate::NotStarted,
            Some(None) => Fate::Open,
            Some(Some(end)) => match end.word {
                Ended::Done => Fate::Done(end.clone()),
                Ended::Refused => Fate::Refused(end.clone()),
                Ended::Unknown => Fate::Unknown,
                Ended::NotApplied => Fate::NotStarted,
            },
        }
    }

    /// Where each step of a plan stands.
    pub fn fates(&self, course: &Course) -> Vec<Fate> {
        let steps = 0..course.steps.len();
        steps.map(|step| self.fate(course, step)).collect()
    }

    /// How many steps of a plan stand where.
    pub fn counts(&self, course: &Course) -> Counts {
        Counts::of(&self.fates(course))
    }

    /// Whether nothing of a plan is to be taken up any more: somebody has done that, or does not want it.
    pub fn is_settled(&self, no: EntryNo) -> bool {
        let of_it = |course: &&Course| course.no == no;
        let is_closed = |course: &Course| course.is_closed;
        self.courses.iter().find(of_it).is_none_or(is_closed) || self.is_taken_up(no)
    }

    fn is_taken_up(&self, no: EntryNo) -> bool {
        let finishes = |course: &Course| course.why == Why::Finishes(no);
        self.courses.iter().any(finishes)
    }

    /// The plans of which something was not sent and is still wanted, whoever carried them. One with a
    /// single step that was not sent has left nothing.
    pub fn unfinished(&self) -> impl Iterator<Item = &Course> {
        self.courses.iter().filter(|course| {
            course.steps.len() > 1
                && !course.is_closed
                && self.counts(course).not_started > 0
                && !self.is_taken_up(course.no)
        })
    }

    /// The requests of which no end was written.
    pub fn open(&self) -> impl Iterator<Item = &Deed> {
        self.deeds.iter().filter(|deed| deed.end.is_none())
    }

    /// What took a request back, if all that was needed for it was done.
    pub fn undone_by(&self, no: EntryNo) -> Option<EntryNo> {
        self.answers(|why| matches!(why, Why::Undoes(taken) if taken.contains(&no)))
    }

    /// What did again what was taken back.
    fn redone_by(&self, no: EntryNo) -> Option<EntryNo> {
        self.answers(|why| matches!(why, Why::Redoes(again) if again.contains(&no)))
    }

    fn answers(&self, is_meant: impl Fn(&Why) -> bool) -> Option<EntryNo> {
        let meant = self.courses.iter().rev();
        let mut meant = meant.filter(|course| is_meant(&course.why));
        let is_done = |course: &&Course| {
            let counts = self.counts(course);
            counts.done == course.steps.len() && counts.done > 0
        };
        let course = meant.find(is_done)?;
        self.deeds_of(course).next().map(|deed| deed.no)
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
        let done: Vec<&Deed> = deeds.into_iter().filter(|deed| deed.is_done()).collect();
        if done.is_empty() {
            return Err("nothing of it is known to have been done");
        }
        if done.iter().all(|deed| self.is_taken_back(deed.no)) {
            return Err("it was taken back already");
        }
        Ok(done)
    }

    fn is_taken_back(&self, no: EntryNo) -> bool {
        let undone = self.undone_by(no);
        undone.is_some() && undone > self.redone_by(no)
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
            let is_open = |no: &EntryNo| self.is_taken_back(*no);
            let deeds = || taken.iter().filter_map(|no| self.deed(*no));
            (is_used(&course.profile) && taken.iter().any(is_open)).then(|| deeds().collect())
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
