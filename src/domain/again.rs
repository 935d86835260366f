//! Doing it again: what was taken back.

use super::history::{Deed, History};
use super::inverse::Impossible;
use super::outcome::Made;
use super::plan::Seen;
use super::{Aim, Assignment, InviteRef, MemberRef, Mutation, OrgRef, Role, UserId, Verb, Why};

/// What does these requests of one plan again, in their order.
///
/// # Errors
/// Why one of them cannot be done again; then none is.
pub fn again(history: &History, deeds: &[&Deed]) -> Result<Vec<Aim>, Impossible> {
    let mut all: Vec<Aim> = Vec::new();
    for deed in deeds {
        let change = deed.act.change.as_ref();
        let change = change.ok_or("the journal does not hold all of it")?;
        if let Mutation::AddMember { user, role, .. } = change
            && begins(&mut all, user, role)
        {
            continue;
        }
        let next = match remade(history, deed) {
            // Taken back by an invite, it is done again by revoking that one.
            Some(invite) => Aim::Revoke(invite),
            None if deed.act.verb == Verb::InviteRevoke => {
                return Err("the invite has another id by now");
            }
            None => aim(change, &deed.before)?,
        };
        push(&mut all, next);
    }
    Ok(all)
}

/// Whether the organization that a member is added to is made again too.
fn begins(all: &mut [Aim], user: &UserId, role: &Role) -> bool {
    let Some(Aim::CreateOrg(_, _, first)) = all.last_mut() else {
        return false;
    };
    *first = Some((user.clone(), role.clone()));
    true
}

/// The roles of one member are set once, to the last ones.
fn push(all: &mut Vec<Aim>, next: Aim) {
    if let (Some(Aim::SetRoles(last, _)), Aim::SetRoles(member, _)) = (all.last(), &next)
        && last == member
    {
        all.pop();
    }
    all.push(next);
}

fn aim(change: &Mutation, before: &Seen) -> Result<Aim, Impossible> {
    Ok(match change {
        Mutation::CreateOrg { profile, fields } => {
            Aim::CreateOrg(profile.clone(), fields.clone(), None)
        }
        Mutation::EditOrg { org, fields } => Aim::EditOrg(org.clone(), fields.clone()),
        Mutation::DeleteOrg { org } => Aim::DeleteOrg(org.clone()),
        Mutation::SetLogo { org, image } => Aim::SetLogo(org.clone(), image.clone()),
        Mutation::RemoveLogo { org } => Aim::RemoveLogo(org.clone()),
        Mutation::MergeMetadata { org, merge } => Aim::SetMetadata(org.clone(), merge.clone()),
        Mutation::AddMember {
            org: OrgRef::Id(org),
            user,
            role,
        } => Aim::AddMember(org.clone(), user.clone(), role.clone()),
        Mutation::SetRole { member, .. }
        | Mutation::GiveRole { member, .. }
        | Mutation::TakeRole { member, .. } => {
            let roles = roles_after(before, change);
            if roles.is_empty() {
                return Err("the roles are not known");
            }
            Aim::SetRoles(member.clone(), roles)
        }
        Mutation::RemoveMember { member, .. } => Aim::RemoveMember(by_user(before, member)),
        Mutation::Invite { org, draft } => Aim::Invite(org.clone(), vec![draft.clone()]),
        Mutation::InviteBulk { org, drafts } => Aim::Invite(org.clone(), drafts.clone()),
        Mutation::RevokeInvite { invite } => Aim::Revoke(invite.clone()),
        Mutation::AddMember {
            org: OrgRef::Of(..),
            ..
        } => return Err("the organization is not known"),
        Mutation::AcceptInvite { .. } => return Err("an invite is accepted once"),
    })
}

/// The invite that took a request back.
fn remade(history: &History, deed: &Deed) -> Option<InviteRef> {
    let mut courses = history.courses.iter().rev();
    let course = courses
        .find(|course| matches!(&course.why, Why::Undoes(taken) if taken.contains(&deed.no)))?;
    history.deeds_of(course).find_map(|undo| {
        let Some(Made::Invites(ids)) = &undo.end.as_ref()?.made else {
            return None;
        };
        Some(InviteRef {
            org: undo.act.org.clone()?,
            id: ids.first()?.clone(),
        })
    })
}

/// A person who came back has another membership; the user is the same.
fn by_user(before: &Seen, member: &MemberRef) -> MemberRef {
    if let Seen::Member(seen) = before
        && let Some(user) = seen.user.known()
    {
        return MemberRef::user(&member.org, user);
    }
    member.clone()
}

/// The roles that a member has after a change.
fn roles_after(before: &Seen, change: &Mutation) -> Vec<Role> {
    let Seen::Member(member) = before.clone().after(change) else {
        return Vec::new();
    };
    let held: &[Assignment] = member.assignments();
    held.iter().map(|held| held.role.clone()).collect()
}
