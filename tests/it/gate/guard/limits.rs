//! Hourly limits, which are counted in the journal, and what a plan that sends nothing comes to.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use orgdeck::domain::entry::Event;
use orgdeck::domain::plan::{Seen, TaskId};
use orgdeck::domain::{Actor, Entry, Fault as Trouble, InviteDraft, Mutation, Outcome};
use orgdeck::gate::{Crossing, Gate};
use orgdeck::journal::Journal as _;
use orgdeck::sandbox::Service::{Clerk, Vulos};
use orgdeck::sandbox::faults::{Fault, Rule};

use super::{Ask, Post, found, reason};
use crate::gate::carry::Full;
use crate::sandbox::origin;

const SHOP: &str = "Acme Shop";
const HOUR: &str = "This hour";

async fn send(post: &Post, (emails, task): (&'static [&'static str], u64)) -> Outcome {
    let wish = post.wish(SHOP, Ask::Invite(emails, "org:member")).await;
    let plan = post.gate.prepare(&post.link, wish).await.unwrap();
    let crossing = Crossing {
        link: post.link.clone(),
        actor: Actor::new("ana", "test"),
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

/// An intent to invite somebody, at this time.
fn intent(post: &Post, at: Timestamp) -> Entry {
    let change = Mutation::Invite {
        org: post.org(SHOP),
        draft: InviteDraft::to("n@acme.example"),
    };
    Entry {
        at,
        actor: Actor::new("ana", "test"),
        principal: None,
        profile: post.link.connection.profile.clone(),
        event: Event::Intent {
            task: TaskId(9),
            step: 0,
            request: Box::new(post.link.provider().render(&change)),
            change: Box::new(change),
            before: Box::new(Seen::Nothing),
        },
    }
}

#[tokio::test]
async fn a_used_up_hour_is_a_warning_and_older_invites_do_not_count() {
    let post = Post::of(Clerk);
    let earlier = origin() - SignedDuration::from_mins(61);
    for at in std::iter::repeat_n(origin(), 249).chain([earlier; 9]) {
        post.journal.append(intent(&post, at)).await.unwrap();
    }
    let sent =
        |count| format!("at least {count} of 250 single invites sent from here in the last hour");
    let one = this_hour(&post, &["n5@acme.example"]).await;
    assert_eq!(one, [format!("- This hour: {}", sent(249))]);
    post.journal.append(intent(&post, origin())).await.unwrap();
    let one = this_hour(&post, &["n5@acme.example"]).await;
    assert_eq!(one, [format!("! This hour: {}", sent(250))]);
}

#[tokio::test]
async fn a_journal_that_cannot_be_read_blocks_no_invite() {
    let mut post = Post::of(Clerk);
    post.gate = Arc::new(Gate::new(Arc::new(Full), origin));
    let hour = this_hour(&post, &["n5@acme.example"]).await;
    assert_eq!(hour, ["! This hour: could not be checked"]);
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
