//! Broken answers, on order of the sandbox: what a read says of them, and what a write may conclude.

use std::time::Duration;

use orgdeck::domain::outcome::Proof;
use orgdeck::domain::query::{OrgAt, Scope};
use orgdeck::domain::{
    Answer, Cursor, Fault, Fields, InviteDraft, InviteId, InviteRef, Mutation, OrgId, Outcome,
    Query, Text, Value, Wish,
};
use orgdeck::sandbox::faults::{Fault as Broken, Rule};
use orgdeck::sandbox::{Options, Sandbox, Service};

use super::stage::{NOW, Stage, profile};

/// A sandbox that was probed before anything breaks, and one of its organizations.
async fn probed() -> (Sandbox, Stage, OrgId) {
    let sandbox = Sandbox::start(&Options::demo(NOW.parse().unwrap())).unwrap();
    let stage = Stage::at(&sandbox.balena.url, &sandbox.balena.token);
    let query = Query::Orgs {
        scope: Scope::Own,
        text: None,
        page: Cursor::FIRST,
    };
    let Answer::Orgs(page) = stage.ask(query).await.unwrap() else {
        panic!("organizations were asked for");
    };
    let org = page.rows[0].item.id.clone();
    (sandbox, stage, org)
}

fn show(org: &OrgId) -> Query {
    Query::Org(OrgAt::Id(org.clone()))
}

fn create() -> Wish {
    Wish::CreateOrg {
        profile: profile(),
        fields: Fields::default().with("name", Value::Text(Text::from("Quay"))),
        first_member: None,
    }
}

#[tokio::test]
async fn broken_answers_to_a_read_are_called_what_they_are() {
    let (sandbox, stage, org) = probed().await;
    let cases = [
        (
            Broken::Status(500, Vec::new(), String::new()),
            Fault::Unavailable,
        ),
        (
            Broken::Status(503, Vec::new(), "<html>".into()),
            Fault::Unavailable,
        ),
        (Broken::CutBody, Fault::Cut),
        (Broken::Html200, Fault::NotTheApi(Text::from("text/html"))),
        (
            Broken::Garbage,
            Fault::Garbled(Text::from(
                "no JSON, but application/json: {\"data\":[{\"id\":",
            )),
        ),
    ];
    for (broken, fault) in cases {
        sandbox.fail(Service::Balena, Rule::always(broken.clone()).path("/v7/"));
        let error = stage.ask(show(&org)).await.unwrap_err();
        assert_eq!(error.fault, fault, "{broken:?}");
        sandbox.heal(Service::Balena);
    }
}

#[tokio::test]
async fn a_server_that_asks_for_patience_says_how_long() {
    let (sandbox, stage, org) = probed().await;
    let busy = vec![("Retry-After", "3600".to_owned())];
    let busy = Broken::Status(429, busy, "\"Too Many Requests\"".into());
    sandbox.fail(Service::Balena, Rule::always(busy).path("/v7/"));
    let error = stage.ask(show(&org)).await.unwrap_err();
    let Fault::Slowed { after: Some(wait) } = error.fault else {
        panic!("{error:?}");
    };
    assert!(wait > Duration::from_mins(59), "{wait:?}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (sandbox, stage, org) = probed().await;
    let elsewhere = Broken::Redirect("http://127.0.0.1:9/".into());
    sandbox.fail(Service::Balena, Rule::always(elsewhere).path("/v7/"));
    let error = stage.ask(show(&org)).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Redirected(_)), "{error:?}");
}

#[tokio::test]
async fn a_lost_answer_to_a_creation_is_looked_up_and_the_creation_is_not_repeated() {
    for lost in [Broken::ResetAfter, Broken::ResetMidBody] {
        let (sandbox, stage, _) = probed().await;
        sandbox.fail(Service::Balena, Rule::always(lost.clone()).method("POST"));
        let outcome = stage.carry_one(create()).await;
        let Outcome::Done(receipt) = outcome else {
            panic!("{lost:?}: {outcome:?}");
        };
        assert_eq!(receipt.proof, Proof::ReadAgain, "{lost:?}");
        let requests = sandbox.requests(Service::Balena);
        assert_eq!(
            requests.iter().filter(|sent| sent.method == "POST").count(),
            1
        );
    }
}

#[tokio::test]
async fn a_lost_answer_to_a_removal_is_settled_by_looking() {
    let (sandbox, stage, org) = probed().await;
    let wish = Wish::Invite {
        org: org.clone(),
        drafts: vec![InviteDraft::to("quay@example.com")],
    };
    stage.carry_one(wish).await;
    let query = Query::InvitesTo {
        org,
        email: Text::from("quay@example.com"),
    };
    let Answer::Invites(page) = stage.ask(query).await.unwrap() else {
        panic!("invites were asked for");
    };
    let revoke = Wish::RevokeInvite {
        invite: Box::new(page.rows[0].item.clone()),
    };
    sandbox.fail(
        Service::Balena,
        Rule::once(Broken::ResetAfter).method("DELETE"),
    );
    let Outcome::Done(receipt) = stage.carry_one(revoke).await else {
        panic!("the invite is gone");
    };
    assert_eq!(receipt.proof, Proof::ReadAgain);
}

#[tokio::test]
async fn a_removal_of_what_is_not_there_is_not_claimed_for_what_is() {
    let (_sandbox, stage, org) = probed().await;
    let nobodys = InviteRef {
        org,
        id: InviteId::new(&profile(), "999999"),
    };
    let change = Mutation::RevokeInvite { invite: nobodys };
    // The server says 200 to this; that the invite is gone is true.
    let Outcome::Done(receipt) = stage.mutate(change).await else {
        panic!("a record that is not there is gone");
    };
    assert!(receipt.after.unwrap().is_gone());
}
