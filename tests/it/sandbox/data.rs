//! The demo world and worlds of any size.

use jiff::SignedDuration;
use orgdeck::sandbox::Service::{self, Balena, Clerk, Vulos};
use orgdeck::sandbox::data::Size;
use orgdeck::sandbox::world::{InviteState, Org, World};
use orgdeck::sandbox::{Options, Sandbox, Scenario};

use super::{demo, origin};

fn org<'a>(world: &'a World, name: &str) -> &'a Org {
    let mut orgs = Service::ALL.into_iter().flat_map(|each| world.orgs(each));
    orgs.find(|org| org.name == name).unwrap()
}

fn admins(world: &World, name: &str, role: &str) -> usize {
    let members = world.members_of(org(world, name).key);
    members.filter(|member| member.holds(role)).count()
}

#[tokio::test]
async fn seven_organizations_have_their_members() {
    demo().world(|world| {
        let counts = Service::ALL.map(|service| {
            let orgs = world.orgs(service);
            let counts = orgs.map(|org| (org.name.clone(), world.member_count(org.key)));
            counts.collect::<Vec<_>>()
        });
        let named = |rows: &[(&str, usize)]| {
            let rows = rows
                .iter()
                .map(|(name, count)| ((*name).to_owned(), *count));
            rows.collect::<Vec<_>>()
        };
        assert_eq!(counts[0], named(&[("Acme Fleet", 12), ("Acme Labs", 4)]));
        assert_eq!(
            counts[1],
            named(&[
                ("Acme Shop", 31),
                ("Acme Sandbox", 3),
                ("Partner Portal", 318)
            ])
        );
        assert_eq!(
            counts[2],
            named(&[("Harbour Pilots", 6), ("Quay Services", 24)])
        );
    });
}

#[tokio::test]
async fn administrators_are_as_the_services_demand() {
    demo().world(|world| {
        assert_eq!(admins(world, "Acme Fleet", "administrator"), 2);
        assert_eq!(admins(world, "Acme Labs", "administrator"), 1);
        assert_eq!(admins(world, "Acme Shop", "org:admin"), 2);
        let roles = |service, key: &str| world.role(service, key).is_some();
        for service in [Balena, Clerk] {
            for member in world.members(service) {
                assert_eq!(member.roles.len(), 1);
                assert!(roles(service, member.role()), "{}", member.role());
            }
        }
    });
}

#[tokio::test]
async fn the_acting_person_stands_where_the_tokens_need_them() {
    demo().world(|world| {
        let ana = world.person_by_email("Ana@Acme.example").unwrap().key;
        let role = |name: &str| world.membership(org(world, name).key, ana).unwrap().role();
        assert_eq!(role("Acme Fleet"), "administrator");
        assert_eq!(role("Acme Labs"), "administrator");
        assert_eq!(role("Harbour Pilots"), "SuperAdmin");
        assert_eq!(role("Quay Services"), "Moderator");
        for service in Service::ALL {
            assert!(world.memberships_of(ana, service).count() >= 2);
        }
        let dee = world.person_by_email("dee@acme.example").unwrap();
        assert!(
            Service::ALL
                .iter()
                .all(|service| dee.id(*service).is_some())
        );
    });
}

#[tokio::test]
async fn tokens_speak_for_the_acting_person() {
    let sandbox = demo();
    let (balena, clerk) = (sandbox.balena.token.clone(), sandbox.clerk.token.clone());
    sandbox.world(|world| {
        let ana = world.person_by_email("ana@acme.example").unwrap().key;
        let caller = world.caller(Balena, Some(&balena)).unwrap();
        assert_eq!(caller.person(), Some(ana));
        assert_eq!(world.caller(Clerk, Some(&clerk)).unwrap().person(), None);
        assert_eq!(world.caller(Balena, Some(&clerk)), None);
    });
}

#[tokio::test]
async fn some_invites_wait_and_some_have_expired() {
    demo().world(|world| {
        let count = |name: &str, state| {
            let invites = world.invites_of(org(world, name).key);
            invites
                .filter(|invite| invite.state_at(origin()) == state)
                .count()
        };
        assert_eq!(count("Acme Fleet", InviteState::Pending), 3);
        assert_eq!(count("Acme Shop", InviteState::Pending), 5);
        assert_eq!(count("Acme Shop", InviteState::Expired), 1);
        assert_eq!(count("Partner Portal", InviteState::Expired), 9);
        assert_eq!(count("Partner Portal", InviteState::Accepted), 1);
        assert_eq!(count("Partner Portal", InviteState::Revoked), 2);
        assert_eq!(world.pending_count(org(world, "Partner Portal").key), 2);
    });
}

#[tokio::test]
async fn names_are_hard_to_show() {
    demo().world(|world| {
        let people: Vec<_> = world.people(Clerk).collect();
        let first = people
            .iter()
            .filter_map(|person| person.first_name.as_deref());
        let last = people
            .iter()
            .filter_map(|person| person.last_name.as_deref());
        let names = first.chain(last).collect::<Vec<_>>().join("\n");
        for hard in [
            "文子",
            "민준",
            "क्षितिज",
            "جيل",
            "נועה",
            "🇳🇬",
            "👨\u{200d}👩\u{200d}👧",
            "A\u{30a}",
            "\u{1b}[31m",
            "\u{202e}",
        ] {
            assert!(names.contains(hard), "{hard:?}");
        }
        assert!(names.lines().any(|name| name.chars().count() > 100));
        assert!(people.iter().any(|person| person.first_name.is_none()));
    });
}

#[tokio::test]
async fn nothing_lies_in_the_future_and_the_clock_stands_at_the_origin() {
    demo().world(|world| {
        assert_eq!(world.now(), origin());
        for service in Service::ALL {
            assert!(world.orgs(service).all(|org| org.created < origin()));
            assert!(
                world
                    .members(service)
                    .all(|member| member.created <= origin())
            );
            assert!(
                world
                    .invites(service)
                    .all(|invite| invite.created < origin())
            );
        }
    });
}

#[tokio::test]
async fn the_same_seed_makes_the_same_world() {
    let world = |seed| {
        let options = Options {
            seed,
            ..Options::demo(origin())
        };
        let sandbox = Sandbox::start(&options).unwrap();
        sandbox.world(|world| {
            let members = Service::ALL
                .into_iter()
                .flat_map(|each| world.members(each));
            let members = members.map(|member| {
                let person = world.person(member.person).unwrap();
                (member.id.clone(), person.emails.clone(), member.created)
            });
            members.collect::<Vec<_>>()
        })
    };
    assert_eq!(world(1), world(1));
    assert_ne!(world(1), world(2));
}

#[tokio::test]
async fn ids_beyond_32_bits_are_there() {
    demo().world(|world| {
        assert_eq!(org(world, "Quay Services").id, "4294967338");
        assert_eq!(org(world, "Harbour Pilots").id, "41");
        let made = world.add_org(Vulos, |org| org.name = "Later".to_owned());
        assert_eq!(made.number, 4_294_967_339);
        assert!(world.orgs(Balena).all(|org| org.key.number < 1 << 31));
    });
}

#[tokio::test]
async fn a_large_world_has_the_size_that_was_asked_for() {
    let size = Size {
        orgs: 2_000,
        members: 20_000,
        invites: 50,
    };
    let options = Options {
        scenario: Scenario::Sized(size),
        ..Options::demo(origin())
    };
    let sandbox = Sandbox::start(&options).unwrap();
    sandbox.world(|world| {
        let ana = world.person_by_email("ana@acme.example").unwrap().key;
        for service in Service::ALL {
            assert_eq!(world.orgs(service).count(), 2_000);
            assert_eq!(world.memberships_of(ana, service).count(), 2_000);
            let mut orgs = world.orgs(service);
            let first = orgs.next().unwrap().key;
            assert_eq!(world.member_count(first), 20_000);
            assert_eq!(world.invites_of(first).count(), 50);
            assert!(orgs.all(|org| (1..=20).contains(&world.member_count(org.key))));
        }
    });
}

#[tokio::test]
async fn a_tiny_world_still_has_its_acting_person() {
    let size = Size {
        orgs: 1,
        members: 0,
        invites: 0,
    };
    let options = Options {
        scenario: Scenario::Sized(size),
        ..Options::demo(origin())
    };
    let sandbox = Sandbox::start(&options).unwrap();
    sandbox.world(|world| {
        assert!(Service::ALL.map(|each| world.members(each).count()) == [1, 1, 1]);
        world.advance(SignedDuration::from_hours(24));
        assert_eq!(world.now(), origin() + SignedDuration::from_hours(24));
    });
}
