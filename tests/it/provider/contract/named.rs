//! Organizations without a short name: after a lost answer the one that was made is told from its namesakes and
//! from others that have come meanwhile.

use std::sync::Arc;

use orgdeck::domain::outcome::Made;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{Fault, Outcome, Plan, Verb, Wish};
use orgdeck::gate::Crossing;
use orgdeck::sandbox::faults::{Fault as Trouble, Rule};

use super::cast::Cast;
use super::fields::{NAME, bare};
use super::{Stand, actor, services};
use crate::support::consent::consent;

/// The wish for an organization that only its name tells from others.
async fn wish(stand: &Stand, cast: &Cast) -> Wish {
    let mut wish = cast.wish(Verb::OrgCreate, stand).await.unwrap();
    if let Wish::CreateOrg { fields, .. } = &mut wish {
        *fields = bare(fields);
    }
    wish
}

/// Puts an organization of the caller's there, behind everybody's back; its id.
fn put(stand: &Stand, cast: &Cast, name: &str) -> String {
    stand.sandbox.world(|world| {
        let made = world.add_org(cast.service, |org| org.name = name.into());
        world.add_member(made, cast.caller, &[cast.role]).unwrap();
        let org = world.orgs(cast.service).find(|org| org.key == made);
        org.unwrap().id.clone()
    })
}

async fn lost(stand: &Stand, plan: &Plan, trouble: Trouble) -> Outcome {
    for method in ["POST", "PUT"] {
        let rule = Rule::always(trouble.clone()).method(method);
        stand.sandbox.fail(stand.kind, rule);
    }
    let crossing = Crossing {
        link: Arc::clone(&stand.link),
        actor: actor(),
        number: 0,
        step: plan.steps[0].clone(),
        consent: consent(plan, TaskId(1)),
    };
    stand.gate.carry(crossing).await.unwrap()
}

#[tokio::test]
async fn r1_the_new_one_is_told_from_its_namesake() {
    for service in services() {
        let stand = Stand::of(service);
        let cast = Cast::of(&stand);
        let old = put(&stand, &cast, NAME);
        let wish = wish(&stand, &cast).await;
        let plan = stand.gate.prepare(&stand.link, wish).await.unwrap();
        let outcome = lost(&stand, &plan, Trouble::ResetAfter).await;
        let told = format!("{}: {outcome:?}", service.0.name);
        let Outcome::Done(receipt) = outcome else {
            panic!("{told}");
        };
        let Some(Made::Org(made)) = receipt.made else {
            panic!("{told}");
        };
        assert_ne!(made.raw(), old, "{told}");
        let is_there = |world: &mut orgdeck::sandbox::world::World| {
            let mut orgs = world.orgs(stand.kind);
            orgs.any(|org| org.id == made.raw() && org.name == NAME)
        };
        assert!(stand.sandbox.world(is_there), "{told}");
    }
}

#[tokio::test]
async fn r4_another_one_that_has_come_meanwhile_is_not_taken_for_it() {
    for service in services() {
        let stand = Stand::of(service);
        let cast = Cast::of(&stand);
        let wish = wish(&stand, &cast).await;
        let plan = stand.gate.prepare(&stand.link, wish).await.unwrap();
        put(&stand, &cast, "Somebody else's");
        let outcome = lost(&stand, &plan, Trouble::ResetBefore).await;
        let told = format!("{}: {outcome:?}", service.0.name);
        let Outcome::Refused(error) = outcome else {
            panic!("{told}");
        };
        assert!(matches!(error.fault, Fault::NotApplied(_)), "{told}");
        assert_eq!(stand.writes().len(), 1, "{told}");
    }
}
