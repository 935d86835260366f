//! Invites to be made: what one wish comes to, and what a new one keeps of an old one.

use orgdeck::domain::query::Query;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{
    ApiError, Fault, Invite, InviteDraft, Mutation, Role, Text, Told, Verb, Wish,
};
use serde_json::{Value as Json, json};

use super::names::{invite, invite_ref, org};
use super::records::{new_hire, with, without};
use super::support::{Service, invalid, nothing, refused};

fn draft(email: &str) -> InviteDraft {
    InviteDraft {
        role: Some(Role::named("org:member")),
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

/// The invite of this record as it was listed.
async fn shown(record: Json) -> Invite {
    let service = Service::saying(record).await;
    invite(service.ask(Query::Invite(invite_ref("orginv_1"))).await)
}

/// Plans to send an invite again that is `record` by now.
async fn again(invite: Invite, record: Json) -> Result<Vec<Mutation>, ApiError> {
    let service = Service::saying(record).await;
    let wish = Wish::Resend(Resend::Listed(Box::new(invite)));
    let changes = service.provider().plan(wish).await;
    assert_eq!(service.only().await.method, "GET");
    changes
}

/// The invite that is made when this record is sent again.
async fn remade(record: Json) -> InviteDraft {
    let changes = again(shown(new_hire()).await, record).await.unwrap();
    let Some(Mutation::Invite { draft, .. }) = changes.last() else {
        panic!("{changes:?}");
    };
    draft.clone()
}

#[tokio::test]
async fn sending_again_revokes_and_keeps_role_metadata_and_days() {
    let changes = again(shown(new_hire()).await, new_hire()).await.unwrap();
    let draft = InviteDraft {
        role: Some(Role {
            name: Text::from("Member"),
            ..Role::named("org:member")
        }),
        expires_in_days: Some(30),
        public_metadata: Some(json!({"dept": "ops"})),
        ..InviteDraft::to("new.hire@example.com")
    };
    let invite = invite_ref("orginv_1");
    assert_eq!(
        changes,
        [
            Mutation::RevokeInvite { invite },
            Mutation::Invite { org: org(), draft },
        ]
    );
}

#[tokio::test]
async fn sending_again_keeps_the_redirect_where_it_is_known_here() {
    let redirect = Text::from("https://app.example.com/accept");
    let invite = Invite {
        redirect: Told::Is(redirect.clone()),
        ..shown(new_hire()).await
    };
    let changes = again(invite, new_hire()).await.unwrap();
    let Some(Mutation::Invite { draft, .. }) = changes.last() else {
        panic!("{changes:?}");
    };
    assert_eq!(draft.redirect, Some(redirect));
}

#[tokio::test]
async fn what_is_open_no_more_is_sent_again_without_revoking() {
    for (status, steps) in [
        ("expired", 1),
        ("revoked", 1),
        ("pending", 2),
        ("on_hold", 2),
    ] {
        // What counts is how it stands now, not how it was shown.
        let invite = shown(new_hire()).await;
        let now = with(new_hire(), "status", json!(status));
        let changes = again(invite, now).await.unwrap();
        assert_eq!(changes.len(), steps, "{status}");
        assert!(
            matches!(changes.last(), Some(Mutation::Invite { .. })),
            "{status}"
        );
    }
    let accepted = with(new_hire(), "status", json!("accepted"));
    let error = again(shown(new_hire()).await, accepted).await.unwrap_err();
    assert_eq!(
        (error.verb, error.fault),
        (Verb::InviteResend, Fault::Conflict)
    );
}

#[tokio::test]
async fn days_that_cannot_be_told_are_left_to_the_service() {
    let created = 1_755_600_000_123_i64;
    for (made, ends, days) in [
        (json!(created), json!(created + 7 * 86_400_000), Some(7)),
        (
            json!(created),
            json!(created + 7 * 86_400_000 - 60_000),
            Some(7),
        ),
        (json!(null), json!(created), None),
        (json!(created), json!(null), None),
        (json!(created), json!(0), None),
        (json!(0), json!(created), None),
    ] {
        let record = with(with(new_hire(), "created_at", made), "expires_at", ends);
        assert_eq!(remade(record).await.expires_in_days, days);
    }
}

#[tokio::test]
async fn an_invite_of_which_role_or_address_are_not_known_is_not_sent_again() {
    for (key, field, why) in [
        ("role", "role", "a role is needed"),
        ("email_address", "email", "an address is needed"),
    ] {
        let error = again(shown(new_hire()).await, without(new_hire(), key))
            .await
            .unwrap_err();
        assert_eq!(error.fault, invalid(field, why));
    }
}
