//! Refusals: the contract's table of codes, and what stands in when there is no code.

use std::time::Duration;

use orgdeck::domain::query::{OrgAt, Query};
use orgdeck::domain::{ApiError, Fault, FieldError, Text};
use serde_json::{Value as Json, json};
use wiremock::ResponseTemplate;

use super::names::org;
use super::records::{with, without};
use super::support::{Service, raw, refusal};

async fn error(service: Service) -> ApiError {
    service.ask(Query::Org(OrgAt::Id(org()))).await.unwrap_err()
}

async fn refused(status: u16, body: Json) -> ApiError {
    error(Service::failing(status, body).await).await
}

fn field(name: &str, message: &str) -> FieldError {
    FieldError {
        field: Text::from(name),
        message: Text::from(message),
    }
}

fn of(name: &str) -> Fault {
    Fault::Invalid(vec![field(name, "long")])
}

/// Statuses and codes as the contract lists them, under the faults that they are.
fn table() -> Vec<(Fault, &'static [(u16, &'static str)])> {
    vec![
        (Fault::Conflict, CLASHES),
        (Fault::Refused, RULES),
        (Fault::Refused, OTHERS),
        (Fault::SignedOut, SIGNED_OUT),
        (Fault::Forbidden, FORBIDDEN),
        (Fault::Missing, MISSING),
        (Fault::Unavailable, &[(500, "internal_clerk_error")]),
        (of("created_by"), &[(400, "organization_creator_not_found")]),
        (of("slug"), &[(403, "organization_slugs_disabled")]),
        (
            Fault::Invalid(Vec::new()),
            &[(422, "form_param_value_invalid")],
        ),
        (
            Fault::NotOffered("the service has retired this call"),
            &[(410, "operation_deprecated")],
        ),
    ]
}

const CLASHES: &[(u16, &str)] = &[
    (400, "organization_invitation_not_unique"),
    (400, "duplicate_record"),
    (400, "already_a_member_in_organization"),
];

const RULES: &[(u16, &str)] = &[
    (400, "organization_minimum_permissions_needed"),
    (400, "invitations_not_supported"),
    (402, "unsupported_subscription_plan_features"),
    (403, "organization_membership_quota_exceeded"),
    (403, "organization_membership_plan_quota_exceeded"),
    (403, "organization_domain_quota_exceeded"),
    (403, "organization_instance_roles_quota_exceeded"),
    (403, "quota_exceeded"),
    (409, "organization_membership_managed_by_scim"),
    (422, "organization_role_assigned_members"),
    (422, "organization_role_exists_in_invitations"),
    (422, "organization_role_default_creator_role"),
];

const OTHERS: &[(u16, &str)] = &[
    (400, "bulk_size_exceeded"),
    (400, "request_body_invalid"),
    (400, "malformed_request_parameters"),
    (400, "invalid_query_parameter_value"),
    (400, "form_param_missing"),
    (413, "request_body_too_large"),
    (415, "unsupported_content_type"),
    (418, "brand_new"),
];

const SIGNED_OUT: &[(u16, &str)] = &[
    (401, "clerk_key_invalid"),
    (401, "authorization_header_format_invalid"),
    (401, "authentication_invalid"),
];

const FORBIDDEN: &[(u16, &str)] = &[
    (403, "organization_not_enabled_in_instance"),
    (403, "missing_organization_permission"),
    (403, "not_a_member_in_organization"),
    (403, "authorization_invalid"),
];

const MISSING: &[(u16, &str)] = &[
    (404, "resource_not_found"),
    (404, "organization_invitation_not_found"),
    (404, "organization_invitation_not_pending"),
];

#[tokio::test]
async fn every_code_has_its_fault_and_keeps_its_words() {
    for (fault, codes) in table() {
        for (status, code) in codes {
            let error = refused(*status, refusal(code, "long")).await;
            assert_eq!(error.fault, fault, "{code}");
            assert_eq!(error.status, Some(*status), "{code}");
            assert_eq!(error.code, Some(Text::from(*code)));
            assert_eq!(error.words, Some(Text::from("long")), "{code}");
            assert_eq!(error.trace, Some(Text::from("trace_1")), "{code}");
        }
    }
}

#[tokio::test]
async fn several_errors_at_once_keep_their_fields_and_words() {
    let body = json!({"errors": [
        {"code": "form_param_format_invalid", "message": "is invalid", "long_message": "no address", "meta": {"param_name": "email_address"}},
        {"code": "form_param_value_invalid", "message": "is unknown", "long_message": "", "meta": {"param_name": "role"}},
        {"code": "form_param_unknown", "message": "no address"},
    ]});
    let error = refused(422, body).await;
    let fields = vec![field("email", "no address"), field("role", "is unknown")];
    assert_eq!(error.fault, Fault::Invalid(fields));
    assert_eq!(error.code, Some(Text::from("form_param_format_invalid")));
    assert_eq!(error.words, Some(Text::from("no address; is unknown")));
}

#[tokio::test]
async fn a_slug_that_is_taken_lands_on_its_field() {
    let body = json!({"errors": [{"code": "form_identifier_exists", "message": "taken", "meta": {"param_name": "slug"}}]});
    let error = refused(422, body).await;
    assert_eq!(error.fault, Fault::Invalid(vec![field("slug", "taken")]));
}

#[tokio::test]
async fn a_field_named_in_a_400_is_named() {
    let body = json!({"errors": [{"code": "form_param_missing", "message": "a file", "meta": {"param_name": "file"}}]});
    assert_eq!(
        refused(400, body).await.fault,
        Fault::Invalid(vec![field("file", "a file")])
    );
}

#[tokio::test]
async fn words_meta_and_trace_may_be_missing_or_odd() {
    let bare = json!({"errors": [{"code": "resource_not_found"}]});
    let error = refused(404, bare).await;
    assert_eq!(
        (error.fault, error.words, error.trace),
        (Fault::Missing, None, None)
    );
    let odd = json!({"errors": [{"code": 5, "message": [1], "meta": "x"}], "clerk_trace_id": 7});
    let error = refused(403, odd).await;
    assert_eq!(
        (error.fault, error.code, error.words),
        (Fault::Forbidden, None, None)
    );
    for odd in [json!({"errors": "no"}), json!({}), json!([]), json!("gone")] {
        assert_eq!(refused(404, odd).await.fault, Fault::Missing);
    }
}

#[tokio::test]
async fn the_trace_may_come_in_a_header_only() {
    let body = without(refusal("resource_not_found", "no"), "clerk_trace_id");
    let service = Service::new(move |_| {
        ResponseTemplate::new(404)
            .set_body_json(&body)
            .insert_header("x-clerk-trace-id", "trace_h")
    });
    assert_eq!(
        error(service.await).await.trace,
        Some(Text::from("trace_h"))
    );
}

#[tokio::test]
async fn a_wait_is_told_in_seconds() {
    let body = refusal("too_many_requests", "in a bit");
    let service = Service::new(move |_| {
        ResponseTemplate::new(429)
            .set_body_json(&body)
            .insert_header("retry-after", "60")
    });
    let error = error(service.await).await;
    let Fault::Slowed { after: Some(wait) } = error.fault else {
        panic!("{error:?}");
    };
    assert!(wait > Duration::from_secs(50) && wait <= Duration::from_mins(1));
}

#[tokio::test]
async fn text_in_place_of_an_envelope_is_quoted_from_its_start() {
    let text = "no ".repeat(200);
    let service = Service::new(move |_| raw(404, "text/plain", &text)).await;
    let error = error(service).await;
    assert_eq!(error.fault, Fault::Missing);
    assert_eq!(error.words.unwrap().raw().chars().count(), 200);
}

#[tokio::test]
async fn a_page_of_a_proxy_is_not_the_api_whatever_its_status() {
    for status in [401, 403, 404] {
        let service = Service::new(move |_| raw(status, "text/html", "<html>blocked</html>")).await;
        let error = error(service).await;
        assert_eq!(
            error.fault,
            Fault::NotTheApi(Text::from("text/html")),
            "{status}"
        );
        assert_eq!((error.status, error.words), (Some(status), None));
    }
    let service = Service::new(|_| raw(500, "text/html", "<html>oops</html>")).await;
    assert_eq!(error(service).await.fault, Fault::Unavailable);
}

#[tokio::test]
async fn an_empty_body_leaves_the_status_to_judge_by() {
    for (status, fault) in [
        (401, Fault::SignedOut),
        (403, Fault::Forbidden),
        (404, Fault::Missing),
    ] {
        let service = Service::new(move |_| ResponseTemplate::new(status)).await;
        let error = error(service).await;
        assert_eq!((error.fault, error.words), (fault, None));
    }
}

#[tokio::test]
async fn no_error_holds_the_key() {
    let body = with(refusal("clerk_key_invalid", "wrong"), "extra", json!(1));
    let error = refused(401, body).await;
    assert!(!format!("{error:?} {error}").contains(super::support::KEY));
}
