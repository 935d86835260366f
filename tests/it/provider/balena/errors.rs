//! The table of refusals: status and body in, fault and words out.

use std::time::Duration;

use orgdeck::domain::query::OrgAt;
use orgdeck::domain::{
    ApiError, Fault, FieldError, Fields, InviteDraft, Outcome, Query, Role, Secret, Text, Value,
    Wish,
};
use serde_json::json;
use wiremock::ResponseTemplate;

use super::records::{member_record, org_record, role_records};
use super::script::{html, status};
use super::stage::{Stage, member, org, profile};

async fn read(answer: ResponseTemplate) -> ApiError {
    let stage = Stage::cloud().await;
    stage.when("GET /v7/organization(101)", "", answer);
    let query = Query::Org(OrgAt::Id(org("101")));
    stage.ask(query).await.unwrap_err()
}

async fn create(answer: ResponseTemplate) -> Outcome {
    let stage = Stage::cloud().await;
    stage.when("POST /v7/organization", "", answer);
    let fields = Fields::default().with("name", Value::Text(Text::from("x")));
    let wish = Wish::CreateOrg {
        profile: profile(),
        fields,
        first_member: None,
    };
    stage.carry_one(wish).await
}

async fn delete(answer: ResponseTemplate) -> Outcome {
    let stage = Stage::cloud().await;
    stage.records("GET /v7/organization(101)", &json!([org_record()]));
    stage.when("DELETE /v7/organization(101)", "", answer);
    stage.carry_one(Wish::DeleteOrg { org: org("101") }).await
}

fn refused(outcome: Outcome) -> ApiError {
    let shown = format!("{outcome:?}");
    let Outcome::Refused(error) = outcome else {
        panic!("{shown} should be refused");
    };
    error
}

fn words(error: &ApiError) -> &str {
    error.words.as_ref().map_or("", Text::raw)
}

#[tokio::test]
async fn the_servers_sentence_is_found_wherever_it_is() {
    let bodies = [
        "\"Bad thing\"",
        "{\"message\":\"Bad thing\"}",
        "{\"error\":\"Bad thing\"}",
        "{\"error\":{\"text\":\"Bad thing\"}}",
        "{\"error\":{\"message\":\"Bad thing\"}}",
        "Bad thing",
    ];
    for body in bodies {
        let error = read(status(400, body)).await;
        assert_eq!(
            (&error.fault, words(&error)),
            (&Fault::Refused, "Bad thing"),
            "{body}"
        );
    }
    for silent in ["", "{}", "[1]", "\"\""] {
        let error = read(status(400, silent)).await;
        assert_eq!(
            (&error.fault, words(&error)),
            (&Fault::Invalid(Vec::new()), ""),
            "{silent}"
        );
    }
}

#[tokio::test]
async fn statuses_of_reads_become_faults() {
    let cases = [
        (status(403, "\"Forbidden\""), Fault::Forbidden),
        (status(404, ""), Fault::NotTheApi(Text::from("none"))),
        (html(404), Fault::NotTheApi(Text::from("text/html"))),
        (html(400), Fault::NotTheApi(Text::from("text/html"))),
        (
            status(409, "\"Unique key constraint violated\""),
            Fault::Conflict,
        ),
        (status(423, "\"Locked\""), Fault::Refused),
        (status(500, ""), Fault::Unavailable),
    ];
    for (answer, fault) in cases {
        let error = read(answer).await;
        assert_eq!(error.fault, fault);
        assert!(error.status.is_some());
    }
}

#[tokio::test]
async fn a_silent_500_says_that_the_request_may_be_the_cause() {
    assert!(words(&read(status(500, "")).await).contains("field or value"));
    assert_eq!(words(&read(status(500, "\"Broken\"")).await), "Broken");
}

#[tokio::test]
async fn r38_a_proxys_page_is_not_repeated_as_words() {
    let Outcome::Refused(error) = create(html(403)).await else {
        panic!("a 403 is a refusal");
    };
    assert_eq!(error.fault, Fault::Forbidden);
    let told = "a proxy or sign-in page answered, of type text/html";
    assert_eq!(error.words.unwrap().raw(), told);
}

#[tokio::test]
async fn too_many_requests_are_not_applied_and_say_when_to_come_back() {
    let answer = status(429, "\"Too Many Requests\"").insert_header("Retry-After", "3600");
    let Outcome::NotApplied(error) = create(answer).await else {
        panic!("a 429 proves that nothing happened");
    };
    let after = Some(Duration::from_hours(1));
    assert_eq!(error.fault, Fault::Slowed { after });
}

#[tokio::test]
async fn a_name_or_handle_that_breaks_a_rule_lands_on_its_field() {
    let cases = [
        (
            "It is necessary that each organization has a name that has a Length (Type) that is less than or equal to 100.",
            "name",
        ),
        (
            "It is necessary that each name (Auth) of an organization, has a Length (Type) that is greater than 0 and is less than or equal to 220.",
            "name",
        ),
        (
            "It is necessary that each organization has a handle that has a Length (Type) that is less than or equal to 100.",
            "slug",
        ),
        ("Handles must be lowercase", "slug"),
        (
            "Handles can only contain alphanumeric characters and underscores",
            "slug",
        ),
    ];
    for (sentence, field) in cases {
        let error = refused(create(status(400, &json!(sentence).to_string())).await);
        let wrong = FieldError {
            field: Text::from(field),
            message: Text::from(sentence),
        };
        assert_eq!(error.fault, Fault::Invalid(vec![wrong]));
        assert_eq!(words(&error), sentence);
    }
}

#[tokio::test]
async fn a_taken_handle_is_wrong_at_its_field_and_a_taken_pair_is_a_conflict() {
    let sentence = "\"handle\" must be unique.";
    let error = refused(create(status(409, &json!(sentence).to_string())).await);
    let wrong = FieldError {
        field: Text::from("slug"),
        message: Text::from(sentence),
    };
    assert_eq!(
        (&error.fault, words(&error)),
        (&Fault::Invalid(vec![wrong]), sentence)
    );
    let pair = "\"user\" and \"is_member_of__organization\" must be unique.";
    let error = refused(create(status(409, &json!(pair).to_string())).await);
    assert_eq!((&error.fault, words(&error)), (&Fault::Conflict, pair));
}

#[tokio::test]
async fn referenced_means_in_use_when_removing_and_missing_otherwise() {
    let sentence = "\"Data is referenced by organization_membership.\"";
    assert_eq!(
        refused(delete(status(409, sentence)).await).fault,
        Fault::Conflict
    );
    let sentence = "\"Data is referenced by organization_membership_role.\"";
    assert_eq!(
        refused(create(status(409, sentence)).await).fault,
        Fault::Missing
    );
}

#[tokio::test]
async fn r102_the_last_administrator_is_kept_in_the_servers_words() {
    let sentence = "It is necessary that each organization that is active, includes at least one \
                    organization membership that has a role that has a name that is equal to administrator.";
    let stage = Stage::cloud().await;
    let call = "/v7/organization_membership(55)";
    stage.records(&format!("GET {call}"), &json!([member_record()]));
    stage.records("GET /v7/organization_membership_role", &role_records());
    stage.when(
        &format!("PATCH {call}"),
        "",
        status(400, &json!(sentence).to_string()),
    );
    let wish = Wish::SetRoles {
        member: member("101", "55"),
        from: Vec::new(),
        to: vec![Role::named("member")],
    };
    let error = refused(stage.carry_one(wish).await);
    assert_eq!((&error.fault, words(&error)), (&Fault::Refused, sentence));
}

#[tokio::test]
async fn a_bad_token_of_an_invite_is_missing() {
    let stage = Stage::cloud().await;
    stage.when("POST /org/v1/invitation/used", "", status(404, ""));
    let wish = Wish::AcceptInvite {
        profile: profile(),
        token: Secret::new("used"),
    };
    let error = refused(stage.carry_one(wish).await);
    assert_eq!(error.fault, Fault::Missing);
    assert!(!format!("{error:?} {error}").contains("used"));
}

#[tokio::test]
async fn an_invite_that_clashes_keeps_the_servers_words() {
    let stage = Stage::cloud().await;
    stage.records("GET /v7/invitee__is_invited_to__organization", &json!([]));
    let call = "POST /v7/invitee__is_invited_to__organization";
    stage.when(call, "", status(409, "\"already invited\""));
    let wish = Wish::Invite {
        org: org("101"),
        drafts: vec![InviteDraft::to("a@example.com")],
    };
    let error = refused(stage.carry_one(wish).await);
    assert_eq!(
        (&error.fault, words(&error)),
        (&Fault::Conflict, "already invited")
    );
}
