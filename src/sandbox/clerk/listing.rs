//! Lists: their order, the rows of one page, the envelope.
//!
//! Rows come in oldest first; those that an order does not tell apart stay by age.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::sandbox::exchange::Reply;

/// The wanted rows of a list.
pub(super) struct Window {
    pub(super) limit: usize,
    pub(super) offset: usize,
}

/// The wanted order of a list.
pub(super) struct Order {
    pub(super) field: &'static str,
    pub(super) direction: Direction,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Ascending,
    Descending,
}

/// What a row is ordered by; rows without it come first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Nothing,
    Moment(i64),
    Count(usize),
    Text(String),
}

impl Window {
    /// The wanted part of `rows` as they are shown.
    pub(super) fn cut<T>(&self, rows: &[T], show: impl Fn(&T) -> Value) -> Vec<Value> {
        let rows = rows.iter().skip(self.offset).take(self.limit);
        rows.map(show).collect()
    }

    /// The wanted part of `rows` in the usual envelope.
    pub(super) fn page<T>(&self, rows: &[T], show: impl Fn(&T) -> Value) -> Reply {
        let data = self.cut(rows, show);
        super::json(200, &json!({"data": data, "total_count": rows.len()}))
    }
}

impl Order {
    /// Puts `rows` in order; `rank` tells what a row has under a field's name.
    pub(super) fn arrange<T>(&self, rows: &mut [T], rank: impl Fn(&T, &str) -> Rank) {
        rows.sort_by_cached_key(|row| rank(row, self.field));
        if self.direction == Direction::Descending {
            rows.reverse();
        }
    }
}

impl Rank {
    pub(super) fn moment(moment: Timestamp) -> Self {
        Self::Moment(moment.as_millisecond())
    }

    /// Text in any case of its letters.
    pub(super) fn text(text: Option<&str>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Text(text.to_lowercase()))
    }
}
