//! What is compared of a recorded answer and ours.

use serde_json::{Map, Value, json};

/// Fields of the cloud's published model that the recorded server did not have.
const PUBLISHED: [&str; 9] = [
    "company_name",
    "website",
    "industry",
    "logo_image",
    "is_enforcing_saml_login",
    "billing_account_code",
    "is_using__billing_version",
    "has_past_due_invoice_since__date",
    "is_frozen",
];

/// Secrets, and numbers that each world gives out anew.
const REPLACED: [&str; 3] = ["password", "jwt_secret", "actor"];

/// Ours without the published fields that the recorded one lacks; every other extra stays.
pub(super) fn without_extras(ours: Value, recorded: &Value) -> Value {
    match (ours, recorded) {
        (Value::Object(ours), Value::Object(recorded)) => {
            let known = |name: &str| {
                recorded.contains_key(name)
                    || !(PUBLISHED.contains(&name) || name == "effective_seat_role")
            };
            let kept = ours.into_iter().filter(|(name, _)| known(name));
            let kept = kept.map(|(name, value)| {
                let recorded = recorded.get(&name).unwrap_or(&Value::Null);
                let value = without_extras(value, recorded);
                (name, value)
            });
            Value::Object(kept.collect())
        }
        (Value::Array(ours), Value::Array(recorded)) => {
            let nothing = Value::Null;
            let like = |index| recorded.get(index).or(recorded.first()).unwrap_or(&nothing);
            let rows = ours.into_iter().enumerate();
            rows.map(|(index, row)| without_extras(row, like(index)))
                .collect()
        }
        (ours, _) => ours,
    }
}

/// The value with dates, secrets and new numbers replaced by what they are.
pub(super) fn normal(value: &Value) -> Value {
    match value {
        Value::String(text) if is_date(text) => json!("<date>"),
        Value::String(text) if text.split('.').count() == 3 && text.starts_with("ey") => {
            json!("<session>")
        }
        Value::Array(rows) => rows.iter().map(normal).collect(),
        Value::Object(fields) => Value::Object(normal_fields(fields)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

fn normal_fields(fields: &Map<String, Value>) -> Map<String, Value> {
    let is_actor = fields.contains_key("actorType");
    let normal = fields.iter().map(|(name, value)| {
        let replaced = REPLACED.contains(&name.as_str()) || (is_actor && name == "id");
        let value = if replaced {
            json!("<new>")
        } else {
            normal(value)
        };
        (name.clone(), value)
    });
    normal.collect()
}

/// The value with every plain part replaced by its type, and of each list one row.
pub(super) fn shape(value: &Value) -> Value {
    match value {
        Value::Null => json!("null"),
        Value::Bool(_) => json!("truth"),
        Value::Number(_) => json!("number"),
        Value::String(text) if text.is_empty() => json!(""),
        Value::String(text) if is_date(text) => json!("date"),
        Value::String(_) => json!("text"),
        Value::Array(rows) => rows.iter().take(1).map(shape).collect(),
        Value::Object(fields) => {
            let shapes = fields
                .iter()
                .map(|(name, value)| (name.clone(), shape(value)));
            Value::Object(shapes.collect())
        }
    }
}

/// Whether all rows of a list look like its first.
pub(super) fn is_even(value: &Value) -> bool {
    let Some(rows) = value["d"].as_array() else {
        return true;
    };
    rows.windows(2)
        .all(|pair| shape(&pair[0]) == shape(&pair[1]))
}

/// `YYYY-MM-DDTHH:MM:SS.mmmZ`.
fn is_date(text: &str) -> bool {
    let pattern = "0000-00-00T00:00:00.000Z";
    let fits = |(letter, place): (char, char)| match place {
        '0' => letter.is_ascii_digit(),
        place => letter == place,
    };
    text.len() == pattern.len() && text.chars().zip(pattern.chars()).all(fits)
}
