//! Every read that a service offers brings what the world holds.

use std::collections::BTreeSet;

use orgdeck::domain::{Answer, Membership, Query, Text, Told, UserId, Verb};
use orgdeck::sandbox::Service;
use orgdeck::sandbox::world::{Org, World};
use serde_json::{Value as Json, json};

use super::cast::Cast;
use super::paging::{ids, open_invites};
use super::{Stand, services};

#[tokio::test]
async fn every_offered_read_brings_what_is_there() {
    for service in services() {
        let stand = Stand::of(service);
        let cast = Cast::of(&stand);
        for verb in Verb::ALL.iter().copied() {
            let Some(query) = cast.query(verb) else {
                continue;
            };
            if stand.link.check(verb).is_err() {
                continue;
            }
            let answer = stand.link.query(query).await;
            let answer =
                answer.unwrap_or_else(|error| panic!("{} {verb:?}: {error:?}", service.0.name));
            stand.sandbox.world(|world| holds(world, &cast, answer));
        }
        assert!(stand.writes().is_empty());
    }
}

/// Asserts that an answer of a service is what its world holds.
fn holds(world: &World, cast: &Cast, answer: Answer) {
    let service = cast.org.service;
    let (org, member) = (world.org(cast.org).unwrap(), cast.now(world).unwrap());
    match answer {
        Answer::Principal(principal) => {
            let told = principal.user.as_ref().map(UserId::raw);
            let own = world.person(cast.caller).unwrap().id(service);
            assert_eq!(told, told.and(own));
        }
        Answer::Org(shown) => {
            assert_eq!(shown.name, Told::Is(Text::from(org.name.as_str())));
            let count = world.member_count(org.key) as u64;
            assert_eq!(shown.members, Told::Is(count));
        }
        Answer::Json(document) => {
            let document: Json = serde_json::from_str(document.raw()).unwrap();
            assert_eq!(document, json!(org.metadata.public));
        }
        Answer::Member(shown) => {
            assert_eq!(shown.id.raw(), member.id);
            let person = world.person(member.person).unwrap();
            assert_eq!(shown.user.known().map(UserId::raw), person.id(service));
        }
        Answer::Assignments(held) => {
            let keys: Vec<_> = held.iter().map(|held| held.role.key.raw()).collect();
            let there: Vec<_> = member.roles.iter().map(|held| &held.role).collect();
            assert_eq!(keys, there);
        }
        Answer::Roles(roles) => {
            let keys: Vec<_> = roles.iter().map(|role| role.item.key.raw()).collect();
            let known = |key| keys.contains(&key);
            assert!(known(member.role()) && known(cast.role), "{keys:?}");
        }
        Answer::Users(page) => {
            let found: Vec<_> = page.rows.iter().map(|row| &row.item.id).collect();
            assert_eq!(found, [&cast.stranger_id()]);
        }
        list => {
            let (listed, there) = lists(world, cast, list);
            assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), there);
        }
    }
}

/// The ids that a list holds, and those that it should hold.
fn lists(world: &World, cast: &Cast, answer: Answer) -> (Vec<String>, BTreeSet<String>) {
    match answer {
        Answer::Orgs(page) => (ids(&page.rows, |org| org.id.raw()), reachable(world, cast)),
        Answer::Members(page) => {
            let there = world.members_of(cast.org).map(|member| member.id.clone());
            (ids(&page.rows, |member| member.id.raw()), there.collect())
        }
        Answer::Memberships(page) => {
            let there = world.memberships_of(cast.followed(world), cast.org.service);
            let there = there.map(|one| world.org(one.org).unwrap().id.clone());
            let org = |one: &Membership| one.member.at.org.raw().to_owned();
            let listed = page.rows.iter().map(|row| org(&row.item));
            (listed.collect(), there.collect())
        }
        Answer::Invites(page) => {
            let there = open_invites(world, cast.org);
            (ids(&page.rows, |invite| invite.at.id.raw()), there)
        }
        other => panic!("no verb of its own asks for {other:?}"),
    }
}

/// The ids of the organizations that the credential reaches: its person's, or all of an instance.
fn reachable(world: &World, cast: &Cast) -> BTreeSet<String> {
    let service = cast.org.service;
    let person = world.person(cast.caller).unwrap();
    let own = |org: &&Org| world.membership(org.key, person.key).is_some();
    let instance = service == Service::Clerk;
    let orgs = world.orgs(service).filter(|org| instance || own(org));
    orgs.map(|org| org.id.clone()).collect()
}

#[tokio::test]
async fn a_probe_says_what_the_table_says_of_a_service_with_everything() {
    for service in services() {
        let stand = Stand::of(service);
        let before = stand.link.capabilities();
        stand.link.query(Query::Probe).await.unwrap();
        assert_eq!(stand.link.capabilities(), before, "{}", service.0.name);
    }
}
