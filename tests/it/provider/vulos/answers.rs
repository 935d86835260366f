//! The contract's table of errors, for reads and for writes, and answers that are none.

use std::net::TcpListener;
use std::time::Duration;

use orgdeck::domain::query::Scope;
use orgdeck::domain::{
    ApiError, Cursor, Fault, Fields, InviteDraft, Mutation, Outcome, Query, Role, Text, Value, Wish,
};
use serde_json::json;
use wiremock::ResponseTemplate;

use super::{Bench, Desk, account, answer, harbour, me, refusal};

/// How a read ends that is answered so.
async fn read(answer: ResponseTemplate) -> ApiError {
    let bench = Bench::empty().await;
    bench.all_answer(answer).await;
    let all = Query::Orgs {
        scope: Scope::Own,
        text: None,
        page: Cursor::FIRST,
    };
    bench.ask(all).await.unwrap_err()
}

/// How a creation ends that is answered so: nothing can be looked at before or after it.
async fn write(answer: ResponseTemplate) -> Outcome {
    let bench = Bench::empty().await;
    bench.writes_answer(answer).await;
    let end = bench.carry(create()).await.remove(0);
    let mut sent = bench.heard().await;
    // Who is at work is asked for the journal before the first write.
    sent.retain(|line| !line.starts_with("GET "));
    assert_eq!(
        sent,
        ["PUT /api/v1/organization/create"],
        "sent once, whatever came"
    );
    end
}

fn create() -> Wish {
    Wish::CreateOrg {
        profile: me(),
        fields: Fields::default().with("name", Value::Text(Text::from("Quay"))),
        first_member: None,
    }
}

fn status(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status)
}

fn html(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status)
        .set_body_raw("<html>Please sign in</html>", "text/html; charset=utf-8")
}

#[tokio::test]
async fn a_refusal_keeps_words_code_and_request() {
    let error = read(answer(400, refusal())).await;
    assert_eq!(error.fault, Fault::Refused);
    assert_eq!(error.status, Some(400));
    assert_eq!(
        error.words,
        Some(Text::from("You are not allowed to do this"))
    );
    assert_eq!(error.code, Some(Text::from("E_EXAMPLE")));
    assert_eq!(error.trace, Some(Text::from("0HMEXAMPLE:00000001")));
    assert_eq!(
        write(answer(400, refusal())).await,
        Outcome::Refused(ApiError {
            verb: create().verb(),
            ..error
        })
    );
}

#[tokio::test]
async fn no_code_changes_what_a_refusal_is() {
    for code in ["not_found", "E_FORBIDDEN", "conflict", "401"] {
        let body = json!({"error": "no", "code": code, "request": "r"});
        assert_eq!(read(answer(400, body)).await.fault, Fault::Refused);
    }
}

#[tokio::test]
async fn a_refusal_with_another_body_is_one_all_the_same() {
    for body in [
        status(400),
        answer(400, json!(["no"])),
        answer(
            400,
            json!({"error": {"ines@pilots.example": 1}, "code": 7, "request": null}),
        ),
    ] {
        let error = read(body).await;
        assert_eq!(error.fault, Fault::Refused);
        assert_eq!((error.words, error.code, error.trace), (None, None, None));
    }
}

#[tokio::test]
async fn a_page_in_the_place_of_a_refusal_is_told_by_its_type_alone() {
    for (code, fault) in [(400, Fault::Refused), (404, Fault::Missing)] {
        let error = read(html(code)).await;
        let words = error.words.map(|words| words.raw().to_owned());
        let told = "a proxy or sign-in page answered, of type text/html";
        assert_eq!((error.fault, words.as_deref()), (fault, Some(told)));
    }
}

#[tokio::test]
async fn an_empty_401_is_signed_out_and_a_write_may_go_out_again() {
    let error = read(status(401)).await;
    assert_eq!((error.fault, error.words), (Fault::SignedOut, None));
    let end = write(status(401)).await;
    assert!(matches!(end, Outcome::NotApplied(error) if error.fault == Fault::SignedOut));
}

#[tokio::test]
async fn other_statuses_are_told_apart() {
    for (code, fault) in [
        (403, Fault::Forbidden),
        (404, Fault::Missing),
        (405, Fault::Refused),
        (409, Fault::Conflict),
        (415, Fault::Refused),
        (500, Fault::Unavailable),
        (503, Fault::Unavailable),
    ] {
        assert_eq!(read(status(code)).await.fault, fault, "{code}");
        let end = write(html(code)).await;
        if code < 500 {
            assert!(
                matches!(end, Outcome::Refused(error) if error.fault == fault),
                "{code}"
            );
        } else {
            assert!(is_unproven(&end), "{code}: {end:?}");
        }
    }
}

#[tokio::test]
async fn patience_that_is_asked_for_is_proof_that_nothing_was_applied() {
    let slow = status(429).insert_header("retry-after", "7");
    let Outcome::NotApplied(error) = write(slow).await else {
        panic!("not to be sent again");
    };
    let after = Some(Duration::from_secs(7));
    assert_eq!(error.fault, Fault::Slowed { after });
}

#[tokio::test]
async fn r38_a_page_of_a_proxy_is_not_the_api() {
    let wanted = Fault::NotTheApi(Text::from("text/html"));
    assert_eq!(read(html(200)).await.fault, wanted);
    assert!(matches!(write(html(200)).await, Outcome::Unproven(error) if error.fault == wanted));
}

#[tokio::test]
async fn what_is_no_json_is_garbled_and_shows_how_it_begins() {
    for body in ["", "[{\"organizationId\": 4", "not json"] {
        let answer = status(200).set_body_raw(body, "application/json");
        let error = read(answer).await;
        let words = format!("no JSON, but application/json: {body}");
        assert_eq!(error.fault, Fault::Garbled(Text::from(words)));
        assert_eq!(error.status, Some(200));
    }
    let long = status(200).set_body_raw("x".repeat(1000), "text/plain; charset=utf-8");
    let words = format!("no JSON, but text/plain: {}", "x".repeat(80));
    assert_eq!(read(long).await.fault, Fault::Garbled(Text::from(words)));
}

#[tokio::test]
async fn json_counts_whatever_its_content_type() {
    let bench = Bench::empty().await;
    let answer = status(200).set_body_raw("[]", "text/plain");
    bench.all_answer(answer).await;
    let all = Query::Orgs {
        scope: Scope::Own,
        text: None,
        page: Cursor::FIRST,
    };
    assert!(bench.ask(all).await.is_ok());
}

#[tokio::test]
async fn r77_a_read_that_says_no_in_a_success_is_refused() {
    let error = read(answer(200, json!({"success": false, "message": "closed"}))).await;
    assert_eq!(
        (error.fault, error.words),
        (Fault::Refused, Some(Text::from("closed")))
    );
}

/// How changes end that are answered so: one whose answer is the envelope, and one that makes a role.
async fn taken(answer: ResponseTemplate) -> [Outcome; 2] {
    let bench = Bench::empty().await;
    bench.writes_answer(answer).await;
    let invite = Mutation::Invite {
        org: harbour(),
        draft: InviteDraft::to("a@x.example"),
    };
    let give = Mutation::GiveRole {
        member: super::ines_at(),
        role: Role::named("night"),
    };
    [bench.mutate(invite).await, bench.mutate(give).await]
}

fn is_unproven(end: &Outcome) -> bool {
    matches!(end, Outcome::Unproven(error) if error.status.is_some())
}

fn is_done(end: &Outcome) -> bool {
    matches!(end, Outcome::Done(_))
}

#[tokio::test]
async fn the_envelope_or_nothing_at_all_says_that_a_change_is_done() {
    for done in [
        status(200),
        status(201),
        status(204),
        answer(202, json!({"success": true})),
    ] {
        let [enveloped, given] = taken(done).await;
        assert!(is_done(&enveloped), "{enveloped:?}");
        assert!(is_unproven(&given), "the new role was promised: {given:?}");
    }
    let [enveloped, given] = taken(answer(200, json!({"name": "night", "id": "r"}))).await;
    assert!(is_unproven(&enveloped), "{enveloped:?}");
    assert!(is_done(&given), "{given:?}");
}

#[tokio::test]
async fn a_success_with_anything_else_in_it_proves_nothing() {
    for body in [
        "garbage",
        "[1",
        "null",
        "{}",
        "\"OK\"",
        r#"{"success":"true"}"#,
        r#"{"errors":[]}"#,
        r#"{"name":"dispatch","id":"r"}"#,
    ] {
        let ends = taken(status(200).set_body_raw(body, "application/json")).await;
        assert!(ends.iter().all(is_unproven), "{body}: {ends:?}");
    }
}

#[tokio::test]
async fn a_write_to_nobody_is_not_applied() {
    // The port of a listener that is gone.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let desk = Desk::new(account(&url, "access-token"));
    let end = desk.carry(create()).await.remove(0);
    assert!(matches!(end, Outcome::NotApplied(_)), "{end:?}");
}

#[tokio::test]
async fn an_invite_whose_answer_is_lost_is_unknown() {
    let bench = Bench::empty().await;
    bench.all_answer(status(502)).await;
    let change = Mutation::Invite {
        org: harbour(),
        draft: InviteDraft::to("a@x.example"),
    };
    assert!(is_unproven(&bench.mutate(change).await));
    assert_eq!(bench.heard().await.len(), 1);
}
