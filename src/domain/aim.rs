//! Aims: wishes whose object has to be looked at before they can be wished. What may have changed since it
//! was written down is read again and not guessed.

use super::entry::EntryNo;
use super::{
    Fields, Image, InviteDraft, InviteRef, MemberRef, OrgId, Profile, Role, UserId, Value,
};

/// The field of an organization that metadata is merged into.
pub const METADATA: &str = "public_metadata";

/// Something to be done, before what it is done to was looked at again.
#[derive(Clone, Debug, PartialEq)]
pub enum Aim {
    /// Make an organization, with its first member where one has to be named.
    CreateOrg(Profile, Fields, Option<(UserId, Role)>),
    /// Delete what was made.
    DeleteOrg(OrgId),
    /// Set fields.
    EditOrg(OrgId, Fields),
    /// Merge metadata.
    SetMetadata(OrgId, serde_json::Value),
    /// Set an image.
    SetLogo(OrgId, Image),
    /// Take the image away.
    RemoveLogo(OrgId),
    /// Add a user, with the metadata of the membership.
    AddMember(OrgId, UserId, (Role, Option<serde_json::Value>)),
    /// Remove a member, as it is now.
    RemoveMember(MemberRef),
    /// Remove a member who was invited back: who has not accepted cannot be.
    RemoveInvited(MemberRef),
    /// Set the roles of a member, as it is now.
    SetRoles(MemberRef, Vec<Role>),
    /// Invite.
    Invite(OrgId, Vec<InviteDraft>),
    /// Take an invite back, as it is now.
    Revoke(InviteRef),
}

/// An aim with the requests that it takes back or does again.
#[derive(Clone, Debug, PartialEq)]
pub struct Aimed {
    /// What is to be done.
    pub aim: Aim,
    /// Their entries.
    pub of: Vec<EntryNo>,
}

impl Aimed {
    /// Adds another aim. The roles of one member are set once, to those of the last one; the fields and the
    /// metadata of one organization are one change.
    pub(super) fn join(all: &mut Vec<Self>, next: Self) {
        let joined = all.last().and_then(|last| last.aim.with(&next.aim));
        match (joined, all.last_mut()) {
            (Some(aim), Some(last)) => {
                last.aim = aim;
                last.of.extend(next.of);
            }
            (None, _) | (_, None) => all.push(next),
        }
    }

    /// A request that made room for another one is done with together with it.
    pub(super) fn attach(all: &mut [Self], (prelude, main): (EntryNo, EntryNo)) {
        let aims = all.iter_mut().filter(|aimed| aimed.of.contains(&main));
        aims.for_each(|aimed| aimed.of.push(prelude));
    }
}

impl Aim {
    /// Both as one, where they are one change.
    fn with(&self, next: &Self) -> Option<Self> {
        match (self, next) {
            (Self::SetRoles(last, _), Self::SetRoles(member, _)) if last == member => {
                Some(next.clone())
            }
            (Self::EditOrg(last, fields), Self::SetMetadata(org, merge))
            | (Self::SetMetadata(last, merge), Self::EditOrg(org, fields))
                if last == org =>
            {
                let merge = Value::Json(merge.clone());
                Some(Self::EditOrg(
                    org.clone(),
                    fields.clone().with(METADATA, merge),
                ))
            }
            _ => None,
        }
    }
}
