//! What is refused before anything is sent.

use orgdeck::domain::query::{Cursor, OrgAt, Query, Thing};
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{
    Fault, InviteId, InviteRef, Member, MemberId, MemberRef, OrgId, Profile, Role, Secret, Text,
    UserAt, UserId, Wish,
};
use serde_json::json;

use super::names::{by_user, invite, invite_ref, member_id, org, shop, user};
use super::records::new_hire;
use super::support::Service;

fn theirs() -> Profile {
    Profile::new("other")
}

fn their_org() -> OrgId {
    OrgId::new(&theirs(), "org_1")
}

fn their_user() -> UserId {
    UserId::new(&theirs(), "user_1")
}

fn foreign_questions() -> Vec<Query> {
    let member = MemberRef::user(&org(), &their_user());
    let by_id = MemberRef::id(&org(), &MemberId::new(&theirs(), "orgmem_1"));
    let invite = InviteRef {
        org: org(),
        id: InviteId::new(&theirs(), "orginv_1"),
    };
    let page = Cursor::FIRST;
    vec![
        Query::Org(OrgAt::Id(their_org())),
        Query::Org(OrgAt::Slug(theirs(), Text::from("acme"))),
        Query::Member(member.clone()),
        Query::MemberRoles(by_id),
        Query::Raw(Thing::Member(member)),
        Query::Raw(Thing::Org(their_org())),
        Query::Invite(invite.clone()),
        Query::Raw(Thing::Invite(invite)),
        Query::Invites {
            org: Some(their_org()),
            status: None,
            page: page.clone(),
        },
        Query::Memberships {
            user: UserAt::Id(their_user()),
            page: page.clone(),
        },
        Query::Memberships {
            user: UserAt::Name(theirs(), Text::from("x")),
            page,
        },
        Query::Roles {
            org: Some(their_org()),
        },
        Query::Users {
            text: Text::from("x"),
            beside: Some(their_org()),
            page: Cursor::FIRST,
        },
        Query::InvitesTo {
            org: their_org(),
            email: Text::from("a@example.com"),
        },
    ]
}

#[tokio::test]
async fn questions_about_another_profile_are_not_sent() {
    let service = Service::saying(json!({})).await;
    for query in foreign_questions() {
        let words = format!("{query:?}");
        assert_eq!(
            service.ask(query).await.unwrap_err().fault,
            Fault::Foreign,
            "{words}"
        );
    }
    assert!(service.seen().await.is_empty());
}

#[tokio::test]
async fn wishes_about_another_profile_are_not_planned() {
    let listed = Service::saying(new_hire()).await;
    let mut foreign_invite = invite(listed.ask(Query::Invite(invite_ref("orginv_1"))).await);
    foreign_invite.at.id = InviteId::new(&theirs(), "orginv_1");
    let service = Service::saying(json!({})).await;
    let role = Role::named("org:member");
    let wishes = vec![
        Wish::DeleteOrg { org: their_org() },
        Wish::AddMember {
            org: org(),
            user: their_user(),
            role: role.clone(),
            metadata: None,
        },
        Wish::CreateOrg {
            profile: shop(),
            fields: orgdeck::domain::Fields::default(),
            first_member: Some((their_user(), role.clone())),
        },
        Wish::SetRoles {
            member: MemberRef::id(&org(), &MemberId::new(&theirs(), "orgmem_1")),
            from: Vec::new(),
            to: vec![role],
        },
        Wish::Resend(Resend::Listed(Box::new(foreign_invite))),
        Wish::RemoveMember {
            member: Box::new(Member::reference(
                MemberRef::user(&org(), &their_user()),
                member_id("orgmem_1"),
            )),
        },
    ];
    for wish in wishes {
        let error = service.provider().plan(wish).await.unwrap_err();
        assert_eq!(error.fault, Fault::Foreign);
    }
    assert!(service.seen().await.is_empty());
}

#[tokio::test]
async fn ids_that_would_climb_out_of_the_path_are_not_sent() {
    let service = Service::saying(json!({})).await;
    for key in ["", ".", ".."] {
        let id = OrgId::new(&shop(), key);
        let invite = InviteRef {
            id: InviteId::new(&shop(), key),
            ..invite_ref("x")
        };
        let queries = [
            Query::Org(OrgAt::Id(id.clone())),
            Query::Org(OrgAt::Slug(shop(), Text::from(key))),
            Query::Invite(invite),
            Query::Member(by_user(key)),
            Query::Memberships {
                user: UserAt::Id(user(key)),
                page: Cursor::FIRST,
            },
        ];
        for query in queries {
            assert_eq!(service.ask(query).await.unwrap_err().fault, Fault::Missing);
        }
        let error = service
            .provider()
            .plan(Wish::DeleteOrg { org: id })
            .await
            .unwrap_err();
        assert_eq!(error.fault, Fault::Missing);
    }
    assert!(service.seen().await.is_empty());
}

#[tokio::test]
async fn what_clerk_has_no_call_for_is_refused_with_its_reason() {
    let service = Service::saying(json!({})).await;
    let wishes = [
        Wish::Leave { org: org() },
        Wish::AcceptInvite {
            profile: shop(),
            token: Secret::new("token"),
        },
        Wish::Resend(Resend::Address {
            org: org(),
            email: Text::from("a@example.com"),
        }),
    ];
    for wish in wishes {
        let error = service.provider().plan(wish.clone()).await.unwrap_err();
        assert!(
            matches!(error.fault, Fault::NotOffered(why) if !why.is_empty()),
            "{wish:?}"
        );
        assert_eq!(error.verb, wish.verb());
    }
    assert!(service.seen().await.is_empty());
}
