//! Memberships, and the roles held in them.

use jiff::Timestamp;

use super::{Key, Kind, Metadata, PersonKey, World, written};
use crate::sandbox::Service;

/// A role held by one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The role: a name (balena), a key (Clerk), a label (Vulos).
    pub role: String,
    /// The id of this very assignment (Vulos); empty on the other services.
    pub id: String,
}

/// One person's membership of one organization.
#[derive(Clone, Debug)]
pub struct Member {
    /// Where it is kept.
    pub key: Key,
    /// The id as its service writes it.
    pub id: String,
    /// The organization.
    pub org: Key,
    /// The person.
    pub person: PersonKey,
    /// The roles, in the order they were given; exactly one on balena and Clerk.
    pub roles: Vec<Assignment>,
    /// Free values (Clerk).
    pub metadata: Metadata,
    /// When the person joined.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
}

impl Member {
    /// The first role, the only one on balena and Clerk; empty for none.
    pub fn role(&self) -> &str {
        self.roles.first().map_or("", |held| held.role.as_str())
    }

    /// Whether the member holds `role`.
    pub fn holds(&self, role: &str) -> bool {
        self.roles.iter().any(|held| held.role == role)
    }
}

impl World {
    /// Makes `person` a member; none when one of the two is unknown or the membership exists.
    ///
    /// The person gets an account on the service if they had none.
    pub fn add_member(&mut self, org: Key, person: PersonKey, roles: &[&str]) -> Option<Key> {
        let number = self.numbers.take(org.service, Kind::Member);
        self.add_member_at((Key::new(org.service, number), org), person, roles)
    }

    /// Adds a membership under a number of the caller's choice, which none may have yet.
    pub fn add_member_at(
        &mut self,
        (key, org): (Key, Key),
        person: PersonKey,
        roles: &[&str],
    ) -> Option<Key> {
        if !self.orgs.contains_key(&org) || self.membership(org, person).is_some() {
            return None;
        }
        let service = org.service;
        self.people.get_mut(&person)?.join(service);
        self.numbers.claim(service, Kind::Member, key.number);
        let roles = roles.iter().map(|role| self.assignment(service, role));
        let roles = roles.collect();
        let created = self.tick();
        let member = Member {
            key,
            id: written(service, Kind::Member, key.number),
            org,
            person,
            roles,
            metadata: Metadata::default(),
            created,
            updated: created,
        };
        self.members.insert(key, member);
        self.members_by_org.insert((org, key));
        self.members_by_person.insert((person, org), key);
        Some(key)
    }

    fn assignment(&mut self, service: Service, role: &str) -> Assignment {
        let id = match service {
            Service::Balena | Service::Clerk => String::new(),
            Service::Vulos => {
                let number = self.numbers.take(service, Kind::Assignment);
                written(service, Kind::Assignment, number)
            }
        };
        let role = role.to_owned();
        Assignment { role, id }
    }

    /// Changes a membership and its date, not whose or where it is; false when there is none.
    pub fn edit_member(&mut self, key: Key, change: impl FnOnce(&mut Member)) -> bool {
        let updated = self.tick();
        let Some(member) = self.members.get_mut(&key) else {
            return false;
        };
        member.updated = updated;
        change(member);
        let id = member.id.clone();
        self.choose(Kind::Member, key, &id);
        true
    }

    /// Puts `role` in the place of all roles; false when there is no such membership.
    pub fn set_role(&mut self, key: Key, role: &str) -> bool {
        let assignment = self.assignment(key.service, role);
        self.edit_member(key, |member| member.roles = vec![assignment])
    }

    /// Gives one more role; none when there is no such membership.
    pub fn give_role(&mut self, key: Key, role: &str) -> Option<Assignment> {
        let assignment = self.assignment(key.service, role);
        let given = assignment.clone();
        self.edit_member(key, |member| member.roles.push(assignment))
            .then_some(given)
    }

    /// Takes the role with this assignment id; none when the member does not hold it.
    pub fn take_role(&mut self, key: Key, assignment: &str) -> Option<Assignment> {
        let mut roles = self.member(key)?.roles.iter();
        let index = roles.position(|held| held.id.eq_ignore_ascii_case(assignment))?;
        let mut taken = None;
        self.edit_member(key, |member| taken = Some(member.roles.remove(index)));
        taken
    }

    /// Ends a membership.
    pub fn remove_member(&mut self, key: Key) -> Option<Member> {
        let member = self.members.remove(&key)?;
        self.members_by_org.remove(&(member.org, key));
        self.members_by_person.remove(&(member.person, member.org));
        self.tick();
        Some(member)
    }

    /// The membership kept at `key`.
    pub fn member(&self, key: Key) -> Option<&Member> {
        self.members.get(&key)
    }

    /// All memberships of `service`, oldest first.
    pub fn members(&self, service: Service) -> impl DoubleEndedIterator<Item = &Member> {
        let range = Key::first(service)..=Key::last(service);
        self.members.range(range).map(|(_, member)| member)
    }

    /// The members of an organization, oldest first.
    pub fn members_of(&self, org: Key) -> impl DoubleEndedIterator<Item = &Member> {
        let range = (org, Key::first(org.service))..=(org, Key::last(org.service));
        let keys = self.members_by_org.range(range);
        keys.filter_map(|(_, key)| self.members.get(key))
    }

    /// How many members an organization has.
    pub fn member_count(&self, org: Key) -> usize {
        let range = (org, Key::first(org.service))..=(org, Key::last(org.service));
        self.members_by_org.range(range).count()
    }

    /// The memberships of a person on `service`, by age of the organization.
    pub fn memberships_of(
        &self,
        person: PersonKey,
        service: Service,
    ) -> impl DoubleEndedIterator<Item = &Member> {
        let range = (person, Key::first(service))..=(person, Key::last(service));
        let keys = self.members_by_person.range(range);
        keys.filter_map(|(_, key)| self.members.get(key))
    }

    /// The membership of a person in an organization.
    pub fn membership(&self, org: Key, person: PersonKey) -> Option<&Member> {
        self.members
            .get(self.members_by_person.get(&(person, org))?)
    }

    /// The membership with this id on `service`; letters of a GUID may be of either case.
    pub fn find_member(&self, service: Service, id: &str) -> Option<&Member> {
        let id = match service {
            Service::Balena | Service::Clerk => id.to_owned(),
            Service::Vulos => id.to_ascii_lowercase(),
        };
        let number = self.number_of(service, Kind::Member, &id)?;
        let member = self.members.get(&Key::new(service, number))?;
        (member.id == id).then_some(member)
    }
}
