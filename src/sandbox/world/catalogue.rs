//! Roles, permissions and role sets of the services, and the switches of each service.

use jiff::Timestamp;
use serde::Deserialize;

use super::{Kind, World, written};
use crate::sandbox::Service;

/// A role that a service offers.
#[derive(Clone, Debug, Deserialize)]
pub struct Role {
    /// The service that offers it.
    pub service: Service,
    /// The number, which is the id on balena.
    pub number: u64,
    /// The id as its service writes it.
    #[serde(skip)]
    pub id: String,
    /// What members and invites name it by.
    pub key: String,
    /// The words shown for it.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: Option<String>,
    /// The keys of its permissions (Clerk).
    #[serde(default)]
    pub permissions: Vec<String>,
    /// Whether a creator may get it (Clerk).
    #[serde(default)]
    pub creator_eligible: bool,
    /// When it was made.
    #[serde(skip)]
    pub created: Timestamp,
}

/// A permission on Clerk.
#[derive(Clone, Debug, Deserialize)]
pub struct Permission {
    /// The number.
    pub number: u64,
    /// The id as Clerk writes it.
    #[serde(skip)]
    pub id: String,
    /// What roles name it by.
    pub key: String,
    /// The words shown for it.
    pub name: String,
    /// What it allows.
    pub description: String,
    /// `system` or `user`.
    #[serde(rename = "type")]
    pub origin: String,
    /// When it was made.
    #[serde(skip)]
    pub created: Timestamp,
}

/// The roles that an organization on Clerk may use.
#[derive(Clone, Debug, Deserialize)]
pub struct RoleSet {
    /// The number.
    pub number: u64,
    /// The id as Clerk writes it.
    #[serde(skip)]
    pub id: String,
    /// What organizations name it by.
    pub key: String,
    /// The words shown for it.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: Option<String>,
    /// The keys of its roles.
    pub roles: Vec<String>,
    /// The key of the role of those who join without one.
    pub default_role: Option<String>,
    /// The key of the role of those who create an organization.
    pub creator_role: Option<String>,
    /// `initial` or `custom`.
    #[serde(rename = "type")]
    pub origin: String,
    /// When it was made.
    #[serde(skip)]
    pub created: Timestamp,
}

/// What can be chosen from.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Catalogue {
    /// The roles of all services.
    pub roles: Vec<Role>,
    /// The permissions of Clerk.
    pub permissions: Vec<Permission>,
    /// The role sets of Clerk.
    pub role_sets: Vec<RoleSet>,
}

/// Which of balena's two servers is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BalenaKind {
    /// balenaCloud.
    Cloud,
    /// A self-hosted openBalena, which knows neither roles nor invites.
    Open,
}

/// Which bodies Vulos reads: its reference does not say how they are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyEncoding {
    /// Both.
    Either,
    /// JSON alone.
    Json,
    /// Forms alone (`application/x-www-form-urlencoded`).
    Form,
}

/// The switches of the services; all but the first two are Clerk's.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are the service's own independent switches"
)]
pub struct Settings {
    /// Which of balena's servers answers.
    pub balena: BalenaKind,
    /// Which bodies Vulos reads.
    pub vulos_bodies: BodyEncoding,
    /// The instance's id.
    pub instance: String,
    /// `development` or `production`.
    pub environment: String,
    /// Whether there are organizations at all.
    pub organizations_enabled: bool,
    /// Whether the plan covers custom roles and role sets.
    pub custom_roles: bool,
    /// Whether organizations have slugs.
    pub slugs_enabled: bool,
    /// Most members of a new organization; 0 is no limit.
    pub max_members: u64,
    /// Whether members may delete organizations.
    pub admin_delete_enabled: bool,
    /// Whether organizations may own domains.
    pub domains_enabled: bool,
    /// How people may join by domain.
    pub enrollment_modes: Vec<String>,
    /// The key of a creator's role.
    pub creator_role: String,
    /// The key of the role of those who join by domain.
    pub domains_default_role: String,
    /// The key of a new organization's role set.
    pub initial_role_set: String,
    /// Where the logos of Clerk's organizations are served from.
    pub pictures: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            balena: BalenaKind::Cloud,
            vulos_bodies: BodyEncoding::Either,
            instance: "ins_2xAcme00000000000000000000000".to_owned(),
            environment: "development".to_owned(),
            organizations_enabled: true,
            custom_roles: true,
            slugs_enabled: true,
            max_members: 5,
            admin_delete_enabled: true,
            domains_enabled: false,
            enrollment_modes: Vec::new(),
            creator_role: "org:admin".to_owned(),
            domains_default_role: "org:member".to_owned(),
            initial_role_set: "role_set:default".to_owned(),
            pictures: "https://img.clerk.com".to_owned(),
        }
    }
}

impl Catalogue {
    /// Writes ids and dates into records that were read from a file.
    pub(in crate::sandbox) fn complete(mut self, created: Timestamp) -> Self {
        for role in &mut self.roles {
            role.id = written(role.service, Kind::Role, role.number);
            role.created = created;
        }
        for permission in &mut self.permissions {
            permission.id = written(Service::Clerk, Kind::Permission, permission.number);
            permission.created = created;
        }
        for set in &mut self.role_sets {
            set.id = written(Service::Clerk, Kind::RoleSet, set.number);
            set.created = created;
        }
        self
    }
}

impl World {
    /// The roles that `service` offers.
    pub fn roles(&self, service: Service) -> impl DoubleEndedIterator<Item = &Role> {
        let roles = self.catalogue.roles.iter();
        roles.filter(move |role| role.service == service)
    }

    /// The role of `service` that members name by `key`.
    pub fn role(&self, service: Service, key: &str) -> Option<&Role> {
        self.roles(service).find(|role| role.key == key)
    }
}
