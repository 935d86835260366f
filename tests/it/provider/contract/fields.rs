//! Every field that a form offers: a value for it, and where the world keeps it.

use orgdeck::domain::invite::Notify;
use orgdeck::domain::{FieldSpec, Fields, InviteDraft, Role, Text, Value};
use orgdeck::sandbox::world::{Invite, Org, World};
use serde_json::{Value as Json, json};

use super::cast::{Cast, image};

/// The address that the contract invites.
pub(super) const ADDRESS: &str = "ida+new/pilot@quay.example";

/// The name that the contract gives an organization.
pub(super) const NAME: &str = "Quay O'Neill & Söhne";

/// A value for every field that is offered.
pub(super) fn filled(specs: &[FieldSpec], cast: &Cast) -> Fields {
    let offered = specs.iter().filter(|spec| spec.is_offered());
    offered.fold(Fields::default(), |fields, spec| {
        fields.with(spec.key, value(spec.key, cast))
    })
}

fn value(key: &str, cast: &Cast) -> Value {
    let text = |text: &str| Value::Text(Text::from(text));
    match key {
        "name" => text(NAME),
        "slug" => text("quay"),
        "website" => text("https://quay.example/?a=1&b=ü"),
        "country_code" => text("ES"),
        "created_by" => Value::Text(cast.user_id().text().clone()),
        "max_allowed_memberships" => Value::Number(7),
        "admin_delete_enabled" => Value::Flag(false),
        "public_metadata" => Value::Json(json!({"tier": {"level": 2}})),
        "logo_image" => Value::Image(image()),
        "company_name" | "industry" | "address" | "city" | "zip_code" | "state" | "unique_id"
        | "tax_number" => text(&format!("{key} + 1/2")),
        other => panic!("the contract knows no value for the field {other}"),
    }
}

/// The same without the short name, which the service gives or never has.
pub(super) fn bare(fields: &Fields) -> Fields {
    let kept = fields.iter().filter(|(key, _)| *key != "slug");
    kept.fold(Fields::default(), |fields, (key, value)| {
        fields.with(key, value.clone())
    })
}

/// Asserts that the world keeps the value of every field that is offered.
pub(super) fn kept(specs: &[FieldSpec], cast: &Cast, (world, org): (&World, &Org)) {
    for spec in specs.iter().filter(|spec| spec.is_offered()) {
        let there = field(world, org, spec.key);
        match value(spec.key, cast) {
            Value::Text(text) => assert_eq!(there, json!(text.raw()), "{}", spec.key),
            Value::Flag(flag) => assert_eq!(there, json!(flag), "{}", spec.key),
            Value::Number(number) => assert_eq!(there, json!(number), "{}", spec.key),
            Value::Json(merged) => assert_eq!(there["tier"], merged["tier"], "{}", spec.key),
            Value::Image(image) => assert_eq!(there, json!(image.bytes().len()), "{}", spec.key),
        }
    }
}

/// Where the world keeps a field.
fn field(world: &World, org: &Org, key: &str) -> Json {
    let creator = || {
        let person = world.person(org.created_by?)?;
        person.id(org.key.service)
    };
    match key {
        "name" => json!(org.name),
        "slug" => json!(org.slug),
        "website" => json!(org.website),
        "company_name" => json!(org.company.name),
        "industry" => json!(org.company.industry),
        "logo_image" => json!(org.logo.as_ref().map(|logo| logo.bytes.len())),
        "created_by" => json!(creator()),
        "max_allowed_memberships" => json!(org.policy.max_members),
        "admin_delete_enabled" => json!(org.policy.admin_delete_enabled),
        "public_metadata" => json!(org.metadata.public),
        "address" => json!(org.postal.address),
        "city" => json!(org.postal.city),
        "zip_code" => json!(org.postal.zip_code),
        "state" => json!(org.postal.state),
        "country_code" => json!(org.postal.country_code),
        "unique_id" => json!(org.postal.unique_id),
        "tax_number" => json!(org.postal.tax_number),
        other => panic!("the contract does not know where the world keeps {other}"),
    }
}

/// An invite with every field that is offered.
pub(super) fn draft(specs: &[FieldSpec], cast: &Cast) -> InviteDraft {
    let offers = |key: &str| {
        specs
            .iter()
            .any(|spec| spec.key == key && spec.is_offered())
    };
    let text = |key: &str, text: &str| offers(key).then(|| Text::from(text));
    let document = |key: &str| offers(key).then(|| json!({ "from": key }));
    InviteDraft {
        role: offers("role").then(|| Role::named(cast.role)),
        message: text("message", "Welcome aboard 👋"),
        redirect: text("redirect_url", "https://quay.example/in?a=1&b=ü"),
        expires_in_days: offers("expires_in_days").then_some(9),
        notify: if offers("notify") {
            Notify::Silent
        } else {
            Notify::Default
        },
        public_metadata: document("public_metadata"),
        private_metadata: document("private_metadata"),
        ..InviteDraft::to(ADDRESS)
    }
}

/// Asserts that an invite in the world is what the draft says.
pub(super) fn same(draft: &InviteDraft, invite: &Invite) {
    let raw = |text: &Option<Text>| text.as_ref().map(|text| text.raw().to_owned());
    assert_eq!(invite.message, raw(&draft.message));
    assert_eq!(invite.redirect_url, raw(&draft.redirect));
    if let Some(role) = &draft.role {
        assert_eq!(invite.role.as_deref(), Some(role.key.raw()));
    }
    if let Some(days) = draft.expires_in_days {
        let open = invite.expires.unwrap().duration_since(invite.created);
        assert_eq!(open.as_hours(), 24 * i64::from(days));
    }
    assert_eq!(invite.notify, draft.notify == Notify::Default);
    let document = |document: &Option<Json>| document.clone().unwrap_or(json!({}));
    assert_eq!(
        json!(invite.metadata.public),
        document(&draft.public_metadata)
    );
    assert_eq!(
        json!(invite.metadata.private),
        document(&draft.private_metadata)
    );
}
