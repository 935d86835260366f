//! A record that somebody else changed between the plan and the yes is not written over, whatever the change.

use std::sync::Arc;

use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{Outcome, Verb};
use orgdeck::gate::Crossing;
use orgdeck::sandbox::world::World;

use super::cast::Cast;
use super::fields::{ADDRESS, NAME};
use super::{Stand, actor, services};
use crate::support::consent::consent;

/// Changes what this verb is about, behind everybody's back; `false` where the service shows no such record.
fn meddle(verb: Verb, cast: &Cast, world: &mut World) -> bool {
    let rename = |world: &mut World| world.edit_org(cast.org, |org| org.name = "Renamed".into());
    let give = |world: &mut World, member| world.give_role(member, "another").is_some();
    let listed = cast.service != orgdeck::sandbox::Service::Vulos;
    match verb {
        Verb::OrgEdit | Verb::OrgDelete | Verb::LogoSet | Verb::LogoRemove | Verb::MetadataSet => {
            rename(world)
        }
        // Its name is all that an organization without a short name is known by.
        Verb::OrgCreate if !listed => {
            let made = world.add_org(cast.service, |org| org.name = NAME.into());
            let seen = world.add_member(made, cast.caller, &[cast.role]);
            seen.is_some()
        }
        Verb::OrgCreate => {
            let made = world.add_org(cast.service, |org| org.slug = Some("quay".into()));
            let seen = world.add_member(made, cast.caller, &[cast.role]);
            seen.is_some()
        }
        Verb::MemberAdd => {
            let added = world.add_member(cast.org, cast.stranger, &[cast.role]);
            added.is_some()
        }
        Verb::MemberRole | Verb::MemberRemove if listed => {
            world.set_role(cast.member, cast.other())
        }
        Verb::MemberRole | Verb::MemberRemove => give(world, cast.member),
        Verb::MemberLeave => {
            let own = world.membership(cast.org, cast.caller).unwrap().key;
            if listed {
                world.set_role(own, cast.other())
            } else {
                give(world, own)
            }
        }
        Verb::InviteCreate if listed => {
            let added = world.add_invite(cast.org, ADDRESS, |_| {});
            added.is_some()
        }
        Verb::InviteRevoke | Verb::InviteResend if listed => {
            let role = cast.other().to_owned();
            world.edit_invite(cast.invite, |invite| invite.role = Some(role))
        }
        // There is nothing to look at before these.
        _ => false,
    }
}

/// The writes of balena, Clerk and Vulos that look before they are sent.
const LOOKING: usize = 11 + 12 + 6;

#[tokio::test]
async fn r27_what_is_not_as_it_was_shown_is_shown_again_and_not_sent() {
    let mut tried = 0;
    for service in [services(), services(), services(), services()].concat() {
        for verb in Verb::ALL.iter().copied().filter(|verb| !verb.is_read()) {
            let stand = Stand::of(service);
            if stand.link.check(verb).is_err() {
                continue;
            }
            let cast = Cast::of(&stand);
            let wish = cast.wish(verb, &stand).await.unwrap();
            let plan = stand.gate.prepare(&stand.link, wish).await.unwrap();
            if !stand.sandbox.world(|world| meddle(verb, &cast, world)) {
                continue;
            }
            tried += 1;
            let crossing = Crossing {
                link: Arc::clone(&stand.link),
                actor: actor(),
                number: 0,
                step: plan.steps[0].clone(),
                consent: consent(&plan, TaskId(1)),
            };
            let outcome = stand.gate.carry(crossing).await.unwrap();
            let told = format!("{} {verb:?}: {outcome:?}", service.0.name);
            assert!(matches!(outcome, Outcome::Differs(_)), "{told}");
            assert_eq!(stand.writes().len(), 0, "{told}");
        }
    }
    assert_eq!(tried, 4 * LOOKING);
    assert!(tried >= 100);
}
