//! The instance behind the key: who we are, and what its settings allow.

use orgdeck::domain::connection::Stage;
use orgdeck::domain::field::Need;
use orgdeck::domain::query::Query;
use orgdeck::domain::{Answer, Capabilities, Fault, Principal, PrincipalKind, Text, Told};
use orgdeck::provider::clerk::SERVICE;
use serde_json::{Value as Json, json};

use super::support::{Service, refusal};

async fn whoami(instance: Json) -> Principal {
    let service = Service::saying(instance).await;
    let answer = service.ask(Query::WhoAmI).await.unwrap();
    let Answer::Principal(principal) = answer else {
        panic!("{answer:?}");
    };
    principal
}

async fn probed(service: &Service) -> Capabilities {
    let answer = service.ask(Query::Probe).await.unwrap();
    let Answer::Capabilities(capabilities) = answer else {
        panic!("{answer:?}");
    };
    *capabilities
}

#[tokio::test]
async fn a_key_acts_for_its_instance() {
    let principal = whoami(json!({"id": "ins_1", "environment_type": "production"})).await;
    let expected = Principal {
        kind: PrincipalKind::Service,
        user: None,
        label: Text::from("production ins_1"),
        email: Told::Empty,
        stage: Told::Is(Stage::Production),
    };
    assert_eq!(principal, expected);
}

#[tokio::test]
async fn the_environment_tells_what_depends_on_it() {
    let development = json!({"id": "ins_1", "environment_type": "development"});
    assert_eq!(
        whoami(development).await.stage,
        Told::Is(Stage::Development)
    );
    let odd = json!({"id": "ins_1", "environment_type": "brand_new"});
    assert_eq!(whoami(odd).await.stage, Told::Unknown);
    let bare = whoami(json!({"id": "ins_1"})).await;
    assert_eq!(
        (bare.stage, bare.label),
        (Told::Unknown, Text::from("ins_1"))
    );
}

#[tokio::test]
async fn settings_that_take_nothing_away_leave_the_table() {
    let service = Service::saying(json!({"enabled": true, "slug_disabled": false})).await;
    assert_eq!(probed(&service).await, (SERVICE.capabilities)());
}

#[tokio::test]
async fn slugs_that_are_switched_off_are_named_as_not_offered() {
    let service = Service::saying(json!({"enabled": true, "slug_disabled": true})).await;
    let capabilities = probed(&service).await;
    for fields in [&capabilities.create, &capabilities.edit] {
        let slug = fields.iter().find(|field| field.key == "slug").unwrap();
        assert_eq!(
            slug.need,
            Need::NotOffered("slugs are switched off in this instance")
        );
        assert!(
            fields
                .iter()
                .any(|field| field.key == "name" && field.is_offered())
        );
    }
    assert!(capabilities.notes.is_empty());
}

#[tokio::test]
async fn organizations_that_are_switched_off_are_said_so() {
    let service = Service::saying(json!({"enabled": false})).await;
    let notes = probed(&service).await.notes;
    assert_eq!(notes.len(), 1);
    assert!(
        notes[0]
            .raw()
            .starts_with("organizations are switched off in this instance")
    );
}

#[tokio::test]
async fn settings_out_of_reach_leave_the_table_and_say_why() {
    for status in [402, 403, 404] {
        let service = Service::failing(status, refusal("x", "not for this key")).await;
        let capabilities = probed(&service).await;
        assert_eq!(capabilities.create, (SERVICE.capabilities)().create);
        let why = "the settings of this instance cannot be read: not for this key";
        assert_eq!(capabilities.notes, [Text::from(why)]);
    }
}

#[tokio::test]
async fn a_key_that_is_refused_is_signed_out() {
    let service = Service::failing(401, refusal("clerk_key_invalid", "wrong key")).await;
    for query in [Query::Probe, Query::WhoAmI] {
        let error = service.ask(query).await.unwrap_err();
        assert_eq!(error.fault, Fault::SignedOut);
    }
}
