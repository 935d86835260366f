//! A record as the server sent it, for reading: indented, and without what opens anything.

use serde_json::Value as Json;

use crate::domain::{Answer, Text};

/// openBalena hands out every column of a user, password hash included, to a careless question.
const SECRETS: &[&str] = &["password", "secret", "token", "hash", "key"];

/// The record as text.
pub(super) fn answer(mut record: Json) -> Answer {
    mask(&mut record);
    Answer::Json(Text::from(format!("{record:#}")))
}

fn mask(json: &mut Json) {
    match json {
        Json::Object(fields) => {
            for (name, value) in fields {
                if SECRETS.iter().any(|secret| name.contains(secret)) {
                    *value = Json::from("***");
                } else {
                    mask(value);
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(mask),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}
