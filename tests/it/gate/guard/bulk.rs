//! Several rows at once: what speaks against them is looked at as a whole, on each service's sandbox.

use orgdeck::domain::mutation::Parting;
use orgdeck::domain::{Mutation, Objection, Plan, Text, Wish};
use orgdeck::gate::Cap;
use orgdeck::sandbox::Service;

use super::{Ask, Post, found, reason};

impl Post {
    /// The plan of the same ask for each of these, or of one of them alone.
    async fn each(&self, org: &str, asks: &[Ask]) -> Plan {
        let mut wishes = Vec::new();
        for ask in asks {
            wishes.push(self.wish(org, *ask).await);
        }
        let wish = Wish::each(wishes).unwrap();
        self.gate.prepare(&self.link, wish).await.unwrap()
    }

    /// A plan that removes so many plain members of an organization that has this many.
    async fn removing(&self, (removed, of): (usize, usize)) -> Plan {
        self.removing_within((removed, of), self.gate.cap()).await
    }

    async fn removing_within(&self, (removed, of): (usize, usize), cap: Cap) -> Plan {
        let emails: Vec<String> = (0..of)
            .map(|number| format!("p{number}@many.example"))
            .collect();
        self.change("Acme Sandbox", |world, org| {
            let before = world.member_count(org);
            for email in &emails[before..] {
                let person = world.add_person(|person| {
                    person.emails = vec![email.clone()];
                    person.join(self.kind);
                });
                world.add_member(org, person, &["org:member"]);
            }
        });
        let org = self.org("Acme Sandbox");
        let picked = emails.iter().rev().take(removed);
        let wishes = picked.map(|email| Wish::RemoveMember {
            member: Box::new(self.member(&org, email)),
        });
        let wish = Wish::each(wishes.collect()).unwrap();
        let plan = self.gate.prepare_within(&self.link, wish, cap).await;
        plan.unwrap()
    }
}

fn refusals(plan: &Plan) -> Vec<String> {
    let refused = plan
        .objections
        .iter()
        .filter_map(|objection| match objection {
            Objection::Refused(error) => {
                Some(error.words.as_ref().map_or("", Text::raw).to_owned())
            }
            Objection::TypeName { .. } => None,
        });
    refused.collect()
}

#[tokio::test]
async fn each_row_is_planned_and_only_its_own_steps_follow_each_other() {
    let post = Post::of(Service::Clerk);
    let asks = [
        Ask::Resend("hal@acme.example"),
        Ask::Resend("lea@acme.example"),
    ];
    let plan = post.each("Acme Shop", &asks).await;
    let after: Vec<_> = plan.steps.iter().map(|step| step.after).collect();
    assert_eq!(after, [None, Some(0), None, Some(2)]);
    assert_eq!(plan.wish.parts().len(), 2);
}

#[tokio::test]
async fn rows_that_need_nothing_are_left_out_and_that_is_told() {
    let post = Post::of(Service::Clerk);
    let asks = [
        Ask::Roles("bo@acme.example", &["org:admin"]),
        Ask::Roles("ana@acme.example", &["org:admin"]),
    ];
    let plan = post.each("Acme Shop", &asks).await;
    assert_eq!((plan.steps.len(), plan.wish.parts().len()), (1, 1));
    let told = "- Already so: 1 of 2 rows, and nothing is sent for these";
    assert_eq!(found(&plan, "Already so"), [told]);
}

#[tokio::test]
async fn r75_administrators_are_counted_after_all_removals() {
    let post = Post::of(Service::Balena);
    let one = post
        .each("Acme Fleet", &[Ask::Remove("dee@acme.example")])
        .await;
    assert_eq!(refusals(&one), Vec::<String>::new());
    let both = [
        Ask::Remove("ana@acme.example"),
        Ask::Remove("dee@acme.example"),
    ];
    let plan = post.each("Acme Fleet", &both).await;
    let said = refusals(&plan).join("; ");
    assert!(said.contains("no administrator would be left"), "{said}");
    assert_eq!(
        plan.agree(orgdeck::domain::plan::TaskId(1), Some("Acme Fleet")),
        None
    );
}

#[tokio::test]
async fn r75_our_own_membership_comes_last_and_is_asked_for_by_name() {
    let post = Post::of(Service::Balena);
    let asks = [
        Ask::Remove("ana@acme.example"),
        Ask::Remove("bo@acme.example"),
    ];
    let plan = post.each("Acme Fleet", &asks).await;
    let whys: Vec<_> = plan
        .steps
        .iter()
        .map(|step| match &step.change {
            Mutation::RemoveMember { why, .. } => *why,
            other => panic!("a removal, not {other:?}"),
        })
        .collect();
    let last = plan.steps.last().unwrap();
    let is_own = matches!(&last.seen, orgdeck::domain::Seen::Member(member) if member.is_own());
    assert!(is_own || whys.last() == Some(&Parting::Leaves), "{whys:?}");
    assert_eq!(reason(&plan), Some("this is your own membership"));
}

#[tokio::test]
async fn whoever_may_not_be_touched_is_named() {
    let post = Post::of(Service::Vulos);
    let asks = [
        Ask::Remove("ana@acme.example"),
        Ask::Remove("ines@pilots.example"),
    ];
    let plan = post.each("Harbour Pilots", &asks).await;
    let said = refusals(&plan).join("; ");
    if !said.is_empty() {
        assert!(said.contains(": the service lets nobody act"), "{said}");
    }
    let keeps = found(&plan, "Your rights");
    assert_eq!(keeps.len(), 1, "{keeps:?}");
}

#[tokio::test]
async fn a_quarter_may_go_and_one_more_may_not() {
    let post = Post::of(Service::Clerk);
    let plan = post.removing((25, 100)).await;
    assert_eq!(refusals(&plan), Vec::<String>::new());
    assert_eq!(
        found(&plan, "Removals"),
        ["- Removals: 25 of 100 members, 25 per cent"]
    );
    let post = Post::of(Service::Clerk);
    let plan = post.removing((26, 100)).await;
    assert_eq!(
        refusals(&plan),
        [
            "26 of 100 members, 26 per cent: more than 25 per cent go at once only if that is allowed; \
          take fewer, set removal_cap in the configuration, or use --allow-removals 26"
        ]
    );
}

#[tokio::test]
async fn five_may_always_go_and_what_is_allowed_may_too() {
    let post = Post::of(Service::Clerk);
    assert_eq!(refusals(&post.removing((5, 9)).await), Vec::<String>::new());
    let post = Post::of(Service::Clerk);
    assert_eq!(refusals(&post.removing((6, 9)).await).len(), 1);
    let allowing = |allowed, share| Cap { allowed, share };
    for (cap, refused) in [
        (allowing(Some(6), 25), 0),
        (allowing(Some(5), 25), 1),
        (allowing(None, 67), 0),
        (allowing(None, 66), 1),
        (allowing(None, 0), 1),
    ] {
        let post = Post::of(Service::Clerk);
        let plan = post.removing_within((6, 9), cap).await;
        assert_eq!(refusals(&plan).len(), refused, "{cap:?}");
    }
}

#[tokio::test]
async fn where_the_organization_does_not_tell_the_list_is_counted() {
    let post = Post::of(Service::Clerk);
    let wish = post.removing((6, 100)).await.wish;
    post.fail("include_members_count");
    let plan = post.gate.prepare(&post.link, wish).await.unwrap();
    assert_eq!(refusals(&plan), Vec::<String>::new());
    let told = ["- Removals: 6 of 100 members, 6 per cent"];
    assert_eq!(found(&plan, "Removals"), told);
}
