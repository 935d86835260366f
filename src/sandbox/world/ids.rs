//! Identifiers in the services' own forms.
//!
//! An id is a reversible scramble of the record's number, so that no index from text to record has
//! to be kept for a hundred thousand members; ids look random, grow with nothing visible and are
//! never given out twice.

use std::collections::BTreeMap;

use crate::sandbox::Service;
use crate::sandbox::dice::{Dice, base62, from_base62};

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A user; one number serves all services.
    Person,
    /// An organization.
    Org,
    /// A membership.
    Member,
    /// An invite.
    Invite,
    /// A role held by one member.
    Assignment,
    /// A role of the catalogue.
    Role,
    /// A permission of the catalogue.
    Permission,
    /// A set of roles.
    RoleSet,
    /// An e-mail address of a user.
    Email,
}

/// Gives out numbers, one sequence for each service and kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers(BTreeMap<(Service, Kind), u64>);

impl Numbers {
    pub(super) fn take(&mut self, service: Service, kind: Kind) -> u64 {
        let last = self
            .0
            .entry((service, kind))
            .or_insert_with(|| before_first(service, kind));
        *last += 1;
        *last
    }

    /// Keeps the sequence above `number`, which somebody chose himself.
    pub(super) fn claim(&mut self, service: Service, kind: Kind, number: u64) {
        let last = self
            .0
            .entry((service, kind))
            .or_insert_with(|| before_first(service, kind));
        *last = number.max(*last);
    }
}

/// balena's ids are 32-bit; those of Vulos' organizations need more, to find clients that cut them.
fn before_first(service: Service, kind: Kind) -> u64 {
    match (service, kind) {
        (Service::Balena, Kind::Org) => 26_473,
        (Service::Balena, Kind::Member) => 104_000,
        (Service::Balena, Kind::Invite) => 2_861,
        (Service::Balena, Kind::Person) => 5_226,
        (Service::Vulos, Kind::Org) => 2_147_483_700,
        _ => 0,
    }
}

/// The id of the record `number`, in the form that `service` gives to its `kind`.
pub fn written(service: Service, kind: Kind, number: u64) -> String {
    match (service, kind) {
        (Service::Balena, _) | (Service::Vulos, Kind::Org) => number.to_string(),
        (Service::Clerk, kind) => tagged(kind, number),
        (Service::Vulos, kind) => guid(kind, number),
    }
}

/// The number inside an id that [`written`] made; none for any other text.
pub fn number_in(service: Service, kind: Kind, id: &str) -> Option<u64> {
    let number = match (service, kind) {
        (Service::Balena, _) | (Service::Vulos, Kind::Org) => id.parse().ok()?,
        (Service::Clerk, kind) => number_in_tagged(kind, id)?,
        (Service::Vulos, kind) => number_in_guid(kind, id)?,
    };
    (written(service, kind, number) == id).then_some(number)
}

/// Begins every made id on Clerk, whose own begin with a time.
const MARK: &str = "2xBox";

fn tagged(kind: Kind, number: u64) -> String {
    let scrambled = scramble(number, 0);
    let filler = base62(Dice::new(scrambled).roll(), 11);
    format!("{}{MARK}{}{filler}", tag(kind), base62(scrambled, 11))
}

fn number_in_tagged(kind: Kind, id: &str) -> Option<u64> {
    let digits = id.strip_prefix(tag(kind))?.strip_prefix(MARK)?.get(..11)?;
    Some(unscramble(from_base62(digits)?, 0))
}

fn tag(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "user_",
        Kind::Org => "org_",
        Kind::Member => "orgmem_",
        Kind::Invite => "orginv_",
        Kind::Assignment => "assign_",
        Kind::Role => "role_",
        Kind::Permission => "perm_",
        Kind::RoleSet => "roleset_",
        Kind::Email => "idn_",
    }
}

fn guid(kind: Kind, number: u64) -> String {
    let scrambled = scramble(number, salt(kind));
    let filler = Dice::new(scrambled ^ salt(kind)).roll();
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:04x}{:08x}",
        scrambled >> 32,
        (scrambled >> 16) & 0xffff,
        filler & 0xfff,
        (filler >> 12) & 0xfff,
        scrambled & 0xffff,
        filler >> 32,
    )
}

fn number_in_guid(kind: Kind, id: &str) -> Option<u64> {
    let digits = [id.get(..8)?, id.get(9..13)?, id.get(24..28)?].concat();
    let scrambled = u64::from_str_radix(&digits, 16).ok()?;
    Some(unscramble(scrambled, salt(kind)))
}

fn salt(kind: Kind) -> u64 {
    (kind as u64 + 1) << 40
}

const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
const INVERSE: u64 = inverse_of(ODD);

fn scramble(number: u64, salt: u64) -> u64 {
    let mixed = (number ^ salt).wrapping_mul(ODD);
    mixed ^ (mixed >> 32)
}

fn unscramble(scrambled: u64, salt: u64) -> u64 {
    (scrambled ^ (scrambled >> 32)).wrapping_mul(INVERSE) ^ salt
}

/// The inverse modulo 2^64, by Newton's iteration: each step doubles the right bits.
const fn inverse_of(odd: u64) -> u64 {
    let mut inverse = odd;
    let mut step = 0;
    while step < 5 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse)));
        step += 1;
    }
    inverse
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_leads_back_to_its_number() {
        for service in Service::ALL {
            for number in [1, 41, 101, 3_000_000_000, u64::MAX] {
                for kind in [Kind::Person, Kind::Org, Kind::Member, Kind::Invite] {
                    let id = written(service, kind, number);
                    assert_eq!(number_in(service, kind, &id), Some(number), "{id}");
                }
            }
        }
    }

    #[test]
    fn foreign_and_damaged_ids_name_nothing() {
        let org = written(Service::Clerk, Kind::Org, 7);
        assert_eq!(number_in(Service::Clerk, Kind::Member, &org), None);
        assert_eq!(number_in(Service::Clerk, Kind::Org, &org[..30]), None);
        assert_eq!(number_in(Service::Balena, Kind::Org, "007"), None);
        let member = written(Service::Vulos, Kind::Member, 7);
        assert_eq!(number_in(Service::Vulos, Kind::Person, &member), None);
        assert_eq!(
            number_in(Service::Vulos, Kind::Member, "é0000000-0000"),
            None
        );
    }
}
