//! Pages of Clerk's lists: where one begins, what it holds, and which ones come after.
//!
//! The total that a service tells is believed only as far as it agrees with the rows that came: an
//! empty page ends a list, and no list is walked in steps of nothing.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::field::{Field, Odd, record};
use super::path::Params;
use crate::domain::query::Age;
use crate::domain::{ApiError, Cursor, Detail, Next, Page, Row, Text, Verb};
use crate::provider::http::Response;
use crate::provider::json;

/// Pages of one list that may be under way at the same time.
pub(super) const AT_ONCE: usize = 8;

/// The largest page that the service gives.
pub(super) const LARGEST: u64 = 500;

/// Cursors that are handed out at once: a total that lies must not cost more than this.
const BATCH: usize = 128;

/// Ends the cursor of a page after which the list may go on.
const GOES_ON: char = '+';

/// What a cursor begins with where the list comes by age, and how the service calls that order.
const AGES: [(Age, char, &str); 2] = [
    (Age::Newest, 'n', "-created_at"),
    (Age::Oldest, 'o', "created_at"),
];

/// A stretch of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slice {
    limit: u64,
    offset: u64,
    after: After,
    by: Option<Age>,
}

/// Who asks for what follows a page.
#[derive(Clone, Copy, Debug)]
enum After {
    /// The page names it.
    Told,
    /// It was named together with the page.
    Known,
}

impl Slice {
    /// The stretch that a cursor of ours names: the first page has `first` rows and is here soon, the
    /// pages behind it are as large as the service gives them, since requests are counted.
    pub(super) fn at(cursor: &Cursor, first: u64) -> Self {
        let Some(place) = cursor.place() else {
            let start = cursor.start();
            return Self {
                limit: start.most.map_or(first, |most| most.clamp(1, LARGEST)),
                offset: start.skip,
                after: After::Told,
                by: start.by,
            };
        };
        let age = AGES.iter().find(|(_, mark, _)| place.starts_with(*mark));
        let place = age.map_or(place, |(_, mark, _)| place.trim_start_matches(*mark));
        let (offset, after) = match place.strip_suffix(GOES_ON) {
            Some(offset) => (offset, After::Told),
            None => (place, After::Known),
        };
        let offset = offset.parse().unwrap_or_default();
        Self {
            limit: if offset == 0 { first } else { LARGEST },
            offset,
            after,
            by: age.map(|(age, ..)| *age),
        }
    }

    /// Whether it is the beginning of its list.
    pub(super) fn is_first(&self) -> bool {
        self.offset == 0
    }

    /// The query that asks for it; like the vendor's client, without an offset of 0.
    pub(super) fn params(&self) -> Params {
        let offset = (!self.is_first()).then(|| self.offset.to_string());
        Params::default()
            .with("limit", &self.limit.to_string())
            .maybe("offset", offset.as_deref())
            .maybe("order_by", self.age().map(|(_, _, order)| *order))
    }

    fn age(&self) -> Option<&'static (Age, char, &'static str)> {
        AGES.iter().find(|(age, ..)| Some(*age) == self.by)
    }

    /// A later page of the same list.
    fn later(&self, offset: u64, end: &str) -> Cursor {
        let mark = self
            .age()
            .map_or_else(String::new, |(_, mark, _)| mark.to_string());
        Cursor::at(format!("{mark}{offset}{end}"))
    }

    fn going_on(&self, offset: u64) -> Cursor {
        self.later(offset, &GOES_ON.to_string())
    }

    /// The page after this one for a walk in order; `None` at the end of the list.
    pub(super) fn following(&self, list: &List) -> Option<Cursor> {
        match self.next(list) {
            Next::End => None,
            Next::One(cursor) => Some(cursor),
            Next::Many(_) => Some(self.going_on(self.offset.saturating_add(self.limit))),
        }
    }

    /// How many rows there are in all; a total below what came already is none.
    fn total(&self, list: &List) -> Option<u64> {
        list.total.filter(|total| *total >= self.end(list))
    }

    fn end(&self, list: &List) -> u64 {
        self.offset.saturating_add(list.records.len() as u64)
    }

    fn next(&self, list: &List) -> Next {
        let came = list.records.len() as u64;
        let end = self.end(list);
        let short = came < self.limit;
        match (self.after, self.total(list)) {
            // A service with a limit of its own left a gap before the page that was named next.
            (After::Known, Some(total)) if short && came > 0 && end < total => {
                Next::One(self.later(end, ""))
            }
            (After::Known, _) => Next::End,
            (After::Told, _) if came == 0 => Next::End,
            (After::Told, Some(total)) if end >= total => Next::End,
            (After::Told, None) if short => Next::End,
            // Fewer rows than asked for with more to come: the service has a limit of its own.
            (After::Told, Some(_)) if short => Next::One(self.going_on(end)),
            (After::Told, None) => Next::One(self.going_on(end)),
            (After::Told, Some(total)) => Next::Many(self.batch(end, total)),
        }
    }

    fn page<W: DeserializeOwned, T>(
        &self,
        list: List,
        reading: &Reading<impl Fn(W) -> Result<T, Odd>, impl Fn(Text) -> T>,
    ) -> Page<T> {
        let (total, next) = (self.total(&list), self.next(&list));
        Page {
            rows: rows(list.records, self.offset, reading),
            total,
            next,
            is_torn: false,
        }
    }

    fn batch(&self, start: u64, total: u64) -> Vec<Cursor> {
        let step = usize::try_from(LARGEST).unwrap_or(usize::MAX);
        let offsets: Vec<u64> = (start..total).step_by(step).take(BATCH).collect();
        let (last, rest) = offsets
            .split_last()
            .expect("the caller has seen that more come");
        let mut cursors: Vec<_> = rest.iter().map(|at| self.later(*at, "")).collect();
        cursors.push(self.going_on(*last));
        cursors
    }
}

/// The records of a list, still to be read.
pub(super) struct List {
    /// The records.
    pub(super) records: Vec<Json>,
    /// How many there are in all, where it was told.
    total: Option<u64>,
}

/// A list in its envelope.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Envelope {
    data: Field<Vec<Json>>,
    total_count: Field<u64>,
}

impl List {
    /// The list that comes without an envelope, as users do.
    pub(super) fn bare(json: Json) -> Result<Self, Odd> {
        let records = record(json)?;
        Ok(Self {
            records,
            total: None,
        })
    }

    /// The list of what was made: what was done is believed in either shape.
    pub(super) fn made(json: Json) -> Result<Self, Odd> {
        if json.is_array() {
            Self::bare(json)
        } else {
            Self::of(json)
        }
    }

    /// The list in an envelope.
    pub(super) fn of(json: Json) -> Result<Self, Odd> {
        if json.is_array() {
            return Err(Odd::missing("data"));
        }
        let envelope: Envelope = record(json)?;
        Ok(Self {
            records: envelope
                .data
                .optional("data")?
                .ok_or(Odd::missing("data"))?,
            total: envelope.total_count.known(),
        })
    }
}

/// What finds a record that is otherwise unreadable.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Identified {
    id: Field<Text>,
}

/// How the records of a list become rows.
pub(super) struct Reading<R, B> {
    /// A whole record.
    pub(super) read: R,
    /// A record of which nothing but the id could be read.
    pub(super) blank: B,
}

/// Reads a list into a page: a record that cannot be read is marked and stands in its place.
pub(super) fn page<W: DeserializeOwned, T>(
    (verb, response): (Verb, &Response),
    slice: Slice,
    reading: &Reading<impl Fn(W) -> Result<T, Odd>, impl Fn(Text) -> T>,
) -> Result<Page<T>, ApiError> {
    let list = list(List::of, (verb, response))?;
    Ok(slice.page(list, reading))
}

/// The same of a list that comes without an envelope.
pub(super) fn bare<W: DeserializeOwned, T>(
    (verb, response): (Verb, &Response),
    slice: Slice,
    reading: &Reading<impl Fn(W) -> Result<T, Odd>, impl Fn(Text) -> T>,
) -> Result<Page<T>, ApiError> {
    let list = list(List::bare, (verb, response))?;
    Ok(slice.page(list, reading))
}

/// The list of an answer, in this shape.
pub(super) fn list(
    shape: fn(Json) -> Result<List, Odd>,
    (verb, response): (Verb, &Response),
) -> Result<List, ApiError> {
    let list = shape(json::document(verb, response)?);
    list.map_err(|odd| response.error(verb, odd.fault()))
}

/// Reads each record alone, so that one that cannot be read leaves the others as they are.
pub(super) fn rows<W: DeserializeOwned, T>(
    records: Vec<Json>,
    offset: u64,
    reading: &Reading<impl Fn(W) -> Result<T, Odd>, impl Fn(Text) -> T>,
) -> Vec<Row<T>> {
    let numbered = records.into_iter().zip(offset..);
    numbered
        .map(|(json, number)| row(json, number, reading))
        .collect()
}

fn row<W, T>(
    json: Json,
    number: u64,
    reading: &Reading<impl Fn(W) -> Result<T, Odd>, impl Fn(Text) -> T>,
) -> Row<T>
where
    W: DeserializeOwned,
{
    let id = id_of(&json, number);
    match record(json).and_then(&reading.read) {
        Ok(item) => Row::whole(item),
        Err(odd) => Row {
            item: (reading.blank)(id),
            detail: Detail::Unreadable(odd.text()),
        },
    }
}

/// The id of a record that cannot be read otherwise; one of ours where it has none.
fn id_of(json: &Json, number: u64) -> Text {
    let known = Identified::deserialize(json).unwrap_or_default();
    known
        .id
        .known()
        .unwrap_or_else(|| Text::from(format!("(unreadable {})", number + 1)))
}
