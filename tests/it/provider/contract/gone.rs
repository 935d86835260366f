//! What somebody else has taken away meanwhile: what is said of it is what the world shows.

use std::sync::Arc;

use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{Outcome, Verb};
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

/// What comes of taking away what is gone by then, and how many writes went out; none where the service
/// offers no such verb.
async fn taken_away(
    service: (Service, sandbox::Service),
    (verb, when): (Verb, When),
) -> Option<(Outcome, usize)> {
    let stand = Stand::of(service);
    stand.link.check(verb).ok()?;
    let cast = Cast::of(&stand);
    let wish = cast.wish(verb, &stand).await?;
    let plan = stand.gate.prepare(&stand.link, wish).await.unwrap();
    match when {
        When::BeforeTheYes => stand.sandbox.world(vanish),
        When::OnTheWay => {
            for method in ["DELETE", "POST"] {
                let rule = Rule::once(Trouble::Meanwhile(Turn(vanish)));
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
    assert!(stand.sandbox.world(|world| shows(verb, &cast, world)));
    Some((outcome, stand.writes().len()))
}

#[tokio::test]
async fn r28_what_is_gone_already_is_called_done() {
    let mut tried = 0;
    for service in services() {
        for verb in [Verb::MemberRemove, Verb::InviteRevoke] {
            for when in [When::BeforeTheYes, When::OnTheWay] {
                let Some((outcome, writes)) = taken_away(service, (verb, when)).await else {
                    continue;
                };
                tried += 1;
                let told = format!("{} {verb:?} {when:?}: {outcome:?}", service.0.name);
                assert!(matches!(outcome, Outcome::Done(_)), "{told}");
                let expected = usize::from(matches!(when, When::OnTheWay));
                assert_eq!(writes, expected, "{told}");
            }
        }
    }
    assert_eq!(
        tried,
        2 * (2 + 2 + 1),
        "removals everywhere, revocations where invites are listed"
    );
}
