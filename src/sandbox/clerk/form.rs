//! A body of JSON read field by field: all that is wrong with it is told at once.
//!
//! A field is taken out when it is read, so that what is left in the end is unknown. It knows the
//! rules of JSON types, not those of the service.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::refusal::{Problem, Refusal};
use crate::sandbox::exchange::Request;

/// The fields not read yet, and the problems so far.
pub(super) struct Form {
    fields: Map<String, Value>,
    problems: Vec<Problem>,
}

/// The body of `request` as JSON; none is an empty object.
pub(super) fn body(request: &Request) -> Result<Value, Refusal> {
    if request.body.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    if request.content_type() != "application/json" {
        let rule = "The content type must be application/json.";
        return Err(Refusal::new(415, "unsupported_content_type", rule));
    }
    request.json().map_err(|_| invalid_body())
}

/// The refusal of a body that cannot be read.
pub(super) fn invalid_body() -> Refusal {
    Refusal::new(400, "request_body_invalid", "The request body is invalid.")
}

impl Form {
    /// The form in the body of `request`.
    pub(super) fn read(request: &Request) -> Result<Self, Refusal> {
        Self::of(body(request)?)
    }

    /// The form in `value`, which must be an object.
    pub(super) fn of(value: Value) -> Result<Self, Refusal> {
        let Value::Object(fields) = value else {
            return Err(invalid_body());
        };
        Ok(Self {
            fields,
            problems: Vec::new(),
        })
    }

    /// A text; null is none.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.take(name, "a text", |value| value.as_str().map(str::to_owned))
    }

    /// A text that must be there; empty once it is a problem.
    pub(super) fn needed_text(&mut self, name: &str) -> String {
        self.need(name);
        self.text(name).unwrap_or_default()
    }

    /// Notes it when a field is not there, or null.
    pub(super) fn need(&mut self, name: &str) {
        match self.fields.get(name) {
            None => self.refuse("form_param_missing", name, "must be included"),
            Some(Value::Null) => self.refuse("form_param_nil", name, "must not be null"),
            Some(_) => (),
        }
    }

    /// A whole number; null is none.
    pub(super) fn number(&mut self, name: &str) -> Option<i64> {
        self.take(name, "a whole number", Value::as_i64)
    }

    /// Yes or no; null is none.
    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        self.take(name, "true or false", Value::as_bool)
    }

    /// An object; null is none.
    pub(super) fn object(&mut self, name: &str) -> Option<Map<String, Value>> {
        self.take(name, "an object", |value| value.as_object().cloned())
    }

    /// A list of texts; null is none.
    pub(super) fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        self.take(name, "a list of texts", |value| {
            value.as_array()?.iter().map(text).collect()
        })
    }

    /// A date in the form of RFC 3339; null is none.
    pub(super) fn date(&mut self, name: &str) -> Option<Timestamp> {
        let text = self.text(name)?;
        let date = text.parse().ok();
        if date.is_none() {
            self.refuse(
                "form_param_value_invalid",
                name,
                "must be in RFC3339 format",
            );
        }
        date
    }

    /// Notes a problem with one field.
    pub(super) fn refuse(&mut self, code: &'static str, name: &str, rule: &str) {
        self.problems.push(Problem::field(code, name, rule));
    }

    /// Whether all was right and known.
    pub(super) fn done(mut self) -> Result<(), Refusal> {
        for name in std::mem::take(&mut self.fields).keys() {
            let rule = "is not a valid parameter for this request";
            self.refuse("form_param_unknown", name, rule);
        }
        if self.problems.is_empty() {
            return Ok(());
        }
        Err(Refusal::unprocessable(self.problems))
    }

    fn take<T>(
        &mut self,
        name: &str,
        wanted: &str,
        convert: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.fields.remove(name).filter(|value| !value.is_null())?;
        let converted = convert(&value);
        if converted.is_none() {
            self.refuse(
                "form_param_type_invalid",
                name,
                &format!("must be {wanted}"),
            );
        }
        converted
    }
}
