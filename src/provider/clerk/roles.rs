//! Roles: those of the instance, or those that one organization's role set allows.

use std::collections::VecDeque;

use super::field::Odd;
use super::pages::{self, LARGEST, Reading, Slice};
use super::wire;
use super::{Clerk, members, orgs};
use crate::domain::query::OrgAt;
use crate::domain::{
    ApiError, Cursor, Fault, OrgId, Page, Profile, Request, Role, RoleId, Row, Text, Verb,
};
use crate::provider::encode;

/// Pages of roles that are read: nobody gives more of them than that.
const MOST_PAGES: usize = 20;

/// What every instance has, for a key or a plan that may not read the table.
const USUAL: &[(&str, &str)] = &[("org:admin", "Admin"), ("org:member", "Member")];

impl Clerk {
    /// The roles that can be given, in this organization or at all.
    pub(super) async fn roles(&self, org: Option<&OrgId>) -> Result<Vec<Row<Role>>, ApiError> {
        if let Some(org) = org
            && let Some(key) = self.role_set_key(org).await?
        {
            match self.role_set(&key).await {
                Err(error) if is_out_of_reach(&error) || error.status == Some(404) => {}
                roles => return roles,
            }
        }
        match self.instance_roles().await {
            Err(error) if is_out_of_reach(&error) => Ok(usual()),
            roles => roles,
        }
    }

    async fn role_set_key(&self, org: &OrgId) -> Result<Option<Text>, ApiError> {
        let request = orgs::one(&OrgAt::Id(org.clone()));
        let read = |record: wire::Organization| record.role_set_key.filled("role_set_key");
        self.record(Verb::RoleList, &request, read).await
    }

    async fn role_set(&self, key: &Text) -> Result<Vec<Row<Role>>, ApiError> {
        let request = Request::get(format!("/v1/role_sets/{}", encode(key.raw())));
        let read = |set: wire::RoleSet| {
            let roles = set.roles.optional("roles")?.ok_or(Odd::missing("roles"))?;
            Ok(pages::rows(roles, 0, &reading(self.profile())))
        };
        self.record(Verb::RoleList, &request, read).await
    }

    async fn instance_roles(&self) -> Result<Vec<Row<Role>>, ApiError> {
        let mut roles = Vec::new();
        let mut waiting = VecDeque::from([Cursor::FIRST]);
        for _ in 0..MOST_PAGES {
            let Some(cursor) = waiting.pop_front() else {
                return Ok(roles);
            };
            let page = self.roles_at(&cursor).await?;
            if page.rows.is_empty() {
                return Ok(roles);
            }
            waiting.extend(page.next.cursors());
            roles.extend(page.rows);
        }
        Err(ApiError::new(Verb::RoleList, Fault::TooLarge))
    }

    async fn roles_at(&self, cursor: &Cursor) -> Result<Page<Role>, ApiError> {
        let verb = Verb::RoleList;
        let slice = Slice::at(cursor, LARGEST);
        let request = Request::get("/v1/organization_roles").query(slice.params());
        let response = self.get(verb, &request).await?;
        pages::page((verb, &response), slice, &reading(self.profile()))
    }
}

fn reading(
    profile: &Profile,
) -> Reading<impl Fn(wire::Role) -> Result<Role, Odd>, impl Fn(Text) -> Role> {
    Reading {
        read: |record: wire::Role| record.read(profile),
        blank: |key: Text| Role::named(key),
    }
}

/// Another plan would be needed, or the key may not.
fn is_out_of_reach(error: &ApiError) -> bool {
    matches!(error.status, Some(402 | 403))
}

fn usual() -> Vec<Row<Role>> {
    let role =
        |(key, name): &(&str, &str)| members::role(Text::from(*key), Some(Text::from(*name)));
    USUAL.iter().map(role).map(Row::whole).collect()
}

impl wire::Role {
    fn read(self, profile: &Profile) -> Result<Role, Odd> {
        let key = self.key.id("key")?;
        let id = self.id.filled("id")?;
        Ok(Role {
            id: id.map(|id| RoleId::new(profile, id)),
            ..members::role(key, self.name.filled("name")?)
        })
    }
}
