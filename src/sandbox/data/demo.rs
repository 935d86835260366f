//! The demo world, read from `assets/sandbox/demo.json`.

use std::collections::BTreeMap;

use bytes::Bytes;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::crowd::{Names, somebody};
use super::{before, hours_before};
use crate::sandbox::Service;
use crate::sandbox::dice::Dice;
use crate::sandbox::world::{InviteState, Key, Logo, Org, PersonKey, Postal, World};

/// The smallest picture there is: one grey pixel.
const PICTURE: &[u8] = include_bytes!("../../../assets/sandbox/logo.png");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Demo {
    people: Vec<PersonRow>,
    orgs: Vec<OrgRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonRow {
    username: Option<String>,
    first: Option<String>,
    last: Option<String>,
    emails: Vec<String>,
    birthdate: Option<String>,
    seen_days: Option<i64>,
    #[serde(default)]
    banned: bool,
    #[serde(default)]
    also: Vec<Service>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrgRow {
    service: Service,
    number: Option<u64>,
    name: String,
    slug: Option<String>,
    by: String,
    days: i64,
    website: Option<String>,
    company_name: Option<String>,
    industry: Option<String>,
    logo: Option<String>,
    max_members: Option<u64>,
    role_set: Option<String>,
    #[serde(default)]
    public_metadata: Map<String, Value>,
    #[serde(default)]
    private_metadata: Map<String, Value>,
    #[serde(default)]
    postal: Postal,
    /// A name to sign in with (or an address), then the roles.
    members: Vec<Vec<String>>,
    crowd: Option<CrowdRow>,
    #[serde(default)]
    invites: Vec<InviteRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CrowdRow {
    size: u64,
    domain: String,
    roles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InviteRow {
    email: String,
    role: Option<String>,
    by: Option<String>,
    days: i64,
    valid_days: Option<i64>,
    #[serde(default = "yes")]
    notify: bool,
    #[serde(default)]
    state: InviteState,
    message: Option<String>,
    redirect_url: Option<String>,
    #[serde(default)]
    public_metadata: Map<String, Value>,
}

fn yes() -> bool {
    true
}

/// A filling under way.
struct Filling<'a> {
    world: &'a mut World,
    origin: Timestamp,
    dice: Dice,
    names: Names,
    known: BTreeMap<String, PersonKey>,
}

pub(super) fn fill(world: &mut World, seed: u64) {
    let demo: Demo = serde_json::from_str(include_str!("../../../assets/sandbox/demo.json"))
        .expect("the file was checked by the tests");
    let mut filling = Filling {
        origin: world.now(),
        world,
        dice: Dice::new(seed),
        names: Names::read(),
        known: BTreeMap::new(),
    };
    for row in demo.people {
        filling.person(row);
    }
    for row in demo.orgs {
        filling.org(row);
    }
}

impl Filling<'_> {
    fn person(&mut self, row: PersonRow) {
        let origin = self.origin;
        let called = row.username.clone().or_else(|| row.emails.first().cloned());
        self.world.set_now(before(origin, 1_500));
        let key = self.world.add_person(|person| {
            person.username = row.username;
            person.first_name = row.first;
            person.last_name = row.last;
            person.emails = row.emails;
            person.birthdate = row.birthdate;
            person.banned = row.banned;
            person.seen = row.seen_days.map(|days| before(origin, days));
            for service in row.also {
                person.join(service);
            }
        });
        self.known.insert(called.unwrap_or_default(), key);
    }

    fn named(&self, name: &str) -> PersonKey {
        *self
            .known
            .get(name)
            .unwrap_or_else(|| panic!("the demo names {name}, who is nobody"))
    }

    fn org(&mut self, mut row: OrgRow) {
        self.world.set_now(before(self.origin, row.days));
        let creator = self.named(&row.by);
        let (members, invites) = (
            std::mem::take(&mut row.members),
            std::mem::take(&mut row.invites),
        );
        let (days, crowd, service) = (row.days, row.crowd.take(), row.service);
        let key = match row.number {
            Some(number) => self
                .world
                .add_org_at(Key::new(service, number), |org| write(row, creator, org)),
            None => self.world.add_org(service, |org| write(row, creator, org)),
        };
        for member in members {
            self.member((key, days), &member);
        }
        if let Some(crowd) = crowd {
            self.crowd((key, days), &crowd);
        }
        for invite in invites {
            self.invite(key, invite);
        }
    }

    fn member(&mut self, (org, days): (Key, i64), row: &[String]) {
        let person = self.named(&row[0]);
        let roles: Vec<&str> = row[1..].iter().map(String::as_str).collect();
        self.join((org, days), person, &roles);
    }

    fn crowd(&mut self, (org, days): (Key, i64), row: &CrowdRow) {
        for _ in 0..row.size {
            let chance = (&self.names, &mut self.dice);
            let person = somebody(self.world, chance, &[org.service], &row.domain);
            let role = self.dice.pick(&row.roles);
            self.join((org, days), person, &[role]);
            let seen = self.before_within(days);
            self.world
                .edit_person(person, |person| person.seen = Some(seen));
        }
    }

    fn join(&mut self, (org, days): (Key, i64), person: PersonKey, roles: &[&str]) {
        let joined = self.before_within(days);
        self.world.set_now(joined);
        self.world.add_member(org, person, roles);
    }

    /// Some time within the last `days`.
    fn before_within(&mut self, days: i64) -> Timestamp {
        let hours = self.dice.below(days.unsigned_abs() * 24);
        let hours = i64::try_from(hours).expect("a few years of hours");
        hours_before(self.origin, hours)
    }

    fn invite(&mut self, org: Key, row: InviteRow) {
        let sent = before(self.origin, row.days);
        let inviter = row.by.as_deref().map(|name| self.named(name));
        self.world.set_now(sent);
        self.world.add_invite(org, &row.email, |invite| {
            invite.role = row.role;
            invite.message = row.message;
            invite.inviter = inviter;
            invite.redirect_url = row.redirect_url;
            invite.notify = row.notify;
            invite.state = row.state;
            invite.metadata.public = row.public_metadata;
            invite.expires = row.valid_days.map(|days| before(sent, -days));
        });
    }
}

fn write(row: OrgRow, creator: PersonKey, org: &mut Org) {
    org.name = row.name;
    org.slug = row.slug;
    org.created_by = Some(creator);
    org.website = row.website;
    org.company.name = row.company_name;
    org.company.industry = row.industry;
    org.logo = row.logo.map(|filename| Logo {
        filename,
        content_type: "image/png".to_owned(),
        bytes: Bytes::from_static(PICTURE),
    });
    org.postal = row.postal;
    org.policy.max_members = row.max_members.unwrap_or(org.policy.max_members);
    org.policy.role_set = row
        .role_set
        .unwrap_or(std::mem::take(&mut org.policy.role_set));
    org.metadata.public = row.public_metadata;
    org.metadata.private = row.private_metadata;
}
