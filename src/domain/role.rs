//! Roles: machine names that belong to a service, never mapped to ones of our own.

use super::{RoleId, Text};

/// The service's own name of a role, e.g. `administrator`, `org:admin`, or a free label.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleKey(pub Text);

impl RoleKey {
    /// The key as the service wrote it.
    pub fn raw(&self) -> &str {
        self.0.raw()
    }
}

impl From<&str> for RoleKey {
    fn from(key: &str) -> Self {
        Self(Text::from(key))
    }
}

/// A role that can be given; equal by key is equal.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// The machine name.
    pub key: RoleKey,
    /// What the service calls it for people; the key where there is no other name.
    pub name: Text,
    /// Its id in the service's table, where roles are referred to by id.
    pub id: Option<RoleId>,
    /// How strong it is: 0 is the strongest. `None` where the service ranks no roles.
    pub level: Option<u8>,
}

impl Role {
    /// A role known by its key alone.
    pub fn named(key: impl Into<Text>) -> Self {
        let key = key.into();
        Self {
            key: RoleKey(key.clone()),
            name: key,
            id: None,
            level: None,
        }
    }
}
