//! Userinfo and discovery.

use orgdeck::sandbox::Service::Vulos;
use orgdeck::sandbox::world::{Actor, Principal};
use serde_json::{Value, json};

use super::Stage;
use crate::support::raw;

const ID: &str = "c6d2a8f4-1f0d-4a4b-8a51-0f7c1f6b7e90";

async fn claims(stage: &Stage, scopes: &[&str]) -> raw::Heard {
    stage.world(|world| {
        let rui = world.person_by_email("rui@pilots.example").unwrap().key;
        let mut principal = Principal::new(Actor::User(rui));
        principal.scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        world.grant(Vulos, "scoped", principal);
    });
    raw::get(&stage.0.vulos.url, "/connect/userinfo", "scoped").await
}

#[tokio::test]
async fn scopes_decide_the_claims() {
    let stage = Stage::new();
    for (scopes, wanted) in [
        (&["openid"][..], json!({"sub": ID})),
        (
            &["openid", "email"],
            json!({"sub": ID, "email": "rui@pilots.example", "email_verified": true}),
        ),
        (
            &["profile", "openid"],
            json!({"sub": ID, "given_name": "Rui", "family_name": "Costa", "birthdate": "1990-01-31"}),
        ),
        (
            &["openid", "organization:read"],
            json!({
                "sub": ID,
                "organization:name": ["Harbour Pilots Ltd", "Other"],
                "organization:id": ["41", "58"]
            }),
        ),
    ] {
        let heard = claims(&stage, scopes).await;
        let heard: Value = serde_json::from_str(heard.body()).unwrap();
        assert_eq!(heard, wanted);
    }
}

#[tokio::test]
async fn a_claim_of_one_organization_is_no_list() {
    let stage = Stage::new();
    stage.ask("rui", "DELETE organization/41/delete").await;
    let heard = claims(&stage, &["openid", "organization:read"]).await;
    let wanted = json!({"sub": ID, "organization:name": "Other", "organization:id": "58"});
    let heard: Value = serde_json::from_str(heard.body()).unwrap();
    assert_eq!(heard, wanted);
}

#[tokio::test]
async fn without_openid_nobody_is_named() {
    let stage = Stage::new();
    let heard = claims(&stage, &["organization:manage", "email"]).await;
    assert_eq!((heard.status(), heard.body()), (401, ""));
}

#[tokio::test]
async fn discovery_needs_no_token_and_names_what_is_there() {
    let stage = Stage::new();
    let url = &stage.0.vulos.url;
    let line = "GET /.well-known/openid-configuration";
    let heard = raw::hear(&mut raw::send(url, line, &[], "").await, usize::MAX).await;
    assert_eq!(heard.status(), 200);
    let document: Value = serde_json::from_str(heard.body()).unwrap();
    assert_eq!(document["issuer"], *url);
    let userinfo = document["userinfo_endpoint"].as_str().unwrap();
    let path = userinfo.strip_prefix(url.as_str()).unwrap();
    assert_eq!(raw::get(url, path, "rui").await.status(), 200);
    assert!(document.get("device_authorization_endpoint").is_none());
}
