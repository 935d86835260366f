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

/// A change with the answer that proves it, and one about something else.
type Case = (Mutation, Json, Json);

fn is(json: Json, field: &str, value: &str) -> Json {
    with(json, field, json!(value))
}

fn of_orgs() -> Vec<Case> {
    let away = || is(acme(), "id", "org_9");
    let deletion = |id, deleted| json!({"object": "organization", "id": id, "deleted": deleted});
    let (profile, merge) = (shop(), json!({}));
    let image = Image::new("a.gif", b"GIF89a".to_vec()).unwrap();
    let fields = Fields::default().with("name", Value::Text(Text::from("New")));
    let edit = Mutation::EditOrg {
        org: org(),
        fields: fields.clone(),
    };
    let create = Mutation::CreateOrg { profile, fields };
    let delete = || Mutation::DeleteOrg { org: org() };
    let gone = || deletion("org_1", true);
    vec![
        (create, acme(), gone()),
        (edit, acme(), away()),
        (Mutation::SetLogo { org: org(), image }, acme(), away()),
        (Mutation::RemoveLogo { org: org() }, acme(), away()),
        (
            Mutation::MergeMetadata { org: org(), merge },
            acme(),
            away(),
        ),
        (delete(), gone(), deletion("org_1", false)),
        (delete(), gone(), deletion("org_9", true)),
    ]
}

fn of_members() -> Vec<Case> {
    let other = || with(alan(), "public_user_data", json!({"user_id": "user_9"}));
    let elsewhere = with(alan(), "organization", json!({"id": "org_9"}));
    let admin = || is(alan(), "role", "org:admin");
    let (member, role, why) = (
        by_user("user_2"),
        Role::named("org:admin"),
        Parting::Removed,
    );
    let set = Mutation::SetRole {
        member: member.clone(),
        role: role.clone(),
    };
    let remove = Mutation::RemoveMember { member, why };
    let add = Mutation::AddMember {
        org: OrgRef::Id(org()),
        user: user("user_2"),
        role,
        metadata: None,
    };
    vec![
        (set.clone(), admin(), alan()),
        (set, admin(), is(other(), "role", "org:admin")),
        (remove.clone(), alan(), other()),
        (remove, alan(), elsewhere),
        (add, admin(), other()),
    ]
}

fn of_invites() -> Vec<Case> {
    let new = || draft("New.Hire@example.com");
    let another = || is(new_hire(), "email_address", "b@example.com");
    let revoked = || is(new_hire(), "status", "revoked");
    let drafts = vec![new(), draft("b@example.com")];
    let invite = Mutation::Invite {
        org: org(),
        draft: new(),
    };
    let bulk = Mutation::InviteBulk { org: org(), drafts };
    let revoke = || Mutation::RevokeInvite {
        invite: invite_ref("orginv_1"),
    };
    vec![
        (invite, new_hire(), another()),
        (bulk, json!([new_hire(), another()]), json!([new_hire()])),
        (revoke(), revoked(), new_hire()),
        (revoke(), revoked(), is(revoked(), "id", "orginv_9")),
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
    for (change, proof, about_another) in [of_orgs(), of_members(), of_invites()].concat() {
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
