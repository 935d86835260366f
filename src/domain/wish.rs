//! What a person wants done, before a service has said in how many requests.

use std::collections::BTreeSet;

use super::image::Image;
use super::{
    Assignment, Bulk, Fields, Invite, InviteDraft, InviteRef, Member, MemberRef, OrgId, Profile,
    Role, Secret, Text, UserId, Verb,
};

/// One thing that a person wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// A new organization.
    CreateOrg {
        /// On which profile.
        profile: Profile,
        /// Its fields; a `logo_image` field holds an image.
        fields: Fields,
        /// Who becomes its first member, on a service where the caller does not.
        first_member: Option<(UserId, Role)>,
    },
    /// New values for some fields.
    EditOrg {
        /// Of which organization.
        org: OrgId,
        /// The fields that change, and nothing else.
        fields: Fields,
    },
    /// The end of an organization.
    DeleteOrg {
        /// Which.
        org: OrgId,
    },
    /// A logo from a file.
    SetLogo {
        /// Of which organization.
        org: OrgId,
        /// The image.
        image: Image,
    },
    /// No logo.
    RemoveLogo {
        /// Of which organization.
        org: OrgId,
    },
    /// Public metadata merged into what is there; null removes a key.
    SetMetadata {
        /// Of which organization.
        org: OrgId,
        /// A JSON object.
        merge: serde_json::Value,
    },
    /// An existing user as a member.
    AddMember {
        /// Of which organization.
        org: OrgId,
        /// Who.
        user: UserId,
        /// With which role.
        role: Role,
        /// The membership's public metadata, where it is to have some: a JSON object.
        metadata: Option<serde_json::Value>,
    },
    /// Other roles for a member.
    SetRoles {
        /// Whose.
        member: MemberRef,
        /// The roles as they were shown.
        from: Vec<Assignment>,
        /// The roles wanted.
        to: Vec<Role>,
    },
    /// A member's end.
    RemoveMember {
        /// Whose.
        member: Box<Member>,
    },
    /// The caller's own end.
    Leave {
        /// In which organization.
        org: OrgId,
    },
    /// Invites to one or more addresses.
    Invite {
        /// Into which organization.
        org: OrgId,
        /// One for each address.
        drafts: Vec<InviteDraft>,
    },
    /// An invite taken back.
    RevokeInvite {
        /// Which, as it was shown.
        invite: Box<Invite>,
    },
    /// An invite sent again.
    Resend(Resend),
    /// Somebody's invite accepted by its token.
    AcceptInvite {
        /// On which profile.
        profile: Profile,
        /// The token out of the mail.
        token: Secret,
    },
    /// The same for each of several rows.
    Each(Bulk),
}

/// What is sent again.
#[derive(Clone, Debug, PartialEq)]
pub enum Resend {
    /// An invite that the service lists.
    Listed(Box<Invite>),
    /// An address that was invited from here, on a service without a list.
    Address {
        /// Into which organization.
        org: OrgId,
        /// To whom.
        email: Text,
    },
}

impl Wish {
    /// The verb that this belongs to.
    pub fn verb(&self) -> Verb {
        match self {
            Self::CreateOrg { .. } => Verb::OrgCreate,
            Self::EditOrg { .. } => Verb::OrgEdit,
            Self::DeleteOrg { .. } => Verb::OrgDelete,
            Self::SetLogo { .. } => Verb::LogoSet,
            Self::RemoveLogo { .. } => Verb::LogoRemove,
            Self::SetMetadata { .. } => Verb::MetadataSet,
            Self::AddMember { .. } => Verb::MemberAdd,
            Self::SetRoles { .. } => Verb::MemberRole,
            Self::RemoveMember { .. } => Verb::MemberRemove,
            Self::Leave { .. } => Verb::MemberLeave,
            Self::Invite { .. } => Verb::InviteCreate,
            Self::RevokeInvite { .. } => Verb::InviteRevoke,
            Self::Resend(_) => Verb::InviteResend,
            Self::AcceptInvite { .. } => Verb::InviteAccept,
            Self::Each(bulk) => bulk.first().verb(),
        }
    }

    /// The people, invites or organizations that it is about, each once.
    pub fn rows(&self) -> usize {
        match self {
            Self::Invite { drafts, .. } => {
                let emails = drafts.iter().map(|draft| draft.email.raw().to_lowercase());
                emails.collect::<BTreeSet<_>>().len()
            }
            Self::CreateOrg { .. }
            | Self::EditOrg { .. }
            | Self::DeleteOrg { .. }
            | Self::SetLogo { .. }
            | Self::RemoveLogo { .. }
            | Self::SetMetadata { .. }
            | Self::AddMember { .. }
            | Self::SetRoles { .. }
            | Self::RemoveMember { .. }
            | Self::Leave { .. }
            | Self::RevokeInvite { .. }
            | Self::Resend(_)
            | Self::AcceptInvite { .. } => 1,
            Self::Each(bulk) => bulk.parts().iter().map(Self::rows).sum(),
        }
    }

    /// The profile that it is wished on.
    pub fn profile(&self) -> &Profile {
        match self {
            Self::CreateOrg { profile, .. } | Self::AcceptInvite { profile, .. } => profile,
            Self::EditOrg { org, .. }
            | Self::DeleteOrg { org }
            | Self::SetLogo { org, .. }
            | Self::RemoveLogo { org }
            | Self::SetMetadata { org, .. }
            | Self::AddMember { org, .. }
            | Self::Leave { org }
            | Self::Invite { org, .. }
            | Self::Resend(Resend::Address { org, .. }) => org.profile(),
            Self::SetRoles { member, .. } => member.org.profile(),
            Self::RemoveMember { member } => member.at.org.profile(),
            Self::RevokeInvite { invite } | Self::Resend(Resend::Listed(invite)) => {
                InviteRef::profile(&invite.at)
            }
            Self::Each(bulk) => bulk.first().profile(),
        }
    }
}

impl Wish {
    /// The organization that it speaks of, where that exists already and is one.
    pub fn org(&self) -> Option<&OrgId> {
        match self {
            Self::CreateOrg { .. } | Self::AcceptInvite { .. } => None,
            Self::EditOrg { org, .. }
            | Self::DeleteOrg { org }
            | Self::SetLogo { org, .. }
            | Self::RemoveLogo { org }
            | Self::SetMetadata { org, .. }
            | Self::AddMember { org, .. }
            | Self::Leave { org }
            | Self::Invite { org, .. }
            | Self::Resend(Resend::Address { org, .. }) => Some(org),
            Self::SetRoles { member, .. } => Some(&member.org),
            Self::RemoveMember { member } => Some(&member.at.org),
            Self::RevokeInvite { invite } | Self::Resend(Resend::Listed(invite)) => {
                Some(&invite.at.org)
            }
            Self::Each(bulk) => {
                let org = bulk.first().org();
                let all = bulk.parts().iter().all(|part| part.org() == org);
                org.filter(|_| all)
            }
        }
    }
}

impl InviteRef {
    /// The profile that the invite belongs to.
    pub fn profile(&self) -> &Profile {
        self.org.profile()
    }
}
