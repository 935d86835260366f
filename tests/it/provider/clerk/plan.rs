//! Plans: the changes that a wish comes to, and the wishes that come to none.

use orgdeck::domain::mutation::Parting;
use orgdeck::domain::query::Query;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{
    Assignment, Body, Fault, FieldError, Fields, Image, Invite, InviteDraft, InviteStatus, Member,
    Method, Mutation, OrgRef, Role, Text, Told, Value, Wish,
};
use serde_json::{Value as Json, json};

use super::support::{
    Service, acme, alan, at, by_id, by_user, invite, invite_ref, list, member_id, new_hire, org,
    shop, user, with,
};

async fn nothing() -> Service {
    Service::saying(json!({})).await
}

async fn refused(wish: Wish) -> Fault {
    let service = nothing().await;
    let error = service.provider().plan(wish).await.unwrap_err();
    assert!(service.seen().await.is_empty());
    error.fault
}

fn invalid(field: &str, message: &str) -> Fault {
    Fault::Invalid(vec![FieldError {
        field: Text::from(field),
        message: Text::from(message),
    }])
}

fn role(key: &str) -> Role {
    Role::named(key)
}

fn held(key: &str) -> Vec<Assignment> {
    vec![Assignment {
        role: role(key),
        id: None,
    }]
}

fn text(text: &str) -> Value {
    Value::Text(Text::from(text))
}

fn create(fields: Fields) -> Wish {
    Wish::CreateOrg {
        profile: shop(),
        fields,
        first_member: None,
    }
}

fn edit(fields: Fields) -> Wish {
    Wish::EditOrg { org: org(), fields }
}

#[tokio::test]
async fn a_first_member_is_added_to_what_the_first_step_makes() {
    let service = nothing().await;
    let fields = Fields::default().with("name", text("Acme"));
    let wish = Wish::CreateOrg {
        profile: shop(),
        fields: fields.clone(),
        first_member: Some((user("user_1"), role("org:admin"))),
    };
    let changes = service.plan(wish).await;
    let add = Mutation::AddMember {
        org: OrgRef::Of(shop(), 0),
        user: user("user_1"),
        role: role("org:admin"),
    };
    assert_eq!(
        changes,
        [
            Mutation::CreateOrg {
                profile: shop(),
                fields
            },
            add.clone()
        ]
    );
    let request = service.provider().render(&add);
    assert_eq!(request.path, "/v1/organizations/{id of step 1}/memberships");
    assert!(service.seen().await.is_empty());
}

#[tokio::test]
async fn fields_that_clerk_does_not_have_are_not_dropped_in_silence() {
    let picture = Image::new("a.gif", b"GIF89a".to_vec()).unwrap();
    let with_logo = Fields::default().with("logo_image", Value::Image(picture));
    let why = "there is no such field here";
    assert_eq!(refused(create(with_logo)).await, invalid("logo_image", why));
    let website = Fields::default().with("website", text("https://example.com"));
    assert_eq!(refused(edit(website)).await, invalid("website", why));
    let creator = Fields::default().with("created_by", text("user_1"));
    assert_eq!(refused(edit(creator)).await, invalid("created_by", why));
}

#[tokio::test]
async fn metadata_among_edited_fields_goes_out_by_its_own_call() {
    let merge = json!({"plan": null});
    let fields = Fields::default()
        .with("name", text("Acme 2"))
        .with("public_metadata", Value::Json(merge.clone()));
    let changes = nothing().await.plan(edit(fields)).await;
    let name = Fields::default().with("name", text("Acme 2"));
    assert_eq!(
        changes,
        [
            Mutation::EditOrg {
                org: org(),
                fields: name
            },
            Mutation::MergeMetadata {
                org: org(),
                merge: merge.clone()
            },
        ]
    );
    let alone = Fields::default().with("public_metadata", Value::Json(merge.clone()));
    let changes = nothing().await.plan(edit(alone)).await;
    assert_eq!(changes, [Mutation::MergeMetadata { org: org(), merge }]);
    assert!(
        nothing()
            .await
            .plan(edit(Fields::default()))
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn metadata_is_an_object() {
    let why = invalid("public_metadata", "a JSON object is needed");
    for document in [json!([]), json!("x"), json!(null)] {
        let wish = Wish::SetMetadata {
            org: org(),
            merge: document.clone(),
        };
        assert_eq!(refused(wish).await, why);
        let fields = Fields::default().with("public_metadata", Value::Json(document));
        assert_eq!(refused(create(fields)).await, why);
    }
}

#[tokio::test]
async fn the_role_that_is_held_already_is_no_change() {
    let service = nothing().await;
    let wish = |to: Vec<Role>| Wish::SetRoles {
        member: by_user("user_2"),
        from: held("org:member"),
        to,
    };
    assert!(
        service
            .plan(wish(vec![role("org:member")]))
            .await
            .is_empty()
    );
    let change = Mutation::SetRole {
        member: by_user("user_2"),
        role: role("org:admin"),
    };
    assert_eq!(service.plan(wish(vec![role("org:admin")])).await, [change]);
    assert!(service.seen().await.is_empty());
}

#[tokio::test]
async fn a_member_holds_exactly_one_role() {
    for to in [vec![], vec![role("org:admin"), role("org:member")]] {
        let wish = Wish::SetRoles {
            member: by_user("user_2"),
            from: held("org:member"),
            to,
        };
        assert_eq!(
            refused(wish).await,
            invalid("role", "a member holds exactly one role here")
        );
    }
}

#[tokio::test]
async fn a_membership_id_becomes_the_user_in_the_plan() {
    let service = Service::saying(list(&[alan()])).await;
    let wish = Wish::SetRoles {
        member: by_id("orgmem_2"),
        from: held("org:member"),
        to: vec![role("org:admin")],
    };
    let change = Mutation::SetRole {
        member: by_user("user_2"),
        role: role("org:admin"),
    };
    assert_eq!(service.plan(wish).await, [change]);
    let member = Member::reference(by_id("orgmem_2"), member_id("orgmem_2"));
    let change = Mutation::RemoveMember {
        member: by_user("user_2"),
        why: Parting::Removed,
    };
    let wish = Wish::RemoveMember {
        member: Box::new(member),
    };
    assert_eq!(service.plan(wish).await, [change]);
    assert!(service.writes().await.is_empty());
}

#[tokio::test]
async fn a_membership_whose_user_nobody_tells_cannot_be_changed() {
    let nameless = json!({"id": "orgmem_2", "role": "org:member"});
    let service = Service::saying(list(&[nameless])).await;
    let member = Member::reference(by_id("orgmem_2"), member_id("orgmem_2"));
    let wish = Wish::RemoveMember {
        member: Box::new(member),
    };
    let error = service.provider().plan(wish).await.unwrap_err();
    let why = "members are addressed by user here, not by membership id";
    assert_eq!(error.fault, Fault::NotOffered(why));
}

fn draft(email: &str) -> InviteDraft {
    InviteDraft {
        role: Some(role("org:member")),
        ..InviteDraft::to(email)
    }
}

fn invites(count: usize) -> Vec<InviteDraft> {
    (0..count)
        .map(|number| draft(&format!("p{number}@example.com")))
        .collect()
}

#[tokio::test]
async fn one_address_is_a_call_and_several_are_calls_of_ten() {
    let service = nothing().await;
    for (count, sizes) in [
        (0, vec![]),
        (1, vec![1]),
        (2, vec![2]),
        (10, vec![10]),
        (11, vec![10, 1]),
        (23, vec![10, 10, 3]),
    ] {
        let drafts = invites(count);
        let wish = Wish::Invite {
            org: org(),
            drafts: drafts.clone(),
        };
        let calls: Vec<_> = service.plan(wish).await.into_iter().map(invited).collect();
        let found: Vec<_> = calls.iter().map(Vec::len).collect();
        assert_eq!(found, sizes);
        assert_eq!(calls.concat(), drafts);
    }
}

/// The drafts that a change sends, one of them by the plain call.
fn invited(change: Mutation) -> Vec<InviteDraft> {
    if let Mutation::Invite { draft, .. } = change {
        return vec![draft];
    }
    let Mutation::InviteBulk { drafts, .. } = change else {
        panic!("{change:?}");
    };
    assert_ne!(drafts.len(), 1);
    drafts
}

#[tokio::test]
async fn drafts_that_clerk_cannot_take_are_refused_by_field() {
    let wish = |draft| Wish::Invite {
        org: org(),
        drafts: vec![draft],
    };
    let plain = || draft("a@example.com");
    let cases = [
        (
            InviteDraft {
                role: None,
                ..plain()
            },
            invalid("role", "a role is needed"),
        ),
        (
            InviteDraft {
                message: Some(Text::from("hi")),
                ..plain()
            },
            invalid("message", "the mail has no personal message"),
        ),
        (
            InviteDraft {
                expires_in_days: Some(0),
                ..plain()
            },
            invalid("expires_in_days", "1 to 365"),
        ),
        (
            InviteDraft {
                expires_in_days: Some(366),
                ..plain()
            },
            invalid("expires_in_days", "1 to 365"),
        ),
        (
            InviteDraft {
                private_metadata: Some(json!(1)),
                ..plain()
            },
            invalid("private_metadata", "a JSON object is needed"),
        ),
        (draft(""), invalid("email", "an address is needed")),
    ];
    for (draft, fault) in cases {
        assert_eq!(refused(wish(draft)).await, fault);
    }
}

async fn listed(record: Json) -> Invite {
    let service = Service::saying(record).await;
    invite(service.ask(Query::Invite(invite_ref("orginv_1"))).await)
}

async fn again(invite: Invite) -> Vec<Mutation> {
    let service = nothing().await;
    let changes = service
        .plan(Wish::Resend(Resend::Listed(Box::new(invite))))
        .await;
    assert!(service.seen().await.is_empty());
    changes
}

#[tokio::test]
async fn sending_again_revokes_and_keeps_role_metadata_and_days() {
    let changes = again(listed(new_hire()).await).await;
    let draft = InviteDraft {
        role: Some(Role {
            name: Text::from("Member"),
            ..role("org:member")
        }),
        expires_in_days: Some(30),
        public_metadata: Some(json!({"dept": "ops"})),
        ..InviteDraft::to("new.hire@example.com")
    };
    assert_eq!(
        changes,
        [
            Mutation::RevokeInvite {
                invite: invite_ref("orginv_1")
            },
            Mutation::Invite { org: org(), draft },
        ]
    );
}

#[tokio::test]
async fn sending_again_keeps_the_redirect_where_it_is_known_here() {
    let redirect = Text::from("https://app.example.com/accept");
    let invite = Invite {
        redirect: Told::Is(redirect.clone()),
        ..listed(new_hire()).await
    };
    let changes = again(invite).await;
    let Some(Mutation::Invite { draft, .. }) = changes.last() else {
        panic!("{changes:?}");
    };
    assert_eq!(draft.redirect, Some(redirect));
}

#[tokio::test]
async fn what_is_open_no_more_is_sent_again_without_revoking() {
    for status in ["expired", "revoked"] {
        let changes = again(listed(with(new_hire(), "status", json!(status))).await).await;
        assert!(
            matches!(changes.as_slice(), [Mutation::Invite { .. }]),
            "{status}"
        );
    }
    let odd = listed(with(new_hire(), "status", json!("on_hold"))).await;
    assert_eq!(odd.status, InviteStatus::Other(Text::from("on_hold")));
    assert_eq!(again(odd).await.len(), 2);
    let accepted = listed(with(new_hire(), "status", json!("accepted"))).await;
    let wish = Wish::Resend(Resend::Listed(Box::new(accepted)));
    assert_eq!(refused(wish).await, Fault::Conflict);
}

#[tokio::test]
async fn days_that_cannot_be_told_are_left_to_the_service() {
    for (created, expires) in [
        (Told::Unknown, Told::Is(at(1_758_192_000_123))),
        (Told::Is(at(1_755_600_000_123)), Told::Empty),
        (Told::Is(at(1_755_600_000_123)), Told::Is(at(0))),
        (Told::Is(at(0)), Told::Is(at(1_755_600_000_123))),
    ] {
        let changes = again(Invite {
            created,
            expires,
            ..listed(new_hire()).await
        })
        .await;
        let Some(Mutation::Invite { draft, .. }) = changes.last() else {
            panic!("{changes:?}");
        };
        assert_eq!(draft.expires_in_days, None);
    }
}

#[tokio::test]
async fn an_invite_of_which_the_role_is_not_known_is_not_sent_again() {
    let invite = Invite {
        role: Told::Unknown,
        ..listed(new_hire()).await
    };
    let wish = Wish::Resend(Resend::Listed(Box::new(invite)));
    assert_eq!(refused(wish).await, invalid("role", "a role is needed"));
}

#[tokio::test]
async fn what_is_shown_is_what_would_be_sent() {
    let service = Service::knowing(&[("GET", "/v1/organizations/org_1", acme())]).await;
    let plan = service.prepare(Wish::DeleteOrg { org: org() }).await;
    assert_eq!(plan.steps.len(), 1);
    let request = &plan.steps[0].request;
    assert_eq!(
        (request.method, request.target()),
        (Method::Delete, "/v1/organizations/org_1".to_owned())
    );
    assert_eq!(request.body, Body::Empty);
}
