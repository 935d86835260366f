//! Somebody else is faster, at whatever read of a command it happens, on each service; and nobody is there to
//! be asked.

use orgdeck::sandbox::Service::{self, Balena, Clerk, Vulos};
use orgdeck::sandbox::faults::{Fault, Rule, Turn};
use orgdeck::sandbox::world::{InviteState, World};

use super::stage::Stage;

/// A write, what somebody else makes of its record, and the words for both.
struct Case {
    service: Service,
    line: &'static str,
    turn: Turn,
    both: [&'static str; 2],
}

const CASES: [Case; 5] = [
    Case {
        service: Balena,
        line: "org edit balena/acme_fleet --field name=Ours --yes",
        turn: Turn(|world| rename(world, Balena, "Acme Fleet")),
        both: ["Acme Fleet", "Renamed"],
    },
    Case {
        service: Clerk,
        line: "org edit clerk/acme-shop --field name=Ours --yes",
        turn: Turn(|world| rename(world, Clerk, "Acme Shop")),
        both: ["Acme Shop", "Renamed"],
    },
    Case {
        service: Vulos,
        line: "org edit vulos/41 --field name=Ours --yes",
        turn: Turn(|world| rename(world, Vulos, "Harbour Pilots")),
        both: ["Harbour Pilots", "Renamed"],
    },
    Case {
        service: Clerk,
        line: "member role clerk/acme-shop bo --set org:admin --yes",
        turn: Turn(|world| {
            let bo = world.person_by_email("bo@acme.example").unwrap().key;
            let org = world.org_by_slug(Clerk, "acme-shop").unwrap().key;
            let member = world.membership(org, bo).unwrap().key;
            world.set_role(member, "org:billing");
        }),
        both: ["Member", "Billing"],
    },
    Case {
        service: Balena,
        line: "member remove balena/acme_fleet quinn --confirm acme_fleet --yes",
        turn: Turn(|world| {
            let quinn = world.person_by_username("quinn").unwrap().key;
            let mut orgs = world.orgs(Balena);
            let org = orgs.find(|org| org.name == "Acme Fleet").unwrap().key;
            drop(orgs);
            let member = world.membership(org, quinn).unwrap().key;
            world.set_role(member, "administrator");
        }),
        both: ["is now", "administrator"],
    },
];

fn rename(world: &mut World, service: Service, name: &str) {
    let mut orgs = world.orgs(service);
    let key = orgs.find(|org| org.name == name).unwrap().key;
    drop(orgs);
    world.edit_org(key, |org| "Renamed".clone_into(&mut org.name));
}

#[test]
fn r27_on_each_service_a_record_that_changed_meanwhile_is_5_with_both_values() {
    for case in CASES {
        let mut met = 0;
        for reads in 0..12 {
            let stage = Stage::new();
            let change = Rule::once(Fault::Meanwhile(case.turn)).method("GET");
            stage.sandbox.fail(case.service, change.after(reads));
            let ran = stage.run(case.line);
            let applied = stage.sandbox.applied(case.service).len();
            // What is seen before the plan is made is what is shown, and what comes after all reads is late.
            if applied == 0 && case.both.iter().all(|value| ran.stderr.contains(value)) {
                met += 1;
                assert_eq!(ran.code, Some(5), "{reads} {}: {ran}", case.line);
            } else {
                assert_eq!(
                    (applied, ran.code),
                    (1, Some(0)),
                    "{reads} {}: {ran}",
                    case.line
                );
            }
        }
        assert!(met > 0, "no read came in between: {}", case.line);
    }
}

/// Whoever was invited has come in before the yes: there is nothing to take back.
fn accept(world: &mut World) {
    let open = world
        .invites(Clerk)
        .filter(|one| one.state == InviteState::Pending);
    let open: Vec<_> = open.map(|one| one.key).collect();
    for invite in open {
        world.edit_invite(invite, |invite| invite.state = InviteState::Accepted);
    }
}

#[test]
fn r28_an_invite_that_was_accepted_meanwhile_is_5_and_no_new_one_goes_out() {
    for verb in ["revoke", "resend"] {
        let mut met = 0;
        for reads in 0..12 {
            let stage = Stage::new();
            let change = Rule::once(Fault::Meanwhile(Turn(accept))).method("GET");
            stage.sandbox.fail(Clerk, change.after(reads));
            let ran = stage.run(&format!(
                "invite {verb} clerk/acme-shop hal@acme.example --yes"
            ));
            if ran
                .stderr
                .contains("the person is a member; remove the member instead")
            {
                met += 1;
                assert_eq!(ran.code, Some(5), "{reads} {verb}: {ran}");
                assert!(stage.sandbox.applied(Clerk).is_empty(), "{reads} {verb}");
            }
            assert!(!ran.stdout.contains("already so"), "{reads} {verb}: {ran}");
        }
        assert!(met > 0, "no read came in between: {verb}");
    }
}
