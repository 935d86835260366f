//! Writing to the demo world, through the gate.

use orgdeck::domain::outcome::{Made, Proof};
use orgdeck::domain::plan::Seen;
use orgdeck::domain::query::{OrgAt, Privacy, Query};
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{
    Answer, Assignment, Fault, Fields, Image, InviteDraft, InviteStatus, Member, MemberRef, Role,
    Text, Told, Value, Wish,
};
use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault as Trouble, Rule};
use serde_json::json;

use super::super::names::{member, shop};
use super::{Demo, name};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and the picture";

fn text(text: &str) -> Value {
    Value::Text(Text::from(text))
}

fn draft(email: &str, role: &str) -> InviteDraft {
    InviteDraft {
        role: Some(Role::named(role)),
        ..InviteDraft::to(email)
    }
}

fn promote(member: &Member, role: &str) -> Wish {
    Wish::SetRoles {
        member: member.at.clone(),
        from: member.assignments().to_vec(),
        to: vec![Role::named(role)],
    }
}

#[tokio::test]
async fn an_organization_lives_from_its_making_to_its_end() {
    let demo = Demo::start();
    let fields = Fields::default()
        .with("name", text("Harbour"))
        .with("slug", text("harbour"))
        .with("max_allowed_memberships", Value::Number(0));
    let wish = Wish::CreateOrg {
        profile: shop(),
        fields,
        first_member: None,
    };
    let Some(Made::Org(org)) = demo.done(wish).await.made else {
        panic!("no organization");
    };
    assert_eq!(demo.everybody(&org).await, []);
    let ana = demo.user("ana@acme.example").await.id;
    let role = Role::named("org:admin");
    demo.done(Wish::AddMember {
        org: org.clone(),
        user: ana,
        role,
        metadata: None,
    })
    .await;
    assert_eq!(demo.everybody(&org).await.len(), 1);
    let fields = Fields::default()
        .with("name", text("Harbour & Söhne"))
        .with("admin_delete_enabled", Value::Flag(false));
    demo.done(Wish::EditOrg {
        org: org.clone(),
        fields,
    })
    .await;
    let merge = json!({"plan": "gold"});
    demo.done(Wish::SetMetadata {
        org: org.clone(),
        merge,
    })
    .await;
    let image = Image::new("logo.png", PNG.to_vec()).unwrap();
    demo.done(Wish::SetLogo {
        org: org.clone(),
        image,
    })
    .await;
    let now = demo.org("harbour").await;
    assert_eq!(name(&now), "Harbour & Söhne");
    assert!(now.logo.known().is_some());
    let query = Query::Metadata {
        org: org.clone(),
        privacy: Privacy::Public,
    };
    let document = Text::from("{\n  \"plan\": \"gold\"\n}");
    assert_eq!(demo.ask(query).await, Ok(Answer::Json(document)));
    demo.done(Wish::RemoveLogo { org: org.clone() }).await;
    assert_eq!(demo.org("harbour").await.logo, Told::Empty);
    demo.done(Wish::DeleteOrg { org: org.clone() }).await;
    let error = demo.ask(Query::Org(OrgAt::Id(org))).await.unwrap_err();
    assert_eq!(error.fault, Fault::Missing);
}

#[tokio::test]
async fn members_change_their_role_and_leave_by_our_hand() {
    let demo = Demo::start();
    let org = demo.org("acme-shop").await.id;
    let bo = MemberRef::user(&org, &demo.user("bo@acme.example").await.id);
    let before = member(demo.ask(Query::Member(bo.clone())).await);
    demo.done(promote(&before, "org:admin")).await;
    let now = member(demo.ask(Query::Member(bo.clone())).await);
    let held = |member: &Member| -> Vec<String> {
        let keys = member
            .assignments()
            .iter()
            .map(|Assignment { role, .. }| role.key.raw());
        keys.map(str::to_owned).collect()
    };
    assert_eq!(
        (held(&before), held(&now)),
        (vec!["org:member".to_owned()], vec!["org:admin".to_owned()])
    );
    demo.done(Wish::RemoveMember {
        member: Box::new(now),
    })
    .await;
    assert_eq!(
        demo.ask(Query::Member(bo)).await.unwrap_err().fault,
        Fault::Missing
    );
}

#[tokio::test]
async fn invites_are_made_one_by_one_and_many_at_once_revoked_and_sent_again() {
    let demo = Demo::start();
    let org = demo.org("partner-portal").await.id;
    let before = demo.invites(&org, InviteStatus::Pending).await.len();
    let one = vec![draft("one+1@example.com", "org:member")];
    demo.done(Wish::Invite {
        org: org.clone(),
        drafts: one,
    })
    .await;
    let many = (0..10).map(|number| draft(&format!("p{number}@example.com"), "org:member"));
    let many = Wish::Invite {
        org: org.clone(),
        drafts: many.collect(),
    };
    let Some(Made::Invites(made)) = demo.done(many).await.made else {
        panic!("no invites");
    };
    assert_eq!(made.len(), 10);
    let pending = demo.invites(&org, InviteStatus::Pending).await;
    assert_eq!(pending.len(), before + 11);
    let first = pending
        .into_iter()
        .find(|invite| invite.at.id == made[0])
        .unwrap();
    assert_eq!(first.email, Told::Is(Text::from("p0@example.com")));
    let receipt = demo
        .done(Wish::RevokeInvite {
            invite: Box::new(first),
        })
        .await;
    assert!(receipt.after.is_some_and(|seen| seen.is_gone()));
    let expired = demo.invites(&org, InviteStatus::Expired).await.remove(0);
    let email = expired.email.clone();
    let receipt = demo
        .done(Wish::Resend(Resend::Listed(Box::new(expired))))
        .await;
    let Some(Seen::Invite(again)) = receipt.after else {
        panic!("{receipt:?}");
    };
    assert_eq!((again.email, again.status), (email, InviteStatus::Pending));
}

#[tokio::test]
async fn the_services_own_rules_are_told_as_faults() {
    let demo = Demo::start();
    let (shop_org, small) = (
        demo.org("acme-shop").await.id,
        demo.org("acme-sandbox").await.id,
    );
    let emre = MemberRef::user(&small, &demo.user("emre").await.id);
    let emre = member(demo.ask(Query::Member(emre)).await);
    assert_eq!(
        demo.refused(promote(&emre, "org:member")).await,
        Fault::Refused
    );
    assert!(matches!(
        demo.refused(promote(&emre, "org:nope")).await,
        Fault::Invalid(_)
    ));
    let bo = demo.user("bo@acme.example").await.id;
    let twice = Wish::AddMember {
        org: shop_org.clone(),
        user: bo,
        role: Role::named("org:member"),
        metadata: None,
    };
    assert_eq!(demo.refused(twice).await, Fault::Conflict);
    let taken = Fields::default()
        .with("name", text("X"))
        .with("slug", text("acme-shop"));
    let taken = Wish::CreateOrg {
        profile: shop(),
        fields: taken,
        first_member: None,
    };
    let fault = demo.refused(taken).await;
    let Fault::Invalid(fields) = fault else {
        panic!("{fault:?}");
    };
    assert_eq!(fields[0].field, Text::from("slug"));
    let open = ["ivy@partner.example", "new@example.com"].map(|email| draft(email, "org:member"));
    let open = Wish::Invite {
        org: shop_org,
        drafts: open.to_vec(),
    };
    assert_eq!(demo.refused(open).await, Fault::Conflict);
    let crowd = (0..3).map(|number| draft(&format!("p{number}@example.com"), "org:member"));
    let crowd = Wish::Invite {
        org: small,
        drafts: crowd.collect(),
    };
    assert_eq!(demo.refused(crowd).await, Fault::Refused);
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_reading_again() {
    let demo = Demo::start();
    let org = demo.org("acme-shop").await.id;
    demo.sandbox.fail(
        Service::Clerk,
        Rule::once(Trouble::ResetAfter).method("PATCH"),
    );
    let fields = Fields::default().with("name", text("Acme Store"));
    let receipt = demo.done(Wish::EditOrg { org, fields }).await;
    assert_eq!(receipt.proof, Proof::ReadAgain);
    let sent = demo.sandbox.requests(Service::Clerk);
    assert_eq!(
        sent.iter()
            .filter(|request| request.method == "PATCH")
            .count(),
        1
    );
}
