//! Fills worlds: the demo of seven organizations, and worlds of any size.
//!
//! The facts are in `assets/sandbox`; what is made by chance repeats itself for the same seed. History
//! is replayed: the clock is put back and each record is added at its own time.

mod crowd;
mod demo;
mod sized;

use jiff::{SignedDuration, Timestamp};

use super::balena::jwt;
use super::world::{Actor, Catalogue, Principal, World};
use super::{Options, Service};

/// Who and what is in the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scenario {
    /// Seven organizations with all that is hard to show.
    Demo,
    /// As much as is wanted.
    Sized(Size),
}

/// How large a made-up world is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Organizations of each face.
    pub orgs: u64,
    /// Members of the first organization of each face; the others have 1 to 20.
    pub members: u64,
    /// Invites of the first organization of each face; the others have 1 to 20.
    pub invites: u64,
}

/// The person on whose behalf the tokens of balena and Vulos act.
const ACTING: &str = "ana@acme.example";

pub(super) fn build(options: &Options) -> World {
    let mut world = World::empty(options.origin);
    let catalogue: Catalogue =
        serde_json::from_str(include_str!("../../../assets/sandbox/catalogue.json"))
            .expect("the file was checked by the tests");
    world.catalogue = catalogue.complete(before(options.origin, 2_000));
    match options.scenario {
        Scenario::Demo => demo::fill(&mut world, options.seed),
        Scenario::Sized(size) => sized::fill(&mut world, size, options.seed),
    }
    world.set_now(options.origin);
    world
}

pub(super) fn grant(world: &mut World, [balena, clerk, vulos]: &[String; 3]) {
    let acting = world.person_by_email(ACTING);
    let acting = acting.expect("every scenario has the acting person").key;
    world.sign_ins.person = Some(acting);
    let person = Principal::new(Actor::User(acting));
    let session = Principal {
        second_factor: jwt::factor(balena),
        ..person.clone()
    };
    world.grant(Service::Balena, balena, session);
    world.grant(Service::Clerk, clerk, Principal::new(Actor::Instance));
    world.grant(Service::Vulos, vulos, person);
}

/// So many days before `origin`; negative ones are after it.
fn before(origin: Timestamp, days: i64) -> Timestamp {
    hours_before(origin, 24 * days)
}

fn hours_before(origin: Timestamp, hours: i64) -> Timestamp {
    let hours = SignedDuration::from_hours(hours);
    origin.checked_sub(hours).unwrap_or(origin)
}
