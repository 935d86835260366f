//! Worlds of any size, for speed: many organizations, one of them large.

use super::crowd::{Names, somebody};
use super::{ACTING, Size, before};
use crate::sandbox::Service;
use crate::sandbox::dice::Dice;
use crate::sandbox::world::{Key, Org, PersonKey, World};

/// The most members and invites of an organization that is not the first.
const USUAL: u64 = 20;

/// A filling under way.
struct Filling<'a> {
    world: &'a mut World,
    dice: Dice,
    names: Names,
    /// The acting person first.
    people: Vec<PersonKey>,
}

pub(super) fn fill(world: &mut World, size: Size, seed: u64) {
    let origin = world.now();
    world.set_now(before(origin, 365));
    let mut filling = Filling {
        world,
        dice: Dice::new(seed),
        names: Names::read(),
        people: Vec::new(),
    };
    filling.people(size.members.max(2 * USUAL));
    for service in Service::ALL {
        for index in 0..size.orgs {
            let rest = (filling.small(), filling.small());
            let first = (size.members, size.invites);
            let (members, invites) = if index == 0 { first } else { rest };
            let org = filling.org(service, index);
            filling.members(org, members);
            filling.invites(org, invites);
        }
    }
}

impl Filling<'_> {
    fn small(&mut self) -> u64 {
        1 + self.dice.below(USUAL)
    }

    fn people(&mut self, count: u64) {
        for _ in 0..count {
            let chance = (&self.names, &mut self.dice);
            let person = somebody(self.world, chance, &Service::ALL, "acme.example");
            self.people.push(person);
        }
        self.world.edit_person(self.people[0], |person| {
            person.username = Some("ana".to_owned());
            person.emails = vec![ACTING.to_owned()];
        });
    }

    fn org(&mut self, service: Service, index: u64) -> Key {
        let (name, spelled) = self.dice.pick(&self.names.orgs);
        let (trade, trade_spelled) = self.dice.pick(&self.names.trades);
        let city = self.dice.pick(&self.names.cities);
        let creator = self.people[0];
        self.world.add_org(service, |org| {
            org.name = format!("{name} {trade} {index}");
            org.slug = slug(service, &format!("{spelled}_{trade_spelled}_{index}"));
            org.created_by = Some(creator);
            org.policy.max_members = 0;
            place(org, city, index);
        })
    }

    /// The acting person runs every organization, as only their own are listed.
    fn members(&mut self, org: Key, count: u64) {
        let (admin, role) = match org.service {
            Service::Balena => ("administrator", Some("member")),
            Service::Clerk => ("org:admin", Some("org:member")),
            Service::Vulos => ("SuperAdmin", None),
        };
        self.world.add_member(org, self.people[0], &[admin]);
        let others = self.people.len() as u64 - 1;
        let start = self.dice.below(others);
        for step in 1..count {
            let index = 1 + (start + step) % others;
            let index = usize::try_from(index).expect("an index of a vector fits a usize");
            let role = role.unwrap_or_else(|| self.dice.pick(&self.names.labels).as_str());
            self.world.add_member(org, self.people[index], &[role]);
        }
    }

    fn invites(&mut self, org: Key, count: u64) {
        let (inviter, sent) = (self.people[0], self.world.now());
        for index in 0..count {
            let valid = 30 + i64::from(index % 3 != 0) * 365;
            let email = format!("guest{index}@{}.example", org.number);
            self.world.add_invite(org, &email, |invite| {
                invite.inviter = Some(inviter);
                match org.service {
                    Service::Balena => invite.role = Some("member".to_owned()),
                    Service::Clerk => {
                        invite.role = Some("org:member".to_owned());
                        invite.expires = Some(before(sent, -valid));
                    }
                    Service::Vulos => {}
                }
            });
        }
    }
}

fn slug(service: Service, handle: &str) -> Option<String> {
    match service {
        Service::Balena => Some(handle.to_owned()),
        Service::Clerk => Some(handle.replace('_', "-")),
        Service::Vulos => None,
    }
}

fn place(org: &mut Org, (city, country, zip): &(String, String, String), index: u64) {
    if org.key.service != Service::Vulos {
        return;
    }
    org.postal.address = format!("Quay {index}");
    org.postal.city.clone_from(city);
    org.postal.country_code.clone_from(country);
    org.postal.zip_code.clone_from(zip);
    org.postal.unique_id = format!("EX-{index}");
    org.postal.tax_number = format!("T{index:08}");
}
