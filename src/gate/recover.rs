//! Recovering: what a session that has ended left open is looked up and settled, and what it left undone is
//! named; so is what this one could not settle. Nothing is sent.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::{Gate, look, settle};
use crate::domain::back::{Interrupted, Recovered};
use crate::domain::entry::{Closes, EntryNo, Event, SessionId};
use crate::domain::history::{Course, Deed, History};
use crate::domain::inverse::Impossible;
use crate::domain::record::Planned;
use crate::domain::wished::wished;
use crate::domain::{Actor, Fault, Outcome, Plan, Profile, Step, Text};
use crate::provider::link::Link;

impl Gate {
    /// Everything that happened, as far as it is kept.
    ///
    /// # Errors
    /// The cause, when the journal cannot be read.
    pub async fn history(&self) -> Result<History, Text> {
        Ok(History::of(self.journal.since(Timestamp::MIN).await?))
    }

    /// What has not come to its end. However long the journal is, this costs what was written since it was
    /// last asked for.
    pub(super) async fn open_ends(&self) -> Result<History, Text> {
        Ok(History::of(self.journal.open().await?))
    }

    /// Settles what sessions that have ended left open, and what of this one has ended unknown, by reading.
    ///
    /// # Errors
    /// The cause, when the journal cannot be used.
    pub async fn recover(&self, actor: &Actor, links: &[Arc<Link>]) -> Result<Recovered, Text> {
        // Whoever comes second finds settled what the first one is looking up.
        let _turn = self.recovering.lock().await;
        let mut found = Recovered {
            said: self.journal.ready().await?,
            ..Recovered::default()
        };
        let _alone = self.looking.lock().await;
        let mut given_back = BTreeSet::new();
        let history = self.open_ends().await?;
        for session in over(&history) {
            let is_own = session == actor.session;
            let taken = (!is_own).then(|| self.journal.take_over(&session));
            if matches!(taken, Some(None)) {
                continue;
            }
            // Somebody else may have settled it before we took it over.
            let now = self.open_ends().await?;
            // What this session has no end of is still under way.
            let is_due = |deed: &&Deed| deed.session == session && !(is_own && deed.end.is_none());
            let mut met: BTreeSet<EntryNo> = BTreeSet::new();
            for deed in now.open().filter(is_due) {
                self.settle(actor, links, (deed, &mut found)).await?;
                met.extend(now.course_of(deed).map(|course| course.no));
            }
            if !is_own {
                given_back.extend(self.put_back(actor, &session).await?);
            }
            // It holds the same plans, since what was open a moment ago is in the journal's short account yet.
            let now = self.open_ends().await?;
            if !is_own {
                met.extend(now.unfinished().map(|course| course.no));
            }
            let of_it = now.courses.iter().filter(|one| one.session == session);
            let interrupted = of_it.filter(|one| met.contains(&one.no));
            let interrupted = interrupted.map(|course| interrupted_by(links, &now, course));
            let place = if is_own {
                &mut found.own
            } else {
                &mut found.left
            };
            place.extend(interrupted);
        }
        given_back.retain(|no| found.left.iter().all(|one| one.course.no != *no));
        if !given_back.is_empty() {
            let now = self.open_ends().await?;
            let again = now.unfinished().filter(|one| given_back.contains(&one.no));
            let again = again.filter(|one| self.journal.take_over(&one.session).is_some());
            let again = again.map(|course| interrupted_by(links, &now, course));
            found.left.extend(again);
        }
        found.left.sort_by_key(|one| one.course.no);
        Ok(found)
    }

    /// Closes what an ended session began to finish something half done and of which nothing came: the plans that
    /// are left as they were.
    async fn put_back(&self, actor: &Actor, session: &SessionId) -> Result<Vec<EntryNo>, Text> {
        let now = self.open_ends().await?;
        let of_it = now.unfinished().filter(|heir| heir.session == *session);
        let mut given_back = Vec::new();
        for heir in of_it {
            if let Some(left) = now.given_back_by(heir) {
                self.close(actor, Closes::Plan(heir.no), &heir.profile)
                    .await;
                given_back.push(left.no);
            }
        }
        Ok(given_back)
    }

    async fn settle(
        &self,
        actor: &Actor,
        links: &[Arc<Link>],
        (deed, found): (&Deed, &mut Recovered),
    ) -> Result<(), Text> {
        found.again += usize::from(deed.end.is_some());
        let Some(outcome) = self.verdict(link_of(links, &deed.profile), deed).await else {
            found.unread += 1;
            return Ok(());
        };
        // Certainly not applied, it may go out again with the rest of its plan.
        let outcome = match outcome {
            Outcome::Refused(error) if matches!(error.fault, Fault::NotApplied(_)) => {
                Outcome::NotApplied(error)
            }
            Outcome::Done(_)
            | Outcome::Refused(_)
            | Outcome::Unknown
            | Outcome::Unproven(_)
            | Outcome::NotApplied(_)
            | Outcome::Differs(_) => outcome,
        };
        match &outcome {
            Outcome::Done(_) => found.done += 1,
            Outcome::Refused(_) | Outcome::NotApplied(_) | Outcome::Differs(_) => {
                found.not_done += 1;
            }
            Outcome::Unknown | Outcome::Unproven(_) => found.unknown += 1,
        }
        let ended = Event::Ended {
            intent: deed.no,
            outcome: Box::new(outcome),
            took: Duration::ZERO,
        };
        let place = (&deed.profile, deed.principal.as_ref());
        self.write(actor, place, ended).await.map(|_| ())
    }

    /// What reading says of an open request; nothing where nothing can be read now.
    async fn verdict(&self, link: Option<&Arc<Link>>, deed: &Deed) -> Option<Outcome> {
        let Some(change) = &deed.act.change else {
            return Some(Outcome::Unknown);
        };
        if change.evidence().is_none() {
            return Some(Outcome::Unknown);
        }
        let link = link?;
        look(link, change).await.ok()?;
        let looks = (self.looks, None);
        let outcome = settle::look_again(link, (change, &deed.before), looks).await;
        if outcome == Outcome::Unknown {
            // A service that fell silent meanwhile has told nothing.
            look(link, change).await.ok()?;
        }
        Some(outcome)
    }
}

/// A plan that was interrupted, as it stands now.
fn interrupted_by(links: &[Arc<Link>], now: &History, course: &Course) -> Interrupted {
    Interrupted {
        fates: now.fates(course),
        plan: planned(links, course),
        course: course.clone(),
    }
}

/// A plan as it was agreed to, from what the journal holds of it.
fn planned(links: &[Arc<Link>], course: &Course) -> Result<Plan, Impossible> {
    let link = link_of(links, &course.profile).ok_or("its profile is not in use here")?;
    let (verb, steps) = (course.verb, &course.steps);
    let step = |step: &Planned| {
        let change = step.act.change.clone()?;
        Some(Step {
            request: link.provider().render(&change),
            change,
            seen: step.seen.clone(),
            after: step.after,
        })
    };
    let steps: Option<Vec<Step>> = steps.iter().map(step).collect();
    let whole = "the journal does not hold all of it";
    Ok(Plan {
        wish: wished(verb, &course.steps).ok_or(whole)?,
        steps: steps.ok_or(whole)?,
        checks: Vec::new(),
        objections: Vec::new(),
        undo: link.capabilities().fidelity(verb),
    })
}

/// The connection of a profile.
pub(super) fn link_of<'a>(links: &'a [Arc<Link>], profile: &Profile) -> Option<&'a Arc<Link>> {
    let mut links = links.iter();
    links.find(|link| link.connection.profile == *profile)
}

/// The sessions that have left something.
fn over(history: &History) -> BTreeSet<SessionId> {
    let open = history.open().map(|deed| &deed.session);
    let unfinished = history.unfinished().map(|course| &course.session);
    open.chain(unfinished).cloned().collect()
}
