//! Roles of membership: the server's own table. Their ids are data of the server, so a role is
//! looked up by its name before it is sent.

use super::Balena;
use super::changes::invalid;
use super::odata::{Resource, options};
use super::page::{Shape, rows};
use super::wire;
use crate::domain::query::Reply;
use crate::domain::{Answer, ApiError, Profile, Request, Role, RoleId, RoleKey, Row, Text, Verb};

impl Balena {
    pub(super) async fn roles(&self) -> Reply {
        self.offered(Verb::RoleList).await?;
        self.ask_roles(Verb::RoleList).await.map(Answer::Roles)
    }

    /// The role with this name and its id: from memory, or else from the server.
    pub(super) async fn role(&self, verb: Verb, wanted: &RoleKey) -> Result<Role, ApiError> {
        let find = |roles: &[Role]| roles.iter().find(|role| role.key == *wanted).cloned();
        if let Some(role) = find(&self.roles.read().await) {
            return Ok(role);
        }
        self.ask_roles(verb).await?;
        let unknown = || invalid(verb, "role", "the server has no role of this name");
        find(&self.roles.read().await).ok_or_else(unknown)
    }

    async fn ask_roles(&self, verb: Verb) -> Result<Vec<Row<Role>>, ApiError> {
        let query = options(&[("$select", "id,name"), ("$orderby", "id asc")]);
        let request = Request::get(Resource::Role.path()).query(query);
        let records = self.records(verb, &request).await?;
        let roles = rows(&records, 0, &RoleShape(self.transport.profile()));
        let known = roles.iter().cloned().filter_map(Row::known);
        *self.roles.write().await = known.collect();
        Ok(roles)
    }
}

/// Makes roles of one profile.
struct RoleShape<'a>(&'a Profile);

impl Shape for RoleShape<'_> {
    type Wire = wire::Role;
    type Item = Role;

    fn whole(&self, record: wire::Role) -> Result<Role, Text> {
        role(self.0, record).ok_or_else(|| Text::from("field name"))
    }

    fn blank(&self, id: Text) -> Role {
        Role::named(id)
    }
}

/// A role as it stands in the server's table or is linked from a record; without a name nobody knows which.
pub(super) fn role(profile: &Profile, record: wire::Role) -> Option<Role> {
    let name = record.name?;
    Some(Role {
        id: Some(RoleId::new(profile, record.id.text())),
        level: level(name.raw()),
        ..Role::named(name)
    })
}

/// The two documented roles; any other one is not ranked.
fn level(name: &str) -> Option<u8> {
    match name {
        "administrator" => Some(0),
        "member" => Some(1),
        _ => None,
    }
}
