//! A checker of JSON against the part of JSON schema that the published document uses.
//!
//! It reads the schemas beside it, cut from Clerk's Backend API document (their licence is there too).

use serde_json::{Map, Value};

/// The published schemas.
pub(super) struct Schemas(Value);

impl Schemas {
    pub(super) fn read() -> Self {
        Self(serde_json::from_str(include_str!("schemas.json")).unwrap())
    }

    /// What in `value` is not as the schema `name` has it; `[Name]` is an array of them.
    pub(super) fn complaints(&self, name: &str, value: &Value) -> Vec<String> {
        let mut complaints = Vec::new();
        let item = name.trim_matches(['[', ']']);
        let reference = format!("#/components/schemas/{item}");
        let mut schema = serde_json::json!({"$ref": reference});
        if item != name {
            schema = serde_json::json!({"type": "array", "items": schema});
        }
        self.check((&schema, value), name, &mut complaints);
        complaints
    }

    fn check(&self, (schema, value): (&Value, &Value), at: &str, complaints: &mut Vec<String>) {
        if let Some(reference) = schema["$ref"].as_str() {
            let schema = self.0.pointer(reference.trim_start_matches('#'));
            return self.check((schema.expect(reference), value), at, complaints);
        }
        if value.is_null() && schema["nullable"] == true {
            return;
        }
        let kind = schema["type"].as_str();
        if kind.is_some_and(|kind| !is_a(kind, value)) {
            complaints.push(format!("{at} is no {}: {value}", schema["type"]));
        }
        let allowed = schema["enum"].as_array();
        if allowed.is_some_and(|allowed| !allowed.contains(value)) {
            complaints.push(format!("{at} is none of {}: {value}", schema["enum"]));
        }
        if let Value::Object(object) = value {
            self.check_object((schema, object), at, complaints);
        }
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            self.check(
                (&schema["items"], item),
                &format!("{at}[{index}]"),
                complaints,
            );
        }
        self.check_combined((schema, value), at, complaints);
    }

    fn check_object(
        &self,
        (schema, object): (&Value, &Map<String, Value>),
        at: &str,
        complaints: &mut Vec<String>,
    ) {
        for name in schema["required"].as_array().into_iter().flatten() {
            if !object.contains_key(name.as_str().unwrap()) {
                complaints.push(format!("{at} lacks {name}"));
            }
        }
        for (name, value) in object {
            let known = schema["properties"].get(name);
            if let Some(schema) = known {
                self.check((schema, value), &format!("{at}.{name}"), complaints);
            } else if schema["additionalProperties"] == false {
                complaints.push(format!("{at} must not have {name}"));
            }
        }
    }

    fn check_combined(
        &self,
        (schema, value): (&Value, &Value),
        at: &str,
        complaints: &mut Vec<String>,
    ) {
        let parts = |name: &str| schema[name].as_array().cloned().unwrap_or_default();
        for part in parts("allOf") {
            self.check((&part, value), at, complaints);
        }
        for (name, most) in [("oneOf", 1), ("anyOf", usize::MAX)] {
            let parts = parts(name);
            let fits = |part: &&Value| {
                let mut complaints = Vec::new();
                self.check((part, value), at, &mut complaints);
                complaints.is_empty()
            };
            let count = parts.iter().filter(fits).count();
            if !parts.is_empty() && !(1..=most).contains(&count) {
                complaints.push(format!("{at} fits {count} of {name}: {value}"));
            }
        }
    }
}

fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        other => panic!("the schemas use the type {other}, which the checker does not know"),
    }
}

#[test]
fn what_is_wrong_is_found() {
    let schemas = Schemas::read();
    let mut role = serde_json::json!({
        "object": "role", "id": "role_1", "name": "Admin", "key": "org:admin", "description": null,
        "is_creator_eligible": true, "permissions": [], "created_at": 1, "updated_at": 2,
    });
    assert_eq!(schemas.complaints("Role", &role), [""; 0]);
    role["created_at"] = serde_json::json!(1.5);
    role["object"] = serde_json::json!("roll");
    role["permissions"] = serde_json::json!([{}]);
    role["extra"] = serde_json::json!(0);
    role.as_object_mut().unwrap().remove("key");
    let complaints = schemas.complaints("Role", &role).join("\n");
    for part in [
        "Role lacks \"key\"",
        "Role must not have extra",
        "Role.created_at is no \"integer\": 1.5",
        "Role.object is none of",
        "Role.permissions[0] lacks \"id\"",
    ] {
        assert!(complaints.contains(part), "{part} is not in:\n{complaints}");
    }
    let list = serde_json::json!([{"id": 7}]);
    let complaints = schemas.complaints("[User]", &list).join("\n");
    assert!(
        complaints.contains("[User][0].id is no \"string\": 7"),
        "{complaints}"
    );
}

#[test]
fn alternatives_are_counted() {
    let schemas = Schemas::read();
    let email = |verification: Value| {
        let email = serde_json::json!({
            "object": "email_address", "email_address": "a@b.example", "linked_to": [],
            "reserved": false, "created_at": 1, "updated_at": 1, "verification": verification,
        });
        schemas.complaints("EmailAddress", &email)
    };
    let mut admin = serde_json::json!({
        "object": "verification_admin", "status": "verified", "strategy": "admin",
        "attempts": null, "expire_at": null,
    });
    assert_eq!(email(admin.clone()), [""; 0]);
    assert_eq!(email(Value::Null), [""; 0]);
    admin.as_object_mut().unwrap().remove("object");
    let complaints = email(admin);
    assert!(complaints[0].contains("fits 2 of oneOf"), "{complaints:?}");
    let complaints = email(serde_json::json!({"status": "verified"}));
    assert!(complaints[0].contains("fits 0 of oneOf"), "{complaints:?}");
}
