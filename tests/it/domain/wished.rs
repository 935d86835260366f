//! What was wished, read off the steps that it came to.

use orgdeck::domain::invite::InviteDraft;
use orgdeck::domain::member::Mine;
use orgdeck::domain::plan::chains;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::wished::wished;
use orgdeck::domain::{
    Assignment, Fields, Image, Member, OrgId, Role, Secret, Seen, Text, Told, UserId, Value, Wish,
};

use crate::support::past;
use crate::support::plan::plan_for;
use crate::support::rig::{invite, member, org_id, profile};

fn acme() -> OrgId {
    org_id("shop", "acme")
}

fn user() -> UserId {
    UserId::new(&profile("shop"), "user_bo")
}

fn named(name: &str) -> Fields {
    Fields::default().with("name", Value::Text(Text::from(name)))
}

/// The wish that the journal's record of its plan tells of.
fn read_back(wish: &Wish) -> Option<Wish> {
    let left = past::interrupted(1, plan_for(wish), Vec::new());
    wished(left.course.verb, &left.course.steps)
}

fn removing(name: &str) -> Wish {
    Wish::RemoveMember {
        member: Box::new(member(&acme(), name, "member")),
    }
}

fn sending_again(email: &str) -> Wish {
    Wish::Resend(Resend::Listed(Box::new(invite(&acme(), email))))
}

#[test]
fn every_wish_comes_back_from_its_steps() {
    let image = Image::new("logo.png", b"\x89PNG\r\n\x1a\nrest".to_vec()).unwrap();
    let drafts = ["a@x.example", "b@x.example"].map(InviteDraft::to);
    let own = Member {
        is_me: Told::Is(Mine::Own),
        ..member(&acme(), "me", "member")
    };
    let all = [
        Wish::CreateOrg {
            profile: profile("shop"),
            fields: named("New"),
            first_member: None,
        },
        Wish::CreateOrg {
            profile: profile("shop"),
            fields: named("New"),
            first_member: Some((user(), Role::named("admin"))),
        },
        Wish::EditOrg {
            org: acme(),
            fields: named("Other"),
        },
        Wish::DeleteOrg { org: acme() },
        Wish::SetLogo { org: acme(), image },
        Wish::RemoveLogo { org: acme() },
        Wish::SetMetadata {
            org: acme(),
            merge: serde_json::json!({"plan": null}),
        },
        Wish::AddMember {
            org: acme(),
            user: user(),
            role: Role::named("admin"),
            metadata: None,
        },
        removing("bo"),
        Wish::RemoveMember {
            member: Box::new(own),
        },
        Wish::Leave { org: acme() },
        Wish::Invite {
            org: acme(),
            drafts: vec![InviteDraft::to("a@x.example")],
        },
        Wish::RevokeInvite {
            invite: Box::new(invite(&acme(), "jon@old.example")),
        },
        sending_again("jon@old.example"),
        Wish::Resend(Resend::Address {
            org: acme(),
            email: Text::from("jon@old.example"),
        }),
        Wish::each(vec![removing("bo"), removing("cleo")]).unwrap(),
        Wish::each(drafts.map(|draft| sending_again(draft.email.raw())).into()).unwrap(),
    ];
    for wish in all {
        assert_eq!(read_back(&wish), Some(wish));
    }
}

/// Roles are set from those that were shown to those that the last step leaves.
#[test]
fn roles_come_back_from_what_was_seen() {
    let before = member(&acme(), "bo", "member");
    let wish = Wish::SetRoles {
        member: before.at.clone(),
        from: before.assignments().to_vec(),
        to: vec![Role::named("admin")],
    };
    let mut left = past::interrupted(1, plan_for(&wish), Vec::new());
    assert_eq!(
        wished(left.course.verb, &left.course.steps),
        None,
        "nothing was seen"
    );
    left.course.steps[0].seen = Seen::Member(Box::new(before));
    assert_eq!(wished(left.course.verb, &left.course.steps), Some(wish));
}

#[test]
fn invites_of_several_requests_are_one_wish() {
    let drafts = ["a@x.example", "b@x.example", "c@x.example"].map(InviteDraft::to);
    let wish = Wish::Invite {
        org: acme(),
        drafts: drafts.into(),
    };
    let mut left = past::interrupted(1, plan_for(&wish), Vec::new());
    for step in &mut left.course.steps {
        step.after = None;
    }
    assert_eq!(wished(left.course.verb, &left.course.steps), Some(wish));
}

/// Whom nobody could see any more is known by what the request says.
#[test]
fn a_member_who_was_gone_is_named_by_the_request() {
    let mut left = past::interrupted(1, plan_for(&removing("bo")), Vec::new());
    left.course.steps[0].seen = Seen::Gone;
    let Some(Wish::RemoveMember { member: read }) = wished(left.course.verb, &left.course.steps)
    else {
        panic!("a removal");
    };
    assert_eq!(read.at, member(&acme(), "bo", "member").at);
    assert_eq!(read.assignments(), [] as [Assignment; 0]);
}

#[test]
fn what_the_journal_does_not_hold_is_not_guessed() {
    let token = Wish::AcceptInvite {
        profile: profile("shop"),
        token: Secret::new("s3cret"),
    };
    assert_eq!(read_back(&token), None);
    let mut left = past::interrupted(1, plan_for(&removing("bo")), Vec::new());
    left.course.steps[0].act.change = None;
    assert_eq!(wished(left.course.verb, &left.course.steps), None);
    assert_eq!(wished(left.course.verb, &[]), None);
}

#[test]
fn steps_hang_together_until_one_follows_no_other() {
    let after = [None, Some(0), None, None, Some(3), Some(4)];
    assert_eq!(chains(after.into_iter()), [0..2, 2..3, 3..6]);
    assert!(chains(std::iter::empty()).is_empty());
}
