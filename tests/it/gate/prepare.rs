//! Tests of `gate::prepare`: plans without a single write.

use orgdeck::domain::connection::Access;
use orgdeck::domain::member::Mine;
use orgdeck::domain::plan::Seen;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{Fault, OrgId, Outcome, Profile, Query, Told, Verb, Wish};
use orgdeck::sandbox::Service;

use super::House;
use super::guard::Post;
use crate::support::fake::{self, Fake, ask, invite, revoke};

#[tokio::test]
async fn a_plan_shows_requests_and_what_is_there() {
    let fake = Fake::with(&[invite("inv_1", "jon@old.example")]);
    let house = House::over(fake.link(Access::Full));
    let plan = house
        .plan(revoke(&invite("inv_1", "jon@old.example")))
        .await;
    assert_eq!(plan.steps.len(), 1);
    assert_eq!(plan.steps[0].request.target(), "/invites/inv_1");
    assert_eq!(
        plan.steps[0].seen,
        Seen::Invite(Box::new(invite("inv_1", "jon@old.example")))
    );
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn the_second_step_of_a_chain_expects_what_the_first_leaves() {
    let open = invite("inv_1", "jon@old.example");
    let fake = Fake::with(std::slice::from_ref(&open));
    let house = House::over(fake.link(Access::Full));
    let wish = Wish::Resend(Resend::Listed(Box::new(open)));
    let plan = house.plan(wish).await;
    assert_eq!(plan.steps[1].after, Some(0));
    assert_eq!(plan.steps[1].seen, Seen::Invites(vec![]));
    assert_eq!(plan.refusal(), None);
    for number in [0, 1] {
        let outcome = house.carry(&plan, (1, number)).await;
        assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    }
    assert_eq!(fake.sent(), ["DELETE /invites/inv_1", "POST /invites"]);
}

#[tokio::test]
async fn invites_to_different_people_do_not_wait_for_each_other() {
    let fake = Fake::with(&[]);
    let house = House::over(fake.link(Access::Full));
    let mut drafts = vec![];
    for email in ["a@one.example", "b@two.example"] {
        drafts.push(orgdeck::domain::InviteDraft::to(email));
    }
    let plan = house
        .plan(Wish::Invite {
            org: fake::org(),
            drafts,
        })
        .await;
    assert_eq!(plan.steps[0].after, None);
    assert_eq!(plan.steps[1].after, None);
}

#[tokio::test]
async fn an_open_invite_speaks_against_another_one() {
    let fake = Fake::with(&[invite("inv_1", "jon@old.example")]);
    let house = House::over(fake.link(Access::Full));
    let plan = house.plan(ask("jon@old.example")).await;
    assert_eq!(plan.refusal().unwrap().fault, Fault::Conflict);
    assert!(plan.agree(orgdeck::domain::plan::TaskId(1), None).is_none());
}

#[tokio::test]
async fn read_only_plans_nothing_and_names_the_switch() {
    let fake = Fake::with(&[]);
    let house = House::over(fake.link(Access::ReadOnly("--read-only")));
    let refused = house
        .gate
        .prepare(&house.link, ask("a@one.example"))
        .await
        .unwrap_err();
    assert_eq!(refused.fault, Fault::ReadOnly("--read-only"));
}

#[tokio::test]
async fn ids_of_another_profile_are_refused() {
    let fake = Fake::with(&[]);
    let house = House::over(fake.link(Access::Full));
    let elsewhere = OrgId::new(&Profile::new("other"), "org_1");
    let wish = Wish::DeleteOrg { org: elsewhere };
    let refused = house.gate.prepare(&house.link, wish).await.unwrap_err();
    assert_eq!(refused.fault, Fault::Foreign);
}

#[tokio::test]
async fn what_a_probe_took_away_is_refused_before_any_request() {
    let fake = Fake::with(&[invite("inv_1", "jon@old.example")]);
    let house = House::over(fake.link(Access::Full));
    house.link.query(Query::Probe).await.unwrap();
    let wish = revoke(&invite("inv_1", "jon@old.example"));
    let refused = house.gate.prepare(&house.link, wish).await.unwrap_err();
    assert_eq!(refused.fault, Fault::NotOffered("switched off"));
    assert_eq!(refused.verb, Verb::InviteRevoke);
}

#[tokio::test]
async fn a_failed_look_is_said_and_no_plan_is_made() {
    let fake = Fake::with(&[]);
    let house = House::over(fake.link(Access::Full));
    *fake.blind.lock().unwrap() = Some(Fault::TimedOut);
    let failed = house
        .gate
        .prepare(&house.link, ask("a@one.example"))
        .await
        .unwrap_err();
    assert_eq!(failed.fault, Fault::TimedOut);
}

/// Whoever removes the own membership in the list of members leaves: the same request, the same undo.
#[tokio::test]
async fn removing_oneself_is_leaving() {
    for (kind, org, email) in [
        (Service::Balena, "Acme Fleet", "ana@acme.example"),
        (Service::Vulos, "Harbour Pilots", "ana@acme.example"),
    ] {
        let post = Post::of(kind);
        let org = post.org(org);
        let mut member = post.member(&org, email);
        member.is_me = Told::Is(Mine::Own);
        let removal = Wish::RemoveMember {
            member: Box::new(member),
        };
        let removal = post.gate.prepare(&post.link, removal).await.unwrap();
        let leaving = Wish::Leave { org };
        let leaving = post.gate.prepare(&post.link, leaving).await.unwrap();
        assert_eq!(removal, leaving, "{kind:?}");
        assert_eq!(leaving.steps.len(), 1);
    }
}
