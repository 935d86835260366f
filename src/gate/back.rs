//! The way back, and forward again: what takes entries of the journal back, as wishes that pass the gate like
//! any other. Reads only.

use std::sync::Arc;

use super::recover::link_of;
use super::{Gate, look_at};
use crate::domain::again::again;
use crate::domain::back::{Back, NoWay, Way};
use crate::domain::entry::EntryNo;
use crate::domain::history::{Course, Deed, History};
use crate::domain::inverse::inverses;
use crate::domain::since::{left_by, left_by_undo};
use crate::domain::{
    Aim, ApiError, Capabilities, Fault, Fidelity, Invite, InviteRef, Member, MemberRef, Profile,
    Query, Seen, Text, Verb, Why, Wish,
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
        let verb = chosen.verb();
        let numbers = || chosen.deeds.iter().map(|deed| deed.no).collect();
        let can = link.capabilities();
        let (aims, why, (fidelity, left)) = match way {
            Way::Undo => {
                let found = inverses(&chosen.deeds, verb, &can);
                let (aims, how) = found.map_err(|why| refusal(&chosen, why))?;
                (aims, Why::Undoes(numbers()), (how, left_by(&chosen.deeds)))
            }
            Way::Redo => {
                let aims = again(&history, &chosen.deeds).map_err(|why| refusal(&chosen, why))?;
                let how = forward(&aims, &can);
                let left = left_by_undo(&history, &chosen.deeds);
                (aims, Why::Redoes(numbers()), (how, left))
            }
        };
        Ok(Back {
            profile: profile.clone(),
            what: chosen.words(),
            wishes: wishes(link, aims).await?,
            why,
            fidelity,
            left,
        })
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
    if let Some(no) = entry {
        let is_course = history.courses.iter().any(|course| course.no == no);
        if history.deed(no).is_none() && !is_course {
            return Err(NoWay::NoEntry(no));
        }
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
        let names: Vec<&str> = match (self.deeds.as_slice(), self.course) {
            ([], Some(course)) => course.steps.iter().map(|s| s.act.target.raw()).collect(),
            (deeds, _) => deeds.iter().map(|deed| deed.act.target.raw()).collect(),
        };
        let mut names = names;
        names.dedup();
        let shown = names.len().min(3);
        let mut words = format!("{} {}", self.verb().name(), names[..shown].join(", "));
        if names.len() > shown {
            words = format!("{words} and {} more", names.len() - shown);
        }
        Text::from(words)
    }
}

/// How well something is done again: what is made anew is not what it was.
fn forward(aims: &[Aim], can: &Capabilities) -> Fidelity {
    let each = aims.iter().map(|aim| match aim {
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
        | Aim::Revoke(_) => Fidelity::Exact,
    });
    each.fold(Fidelity::Exact, Fidelity::and)
}

async fn wishes(link: &Link, aims: Vec<Aim>) -> Result<Vec<Wish>, NoWay> {
    let mut wishes = Vec::with_capacity(aims.len());
    for aim in aims {
        let profile = &link.connection.profile;
        let wish = wish(link, aim).await.map_err(|error| {
            if error.fault == Fault::Missing {
                return impossible(&gone(error.verb));
            }
            NoWay::Failed(profile.clone(), error)
        });
        wishes.push(wish?);
    }
    Ok(wishes)
}

/// What a way would be taken with is not there any more.
fn gone(verb: Verb) -> String {
    let what = if verb == Verb::InviteRevoke {
        "the invite is not open any more: it was accepted, revoked or ended"
    } else {
        "the person is no member now"
    };
    format!("{}: {what}", verb.name())
}

async fn wish(link: &Link, aim: Aim) -> Result<Wish, ApiError> {
    Ok(match aim {
        Aim::CreateOrg(profile, fields, first_member) => Wish::CreateOrg {
            profile,
            fields,
            first_member,
        },
        Aim::DeleteOrg(org) => Wish::DeleteOrg { org },
        Aim::EditOrg(org, fields) => Wish::EditOrg { org, fields },
        Aim::SetMetadata(org, merge) => Wish::SetMetadata { org, merge },
        Aim::SetLogo(org, image) => Wish::SetLogo { org, image },
        Aim::RemoveLogo(org) => Wish::RemoveLogo { org },
        Aim::AddMember(org, user, (role, metadata)) => Wish::AddMember {
            org,
            user,
            role,
            metadata,
        },
        Aim::Invite(org, drafts) => Wish::Invite { org, drafts },
        Aim::RemoveMember(at) => Wish::RemoveMember {
            member: Box::new(member(link, at, Verb::MemberRemove).await?),
        },
        Aim::SetRoles(at, to) => {
            let member = member(link, at, Verb::MemberRole).await?;
            Wish::SetRoles {
                from: member.assignments().to_vec(),
                member: member.at,
                to,
            }
        }
        Aim::Revoke(at) => Wish::RevokeInvite {
            invite: invite(link, at).await?,
        },
    })
}

/// An open invite as it is now.
async fn invite(link: &Link, at: InviteRef) -> Result<Box<Invite>, ApiError> {
    let seen = look_at(link, Query::Invite(at)).await?;
    match seen {
        seen if seen.is_gone() => Err(ApiError::new(Verb::InviteRevoke, Fault::Missing)),
        seen if seen.is_accepted() => Err(ApiError::accepted(Verb::InviteRevoke)),
        Seen::Invite(invite) => Ok(invite),
        Seen::Nothing
        | Seen::Gone
        | Seen::Org(_)
        | Seen::Member(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => Err(ApiError::new(Verb::InviteRevoke, Fault::Missing)),
    }
}

/// A member as it is now.
async fn member(link: &Link, at: MemberRef, verb: Verb) -> Result<Member, ApiError> {
    if let Seen::Member(member) = look_at(link, Query::Member(at)).await? {
        return Ok(*member);
    }
    Err(ApiError::new(verb, Fault::Missing))
}
