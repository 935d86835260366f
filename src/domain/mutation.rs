//! Mutations: changes that are one request each.

use super::plan::Seen;
use super::query::{Age, Cursor, OrgAt, Scope, Start};
use super::{
    AssignmentId, Fields, Image, InviteDraft, InviteRef, InviteStatus, MemberRef, OrgId, Profile,
    Query, Role, Secret, Text, UserId, Verb,
};

/// The place of a step in its plan, from 0.
pub type StepNo = usize;

/// An organization that exists, or the one that an earlier step of the same plan makes.
#[derive(Clone, Debug, PartialEq)]
pub enum OrgRef {
    /// It exists.
    Id(OrgId),
    /// What this step of the plan will have made, on this profile.
    Of(Profile, StepNo),
}

/// One change, one request.
#[derive(Clone, Debug, PartialEq)]
pub enum Mutation {
    /// Makes an organization.
    CreateOrg {
        /// On which profile.
        profile: Profile,
        /// Its fields.
        fields: Fields,
    },
    /// Changes fields.
    EditOrg {
        /// Of which organization.
        org: OrgId,
        /// Only what changes.
        fields: Fields,
    },
    /// Deletes an organization.
    DeleteOrg {
        /// Which.
        org: OrgId,
    },
    /// Sets a logo.
    SetLogo {
        /// Of which organization.
        org: OrgId,
        /// The image.
        image: Image,
    },
    /// Removes the logo.
    RemoveLogo {
        /// Of which organization.
        org: OrgId,
    },
    /// Merges public metadata.
    MergeMetadata {
        /// Of which organization.
        org: OrgId,
        /// A JSON object; null removes a key.
        merge: serde_json::Value,
    },
    /// Makes a user a member.
    AddMember {
        /// Of which organization.
        org: OrgRef,
        /// Who.
        user: UserId,
        /// With which role.
        role: Role,
        /// The membership's public metadata, where it is to have some: a JSON object.
        metadata: Option<serde_json::Value>,
    },
    /// Replaces the one role of a member.
    SetRole {
        /// Whose.
        member: MemberRef,
        /// The new role.
        role: Role,
    },
    /// Gives one more role.
    GiveRole {
        /// To whom.
        member: MemberRef,
        /// The role.
        role: Role,
    },
    /// Takes one of several roles.
    TakeRole {
        /// From whom.
        member: MemberRef,
        /// The role.
        role: Role,
        /// The very assignment that ends.
        assignment: AssignmentId,
    },
    /// Removes a member.
    RemoveMember {
        /// Whom.
        member: MemberRef,
        /// Whether that is the caller.
        why: Parting,
    },
    /// Invites one address.
    Invite {
        /// Into which organization.
        org: OrgId,
        /// To whom and how.
        draft: InviteDraft,
    },
    /// Invites up to ten addresses at once.
    InviteBulk {
        /// Into which organization.
        org: OrgId,
        /// One for each address.
        drafts: Vec<InviteDraft>,
    },
    /// Takes an invite back.
    RevokeInvite {
        /// Which.
        invite: InviteRef,
    },
    /// Accepts an invite.
    AcceptInvite {
        /// On which profile.
        profile: Profile,
        /// The token out of the mail.
        token: Secret,
    },
}

/// Who ends a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parting {
    /// Somebody else is removed.
    Removed,
    /// The caller leaves.
    Leaves,
}

/// The record that a mutation changes: two mutations on one target must not run at the same time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A profile as a whole (something new is made in it).
    Profile(Profile),
    /// An organization.
    Org(OrgId),
    /// A member.
    Member(MemberRef),
    /// A user who is to become a member of what does not exist yet.
    User(UserId),
    /// An invite.
    Invite(InviteRef),
    /// An address that is to be invited.
    Address(OrgId, Text),
}

impl Mutation {
    /// The verb it belongs to.
    pub fn verb(&self) -> Verb {
        match self {
            Self::CreateOrg { .. } => Verb::OrgCreate,
            Self::EditOrg { .. } => Verb::OrgEdit,
            Self::DeleteOrg { .. } => Verb::OrgDelete,
            Self::SetLogo { .. } => Verb::LogoSet,
            Self::RemoveLogo { .. } => Verb::LogoRemove,
            Self::MergeMetadata { .. } => Verb::MetadataSet,
            Self::AddMember { .. } => Verb::MemberAdd,
            Self::SetRole { .. } | Self::GiveRole { .. } | Self::TakeRole { .. } => {
                Verb::MemberRole
            }
            Self::RemoveMember { why, .. } => match why {
                Parting::Removed => Verb::MemberRemove,
                Parting::Leaves => Verb::MemberLeave,
            },
            Self::Invite { .. } | Self::InviteBulk { .. } => Verb::InviteCreate,
            Self::RevokeInvite { .. } => Verb::InviteRevoke,
            Self::AcceptInvite { .. } => Verb::InviteAccept,
        }
    }

    /// The profile whose service it goes to.
    pub fn profile(&self) -> &Profile {
        match self {
            Self::CreateOrg { profile, .. }
            | Self::AcceptInvite { profile, .. }
            | Self::AddMember {
                org: OrgRef::Of(profile, _),
                ..
            } => profile,
            Self::EditOrg { org, .. }
            | Self::DeleteOrg { org }
            | Self::SetLogo { org, .. }
            | Self::RemoveLogo { org }
            | Self::MergeMetadata { org, .. }
            | Self::AddMember {
                org: OrgRef::Id(org),
                ..
            }
            | Self::Invite { org, .. }
            | Self::InviteBulk { org, .. } => org.profile(),
            Self::SetRole { member, .. }
            | Self::GiveRole { member, .. }
            | Self::TakeRole { member, .. }
            | Self::RemoveMember { member, .. } => member.org.profile(),
            Self::RevokeInvite { invite } => invite.profile(),
        }
    }

    /// The organization it happens in, where that exists already.
    pub fn org(&self) -> Option<&OrgId> {
        match self {
            Self::CreateOrg { .. }
            | Self::AcceptInvite { .. }
            | Self::AddMember {
                org: OrgRef::Of(..),
                ..
            } => None,
            Self::EditOrg { org, .. }
            | Self::DeleteOrg { org }
            | Self::SetLogo { org, .. }
            | Self::RemoveLogo { org }
            | Self::MergeMetadata { org, .. }
            | Self::AddMember {
                org: OrgRef::Id(org),
                ..
            }
            | Self::Invite { org, .. }
            | Self::InviteBulk { org, .. } => Some(org),
            Self::SetRole { member, .. }
            | Self::GiveRole { member, .. }
            | Self::TakeRole { member, .. }
            | Self::RemoveMember { member, .. } => Some(&member.org),
            Self::RevokeInvite { invite } => Some(&invite.org),
        }
    }

    /// What it is done to, as a person named it: each address, else one id.
    pub fn subjects(&self) -> Vec<Text> {
        let one = match self {
            Self::CreateOrg { fields, .. } => match fields.text("name") {
                Some(name) => name,
                None => return vec![Text::from("")],
            },
            Self::EditOrg { org, .. }
            | Self::DeleteOrg { org }
            | Self::SetLogo { org, .. }
            | Self::RemoveLogo { org }
            | Self::MergeMetadata { org, .. } => org.text(),
            Self::AddMember { user, .. } => user.text(),
            Self::SetRole { member, .. }
            | Self::GiveRole { member, .. }
            | Self::TakeRole { member, .. }
            | Self::RemoveMember { member, .. } => member.by.text(),
            Self::Invite { .. } | Self::InviteBulk { .. } => {
                let drafts = self.drafts().iter();
                return drafts.map(|draft| draft.email.clone()).collect();
            }
            Self::RevokeInvite { invite } => invite.id.text(),
            Self::AcceptInvite { profile, .. } => profile.text(),
        };
        vec![one.clone()]
    }

    /// The same in one text.
    pub fn names(&self) -> Text {
        let subjects = self.subjects();
        let subjects: Vec<&str> = subjects.iter().map(Text::raw).collect();
        Text::from(subjects.join(", "))
    }

    /// The invites that it makes.
    pub fn drafts(&self) -> &[InviteDraft] {
        if let Self::Invite { draft, .. } = self {
            std::slice::from_ref(draft)
        } else if let Self::InviteBulk { drafts, .. } = self {
            drafts
        } else {
            &[]
        }
    }

    /// Whether `later` is this change, with the organization that a step before it made filled in.
    pub fn is_same_as(&self, later: &Self) -> bool {
        let filled = |org: &OrgRef, later: &OrgRef| match (org, later) {
            (OrgRef::Of(profile, _), OrgRef::Id(id)) => id.profile() == profile,
            (OrgRef::Of(..) | OrgRef::Id(_), _) => org == later,
        };
        match (self, later) {
            (
                Self::AddMember {
                    org,
                    user,
                    role,
                    metadata,
                },
                Self::AddMember {
                    org: later_org,
                    user: later_user,
                    role: later_role,
                    metadata: later_metadata,
                },
            ) => {
                filled(org, later_org)
                    && (user, role, metadata) == (later_user, later_role, later_metadata)
            }
            _ => self == later,
        }
    }

    /// What it changes: one request at a time for each of these.
    pub fn targets(&self) -> Vec<Target> {
        match self {
            Self::CreateOrg { profile, .. } | Self::AcceptInvite { profile, .. } => {
                vec![Target::Profile(profile.clone())]
            }
            Self::EditOrg { org, .. }
            | Self::DeleteOrg { org }
            | Self::SetLogo { org, .. }
            | Self::RemoveLogo { org }
            | Self::MergeMetadata { org, .. } => vec![Target::Org(org.clone())],
            Self::AddMember { org, user, .. } => vec![match org {
                OrgRef::Id(org) => Target::Member(MemberRef::user(org, user)),
                OrgRef::Of(..) => Target::User(user.clone()),
            }],
            Self::SetRole { member, .. }
            | Self::GiveRole { member, .. }
            | Self::TakeRole { member, .. }
            | Self::RemoveMember { member, .. } => vec![Target::Member(member.clone())],
            Self::Invite { org, draft } => vec![address(org, draft)],
            Self::InviteBulk { org, drafts } => {
                drafts.iter().map(|draft| address(org, draft)).collect()
            }
            Self::RevokeInvite { invite } => vec![Target::Invite(invite.clone())],
        }
    }

    /// The record to read before sending, and again when the answer was lost; `None` where there is
    /// nothing to look at.
    pub fn evidence(&self) -> Option<Query> {
        match self {
            Self::CreateOrg { profile, fields } => match fields.text("slug") {
                Some(slug) => Some(Query::Org(OrgAt::Slug(profile.clone(), slug.clone()))),
                None => Some(Query::Orgs {
                    scope: Scope::Own,
                    // A service's search may overlook a name that is there.
                    text: None,
                    page: Cursor::first(NEWEST),
                }),
            },
            Self::EditOrg { org, .. }
            | Self::DeleteOrg { org }
            | Self::SetLogo { org, .. }
            | Self::RemoveLogo { org }
            | Self::MergeMetadata { org, .. } => Some(Query::Org(OrgAt::Id(org.clone()))),
            Self::AddMember { org, user, .. } => match org {
                OrgRef::Id(org) => Some(Query::Member(MemberRef::user(org, user))),
                OrgRef::Of(..) => None,
            },
            Self::SetRole { member, .. }
            | Self::GiveRole { member, .. }
            | Self::TakeRole { member, .. }
            | Self::RemoveMember { member, .. } => Some(Query::Member(member.clone())),
            Self::Invite { org, draft } => Some(Query::InvitesTo {
                org: org.clone(),
                email: draft.email.clone(),
            }),
            Self::InviteBulk { org, .. } => Some(Query::Invites {
                org: Some(org.clone()),
                status: Some(InviteStatus::Pending),
                page: Cursor::first(NEWEST),
            }),
            Self::AcceptInvite { .. } => None,
            Self::RevokeInvite { invite } => Some(Query::Invite(invite.clone())),
        }
    }

    /// Whether it ends the membership of the caller.
    pub fn is_leaving(&self) -> bool {
        matches!(
            self,
            Self::RemoveMember {
                why: Parting::Leaves,
                ..
            }
        )
    }

    /// Whether reading its record again can show that it was applied, where the record was seen so before.
    pub fn shows_in(&self, before: &Seen) -> bool {
        self.evidence().is_some() && *before != Seen::Nothing
    }
}

/// As many of the newest rows as one page can hold.
const NEWEST: Start = Start {
    by: Some(Age::Newest),
    skip: 0,
    most: Some(u64::MAX),
};

fn address(org: &OrgId, draft: &InviteDraft) -> Target {
    Target::Address(org.clone(), Text::from(draft.email.raw().to_lowercase()))
}
