//! Who the token belongs to.

use orgdeck::domain::{Answer, Fault, Principal, PrincipalKind, Query, Text, Told};
use serde_json::{Value as Json, json};

use super::{Bench, RUI_USER, user, with, without};

const USERINFO: &str = "/connect/userinfo";

/// The contract's example.
fn claims() -> Json {
    json!({
        "sub": RUI_USER, "email": "rui@pilots.example", "email_verified": true,
        "given_name": "Rui", "family_name": "Costa",
        "picture": "https://img.example/rui.png", "birthdate": "1990-01-31"
    })
}

async fn principal(claims: Json) -> Principal {
    let bench = Bench::empty().await;
    bench.get(USERINFO, 200, claims).await;
    let Answer::Principal(principal) = bench.ask(Query::WhoAmI).await.unwrap() else {
        panic!("not a principal");
    };
    principal
}

#[tokio::test]
async fn the_documented_claims_name_a_person() {
    let told = principal(claims()).await;
    let wanted = Principal {
        kind: PrincipalKind::User,
        user: Some(user(RUI_USER)),
        label: Text::from("Rui Costa"),
        email: Told::Is(Text::from("rui@pilots.example")),
        stage: Told::Unknown,
    };
    assert_eq!(told, wanted);
}

#[tokio::test]
async fn the_sample_s_misspelt_claim_and_scopes_of_organizations_do_no_harm() {
    let wanted = principal(claims()).await;
    let mut odd = without(claims(), "email_verified");
    odd["email_veerified"] = json!(true);
    assert_eq!(principal(odd).await, wanted);
    for scopes in [
        json!("Harbour"),
        json!(["Harbour", "Quay"]),
        json!({"a": 1}),
    ] {
        let odd = with(claims(), "organization:name", scopes);
        assert_eq!(principal(odd).await, wanted);
    }
}

#[tokio::test]
async fn the_label_falls_back_to_what_the_granted_scopes_tell() {
    let bare = without(without(claims(), "given_name"), "family_name");
    let named = with(bare.clone(), "name", json!("Rui C."));
    assert_eq!(principal(named).await.label.raw(), "Rui C.");
    assert_eq!(
        principal(bare.clone()).await.label.raw(),
        "rui@pilots.example"
    );
    let anonymous = principal(with(bare, "email", Json::Null)).await;
    assert_eq!(anonymous.label.raw(), RUI_USER);
    assert_eq!(anonymous.email, Told::Unknown);
}

#[tokio::test]
async fn claims_about_nobody_are_refused() {
    for (claims, place) in [
        (without(claims(), "sub"), "field sub"),
        (with(claims(), "sub", json!("")), "field sub"),
        (with(claims(), "email", json!(7)), "field email"),
        (json!([]), "field claims"),
    ] {
        let bench = Bench::empty().await;
        bench.get(USERINFO, 200, claims).await;
        let error = bench.ask(Query::WhoAmI).await.unwrap_err();
        assert_eq!(error.fault, Fault::Garbled(Text::from(place)));
    }
}
