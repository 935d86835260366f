//! What the body of a success proves: the change that its record is about, and no other.

use orgdeck::domain::mutation::Parting;
use orgdeck::domain::{Fields, Image, Mutation, OrgRef, Outcome, Role, Text, Value};
use serde_json::{Value as Json, json};
use wiremock::Request;

use super::names::{by_user, invite_ref, org, shop, user};
use super::records::{acme, alan, new_hire, with};
use super::support::raw;
use super::write::{draft, is_unproven, writing};
use crate::support::permit::permit;

/// Bodies that are not the record that was promised, whatever the change.
const STRANGE: [&str; 8] = [
    "",
    "null",
    "[]",
    "{}",
    "\"x\"",
    "not json",
    r#"{"errors":[{"code":"resource_not_found","message":"no"}]}"#,
    r#"{"object":"organization","id":"org_OTHER","deleted":false}"#,
];

/// Each kind of change with the answer that proves it, and one about something else.
fn proven_or_not() -> Vec<(Mutation, Json, Json)> {
    let member = || by_user("user_2");
    let other = || with(alan(), "public_user_data", json!({"user_id": "user_9"}));
    let admin = || with(alan(), "role", json!("org:admin"));
    let is = |json, field, value: &str| with(json, field, json!(value));
    let away = is(acme(), "id", "org_9");
    let deletion = |id, deleted| json!({"object": "organization", "id": id, "deleted": deleted});
    let image = Image::new("a.gif", b"GIF89a".to_vec()).unwrap();
    let fields = || Fields::default().with("name", Value::Text(Text::from("New")));
    let role = || Role::named("org:admin");
    let new = || draft("New.Hire@example.com");
    let two = || vec![new(), draft("b@example.com")];
    let both = json!([new_hire(), is(new_hire(), "email_address", "b@example.com")]);
    let (profile, org) = (shop(), org());
    let revoked = is(new_hire(), "status", "revoked");
    let gone = Parting::Removed;
    vec![
        (
            Mutation::CreateOrg {
                profile,
                fields: fields(),
            },
            acme(),
            deletion("org_1", true),
        ),
        (
            Mutation::EditOrg {
                org: org.clone(),
                fields: fields(),
            },
            acme(),
            away.clone(),
        ),
        (
            Mutation::SetLogo {
                org: org.clone(),
                image,
            },
            acme(),
            away.clone(),
        ),
        (
            Mutation::RemoveLogo { org: org.clone() },
            acme(),
            away.clone(),
        ),
        (
            Mutation::MergeMetadata {
                org: org.clone(),
                merge: json!({}),
            },
            acme(),
            away,
        ),
        (
            Mutation::DeleteOrg { org: org.clone() },
            deletion("org_1", true),
            deletion("org_1", false),
        ),
        (
            Mutation::DeleteOrg { org: org.clone() },
            deletion("org_1", true),
            deletion("org_9", true),
        ),
        (
            Mutation::SetRole {
                member: member(),
                role: role(),
            },
            admin(),
            alan(),
        ),
        (
            Mutation::SetRole {
                member: member(),
                role: role(),
            },
            admin(),
            is(other(), "role", "org:admin"),
        ),
        (
            Mutation::RemoveMember {
                member: member(),
                why: gone,
            },
            alan(),
            other(),
        ),
        (
            Mutation::RemoveMember {
                member: member(),
                why: gone,
            },
            alan(),
            with(alan(), "organization", json!({"id": "org_9"})),
        ),
        (
            Mutation::AddMember {
                org: OrgRef::Id(org.clone()),
                user: user("user_2"),
                role: role(),
                metadata: None,
            },
            admin(),
            other(),
        ),
        (
            Mutation::Invite {
                org: org.clone(),
                draft: new(),
            },
            new_hire(),
            is(new_hire(), "email_address", "b@example.com"),
        ),
        (
            Mutation::InviteBulk { org, drafts: two() },
            both,
            json!([new_hire()]),
        ),
        (
            Mutation::RevokeInvite {
                invite: invite_ref("orginv_1"),
            },
            revoked.clone(),
            new_hire(),
        ),
        (
            Mutation::RevokeInvite {
                invite: invite_ref("orginv_1"),
            },
            revoked.clone(),
            is(revoked, "id", "orginv_9"),
        ),
    ]
}

/// How the service's answer to a change is taken, before anything is read again.
async fn taken(change: &Mutation, body: String) -> Outcome {
    let answer = move |_: &Request| raw(200, "application/json", &body);
    let service = writing(answer).await;
    service
        .provider()
        .mutate(change.clone(), permit().await)
        .await
}

#[tokio::test]
async fn a_success_proves_the_change_that_its_record_is_about_and_no_other() {
    for (change, proof, about_another) in proven_or_not() {
        let end = taken(&change, proof.to_string()).await;
        assert!(matches!(end, Outcome::Done(_)), "{change:?}: {end:?}");
        for body in STRANGE
            .map(str::to_owned)
            .into_iter()
            .chain([about_another.to_string()])
        {
            let end = taken(&change, body.clone()).await;
            assert!(is_unproven(&end, "garbled"), "{change:?}: {body}: {end:?}");
        }
    }
}
