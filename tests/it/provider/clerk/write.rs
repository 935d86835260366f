//! What an answer to a write is taken for, and what the receipt brings.

use std::time::Duration;

use orgdeck::domain::mutation::Parting;
use orgdeck::domain::outcome::{Made, Proof};
use orgdeck::domain::plan::Seen;
use orgdeck::domain::{
    Assignment, Fault, Fields, Image, InviteDraft, InviteId, InviteStatus, Member, Outcome,
    Receipt, Role, Text, Value, Wish,
};
use serde_json::{Value as Json, json};
use wiremock::{Request, ResponseTemplate};

use super::names::{by_user, invite_ref, member_id, org, shop, user};
use super::records::{acme, alan, list, new_hire, with};
use super::support::{Service, ok, raw, refusal};

/// Answers reads with the documented records, and writes as the test says.
pub(super) async fn writing<F>(answer: F) -> Service
where
    F: Fn(&Request) -> ResponseTemplate + Send + Sync + 'static,
{
    Service::new(move |request| {
        if request.method.as_str() != "GET" {
            return answer(request);
        }
        let path = request.url.path();
        ok(&match path {
            path if path.ends_with("/memberships") => list(&[alan()]),
            path if path.ends_with("/invitations") => list(&[]),
            path if path.contains("/invitations/") => new_hire(),
            _ => acme(),
        })
    })
    .await
}

async fn answered(wish: Wish, status: u16, body: Json) -> Outcome {
    let service = writing(move |_| ResponseTemplate::new(status).set_body_json(&body)).await;
    let outcome = service.carry(wish).await;
    assert_eq!(service.writes().await.len(), 1);
    outcome
}

async fn done(wish: Wish, body: Json) -> Receipt {
    let answer = answered(wish, 200, body).await;
    let Outcome::Done(receipt) = answer else {
        panic!("{answer:?}");
    };
    receipt
}

fn create() -> Wish {
    Wish::CreateOrg {
        profile: shop(),
        fields: Fields::default().with("name", Value::Text(Text::from("Acme"))),
        first_member: None,
    }
}

pub(super) fn draft(email: &str) -> InviteDraft {
    InviteDraft {
        role: Some(Role::named("org:member")),
        ..InviteDraft::to(email)
    }
}

fn bulk(emails: &[&str]) -> Wish {
    Wish::Invite {
        org: org(),
        drafts: emails.iter().map(|email| draft(email)).collect(),
    }
}

fn promote() -> Wish {
    Wish::SetRoles {
        member: by_user("user_2"),
        from: vec![Assignment {
            role: Role::named("org:member"),
            id: None,
        }],
        to: vec![Role::named("org:admin")],
    }
}

fn remove() -> Wish {
    Wish::RemoveMember {
        member: Box::new(Member::reference(by_user("user_2"), member_id("orgmem_2"))),
    }
}

fn name_of(after: Option<&Seen>) -> Option<&str> {
    match after {
        Some(Seen::Org(org)) => org.name.known().map(Text::raw),
        _ => None,
    }
}

#[tokio::test]
async fn a_created_organization_is_made_and_shown() {
    let receipt = done(create(), acme()).await;
    assert_eq!(receipt.made, Some(Made::Org(org())));
    assert_eq!(name_of(receipt.after.as_ref()), Some("Acme Corp"));
    assert_eq!(receipt.proof, Proof::Answer);
}

#[tokio::test]
async fn changes_of_an_organization_bring_it_as_it_is_now() {
    let picture = Image::new("a.gif", b"GIF89a".to_vec()).unwrap();
    let renamed = Fields::default().with("name", Value::Text(Text::from("New")));
    for wish in [
        Wish::EditOrg {
            org: org(),
            fields: renamed,
        },
        Wish::SetLogo {
            org: org(),
            image: picture,
        },
        Wish::RemoveLogo { org: org() },
        Wish::SetMetadata {
            org: org(),
            merge: json!({"a": 1}),
        },
    ] {
        let receipt = done(wish, with(acme(), "name", json!("New"))).await;
        assert_eq!(name_of(receipt.after.as_ref()), Some("New"));
        assert_eq!(receipt.made, None);
    }
}

#[tokio::test]
async fn what_was_deleted_or_removed_is_gone() {
    let deletion = json!({"object": "organization", "id": "org_1", "deleted": true});
    let receipt = done(Wish::DeleteOrg { org: org() }, deletion).await;
    assert_eq!(receipt.after, Some(Seen::Gone));
    // The answer to a removal is the membership as it was.
    assert_eq!(done(remove(), alan()).await.after, Some(Seen::Gone));
}

#[tokio::test]
async fn members_come_with_the_answer() {
    let wish = Wish::AddMember {
        org: org(),
        user: user("user_2"),
        role: Role::named("org:member"),
        metadata: None,
    };
    let receipt = done(wish, alan()).await;
    assert_eq!(receipt.made, Some(Made::Member(member_id("orgmem_2"))));
    let receipt = done(promote(), with(alan(), "role", json!("org:admin"))).await;
    let Some(Seen::Member(member)) = receipt.after else {
        panic!("{receipt:?}");
    };
    assert_eq!(member.assignments()[0].role.key.raw(), "org:admin");
}

#[tokio::test]
async fn invites_come_with_the_answer_without_their_link() {
    let receipt = done(bulk(&["new.hire@example.com"]), new_hire()).await;
    assert_eq!(
        receipt.made,
        Some(Made::Invites(vec![InviteId::new(&shop(), "orginv_1")]))
    );
    assert!(!format!("{receipt:?}").contains("canary"));
    let Some(Seen::Invite(invite)) = receipt.after else {
        panic!("{receipt:?}");
    };
    let revoked = with(new_hire(), "status", json!("revoked"));
    let receipt = done(Wish::RevokeInvite { invite }, revoked).await;
    let Some(Seen::Invite(invite)) = receipt.after else {
        panic!("{receipt:?}");
    };
    assert_eq!(
        (invite.at, invite.status),
        (invite_ref("orginv_1"), InviteStatus::Revoked)
    );
}

#[tokio::test]
async fn many_invites_come_in_the_order_of_the_request() {
    let made = |id: &str, email: &str| {
        with(
            with(new_hire(), "id", json!(id)),
            "email_address",
            json!(email),
        )
    };
    let answer = [
        made("orginv_b", "b@example.com"),
        made("orginv_a", "a@example.com"),
    ];
    for body in [list(&answer), json!(answer)] {
        let receipt = done(bulk(&["A@example.com", "b@example.com"]), body).await;
        let ids = ["orginv_a", "orginv_b"].map(|id| InviteId::new(&shop(), id));
        assert_eq!(receipt.made, Some(Made::Invites(ids.to_vec())));
    }
}

#[tokio::test]
async fn the_right_record_is_done_whatever_else_in_it_cannot_be_read() {
    let receipt = done(create(), with(acme(), "slug", json!(7))).await;
    let unread = Receipt {
        proof: Proof::Unread,
        ..Receipt::default()
    };
    assert_eq!(receipt, unread);
}

/// Whether it is not known what became of a change, and this came in place of an answer.
pub(super) fn is_unproven(end: &Outcome, kind: &str) -> bool {
    matches!(end, Outcome::Unproven(error) if error.fault.kind() == kind && error.status.is_some())
}

/// What is read again says that nothing has happened.
#[tokio::test]
async fn r4_a_success_that_proves_nothing_is_settled_by_reading() {
    let service = writing(|_| raw(200, "application/json", "{}")).await;
    let outcome = service.carry(remove()).await;
    let Outcome::Refused(error) = outcome else {
        panic!("{outcome:?}");
    };
    let came = Text::from("it tells nothing of the change, of type application/json");
    let came = Fault::Garbled(came);
    assert_eq!(error.fault, Fault::NotApplied(Some(Box::new(came))));
    assert_eq!(error.status, Some(200));
    assert_eq!(service.writes().await.len(), 1);
}

#[tokio::test]
async fn a_success_of_a_proxy_proves_nothing() {
    let service = writing(|_| raw(200, "text/html", "<html>sign in</html>")).await;
    let outcome = service.carry(create()).await;
    assert!(is_unproven(&outcome, "not_the_api"), "{outcome:?}");
    assert_eq!(service.writes().await.len(), 1);
}

#[tokio::test]
async fn failures_of_the_server_leave_the_outcome_unknown_and_nothing_is_repeated() {
    for status in [500, 502, 503, 504] {
        let body = refusal("internal_clerk_error", "oops");
        let outcome = answered(create(), status, body).await;
        assert!(is_unproven(&outcome, "unavailable"), "{outcome:?}");
    }
}

#[tokio::test]
async fn a_refused_key_changed_nothing() {
    let answer = answered(create(), 401, refusal("clerk_key_invalid", "wrong")).await;
    let Outcome::NotApplied(error) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(error.fault, Fault::SignedOut);
}

#[tokio::test]
async fn a_limit_changed_nothing_and_tells_its_wait() {
    let body = refusal("too_many_requests", "in a bit");
    let service = writing(move |_| {
        ResponseTemplate::new(429)
            .set_body_json(&body)
            .insert_header("retry-after", "7")
    })
    .await;
    let outcome = service.carry(create()).await;
    let Outcome::NotApplied(error) = outcome else {
        panic!("{outcome:?}");
    };
    let after = Some(Duration::from_secs(7));
    assert_eq!(error.fault, Fault::Slowed { after });
    assert_eq!(service.writes().await.len(), 1);
}

#[tokio::test]
async fn rules_are_refusals_with_the_services_words() {
    let one = || bulk(&["a@example.com"]);
    let delete = Wish::DeleteOrg { org: org() };
    for (wish, status, code, fault) in [
        (
            remove(),
            400,
            "organization_minimum_permissions_needed",
            Fault::Refused,
        ),
        (
            one(),
            403,
            "organization_membership_quota_exceeded",
            Fault::Refused,
        ),
        (
            one(),
            400,
            "organization_invitation_not_unique",
            Fault::Conflict,
        ),
        (
            promote(),
            409,
            "organization_membership_managed_by_scim",
            Fault::Refused,
        ),
        (delete, 404, "resource_not_found", Fault::Missing),
    ] {
        let verb = wish.verb();
        let outcome = answered(wish, status, refusal(code, "because")).await;
        let Outcome::Refused(error) = outcome else {
            panic!("{code}: {outcome:?}");
        };
        assert_eq!((error.verb, error.fault), (verb, fault));
        assert_eq!(error.words, Some(Text::from("because")));
        assert_eq!(error.trace, Some(Text::from("trace_1")));
    }
}

#[tokio::test]
async fn what_has_no_request_is_refused_unsent() {
    let service = writing(|_| ok(&json!({}))).await;
    let mut plan = service.prepare(promote()).await;
    let member = orgdeck::domain::MemberRef::id(&org(), &member_id("orgmem_2"));
    for change in [
        orgdeck::domain::Mutation::RemoveMember {
            member: member.clone(),
            why: Parting::Removed,
        },
        orgdeck::domain::Mutation::SetRole {
            member: member.clone(),
            role: Role::named("x"),
        },
        orgdeck::domain::Mutation::GiveRole {
            member: by_user("user_2"),
            role: Role::named("x"),
        },
    ] {
        plan.steps[0].change = change;
        let answer = service.carry_step(&plan, 0).await;
        let Outcome::Refused(error) = answer else {
            panic!("{answer:?}");
        };
        assert!(matches!(error.fault, Fault::NotOffered(_)));
    }
    assert!(service.writes().await.is_empty());
}
