//! Bodies of answers: one record, or the records of a list still unread, so that one bad record
//! spoils no other.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Number;
use serde_json::value::RawValue;

use super::field::{Field, Odd};
use crate::domain::Text;
use crate::provider::http::Response;

/// The body of an answer as text: a byte order mark and broken characters spoil no more than themselves.
pub(super) struct Body<'a>(Cow<'a, str>);

/// The records of a list, still unread.
pub(super) struct List<'a> {
    /// The records.
    pub(super) records: Vec<&'a RawValue>,
    /// How many there are in all, where it was told.
    pub(super) total: Option<u64>,
}

#[derive(Deserialize)]
struct Enveloped<'a> {
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    #[serde(default)]
    total_count: Field<Number>,
}

impl<'a> Body<'a> {
    /// The body of this answer.
    pub(super) fn of(response: &'a Response) -> Self {
        let bytes = response.body.strip_prefix(b"\xef\xbb\xbf");
        Self(String::from_utf8_lossy(bytes.unwrap_or(&response.body)))
    }

    /// The text.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// One record.
    pub(super) fn record<W: DeserializeOwned>(&self) -> Result<W, Odd> {
        serde_json::from_str(&self.0).map_err(|_| Odd::record())
    }

    /// The records of a list: in an envelope, or bare as users come.
    pub(super) fn list(&self) -> Result<List<'_>, Odd> {
        if let Ok(records) = serde_json::from_str(&self.0) {
            return Ok(List {
                records,
                total: None,
            });
        }
        let envelope: Enveloped<'_> = serde_json::from_str(&self.0).map_err(|_| Odd::record())?;
        let data = envelope.data.ok_or(Odd::missing("data"))?;
        Ok(List {
            records: serde_json::from_str(data.get()).map_err(|_| Odd::field("data"))?,
            total: envelope
                .total_count
                .known()
                .and_then(|total| total.as_u64()),
        })
    }
}

/// What finds a record that is otherwise unreadable.
#[derive(Deserialize)]
pub(super) struct Identified {
    /// Its id.
    pub(super) id: Option<Text>,
}
