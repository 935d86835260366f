//! Who we are, what a 401 means, and the probe.

use orgdeck::domain::connection::Principal;
use orgdeck::domain::query::{OrgAt, Privacy};
use orgdeck::domain::{
    Answer, ApiError, Cursor, Fault, OrgId, PrincipalKind, Profile, Query, Text, Told, UserAt, Verb,
};
use serde_json::json;
use wiremock::ResponseTemplate;

use super::records::org_record;
use super::script::{html, status};
use super::stage::{KEY, Stage, member, org, profile, user};

async fn principal(stage: &Stage) -> Principal {
    let Answer::Principal(principal) = stage.ask(Query::WhoAmI).await.unwrap() else {
        panic!("another answer was asked for");
    };
    principal
}

fn show() -> Query {
    Query::Org(OrgAt::Id(org("101")))
}

async fn fails(stage: &Stage, query: Query) -> ApiError {
    stage.ask(query).await.unwrap_err()
}

#[tokio::test]
async fn a_person_is_known_by_the_user_id_and_not_by_the_actor() {
    let stage = Stage::cloud().await;
    let maria = principal(&stage).await;
    assert_eq!(maria.kind, PrincipalKind::User);
    assert_eq!(maria.user, Some(user("11")), "4011 is the actor");
    assert_eq!(maria.label.raw(), "maria");
    assert_eq!(maria.email, Told::Is(Text::from("maria@example.com")));
}

#[tokio::test]
async fn keys_of_applications_and_devices_are_no_person() {
    let stage = Stage::bare(KEY).await;
    let cases = [
        (
            json!({"id": 9, "actorType": "application", "actorTypeId": 5, "slug": "acme/fleet"}),
            PrincipalKind::Application,
            "acme/fleet",
        ),
        (
            json!({"id": 9, "actorType": "device", "actorTypeId": 6, "uuid": "f00d"}),
            PrincipalKind::Device,
            "f00d",
        ),
        (
            json!({"id": 9, "actorType": "robot", "actorTypeId": 7}),
            PrincipalKind::Service,
            "7",
        ),
    ];
    for (body, kind, label) in cases {
        stage.on("GET /actor/v1/whoami", &body);
        let found = principal(&stage).await;
        assert_eq!((found.kind, found.label.raw()), (kind, label));
        assert_eq!((found.user, found.email), (None, Told::Unknown));
    }
}

#[tokio::test]
async fn a_key_that_is_no_person_is_said_to_manage_nothing() {
    let stage = Stage::open().await;
    let device = json!({"id": 9, "actorType": "device", "actorTypeId": 6, "uuid": "f00d"});
    stage.on("GET /actor/v1/whoami", &device);
    let notes = stage.capabilities().await.notes;
    assert!(notes[0].raw().contains("only a person's key"), "{notes:?}");
}

#[tokio::test]
async fn r97_a_401_with_a_working_token_is_not_allowed_and_costs_one_more_request() {
    let stage = Stage::cloud().await;
    stage.when("GET /v7/organization(101)", "", status(401, ""));
    stage.capabilities().await;
    let before = stage.lines().await.len();
    let error = fails(&stage, show()).await;
    assert_eq!((error.fault, error.status), (Fault::Forbidden, Some(401)));
    let after = stage.lines().await;
    assert_eq!(
        after[before..],
        ["GET /v7/organization(101)", "GET /actor/v1/whoami"]
    );
    stage.records("GET /v7/organization(101)", &json!([org_record()]));
    stage.ask(show()).await.expect("the token is still in use");
}

#[tokio::test]
async fn a_401_that_whoami_confirms_is_signed_out() {
    for body in ["", "\"Unauthorized\""] {
        let stage = Stage::cloud().await;
        stage.capabilities().await;
        stage.when("GET /v7/organization(101)", "", status(401, body));
        stage.when("GET /actor/v1/whoami", "", status(401, body));
        let error = fails(&stage, show()).await;
        assert_eq!((error.verb, error.fault), (Verb::OrgShow, Fault::SignedOut));
    }
}

#[tokio::test]
async fn whoami_itself_needs_no_second_opinion() {
    let stage = Stage::bare(KEY).await;
    stage.when("GET /actor/v1/whoami", "", status(401, ""));
    assert_eq!(fails(&stage, Query::WhoAmI).await.fault, Fault::SignedOut);
    assert_eq!(stage.lines().await, ["GET /actor/v1/whoami"]);
}

#[tokio::test]
async fn the_probe_is_asked_once_and_only_when_needed() {
    let stage = Stage::cloud().await;
    stage.records("GET /v7/organization(101)", &json!([org_record()]));
    assert!(stage.lines().await.is_empty());
    for _ in 0..3 {
        stage.ask(show()).await.unwrap();
    }
    let sent = stage.sent().await;
    let probes: Vec<_> = sent
        .iter()
        .filter(|call| call.query.contains_key("$top"))
        .collect();
    assert_eq!(
        probes[0].target,
        "/v7/organization_membership_role?$top=1&$select=id"
    );
    assert_eq!(probes.len(), 2);
    assert_eq!(sent.len(), 5);
}

#[tokio::test]
async fn a_probe_that_fails_decides_nothing() {
    let stage = Stage::cloud().await;
    stage.each(
        "GET /v7/organization_membership_role",
        "$top=1",
        [
            status(400, ""),
            super::script::ok(&json!({"d": [{"id": 1}]})),
        ],
    );
    fails(&stage, Query::Probe).await;
    assert_eq!(stage.capabilities().await.refusal(Verb::InviteList), None);
}

#[tokio::test]
async fn a_bad_token_is_no_openbalena() {
    let stage = Stage::open().await;
    stage.when("GET /actor/v1/whoami", "", status(401, ""));
    assert_eq!(fails(&stage, Query::Probe).await.fault, Fault::SignedOut);
}

#[tokio::test]
async fn what_no_balena_has_is_refused_without_a_request() {
    let stage = Stage::bare(KEY).await;
    let queries = [
        Query::Metadata {
            org: org("101"),
            privacy: Privacy::Public,
        },
        Query::Users {
            text: Text::from("maria"),
            beside: None,
            page: Cursor::FIRST,
        },
    ];
    for query in queries {
        let error = fails(&stage, query).await;
        assert!(matches!(error.fault, Fault::NotOffered(_)), "{error:?}");
    }
    assert!(stage.lines().await.is_empty());
}

#[tokio::test]
async fn what_openbalena_lacks_is_refused_with_the_reason() {
    let stage = Stage::open().await;
    let queries = [
        Query::Invites {
            org: None,
            status: None,
            page: Cursor::FIRST,
        },
        Query::Roles { org: None },
        Query::MemberRoles(member("101", "55")),
        Query::Members {
            org: org("101"),
            role: Some("administrator".into()),
            text: None,
            page: Cursor::FIRST,
        },
    ];
    for query in queries {
        let error = fails(&stage, query).await;
        let Fault::NotOffered(why) = error.fault else {
            panic!("{error:?}");
        };
        assert!(why.contains("openBalena"), "{why}");
    }
    let only_probed = [
        "GET /v7/organization_membership_role",
        "GET /actor/v1/whoami",
    ];
    assert_eq!(stage.lines().await, only_probed);
}

#[tokio::test]
async fn ids_of_another_profile_are_refused_without_a_request() {
    let stage = Stage::bare(KEY).await;
    let other = Profile::new("other");
    let foreign = OrgId::new(&other, "101");
    let queries = [
        Query::Org(OrgAt::Id(foreign.clone())),
        Query::Org(OrgAt::Slug(other.clone(), Text::from("acme"))),
        Query::Roles { org: Some(foreign) },
        Query::Member(orgdeck::domain::MemberRef::user(
            &org("101"),
            &orgdeck::domain::UserId::new(&other, "11"),
        )),
        Query::Memberships {
            user: UserAt::Name(other, Text::from("maria")),
            page: Cursor::FIRST,
        },
    ];
    for query in queries {
        assert_eq!(fails(&stage, query).await.fault, Fault::Foreign);
    }
    assert!(stage.lines().await.is_empty());
}

#[tokio::test]
async fn an_id_that_fits_into_no_key_is_missing_without_a_request() {
    let stage = Stage::bare(KEY).await;
    for id in ["", "acme", "1) or (1 eq 1", "+5", "007", "-1", "１"] {
        let error = fails(&stage, Query::Org(OrgAt::Id(org(id)))).await;
        assert_eq!(error.fault, Fault::Missing, "{id}");
    }
    assert!(stage.lines().await.is_empty());
}

#[tokio::test]
async fn an_empty_list_with_a_200_is_a_missing_record() {
    let stage = Stage::cloud().await;
    stage.records("GET /v7/organization(101)", &json!([]));
    stage.records("GET /v7/organization(handle='nope')", &json!([]));
    stage.records("GET /v7/organization_membership(55)", &json!([]));
    let by_handle = Query::Org(OrgAt::Slug(profile(), Text::from("nope")));
    for query in [show(), by_handle] {
        assert_eq!(fails(&stage, query).await.fault, Fault::Missing);
    }
    let of_member = || Query::Member(member("101", "55"));
    assert_eq!(fails(&stage, of_member()).await.fault, Fault::Unseen);
    stage.records("GET /v7/organization(101)", &json!([{"id": 101}]));
    assert_eq!(fails(&stage, of_member()).await.fault, Fault::Missing);
}

#[tokio::test]
async fn answers_of_another_shape_are_named_as_what_they_are() {
    let stage = Stage::cloud().await;
    let call = "GET /v7/organization(101)";
    for body in [
        json!([]),
        json!({"d": 5}),
        json!({"value": []}),
        json!(null),
    ] {
        stage.on(call, &body);
        let error = fails(&stage, show()).await;
        assert_eq!(error.fault, Fault::Garbled(Text::from("field d")), "{body}");
    }
    for text in ["", "{\"d\":[", "\u{fffd}"] {
        stage.when(
            call,
            "",
            ResponseTemplate::new(200).set_body_raw(text, "application/json"),
        );
        let error = fails(&stage, show()).await;
        assert!(matches!(error.fault, Fault::Garbled(_)), "{error:?}");
    }
    stage.when(call, "", html(200));
    let error = fails(&stage, show()).await;
    assert_eq!(error.fault, Fault::NotTheApi(Text::from("text/html")));
}
