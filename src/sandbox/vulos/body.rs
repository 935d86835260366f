//! Bodies of writing calls, in JSON or as a form, read into named texts.

use serde_json::{Map, Value};

use super::call::Call;
use super::refusal::Refusal;
use crate::sandbox::world::BodyEncoding;

/// What a body says, field by field.
pub(super) struct Body(Map<String, Value>);

impl Body {
    /// Reads the body of `call`, in one of the encodings that the settings allow.
    pub(super) fn read(call: &Call) -> Result<Self, Refusal> {
        let accepted = call.world.settings.vulos_bodies;
        let (json, form) = match accepted {
            BodyEncoding::Either => (true, true),
            BodyEncoding::Json => (true, false),
            BodyEncoding::Form => (false, true),
        };
        let fields = match call.request.content_type().as_str() {
            "application/json" if json => call.request.json().map_err(|_| unreadable())?,
            "application/x-www-form-urlencoded" if form => pairs(&call.request.body),
            _ => return Err(Refusal::WrongEncoding),
        };
        Ok(Self(fields))
    }

    /// The text of `name`; null is as good as absent.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => Err(
                Refusal::new("E_TYPE", format!("The field {name} has to be a string")),
            ),
        }
    }

    /// The text of `name`, which has to be there and must not be blank.
    pub(super) fn required(&self, name: &str) -> Result<&str, Refusal> {
        let text = self.text(name)?.filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| Refusal::new("E_REQUIRED", format!("The field {name} is required")))
    }
}

fn pairs(form: &[u8]) -> Map<String, Value> {
    let pairs = url::form_urlencoded::parse(form).into_owned();
    pairs.map(|(name, text)| (name, text.into())).collect()
}

fn unreadable() -> Refusal {
    Refusal::new("E_BODY", "The body could not be read")
}
