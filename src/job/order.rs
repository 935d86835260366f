//! Orders: which rows of one or several lists are shown, and in which order.
//!
//! The same pure function runs in the core for short lists and beside the drawing path for long ones.

use std::cmp::Ordering;
use std::sync::Arc;

use super::facts::{Beside, Facts, Seen};
use super::filter::Filter;
use crate::domain::Row;
use crate::domain::rows::Shelf;

/// A row of one of several lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which list.
    pub list: u16,
    /// Which row of it.
    pub row: u32,
}

/// How a list is looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lens<By> {
    /// Only rows that fit this filter; empty is all.
    pub text: String,
    /// What the filter knows beside the rows.
    pub beside: Beside,
    /// The column to sort by; `None` is as delivered.
    pub by: Option<By>,
    /// The direction.
    pub turn: Turn,
}

impl<By> Lens<By> {
    /// The filter that its text is; whoever set it has read it before.
    fn filter(&self) -> Filter {
        self.text.parse().unwrap_or_default()
    }

    fn lets(&self, filter: &Filter, item: &impl Facts) -> bool {
        let beside = &self.beside;
        filter.is_empty() || filter.fits(&Seen { item, beside }, beside.theirs(item.profile()))
    }

    /// Whether a record fits its filter.
    pub fn shows(&self, item: &impl Facts) -> bool {
        self.lets(&self.filter(), item)
    }
}

/// The direction of a sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    /// From the smallest.
    #[default]
    Up,
    /// From the largest.
    Down,
}

impl Turn {
    /// The other direction.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }
}

/// What an order needs to know of a record.
pub trait Arrangeable: Facts {
    /// Its columns.
    type By: Copy + PartialEq;

    /// How two records stand to each other in a column.
    fn compare(&self, other: &Self, by: Self::By) -> Ordering;
}

/// The rows that are shown, in order, and how much of each list it has looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Order {
    /// The rows.
    pub places: Arc<Vec<Place>>,
    /// How much of each list is arranged; later rows are new.
    pub covers: Vec<Covered>,
}

/// How much of a list is arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// The list's numbering that this speaks of.
    pub epoch: u32,
    /// The first rows, up to this one.
    pub rows: u32,
}

impl Covered {
    /// The whole of a list as it is now.
    pub fn whole<T>(list: &Shelf<T>) -> Self {
        Self {
            epoch: list.epoch(),
            rows: list.len(),
        }
    }

    /// Whether a list still begins with what this speaks of.
    pub fn begins<T>(self, list: &Shelf<T>) -> bool {
        self.epoch == list.epoch() && self.rows <= list.len()
    }
}

impl Order {
    /// Whether everything that was arranged is still where it was.
    pub fn begins<T>(&self, lists: &[Shelf<T>]) -> bool {
        let mut pairs = self.covers.iter().zip(lists);
        self.covers.len() == lists.len() && pairs.all(|(covered, list)| covered.begins(list))
    }

    /// Whether it is the order of these lists as they are now.
    pub fn is_of<T>(&self, lists: &[Shelf<T>]) -> bool {
        self.covers
            .iter()
            .copied()
            .eq(lists.iter().map(Covered::whole))
    }
}

/// Looked at between two questions whether the work is still wanted.
const STRIDE: u32 = 1024;

/// Arranges lists through a lens. `before` covers the first rows of each list under the same lens;
/// only what came since is looked at, sorted and merged. An order of other lists counts for nothing.
/// `None` when `stop` said so.
pub fn arrange<T: Arrangeable>(
    lists: &[Shelf<T>],
    lens: &Lens<T::By>,
    before: &Order,
    stop: &dyn Fn() -> bool,
) -> Option<Order> {
    let nothing = Order::default();
    let before = if before.begins(lists) {
        before
    } else {
        &nothing
    };
    let mut fresh = fresh_places(lists, lens, before, stop)?;
    let compare = |a: &Place, b: &Place| compare(lists, lens, *a, *b);
    fresh.sort_by(compare);
    Some(Order {
        places: Arc::new(merge(&before.places, &fresh, compare)),
        covers: lists.iter().map(Covered::whole).collect(),
    })
}

fn fresh_places<T: Arrangeable>(
    lists: &[Shelf<T>],
    lens: &Lens<T::By>,
    before: &Order,
    stop: &dyn Fn() -> bool,
) -> Option<Vec<Place>> {
    let mut fresh = Vec::new();
    let filter = lens.filter();
    for (number, list) in lists.iter().enumerate() {
        let covered = before.covers.get(number).map_or(0, |covered| covered.rows);
        let number = u16::try_from(number).unwrap_or(u16::MAX);
        for row in covered..list.len() {
            if row % STRIDE == 0 && stop() {
                return None;
            }
            if lens.lets(&filter, &list.row(row).item) {
                fresh.push(Place { list: number, row });
            }
        }
    }
    Some(fresh)
}

/// By the column, then as delivered: a stable order whatever arrives when.
fn compare<T: Arrangeable>(lists: &[Shelf<T>], lens: &Lens<T::By>, a: Place, b: Place) -> Ordering {
    let Some(by) = lens.by else {
        return a.cmp(&b);
    };
    let item = |place: Place| &row(lists, place).item;
    let sorted = item(a).compare(item(b), by);
    let turned = match lens.turn {
        Turn::Up => sorted,
        Turn::Down => sorted.reverse(),
    };
    turned.then(a.cmp(&b))
}

/// The row at a place.
pub fn row<T>(lists: &[Shelf<T>], place: Place) -> &Row<T> {
    lists[usize::from(place.list)].row(place.row)
}

/// Merges a few new places into many old ones: a binary search each, runs copied whole.
fn merge(
    old: &[Place],
    fresh: &[Place],
    compare: impl Fn(&Place, &Place) -> Ordering,
) -> Vec<Place> {
    let mut all = Vec::with_capacity(old.len() + fresh.len());
    let mut from = 0;
    for place in fresh {
        let run = old[from..].partition_point(|other| compare(other, place).is_le());
        all.extend_from_slice(&old[from..from + run]);
        all.push(*place);
        from += run;
    }
    all.extend_from_slice(&old[from..]);
    all
}
