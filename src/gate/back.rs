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
use crate::domain::{
    Aim, ApiError, Fault, Fidelity, Member, MemberRef, Profile, Query, Seen, Text, Verb, Why, Wish,
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
        let history = self.history().await.map_err(NoWay::Unread)?;
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
        let (aims, why, fidelity) = match way {
            Way::Undo => {
                if let Fidelity::Impossible(why) = can.fidelity(verb) {
                    return Err(refusal(&chosen, why));
                }
                let aims =
                    inverses(&chosen.deeds, verb, &can).map_err(|why| refusal(&chosen, why))?;
                (aims, Why::Undoes(numbers()), can.fidelity(verb))
            }
            Way::Redo => {
                let aims = again(&history, &chosen.deeds).map_err(|why| refusal(&chosen, why))?;
                (aims, Why::Redoes(numbers()), forward(verb))
            }
        };
        Ok(Back {
            profile: profile.clone(),
            what: chosen.words(),
            wishes: wishes(link, aims).await?,
            why,
            fidelity,
        })
    }
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

/// How well something is done again.
fn forward(verb: Verb) -> Fidelity {
    if matches!(verb, Verb::InviteCreate | Verb::InviteResend) {
        Fidelity::Partly("a new invite: new id, new mail, new link")
    } else if verb == Verb::OrgCreate {
        Fidelity::Partly("a new organization with a new id")
    } else {
        Fidelity::Exact
    }
}

async fn wishes(link: &Link, aims: Vec<Aim>) -> Result<Vec<Wish>, NoWay> {
    let mut wishes = Vec::with_capacity(aims.len());
    for aim in aims {
        let wish = wish(link, aim).await;
        let profile = &link.connection.profile;
        wishes.push(wish.map_err(|error| NoWay::Failed(profile.clone(), error))?);
    }
    Ok(wishes)
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
        Aim::AddMember(org, user, role) => Wish::AddMember { org, user, role },
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
        Aim::Revoke(at) => {
            let seen = look_at(link, Query::Invite(at)).await?;
            let is_gone = seen.is_gone();
            match seen {
                Seen::Invite(invite) if !is_gone => Wish::RevokeInvite { invite },
                Seen::Nothing
                | Seen::Gone
                | Seen::Org(_)
                | Seen::Member(_)
                | Seen::Invite(_)
                | Seen::Invites(_) => {
                    return Err(ApiError::new(Verb::InviteRevoke, Fault::Missing));
                }
            }
        }
    })
}

/// A member as it is now.
async fn member(link: &Link, at: MemberRef, verb: Verb) -> Result<Member, ApiError> {
    if let Seen::Member(member) = look_at(link, Query::Member(at)).await? {
        return Ok(*member);
    }
    Err(ApiError::new(verb, Fault::Missing))
}
