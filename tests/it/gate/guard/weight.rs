//! More than five rows ask for a name: one rule, whether they are one wish or several with one yes.

use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{Objection, Plan, Text, Wish};
use orgdeck::sandbox::Service::{self, Balena, Clerk, Vulos};
use orgdeck::sandbox::world;

use super::{Ask, Post, reason};

const MANY: Option<&str> = Some("more than five rows change at once");

/// Whom nobody knows yet.
static NEW: [&str; 6] = [
    "n1@new.example",
    "n2@new.example",
    "n3@new.example",
    "n4@new.example",
    "n5@new.example",
    "n6@new.example",
];

/// An organization with room for them.
fn org(kind: Service) -> &'static str {
    match kind {
        Balena => "Acme Fleet",
        Clerk => "Partner Portal",
        Vulos => "Harbour Pilots",
    }
}

fn names(plan: &Plan) -> Vec<&Text> {
    let asked = plan
        .objections
        .iter()
        .flat_map(|objection| match objection {
            Objection::TypeName { names, .. } => names.iter(),
            Objection::Refused(_) => [].iter(),
        });
    asked.collect()
}

#[tokio::test]
async fn six_addresses_of_one_wish_ask_for_the_name_and_five_do_not() {
    for kind in [Balena, Clerk, Vulos] {
        let post = Post::of(kind);
        let role = if kind == Clerk { "org:member" } else { "" };
        let invite = |emails| post.wish(org(kind), Ask::Invite(emails, role));
        let five = post
            .gate
            .prepare(&post.link, invite(&NEW[..5]).await)
            .await
            .unwrap();
        assert_eq!(reason(&five), None, "{kind:?}");
        let six = post
            .gate
            .prepare(&post.link, invite(&NEW).await)
            .await
            .unwrap();
        assert_eq!(reason(&six), MANY, "{kind:?}");
        assert_eq!(six.agree(TaskId(1), None), None);
        let agreed = six.agree(TaskId(1), Some(org(kind)));
        assert!(agreed.is_some(), "{:?}", six.objections);
    }
}

/// The wishes to revoke or send again what is open in an organization, with as many more made first.
async fn listed(post: &Post, count: usize, ask: fn(&'static str) -> Ask) -> Vec<Wish> {
    post.change(org(Clerk), |world, org| {
        for email in &NEW[..count] {
            let role = |invite: &mut world::Invite| invite.role = Some("org:member".to_owned());
            world.add_invite(org, email, role).unwrap();
        }
    });
    let mut wishes = Vec::new();
    for email in &NEW[..count] {
        wishes.push(post.wish(org(Clerk), ask(email)).await);
    }
    wishes
}

#[tokio::test]
async fn several_wishes_that_one_yes_is_asked_for_count_together() {
    for (count, why) in [(5, None), (6, MANY)] {
        for ask in [Ask::Revoke, Ask::Resend] {
            let post = Post::of(Clerk);
            let wishes = listed(&post, count, ask).await;
            let plans = post.gate.prepare_all(&post.link, wishes).await.unwrap();
            assert_eq!(plans.len(), count);
            for plan in &plans {
                assert_eq!(reason(plan), why);
                let agreed = plan.agree(TaskId(1), Some(org(Clerk)));
                assert!(agreed.is_some());
                assert_eq!(plan.agree(TaskId(1), None).is_none(), why.is_some());
            }
        }
    }
}

#[tokio::test]
async fn over_several_organizations_the_number_of_rows_is_typed() {
    let post = Post::of(Clerk);
    let mut wishes = vec![post.wish("Acme Sandbox", Ask::Delete).await];
    wishes.extend(listed(&post, 2, Ask::Revoke).await);
    let plans = post.gate.prepare_all(&post.link, wishes).await.unwrap();
    for plan in &plans {
        assert_eq!(names(plan), [&Text::from("3")]);
        assert!(plan.agree(TaskId(1), Some("3")).is_some());
        assert_eq!(plan.agree(TaskId(1), Some("Acme Sandbox")), None);
    }
    let wishes = listed(&post, 0, Ask::Revoke).await;
    let none = post.gate.prepare_all(&post.link, wishes).await.unwrap();
    assert!(none.is_empty());
}

#[tokio::test]
async fn what_sends_nothing_does_not_count() {
    let post = Post::of(Vulos);
    let ask = Ask::Roles("ines@pilots.example", &["Moderator", "dispatch"]);
    let mut wishes = Vec::new();
    for _ in 0..6 {
        wishes.push(post.wish(org(Vulos), ask).await);
    }
    let plans = post.gate.prepare_all(&post.link, wishes).await.unwrap();
    assert!(plans.iter().all(|plan| reason(plan).is_none()));
}
