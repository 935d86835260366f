//! Wishes become changes: one or several, or none.

use orgdeck::domain::invite::{Link, Notify};
use orgdeck::domain::member::Mine;
use orgdeck::domain::mutation::Parting;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{
    Assignment, Fault, Fields, Image, Invite, InviteDraft, InviteStatus, Member, MemberId,
    Mutation, OrgId, Profile, Role, RoleId, Text, Told, UserId, Value, Verb, Wish,
};
use serde_json::json;

use super::records::role_records;
use super::stage::{KEY, Stage, invite, member, org, pair, profile, user};

/// The invite of the stage, as a list shows it.
pub(super) fn listed() -> Invite {
    Invite {
        at: invite("101", "77"),
        org_name: Told::Unknown,
        email: Told::Is(Text::from("new.person@example.com")),
        role: Told::Is(Role {
            id: Some(RoleId::new(&profile(), "2")),
            level: Some(1),
            ..Role::named("member")
        }),
        status: InviteStatus::Pending,
        created: Told::Unknown,
        expires: Told::Unknown,
        inviter: Told::Is(Text::from("maria")),
        message: Told::Is(Text::from("Welcome aboard")),
        has_link: Told::<Link>::Unknown,
        metadata: Told::Unknown,
        redirect: Told::Unknown,
    }
}

fn roles(stage: &Stage) {
    stage.when(
        "GET /v7/organization_membership_role",
        "$orderby",
        super::script::ok(&json!({"d": role_records()})),
    );
}

fn held(key: &str) -> Vec<Assignment> {
    vec![Assignment {
        role: Role::named(key),
        id: None,
    }]
}

fn invalid_fields(error: &orgdeck::domain::ApiError) -> Vec<&str> {
    let Fault::Invalid(fields) = &error.fault else {
        panic!("{error:?} should name fields");
    };
    fields.iter().map(|error| error.field.raw()).collect()
}

#[tokio::test]
async fn sending_again_revokes_and_invites_with_the_same_role_and_message() {
    let stage = Stage::cloud().await;
    roles(&stage);
    let wish = Wish::Resend(Resend::Listed(Box::new(listed())));
    let changes = stage.plan(wish).await.unwrap();
    let [
        Mutation::RevokeInvite { invite: revoked },
        Mutation::Invite { org: to, draft },
    ] = &changes[..]
    else {
        panic!("{changes:?}");
    };
    assert_eq!(*revoked, invite("101", "77"));
    assert_eq!(*to, org("101"));
    assert_eq!(draft.email.raw(), "new.person@example.com");
    assert_eq!(draft.message, Some(Text::from("Welcome aboard")));
    let role = draft.role.as_ref().unwrap();
    assert_eq!(role.id, Some(RoleId::new(&profile(), "2")));
}

#[tokio::test]
async fn an_invite_without_an_address_cannot_be_sent_again() {
    let stage = Stage::cloud().await;
    let nobody = Invite {
        email: Told::Unknown,
        ..listed()
    };
    let wish = Wish::Resend(Resend::Listed(Box::new(nobody)));
    assert_eq!(
        invalid_fields(&stage.plan(wish).await.unwrap_err()),
        ["email"]
    );
}

#[tokio::test]
async fn a_role_is_looked_up_once_and_named_by_its_id() {
    let stage = Stage::cloud().await;
    roles(&stage);
    for at in [member("101", "55"), pair("101", "11")] {
        let wish = Wish::SetRoles {
            member: at.clone(),
            from: held("administrator"),
            to: vec![Role::named("member")],
        };
        let changes = stage.plan(wish).await.unwrap();
        let [Mutation::SetRole { member, role }] = &changes[..] else {
            panic!("{changes:?}");
        };
        assert_eq!(*member, at);
        assert_eq!(role.id, Some(RoleId::new(&profile(), "2")));
    }
    let lists = stage.sent().await;
    let lists = lists
        .iter()
        .filter(|call| call.query.contains_key("$orderby"));
    assert_eq!(lists.count(), 1);
}

#[tokio::test]
async fn the_same_role_is_no_change_and_two_roles_are_refused() {
    let stage = Stage::cloud().await;
    let wish = |to: &[&str]| Wish::SetRoles {
        member: member("101", "55"),
        from: held("member"),
        to: to.iter().map(|key| Role::named(*key)).collect(),
    };
    assert_eq!(stage.plan(wish(&["member"])).await.unwrap(), []);
    for to in [&[] as &[&str], &["member", "administrator"]] {
        let refused = stage.plan(wish(to)).await.unwrap_err();
        assert_eq!(invalid_fields(&refused), ["role"]);
    }
    assert!(stage.writes().await.is_empty());
}

#[tokio::test]
async fn a_role_that_the_server_does_not_list_is_refused() {
    let stage = Stage::cloud().await;
    roles(&stage);
    let draft = InviteDraft {
        role: Some(Role::named("captain")),
        ..InviteDraft::to("a@example.com")
    };
    let wish = Wish::Invite {
        org: org("101"),
        drafts: vec![draft],
    };
    assert_eq!(
        invalid_fields(&stage.plan(wish).await.unwrap_err()),
        ["role"]
    );
}

#[tokio::test]
async fn each_address_is_an_invite_of_its_own_and_no_role_stays_none() {
    let stage = Stage::cloud().await;
    let drafts = ["a@example.com", "b@example.com"].map(InviteDraft::to);
    let wish = Wish::Invite {
        org: org("101"),
        drafts: drafts.to_vec(),
    };
    let wanted = drafts.map(|draft| Mutation::Invite {
        org: org("101"),
        draft,
    });
    assert_eq!(stage.plan(wish).await.unwrap(), wanted);
}

#[tokio::test]
async fn what_an_invite_cannot_carry_is_refused_by_name() {
    let stage = Stage::cloud().await;
    let draft = InviteDraft {
        redirect: Some(Text::from("https://example.com")),
        expires_in_days: Some(7),
        notify: Notify::Silent,
        public_metadata: Some(json!({})),
        private_metadata: Some(json!({})),
        ..InviteDraft::to("a@example.com")
    };
    let wish = Wish::Invite {
        org: org("101"),
        drafts: vec![draft],
    };
    let refused = stage.plan(wish).await.unwrap_err();
    let absent = stage.capabilities().await.invite.into_iter();
    let absent = absent
        .filter(|spec| !spec.is_offered())
        .map(|spec| spec.key);
    assert_eq!(invalid_fields(&refused), absent.collect::<Vec<_>>());
}

#[tokio::test]
async fn leaving_removes_the_pair_of_the_caller() {
    let stage = Stage::cloud().await;
    let changes = stage.plan(Wish::Leave { org: org("101") }).await.unwrap();
    let leaves = Mutation::RemoveMember {
        member: pair("101", "11"),
        why: Parting::Leaves,
    };
    assert_eq!(changes, [leaves]);
}

#[tokio::test]
async fn a_key_that_is_no_person_cannot_leave() {
    let stage = Stage::cloud().await;
    stage.on(
        "GET /actor/v1/whoami",
        &json!({"id": 9, "actorType": "application", "actorTypeId": 5, "slug": "acme/fleet"}),
    );
    let refused = stage
        .plan(Wish::Leave { org: org("101") })
        .await
        .unwrap_err();
    assert!(matches!(refused.fault, Fault::NotOffered(_)), "{refused:?}");
}

#[tokio::test]
async fn removing_oneself_is_leaving() {
    let stage = Stage::cloud().await;
    let removal = |is_me, at| {
        let id = MemberId::new(&profile(), "55");
        let member = Member {
            is_me,
            ..Member::reference(at, id)
        };
        stage.plan(Wish::RemoveMember {
            member: Box::new(member),
        })
    };
    let own = removal(Told::Is(Mine::Own), member("101", "55"))
        .await
        .unwrap();
    assert_eq!(own[0].verb(), Verb::MemberLeave);
    let other = removal(Told::Unknown, pair("101", "12")).await.unwrap();
    assert_eq!(other[0].verb(), Verb::MemberRemove);
}

#[tokio::test]
async fn simple_wishes_are_one_change_each() {
    let stage = Stage::cloud().await;
    let image = Image::new("x.png", b"\x89PNG\r\n\x1a\n".to_vec()).unwrap();
    let cases = [
        (
            Wish::DeleteOrg { org: org("101") },
            Mutation::DeleteOrg { org: org("101") },
        ),
        (
            Wish::SetLogo {
                org: org("101"),
                image: image.clone(),
            },
            Mutation::SetLogo {
                org: org("101"),
                image,
            },
        ),
        (
            Wish::RemoveLogo { org: org("101") },
            Mutation::RemoveLogo { org: org("101") },
        ),
        (
            Wish::RevokeInvite {
                invite: Box::new(listed()),
            },
            Mutation::RevokeInvite {
                invite: invite("101", "77"),
            },
        ),
    ];
    for (wish, change) in cases {
        assert_eq!(stage.plan(wish).await.unwrap(), [change]);
    }
}

#[tokio::test]
async fn fields_are_checked_before_anything_is_sent() {
    let stage = Stage::cloud().await;
    let text = |text: &str| Value::Text(Text::from(text));
    let cases = [
        (
            Fields::default().with("tax_number", text("1")),
            vec!["tax_number"],
        ),
        (Fields::default().with("slug", text("acme")), vec!["slug"]),
        (Fields::default().with("name", text("")), vec!["name"]),
        (
            Fields::default().with("website", Value::Number(1)),
            vec!["website"],
        ),
    ];
    for (fields, wrong) in cases {
        let wish = Wish::EditOrg {
            org: org("101"),
            fields,
        };
        let refused = stage.plan(wish).await.unwrap_err();
        assert_eq!(invalid_fields(&refused), wrong);
    }
    let nothing = Wish::EditOrg {
        org: org("101"),
        fields: Fields::default(),
    };
    assert_eq!(
        stage.plan(nothing).await.unwrap(),
        [],
        "an empty PATCH is a 400"
    );
}

#[tokio::test]
async fn openbalena_needs_a_handle_and_takes_no_logo() {
    let stage = Stage::open().await;
    let image = Image::new("x.gif", b"GIF89a".to_vec()).unwrap();
    let fields = Fields::default()
        .with("name", Value::Text(Text::from("Acme")))
        .with("logo_image", Value::Image(image));
    let wish = Wish::CreateOrg {
        profile: profile(),
        fields,
        first_member: None,
    };
    let refused = stage.plan(wish).await.unwrap_err();
    assert_eq!(invalid_fields(&refused), ["logo_image", "slug"]);
}

#[tokio::test]
async fn what_balena_does_not_have_is_refused_without_a_request() {
    let stage = Stage::bare(KEY).await;
    let fields = Fields::default().with("name", Value::Text(Text::from("Acme")));
    let wishes = [
        Wish::SetMetadata {
            org: org("101"),
            merge: json!({"a": 1}),
        },
        Wish::AddMember {
            org: org("101"),
            user: user("12"),
            role: Role::named("member"),
            metadata: None,
        },
    ];
    for wish in wishes {
        let refused = stage.plan(wish).await.unwrap_err();
        assert!(matches!(refused.fault, Fault::NotOffered(_)), "{refused:?}");
    }
    assert!(stage.lines().await.is_empty());
    let stage = Stage::cloud().await;
    let with_member = Wish::CreateOrg {
        profile: profile(),
        fields,
        first_member: Some((user("12"), Role::named("member"))),
    };
    let address = Wish::Resend(Resend::Address {
        org: org("101"),
        email: Text::from("a@example.com"),
    });
    for wish in [with_member, address] {
        let refused = stage.plan(wish).await.unwrap_err();
        assert!(matches!(refused.fault, Fault::NotOffered(_)), "{refused:?}");
    }
}

#[tokio::test]
async fn ids_of_another_profile_and_ids_that_are_no_numbers_are_refused_without_a_request() {
    let stage = Stage::bare(KEY).await;
    let other = Profile::new("other");
    let foreign_org = OrgId::new(&other, "101");
    let mut foreign_invite = listed();
    foreign_invite.at.id = orgdeck::domain::InviteId::new(&other, "77");
    let foreign_user = UserId::new(&other, "11");
    let set = |member| Wish::SetRoles {
        member,
        from: Vec::new(),
        to: vec![Role::named("member")],
    };
    let foreign = [
        Wish::DeleteOrg { org: foreign_org },
        Wish::RevokeInvite {
            invite: Box::new(foreign_invite),
        },
        set(orgdeck::domain::MemberRef::user(&org("101"), &foreign_user)),
    ];
    for wish in foreign {
        assert_eq!(stage.plan(wish).await.unwrap_err().fault, Fault::Foreign);
    }
    let strange = stage.plan(set(pair("101", "maria"))).await.unwrap_err();
    assert_eq!(strange.fault, Fault::Missing);
    assert!(stage.lines().await.is_empty());
}
