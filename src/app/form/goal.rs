//! Goals: what a form is for, and so what its fields come to.

use crate::domain::{Assignment, MemberRef, Org, OrgId, Profile, Verb};

/// What a form is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// Invites to an organization.
    Invite {
        /// Into which.
        org: OrgId,
    },
    /// Invites to an organization, to as many addresses as are brought.
    InviteMany {
        /// Into which.
        org: OrgId,
    },
    /// A new organization.
    CreateOrg {
        /// On which profile.
        profile: Profile,
    },
    /// Other values of an organization's fields.
    EditOrg {
        /// The organization as it was shown.
        org: Box<Org>,
    },
    /// A logo from a file.
    SetLogo {
        /// Of which organization.
        org: OrgId,
    },
    /// Metadata merged into what is there.
    Metadata {
        /// Of which organization.
        org: OrgId,
    },
    /// An existing user as a member.
    AddMember {
        /// Of which organization.
        org: OrgId,
    },
    /// The roles of a member who may hold any number of them.
    SetRoles {
        /// Whose.
        member: MemberRef,
        /// The roles as they were shown.
        from: Vec<Assignment>,
    },
    /// An invite accepted by its token.
    AcceptInvite {
        /// On which profile.
        profile: Profile,
    },
}

impl Goal {
    /// The profile that it works on.
    pub fn profile(&self) -> &Profile {
        match self {
            Self::CreateOrg { profile } | Self::AcceptInvite { profile } => profile,
            Self::Invite { org }
            | Self::InviteMany { org }
            | Self::SetLogo { org }
            | Self::Metadata { org }
            | Self::AddMember { org } => org.profile(),
            Self::EditOrg { org } => org.id.profile(),
            Self::SetRoles { member, .. } => member.org.profile(),
        }
    }

    /// The organization that it speaks of, if there is one already.
    pub fn org(&self) -> Option<&OrgId> {
        match self {
            Self::CreateOrg { .. } | Self::AcceptInvite { .. } => None,
            Self::Invite { org }
            | Self::InviteMany { org }
            | Self::SetLogo { org }
            | Self::Metadata { org }
            | Self::AddMember { org } => Some(org),
            Self::EditOrg { org } => Some(&org.id),
            Self::SetRoles { member, .. } => Some(&member.org),
        }
    }

    /// What is asked of the service.
    pub const fn verb(&self) -> Verb {
        match self {
            Self::Invite { .. } | Self::InviteMany { .. } => Verb::InviteCreate,
            Self::CreateOrg { .. } => Verb::OrgCreate,
            Self::EditOrg { .. } => Verb::OrgEdit,
            Self::SetLogo { .. } => Verb::LogoSet,
            Self::Metadata { .. } => Verb::MetadataSet,
            Self::AddMember { .. } => Verb::MemberAdd,
            Self::SetRoles { .. } => Verb::MemberRole,
            Self::AcceptInvite { .. } => Verb::InviteAccept,
        }
    }
}
