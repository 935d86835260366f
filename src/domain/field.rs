//! Fields: what a form asks for and what a request carries, described as data so that one form
//! engine and one subcommand parser serve every service.

use super::Text;
use super::image::Image;
use std::collections::BTreeMap;

/// The kind of a field: how it is typed in and checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text of at most this many characters.
    Text {
        /// Longest allowed, in characters.
        max: usize,
    },
    /// A text of several lines.
    Message,
    /// An e-mail address.
    Email,
    /// Any number of e-mail addresses, over as many lines.
    Addresses,
    /// A web address with its scheme.
    Url,
    /// A country, as its two-letter code.
    Country,
    /// Yes or no.
    Flag,
    /// A whole number in a range.
    Number {
        /// Smallest allowed.
        min: i64,
        /// Largest allowed.
        max: i64,
    },
    /// One of the roles that the connection lists or suggests.
    Role,
    /// A JSON object.
    Json,
    /// An image file.
    Image,
    /// A user of the service.
    User,
    /// A token, which is never shown.
    Secret,
}

/// Whether a field must be filled, may be, or cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Must be filled.
    Required,
    /// May be left empty; then it is not sent.
    Optional,
    /// The service has no such field: it is named with this reason and cannot be filled.
    NotOffered(&'static str),
}

/// One field of a form or of `--field`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its name in `snake_case`, the key of `--field` and of `attributes`.
    pub key: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// How it is typed and checked.
    pub kind: FieldKind,
    /// Whether it must be filled.
    pub need: Need,
    /// A hint under the field, or empty.
    pub hint: &'static str,
}

impl FieldSpec {
    /// A field that must be filled.
    pub const fn required(key: &'static str, label: &'static str, kind: FieldKind) -> Self {
        Self {
            key,
            label,
            kind,
            need: Need::Required,
            hint: "",
        }
    }

    /// A field that may stay empty.
    pub const fn optional(key: &'static str, label: &'static str, kind: FieldKind) -> Self {
        Self {
            need: Need::Optional,
            ..Self::required(key, label, kind)
        }
    }

    /// A field that other services have and this one does not.
    pub const fn absent(key: &'static str, label: &'static str, reason: &'static str) -> Self {
        Self {
            need: Need::NotOffered(reason),
            ..Self::required(key, label, FieldKind::Text { max: 0 })
        }
    }

    /// The same field with a hint.
    #[must_use]
    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    /// Whether the service has the field at all.
    pub const fn is_offered(&self) -> bool {
        !matches!(self.need, Need::NotOffered(_))
    }
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(Text),
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// JSON.
    Json(serde_json::Value),
    /// An image, read and checked.
    Image(Image),
}

impl Value {
    /// The text of a text value.
    pub fn text(&self) -> Option<&Text> {
        match self {
            Self::Text(text) => Some(text),
            Self::Flag(_) | Self::Number(_) | Self::Json(_) | Self::Image(_) => None,
        }
    }

    /// It as a person reads it.
    pub fn in_words(&self) -> Text {
        match self {
            Self::Text(text) => text.clone(),
            Self::Flag(true) => Text::from("yes"),
            Self::Flag(false) => Text::from("no"),
            Self::Number(number) => Text::from(number.to_string()),
            Self::Json(json) => Text::from(json.to_string()),
            Self::Image(image) => image.name().clone(),
        }
    }
}

/// Values by field key, in a fixed order; a key that is absent is not sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields(BTreeMap<&'static str, Value>);

impl Fields {
    /// The same fields with one more.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: Value) -> Self {
        self.set(key, value);
        self
    }

    /// Sets one field.
    pub fn set(&mut self, key: &'static str, value: Value) {
        self.0.insert(key, value);
    }

    /// The value of a field.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// The text of a text field.
    pub fn text(&self, key: &str) -> Option<&Text> {
        self.get(key).and_then(Value::text)
    }

    /// All of them, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
