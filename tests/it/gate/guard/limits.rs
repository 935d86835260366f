//! Hourly limits, which are counted in the journal, and what a plan that sends nothing comes to.

use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{Fault as Trouble, Outcome};
use orgdeck::gate::Crossing;
use orgdeck::sandbox::Service::{Clerk, Vulos};
use orgdeck::sandbox::faults::{Fault, Rule};

use super::{Ask, Post, found, reason};

const SHOP: &str = "Acme Shop";
const HOUR: &str = "This hour";

async fn send(post: &Post, (emails, task): (&'static [&'static str], u64)) -> Outcome {
    let wish = post.wish(SHOP, Ask::Invite(emails, "org:member")).await;
    let plan = post.gate.prepare(&post.link, wish).await.unwrap();
    let crossing = Crossing {
        link: post.link.clone(),
        actor: "ana".into(),
        number: 0,
        step: plan.steps[0].clone(),
        consent: plan.agree(TaskId(task), None).unwrap(),
    };
    post.gate.carry(crossing).await.unwrap()
}

async fn this_hour(post: &Post, emails: &'static [&'static str]) -> Vec<String> {
    let wish = post.wish(SHOP, Ask::Invite(emails, "org:member")).await;
    let plan = post.gate.prepare(&post.link, wish).await.unwrap();
    found(&plan, HOUR)
}

#[tokio::test]
async fn invites_of_this_hour_are_counted_apart_from_bulk_calls_and_without_refused_ones() {
    let post = Post::of(Clerk);
    let done = send(&post, (&["n1@acme.example"], 1)).await;
    assert!(matches!(done, Outcome::Done(_)), "{done:?}");
    let done = send(&post, (&["n2@acme.example", "n3@acme.example"], 2)).await;
    assert!(matches!(done, Outcome::Done(_)), "{done:?}");
    let slow = Fault::Status(429, vec![("Retry-After", "9".to_owned())], String::new());
    post.sandbox.fail(Clerk, Rule::once(slow).method("POST"));
    let put_off = send(&post, (&["n4@acme.example"], 3)).await;
    assert!(
        matches!(&put_off, Outcome::NotApplied(error) if matches!(error.fault, Trouble::Slowed { .. })),
        "{put_off:?}"
    );
    assert_eq!(
        this_hour(&post, &["n5@acme.example"]).await,
        ["- This hour: at least 1 of 250 single invites sent from here in the last hour"]
    );
    assert_eq!(
        this_hour(&post, &["n5@acme.example", "n6@acme.example"]).await,
        ["- This hour: at least 1 of 50 bulk invites sent from here in the last hour"]
    );
    assert_eq!(post.journal.entries().len(), 6);
}

#[tokio::test]
async fn a_plan_that_sends_nothing_finds_nothing_and_is_not_agreed_to() {
    let post = Post::of(Vulos);
    let ask = Ask::Roles("ines@pilots.example", &["Moderator", "dispatch"]);
    let plan = post.plan("Harbour Pilots", ask).await;
    assert!(plan.steps.is_empty() && plan.checks.is_empty());
    assert_eq!((plan.refusal(), reason(&plan)), (None, None));
    assert_eq!(plan.agree(TaskId(1), None), None);
}

#[tokio::test]
async fn the_name_that_is_asked_for_is_the_organizations_or_its_slug_or_id() {
    let post = Post::of(Clerk);
    let plan = post.plan(SHOP, Ask::Delete).await;
    let id = post.org(SHOP);
    for typed in ["Acme Shop", "acme-shop", id.raw()] {
        assert!(plan.agree(TaskId(1), Some(typed)).is_some(), "{typed}");
    }
    for typed in ["acme shop", "Acme Sho", ""] {
        assert_eq!(plan.agree(TaskId(1), Some(typed)), None, "{typed}");
    }
}
