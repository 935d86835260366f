//! Fields of Clerk's records: tolerant of what is missing, null, new or of another type.
//!
//! A field is taken by name, so that what is wrong can be told without repeating what was sent.

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};
use serde_json::{Number, Value as Json};

use crate::domain::{ApiError, Fault, Text, Told, Verb};

/// What is wrong with a record, without a word of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Odd {
    place: &'static str,
    wrong: &'static str,
}

impl Odd {
    /// A field that is not of the type that it should be.
    pub(super) const fn field(name: &'static str) -> Self {
        Self {
            place: name,
            wrong: "not of the expected type",
        }
    }

    /// A field that no request can do without.
    pub(super) const fn missing(name: &'static str) -> Self {
        Self {
            place: name,
            wrong: "missing",
        }
    }

    /// A record that is none.
    pub(super) const fn record() -> Self {
        Self {
            place: "",
            wrong: "not a record in JSON",
        }
    }

    /// The fault of an answer in which this is wrong.
    pub(super) fn fault(self) -> Fault {
        Fault::Garbled(self.text())
    }

    /// The error of an answer in which this is wrong, where the answer itself is not at hand.
    pub(super) fn error(self, verb: Verb) -> ApiError {
        ApiError::new(verb, self.fault())
    }

    /// The statement for people.
    pub(super) fn text(self) -> Text {
        match self.place {
            "" => Text::from(self.wrong),
            place => Text::from(format!("field {place}: {}", self.wrong)),
        }
    }
}

/// Reads a document as one record.
pub(super) fn record<W: DeserializeOwned>(json: Json) -> Result<W, Odd> {
    serde_json::from_value(json).map_err(|_| Odd::record())
}

/// One field of a record as it came.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Field<T> {
    /// A value of the right type.
    Is(T),
    /// Null.
    Null,
    /// Not sent.
    #[default]
    Absent,
    /// Of another type.
    Wrong,
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        if json.is_null() {
            return Ok(Self::Null);
        }
        Ok(serde_json::from_value(json).map_or(Self::Wrong, Self::Is))
    }
}

impl<T> Field<T> {
    /// The value, if there is one.
    pub(super) fn optional(self, name: &'static str) -> Result<Option<T>, Odd> {
        match self {
            Self::Is(value) => Ok(Some(value)),
            Self::Null | Self::Absent => Ok(None),
            Self::Wrong => Err(Odd::field(name)),
        }
    }

    /// What was told: null is empty, and nothing sent is nothing known.
    pub(super) fn told(self, name: &'static str) -> Result<Told<T>, Odd> {
        match self {
            Self::Is(value) => Ok(Told::Is(value)),
            Self::Null => Ok(Told::Empty),
            Self::Absent => Ok(Told::Unknown),
            Self::Wrong => Err(Odd::field(name)),
        }
    }

    /// The value, whatever the reason why there is none.
    pub(super) fn known(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Null | Self::Absent | Self::Wrong => None,
        }
    }
}

impl Field<Text> {
    /// The text, if there is one with anything in it.
    pub(super) fn filled(self, name: &'static str) -> Result<Option<Text>, Odd> {
        Ok(self.optional(name)?.filter(|text| !text.is_empty()))
    }

    /// A text that names the record in requests.
    pub(super) fn id(self, name: &'static str) -> Result<Text, Odd> {
        self.filled(name)?.ok_or(Odd::missing(name))
    }
}

impl Field<Number> {
    /// A count; one that cannot be is not known.
    pub(super) fn count(self, name: &'static str) -> Result<Told<u64>, Odd> {
        let number = self.optional(name)?;
        Ok(Told::or_unknown(number.and_then(|number| number.as_u64())))
    }
}

/// A point in time in milliseconds; one that cannot be is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Millis(pub(super) Told<Timestamp>);

impl<'de> Deserialize<'de> for Millis {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        if json.is_null() {
            return Ok(Self(Told::Empty));
        }
        let millis = json.as_i64().filter(|millis| *millis >= 0);
        let time = millis.and_then(|millis| Timestamp::from_millisecond(millis).ok());
        Ok(Self(Told::or_unknown(time)))
    }
}
