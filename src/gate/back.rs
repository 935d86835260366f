//! The way back, and forward again: what takes entries of the journal back, as wishes that pass the gate like
//! any other. What was found so already is written down; nothing is sent.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::recover::link_of;
use super::turn::{self, Returned, Turn};
use super::{AT_ONCE, Gate};
use crate::domain::again::again;
use crate::domain::aim::Aimed;
use crate::domain::back::{Back, NoWay, Way};
use crate::domain::entry::{EntryNo, Event, Found};
use crate::domain::history::{Course, Deed, History};
use crate::domain::inverse::inverses;
use crate::domain::since::{left_by, left_by_undo};
use crate::domain::{
    Actor, Aim, ApiError, Capabilities, Fault, Fidelity, Profile, Text, Verb, Wish,
};
use crate::provider::link::Link;

/// Requests of one plan, and the plan.
struct Chosen<'a> {
    deeds: Vec<&'a Deed>,
    course: Option<&'a Course>,
}

impl Gate {
    /// What takes an entry back, or does it again; the newest one that can be, if none is named.
    ///
    /// # Errors
    /// Why there is no way.
    pub async fn way(
        &self,
        links: &[Arc<Link>],
        (way, entry): (Way, Option<EntryNo>),
    ) -> Result<Back, NoWay> {
        let is_enough = |history: &History| tells(history, links, (way, entry));
        let history = self.recent(is_enough).await.map_err(NoWay::Unread)?;
        let chosen = chosen(&history, links, (way, entry))?;
        let profile = match (chosen.deeds.first(), chosen.course) {
            (Some(deed), _) => &deed.profile,
            (None, Some(course)) => &course.profile,
            (None, None) => return Err(impossible("there is no such entry")),
        };
        let link = link_of(links, profile).ok_or_else(|| NoWay::Unused(profile.clone()))?;
        let unread = |error| unread(profile, error);
        let mut sorted = Sorted::default();
        let standing = sorted.returned(link, (way, &chosen)).await?;
        let can = link.capabilities();
        let aims = match way {
            Way::Undo => inverses(&standing, chosen.verb(), &can),
            Way::Redo => again(&history, &standing).map(|aims| {
                let how = forward(&aims, &can);
                (aims, how)
            }),
        };
        let (aims, fidelity) = aims.map_err(|why| refusal(&chosen, why))?;
        sorted.sort(link, aims).await.map_err(unread)?;
        let (so, due) = sorted.parted(&chosen.deeds);
        Ok(Back {
            profile: profile.clone(),
            what: chosen.words(),
            why: way.why(numbers(&due)),
            left: match way {
                Way::Undo => left_by(&due),
                Way::Redo => left_by_undo(&history, &due),
            },
            found: sorted.found(way, (&chosen, &so)),
            wishes: sorted.wishes,
            fidelity,
        })
    }

    /// Writes down what was found so already, so that it is not offered again.
    ///
    /// # Errors
    /// The cause, when it could not be written.
    pub async fn remember(
        &self,
        actor: &Actor,
        links: &[Arc<Link>],
        back: &Back,
    ) -> Result<(), Text> {
        let Some(found) = &back.found else {
            return Ok(());
        };
        let link = link_of(links, &back.profile);
        let principal = link.and_then(|link| link.principal()).map(|one| one.label);
        let place = (&back.profile, principal.as_ref());
        let event = Event::FoundSo(Box::new(found.clone()));
        self.write(actor, place, event).await.map(drop)
    }
}

impl Gate {
    /// As much of what happened last as is enough, or all of it.
    async fn recent(&self, is_enough: impl Fn(&History) -> bool) -> Result<History, Text> {
        let mut parts = 1;
        loop {
            let newest = self.journal.newest(parts).await?;
            let history = History::of(newest.records);
            if newest.is_all || is_enough(&history) {
                return Ok(history);
            }
            parts *= 4;
        }
    }
}

/// Whether a history that may lack its beginning says what the whole one would.
fn tells(history: &History, links: &[Arc<Link>], what: (Way, Option<EntryNo>)) -> bool {
    let chosen = chosen(history, links, what);
    history.is_closed() && chosen.is_ok_and(|chosen| chosen.course.is_some())
}

fn impossible(why: &str) -> NoWay {
    NoWay::Impossible(Text::from(why))
}

/// The refusal of something that has a name.
fn refusal(chosen: &Chosen<'_>, why: &str) -> NoWay {
    NoWay::Impossible(Text::from(format!("{}: {why}", chosen.words().raw())))
}

fn chosen<'a>(
    history: &'a History,
    links: &[Arc<Link>],
    (way, entry): (Way, Option<EntryNo>),
) -> Result<Chosen<'a>, NoWay> {
    if let Some(no) = entry.filter(|no| !history.has(*no)) {
        return Err(NoWay::NoEntry(no));
    }
    let is_used = |profile: &Profile| link_of(links, profile).is_some();
    let deeds = match (way, entry) {
        (Way::Undo, Some(no)) => history.unit(no).map_err(impossible)?,
        (Way::Redo, Some(no)) => history.undone_unit(no).map_err(impossible)?,
        (Way::Undo, None) => {
            let course = history.last_done(is_used);
            let course = course.ok_or_else(|| impossible("there is nothing to undo"))?;
            history.unit(course.no).map_err(impossible)?
        }
        (Way::Redo, None) => {
            let deeds = history.last_undone(is_used);
            deeds.ok_or_else(|| impossible("there is nothing to redo"))?
        }
    };
    let course = deeds.first().and_then(|deed| history.course_of(deed));
    Ok(Chosen { deeds, course })
}

/// What is to be wished for the chosen requests, and which of them were found so already.
#[derive(Default)]
struct Sorted {
    wishes: Vec<Wish>,
    due: BTreeSet<EntryNo>,
    so: BTreeSet<EntryNo>,
    /// How they were found, where that is not quite as it was.
    words: BTreeSet<&'static str>,
}

impl Sorted {
    /// The requests whose undo is to be looked for: not those who were removed and are members again.
    async fn returned<'a>(
        &mut self,
        link: &Link,
        (way, chosen): (Way, &Chosen<'a>),
    ) -> Result<Vec<&'a Deed>, NoWay> {
        if way == Way::Redo {
            return Ok(chosen.deeds.clone());
        }
        let looked: Vec<_> = chosen
            .deeds
            .iter()
            .map(|deed| turn::returned(link, deed))
            .collect();
        let looked = stream::iter(looked).buffered(AT_ONCE);
        let looked: Vec<Returned> = looked
            .try_collect()
            .await
            .map_err(|error| unread(&link.connection.profile, error))?;
        let mut standing = Vec::with_capacity(looked.len());
        for (deed, returned) in chosen.deeds.iter().zip(looked) {
            match returned {
                Returned::No => standing.push(*deed),
                Returned::Whole => self.so.extend([deed.no]),
                Returned::Nearly(words) => {
                    self.so.extend([deed.no]);
                    self.words.extend([words]);
                }
                Returned::Otherwise(words) => return Err(refusal(chosen, words.raw())),
            }
        }
        Ok(standing)
    }

    async fn sort(&mut self, link: &Link, aims: Vec<Aimed>) -> Result<(), ApiError> {
        let looked: Vec<_> = aims
            .into_iter()
            .map(|aimed| async move { Ok((turn::turn(link, aimed.aim).await?, aimed.of)) })
            .collect();
        let looked = stream::iter(looked).buffered(AT_ONCE);
        let turns: Vec<(Turn, Vec<EntryNo>)> = looked.try_collect().await?;
        for (turn, of) in turns {
            match turn {
                Turn::Due(wish) => {
                    self.wishes.push(wish);
                    self.due.extend(of);
                }
                Turn::So => self.so.extend(of),
                Turn::Over(words) => {
                    self.so.extend(of);
                    self.words.extend([words]);
                }
            }
        }
        Ok(())
    }

    /// Those that were found so already, and those that are not.
    fn parted<'a>(&self, deeds: &[&'a Deed]) -> (Vec<&'a Deed>, Vec<&'a Deed>) {
        let is_so = |deed: &&Deed| {
            let known = self.so.contains(&deed.no) && !self.due.contains(&deed.no);
            known || self.wishes.is_empty()
        };
        deeds.iter().partition(|deed| is_so(deed))
    }

    /// What the journal shall say of those that were found so already.
    fn found(&self, way: Way, (chosen, so): (&Chosen<'_>, &[&Deed])) -> Option<Found> {
        let first = so.first()?;
        let org = first.act.org.clone();
        let is_common = so.iter().all(|deed| deed.act.org == org);
        let usual = match way {
            Way::Undo => "already as it was",
            Way::Redo => "already so again",
        };
        let mut words: Vec<&str> = self.words.iter().copied().collect();
        if words.is_empty() {
            words.push(usual);
        }
        Some(Found {
            why: way.why(numbers(so)),
            verb: chosen.verb(),
            org: org.filter(|_| is_common),
            target: Text::from(names(so.iter().map(|deed| deed.act.target.raw()))),
            words: Text::from(format!("{}: nothing was sent", words.join("; "))),
        })
    }
}

fn numbers(deeds: &[&Deed]) -> Vec<EntryNo> {
    deeds.iter().map(|deed| deed.no).collect()
}

/// The first names, and how many more there are.
fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<&str> = names.collect();
    names.dedup();
    let shown = names.len().min(3);
    let first = names[..shown].join(", ");
    match names.len() - shown {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

fn unread(profile: &Profile, error: ApiError) -> NoWay {
    if error.fault == Fault::Missing {
        return impossible(&gone(error.verb));
    }
    NoWay::Failed(profile.clone(), error)
}

impl Chosen<'_> {
    fn verb(&self) -> Verb {
        // Removing oneself is leaving, whatever it was called.
        match (self.course, self.deeds.as_slice()) {
            (Some(course), deeds) if deeds.len() != 1 || course.steps.len() > 1 => course.verb,
            (_, [deed, ..]) => deed.act.verb,
            (Some(course), []) => course.verb,
            (None, []) => Verb::WhoAmI,
        }
    }

    /// What was done, to whom.
    fn words(&self) -> Text {
        let names = match (self.deeds.as_slice(), self.course) {
            ([], Some(course)) => names(course.steps.iter().map(|s| s.act.target.raw())),
            (deeds, _) => names(deeds.iter().map(|deed| deed.act.target.raw())),
        };
        Text::from(format!("{} {names}", self.verb().name()))
    }
}

/// How well something is done again: what is made anew is not what it was.
fn forward(aims: &[Aimed], can: &Capabilities) -> Fidelity {
    let each = aims.iter().map(|aimed| match &aimed.aim {
        Aim::Invite(..) => Fidelity::Partly("a new invite: new id, new mail, new link"),
        Aim::CreateOrg(..) => Fidelity::Partly("a new organization with a new id"),
        Aim::AddMember(..) => Fidelity::Partly("a new membership with a new id"),
        Aim::SetRoles(..) => can.fidelity(Verb::MemberRole),
        Aim::DeleteOrg(_)
        | Aim::EditOrg(..)
        | Aim::SetMetadata(..)
        | Aim::SetLogo(..)
        | Aim::RemoveLogo(_)
        | Aim::RemoveMember(_)
        | Aim::RemoveInvited(_)
        | Aim::Revoke(_) => Fidelity::Exact,
    });
    each.fold(Fidelity::Exact, Fidelity::and)
}

/// What a way would be taken with is not there any more.
fn gone(verb: Verb) -> String {
    let what = if verb == Verb::InviteRevoke {
        "the invite is not open any more: it was accepted, or cannot be read"
    } else {
        "the person is no member now"
    };
    format!("{}: {what}", verb.name())
}
