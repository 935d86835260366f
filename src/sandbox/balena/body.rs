//! Bodies of writes: JSON, forms and forms with files, as one set of named values.
//!
//! It knows types, not fields: which names count is said by the one who reads.

use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::sandbox::exchange::Request;
use crate::sandbox::world::Logo;

/// What was sent for a field that can be empty.
#[derive(Clone)]
pub(super) enum Sent<T> {
    /// Nothing: the field stays as it is.
    Nothing,
    /// Null: the field becomes empty.
    Null,
    /// A value.
    Value(T),
}

impl<T> Sent<T> {
    /// Puts what was sent in the place of what was there.
    pub(super) fn put(self, place: &mut Option<T>) {
        match self {
            Self::Nothing => {}
            Self::Null => *place = None,
            Self::Value(value) => *place = Some(value),
        }
    }
}

/// The values and files of one body.
pub(super) struct Body {
    values: Map<String, Value>,
    files: Vec<(String, Logo)>,
}

impl Body {
    /// Reads a body; one of an unknown content type counts as empty.
    pub(super) fn read(request: &Request) -> Result<Self, Refusal> {
        let mut files = Vec::new();
        let values = match request.content_type().as_str() {
            "application/json" => object(request)?,
            "application/x-www-form-urlencoded" => form(request),
            "multipart/form-data" => multipart(request, &mut files),
            _ => Map::new(),
        };
        Ok(Self { values, files })
    }

    /// Only the fields of these names: others are dropped in silence.
    pub(super) fn keep(mut self, names: &[&str]) -> Self {
        self.values.retain(|name, _| names.contains(&name.as_str()));
        self.files
            .retain(|(name, _)| names.contains(&name.as_str()));
        self
    }

    /// As [`keep`](Self::keep), for a change: of nothing at all, or of nothing known, there is none.
    pub(super) fn changes(self, names: &[&str]) -> Result<Self, Refusal> {
        if self.is_empty() {
            return Err(Refusal::rule("No fields to update"));
        }
        let kept = self.keep(names);
        if kept.is_empty() {
            return Err(Refusal::Broken);
        }
        Ok(kept)
    }

    fn is_empty(&self) -> bool {
        self.values.is_empty() && self.files.is_empty()
    }

    /// A text that cannot be empty; none when it was not sent.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Refusal> {
        match self.values.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(Refusal::WrongType),
        }
    }

    /// A text that can be empty.
    pub(super) fn optional_text(&self, name: &str) -> Result<Sent<String>, Refusal> {
        if self.values.get(name) == Some(&Value::Null) {
            return Ok(Sent::Null);
        }
        Ok(self.text(name)?.map_or(Sent::Nothing, Sent::Value))
    }

    /// A truth value; forms write it as text.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.values.get(name) {
            None => Ok(None),
            Some(Value::Bool(truth)) => Ok(Some(*truth)),
            Some(Value::String(text)) => {
                let truth = text.parse().map_err(|_| Refusal::WrongType)?;
                Ok(Some(truth))
            }
            Some(_) => Err(Refusal::WrongType),
        }
    }

    /// The id of a linked record: a number, or the same as text, of 32 bits.
    pub(super) fn link(&self, name: &str) -> Result<Option<u64>, Refusal> {
        let Some(value) = self.values.get(name) else {
            return Ok(None);
        };
        let written = value.as_str().and_then(|text| text.parse().ok());
        let id = value.as_i64().or(written).ok_or(Refusal::WrongType)?;
        let id = i32::try_from(id).map_err(|_| Refusal::Broken)?;
        // No record has a negative id, and none the number 0.
        Ok(Some(u64::try_from(id).unwrap_or(0)))
    }

    /// A file, which only forms can carry; null takes it away.
    pub(super) fn file(&self, name: &str) -> Result<Sent<Logo>, Refusal> {
        if let Some((_, file)) = self.files.iter().find(|(field, _)| field == name) {
            return Ok(Sent::Value(file.clone()));
        }
        match self.values.get(name) {
            None => Ok(Sent::Nothing),
            Some(Value::Null) => Ok(Sent::Null),
            Some(_) => Err(Refusal::WrongType),
        }
    }
}

fn object(request: &Request) -> Result<Map<String, Value>, Refusal> {
    if request.body.is_empty() {
        return Ok(Map::new());
    }
    match request.json() {
        Ok(Value::Object(values)) => Ok(values),
        Ok(Value::Array(_)) => Ok(Map::new()),
        Ok(_) | Err(_) => Err(Refusal::Unreadable),
    }
}

fn form(request: &Request) -> Map<String, Value> {
    let pairs = url::form_urlencoded::parse(&request.body);
    pairs
        .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
        .collect()
}

fn multipart(request: &Request, files: &mut Vec<(String, Logo)>) -> Map<String, Value> {
    let mut values = Map::new();
    for part in &request.parts {
        if let Some(filename) = &part.filename {
            let plain = "application/octet-stream".to_owned();
            let file = Logo {
                filename: filename.clone(),
                content_type: part.content_type.clone().unwrap_or(plain),
                bytes: part.bytes.clone(),
            };
            files.push((part.name.clone(), file));
        } else {
            let text = String::from_utf8_lossy(&part.bytes).into_owned();
            values.insert(part.name.clone(), Value::String(text));
        }
    }
    values
}
