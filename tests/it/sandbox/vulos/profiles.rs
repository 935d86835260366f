//! The profile API next door.

use orgdeck::sandbox::Service::Vulos;
use orgdeck::sandbox::world::{Actor, Principal};
use serde_json::{Value, json};

use super::{Stage, refusal};

/// A stage where `reader` may read profiles, and 120 organizations are called `Pier`.
fn stage() -> Stage {
    let stage = Stage::new();
    stage.world(|world| {
        let reader = world.add_person(|person| person.join(Vulos));
        let mut principal = Principal::new(Actor::User(reader));
        principal.scopes = vec!["profile:read".to_owned()];
        world.grant(Vulos, "reader", principal);
        for number in 0..120 {
            world.add_org(Vulos, |org| org.name = format!("Pier {number}"));
        }
    });
    stage
}

async fn found(stage: &Stage, rest: &str) -> Vec<Value> {
    let line = format!("GET profile/organization/search/{rest}");
    stage.get("reader", &line).await.as_array().unwrap().clone()
}

#[tokio::test]
async fn users_show_what_is_public() {
    let stage = stage();
    let id = "C6D2A8F4-1f0d-4a4b-8a51-0f7c1f6b7e90";
    let profile = stage.get("reader", &format!("GET profile/{id}")).await;
    let wanted = json!({
        "firstName": "Rui", "lastName": "Costa", "kycVerified": false,
        "email": {"value": "rui@pilots.example", "confirmed": true}
    });
    assert_eq!(profile, wanted);
    let heard = stage.ask("reader", "GET profile/nobody").await;
    assert_eq!(refusal(&heard), "There is no such user");
}

#[tokio::test]
async fn organizations_name_their_country_plainly() {
    let stage = stage();
    let profile = stage.get("reader", "GET profile/organization/41").await;
    let wanted = json!({
        "name": "Harbour Pilots Ltd", "address": "Quay 7", "city": "Porto", "country": "Portugal",
        "website": "https://pilots.example", "verified": false, "uniqueId": "HP-2291",
        "zipCode": "4050-101"
    });
    assert_eq!(profile, wanted);
    let other = stage.get("reader", "GET profile/organization/58").await;
    assert_eq!(other, json!({"name": "Other", "verified": false}));
    let heard = stage.ask("reader", "GET profile/organization/404").await;
    assert_eq!(refusal(&heard), "There is no such organization");
}

#[tokio::test]
async fn the_search_has_pages() {
    let stage = stage();
    let one = found(&stage, "PILOTS%20l").await;
    assert_eq!(one.len(), 1);
    assert_eq!(one[0]["id"], 41);
    assert_eq!(found(&stage, "pier").await.len(), 10);
    assert_eq!(found(&stage, "pier/100").await.len(), 100);
    let last = found(&stage, "pier/100/100").await;
    assert_eq!(last.len(), 20);
    assert_eq!(last[0]["name"], "Pier 100");
    assert_eq!(found(&stage, "pier/0").await.len(), 0);
    assert_eq!(found(&stage, "pier/100/120").await.len(), 0);
}

#[tokio::test]
async fn pages_have_their_limits() {
    let stage = stage();
    for rest in ["pier/101", "pier/x", "pier/-1", "pier/10/x"] {
        let line = format!("GET profile/organization/search/{rest}");
        refusal(&stage.ask("reader", &line).await);
    }
}

#[tokio::test]
async fn each_api_wants_its_own_scope() {
    let stage = stage();
    for line in [
        "GET profile/c6d2a8f4-1f0d-4a4b-8a51-0f7c1f6b7e90",
        "GET profile/organization/41",
        "GET profile/organization/search/pier",
    ] {
        let heard = stage.ask("rui", line).await;
        assert_eq!((heard.status(), heard.body()), (401, ""), "{line}");
    }
    let heard = stage.ask("reader", "GET organization/list").await;
    assert_eq!(heard.status(), 401);
}
