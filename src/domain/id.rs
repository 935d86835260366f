//! Identities: opaque text of a service, typed by what it names and bound to the profile it came from.
//!
//! Nothing here does arithmetic on an id or reformats it: what came out of a service goes back byte
//! for byte (two profiles may well hold the same number).

use std::fmt;
use std::marker::PhantomData;

use super::Text;

/// The name of a configured account (`[a-z0-9_-]+`), the key of its connection.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Profile(Text);

impl Profile {
    /// A profile of this name; the configuration has checked its letters.
    pub fn new(name: impl Into<Text>) -> Self {
        Self(name.into())
    }

    /// The name as it stands in the configuration.
    pub fn as_str(&self) -> &str {
        self.0.raw()
    }

    /// The name as foreign text, for the screen.
    pub fn text(&self) -> &Text {
        &self.0
    }
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An id of one kind of record: the profile it belongs to and the service's own text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id<Kind> {
    profile: Profile,
    key: Text,
    kind: PhantomData<Kind>,
}

impl<Kind> Id<Kind> {
    /// The id `key` as the service of `profile` wrote it.
    pub fn new(profile: &Profile, key: impl Into<Text>) -> Self {
        Self {
            profile: profile.clone(),
            key: key.into(),
            kind: PhantomData,
        }
    }

    /// The profile whose service gave this id.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The service's own text, byte for byte.
    pub fn raw(&self) -> &str {
        self.key.raw()
    }

    /// The id as foreign text, for the screen.
    pub fn text(&self) -> &Text {
        &self.key
    }
}

impl<Kind> fmt::Debug for Id<Kind> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}:{:?}", self.profile, self.key.raw())
    }
}

/// What an id names; these types have no values.
pub mod kind {
    /// An organization.
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Org {}
    /// A membership (a user in an organization), not a user.
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Member {}
    /// A person's account.
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum User {}
    /// An invite.
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Invite {}
    /// A role of the service's own table.
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Role {}
    /// One role on one membership, where a service gives that an id.
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Assignment {}
}

/// Names an organization.
pub type OrgId = Id<kind::Org>;
/// Names a membership.
pub type MemberId = Id<kind::Member>;
/// Names a user.
pub type UserId = Id<kind::User>;
/// Names an invite.
pub type InviteId = Id<kind::Invite>;
/// Names a role in the service's table.
pub type RoleId = Id<kind::Role>;
/// Names one role on one membership.
pub type AssignmentId = Id<kind::Assignment>;
