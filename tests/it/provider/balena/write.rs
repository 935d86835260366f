//! Sending: what an answer proves, what it does not, and that nothing goes out twice.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc;

use orgdeck::domain::mutation::OrgRef;
use orgdeck::domain::outcome::{Made, Proof};
use orgdeck::domain::plan::Seen;
use orgdeck::domain::{
    ApiError, AssignmentId, Fault, Fields, Image, InviteDraft, InviteId, Mutation, OrgId, Outcome,
    Profile, Receipt, Role, Text, Value, Wish,
};
use serde_json::{Value as Json, json};

use super::plan::listed;
use super::records::{invite_record, member_record, org_record, role_records};
use super::script::{html, ok, status};
use super::stage::{KEY, Stage, member, org, profile, user};

const ORG: &str = "/v7/organization(101)";
const MEMBER: &str = "/v7/organization_membership(55)";
const INVITE: &str = "/v7/invitee__is_invited_to__organization(77)";

fn found(record: &Json) -> wiremock::ResponseTemplate {
    ok(&json!({ "d": [record] }))
}

fn gone() -> wiremock::ResponseTemplate {
    ok(&json!({"d": []}))
}

/// A cloud on which a record is read before the change is shown, before it is sent, and after.
async fn stage(method: &str, path: &str, reads: [wiremock::ResponseTemplate; 3]) -> Stage {
    let stage = Stage::cloud().await;
    stage.records("GET /v7/organization_membership_role", &role_records());
    stage.records(&format!("GET {ORG}"), &json!([org_record()]));
    stage.each(&format!("GET {path}"), "", reads);
    stage.when(&format!("{method} {path}"), "", status(200, ""));
    stage
}

fn done(outcome: Outcome) -> Receipt {
    let shown = format!("{outcome:?}");
    let Outcome::Done(receipt) = outcome else {
        panic!("{shown} should be done");
    };
    receipt
}

fn refused(outcome: Outcome) -> ApiError {
    let shown = format!("{outcome:?}");
    let Outcome::Refused(error) = outcome else {
        panic!("{shown} should be refused");
    };
    error
}

fn create(slug: Option<&str>) -> Wish {
    let mut fields = Fields::default().with("name", Value::Text(Text::from("Acme")));
    if let Some(slug) = slug {
        fields.set("slug", Value::Text(Text::from(slug)));
    }
    Wish::CreateOrg {
        profile: profile(),
        fields,
        first_member: None,
    }
}

fn rename() -> Wish {
    let name = Value::Text(Text::from("Acme Robots"));
    Wish::EditOrg {
        org: org("101"),
        fields: Fields::default().with("name", name),
    }
}

fn demote() -> Wish {
    Wish::SetRoles {
        member: member("101", "55"),
        from: Vec::new(),
        to: vec![Role::named("member")],
    }
}

fn revoke() -> Wish {
    Wish::RevokeInvite {
        invite: Box::new(listed()),
    }
}

fn with(mut record: Json, field: &str, value: Json) -> Json {
    record[field] = value;
    record
}

#[tokio::test]
async fn what_was_made_is_told_by_its_id() {
    let stage = Stage::cloud().await;
    let made = json!({"id": 103, "name": "Acme", "handle": "acme_x1", "is_active": true});
    stage.when("POST /v7/organization", "", status(201, &made.to_string()));
    let receipt = done(stage.carry_one(create(None)).await);
    assert_eq!(
        (receipt.made, receipt.proof),
        (Some(Made::Org(org("103"))), Proof::Answer)
    );

    let list = "/v7/invitee__is_invited_to__organization";
    stage.records(&format!("GET {list}"), &json!([]));
    let made = json!({"id": 78, "invitee": {"__id": 5}, "message": null});
    stage.when(&format!("POST {list}"), "", status(201, &made.to_string()));
    let wish = Wish::Invite {
        org: org("101"),
        drafts: vec![InviteDraft::to("a@example.com")],
    };
    let receipt = done(stage.carry_one(wish).await);
    let id = InviteId::new(&profile(), "78");
    assert_eq!(receipt.made, Some(Made::Invites(vec![id])));
}

#[tokio::test]
async fn a_post_whose_answer_names_nothing_proves_nothing() {
    for body in ["", "\"OK\"", "{\"id\":", "{\"id\":\"x\"}"] {
        let stage = Stage::cloud().await;
        stage.when("POST /v7/organization", "", status(201, body));
        let end = stage.carry_one(create(None)).await;
        assert!(matches!(end, Outcome::Unproven(_)), "{body}: {end:?}");
    }
}

#[tokio::test]
async fn changes_are_done_when_the_record_shows_them() {
    let renamed = with(org_record(), "name", json!("Acme Robots"));
    let stage_of_org = stage(
        "PATCH",
        ORG,
        [found(&org_record()), found(&org_record()), found(&renamed)],
    );
    let receipt = done(stage_of_org.await.carry_one(rename()).await);
    let Some(Seen::Org(after)) = receipt.after else {
        panic!("the organization is read again");
    };
    assert_eq!(after.display_name().raw(), "Acme Robots");

    let role = json!([{"id": 2, "name": "member"}]);
    let demoted = with(member_record(), "organization_membership_role", role);
    let reads = [
        found(&member_record()),
        found(&member_record()),
        found(&demoted),
    ];
    let receipt = done(
        stage("PATCH", MEMBER, reads)
            .await
            .carry_one(demote())
            .await,
    );
    let Some(Seen::Member(after)) = receipt.after else {
        panic!("the member is read again");
    };
    assert_eq!(after.assignments()[0].role.key.raw(), "member");
}

#[tokio::test]
async fn removals_are_done_when_the_record_is_gone() {
    let cases = [
        (ORG, org_record(), Wish::DeleteOrg { org: org("101") }),
        (INVITE, invite_record(), revoke()),
    ];
    for (path, record, wish) in cases {
        let reads = [found(&record), found(&record), gone()];
        let stage = stage("DELETE", path, reads).await;
        let receipt = done(stage.carry_one(wish).await);
        assert_eq!(
            (receipt.after, receipt.proof),
            (Some(Seen::Gone), Proof::Answer)
        );
        assert_eq!(stage.writes().await.len(), 1);
    }
}

#[tokio::test]
async fn r28_a_silent_200_that_changed_nothing_is_no_success() {
    let org_stays = [
        found(&org_record()),
        found(&org_record()),
        found(&org_record()),
    ];
    let member_stays = [
        found(&member_record()),
        found(&member_record()),
        found(&member_record()),
    ];
    let cases = [
        (stage("PATCH", ORG, org_stays.clone()).await, rename()),
        (
            stage("DELETE", ORG, org_stays).await,
            Wish::DeleteOrg { org: org("101") },
        ),
        (stage("PATCH", MEMBER, member_stays).await, demote()),
    ];
    for (stage, wish) in cases {
        let error = refused(stage.carry_one(wish).await);
        assert_eq!(error.fault, Fault::Refused);
        assert!(
            error
                .words
                .unwrap()
                .raw()
                .contains("does not show the change")
        );
    }
}

#[tokio::test]
async fn a_field_that_is_dropped_in_silence_is_no_success() {
    let text = |text: &str| Value::Text(Text::from(text));
    let renamed = with(org_record(), "name", json!("Acme Robots"));
    let reads = [found(&org_record()), found(&org_record()), found(&renamed)];
    let wish = Wish::EditOrg {
        org: org("101"),
        fields: Fields::default()
            .with("name", text("Acme Robots"))
            .with("industry", text("Robots")),
    };
    let error = refused(stage("PATCH", ORG, reads).await.carry_one(wish).await);
    assert_eq!(error.fault, Fault::Refused);
}

#[tokio::test]
async fn an_emptied_field_is_done_when_it_is_empty() {
    let emptied = with(org_record(), "website", json!(null));
    let reads = [found(&org_record()), found(&org_record()), found(&emptied)];
    let wish = Wish::EditOrg {
        org: org("101"),
        fields: Fields::default().with("website", Value::Text(Text::from(""))),
    };
    done(stage("PATCH", ORG, reads).await.carry_one(wish).await);
}

#[tokio::test]
async fn a_patch_of_what_vanished_meanwhile_is_missing() {
    let reads = [found(&org_record()), found(&org_record()), gone()];
    let error = refused(stage("PATCH", ORG, reads).await.carry_one(rename()).await);
    assert_eq!(error.fault, Fault::Missing);
}

#[tokio::test]
async fn r28_what_was_gone_before_is_already_so_and_nothing_is_sent() {
    let reads = [found(&invite_record()), gone(), gone()];
    let stage = stage("DELETE", INVITE, reads).await;
    let receipt = done(stage.carry_one(revoke()).await);
    assert_eq!(receipt.proof, Proof::AlreadySo);
    assert!(stage.writes().await.is_empty());
}

#[tokio::test]
async fn r28_what_is_in_an_organization_that_we_see_no_more_is_not_called_gone() {
    let before = [found(&invite_record()), gone(), gone()];
    let stage_before = stage("DELETE", INVITE, before).await;
    stage_before.records(&format!("GET {ORG}"), &json!([]));
    let Outcome::NotApplied(error) = stage_before.carry_one(revoke()).await else {
        panic!("nothing was sent");
    };
    assert_eq!(error.fault, Fault::Unseen);
    assert!(stage_before.writes().await.is_empty());

    let after = [found(&invite_record()), found(&invite_record()), gone()];
    let stage_after = stage("DELETE", INVITE, after).await;
    stage_after.records(&format!("GET {ORG}"), &json!([]));
    assert_eq!(stage_after.carry_one(revoke()).await, Outcome::Unknown);
}

#[tokio::test]
async fn a_success_that_cannot_be_looked_at_is_settled_by_looking_again() {
    let path = format!("GET {INVITE}");
    let stage = Stage::cloud().await;
    stage.records(&format!("GET {ORG}"), &json!([org_record()]));
    let reads = [
        found(&invite_record()),
        found(&invite_record()),
        status(400, ""),
        gone(),
    ];
    stage.each(&path, "", reads);
    stage.when(&format!("DELETE {INVITE}"), "", status(200, ""));
    let receipt = done(stage.carry_one(revoke()).await);
    assert_eq!(receipt.proof, Proof::ReadAgain);
    assert_eq!(stage.writes().await.len(), 1);
}

#[tokio::test]
async fn a_logo_is_set_when_it_shows_and_removed_when_it_does_not() {
    let file = json!({"filename": "img.jpeg", "href": "https://files.example/1"});
    let with_logo = with(org_record(), "logo_image", file);
    let image = Image::new("img.jpeg", vec![0xff, 0xd8, 0xff, 0xe0]).unwrap();
    let set = Wish::SetLogo {
        org: org("101"),
        image,
    };
    let remove = Wish::RemoveLogo { org: org("101") };
    let reads = |before: &Json, after: &Json| [found(before), found(before), found(after)];
    let (bare, logo) = (org_record(), with_logo);
    done(
        stage("PATCH", ORG, reads(&bare, &logo))
            .await
            .carry_one(set.clone())
            .await,
    );
    done(
        stage("PATCH", ORG, reads(&logo, &bare))
            .await
            .carry_one(remove.clone())
            .await,
    );
    refused(
        stage("PATCH", ORG, reads(&bare, &bare))
            .await
            .carry_one(set)
            .await,
    );
    refused(
        stage("PATCH", ORG, reads(&logo, &logo))
            .await
            .carry_one(remove)
            .await,
    );
}

#[tokio::test]
async fn r97_a_401_with_a_working_token_is_a_refusal_and_the_token_is_kept() {
    let reads = [
        found(&org_record()),
        found(&org_record()),
        found(&org_record()),
    ];
    let stage = stage("PATCH", ORG, reads).await;
    stage.when(&format!("PATCH {ORG}"), "", status(401, ""));
    let error = refused(stage.carry_one(rename()).await);
    assert_eq!((error.fault, error.status), (Fault::Forbidden, Some(401)));
    assert_eq!(stage.writes().await.len(), 1);
    let lines = stage.lines().await;
    assert_eq!(lines[lines.len() - 1], "GET /actor/v1/whoami");
}

#[tokio::test]
async fn a_401_of_a_bad_token_proves_that_nothing_happened() {
    let stage = Stage::cloud().await;
    stage.when("POST /v7/organization", "", status(401, ""));
    stage.when("GET /actor/v1/whoami", "", status(401, ""));
    let Outcome::NotApplied(error) = stage.carry_one(create(None)).await else {
        panic!("a real 401 may go out again");
    };
    assert_eq!(error.fault, Fault::SignedOut);
}

#[tokio::test]
async fn failures_of_the_server_and_pages_of_proxies_leave_it_unknown() {
    for answer in [
        status(500, ""),
        status(502, ""),
        html(503),
        status(504, ""),
        html(200),
    ] {
        let stage = Stage::cloud().await;
        stage.when("POST /v7/organization", "", answer);
        let end = stage.carry_one(create(None)).await;
        assert!(matches!(end, Outcome::Unproven(_)), "{end:?}");
        assert_eq!(stage.writes().await.len(), 1, "never sent again");
    }
}

#[tokio::test]
async fn a_lost_create_is_settled_by_its_handle() {
    let stage = Stage::cloud().await;
    let by_handle = "GET /v7/organization(handle='acme')";
    stage.each(by_handle, "", [gone(), gone(), found(&org_record())]);
    stage.when("POST /v7/organization", "", status(502, ""));
    let receipt = done(stage.carry_one(create(Some("acme"))).await);
    assert_eq!(
        (receipt.made, receipt.proof),
        (Some(Made::Org(org("101"))), Proof::ReadAgain)
    );
}

/// A server that answers every read with an empty list and hangs up on every write, telling its first line.
fn hangs_up_on_writes() -> (String, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = [0; 4096];
            let count = stream.read(&mut head).unwrap_or(0);
            let head = String::from_utf8_lossy(&head[..count]).into_owned();
            if head.starts_with("GET") {
                let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\
                              Content-Length: 8\r\nConnection: close\r\n\r\n{\"d\":[]}";
                stream.write_all(answer.as_bytes()).unwrap();
            } else if tell
                .send(head.lines().next().unwrap_or_default().to_owned())
                .is_err()
            {
                return;
            }
        }
    });
    (url, told)
}

#[tokio::test]
async fn a_write_without_an_answer_is_unknown_and_sent_once() {
    let (url, told) = hangs_up_on_writes();
    let stage = Stage::at(&url, KEY);
    assert_eq!(stage.carry_one(create(None)).await, Outcome::Unknown);
    let writes: Vec<_> = told.try_iter().collect();
    assert_eq!(writes, ["POST /v7/organization HTTP/1.1"]);
}

#[tokio::test]
async fn changes_that_balena_does_not_have_are_refused_without_a_request() {
    let stage = Stage::bare(KEY).await;
    let role = || Role::named("member");
    let changes = [
        Mutation::AddMember {
            org: OrgRef::Id(org("101")),
            user: user("12"),
            role: role(),
            metadata: None,
        },
        Mutation::MergeMetadata {
            org: org("101"),
            merge: json!({}),
        },
        Mutation::GiveRole {
            member: member("101", "55"),
            role: role(),
        },
        Mutation::TakeRole {
            member: member("101", "55"),
            role: role(),
            assignment: AssignmentId::new(&profile(), "1"),
        },
        Mutation::InviteBulk {
            org: org("101"),
            drafts: vec![InviteDraft::to("a@example.com")],
        },
    ];
    for change in changes {
        let error = refused(stage.mutate(change).await);
        assert!(matches!(error.fault, Fault::NotOffered(_)), "{error:?}");
    }
    let foreign = OrgId::new(&Profile::new("other"), "101");
    let error = refused(stage.mutate(Mutation::DeleteOrg { org: foreign }).await);
    assert_eq!(error.fault, Fault::Foreign);
    let unresolved = Mutation::SetRole {
        member: member("101", "55"),
        role: role(),
    };
    let error = refused(stage.mutate(unresolved).await);
    assert!(matches!(error.fault, Fault::Invalid(_)), "{error:?}");
    assert!(stage.lines().await.is_empty());
}
