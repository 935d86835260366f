//! Lost answers at every write route: looked up where there is something to look at, never sent again,
//! and never called failed without proof. The table of what each comes to is a snapshot.

use std::fmt::Write as _;
use std::sync::Arc;

use orgdeck::domain::outcome::Proof;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{Assignment, Fault, InviteDraft, Outcome, Role, Verb, Wish};
use orgdeck::gate::Crossing;
use orgdeck::provider::registry::Service;
use orgdeck::sandbox;
use orgdeck::sandbox::faults::{Fault as Trouble, Rule};

use super::cast::Cast;
use super::fields::bare;
use super::writes::shows;
use super::{Stand, actor, services};
use crate::support::consent::consent;

/// How an answer is lost, and whether the request took effect before.
const TROUBLES: &[(&str, Trouble)] = &[
    ("before", Trouble::ResetBefore),
    ("after", Trouble::ResetAfter),
    ("mid-body", Trouble::ResetMidBody),
    ("cut", Trouble::CutBody),
];

/// A wish of every verb, and those whose first request is of another kind.
async fn wishes(stand: &Stand, cast: &Cast) -> Vec<(String, Verb, Wish)> {
    let mut wishes = Vec::new();
    for verb in Verb::ALL.iter().copied().filter(|verb| !verb.is_read()) {
        if stand.link.check(verb).is_ok() {
            let wish = cast.wish(verb, stand).await.unwrap();
            wishes.push((verb.name().to_owned(), verb, wish));
        }
    }
    for (called, wish) in others(&wishes) {
        wishes.push((called.to_owned(), wish.verb(), wish));
    }
    wishes
}

fn others(wishes: &[(String, Verb, Wish)]) -> Vec<(&'static str, Wish)> {
    let mut others = Vec::new();
    for (_, _, wish) in wishes {
        match wish {
            Wish::CreateOrg {
                profile, fields, ..
            } if fields.get("slug").is_some() => {
                let wish = Wish::CreateOrg {
                    profile: profile.clone(),
                    fields: bare(fields),
                    first_member: None,
                };
                others.push(("org create without a short name", wish));
            }
            Wish::SetRoles { member, from, .. } if from.len() > 1 => {
                let first = |held: &Assignment| held.role.clone();
                let to: Vec<Role> = from.iter().take(1).map(first).collect();
                let wish = Wish::SetRoles {
                    member: member.clone(),
                    from: from.clone(),
                    to,
                };
                others.push(("member role, taken", wish));
            }
            Wish::Invite { org, drafts } => {
                let again = |email: &str| InviteDraft {
                    email: email.into(),
                    ..drafts[0].clone()
                };
                let drafts = vec![again("one@quay.example"), again("two@quay.example")];
                let org = org.clone();
                others.push(("invite create, two", Wish::Invite { org, drafts }));
            }
            _ => {}
        }
    }
    others
}

/// Carries the first step of a wish whose answer is lost.
async fn lost(stand: &Stand, wish: Wish, trouble: Trouble) -> Outcome {
    let plan = stand.gate.prepare(&stand.link, wish).await.unwrap();
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let rule = Rule::always(trouble.clone()).method(method);
        stand.sandbox.fail(stand.kind, rule);
    }
    let crossing = Crossing {
        link: Arc::clone(&stand.link),
        actor: actor(),
        number: 0,
        step: plan.steps[0].clone(),
        consent: consent(&plan, TaskId(1)),
    };
    stand.gate.carry(crossing).await.unwrap()
}

fn called(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Done(receipt) if receipt.proof == Proof::ReadAgain => "done, read again",
        Outcome::Done(_) => "done, as answered",
        Outcome::Refused(error) if matches!(error.fault, Fault::NotApplied(_)) => {
            "not applied, read again"
        }
        Outcome::Refused(_) => "refused",
        Outcome::Unknown | Outcome::Unproven(_) => "unknown",
        Outcome::NotApplied(_) => "not applied",
        Outcome::Differs(_) => "differs",
    }
}

/// Whether what was said of the outcome holds in the world.
fn holds((stand, cast): (&Stand, &Cast), (verb, trouble): (Verb, &Trouble), outcome: &Outcome) {
    let told = format!("{} {verb:?} {trouble:?}: {outcome:?}", stand.kind.name());
    let shown = stand.sandbox.world(|world| shows(verb, cast, world));
    assert_eq!(shown, *trouble != Trouble::ResetBefore, "{told}");
    match outcome {
        Outcome::Done(_) => assert!(shown, "{told}"),
        Outcome::Refused(_) | Outcome::NotApplied(_) | Outcome::Differs(_) => {
            assert!(!shown, "{told}");
        }
        Outcome::Unknown | Outcome::Unproven(_) => {}
    }
}

/// How the wish in this place ends under each trouble; nothing beyond the last place.
async fn ends(service: (Service, sandbox::Service), place: usize) -> Option<String> {
    let mut line = String::new();
    for (how, trouble) in TROUBLES {
        let stand = Stand::of(service);
        let cast = Cast::of(&stand);
        let (name, verb, wish) = wishes(&stand, &cast).await.into_iter().nth(place)?;
        let outcome = lost(&stand, wish, trouble.clone()).await;
        let told = format!("{} {name} {how}: {outcome:?}", service.0.name);
        assert_eq!(stand.writes().len(), 1, "{told}");
        // The first of several requests does not show what all of them come to.
        let several = matches!(verb, Verb::MemberRole | Verb::InviteResend);
        if name == verb.name() && !several {
            holds((&stand, &cast), (verb, trouble), &outcome);
        }
        if line.is_empty() {
            write!(line, "{} {name}\n   ", service.0.name).unwrap();
        }
        write!(line, " {how}: {};", called(&outcome)).unwrap();
    }
    Some(line)
}

#[tokio::test]
async fn r1_a_lost_answer_is_looked_up_and_the_write_is_sent_once() {
    let mut table = Vec::new();
    for service in services() {
        let mut place = 0;
        while let Some(line) = ends(service, place).await {
            table.push(line);
            place += 1;
        }
    }
    insta::assert_snapshot!(table.join("\n"));
}
