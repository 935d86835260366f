//! Session tokens: over, half open, ageing; and API keys, which are none of this.

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};
use orgdeck::domain::query::OrgAt;
use orgdeck::domain::secret::Pass;
use orgdeck::domain::{ApiError, Fault, InviteDraft, Outcome, Query, Secret, Text, Wish};
use serde_json::{Value as Json, json};
use wiremock::ResponseTemplate;

use super::records::org_record;
use super::script::{html, status};
use super::stage::{KEY, NOW, Stage, org, profile};

const REFRESH: &str = "GET /user/v1/refresh-token";

fn at(hours: i64) -> i64 {
    let now: Timestamp = NOW.parse().unwrap();
    (now + SignedDuration::from_hours(hours)).as_second()
}

/// A session that began and ends so many hours from now.
fn session(begins: i64, ends: i64) -> String {
    jwt(&json!({"id": 11, "jwt_secret": "s", "authTime": 1, "iat": at(begins), "exp": at(ends)}))
}

fn jwt(claims: &Json) -> String {
    format!("e30.{}.c2ln", base64url(claims.to_string().as_bytes()))
}

fn base64url(bytes: &[u8]) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut bits = String::new();
    for byte in bytes {
        write!(bits, "{byte:08b}").unwrap();
    }
    let six = |chunk: &[u8]| {
        let chunk = format!("{:0<6}", std::str::from_utf8(chunk).unwrap());
        char::from(alphabet[usize::from_str_radix(&chunk, 2).unwrap()])
    };
    bits.as_bytes().chunks(6).map(six).collect()
}

async fn stage(token: &str) -> Stage {
    let stage = Stage::cloud_for(token).await;
    stage.records("GET /v7/organization(101)", &json!([org_record()]));
    stage
}

fn show() -> Query {
    Query::Org(OrgAt::Id(org("101")))
}

fn text(token: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(token, "text/plain; charset=utf-8")
}

async fn tokens(stage: &Stage) -> Vec<String> {
    let sent = stage.sent().await;
    let bearer = |header: &String| header.strip_prefix("Bearer ").unwrap().to_owned();
    sent.iter()
        .map(|call| bearer(&call.headers["authorization"]))
        .collect()
}

fn is_signed_out(error: &ApiError, word: &str) {
    assert_eq!(error.fault, Fault::SignedOut);
    assert!(
        error.words.as_ref().unwrap().raw().contains(word),
        "{error:?}"
    );
}

const WHOAMI: &str = "GET /actor/v1/whoami";

/// Days may lie between our clock and the service's: what is over by ours may be good.
#[tokio::test]
async fn r66_a_clock_that_is_a_day_off_ends_no_session() {
    let stage = stage(&session(-191, -23)).await;
    stage.ask(show()).await.unwrap();
    stage.ask(show()).await.unwrap();
    let asked = stage.lines().await;
    let whoami = asked.iter().filter(|line| *line == WHOAMI).count();
    assert_eq!(whoami, 1, "{asked:?}");
}

#[tokio::test]
async fn a_session_that_is_over_for_the_service_too_asks_for_nothing_else() {
    let stage = stage(&session(-168, 0)).await;
    stage.when(WHOAMI, "", status(401, ""));
    for query in [Query::WhoAmI, Query::Probe, show()] {
        is_signed_out(&stage.ask(query).await.unwrap_err(), "expired");
    }
    let wish = Wish::DeleteOrg { org: org("101") };
    is_signed_out(&stage.plan(wish).await.unwrap_err(), "expired");
    let asked = stage.lines().await;
    assert!(asked.iter().all(|line| line == WHOAMI), "{asked:?}");
}

#[tokio::test]
async fn a_half_open_session_says_what_is_missing() {
    let claims = json!({"id": 11, "iat": at(-1), "exp": at(167), "twoFactorRequired": true});
    let stage = stage(&jwt(&claims)).await;
    let error = stage.ask(Query::Probe).await.unwrap_err();
    assert_eq!(error.fault, Fault::SecondFactor);
    assert!(error.words.unwrap().raw().contains("second factor"));
    assert!(
        stage.lines().await.is_empty(),
        "its 401s would look like openBalena's"
    );
}

const VERIFY: &str = "POST /auth/totp/verify";

/// A session that still waits for its code.
fn half_open() -> String {
    jwt(&json!({"id": 11, "iat": at(-1), "exp": at(167), "twoFactorRequired": true}))
}

fn code() -> Pass {
    Pass::Code(Secret::new("123456"))
}

#[tokio::test]
async fn the_code_opens_the_session_and_goes_out_once() {
    let (half, whole) = (half_open(), session(0, 168));
    let stage = stage(&half).await;
    stage.when(VERIFY, "", text(&whole));
    stage.link.provider().admit(code()).await.unwrap();
    stage.ask(show()).await.unwrap();
    let sent = stage.sent().await;
    assert_eq!(sent[0].headers["authorization"], format!("Bearer {half}"));
    assert_eq!(sent[0].body, json!({"code": "123456"}));
    let tokens = tokens(&stage).await;
    assert!(tokens[1..].iter().all(|token| *token == whole));
    let verified = stage.lines().await;
    assert_eq!(verified.iter().filter(|line| *line == VERIFY).count(), 1);
}

#[tokio::test]
async fn a_code_that_opens_nothing_leaves_the_session_as_it_is() {
    let refused = |fault, answer: ResponseTemplate| async move {
        let half = half_open();
        let stage = stage(&half).await;
        stage.when(VERIFY, "", answer);
        let error = stage.link.provider().admit(code()).await.unwrap_err();
        assert_eq!(error.fault.kind(), fault);
        assert!(!format!("{error:?} {error}").contains("123456"));
        let after = stage.ask(show()).await.unwrap_err();
        assert_eq!(after.fault, Fault::SecondFactor);
        assert_eq!(stage.lines().await, [VERIFY]);
    };
    refused("refused", status(401, "")).await;
    refused("not_offered", status(404, "")).await;
    refused("garbled", text("")).await;
    refused("garbled", text("OK")).await;
    refused("garbled", text(&half_open())).await;
    refused("garbled", text(&session(-168, 0))).await;
    refused("unavailable", status(503, "")).await;
}

#[tokio::test]
async fn a_typed_token_takes_the_place_of_one_that_is_over() {
    let (over, new) = (session(-168, 0), session(0, 168));
    let stage = stage(&over).await;
    stage.when(WHOAMI, "", status(401, ""));
    is_signed_out(&stage.ask(show()).await.unwrap_err(), "expired");
    let pass = Pass::Token(Secret::new(&new));
    stage.link.provider().admit(pass).await.unwrap();
    stage.ask(show()).await.unwrap();
    let tokens = tokens(&stage).await;
    assert!(tokens[1..].iter().all(|token| *token == new));
}

#[tokio::test]
async fn what_is_no_token_is_not_taken() {
    let stage = stage(KEY).await;
    for text in ["", "two words", "naïve", "line\nbreak"] {
        let pass = Pass::Token(Secret::new(text));
        let error = stage.link.provider().admit(pass).await.unwrap_err();
        assert_eq!(error.fault.kind(), "no_secret", "{text:?}");
    }
    stage.ask(show()).await.unwrap();
    assert!(tokens(&stage).await.iter().all(|token| token == KEY));
}

#[tokio::test]
async fn a_passed_second_factor_is_a_session_like_any_other() {
    let claims = json!({"id": 11, "iat": at(-1), "exp": at(167), "twoFactorRequired": false});
    let stage = stage(&jwt(&claims)).await;
    stage.ask(show()).await.unwrap();
}

#[tokio::test]
async fn young_sessions_and_api_keys_are_never_exchanged() {
    let no_dates = jwt(&json!({"id": 11}));
    let strange = jwt(&json!({"iat": "now", "exp": null}));
    for token in [
        KEY,
        &session(-23, 145),
        "a.b",
        "not.a.jwt",
        &no_dates,
        &strange,
    ] {
        let stage = stage(token).await;
        stage.ask(show()).await.unwrap();
        assert!(tokens(&stage).await.iter().all(|sent| sent == token));
        assert!(!stage.lines().await.contains(&REFRESH.to_owned()));
    }
}

#[tokio::test]
async fn r101_an_old_session_is_exchanged_before_use_and_once() {
    let (old, new) = (session(-25, 143), session(0, 168));
    let stage = stage(&old).await;
    stage.when(REFRESH, "", text(&new));
    for _ in 0..2 {
        stage.ask(show()).await.unwrap();
    }
    let lines = stage.lines().await;
    assert_eq!(lines[0], REFRESH);
    assert_eq!(lines.iter().filter(|line| *line == REFRESH).count(), 1);
    let tokens = tokens(&stage).await;
    assert_eq!(tokens[0], old);
    assert!(tokens[1..].iter().all(|token| *token == new));
}

#[tokio::test]
async fn a_session_near_its_end_is_exchanged_whatever_its_age() {
    let new = session(0, 168);
    let stage = stage(&jwt(&json!({"iat": at(-1), "exp": at(0) + 3599}))).await;
    stage.when(REFRESH, "", text(&new));
    stage.ask(show()).await.unwrap();
    assert_eq!(tokens(&stage).await.last(), Some(&new));
}

#[tokio::test]
async fn r101_a_failed_exchange_keeps_the_old_session() {
    let half_open = jwt(&json!({"iat": at(0), "exp": at(168), "twoFactorRequired": true}));
    let answers = [
        status(401, ""),
        status(404, ""),
        html(200),
        text(""),
        text("OK"),
        text(&session(-168, 0)),
        text(&half_open),
    ];
    for answer in answers {
        let old = session(-25, 143);
        let stage = stage(&old).await;
        stage.when(REFRESH, "", answer);
        stage.ask(show()).await.unwrap();
        stage.ask(show()).await.unwrap();
        assert!(tokens(&stage).await.iter().all(|token| *token == old));
        let tries = stage.lines().await;
        assert_eq!(tries.iter().filter(|line| *line == REFRESH).count(), 1);
    }
}

#[tokio::test]
async fn a_write_goes_out_with_the_exchanged_session() {
    let new = session(0, 168);
    let stage = stage(&session(-25, 143)).await;
    stage.when(REFRESH, "", text(&new));
    stage.when("POST /org/v1/invitation/qwerty", "", status(200, ""));
    let wish = Wish::AcceptInvite {
        profile: profile(),
        token: Secret::new("qwerty"),
    };
    let Outcome::Done(_) = stage.carry_one(wish).await else {
        panic!("the invite is accepted");
    };
    let write = &stage.writes().await[0];
    assert_eq!(write.headers["authorization"], format!("Bearer {new}"));
}

#[tokio::test]
async fn no_error_repeats_the_token() {
    let token = session(-168, 0);
    let stage = stage(&token).await;
    stage.when(WHOAMI, "", status(401, &token));
    let wish = Wish::Invite {
        org: org("101"),
        drafts: vec![InviteDraft::to(Text::from("a@example.com"))],
    };
    let error = stage.plan(wish).await.unwrap_err();
    assert!(!format!("{error:?} {error}").contains(&token[..12]));
}
