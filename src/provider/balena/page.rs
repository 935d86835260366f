//! Pages by `$top` and `$skip`: there is no next link and no total, so a full page means that more
//! may come, and a short one is the last. Each page begins with the last row of the one before: where it
//! does not, the list has moved under the reading.

use serde_json::Value as Json;

use super::wire;
use crate::domain::query::{Age, Cursor, Next, Page};
use crate::domain::rows::Detail;
use crate::domain::{ApiError, Fault, Row, Text, Verb};

/// A stretch of a list.
pub(super) struct Window {
    skip: usize,
    top: usize,
    /// The id at the end of the page before, which this one begins with: empty where it has none, and
    /// nothing on the first page.
    before: Option<Text>,
    /// In which order the list comes; none is its own.
    by: Option<Age>,
}

/// What ends a cursor where the list comes by age, and how the server calls that order.
const AGES: [(Age, &str, &str); 2] = [
    (Age::Newest, "newest", "created_at desc,id desc"),
    (Age::Oldest, "oldest", "created_at asc,id asc"),
];

impl Window {
    /// The stretch that a cursor of ours names: how many rows lie before it, and the id that the page before ended with.
    pub(super) fn at(verb: Verb, cursor: &Cursor, top: usize) -> Result<Self, ApiError> {
        let Some(place) = cursor.place() else {
            let start = cursor.start();
            let most = start.most.and_then(|most| usize::try_from(most).ok());
            return Ok(Self {
                skip: 0,
                top: most.map_or(top, |most| most.clamp(1, top)),
                before: None,
                by: start.by,
            });
        };
        let mut words = place.split(' ');
        let (skip, before) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        let named = words.next();
        let age = AGES.iter().find(|(_, name, _)| Some(*name) == named);
        let strange = |_| ApiError::new(verb, Fault::Garbled(Text::from("place in the list")));
        Ok(Self {
            skip: skip.parse().map_err(strange)?,
            top,
            before: Some(Text::from(before)),
            by: age.map(|(age, ..)| *age),
        })
    }

    /// The order that it is asked for in, where that is not the list's own.
    pub(super) fn order(&self, own: &'static str) -> &'static str {
        self.age().map_or(own, |(_, _, order)| *order)
    }

    fn age(&self) -> Option<&'static (Age, &'static str, &'static str)> {
        AGES.iter().find(|(age, ..)| Some(*age) == self.by)
    }

    pub(super) fn top(&self) -> String {
        self.asked().to_string()
    }

    pub(super) fn skip(&self) -> String {
        self.begin().to_string()
    }

    /// Whether it is the beginning of its list.
    pub(super) fn is_first(&self) -> bool {
        self.before.is_none()
    }

    fn overlap(&self) -> usize {
        usize::from(!self.is_first())
    }

    fn asked(&self) -> usize {
        self.top + self.overlap()
    }

    fn begin(&self) -> usize {
        self.skip.saturating_sub(self.overlap())
    }

    /// The rows of an answer for this stretch.
    pub(super) fn page<T>(&self, records: &[Json], shape: &impl Shape<Item = T>) -> Page<T> {
        let end = self.begin() + records.len();
        // A server with a limit of its own leaves the overlap's row for the next page.
        let more = (self.top..=self.asked()).contains(&records.len());
        let next = more.then(|| self.after(end, records));
        let (fresh, is_moved) = match &self.before {
            Some(before) if !before.is_empty() => match records.split_first() {
                Some((first, rest)) if id(first).as_ref() == Some(before) => (rest, false),
                Some(_) | None => (records, true),
            },
            Some(_) | None => (records, false),
        };
        Page {
            rows: rows(fresh, end - fresh.len(), shape),
            total: (!more).then_some(end as u64),
            next: match next {
                next if is_moved => Next::Moved(next),
                Some(cursor) => Next::One(cursor),
                None => Next::End,
            },
        }
    }

    /// The stretch behind this one.
    fn after(&self, end: usize, records: &[Json]) -> Cursor {
        let last = records.last().and_then(id);
        let last = last.as_ref().map_or("", Text::raw);
        let age = self.age().map(|(_, name, _)| format!(" {name}"));
        Cursor::at(format!("{end} {last}{}", age.unwrap_or_default()))
    }
}

/// How a record becomes a value of the domain.
pub(super) trait Shape {
    /// The record as it is sent.
    type Wire: serde::de::DeserializeOwned;
    /// The value.
    type Item;

    /// The value of a record; the error names what is wrong with it.
    fn whole(&self, record: Self::Wire) -> Result<Self::Item, Text>;

    /// What stands for a record that cannot be read.
    fn blank(&self, id: Text) -> Self::Item;

    /// The value of a record that was asked for alone.
    fn one(&self, verb: Verb, json: &Json) -> Result<Self::Item, ApiError> {
        wire::record(json)
            .and_then(|record| self.whole(record))
            .map_err(|what| ApiError::new(verb, Fault::Garbled(what)))
    }
}

/// Reads each record alone, so that one that cannot be read leaves the others as they are.
pub(super) fn rows<T>(records: &[Json], skip: usize, shape: &impl Shape<Item = T>) -> Vec<Row<T>> {
    let row = |(number, json): (usize, &Json)| {
        match wire::record(json).and_then(|record| shape.whole(record)) {
            Ok(item) => Row::whole(item),
            // A record without an id still needs one of its own in the list; this one fits into no request.
            Err(what) => Row {
                item: shape.blank(id(json).unwrap_or(Text::from(format!("?{}", skip + number)))),
                detail: Detail::Unreadable(what),
            },
        }
    };
    records.iter().enumerate().map(row).collect()
}

fn id(json: &Json) -> Option<Text> {
    json["id"].as_u64().map(|id| Text::from(id.to_string()))
}
