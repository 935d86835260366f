//! Members: a user in an organization, with the roles held there.

use std::sync::Arc;

use jiff::Timestamp;

use super::rows::{Keyed, share};
use super::{AssignmentId, MemberId, OrgId, Role, Text, Told, UserId};

/// How a membership is addressed in a request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberRef {
    /// The organization it belongs to.
    pub org: OrgId,
    /// Which of its two names is used.
    pub by: MemberBy,
}

/// The two names of a membership.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemberBy {
    /// The membership's own id.
    Id(MemberId),
    /// The user, which together with the organization names the membership.
    User(UserId),
}

impl MemberBy {
    /// The id, whichever of the two it is.
    pub fn text(&self) -> &Text {
        match self {
            Self::Id(id) => id.text(),
            Self::User(user) => user.text(),
        }
    }
}

impl MemberRef {
    /// The membership with this id.
    pub fn id(org: &OrgId, id: &MemberId) -> Self {
        Self {
            org: org.clone(),
            by: MemberBy::Id(id.clone()),
        }
    }

    /// The membership of this user in this organization.
    pub fn user(org: &OrgId, user: &UserId) -> Self {
        Self {
            org: org.clone(),
            by: MemberBy::User(user.clone()),
        }
    }
}

/// One role that a member holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The role.
    pub role: Role,
    /// The id of this very assignment, where the service has one.
    pub id: Option<AssignmentId>,
}

/// A member of an organization.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The name under which this service's requests address the membership.
    pub at: MemberRef,
    /// The membership's own id.
    pub id: MemberId,
    /// The user.
    pub user: Told<UserId>,
    /// First and last name.
    pub name: Told<Text>,
    /// User name.
    pub username: Told<Text>,
    /// E-mail address.
    pub email: Told<Text>,
    /// The roles held, strongest first: members of a list who hold the same share them.
    pub roles: Told<Arc<[Assignment]>>,
    /// The membership's public metadata, as JSON.
    pub metadata: Told<Text>,
    /// When the person joined.
    pub joined: Told<Timestamp>,
    /// When the person was last active.
    pub last_active: Told<Timestamp>,
    /// Whether this is the person whose credential we use; unknown for instance keys.
    pub is_me: Told<Mine>,
}

/// Whether a membership is the caller's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mine {
    /// The caller's own.
    Own,
    /// Somebody else's.
    Other,
}

impl Member {
    /// A membership of which only the reference is known yet.
    pub fn reference(at: MemberRef, id: MemberId) -> Self {
        Self {
            at,
            id,
            user: Told::Unknown,
            name: Told::Unknown,
            username: Told::Unknown,
            email: Told::Unknown,
            roles: Told::Unknown,
            metadata: Told::Unknown,
            joined: Told::Unknown,
            last_active: Told::Unknown,
            is_me: Told::Unknown,
        }
    }

    /// What the person is called: full name, else user name, else e-mail, else user id, else membership id.
    pub fn display_name(&self) -> &Text {
        self.name
            .known()
            .or(self.username.known())
            .or(self.email.known())
            .or(self.user.known().map(UserId::text))
            .unwrap_or(self.id.text())
    }

    /// Whether a reference, by either of its two names, is to this membership.
    pub fn is_at(&self, at: &MemberRef) -> bool {
        let is_named = match &at.by {
            MemberBy::Id(id) => *id == self.id,
            MemberBy::User(user) => self.user.known() == Some(user),
        };
        at.org == self.at.org && (is_named || *at == self.at)
    }

    /// Whether the service said that this is the caller.
    pub fn is_own(&self) -> bool {
        self.is_me == Told::Is(Mine::Own)
    }

    /// The roles as far as they are known.
    pub fn assignments(&self) -> &[Assignment] {
        self.roles.known().map_or(&[], |roles| roles)
    }
}

/// A membership seen from the person: the organization, and what the person is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    /// The membership as a member of that organization.
    pub member: Member,
    /// The organization's name, where the answer brought it.
    pub org_name: Told<Text>,
}

impl Keyed for Membership {
    type Key = MemberId;

    fn key(&self) -> &MemberId {
        &self.member.id
    }

    fn texts(&self) -> Vec<&Text> {
        let mut texts = self.member.texts();
        texts.extend(self.org_name.known());
        texts
    }
}

impl Keyed for Member {
    type Key = MemberId;

    fn key(&self) -> &MemberId {
        &self.id
    }

    fn texts(&self) -> Vec<&Text> {
        let user = self.user.known().map(UserId::text);
        let told = [&self.name, &self.username, &self.email, &self.metadata];
        let told = told.into_iter().filter_map(Told::known);
        told.chain(user).chain([self.id.text()]).collect()
    }

    fn share(&mut self, other: &Self) {
        share(&mut self.roles, &other.roles);
        share(&mut self.metadata, &other.metadata);
    }
}
