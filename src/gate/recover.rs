//! Recovering: what a session that has ended left open is looked up and settled, and what it left undone is
//! named. Nothing is sent.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::{Gate, look, settle};
use crate::domain::back::{Interrupted, Recovered};
use crate::domain::entry::{EntryNo, Event, SessionId};
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
    async fn open_ends(&self) -> Result<History, Text> {
        Ok(History::of(self.journal.open().await?))
    }

    /// Settles what sessions that have ended left open, by reading.
    ///
    /// # Errors
    /// The cause, when the journal cannot be used.
    pub async fn recover(&self, actor: &Actor, links: &[Arc<Link>]) -> Result<Recovered, Text> {
        let mut found = Recovered {
            said: self.journal.ready().await?,
            ..Recovered::default()
        };
        let history = self.open_ends().await?;
        for session in over(&history, actor) {
            let Some(_taken) = self.journal.take_over(&session) else {
                continue;
            };
            // Somebody else may have settled it before we took it over.
            let now = self.open_ends().await?;
            let mut met: BTreeSet<EntryNo> = BTreeSet::new();
            for deed in now.open().filter(|deed| deed.session == session) {
                self.settle(actor, links, (deed, &mut found)).await?;
                met.extend(now.course_of(deed).map(|course| course.no));
            }
            met.extend(self.open_ends().await?.unfinished().map(|course| course.no));
            if met.is_empty() {
                continue;
            }
            let now = self.history().await?;
            let of_it = now.courses.iter().filter(|one| one.session == session);
            let interrupted = of_it.filter(|one| met.contains(&one.no));
            let interrupted = interrupted.map(|course| Interrupted {
                fates: now.fates(course),
                plan: planned(links, course),
                course: course.clone(),
            });
            found.left.extend(interrupted);
        }
        found.left.sort_by_key(|one| one.course.no);
        Ok(found)
    }

    async fn settle(
        &self,
        actor: &Actor,
        links: &[Arc<Link>],
        (deed, found): (&Deed, &mut Recovered),
    ) -> Result<(), Text> {
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
        Some(settle::look_again(link, (change, &deed.before), (self.looks, None)).await)
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

/// The sessions that have left something, besides this one.
fn over(history: &History, actor: &Actor) -> BTreeSet<SessionId> {
    let open = history.open().map(|deed| &deed.session);
    let unfinished = history.unfinished().map(|course| &course.session);
    let all = open.chain(unfinished).cloned();
    all.filter(|session| *session != actor.session).collect()
}
