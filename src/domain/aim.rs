//! Aims: wishes whose object has to be looked at before they can be wished. What may have changed since it
//! was written down is read again and not guessed.

use super::{Fields, Image, InviteDraft, InviteRef, MemberRef, OrgId, Profile, Role, UserId};

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
    /// Add a user.
    AddMember(OrgId, UserId, Role),
    /// Remove a member, as it is now.
    RemoveMember(MemberRef),
    /// Set the roles of a member, as it is now.
    SetRoles(MemberRef, Vec<Role>),
    /// Invite.
    Invite(OrgId, Vec<InviteDraft>),
    /// Take an invite back, as it is now.
    Revoke(InviteRef),
}
