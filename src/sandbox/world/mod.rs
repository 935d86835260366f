//! The neutral world behind the three faces: people, organizations, memberships, invites, roles,
//! settings, tokens and a clock.
//!
//! It keeps its records consistent and quick to find; it knows no protocol and enforces no rule of a
//! service. A face checks its service's rules first and then changes the world.

mod catalogue;
mod ids;
mod invites;
mod members;
mod meter;
mod orgs;
mod people;
mod sign_in;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

pub use catalogue::{BalenaKind, BodyEncoding, Catalogue, Permission, Role, RoleSet, Settings};
pub use ids::{Kind, number_in, written};
pub use invites::{Invite, InviteState};
pub use members::{Assignment, Member};
pub use orgs::{Company, Logo, Org, Policy, Postal};
pub use people::{Person, PersonKey};
pub use sign_in::{Allowed, Code, Consent, SignIns};
pub use tokens::{Actor, Principal, SecondFactor};

use crate::sandbox::Service;
use ids::Numbers;
use meter::Meter;

/// Where an organization, a membership or an invite is kept; ordered by age within a service.
///
/// The number is the id itself on balena and for organizations on Vulos.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The service that owns the record.
    pub service: Service,
    /// The record's number there.
    pub number: u64,
}

impl Key {
    /// The key of the record `number` of `service`.
    pub fn new(service: Service, number: u64) -> Self {
        Self { service, number }
    }

    fn first(service: Service) -> Self {
        Self::new(service, 0)
    }

    fn last(service: Service) -> Self {
        Self::new(service, u64::MAX)
    }
}

/// Free values that programs attach to a record (Clerk).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// What browsers may read.
    pub public: Map<String, Value>,
    /// What only a back end may read.
    pub private: Map<String, Value>,
}

/// Everything the three services know.
#[derive(Clone, Debug)]
pub struct World {
    /// Roles, permissions and role sets.
    pub catalogue: Catalogue,
    /// The switches of the three services.
    pub settings: Settings,
    /// The open ends of sign-ins (Vulos).
    pub sign_ins: SignIns,
    now: Timestamp,
    /// What time is never behind.
    clock: Option<fn() -> Timestamp>,
    numbers: Numbers,
    serial: u64,
    people: BTreeMap<PersonKey, Person>,
    emails: BTreeMap<String, PersonKey>,
    usernames: BTreeMap<String, PersonKey>,
    orgs: BTreeMap<Key, Org>,
    slugs: BTreeMap<(Service, String), Key>,
    members: BTreeMap<Key, Member>,
    members_by_org: BTreeSet<(Key, Key)>,
    members_by_person: BTreeMap<(PersonKey, Key), Key>,
    invites: BTreeMap<Key, Invite>,
    invites_by_org: BTreeSet<(Key, Key)>,
    /// Ids that were chosen, not made from a number.
    chosen: BTreeMap<(Service, Kind, String), u64>,
    tokens: BTreeMap<(Service, String), Principal>,
    meter: Meter,
}

impl World {
    /// A world without anybody in it, at `now`.
    pub fn empty(now: Timestamp) -> Self {
        Self {
            catalogue: Catalogue::default(),
            settings: Settings::default(),
            sign_ins: SignIns::default(),
            now,
            clock: None,
            numbers: Numbers::default(),
            serial: 0,
            people: BTreeMap::new(),
            emails: BTreeMap::new(),
            usernames: BTreeMap::new(),
            orgs: BTreeMap::new(),
            slugs: BTreeMap::new(),
            members: BTreeMap::new(),
            members_by_org: BTreeSet::new(),
            members_by_person: BTreeMap::new(),
            invites: BTreeMap::new(),
            invites_by_org: BTreeSet::new(),
            chosen: BTreeMap::new(),
            tokens: BTreeMap::new(),
            meter: Meter::default(),
        }
    }

    /// The world's time; it moves one second with each change, and at nothing else unless it follows a clock.
    pub fn now(&self) -> Timestamp {
        self.clock.map_or(self.now, |clock| self.now.max(clock()))
    }

    /// From now on time is never behind this clock.
    pub fn follow(&mut self, clock: fn() -> Timestamp) {
        self.clock = Some(clock);
    }

    /// Puts the clock to `now`.
    pub fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// Moves the clock by `step`; stays where it is at the end of time.
    pub fn advance(&mut self, step: SignedDuration) {
        let now = self.now();
        self.now = now.checked_add(step).unwrap_or(now);
    }

    /// A number that no earlier call gave, for trace and request ids.
    pub fn serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    /// Counts one use of `bucket`, of which `limit` are allowed within `window`.
    ///
    /// # Errors
    /// How long to wait, when the limit is reached; then nothing is counted.
    pub fn spend(
        &mut self,
        bucket: &str,
        limit: usize,
        window: SignedDuration,
    ) -> Result<(), SignedDuration> {
        self.meter.spend(bucket, limit, (self.now(), window))
    }

    fn tick(&mut self) -> Timestamp {
        self.advance(SignedDuration::from_secs(1));
        self.now
    }

    fn choose(&mut self, kind: Kind, key: Key, id: &str) {
        if written(key.service, kind, key.number) != id {
            let name = (key.service, kind, id.to_owned());
            self.chosen.insert(name, key.number);
        }
    }

    fn number_of(&self, service: Service, kind: Kind, id: &str) -> Option<u64> {
        let chosen = (service, kind, id.to_owned());
        let known = self.chosen.get(&chosen).copied();
        known.or_else(|| number_in(service, kind, id))
    }
}
