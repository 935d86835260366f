//! What a service says where it refuses, in each place that it can say something in: inert, short, and there.

use orgdeck::app::fault;
use orgdeck::domain::{ApiError, Text, Verb};
use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault as Trouble, Rule};
use serde_json::json;

use super::cast::Cast;
use super::{Stand, services};
use crate::domain::hostile;
use crate::support::harmless::assert_harmless;

/// The longest excerpt of a stranger's words, its mark of a cut with it.
const LONGEST: usize = 200;

/// Characters of our own around an excerpt, at most.
const OURS: usize = 120;

/// Characters of a text that are looked for.
const LOOKED_FOR: usize = 20;

/// The body of a refusal in the form of a service, with a text wherever there is one in it.
fn refusal(service: Service, raw: &str) -> String {
    let body = match service {
        Service::Balena => json!(raw),
        Service::Clerk => json!({"errors": [{"code": "x", "message": raw, "long_message": raw}]}),
        Service::Vulos => json!({"error": raw}),
    };
    body.to_string()
}

async fn refused(stand: &Stand, trouble: Trouble) -> ApiError {
    stand.sandbox.fail(stand.kind, Rule::always(trouble));
    let query = Cast::of(stand).query(Verb::OrgShow).unwrap();
    let error = stand.link.query(query).await.unwrap_err();
    stand.sandbox.heal(stand.kind);
    error
}

/// Without what only joins.
fn bare(text: &str) -> String {
    let joins = |c: char| matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    text.chars().filter(|c| !joins(*c)).collect()
}

fn is_shown(shown: &str, raw: &str) -> bool {
    let sign = Text::from(raw).excerpt(LOOKED_FOR).to_string();
    // Of a tower of marks, how many are not shown depends on where it is cut.
    let sign = sign.split(['…', '+']).next().unwrap_or(&sign);
    bare(shown).contains(bare(sign).trim())
}

/// A stand that knows already who asks.
async fn stand(service: (orgdeck::provider::registry::Service, Service)) -> Stand {
    let stand = Stand::of(service);
    let query = Cast::of(&stand).query(Verb::OrgShow).unwrap();
    stand.link.query(query).await.unwrap();
    stand
}

fn corpus() -> impl Iterator<Item = String> {
    hostile().into_values().flatten()
}

#[tokio::test]
async fn r7_what_a_refusal_says_is_inert_and_short_and_all_of_it_is_there() {
    for service in services() {
        let stand = stand(service).await;
        for raw in corpus().filter(|raw| !raw.trim().is_empty()) {
            let body = refusal(stand.kind, &raw);
            let error = refused(&stand, Trouble::Status(409, Vec::new(), body)).await;
            let cause = fault::words(&error).cause.to_string();
            let place = format!("{} {raw:.40?}: {cause}", service.0.name);
            assert_harmless(&raw, &cause);
            assert!(cause.chars().count() <= LONGEST + OURS, "{place}");
            // Blanks around a sentence are no part of it.
            assert!(is_shown(&cause, raw.trim()), "{place}");
        }
    }
}

/// Of what no header can hold, nothing arrives.
#[tokio::test]
async fn r7_headers_are_inert_and_short_and_all_of_them_are_there() {
    let fits = |raw: &String| {
        let value = axum::http::HeaderValue::try_from(raw.as_str());
        value.is_ok() && !raw.trim().is_empty() && raw.trim() == raw
    };
    for service in services() {
        let stand = stand(service).await;
        for raw in corpus().filter(fits) {
            let traced = vec![("x-request-id", raw.clone())];
            let error = refused(&stand, Trouble::Status(409, traced, "{}".to_owned())).await;
            let trace = fault::words(&error).trace.unwrap().to_string();
            assert_harmless(&raw, &trace);
            assert!(
                is_shown(&trace, &raw),
                "{} {raw:?}: {trace}",
                service.0.name
            );
            let error = refused(&stand, Trouble::Redirect(raw.clone())).await;
            let page = vec![("content-type", format!("text/html{raw}"))];
            let paged = refused(&stand, Trouble::Status(502, page, raw.clone())).await;
            for error in [error, paged] {
                let cause = fault::words(&error).cause.to_string();
                assert_harmless(&raw, &cause);
                assert!(cause.chars().count() <= LONGEST + OURS, "{cause}");
                assert!(
                    error.status != Some(302) || is_shown(&cause, &raw),
                    "{raw:?}: {cause}"
                );
            }
        }
    }
}

#[tokio::test]
async fn r7_a_page_that_stands_for_an_answer_is_inert_and_short() {
    for service in services() {
        let stand = stand(service).await;
        for raw in corpus() {
            for (status, kind) in [(404, "text/html"), (422, "text/plain"), (200, "x/y")] {
                let typed = vec![("content-type", kind.to_owned())];
                let trouble = Trouble::Status(status, typed, format!("<html>{raw}"));
                let error = refused(&stand, trouble).await;
                let cause = fault::words(&error).cause.to_string();
                assert_harmless(&raw, &cause);
                assert!(cause.chars().count() <= LONGEST + OURS, "{cause}");
            }
        }
    }
}

/// However much is wrong, an error stays a sentence.
#[tokio::test]
async fn r7_of_a_thousand_complaints_a_few_are_told() {
    let stand = stand(services()[1]).await;
    assert_eq!(stand.kind, Service::Clerk);
    let wrong = |number: u32| {
        let name = format!("field_{number}");
        json!({"code": "form_param_missing", "long_message": "x".repeat(300), "meta": {"param_name": name}})
    };
    let body = json!({"errors": (0..1_000).map(wrong).collect::<Vec<_>>()}).to_string();
    let error = refused(&stand, Trouble::Status(422, Vec::new(), body)).await;
    let cause = fault::words(&error).cause.to_string();
    assert!(
        cause.contains("field_0") && cause.contains("and 995 more"),
        "{cause}"
    );
    assert!(cause.chars().count() < 1_600, "{}", cause.chars().count());
}
