//! The world as one caller sees it: on the cloud their own organizations, on openBalena all.

use super::check::Scope;
use super::model::{Field, Resource, Shape};
use super::record::{Cell, Record};
use super::syntax::{Comparison, Condition, Joint, Literal, Term};
use crate::sandbox::Service;
use crate::sandbox::world::{BalenaKind, Key, Person, PersonKey, World};

/// The role without which an organization cannot be.
pub(super) const ADMINISTRATOR: &str = "administrator";

/// The person who calls.
#[derive(Clone, Copy)]
pub(super) struct Caller {
    pub(super) person: PersonKey,
    /// Whether somebody gave them more than openBalena's stock role, which only reads.
    pub(super) widened: bool,
}

/// What a caller sees.
#[derive(Clone, Copy)]
pub(super) struct View<'w> {
    pub(super) world: &'w World,
    pub(super) caller: Caller,
}

impl<'w> View<'w> {
    /// Which server is played.
    pub(super) fn kind(self) -> BalenaKind {
        self.world.settings.balena
    }

    /// The field `name` of `record`, if the server has it.
    pub(super) fn field(self, record: Record<'w>, name: &str) -> Option<&'static Field> {
        record.resource().field(name, self.kind())
    }

    /// What a field holds; for a link the id behind it.
    pub(super) fn cell(self, record: Record<'w>, field: &Field) -> Cell<'w> {
        match field.shape {
            Shape::Plain(_) | Shape::Elsewhere => record.cell(field.name),
            Shape::One(_) => match record.one(self.world, field.name) {
                Some(target) => Cell::number(target.id()),
                None => Cell::Null,
            },
            Shape::Many(_) => Cell::Null,
        }
    }

    /// The visible records behind a link.
    pub(super) fn behind(self, record: Record<'w>, field: &Field) -> Vec<Record<'w>> {
        match field.shape {
            Shape::Plain(_) | Shape::Elsewhere => Vec::new(),
            Shape::One(_) => record.one(self.world, field.name).into_iter().collect(),
            Shape::Many(_) => {
                let mut records = record.many(self.world, field.name);
                // Who sees an organization sees all that belongs to it.
                if record.resource() != Resource::Organization {
                    records.retain(|record| self.sees(*record));
                }
                records
            }
        }
    }

    /// Whether the caller may read `record`.
    pub(super) fn sees(self, record: Record<'w>) -> bool {
        if self.kind() == BalenaKind::Open {
            return true;
        }
        match record {
            Record::Organization(org) => self.belongs_to(org.key),
            Record::Membership(member) => self.belongs_to(member.org),
            Record::Invite(invite) | Record::Invitee(invite) => self.belongs_to(invite.org),
            Record::Role(_) => true,
            Record::User(person) => {
                let mut members = self.world.memberships_of(person.key, Service::Balena);
                person.key == self.caller.person
                    || members.any(|member| self.belongs_to(member.org))
            }
        }
    }

    fn belongs_to(self, org: Key) -> bool {
        self.world.membership(org, self.caller.person).is_some()
    }

    /// Whether the caller may change what belongs to `org`.
    pub(super) fn administers(self, org: Key) -> bool {
        match self.kind() {
            BalenaKind::Open => self.caller.widened,
            BalenaKind::Cloud => {
                let membership = self.world.membership(org, self.caller.person);
                membership.is_some_and(|member| member.holds(ADMINISTRATOR))
            }
        }
    }

    /// The visible records that fulfil `condition`, by their ids.
    pub(super) fn fulfilling(self, resource: Resource, condition: &Condition) -> Vec<Record<'w>> {
        let mut records = self.candidates(resource, condition);
        records.retain(|record| self.holds(condition, &Scope::outermost(*record)));
        records
    }

    /// Few records, among which all visible ones are that fulfil `condition`.
    fn candidates(self, resource: Resource, condition: &Condition) -> Vec<Record<'w>> {
        if let Some(id) = pinned(condition, "id") {
            let record = self.with_id(resource, id);
            let visible = record.filter(|record| self.sees(*record));
            return visible.into_iter().collect();
        }
        let mut records = match resource {
            Resource::Membership => self.memberships(condition),
            Resource::Invite => self.invites(condition),
            Resource::Organization | Resource::Role | Resource::Invitee | Resource::User => {
                self.all(resource)
            }
        };
        records.sort_by_key(|record| record.id());
        records
    }

    /// The record of this id, visible or not.
    pub(super) fn with_id(self, resource: Resource, id: u64) -> Option<Record<'w>> {
        let (world, key) = (self.world, Key::new(Service::Balena, id));
        match resource {
            Resource::Organization => world.org(key).map(Record::Organization),
            Resource::Membership => world.member(key).map(Record::Membership),
            Resource::Invite => world.invite(key).map(Record::Invite),
            Resource::User => self.user(PersonKey(id)).map(Record::User),
            Resource::Role | Resource::Invitee => {
                let mut records = self.all(resource).into_iter();
                records.find(|record| record.id() == id)
            }
        }
    }

    /// The person of this number, if they have an account here.
    pub(super) fn user(self, key: PersonKey) -> Option<&'w Person> {
        let person = self.world.person(key);
        person.filter(|person| person.id(Service::Balena).is_some())
    }

    fn memberships(self, condition: &Condition) -> Vec<Record<'w>> {
        if let Some(id) = pinned(condition, "is_member_of__organization") {
            return self.within(id, "organization_membership");
        }
        let Some(user) = pinned(condition, "user") else {
            return self.all(Resource::Membership);
        };
        let members = self.world.memberships_of(PersonKey(user), Service::Balena);
        let records = members.map(Record::Membership);
        records.filter(|record| self.sees(*record)).collect()
    }

    fn invites(self, condition: &Condition) -> Vec<Record<'w>> {
        match pinned(condition, "is_invited_to__organization") {
            Some(id) => self.within(id, "organization_invite"),
            None => self.all(Resource::Invite),
        }
    }

    /// What belongs to the organization `id`, if the caller sees that.
    fn within(self, id: u64, field: &str) -> Vec<Record<'w>> {
        let org = self.with_id(Resource::Organization, id);
        let org = org.filter(|org| self.sees(*org));
        org.map_or_else(Vec::new, |org| org.many(self.world, field))
    }

    fn all(self, resource: Resource) -> Vec<Record<'w>> {
        let (world, service) = (self.world, Service::Balena);
        let all: Box<dyn Iterator<Item = Record<'w>>> = match resource {
            Resource::Organization => Box::new(world.orgs(service).map(Record::Organization)),
            Resource::Membership => Box::new(world.members(service).map(Record::Membership)),
            Resource::Role => Box::new(world.roles(service).map(Record::Role)),
            Resource::Invite => Box::new(world.invites(service).map(Record::Invite)),
            Resource::Invitee => Box::new(world.invites(service).map(Record::Invitee)),
            Resource::User => Box::new(world.people(service).map(Record::User)),
        };
        all.filter(|record| self.sees(*record)).collect()
    }
}

/// The number that `field` must equal for `condition` to be true, as far as that is plain to see.
///
/// It spares looking at every membership of a large world to find those of one organization.
fn pinned(condition: &Condition, field: &str) -> Option<u64> {
    match condition {
        Condition::Chain(first, rest) => {
            let all_needed = rest.iter().all(|(joint, _)| *joint == Joint::And);
            let rest = rest.iter().map(|(_, condition)| condition);
            let mut parts = std::iter::once(&**first).chain(rest);
            parts
                .find_map(|part| pinned(part, field))
                .filter(|_| all_needed)
        }
        Condition::Compare(
            Term::Path(path),
            Comparison::Equal,
            Term::Literal(Literal::Int(number)),
        ) => u64::try_from(*number).ok().filter(|_| path == &[field]),
        Condition::Always(_)
        | Condition::Not(_)
        | Condition::Compare(..)
        | Condition::OneOf(..)
        | Condition::Match(..)
        | Condition::Any(..)
        | Condition::Senseless => None,
    }
}
