//! Feeds: a list on its way from a service, page by page and row by row, visible rows first.
//!
//! A feed never empties what it shows: a new reading replaces rows as they come, and drops what it did
//! not meet only when it has come to its end. What is read anew by itself (`quiet`) shows nothing of that.

mod quiet;

use std::collections::{BTreeSet, VecDeque};

use crate::domain::query::{Cursor, Next, Page, Start};
use crate::domain::rows::Keyed;
use crate::domain::{ApiError, Detail, Fault, Row, Rows, Text};

/// No list is read beyond this many rows.
const MOST: u32 = 1_000_000;

/// Nor beyond this much memory, which nearly a million ordinary rows take.
const MOST_BYTES: usize = 420 << 20;

/// What a feed wants asked next.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask<K> {
    /// A page.
    Page(Cursor),
    /// The rest of one row.
    Detail(K),
}

/// How far a reading has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stage {
    /// Nothing was asked yet.
    #[default]
    Idle,
    /// Pages are under way.
    Reading,
    /// The list is here as a whole.
    Whole,
    /// The list is here only in part: why.
    Partial(Short),
    /// The reading failed; rows of an earlier one stay.
    Failed(ApiError),
}

/// Why a list that ended is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Short {
    /// The person stopped it.
    Stopped,
    /// It changed while it was read, or ended before the total that was told: rows may be missing.
    Shifted,
    /// The list is longer than what is ever read.
    TooLong,
}

/// The loading of one list of one connection.
#[derive(Clone, Debug, PartialEq)]
pub struct Feed<T: Keyed> {
    /// The rows so far.
    pub rows: Rows<T>,
    stage: Stage,
    /// What is shown as the stage of a reading that nobody waits for.
    shown: Option<Stage>,
    /// Pages that the latest reading has asked for.
    pages: usize,
    total: Option<u64>,
    /// Whether the rows are those of a reading that came to its end.
    is_counted: bool,
    waiting: VecDeque<Cursor>,
    asked_pages: BTreeSet<Cursor>,
    asked_rows: BTreeSet<T::Key>,
    /// Which rows the latest reading has met, by their numbers.
    met: Vec<bool>,
    came: u64,
    shifted: bool,
    /// The numbers of the rows whose rest is wanted: a long list is not searched for them again and again.
    wanted: BTreeSet<u32>,
}

impl<T: Keyed> Default for Feed<T> {
    fn default() -> Self {
        Self {
            rows: Rows::default(),
            stage: Stage::Idle,
            shown: None,
            pages: 0,
            total: None,
            is_counted: false,
            waiting: VecDeque::new(),
            asked_pages: BTreeSet::new(),
            asked_rows: BTreeSet::new(),
            met: Vec::new(),
            came: 0,
            shifted: false,
            wanted: BTreeSet::new(),
        }
    }
}

impl<T: Keyed + Clone + PartialEq> Feed<T> {
    /// Begins a reading; rows of an earlier one stay until it has met them again or ended.
    pub fn start(&mut self) {
        self.start_from(Start::default());
    }

    /// Begins a reading that the service begins so.
    pub fn start_from(&mut self, start: Start) {
        // Nobody waits for the answers of the reading before.
        for key in std::mem::take(&mut self.asked_rows) {
            self.mark(&key, &Detail::Asked, Detail::Wanted);
        }
        self.stage = Stage::Reading;
        self.shown = None;
        self.pages = 0;
        self.waiting = VecDeque::from([Cursor::first(start)]);
        self.asked_pages.clear();
        self.met.clear();
        // What is skipped is part of the total that the service tells.
        self.came = start.skip;
        self.total = None;
        self.shifted = false;
    }

    /// How far it has come, for whoever looks at it.
    pub fn stage(&self) -> &Stage {
        self.shown.as_ref().unwrap_or(&self.stage)
    }

    /// How many rows there are in all, where the service said so.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Whether pages are under way or waiting.
    pub fn is_reading(&self) -> bool {
        self.stage == Stage::Reading
    }

    /// Whether anything at all is under way.
    pub fn is_busy(&self) -> bool {
        self.is_reading() || !self.asked_rows.is_empty()
    }

    /// What to ask now with at most `at_once` questions under way: pages first, then the rows whose
    /// rest is wanted, in the order of `wanted` (the visible ones first).
    pub fn next<'a>(
        &mut self,
        at_once: usize,
        wanted: impl IntoIterator<Item = &'a T::Key>,
    ) -> Vec<Ask<T::Key>>
    where
        T::Key: 'a,
    {
        let mut asks = Vec::new();
        let under_way = self.asked_pages.len() + self.asked_rows.len();
        let mut room = at_once.saturating_sub(under_way);
        while room > 0
            && let Some(cursor) = self.waiting.pop_front()
        {
            self.asked_pages.insert(cursor.clone());
            self.pages += 1;
            asks.push(Ask::Page(cursor));
            room -= 1;
        }
        for key in wanted {
            if room == 0 {
                break;
            }
            if self.mark(key, &Detail::Wanted, Detail::Asked) {
                self.asked_rows.insert(key.clone());
                asks.push(Ask::Detail(key.clone()));
                room -= 1;
            }
        }
        asks
    }

    /// Rows whose rest is wanted, in the order they came; for what is left after the visible ones.
    pub fn wanting(&self) -> impl Iterator<Item = &T::Key> {
        let key = |number: &u32| self.rows.row(*number).item.key();
        self.wanted.iter().map(key)
    }

    /// Takes a page in. A page that was not asked for in this reading is dropped.
    pub fn page(&mut self, cursor: &Cursor, page: Page<T>) {
        if !self.asked_pages.remove(cursor) {
            return;
        }
        // A row that has gone moved the rows behind it: one of them may be on no page.
        let has_shrunk = |now| self.total.is_some_and(|then| now < then);
        self.shifted |= page.is_torn || page.total.is_some_and(has_shrunk);
        self.total = page.total.or(self.total);
        self.is_counted = false;
        let fresh = self.put_all(page.rows);
        if !self.is_reading() {
            return;
        }
        match page.next {
            _ if fresh == 0 => self.waiting.clear(),
            Next::End => {}
            Next::One(cursor) => self.waiting.push_back(cursor),
            Next::Many(cursors) => self.waiting.extend(cursors),
        }
        self.finish_if_done();
    }

    /// A page failed: the reading ends, what is here stays.
    pub fn page_failed(&mut self, cursor: &Cursor, error: ApiError) {
        if self.asked_pages.remove(cursor) && self.is_reading() {
            self.waiting.clear();
            self.end(Stage::Failed(error));
        }
    }

    /// The rest of a row came.
    pub fn detail(&mut self, item: T) {
        self.asked_rows.remove(item.key());
        if self.rows.number(item.key()).is_some() {
            self.put_row(Row::whole(item));
        }
    }

    /// The rest of a row could not be read; the others are not touched.
    pub fn detail_failed(&mut self, key: &T::Key, error: ApiError) {
        self.asked_rows.remove(key);
        let _ = self.mark(key, &Detail::Asked, Detail::Failed(Box::new(error)));
    }

    /// Whether the rest of a row could not be read.
    pub fn lacks_rest(&self) -> bool {
        let mut rows = self.rows.iter();
        rows.any(|row| matches!(row.detail, Detail::Failed(_)))
    }

    /// Asks for one row again.
    pub fn retry(&mut self, key: &T::Key) {
        if let Some(number) = self.rows.number(key) {
            self.set(number, Detail::Wanted);
        }
    }

    /// Takes a row in that no page brought: it was made from here. A reading that ends without it drops it.
    pub fn add(&mut self, row: Row<T>) {
        self.put_row(row);
    }

    /// Leaves a row out that is gone: it was ended from here.
    pub fn leave_out(&mut self, key: &T::Key) {
        if self.rows.number(key).is_some() {
            self.asked_rows.remove(key);
            self.keep(|_, row| row.item.key() != key);
        }
    }

    /// Leaves rows out, by their numbers; those that stay are numbered anew.
    fn keep(&mut self, keep: impl Fn(u32, &Row<T>) -> bool) {
        let numbered = (0..).zip(self.rows.iter());
        let met = numbered.filter(|(number, row)| keep(*number, row));
        let met: Vec<bool> = met.map(|(number, _)| self.is_met(number)).collect();
        self.rows = self.rows.retain(keep);
        self.met = met;
        let numbered = self.rows.iter().zip(0..);
        let open = numbered.filter(|(row, _)| row.detail == Detail::Wanted);
        self.wanted = open.map(|(_, number)| number).collect();
    }

    /// Stops: nothing more is asked, what is here stays.
    pub fn stop(&mut self) {
        let asked: Vec<_> = std::mem::take(&mut self.asked_rows).into_iter().collect();
        for key in asked {
            let error = ApiError::new(crate::domain::Verb::OrgShow, Fault::Cancelled);
            let _ = self.mark(&key, &Detail::Asked, Detail::Failed(Box::new(error)));
        }
        if self.is_quiet() {
            return self.give_up();
        }
        self.waiting.clear();
        self.asked_pages.clear();
        if self.is_reading() {
            self.end(Stage::Partial(Short::Stopped));
        }
    }

    /// The reading is over.
    fn end(&mut self, stage: Stage) {
        self.is_counted |= stage == Stage::Whole;
        self.stage = stage;
        self.shown = None;
    }

    /// Whether the number of its rows is that of the list, as it is or as it was when it was last read whole.
    pub fn is_counted(&self) -> bool {
        let failed = matches!(self.stage(), Stage::Failed(_)) && self.is_counted;
        failed || *self.stage() == Stage::Whole
    }

    /// How many were read, and of how many, in words: `132`, `50 of 132`, `50+`.
    pub fn count(&self) -> Text {
        let have = u64::from(self.rows.len());
        let words = match (self.stage(), self.total) {
            _ if self.is_counted() => have.to_string(),
            (_, Some(total)) if total > have => format!("{have} of {total}"),
            _ => format!("{have}+"),
        };
        Text::from(words)
    }

    /// Takes rows in; returns how many of them were on no page before.
    fn put_all(&mut self, rows: Vec<Row<T>>) -> u64 {
        let number = |row: &Row<T>| self.rows.number(row.item.key());
        let is_fresh = |row: &&Row<T>| !number(row).is_some_and(|number| self.is_met(number));
        let fresh = rows.iter().filter(is_fresh).count() as u64;
        self.came += fresh;
        for row in rows {
            let number = self.put(row);
            self.meet(number);
        }
        fresh
    }

    fn is_met(&self, number: u32) -> bool {
        self.met.get(number as usize).is_some_and(|met| *met)
    }

    fn meet(&mut self, number: u32) {
        let number = number as usize;
        if self.met.len() <= number {
            self.met.resize(number + 1, false);
        }
        self.met[number] = true;
    }

    /// A reference does not wipe out what is known already: that stays until its rest was read again,
    /// for which one question is enough. Returns its number.
    fn put(&mut self, row: Row<T>) -> u32 {
        match self.rows.number(row.item.key()) {
            Some(number) if row.detail == Detail::Wanted => {
                if !self.asked_rows.contains(row.item.key()) && self.wants_rest(number) {
                    self.set(number, Detail::Wanted);
                }
                number
            }
            Some(_) | None => self.put_row(row),
        }
    }

    fn put_row(&mut self, row: Row<T>) -> u32 {
        let number = self.rows.put(row);
        self.note_wanted(number);
        number
    }

    fn set(&mut self, number: u32, detail: Detail) {
        self.rows.change(number, |row| row.detail = detail);
        self.note_wanted(number);
    }

    fn note_wanted(&mut self, number: u32) {
        if self.rows.row(number).detail == Detail::Wanted {
            self.wanted.insert(number);
        } else {
            self.wanted.remove(&number);
        }
    }

    fn mark(&mut self, key: &T::Key, from: &Detail, to: Detail) -> bool {
        let Some(number) = self.rows.number(key) else {
            return false;
        };
        let fits = self.rows.row(number).detail == *from;
        if fits {
            self.set(number, to);
        }
        fits
    }

    fn finish_if_done(&mut self) {
        if self.rows.len() >= MOST || self.rows.bytes() >= MOST_BYTES {
            self.waiting.clear();
            self.end(Stage::Partial(Short::TooLong));
        }
        if !self.waiting.is_empty() || !self.asked_pages.is_empty() || !self.is_reading() {
            return;
        }
        let short = self.total.is_some_and(|total| total > self.came);
        self.end(if self.shifted || short {
            Stage::Partial(Short::Shifted)
        } else {
            Stage::Whole
        });
        if (0..self.rows.len()).any(|number| !self.is_met(number)) {
            let met = self.met.clone();
            self.keep(|number, _| met.get(number as usize).is_some_and(|met| *met));
        }
    }
}
