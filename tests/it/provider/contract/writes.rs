//! Every write that a service offers is done, and its world shows it.

use orgdeck::domain::entry::Event;
use orgdeck::domain::{Outcome, Verb, Wish};
use orgdeck::sandbox::world::{InviteState, World};

use super::cast::Cast;
use super::fields::{ADDRESS, NAME, draft, kept, same};
use super::{Stand, services};

#[tokio::test]
async fn every_offered_write_is_done_and_shows_in_the_world() {
    for service in services() {
        for verb in Verb::ALL.iter().copied().filter(|verb| !verb.is_read()) {
            let stand = Stand::of(service);
            let cast = Cast::of(&stand);
            if stand.link.check(verb).is_err() {
                continue;
            }
            let shows = |world: &mut World| shows(verb, &cast, world);
            assert!(
                !stand.sandbox.world(shows),
                "{} {verb:?} too early",
                service.0.name
            );
            let wish = cast.wish(verb, &stand).await.unwrap();
            stand.done(wish.clone()).await;
            assert!(stand.sandbox.world(shows), "{} {verb:?}", service.0.name);
            in_full(&stand, &cast, &wish);
            recorded(&stand);
        }
    }
}

/// Whether the world shows what a write of this verb does to the cast.
pub(super) fn shows(verb: Verb, cast: &Cast, world: &World) -> bool {
    let service = cast.org.service;
    let org = world.org(cast.org);
    let member = cast.now(world);
    let made = |name: &str| world.orgs(service).any(|org| org.name == name);
    let invited = |email: &str| {
        let open = |state| state == InviteState::Pending;
        let mut invites = world.invites_of(cast.org);
        invites.any(|one| one.email == email && open(one.state_at(world.now())))
    };
    let open = world
        .invite(cast.invite)
        .filter(|one| one.state == InviteState::Pending);
    match verb {
        Verb::OrgCreate | Verb::OrgEdit => made(NAME),
        Verb::OrgDelete => org.is_none(),
        Verb::LogoSet => org.is_some_and(|org| {
            let logo = org.logo.as_ref();
            logo.is_some_and(|logo| logo.bytes.ends_with(b"and the picture"))
        }),
        Verb::LogoRemove => org.is_some_and(|org| org.logo.is_none()),
        Verb::MetadataSet => org.is_some_and(|org| org.metadata.public.contains_key("tier")),
        Verb::MemberAdd => world.membership(cast.org, cast.stranger).is_some(),
        Verb::MemberRole => member.is_some_and(|one| one.roles.len() == 1 && one.holds(cast.role)),
        Verb::MemberRemove => member.is_none(),
        Verb::MemberLeave => world.membership(cast.org, cast.caller).is_none(),
        Verb::InviteCreate => invited(ADDRESS),
        Verb::InviteRevoke => open.is_none(),
        Verb::InviteResend => again(cast, world),
        Verb::InviteAccept => world.membership(cast.elsewhere, cast.caller).is_some(),
        reads => panic!("{reads:?} changes nothing"),
    }
}

/// Whether the address of the cast's invite has a newer open one.
fn again(cast: &Cast, world: &World) -> bool {
    let pending = |state| state == InviteState::Pending;
    let mut newer = world
        .invites_of(cast.org)
        .filter(|one| one.key > cast.invite);
    newer.any(|one| one.email == cast.email() && pending(one.state))
}

/// What a wish carries in many parts is there in all of them.
fn in_full(stand: &Stand, cast: &Cast, wish: &Wish) {
    let can = stand.link.capabilities();
    stand.sandbox.world(|world| {
        let named = |org: &&orgdeck::sandbox::world::Org| org.name == NAME;
        let org = || world.orgs(cast.org.service).find(named).unwrap();
        match wish {
            Wish::CreateOrg { .. } => kept(&can.create, cast, (world, org())),
            Wish::EditOrg { .. } => kept(&can.edit, cast, (world, org())),
            Wish::SetMetadata { .. } => {
                let public = &world.org(cast.org).unwrap().metadata.public;
                assert!(!public.contains_key("plan"), "null removes a key");
                assert!(public.contains_key("note"), "the rest stays");
            }
            Wish::Invite { .. } => {
                let mut invites = world.invites_of(cast.org);
                let invite = invites.find(|one| one.email == ADDRESS).unwrap();
                same(&draft(&can.invite, cast), invite);
            }
            _ => {}
        }
    });
}

/// The journal holds the plan, then an intent and a done end for each step.
fn recorded(stand: &Stand) {
    let entries = stand.journal.entries();
    let (first, rest) = entries.split_first().unwrap();
    let Event::Planned { plan, .. } = &first.event else {
        panic!("the plan comes first: {first:?}");
    };
    assert_eq!(rest.len(), 2 * plan.steps.len());
    for pair in rest.chunks(2) {
        assert!(matches!(pair[0].event, Event::Intent { .. }));
        let Event::Ended { outcome, .. } = &pair[1].event else {
            panic!("an end follows its intent: {:?}", pair[1]);
        };
        assert!(matches!(**outcome, Outcome::Done(_)));
    }
}
