//! Organizations, with every attribute that one of the services has.

use bytes::Bytes;
use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::{Key, Kind, Metadata, PersonKey, World, written};
use crate::sandbox::Service;

/// An organization; what its service does not have stays at its default.
#[derive(Clone, Debug)]
pub struct Org {
    /// Where it is kept.
    pub key: Key,
    /// The id as its service writes it.
    pub id: String,
    /// The name.
    pub name: String,
    /// balena's handle, Clerk's slug.
    pub slug: Option<String>,
    /// Who created it.
    pub created_by: Option<PersonKey>,
    /// Web site (balena, Vulos).
    pub website: Option<String>,
    /// The picture (balena, Clerk).
    pub logo: Option<Logo>,
    /// What balena knows of the company.
    pub company: Company,
    /// What Vulos knows of the place.
    pub postal: Postal,
    /// Limits and permissions of the organization itself (Clerk).
    pub policy: Policy,
    /// Free values (Clerk).
    pub metadata: Metadata,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
}

/// A picture as it was uploaded.
#[derive(Clone, Debug, PartialEq)]
pub struct Logo {
    /// The name of the file.
    pub filename: String,
    /// The content type it was sent with.
    pub content_type: String,
    /// The file.
    pub bytes: Bytes,
}

impl Logo {
    /// The end of its address, which is another one for other bytes: the services number what is uploaded.
    pub fn version(&self) -> String {
        let hash = Sha256::digest(&self.bytes);
        format!("{:02x}{:02x}{:02x}", hash[0], hash[1], hash[2])
    }
}

/// The company behind an organization on balena.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Company {
    /// Its name.
    pub name: Option<String>,
    /// Its line of business.
    pub industry: Option<String>,
    /// Whether its people must sign in through it.
    pub saml_only: bool,
}

/// The registration of an organization on Vulos.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Postal {
    /// Street and number.
    pub address: String,
    /// City.
    pub city: String,
    /// Postal code.
    pub zip_code: String,
    /// State or province.
    pub state: String,
    /// Country, as two letters.
    pub country_code: String,
    /// Registration number elsewhere; not an id of the API.
    pub unique_id: String,
    /// Tax number.
    pub tax_number: String,
    /// Whether the service has checked all this.
    pub verified: bool,
}

/// What an organization on Clerk allows.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Most members and pending invites; 0 is no limit.
    pub max_members: u64,
    /// Whether its members may delete it.
    pub admin_delete_enabled: bool,
    /// The key of the set of roles it may use.
    pub role_set: String,
}

impl World {
    /// Adds an organization to `service`; `fill` writes its attributes, and its id if it is chosen.
    pub fn add_org(&mut self, service: Service, fill: impl FnOnce(&mut Org)) -> Key {
        let number = self.numbers.take(service, Kind::Org);
        self.add_org_at(Key::new(service, number), fill)
    }

    /// Adds an organization under a number of the caller's choice, which none may have yet.
    pub fn add_org_at(&mut self, key: Key, fill: impl FnOnce(&mut Org)) -> Key {
        self.numbers.claim(key.service, Kind::Org, key.number);
        let created = self.tick();
        let mut org = Org {
            key,
            id: written(key.service, Kind::Org, key.number),
            name: String::new(),
            slug: None,
            created_by: None,
            website: None,
            logo: None,
            company: Company::default(),
            postal: Postal::default(),
            policy: Policy {
                max_members: self.settings.max_members,
                admin_delete_enabled: true,
                role_set: self.settings.initial_role_set.clone(),
            },
            metadata: Metadata::default(),
            created,
            updated: created,
        };
        fill(&mut org);
        self.keep_org(org);
        key
    }

    /// Changes an organization and its date; false when there is none.
    pub fn edit_org(&mut self, key: Key, change: impl FnOnce(&mut Org)) -> bool {
        let Some(mut org) = self.orgs.remove(&key) else {
            return false;
        };
        if let Some(slug) = &org.slug {
            self.slugs.remove(&(key.service, slug.clone()));
        }
        org.updated = self.tick();
        change(&mut org);
        self.keep_org(org);
        true
    }

    fn keep_org(&mut self, org: Org) {
        if let Some(slug) = &org.slug {
            self.slugs.insert((org.key.service, slug.clone()), org.key);
        }
        self.choose(Kind::Org, org.key, &org.id);
        self.orgs.insert(org.key, org);
    }

    /// Removes an organization with its memberships and invites.
    pub fn remove_org(&mut self, key: Key) -> Option<Org> {
        let members: Vec<Key> = self.members_of(key).map(|member| member.key).collect();
        let invites: Vec<Key> = self.invites_of(key).map(|invite| invite.key).collect();
        let org = self.orgs.remove(&key)?;
        for member in members {
            self.remove_member(member);
        }
        for invite in invites {
            self.remove_invite(invite);
        }
        if let Some(slug) = &org.slug {
            self.slugs.remove(&(key.service, slug.clone()));
        }
        self.tick();
        Some(org)
    }

    /// The organization kept at `key`.
    pub fn org(&self, key: Key) -> Option<&Org> {
        self.orgs.get(&key)
    }

    /// The organizations of `service`, oldest first.
    pub fn orgs(&self, service: Service) -> impl DoubleEndedIterator<Item = &Org> {
        let range = Key::first(service)..=Key::last(service);
        self.orgs.range(range).map(|(_, org)| org)
    }

    /// The organization with this id on `service`.
    pub fn find_org(&self, service: Service, id: &str) -> Option<&Org> {
        let number = self.number_of(service, Kind::Org, id)?;
        let org = self.orgs.get(&Key::new(service, number))?;
        (org.id == id).then_some(org)
    }

    /// The organization with this handle or slug on `service`.
    pub fn org_by_slug(&self, service: Service, slug: &str) -> Option<&Org> {
        self.orgs.get(self.slugs.get(&(service, slug.to_owned()))?)
    }
}
