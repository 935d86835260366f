//! Refusals: Clerk's error codes in the terms that all services share.
//!
//! The code decides, the status only where the code is unknown; the service's own words are kept.

use serde::Deserialize;

use super::field::{Field, record};
use crate::domain::{ApiError, Fault, FieldError, Text, Verb};
use crate::provider::http::{Response, not_the_api, page_beside};
use crate::provider::json;

/// How much of a body that is no JSON is kept as the service's words.
const EXCERPT: usize = 200;

/// What a code means.
#[derive(Clone, Copy)]
enum Meaning {
    /// It clashes with what is there.
    Clash,
    /// A rule or a limit of the service.
    Rule,
    /// The acting user may not.
    Forbidden,
    /// A value of this field of ours is not taken.
    Of(&'static str),
    /// The instance has no such operation.
    Without(&'static str),
}

/// Codes that say more than their status. Everything that is not here goes by the status.
const CODES: &[(&str, Meaning)] = &[
    ("organization_invitation_not_unique", Meaning::Clash),
    ("duplicate_record", Meaning::Clash),
    ("already_a_member_in_organization", Meaning::Clash),
    ("organization_minimum_permissions_needed", Meaning::Rule),
    ("organization_creator_not_found", Meaning::Of("created_by")),
    ("invitations_not_supported", Meaning::Rule),
    ("bulk_size_exceeded", Meaning::Rule),
    ("unsupported_subscription_plan_features", Meaning::Rule),
    ("organization_membership_quota_exceeded", Meaning::Rule),
    ("organization_membership_plan_quota_exceeded", Meaning::Rule),
    ("organization_domain_quota_exceeded", Meaning::Rule),
    ("organization_instance_roles_quota_exceeded", Meaning::Rule),
    ("quota_exceeded", Meaning::Rule),
    ("organization_slugs_disabled", Meaning::Of("slug")),
    ("missing_organization_permission", Meaning::Forbidden),
    ("not_a_member_in_organization", Meaning::Forbidden),
    ("authorization_invalid", Meaning::Forbidden),
    ("organization_membership_managed_by_scim", Meaning::Rule),
    (
        "operation_deprecated",
        Meaning::Without("the service has retired this call"),
    ),
    ("organization_role_assigned_members", Meaning::Rule),
    ("organization_role_exists_in_invitations", Meaning::Rule),
    ("organization_role_default_creator_role", Meaning::Rule),
];

/// The one field whose name differs between the wire and our forms.
const ADDRESS: (&str, &str) = ("email_address", "email");

#[derive(Default, Deserialize)]
#[serde(default)]
struct Refusal {
    errors: Field<Vec<Problem>>,
    clerk_trace_id: Field<Text>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Problem {
    code: Field<Text>,
    message: Field<Text>,
    long_message: Field<Text>,
    meta: Field<Meta>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Meta {
    param_name: Field<Text>,
}

/// One problem, with what is missing in it settled.
struct Complaint {
    code: Option<Text>,
    words: Option<Text>,
    field: Option<Text>,
}

/// The error in an answer whose status is no success.
pub(super) fn refusal(verb: Verb, response: &Response) -> ApiError {
    let error = response.error(verb, by_status(response, &[]));
    let Some(Ok(refusal)) = json::parse(response).map(record::<Refusal>) else {
        return foreign(response, error);
    };
    let problems = refusal.errors.known().unwrap_or_default();
    let complaints: Vec<Complaint> = problems.into_iter().map(Complaint::from).collect();
    let code = complaints.iter().find_map(|problem| problem.code.clone());
    ApiError {
        fault: fault(code.as_ref(), response, &complaints),
        code,
        words: words(&complaints),
        trace: refusal.clerk_trace_id.known().or(error.trace),
        ..error
    }
}

/// Something in front of the API answered, or the API without an envelope.
fn foreign(response: &Response, error: ApiError) -> ApiError {
    let passing = matches!(error.fault, Fault::Unavailable | Fault::Slowed { .. });
    match not_the_api(response) {
        Some(fault) if !passing => ApiError { fault, ..error },
        Some(_) => ApiError {
            words: page_beside(&error.fault, response),
            ..error
        },
        None => {
            let body = json::text(response);
            let start: String = body.trim().chars().take(EXCERPT).collect();
            ApiError {
                words: (!start.is_empty()).then(|| Text::from(start)),
                ..error
            }
        }
    }
}

fn fault(code: Option<&Text>, response: &Response, problems: &[Complaint]) -> Fault {
    let known = code.and_then(|code| CODES.iter().find(|(known, _)| *known == code.raw()));
    match known.map(|(_, meaning)| *meaning) {
        Some(Meaning::Clash) => Fault::Conflict,
        Some(Meaning::Rule) => Fault::Refused,
        Some(Meaning::Forbidden) => Fault::Forbidden,
        Some(Meaning::Without(why)) => Fault::NotOffered(why),
        Some(Meaning::Of(field)) => Fault::Invalid(vec![FieldError {
            field: Text::from(field),
            message: words(problems).unwrap_or_else(|| Text::from("not accepted")),
        }]),
        None => by_status(response, problems),
    }
}

fn by_status(response: &Response, problems: &[Complaint]) -> Fault {
    match response.status {
        401 => Fault::SignedOut,
        403 => Fault::Forbidden,
        404 => Fault::Missing,
        409 => Fault::Conflict,
        422 => Fault::Invalid(field_errors(problems)),
        429 => Fault::Slowed {
            after: response.retry_after,
        },
        500..=599 => Fault::Unavailable,
        400 => match field_errors(problems) {
            fields if fields.is_empty() => Fault::Refused,
            fields => Fault::Invalid(fields),
        },
        _ => Fault::Refused,
    }
}

fn field_errors(problems: &[Complaint]) -> Vec<FieldError> {
    let named = problems.iter().filter_map(|problem| {
        Some(FieldError {
            field: ours(problem.field.as_ref()?),
            message: problem.words.clone().or_else(|| problem.code.clone())?,
        })
    });
    named.collect()
}

/// The name of a field in our forms.
fn ours(name: &Text) -> Text {
    match name.raw() {
        name if name == ADDRESS.0 => Text::from(ADDRESS.1),
        _ => name.clone(),
    }
}

/// The sentences of all problems, each once.
fn words(problems: &[Complaint]) -> Option<Text> {
    let mut sentences: Vec<&str> = Vec::new();
    for words in problems.iter().filter_map(|problem| problem.words.as_ref()) {
        if !sentences.contains(&words.raw()) {
            sentences.push(words.raw());
        }
    }
    (!sentences.is_empty()).then(|| Text::from(sentences.join("; ")))
}

impl From<Problem> for Complaint {
    fn from(problem: Problem) -> Self {
        let filled = |field: Field<Text>| field.known().filter(|text| !text.is_empty());
        Self {
            code: filled(problem.code),
            words: filled(problem.long_message).or_else(|| filled(problem.message)),
            field: problem
                .meta
                .known()
                .and_then(|meta| filled(meta.param_name)),
        }
    }
}
