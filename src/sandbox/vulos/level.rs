//! The four roles that carry rights, and the levels that they give.

use crate::sandbox::world::Member;

/// How much a member may do, the mightiest first; a mightier level includes the rights of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Deletes the organization.
    SuperAdmin,
    /// Changes its details and its members' roles.
    Admin,
    /// Invites and removes members.
    Moderator,
    /// Ties the organization to an application.
    Api,
    /// Reads.
    Nothing,
}

impl Level {
    /// The level of the mightiest of the member's roles.
    pub(super) fn of(member: &Member) -> Self {
        let levels = member.roles.iter().map(|held| Self::named(&held.role));
        levels.min().unwrap_or(Self::Nothing)
    }

    /// Rights are given by these very names; every other name is a mere label.
    fn named(role: &str) -> Self {
        match role {
            "SuperAdmin" => Self::SuperAdmin,
            "Admin" => Self::Admin,
            "Moderator" => Self::Moderator,
            "Api" => Self::Api,
            _ => Self::Nothing,
        }
    }
}
