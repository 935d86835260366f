//! The issuer of tokens: what it refuses. What it grants is tested where people sign in.

use serde_json::Value;

use super::Stage;
use crate::support::raw;

async fn token(stage: &Stage, form: &str) -> (u16, Value) {
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    let url = &stage.0.vulos.url;
    let mut stream = raw::send(url, "POST /connect/token", &headers, form).await;
    let heard = raw::hear(&mut stream, usize::MAX).await;
    (heard.status(), serde_json::from_str(heard.body()).unwrap())
}

/// The code that comes of a question with these fields.
async fn asked(stage: &Stage, query: &str) -> raw::Heard {
    let line = format!("GET /connect/authorize?{query}");
    let mut stream = raw::send(&stage.0.vulos.url, &line, &[], "").await;
    raw::hear(&mut stream, usize::MAX).await
}

const BACK: &str = "http%3A%2F%2F127.0.0.1%3A1%2Fcb";

/// The hash of `abc` in the address variant of base64.
const CHALLENGE: &str = "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0";

fn question(method: &str) -> String {
    format!(
        "response_type=code&client_id=c&redirect_uri={BACK}&state=s&scope=openid\
         &code_challenge={CHALLENGE}&code_challenge_method={method}"
    )
}

async fn code(stage: &Stage) -> String {
    let rui = stage.world(|world| world.person_by_email("rui@pilots.example").unwrap().key);
    stage.world(|world| world.sign_ins.person = Some(rui));
    let heard = asked(stage, &question("S256")).await;
    let location = heard.header("location").unwrap();
    let code = location
        .strip_prefix("http://127.0.0.1:1/cb?code=")
        .unwrap();
    code.strip_suffix("&state=s").unwrap().to_owned()
}

fn exchange(code: &str, verifier: &str) -> String {
    format!(
        "grant_type=authorization_code&client_id=c&redirect_uri={BACK}&code={code}&code_verifier={verifier}"
    )
}

#[tokio::test]
async fn a_code_works_once_and_with_its_own_proof() {
    let stage = Stage::new();
    let wrong = exchange(&code(&stage).await, "abd");
    assert_eq!(token(&stage, &wrong).await.1["error"], "invalid_grant");
    let right = exchange(&code(&stage).await, "abc");
    let (status, answer) = token(&stage, &right).await;
    assert_eq!((status, &answer["scope"]), (200, &"openid".into()));
    assert!(
        answer.get("refresh_token").is_none(),
        "nobody asked for one"
    );
    assert_eq!(token(&stage, &right).await.0, 400);
}

#[tokio::test]
async fn a_question_without_a_proof_is_sent_back() {
    let stage = Stage::new();
    let heard = asked(&stage, &question("plain")).await;
    let location = heard.header("location").unwrap();
    assert!(location.contains("error=invalid_request") && location.ends_with("state=s"));
    assert_eq!(asked(&stage, "state=s").await.status(), 400);
}

#[tokio::test]
async fn other_grants_are_not_played() {
    let stage = Stage::new();
    let (status, answer) = token(&stage, "grant_type=password&client_id=c").await;
    assert_eq!(
        (status, &answer["error"]),
        (400, &"unsupported_grant_type".into())
    );
    let (status, answer) = token(
        &stage,
        "grant_type=refresh_token&refresh_token=x&client_id=c",
    )
    .await;
    assert_eq!((status, &answer["error"]), (400, &"invalid_grant".into()));
}
