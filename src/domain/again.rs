//! Doing it again: what was taken back.

use super::aim::Aimed;
use super::entry::EntryNo;
use super::history::{Deed, History};
use super::inverse::{self, Impossible};
use super::mutation::Target;
use super::outcome::Made;
use super::plan::Seen;
use super::{
    Aim, InviteDraft, InviteRef, MemberRef, Mutation, OrgRef, Role, Text, UserId, Verb, touched,
};

/// What does these requests of one plan again, in their order.
///
/// # Errors
/// Why one of them cannot be done again; then none is.
pub fn again(history: &History, deeds: &[&Deed]) -> Result<Vec<Aimed>, Impossible> {
    let mut all: Vec<Aimed> = Vec::new();
    let mut preludes = Vec::new();
    for deed in deeds {
        let change = deed.act.change.as_ref();
        let change = change.ok_or("the journal does not hold all of it")?;
        if let Mutation::AddMember { user, role, .. } = change
            && begins(&mut all, user, role)
        {
            continue;
        }
        if let Some(main) = prelude_of(history, deed) {
            preludes.push((deed.no, main));
            continue;
        }
        let aim = match remade(history, deed) {
            // Taken back by an invite, it is done again by revoking that one.
            Some(Ok(invite)) => Aim::Revoke(invite),
            // Who has accepted it meanwhile can be removed all the same.
            Some(Err(why)) => remove_again(change, &deed.before).ok_or(why)?,
            None => aim(change, &deed.before)?,
        };
        let of = vec![deed.no];
        Aimed::join(&mut all, Aimed { aim, of });
    }
    for prelude in preludes {
        Aimed::attach(&mut all, prelude);
    }
    Ok(all)
}

/// Whether the organization that a member is added to is made again too.
fn begins(all: &mut [Aimed], user: &UserId, role: &Role) -> bool {
    let Some(Aim::CreateOrg(_, _, first)) = all.last_mut().map(|last| &mut last.aim) else {
        return false;
    };
    *first = Some((user.clone(), role.clone()));
    true
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
            metadata,
        } => Aim::AddMember(org.clone(), user.clone(), (role.clone(), metadata.clone())),
        Mutation::SetRole { member, .. }
        | Mutation::GiveRole { member, .. }
        | Mutation::TakeRole { member, .. } => {
            let roles = inverse::roles(&before.clone().after(change));
            Aim::SetRoles(member.clone(), roles.ok_or("the roles are not known")?)
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

/// The request of its plan that it only made room for: what was sent again is sent again once more, and the invite
/// before it is void for good.
fn prelude_of(history: &History, deed: &Deed) -> Option<EntryNo> {
    let course = history.course_of(deed)?;
    let deeds: Vec<&Deed> = history.deeds_of(course).collect();
    inverse::prelude_of(deed, course.verb, &deeds)
}

/// The invite that took a request back, if one did; or why it cannot be named.
fn remade(history: &History, deed: &Deed) -> Option<Result<InviteRef, Impossible>> {
    let by = history.undone_by(deed.no);
    let mut undoing = by.iter().filter_map(|no| history.deed(*no));
    let undo = undoing.find(|undo| undo.act.verb == Verb::InviteCreate)?;
    Some(invite_of(undo, deed).ok_or("the invite that took it back cannot be named here"))
}

/// Of the invites that a request made, the one to whom this request was about.
fn invite_of(undo: &Deed, deed: &Deed) -> Option<InviteRef> {
    let Some(Made::Invites(ids)) = &undo.end.as_ref()?.made else {
        return None;
    };
    let about = touched::by_deed(deed);
    let org = undo.act.org.clone()?;
    let is_to = |draft: &InviteDraft| {
        let email = Text::from(draft.email.raw().to_lowercase());
        about.contains(&Target::Address(org.clone(), email))
    };
    let drafts = undo.act.change.as_ref()?.drafts();
    let place = drafts.iter().position(is_to)?;
    Some(InviteRef {
        id: ids.get(place)?.clone(),
        org,
    })
}

fn remove_again(change: &Mutation, before: &Seen) -> Option<Aim> {
    let Mutation::RemoveMember { member, .. } = change else {
        return None;
    };
    Some(Aim::RemoveInvited(by_user(before, member)))
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
