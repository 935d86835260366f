//! Facts: one value of a record under its public name, as filters, sorts and outputs take it.

use std::borrow::Cow;
use std::cmp::Ordering;

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::Value as Json;

use super::{Text, Told};

/// One value of a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A text.
    Text(Text),
    /// A whole number.
    Number(u64),
    /// Yes or no.
    Flag(bool),
    /// A point in time.
    Time(Timestamp),
    /// Several texts, such as role keys.
    List(Vec<Text>),
    /// A document.
    Json(Json),
    /// The service says that there is none.
    Empty,
    /// The service cannot tell.
    Unknown,
}

impl Fact {
    /// A fact as it was told.
    pub fn told<T>(told: &Told<T>, fact: impl FnOnce(&T) -> Self) -> Self {
        match told {
            Told::Is(value) => fact(value),
            Told::Empty => Self::Empty,
            Told::Unknown => Self::Unknown,
        }
    }

    /// A text as it was told.
    pub fn text(told: &Told<Text>) -> Self {
        Self::told(told, |text| Self::Text(text.clone()))
    }

    /// A time as it was told.
    pub fn time(told: &Told<Timestamp>) -> Self {
        Self::told(told, |time| Self::Time(*time))
    }

    /// Words of our own.
    pub fn ours(words: &str) -> Self {
        Self::Text(Text::from(words))
    }

    /// The texts in it: one, or each of a list; none where nothing is known.
    pub fn texts(&self) -> Vec<Cow<'_, str>> {
        match self {
            Self::Text(text) => vec![text.raw().into()],
            Self::Number(number) => vec![number.to_string().into()],
            Self::Flag(flag) => vec![if *flag { "yes" } else { "no" }.into()],
            Self::Time(time) => vec![time.to_string().into()],
            Self::List(texts) => texts.iter().map(|text| text.raw().into()).collect(),
            Self::Json(json) => vec![json.to_string().into()],
            Self::Empty | Self::Unknown => Vec::new(),
        }
    }

    /// Whether there is a value.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Empty | Self::Unknown)
    }

    /// How two facts of one field stand to each other, without regard to case. What is not known has no
    /// place among what is: that is for the caller to put last, whatever the direction.
    pub fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.cmp(b),
            (Self::Time(a), Self::Time(b)) => a.cmp(b),
            (Self::Flag(a), Self::Flag(b)) => a.cmp(b),
            (a, b) => lower(a)
                .cmp(&lower(b))
                .then_with(|| a.texts().cmp(&b.texts())),
        }
    }
}

fn lower(fact: &Fact) -> Vec<String> {
    let texts = fact.texts();
    texts.iter().map(|text| text.to_lowercase()).collect()
}

impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Flag(flag) => flag.serialize(serializer),
            Self::Time(time) => time.serialize(serializer),
            Self::List(texts) => texts.serialize(serializer),
            Self::Json(json) => json.serialize(serializer),
            Self::Empty | Self::Unknown => serializer.serialize_none(),
        }
    }
}
