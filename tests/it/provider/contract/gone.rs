//! What somebody else has taken away meanwhile: what is said of it is what the world shows.

use std::sync::Arc;

use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{Fault, Outcome, Verb};
use orgdeck::gate::Crossing;
use orgdeck::provider::registry::Service;
use orgdeck::sandbox;
use orgdeck::sandbox::faults::{Fault as Trouble, Rule, Turn};
use orgdeck::sandbox::world::{InviteState, Key, World};

use super::cast::Cast;
use super::writes::shows;
use super::{Stand, actor, services};
use crate::support::consent::consent;

/// When somebody else is faster.
#[derive(Clone, Copy, Debug)]
enum When {
    /// After the plan was shown.
    BeforeTheYes,
    /// After the last look, just before the request takes effect.
    OnTheWay,
}

/// Takes everybody but the caller away, and every invite.
fn vanish(world: &mut World) {
    let caller = world.person_by_email("ana@acme.example").unwrap().key;
    for service in sandbox::Service::ALL {
        let others = world.members(service).filter(|one| one.person != caller);
        let others: Vec<Key> = others.map(|one| one.key).collect();
        for other in others {
            drop(world.remove_member(other));
        }
        let invites: Vec<Key> = world.invites(service).map(|one| one.key).collect();
        for invite in invites {
            // balena forgets an invite with its end.
            if service == sandbox::Service::Balena {
                drop(world.remove_invite(invite));
            } else {
                world.edit_invite(invite, |invite| invite.state = InviteState::Revoked);
            }
        }
    }
}

/// Everybody who is invited is let in.
fn join(world: &mut World) {
    for service in [sandbox::Service::Balena, sandbox::Service::Clerk] {
        let open = world
            .invites(service)
            .filter(|one| one.state == InviteState::Pending);
        let open: Vec<_> = open
            .map(|one| (one.key, one.org, one.email.clone()))
            .collect();
        for (invite, org, email) in open {
            let known = world.person_by_email(&email).map(|person| person.key);
            let person = known.unwrap_or_else(|| {
                world.add_person(|person| {
                    person.emails = vec![email];
                    person.join(service);
                })
            });
            let _ = world.add_member(org, person, &[]);
            if service == sandbox::Service::Balena {
                drop(world.remove_invite(invite));
            } else {
                world.edit_invite(invite, |invite| invite.state = InviteState::Accepted);
            }
        }
    }
}

/// The caller is a member of nothing any more.
fn banish(world: &mut World) {
    let caller = world.person_by_email("ana@acme.example").unwrap().key;
    for service in sandbox::Service::ALL {
        let own = world.memberships_of(caller, service);
        let own: Vec<Key> = own.map(|one| one.key).collect();
        for one in own {
            drop(world.remove_member(one));
        }
    }
}

/// What came of taking something away that somebody else was faster with.
struct End {
    outcome: Outcome,
    /// How many writes went out.
    writes: usize,
    /// Whether it is as it was wanted, by the service's own record.
    is_so: bool,
}

/// What comes of taking away what somebody else has had a turn with; none where the service offers no such
/// verb.
async fn taken_away(
    service: (Service, sandbox::Service),
    (verb, when): (Verb, When),
    turn: fn(&mut World),
) -> Option<End> {
    let stand = Stand::of(service);
    stand.link.check(verb).ok()?;
    let cast = Cast::of(&stand);
    let wish = cast.wish(verb, &stand).await?;
    let plan = stand.gate.prepare(&stand.link, wish).await.unwrap();
    match when {
        When::BeforeTheYes => stand.sandbox.world(turn),
        When::OnTheWay => {
            for method in ["DELETE", "POST"] {
                let rule = Rule::once(Trouble::Meanwhile(Turn(turn)));
                stand.sandbox.fail(stand.kind, rule.method(method));
            }
        }
    }
    let crossing = Crossing {
        link: Arc::clone(&stand.link),
        actor: actor(),
        number: 0,
        step: plan.steps[0].clone(),
        consent: consent(&plan, TaskId(1)),
    };
    let outcome = stand.gate.carry(crossing).await.unwrap();
    Some(End {
        outcome,
        writes: stand.writes().len(),
        is_so: stand.sandbox.world(|world| shows(verb, &cast, world)),
    })
}

/// The same at both moments, and the moments in words.
async fn at_each_moment(
    service: (Service, sandbox::Service),
    verb: Verb,
    turn: fn(&mut World),
) -> Vec<(When, String, End)> {
    let mut ends = Vec::new();
    for when in [When::BeforeTheYes, When::OnTheWay] {
        if let Some(end) = taken_away(service, (verb, when), turn).await {
            let told = format!("{} {verb:?} {when:?}: {:?}", service.0.name, end.outcome);
            ends.push((when, told, end));
        }
    }
    ends
}

#[tokio::test]
async fn r28_what_is_gone_already_is_called_done() {
    let mut tried = 0;
    for service in services() {
        for verb in [Verb::MemberRemove, Verb::InviteRevoke] {
            for (when, told, end) in at_each_moment(service, verb, vanish).await {
                tried += 1;
                assert!(
                    matches!(end.outcome, Outcome::Done(_)) && end.is_so,
                    "{told}"
                );
                let expected = usize::from(matches!(when, When::OnTheWay));
                assert_eq!(end.writes, expected, "{told}");
            }
        }
    }
    assert_eq!(
        tried,
        2 * (2 + 2 + 1),
        "removals everywhere, revocations where invites are listed"
    );
}

/// Where the service keeps what became of an invite, an accepted one was not taken back; where it keeps
/// nothing, that is what is said.
#[tokio::test]
async fn r28_an_invite_that_was_accepted_is_not_called_taken_back() {
    let mut tried = 0;
    for service in services() {
        for (when, told, end) in at_each_moment(service, Verb::InviteRevoke, join).await {
            tried += 1;
            match (service.1, when, end.outcome) {
                (sandbox::Service::Clerk, _, Outcome::Refused(error)) => {
                    assert_eq!(error.fault, Fault::Conflict, "{told}");
                    let words = error.words.unwrap();
                    assert!(words.raw().contains("the person is a member"), "{told}");
                }
                (sandbox::Service::Balena, When::BeforeTheYes, Outcome::Done(receipt)) => {
                    let words = receipt.words.unwrap();
                    assert!(words.raw().contains("revoked or accepted"), "{told}");
                }
                (sandbox::Service::Balena, When::OnTheWay, Outcome::Done(_)) => {}
                _ => panic!("{told}"),
            }
            let expected = usize::from(matches!(when, When::OnTheWay));
            assert_eq!(end.writes, expected, "{told}");
        }
    }
    assert_eq!(tried, 4, "where invites are listed");
}

/// Who is no member any more sees nothing of an organization, which proves nothing of what it holds.
#[tokio::test]
async fn r28_what_is_out_of_our_sight_is_not_called_gone() {
    let mut tried = 0;
    let services = services().into_iter();
    for service in services.filter(|(row, _)| row.name != "clerk") {
        for verb in [
            Verb::MemberRemove,
            Verb::InviteRevoke,
            Verb::MemberLeave,
            Verb::OrgDelete,
        ] {
            for (when, told, end) in at_each_moment(service, verb, banish).await {
                // A deletion that was answered with a success leaves nothing to be seen either.
                if verb == Verb::OrgDelete && matches!(when, When::OnTheWay) {
                    continue;
                }
                tried += 1;
                let is_done = matches!(end.outcome, Outcome::Done(_));
                assert_eq!(is_done, end.is_so, "{told}");
            }
        }
    }
    assert_eq!(
        tried,
        2 * (3 + 2) + 2,
        "revocations where invites are listed"
    );
}
