//! Who calls: tokens good and bad, whoami, sessions, second factors, API keys.

use jiff::{SignedDuration, Timestamp};
use orgdeck::sandbox::Service::Balena;
use orgdeck::sandbox::world::{Actor, BalenaKind, Principal, SecondFactor};
use serde_json::{Value, json};

use super::{ADA, Desk, json as body_of, said};
use crate::support::raw::Heard;

const WHOAMI: &str = "/actor/v1/whoami";
const REFRESH: &str = "/user/v1/refresh-token";
const ORGS: &str = "/v7/organization";

/// The claims of a session token.
fn claims(token: &str) -> Value {
    let [_, claims, _] = token.split('.').collect::<Vec<_>>()[..] else {
        panic!("three parts: {token}");
    };
    let digit = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        odd => panic!("not of the alphabet: {odd}"),
    };
    let digits: Vec<u8> = claims.bytes().map(digit).collect();
    let bytes = digits.chunks(4).flat_map(|four| {
        let bits = four
            .iter()
            .fold(0_u32, |bits, digit| bits << 6 | u32::from(*digit));
        let bits = bits << (32 - 6 * four.len());
        bits.to_be_bytes().into_iter().take(four.len() * 6 / 8)
    });
    serde_json::from_slice(&bytes.collect::<Vec<_>>()).unwrap()
}

async fn login(desk: &Desk, username: &str, password: &str) -> Heard {
    let sent = json!({"username": username, "password": password});
    desk.send("POST /login_", &sent).await
}

#[tokio::test]
async fn whoami_tells_the_actor_from_the_user() {
    let desk = Desk::small();
    let expected = json!({"id": 3_000_010, "actorType": "user", "actorTypeId": 10,
        "username": "ada", "email": "ada@example.com"});
    assert_eq!(body_of(&desk.get(WHOAMI).await), expected);
    desk.sandbox
        .world(|world| world.edit_person(ADA, |person| person.emails.clear()));
    assert_eq!(body_of(&desk.get(WHOAMI).await)["email"], Value::Null);
}

#[tokio::test]
async fn machines_have_a_name_and_no_organizations() {
    let mut desk = Desk::small();
    let fleet = Actor::Application(88, "acme/fleet".to_owned());
    let device = Actor::Device(99, "d0d0".to_owned());
    for (actor, kind, number, field, name) in [
        (fleet, "application", 88, "slug", "acme/fleet"),
        (device, "device", 99, "uuid", "d0d0"),
    ] {
        desk.token = format!("key-of-a-{kind}");
        desk.grant(&desk.token, Principal::new(actor));
        let answer = body_of(&desk.get(WHOAMI).await);
        assert_eq!(answer["actorType"], kind);
        assert_eq!(answer["actorTypeId"], number);
        assert_eq!(answer[field], name);
        assert_eq!(said(&desk.get(ORGS).await), (401, ""));
        let accept = "POST /org/v1/invitation/the-token";
        let heard = desk.send_as(accept, (None, String::new())).await;
        assert_eq!(said(&heard), (401, ""));
    }
}

#[tokio::test]
async fn bad_tokens_are_refused_everywhere() {
    let mut desk = Desk::small();
    let ended = desk.sandbox.world(|world| world.now());
    let mut over = Principal::new(Actor::User(ADA));
    over.expires = Some(ended);
    desk.grant("over", over);
    for token in ["", "unknown", "over"] {
        token.clone_into(&mut desk.token);
        for target in [WHOAMI, REFRESH, ORGS, "/v7/organization_membership(55)"] {
            assert_eq!(said(&desk.get(target).await), (401, ""), "{target} {token}");
        }
        for line in [
            "POST /org/v1/invitation/the-token",
            "DELETE /v7/organization(101)",
        ] {
            let heard = desk.send_as(line, (None, String::new())).await;
            assert_eq!(said(&heard), (401, ""), "{line} {token}");
        }
    }
}

#[tokio::test]
async fn a_token_may_stand_in_the_query() {
    let mut desk = Desk::small();
    let token = std::mem::take(&mut desk.token);
    let target = format!("{ORGS}?$select=id&apikey={token}");
    assert_eq!(desk.column(&target, "id").await, [101]);
}

#[tokio::test]
async fn signing_in_gives_a_session_of_seven_days() {
    let mut desk = Desk::small();
    for name in ["ada", "Ada@example.com"] {
        let heard = login(&desk, name, "sandbox").await;
        assert_eq!(heard.status(), 200);
        assert_eq!(
            heard.header("content-type"),
            Some("text/plain; charset=utf-8")
        );
        desk.token = heard.body().to_owned();
        assert_eq!(desk.column(ORGS, "id").await, [101]);
    }
    let claims = claims(&desk.token);
    let now = desk.sandbox.world(|world| world.now());
    assert_eq!(claims["id"], 10);
    assert_eq!(claims["iat"], now.as_second());
    assert_eq!(claims["authTime"], now.as_millisecond());
    assert_eq!(claims["exp"], now.as_second() + 7 * 24 * 3_600);
    assert_eq!(claims.get("twoFactorRequired"), None);
    desk.sandbox
        .world(|world| world.advance(SignedDuration::from_hours(7 * 24)));
    assert_eq!(said(&desk.get(ORGS).await), (401, ""));
}

#[tokio::test]
async fn a_password_may_be_tried_ten_times_an_hour() {
    let desk = Desk::small();
    for _ in 0..10 {
        assert_eq!(
            said(&login(&desk, "victim@example.com", "x").await),
            (401, "")
        );
    }
    let heard = login(&desk, "victim@example.com", "sandbox").await;
    assert_eq!(said(&heard), (429, r#""Too Many Requests""#));
    assert_eq!(heard.header("retry-after"), Some("3600"));
    assert_eq!(said(&login(&desk, "ada", "x").await), (401, ""));
    assert_eq!(login(&desk, "ada", "sandbox").await.status(), 200);
    desk.sandbox
        .world(|world| world.advance(SignedDuration::from_hours(1)));
    assert_eq!(login(&desk, "victim@example.com", "x").await.status(), 401);
    assert_eq!(desk.send("POST /login_", &json!({})).await.status(), 400);
}

#[tokio::test]
async fn a_session_is_refreshed_and_a_key_is_not() {
    let mut desk = Desk::small();
    assert_eq!(said(&desk.get(REFRESH).await), (401, ""));
    desk.token = login(&desk, "ada", "sandbox").await.body().to_owned();
    desk.sandbox
        .world(|world| world.advance(SignedDuration::from_hours(6 * 24)));
    let heard = desk.get(REFRESH).await;
    assert_eq!(heard.status(), 200);
    assert_eq!(
        heard.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    let old = std::mem::replace(&mut desk.token, heard.body().to_owned());
    assert_ne!(old, desk.token);
    desk.sandbox
        .world(|world| world.advance(SignedDuration::from_hours(2 * 24)));
    assert_eq!(desk.column(ORGS, "id").await, [101]);
    desk.token = old;
    assert_eq!(said(&desk.get(REFRESH).await), (401, ""));
}

/// A desk whose session still waits for the second factor.
fn half_open() -> Desk {
    let mut desk = Desk::small();
    "half.open.session".clone_into(&mut desk.token);
    let mut principal = Principal::new(Actor::User(ADA));
    principal.second_factor = SecondFactor::Missing;
    desk.grant(&desk.token, principal);
    desk
}

#[tokio::test]
async fn a_half_open_session_is_opened_by_its_code() {
    let mut desk = half_open();
    assert_eq!(said(&desk.get(ORGS).await), (401, ""));
    let refreshed = desk.get(REFRESH).await;
    assert_eq!(claims(refreshed.body())["twoFactorRequired"], true);
    let verify = "POST /auth/totp/verify";
    let heard = desk.send(verify, &json!({"code": "000000"})).await;
    assert_eq!(said(&heard), (401, ""));
    let heard = desk.send(verify, &json!({"code": "123456"})).await;
    assert_eq!(heard.status(), 200);
    desk.token = heard.body().to_owned();
    assert_eq!(claims(&desk.token)["twoFactorRequired"], false);
    assert_eq!(desk.column(ORGS, "id").await, [101]);
}

#[tokio::test]
async fn open_balena_has_no_second_factor() {
    let desk = half_open();
    desk.sandbox
        .world(|world| world.settings.balena = BalenaKind::Open);
    let heard = desk
        .send("POST /auth/totp/verify", &json!({"code": "123456"}))
        .await;
    assert_eq!(said(&heard), (404, ""));
}

#[tokio::test]
async fn a_refreshed_session_may_do_what_it_could_before() {
    let mut desk = Desk::small();
    desk.sandbox
        .world(|world| world.settings.balena = BalenaKind::Open);
    let mut widened = Principal::new(Actor::User(ADA));
    widened.scopes = vec!["organization.all".to_owned()];
    "old.session.token".clone_into(&mut desk.token);
    desk.grant(&desk.token, widened);
    desk.token = desk.get(REFRESH).await.body().to_owned();
    let heard = desk
        .send("PATCH /v7/organization(101)", &json!({"name": "X"}))
        .await;
    assert_eq!(said(&heard), (200, ""));
}

#[tokio::test]
async fn a_key_may_do_what_its_maker_may_until_it_ends() {
    let mut desk = Desk::small();
    let end: Timestamp = "2026-03-02T00:00:00Z".parse().unwrap();
    let sent = json!({"name": "laptop", "description": "", "expiryDate": end.to_string()});
    let heard = desk.send("POST /api-key/user/full", &sent).await;
    let key = body_of(&heard);
    desk.token = key.as_str().unwrap().to_owned();
    assert_eq!(desk.token.len(), 32);
    assert_eq!(desk.column(ORGS, "id").await, [101]);
    desk.sandbox.world(|world| world.set_now(end));
    assert_eq!(said(&desk.get(ORGS).await), (401, ""));
    assert!(
        !desk
            .sandbox
            .world(|world| world.revoke(Balena, "never given"))
    );
}
