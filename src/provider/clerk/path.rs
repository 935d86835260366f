//! Addresses of Clerk's records: paths with encoded ids, and queries.
//!
//! Knows nothing of what is sent there or comes back.

use crate::domain::{InviteRef, OrgId, UserId};
use crate::provider::encode;

/// Organizations, as a collection.
pub(super) const ORGS: &str = "/v1/organizations";

/// One organization.
pub(super) fn org(id: &OrgId) -> String {
    org_at(id.raw())
}

/// One organization by what takes an id or a slug in the same place.
pub(super) fn org_at(key: &str) -> String {
    format!("{ORGS}/{}", encode(key))
}

/// The memberships of an organization.
pub(super) fn memberships(id: &OrgId) -> String {
    format!("{}/memberships", org(id))
}

/// One membership: named by its user, never by its own id.
pub(super) fn membership(id: &OrgId, user: &UserId) -> String {
    format!("{}/{}", memberships(id), encode(user.raw()))
}

/// The invitations into an organization.
pub(super) fn invitations(id: &OrgId) -> String {
    format!("{}/invitations", org(id))
}

/// One invitation.
pub(super) fn invitation(at: &InviteRef) -> String {
    format!("{}/{}", invitations(&at.org), encode(at.id.raw()))
}

/// A query under construction; a key may come more than once.
#[derive(Default)]
pub(super) struct Params(String);

impl Params {
    /// The same with one more pair.
    pub(super) fn with(mut self, key: &str, value: &str) -> Self {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.push_str(key);
        self.0.push('=');
        self.0.push_str(&encode(value));
        self
    }

    /// The same with one more pair, if there is a value that says something.
    pub(super) fn maybe(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) if !value.is_empty() => self.with(key, value),
            Some(_) | None => self,
        }
    }
}

impl From<Params> for String {
    fn from(params: Params) -> Self {
        params.0
    }
}
