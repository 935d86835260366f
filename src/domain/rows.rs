//! Rows of long lists: cheap to hand to another thread, numbered for good, one for each identity.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{ApiError, Text};

/// How much of a row is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// All of it.
    Whole,
    /// Only the reference: the rest takes one more question.
    Wanted,
    /// The question is under way.
    Asked,
    /// The question failed; it can be asked again.
    Failed(Box<ApiError>),
    /// The service sent something that is no such record: what is wrong with it.
    Unreadable(Text),
}

/// A record in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<T> {
    /// The record.
    pub item: T,
    /// How much of it is known.
    pub detail: Detail,
}

impl<T> Row<T> {
    /// A record that came whole.
    pub fn whole(item: T) -> Self {
        Self {
            item,
            detail: Detail::Whole,
        }
    }

    /// A reference that needs one more question.
    pub fn wanted(item: T) -> Self {
        Self {
            item,
            detail: Detail::Wanted,
        }
    }
}

/// A record with an identity by which it is found again.
pub trait Keyed {
    /// The identity.
    type Key: Clone + Ord + std::fmt::Debug;

    /// The identity of this record.
    fn key(&self) -> &Self::Key;
}

/// Rows in one chunk: small enough to copy on a change, large enough to make a snapshot cheap.
const CHUNK: usize = 512;

/// A list of rows by number, in shared chunks: a copy costs one reference count a chunk.
#[derive(Clone, Debug)]
pub struct Shelf<T> {
    chunks: Vec<Arc<Vec<Row<T>>>>,
    len: u32,
    epoch: u32,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self {
            chunks: Vec::new(),
            len: 0,
            epoch: 0,
        }
    }
}

impl<T: PartialEq> PartialEq for Shelf<T> {
    fn eq(&self, other: &Self) -> bool {
        let mut pairs = self.chunks.iter().zip(&other.chunks);
        self.len == other.len && pairs.all(|(a, b)| Arc::ptr_eq(a, b) || a == b)
    }
}

impl<T> Shelf<T> {
    /// How many rows there are.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How often the rows were numbered anew.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// The row with this number, which must be below `len`.
    pub fn row(&self, number: u32) -> &Row<T> {
        let number = number as usize;
        &self.chunks[number / CHUNK][number % CHUNK]
    }

    /// All rows, in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = &Row<T>> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }
}

impl<T: Clone> Shelf<T> {
    fn push(&mut self, row: Row<T>) {
        match self.chunks.last_mut().filter(|chunk| chunk.len() < CHUNK) {
            Some(chunk) => Arc::make_mut(chunk).push(row),
            None => self.chunks.push(Arc::new(vec![row])),
        }
        self.len += 1;
    }

    fn row_mut(&mut self, number: u32) -> &mut Row<T> {
        let number = number as usize;
        &mut Arc::make_mut(&mut self.chunks[number / CHUNK])[number % CHUNK]
    }
}

/// A list that grows by pages. Row numbers never move; an identity seen before replaces its row.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows<T: Keyed> {
    shelf: Shelf<T>,
    // Grows without ever rehashing as a whole, so that one page of a long list costs what any other costs.
    numbers: BTreeMap<T::Key, u32>,
}

impl<T: Keyed> Default for Rows<T> {
    fn default() -> Self {
        Self {
            shelf: Shelf::default(),
            numbers: BTreeMap::new(),
        }
    }
}

impl<T: Keyed> std::ops::Deref for Rows<T> {
    type Target = Shelf<T>;

    fn deref(&self) -> &Shelf<T> {
        &self.shelf
    }
}

impl<T: Keyed + Clone> Rows<T> {
    /// The rows alone, to hand to another thread.
    pub fn shelf(&self) -> &Shelf<T> {
        &self.shelf
    }

    /// The number of the row with this identity.
    pub fn number(&self, key: &T::Key) -> Option<u32> {
        self.numbers.get(key).copied()
    }

    /// The row with this identity.
    pub fn find(&self, key: &T::Key) -> Option<&Row<T>> {
        self.number(key).map(|number| self.row(number))
    }

    /// Takes a row in: a new identity goes to the end, a known one replaces its row. Returns its number.
    pub fn put(&mut self, row: Row<T>) -> u32 {
        if let Some(number) = self.number(row.item.key()) {
            *self.shelf.row_mut(number) = row;
            return number;
        }
        let number = self.len();
        self.numbers.insert(row.item.key().clone(), number);
        self.shelf.push(row);
        number
    }

    /// Changes one row; its identity must stay.
    pub fn change(&mut self, number: u32, change: impl FnOnce(&mut Row<T>)) {
        change(self.shelf.row_mut(number));
    }

    /// The same rows without those that `keep` refuses; numbers are given anew.
    #[must_use]
    pub fn retain(&self, keep: impl Fn(&Row<T>) -> bool) -> Self {
        let mut kept = Self::default();
        kept.shelf.epoch = self.epoch + 1;
        for row in self.iter().filter(|row| keep(row)) {
            kept.put(row.clone());
        }
        kept
    }
}
