//! Records as the cloud sends them.

use serde_json::{Value as Json, json};

/// An organization as the cloud sends it.
pub(super) fn org_record() -> Json {
    json!({
        "organization_membership": 3, "organization_invite": 1,
        "id": 101, "name": "Acme Robotics", "handle": "acme",
        "created_at": "2026-11-21T17:46:10.819Z",
        "company_name": "Acme Ltd", "website": "https://acme.example", "industry": null,
        "logo_image": null, "billing_account_code": null, "is_frozen": false,
        "has_past_due_invoice_since__date": null, "is_enforcing_saml_login": false
    })
}

/// A membership as the cloud sends it, with the organization named.
pub(super) fn member_record() -> Json {
    json!({
        "user": [{"id": 11, "username": "maria"}],
        "organization_membership_role": [{"id": 1, "name": "administrator"}],
        "is_member_of__organization": [{"id": 101, "name": "Acme Robotics"}],
        "id": 55, "created_at": "2026-11-21T18:02:39.810Z"
    })
}

/// An invite as the cloud sends it, with the organization named.
pub(super) fn invite_record() -> Json {
    json!({
        "invitee": [{"id": 2965, "email": "new.person@example.com"}],
        "organization_membership_role": [{"id": 2, "name": "member"}],
        "is_created_by__user": [{"id": 11, "username": "maria"}],
        "is_invited_to__organization": [{"id": 101, "name": "Acme Robotics"}],
        "id": 77, "message": "Welcome aboard"
    })
}

/// The roles of the cloud.
pub(super) fn role_records() -> Json {
    json!([{"id": 1, "name": "administrator"}, {"id": 2, "name": "member"}])
}
