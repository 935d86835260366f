//! Pages by `$top` and `$skip`: there is no next link and no total, so a full page means that more
//! may come, and a short one is the last.
//!
//! A row that goes while a list is read moves those behind it, one of them onto a page that was read. So each
//! page but the first begins with the last row of the page before: where another one stands there, the list
//! has changed meanwhile.

use std::ops::RangeInclusive;

use serde::Deserialize as _;
use serde_json::Value as Json;

use super::wire;
use crate::domain::query::{Age, Cursor, Next, Page};
use crate::domain::rows::Detail;
use crate::domain::{ApiError, Fault, Row, Text, Verb};

/// A stretch of a list.
pub(super) struct Window {
    skip: usize,
    top: usize,
    before: Option<Before>,
    /// In which order the list comes; none is its own.
    by: Option<Age>,
}

/// The page before, as far as it is remembered; an empty id is one that could not be read.
struct Before {
    /// The id that it began with: a server that ignores `$skip` sends it again.
    head: Text,
    /// The id that it ended with.
    last: Text,
}

/// What ends a cursor where the list comes by age, and how the server calls that order.
const AGES: [(Age, &str, &str); 2] = [
    (Age::Newest, "newest", "created_at desc,id desc"),
    (Age::Oldest, "oldest", "created_at asc,id asc"),
];

impl Window {
    /// The stretch that a cursor of ours names: how many rows lie before it, and the ids that the page before
    /// began and ended with.
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
        let mut word = || words.next().unwrap_or("");
        let (end, head, last) = (word(), Text::from(word()), Text::from(word()));
        let named = word();
        let age = AGES.iter().find(|(_, name, _)| *name == named);
        let strange = || ApiError::new(verb, Fault::Garbled(Text::from("place in the list")));
        let end: usize = end.parse().map_err(|_| strange())?;
        Ok(Self {
            skip: end.checked_sub(1).ok_or_else(strange)?,
            top: top + 1,
            before: Some(Before { head, last }),
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
        self.top.to_string()
    }

    pub(super) fn skip(&self) -> String {
        self.skip.to_string()
    }

    /// Whether it is the beginning of its list.
    pub(super) fn is_first(&self) -> bool {
        self.before.is_none()
    }

    /// The rows of an answer for this stretch.
    pub(super) fn page<T>(&self, records: &[Json], shape: &impl Shape<Item = T>) -> Page<T> {
        let head = records.first().map(known);
        let again = self.before.as_ref().map(|before| &before.last);
        let is_torn = again.is_some() && again != head.as_ref();
        if is_torn && head.as_ref() == self.before.as_ref().map(|before| &before.head) {
            return Page {
                is_torn,
                ..Page::whole(Vec::new())
            };
        }
        let end = self.skip + records.len();
        let more = self.full().contains(&records.len());
        let known_already = usize::from(again.is_some() && !is_torn);
        Page {
            rows: rows(&records[known_already..], self.skip + known_already, shape),
            total: (!more).then_some(end as u64),
            next: if more {
                Next::One(self.following(end, records))
            } else {
                Next::End
            },
            is_torn,
        }
    }

    /// How many records mean that more may come: all that were asked for. A server with a largest page of its
    /// own may cut the one that is asked for beyond ours.
    fn full(&self) -> RangeInclusive<usize> {
        self.top - usize::from(self.before.is_some())..=self.top
    }

    /// The cursor of the stretch behind these records.
    fn following(&self, end: usize, records: &[Json]) -> Cursor {
        let [head, last] =
            [records.first(), records.last()].map(|one| one.map_or(Text::from(""), known));
        let age = self.age().map_or("", |(_, name, _)| name);
        Cursor::at(format!("{end} {} {} {age}", head.raw(), last.raw()))
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
    wire::Id::deserialize(&json["id"]).ok().map(|id| id.text())
}

/// The id of a record; an empty one where it has none.
fn known(json: &Json) -> Text {
    id(json).unwrap_or_else(|| Text::from(""))
}
