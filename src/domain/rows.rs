//! Rows of long lists: cheap to hand to another thread, numbered for good, one for each identity.

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::sync::{Arc, LazyLock};

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

    /// The item, where nothing of it is missing.
    pub fn known(self) -> Option<T> {
        (self.detail == Detail::Whole).then_some(self.item)
    }
}

/// A record with an identity by which it is found again.
pub trait Keyed {
    /// The identity.
    type Key: Clone + Ord + Hash + std::fmt::Debug;

    /// The identity of this record.
    fn key(&self) -> &Self::Key;

    /// The texts that it alone keeps, for what a list weighs.
    fn texts(&self) -> Vec<&Text>;

    /// Keeps what is the same in another record only once; what it says stays.
    fn share(&mut self, _other: &Self) {}
}

/// Takes the other's copy of what is the same.
pub(super) fn share<T: Clone + PartialEq>(one: &mut T, other: &T) {
    if one == other {
        one.clone_from(other);
    }
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
    fn push(&mut self, mut row: Row<T>)
    where
        T: Keyed,
    {
        if let Some(last) = self.chunks.last().and_then(|chunk| chunk.last()) {
            row.item.share(&last.item);
        }
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
#[derive(Clone, Debug)]
pub struct Rows<T> {
    shelf: Shelf<T>,
    // The hash of each identity with its row's number: the identities themselves stand in the rows. It
    // grows without ever being made anew as a whole, so that one page of a long list costs what any other does.
    numbers: BTreeSet<(u32, u32)>,
    bytes: usize,
}

impl<T: PartialEq> PartialEq for Rows<T> {
    fn eq(&self, other: &Self) -> bool {
        self.shelf == other.shelf
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self {
            shelf: Shelf::default(),
            numbers: BTreeSet::new(),
            bytes: 0,
        }
    }
}

impl<T> std::ops::Deref for Rows<T> {
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
        let hash = hash(key);
        let mut alike = self.numbers.range((hash, 0)..=(hash, u32::MAX));
        let (_, number) = alike.find(|(_, number)| self.row(*number).item.key() == key)?;
        Some(*number)
    }

    /// The row with this identity.
    pub fn find(&self, key: &T::Key) -> Option<&Row<T>> {
        self.number(key).map(|number| self.row(number))
    }

    /// How many bytes of memory they take, about.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Takes a row in: a new identity goes to the end, a known one replaces its row. Returns its number.
    pub fn put(&mut self, row: Row<T>) -> u32 {
        self.bytes += weight(&row);
        if let Some(number) = self.number(row.item.key()) {
            let before = std::mem::replace(self.shelf.row_mut(number), row);
            self.bytes -= weight(&before);
            return number;
        }
        let number = self.len();
        self.numbers.insert((hash(row.item.key()), number));
        self.shelf.push(row);
        number
    }

    /// Changes one row; its identity must stay.
    pub fn change(&mut self, number: u32, change: impl FnOnce(&mut Row<T>)) {
        let row = self.shelf.row_mut(number);
        let before = weight(row);
        change(row);
        self.bytes = self.bytes - before + weight(row);
    }

    /// The same rows without those that `keep` refuses, by their numbers; numbers are given anew.
    #[must_use]
    pub fn retain(&self, keep: impl Fn(u32, &Row<T>) -> bool) -> Self {
        let mut kept = Self::default();
        kept.shelf.epoch = self.epoch + 1;
        let numbered = (0..).zip(self.iter());
        for (_, row) in numbered.filter(|(number, row)| keep(*number, row)) {
            kept.put(row.clone());
        }
        kept
    }
}

/// What an identity is looked up by; seeded anew in each process, so that no service can make them alike.
fn hash(key: &impl Hash) -> u32 {
    static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    let [a, b, c, d, ..] = SEED.hash_one(key).to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

/// What a text takes besides its letters: its counts, and what the allocator rounds up.
const TEXT: usize = 32;
/// What a row takes besides itself: its places in the index and in the order that is shown, and gaps.
const PLACE: usize = 48;

/// How many bytes of memory a row takes, about.
fn weight<T: Keyed>(row: &Row<T>) -> usize {
    let texts = row.item.texts();
    let texts: usize = texts.iter().map(|text| text.raw().len() + TEXT).sum();
    size_of::<Row<T>>() + PLACE + texts
}
