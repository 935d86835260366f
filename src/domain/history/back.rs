//! What took a request back and what did it again, and what an undo or a redo is about next. Of what was found to be
//! so already nothing was sent, and nothing can be done again.

use jiff::Timestamp;

use super::{Course, Deed, Fate, History};
use crate::domain::entry::{EntryNo, Found, Why};
use crate::domain::record::Planned;
use crate::domain::{Profile, StepNo, Text, touched};

/// Why what somebody else has taken back is not done again by us.
const FOUND: &str = "it was found as it was: nothing was sent that could be done again";

/// An entry that says that an undo or a redo was found to be needless.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its number.
    pub no: EntryNo,
    /// When it was found.
    pub at: Timestamp,
    /// By whom, as the machine calls them.
    pub actor: Text,
    /// Whom the service takes the actor for, where that was known.
    pub principal: Option<Text>,
    /// On which profile.
    pub profile: Profile,
    /// What was found.
    pub found: Found,
}

impl Finding {
    /// Its outcome for scripts.
    pub const KEY: &str = "already_so";

    /// Whom the service takes the actor for: `unknown` where it could not tell.
    pub fn who(&self) -> Text {
        let known = self.principal.clone();
        known.unwrap_or_else(|| Text::from("unknown"))
    }
}

/// What took a request back, or did it again.
struct Turn {
    /// The plan, or the entry that says that none was needed.
    by: EntryNo,
    /// The requests that were sent for it: none where it was so already.
    sent: Vec<EntryNo>,
}

impl Turn {
    fn entries(self) -> Vec<EntryNo> {
        if self.sent.is_empty() {
            vec![self.by]
        } else {
            self.sent
        }
    }
}

fn undoes(why: &Why) -> &[EntryNo] {
    match why {
        Why::Undoes(taken) => taken,
        Why::Wished | Why::Redoes(_) | Why::Finishes(_) => &[],
    }
}

fn redoes(why: &Why) -> &[EntryNo] {
    match why {
        Why::Redoes(again) => again,
        Why::Wished | Why::Undoes(_) | Why::Finishes(_) => &[],
    }
}

impl History {
    /// Whether there is an entry that a person may name: a request, a plan, or that none was needed.
    pub fn has(&self, no: EntryNo) -> bool {
        let is_course = || self.courses.iter().any(|course| course.no == no);
        self.deed(no).is_some() || is_course() || self.finding(no).is_some()
    }

    /// The entry with this number, if it says that an undo or a redo was needless.
    pub fn finding(&self, no: EntryNo) -> Option<&Finding> {
        self.found.iter().find(|finding| finding.no == no)
    }

    /// The entries that took a request back, in their order, if all that was needed for it was done.
    pub fn undone_by(&self, no: EntryNo) -> Vec<EntryNo> {
        let undone = self.turn(no, undoes);
        undone.map(Turn::entries).unwrap_or_default()
    }

    /// The newest answer to a request; none unless all that was needed for it was done.
    fn turn(&self, no: EntryNo, answered: fn(&Why) -> &[EntryNo]) -> Option<Turn> {
        let deed = self.deed(no)?;
        let is_meant = |why: &Why| answered(why).contains(&no);
        let mut courses = self.courses.iter().rev();
        let sent = courses.find_map(|course| {
            let steps = is_meant(&course.why).then(|| about(course, deed))?;
            self.did(course, &steps)
        });
        let mut findings = self.found.iter().rev();
        let found = findings.find(|finding| is_meant(&finding.found.why));
        let found = found.map(|finding| Turn {
            by: finding.no,
            sent: Vec::new(),
        });
        sent.into_iter().chain(found).max_by_key(|turn| turn.by)
    }

    /// What a plan did by these steps, if each of them was done or found so.
    fn did(&self, course: &Course, steps: &[StepNo]) -> Option<Turn> {
        let is_so =
            |step: &StepNo| matches!(self.fate(course, *step), Fate::Done(_) | Fate::AlreadySo);
        let done = |deed: &&Deed| deed.is_done() && steps.contains(&deed.step);
        (!steps.is_empty() && steps.iter().all(is_so)).then(|| Turn {
            by: course.no,
            sent: self
                .deeds_of(course)
                .filter(done)
                .map(|deed| deed.no)
                .collect(),
        })
    }

    /// What took a request back, unless it was done again since.
    fn taken_back(&self, no: EntryNo) -> Option<Turn> {
        let undone = self.turn(no, undoes)?;
        let redone = self.turn(no, redoes);
        let redone = redone.filter(|turn| turn.by > undone.by);
        let stands = redone.is_some_and(|turn| !self.is_over(&turn));
        (!stands).then_some(undone)
    }

    /// Whether what did it again was taken back itself.
    fn is_over(&self, again: &Turn) -> bool {
        let mut sent = again.sent.iter();
        !again.sent.is_empty() && sent.all(|no| self.is_taken_back(*no))
    }

    fn is_taken_back(&self, no: EntryNo) -> bool {
        self.taken_back(no).is_some()
    }

    /// Whether something of ours took it back, which can be turned round.
    fn can_be_redone(&self, no: EntryNo) -> bool {
        self.taken_back(no)
            .is_some_and(|turn| !turn.sent.is_empty())
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
        if self.finding(no).is_some() {
            return Err("nothing was sent by it");
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
            let open = taken.iter().filter(|no| self.can_be_redone(**no));
            let deeds: Vec<&Deed> = open.filter_map(|no| self.deed(*no)).collect();
            (is_used(&course.profile) && !deeds.is_empty()).then_some(deeds)
        })
    }

    /// What a redo of this entry does again.
    ///
    /// # Errors
    /// When nothing of it was taken back: why.
    pub fn undone_unit(&self, no: EntryNo) -> Result<Vec<&Deed>, &'static str> {
        if self.finding(no).is_some() {
            return Err(FOUND);
        }
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
        let taken = numbers.iter().filter(|no| self.can_be_redone(**no));
        let deeds: Vec<&Deed> = taken.filter_map(|no| self.deed(*no)).collect();
        if deeds.is_empty() {
            let is_back = numbers.iter().any(|no| self.is_taken_back(*no));
            return Err(if is_back {
                FOUND
            } else {
                "it was not taken back"
            });
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
