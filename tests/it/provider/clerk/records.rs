//! The records of Clerk's documentation, and ways to change one.

use serde_json::{Value as Json, json};

/// A list as the service wraps it.
pub(super) fn list(records: &[Json]) -> Json {
    json!({"data": records, "total_count": records.len()})
}

pub(super) fn acme() -> Json {
    json!({
        "object": "organization", "id": "org_1", "name": "Acme Corp", "slug": "acme-corp",
        "image_url": "https://img.clerk.com/acme-corp", "has_image": true,
        "members_count": 3, "pending_invitations_count": 2,
        "max_allowed_memberships": 5, "admin_delete_enabled": true,
        "public_metadata": {"plan": "gold"}, "private_metadata": {"crm_id": 7},
        "created_by": "user_1",
        "created_at": 1_755_600_000_123_i64, "updated_at": 1_755_600_000_456_i64,
        "role_set_key": "role_set:default",
    })
}

pub(super) fn alan() -> Json {
    json!({
        "object": "organization_membership", "id": "orgmem_2", "role": "org:member",
        "role_name": "Member", "permissions": ["org:sys_memberships:read"],
        "public_metadata": {}, "private_metadata": {"note": "x"}, "organization": acme(),
        "public_user_data": {
            "user_id": "user_2", "first_name": "Alan", "last_name": "Turing",
            "identifier": "alan@example.com", "username": "alan",
            "image_url": "https://img.clerk.com/alan", "has_image": false,
            "profile_image_url": "https://img.clerk.com/alan", "banned": false,
            "deprovisioned": false,
        },
        "created_at": 1_755_600_000_123_i64, "updated_at": 1_755_600_000_123_i64,
    })
}

pub(super) fn new_hire() -> Json {
    json!({
        "object": "organization_invitation", "id": "orginv_1",
        "email_address": "new.hire@example.com", "role": "org:member", "role_name": "Member",
        "organization_id": "org_1", "inviter_id": null, "public_inviter_data": null,
        "status": "pending", "public_metadata": {"dept": "ops"}, "private_metadata": {"src": "x"},
        "url": "https://accounts.example.com/v1/tickets/accept?ticket=canary",
        "expires_at": 1_758_192_000_123_i64, "created_at": 1_755_600_000_123_i64,
        "updated_at": 1_755_600_000_123_i64,
    })
}

/// The record with one field changed.
pub(super) fn with(mut record: Json, key: &str, value: Json) -> Json {
    record[key] = value;
    record
}

/// The record without one field.
pub(super) fn without(mut record: Json, key: &str) -> Json {
    record.as_object_mut().unwrap().remove(key);
    record
}
