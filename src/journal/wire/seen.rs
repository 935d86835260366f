//! Records of the services as JSON: what an image of before and after holds.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Pictures;
use super::change::{Field, Picture};
use super::told::{Fact, Held, MemberAt, RoleLine, key, read, there, written};
use crate::domain::{
    self, Attribute, Invite, InviteId, InviteRef, InviteStatus, Logo, Member, MemberId, Org, OrgId,
    Profile, Text, Told, UserId,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Seen {
    Nothing,
    Gone,
    Org(OrgLine),
    Member(MemberLine),
    Invite(InviteLine),
    Invites(Vec<InviteLine>),
    Orgs(Vec<Text>),
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OrgLine {
    id: Text,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    name: Fact<Text>,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    slug: Fact<Text>,
    /// Whether there is a logo: its address may be signed and is written nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    has_logo: Option<bool>,
    /// The logo itself, where it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    logo: Option<Picture>,
    /// What the logo is known again by: a digest of its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    logo_mark: Option<Text>,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    members: Fact<u64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<String, Option<Field>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MemberLine {
    at: MemberAt,
    id: Text,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    user: Fact<Text>,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    name: Fact<Text>,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    username: Fact<Text>,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    email: Fact<Text>,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    roles: Fact<Vec<Held>>,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    metadata: Fact<Text>,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    joined_at: Fact<Timestamp>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct InviteLine {
    org: Text,
    id: Text,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    email: Fact<Text>,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    role: Fact<RoleLine>,
    status: Text,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    created_at: Fact<Timestamp>,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    expires_at: Fact<Timestamp>,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    inviter: Fact<Text>,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    message: Fact<Text>,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    metadata: Fact<Text>,
    #[serde(
        default,
        deserialize_with = "there",
        skip_serializing_if = "Option::is_none"
    )]
    redirect: Fact<Text>,
}

impl Seen {
    pub(super) fn of(seen: &domain::Seen) -> Self {
        match seen {
            domain::Seen::Nothing => Self::Nothing,
            domain::Seen::Gone => Self::Gone,
            domain::Seen::Org(org) => Self::Org(OrgLine::of(org)),
            domain::Seen::Member(member) => Self::Member(MemberLine::of(member)),
            domain::Seen::Invite(invite) => Self::Invite(InviteLine::of(invite)),
            domain::Seen::Invites(invites) => {
                Self::Invites(invites.iter().map(InviteLine::of).collect())
            }
            domain::Seen::Orgs(orgs) => {
                Self::Orgs(orgs.iter().map(|org| org.text().clone()).collect())
            }
        }
    }

    pub(super) fn read(self, profile: &Profile, pictures: Pictures<'_>) -> domain::Seen {
        match self {
            Self::Nothing => domain::Seen::Nothing,
            Self::Gone => domain::Seen::Gone,
            Self::Org(org) => domain::Seen::Org(Box::new(org.read(profile, pictures))),
            Self::Member(member) => domain::Seen::Member(Box::new(member.read(profile))),
            Self::Invite(invite) => domain::Seen::Invite(Box::new(invite.read(profile))),
            Self::Invites(invites) => {
                let invites = invites.into_iter().map(|invite| invite.read(profile));
                domain::Seen::Invites(invites.collect())
            }
            Self::Orgs(orgs) => {
                let orgs = orgs.into_iter().map(|org| OrgId::new(profile, org));
                domain::Seen::Orgs(orgs.collect())
            }
        }
    }
}

impl OrgLine {
    fn of(org: &Org) -> Self {
        let known = org.attributes.iter().filter_map(|attribute| {
            let name = key(attribute.key)?.to_owned();
            Some((name, written(&attribute.value, Field::of)?))
        });
        Self {
            id: org.id.text().clone(),
            name: written(&org.name, Text::clone),
            slug: written(&org.slug, Text::clone),
            has_logo: match org.logo {
                Told::Is(_) => Some(true),
                Told::Empty => Some(false),
                Told::Unknown => None,
            },
            logo: org
                .logo
                .known()
                .and_then(|logo| logo.image.as_ref())
                .map(Picture::of),
            logo_mark: org.logo.known().and_then(Logo::mark),
            members: written(&org.members, |count| *count),
            attributes: known.collect(),
        }
    }

    fn read(self, profile: &Profile, pictures: Pictures<'_>) -> Org {
        let attributes = self.attributes.into_iter().filter_map(|(name, value)| {
            let value = value.map_or(Some(Told::Empty), |field| {
                Some(Told::Is(field.read(&|_| None)?))
            });
            Some(Attribute::new(key(&name)?, value?))
        });
        let mut org = Org::reference(OrgId::new(profile, self.id));
        org.name = read(self.name, |name| name);
        org.slug = read(self.slug, |slug| slug);
        org.logo = match self.has_logo {
            Some(true) => Told::Is(Logo {
                url: Told::Unknown,
                image: self.logo.and_then(|picture| picture.read(pictures)),
                kept: self.logo_mark,
            }),
            Some(false) => Told::Empty,
            None => Told::Unknown,
        };
        org.members = read(self.members, |count| count);
        org.attributes = attributes.collect();
        org
    }
}

impl MemberLine {
    fn of(member: &Member) -> Self {
        Self {
            at: MemberAt::of(&member.at),
            id: member.id.text().clone(),
            user: written(&member.user, |user| user.text().clone()),
            name: written(&member.name, Text::clone),
            username: written(&member.username, Text::clone),
            email: written(&member.email, Text::clone),
            roles: written(&member.roles, |roles| roles.iter().map(Held::of).collect()),
            metadata: written(&member.metadata, Text::clone),
            joined_at: written(&member.joined, |at| *at),
        }
    }

    fn read(self, profile: &Profile) -> Member {
        let at = self.at.read(profile);
        let mut member = Member::reference(at, MemberId::new(profile, self.id));
        member.user = read(self.user, |user| UserId::new(profile, user));
        member.name = read(self.name, |name| name);
        member.username = read(self.username, |name| name);
        member.email = read(self.email, |email| email);
        member.roles = read(self.roles, |roles| {
            let roles = roles.into_iter().map(|held| held.read(profile));
            roles.collect()
        });
        member.metadata = read(self.metadata, |json| json);
        member.joined = read(self.joined_at, |at| at);
        member
    }
}

impl InviteLine {
    fn of(invite: &Invite) -> Self {
        Self {
            org: invite.at.org.text().clone(),
            id: invite.at.id.text().clone(),
            email: written(&invite.email, Text::clone),
            role: written(&invite.role, RoleLine::of),
            status: Text::from(invite.status.key()),
            created_at: written(&invite.created, |at| *at),
            expires_at: written(&invite.expires, |at| *at),
            inviter: written(&invite.inviter, Text::clone),
            message: written(&invite.message, Text::clone),
            metadata: written(&invite.metadata, Text::clone),
            redirect: written(&invite.redirect, Text::clone),
        }
    }

    fn read(self, profile: &Profile) -> Invite {
        Invite {
            at: InviteRef {
                org: OrgId::new(profile, self.org),
                id: InviteId::new(profile, self.id),
            },
            org_name: Told::Unknown,
            email: read(self.email, |email| email),
            role: read(self.role, |role| role.read(profile)),
            status: status(self.status),
            created: read(self.created_at, |at| at),
            expires: read(self.expires_at, |at| at),
            inviter: read(self.inviter, |name| name),
            message: read(self.message, |words| words),
            has_link: Told::Unknown,
            metadata: read(self.metadata, |json| json),
            redirect: read(self.redirect, |address| address),
        }
    }
}

fn status(key: Text) -> InviteStatus {
    let known = [
        InviteStatus::Pending,
        InviteStatus::Expired,
        InviteStatus::Accepted,
        InviteStatus::Revoked,
    ];
    let found = known.into_iter().find(|status| status.key() == key.raw());
    found.unwrap_or(InviteStatus::Other(key))
}
