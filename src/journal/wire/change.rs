//! Changes as JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::told::{MemberAt, RoleLine, key};
use super::{Pictures, digest};
use crate::domain::invite::Notify;
use crate::domain::mutation::Parting;
use crate::domain::{
    AssignmentId, Fields, Image, InviteDraft, InviteId, InviteRef, Mutation, OrgId, OrgRef,
    Profile, Text, UserId, Value,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Change {
    CreateOrg {
        fields: BTreeMap<String, Field>,
    },
    EditOrg {
        org: Text,
        fields: BTreeMap<String, Field>,
    },
    DeleteOrg {
        org: Text,
    },
    SetLogo {
        org: Text,
        image: Picture,
    },
    RemoveLogo {
        org: Text,
    },
    MergeMetadata {
        org: Text,
        merge: Json,
    },
    AddMember {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        org: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        made_by: Option<usize>,
        user: Text,
        role: RoleLine,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        metadata: Option<Json>,
    },
    SetRole {
        member: MemberAt,
        role: RoleLine,
    },
    GiveRole {
        member: MemberAt,
        role: RoleLine,
    },
    TakeRole {
        member: MemberAt,
        role: RoleLine,
        assignment: Text,
    },
    RemoveMember {
        member: MemberAt,
        leaves: bool,
    },
    Invite {
        org: Text,
        draft: Draft,
    },
    InviteBulk {
        org: Text,
        drafts: Vec<Draft>,
    },
    RevokeInvite {
        org: Text,
        invite: Text,
    },
    AcceptInvite {},
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Field {
    Flag(bool),
    Number(i64),
    Text(Text),
    Json { json: Json },
    Image { image: Picture },
}

/// An image by the hash of its bytes, which are kept beside the journal.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Picture {
    name: Text,
    sha256: String,
    bytes: usize,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Draft {
    email: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<RoleLine>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    redirect: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_in_days: Option<u16>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    silent: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    public_metadata: Option<Json>,
    /// There was more than is written down.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    had_private_metadata: bool,
}

impl Change {
    #[expect(
        clippy::too_many_lines,
        reason = "a table: one arm for each kind of change"
    )]
    pub(super) fn of(change: &Mutation) -> Self {
        let id = |org: &OrgId| org.text().clone();
        match change {
            Mutation::CreateOrg { fields, .. } => Self::CreateOrg {
                fields: written(fields),
            },
            Mutation::EditOrg { org, fields } => Self::EditOrg {
                org: id(org),
                fields: written(fields),
            },
            Mutation::DeleteOrg { org } => Self::DeleteOrg { org: id(org) },
            Mutation::SetLogo { org, image } => Self::SetLogo {
                org: id(org),
                image: Picture::of(image),
            },
            Mutation::RemoveLogo { org } => Self::RemoveLogo { org: id(org) },
            Mutation::MergeMetadata { org, merge } => Self::MergeMetadata {
                org: id(org),
                merge: merge.clone(),
            },
            Mutation::AddMember {
                org,
                user,
                role,
                metadata,
            } => {
                let (org, made_by) = match org {
                    OrgRef::Id(org) => (Some(id(org)), None),
                    OrgRef::Of(_, step) => (None, Some(*step)),
                };
                let (user, role) = (user.text().clone(), RoleLine::of(role));
                Self::AddMember {
                    org,
                    made_by,
                    user,
                    role,
                    metadata: metadata.clone(),
                }
            }
            Mutation::Invite { org, draft } => Self::Invite {
                org: id(org),
                draft: Draft::of(draft),
            },
            Mutation::InviteBulk { org, drafts } => Self::InviteBulk {
                org: id(org),
                drafts: drafts.iter().map(Draft::of).collect(),
            },
            Mutation::RevokeInvite { invite } => Self::RevokeInvite {
                org: id(&invite.org),
                invite: invite.id.text().clone(),
            },
            Mutation::AcceptInvite { .. } => Self::AcceptInvite {},
            Mutation::SetRole { member, role } => Self::SetRole {
                member: MemberAt::of(member),
                role: RoleLine::of(role),
            },
            Mutation::GiveRole { member, role } => Self::GiveRole {
                member: MemberAt::of(member),
                role: RoleLine::of(role),
            },
            Mutation::TakeRole {
                member,
                role,
                assignment,
            } => Self::TakeRole {
                member: MemberAt::of(member),
                role: RoleLine::of(role),
                assignment: assignment.text().clone(),
            },
            Mutation::RemoveMember { member, why } => Self::RemoveMember {
                member: MemberAt::of(member),
                leaves: *why == Parting::Leaves,
            },
        }
    }

    /// The change, if all of it was written down.
    #[expect(
        clippy::too_many_lines,
        reason = "a table: one arm for each kind of change"
    )]
    pub(super) fn read(self, profile: &Profile, pictures: Pictures<'_>) -> Option<Mutation> {
        let id = |org: Text| OrgId::new(profile, org);
        Some(match self {
            Self::CreateOrg { fields } => Mutation::CreateOrg {
                profile: profile.clone(),
                fields: read(fields, pictures)?,
            },
            Self::EditOrg { org, fields } => Mutation::EditOrg {
                org: id(org),
                fields: read(fields, pictures)?,
            },
            Self::DeleteOrg { org } => Mutation::DeleteOrg { org: id(org) },
            Self::SetLogo { org, image } => Mutation::SetLogo {
                org: id(org),
                image: image.read(pictures)?,
            },
            Self::RemoveLogo { org } => Mutation::RemoveLogo { org: id(org) },
            Self::MergeMetadata { org, merge } => Mutation::MergeMetadata {
                org: id(org),
                merge,
            },
            Self::AddMember {
                org,
                made_by,
                user,
                role,
                metadata,
            } => Mutation::AddMember {
                org: match (org, made_by) {
                    (Some(org), _) => OrgRef::Id(id(org)),
                    (None, Some(step)) => OrgRef::Of(profile.clone(), step),
                    (None, None) => return None,
                },
                user: UserId::new(profile, user),
                role: role.read(profile),
                metadata,
            },
            Self::Invite { org, draft } => Mutation::Invite {
                org: id(org),
                draft: draft.read(profile)?,
            },
            Self::InviteBulk { org, drafts } => {
                let drafts = drafts.into_iter().map(|draft| draft.read(profile));
                Mutation::InviteBulk {
                    org: id(org),
                    drafts: drafts.collect::<Option<_>>()?,
                }
            }
            Self::RevokeInvite { org, invite } => Mutation::RevokeInvite {
                invite: InviteRef {
                    org: id(org),
                    id: InviteId::new(profile, invite),
                },
            },
            // Its token is in no journal.
            Self::AcceptInvite {} => return None,
            Self::SetRole { member, role } => Mutation::SetRole {
                member: member.read(profile),
                role: role.read(profile),
            },
            Self::GiveRole { member, role } => Mutation::GiveRole {
                member: member.read(profile),
                role: role.read(profile),
            },
            Self::TakeRole {
                member,
                role,
                assignment,
            } => Mutation::TakeRole {
                member: member.read(profile),
                role: role.read(profile),
                assignment: AssignmentId::new(profile, assignment),
            },
            Self::RemoveMember { member, leaves } => Mutation::RemoveMember {
                member: member.read(profile),
                why: if leaves {
                    Parting::Leaves
                } else {
                    Parting::Removed
                },
            },
        })
    }
}

fn written(fields: &Fields) -> BTreeMap<String, Field> {
    let known = fields.iter().filter(|(name, _)| key(name).is_some());
    known
        .map(|(name, value)| (name.to_owned(), Field::of(value)))
        .collect()
}

fn read(fields: BTreeMap<String, Field>, pictures: Pictures<'_>) -> Option<Fields> {
    let mut all = Fields::default();
    for (name, field) in fields {
        all.set(key(&name)?, field.read(pictures)?);
    }
    Some(all)
}

impl Field {
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.clone()),
            Value::Flag(flag) => Self::Flag(*flag),
            Value::Number(number) => Self::Number(*number),
            Value::Json(json) => Self::Json { json: json.clone() },
            Value::Image(image) => Self::Image {
                image: Picture::of(image),
            },
        }
    }

    pub(super) fn read(self, pictures: Pictures<'_>) -> Option<Value> {
        Some(match self {
            Self::Text(text) => Value::Text(text),
            Self::Flag(flag) => Value::Flag(flag),
            Self::Number(number) => Value::Number(number),
            Self::Json { json } => Value::Json(json),
            Self::Image { image } => Value::Image(image.read(pictures)?),
        })
    }
}

impl Picture {
    pub(super) fn of(image: &Image) -> Self {
        Self {
            name: image.name().clone(),
            sha256: digest(image.bytes()),
            bytes: image.bytes().len(),
        }
    }

    pub(super) fn read(self, pictures: Pictures<'_>) -> Option<Image> {
        let bytes = pictures(&self.sha256)?;
        Image::new(self.name, bytes).ok()
    }
}

impl Draft {
    fn of(draft: &InviteDraft) -> Self {
        Self {
            email: draft.email.clone(),
            role: draft.role.as_ref().map(RoleLine::of),
            message: draft.message.clone(),
            redirect: draft.redirect.clone(),
            expires_in_days: draft.expires_in_days,
            silent: draft.notify == Notify::Silent,
            public_metadata: draft.public_metadata.clone(),
            had_private_metadata: draft.private_metadata.is_some(),
        }
    }

    fn read(self, profile: &Profile) -> Option<InviteDraft> {
        if self.had_private_metadata {
            return None;
        }
        Some(InviteDraft {
            email: self.email,
            role: self.role.map(|role| role.read(profile)),
            message: self.message,
            redirect: self.redirect,
            expires_in_days: self.expires_in_days,
            notify: if self.silent {
                Notify::Silent
            } else {
                Notify::Default
            },
            public_metadata: self.public_metadata,
            private_metadata: None,
        })
    }
}
