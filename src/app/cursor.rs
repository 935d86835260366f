//! The cursor of a list: an identity, not a number, so that a refresh or a sort never moves it to
//! another record.

use std::sync::Arc;
use std::time::Duration;

use super::marks::Marks;
use super::msg::RequestId;
use crate::domain::Moment;
use crate::domain::rows::{Keyed, Shelf};
use crate::job::facts::Beside;
use crate::job::order::{self, Arrangeable};
use crate::job::{Lens, Order, Place};

/// Up to this many rows a list is arranged at once; longer ones beside the drawing path.
const AT_ONCE: u32 = 4_096;

/// Up to this many rows a list is put in order after every change of a row.
const FEW: u32 = 512;

/// How long a longer list stays as it is while its rows change: each answer would sort it as a whole.
const CALM: Duration = Duration::from_millis(300);

/// How a list is looked at: its order, its cursor, its window.
#[derive(Clone, Debug, PartialEq)]
pub struct List<T: Keyed + Arrangeable> {
    /// Filter and sort.
    pub lens: Lens<T::By>,
    /// The rows that pass, in order.
    pub order: Order,
    /// The identity under the cursor.
    pub cursor: Option<T::Key>,
    /// Where the cursor stands in the order.
    pub index: usize,
    /// Whether somebody put it there.
    pub hold: Hold,
    /// The first row of the window.
    pub top: usize,
    /// The rows that are meant together.
    pub marks: Marks<T::Key>,
    /// Whether these alone are shown.
    shown: Shown,
    /// The arrangement that is under way.
    pub arranging: Option<RequestId>,
    /// Whether the order fits what the rows say.
    fit: Fit,
    /// Until then it stays as it is although rows have changed.
    calm_until: Option<Moment>,
}

impl<T: Keyed + Arrangeable> Default for List<T> {
    fn default() -> Self {
        Self {
            lens: Lens {
                text: String::new(),
                beside: Beside::default(),
                by: None,
                turn: order::Turn::Up,
            },
            order: Order::default(),
            cursor: None,
            index: 0,
            hold: Hold::First,
            top: 0,
            marks: Marks::default(),
            shown: Shown::All,
            arranging: None,
            fit: Fit::Exact,
            calm_until: None,
        }
    }
}

/// Whether an order fits what the rows say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// It does, as far as it has looked.
    Exact,
    /// The lens or rows have changed: it is shown until there is a better one.
    Loose,
}

/// Which of the rows that pass the filter are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// All of them.
    All,
    /// The marked ones, as long as there are any.
    Marked,
}

/// What the cursor holds on to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The first row, whichever that is: nobody has moved it yet.
    First,
    /// Its record.
    Record,
    /// A record that the order under way is expected to hold.
    Sought,
}

/// What is to be done so that a list's order fits its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing.
    Nothing,
    /// It was arranged at once.
    Done,
    /// It is too long for that: arrange it beside the drawing path.
    Later,
}

impl<T: Keyed + Arrangeable + Clone> List<T> {
    /// How many rows are shown in all.
    pub fn len(&self) -> usize {
        self.order.places.len()
    }

    /// Whether no row passes.
    pub fn is_empty(&self) -> bool {
        self.order.places.is_empty()
    }

    /// The places of the window with this many rows.
    pub fn window(&self, height: usize) -> &[Place] {
        let end = (self.top + height).min(self.len());
        &self.order.places[self.top.min(end)..end]
    }

    /// Brings rows, cursor and window of so many rows together, if the lists are short enough to do it
    /// at once.
    pub fn settle(&mut self, lists: &[Shelf<T>], height: usize, now: Moment) -> Due {
        if self.marks.is_empty() {
            self.show(Shown::All);
        }
        let due = self.arrange(lists, now);
        self.narrow(lists);
        // The rows of a long list are back in a moment, and the cursor's among them.
        if due != Due::Later || !self.is_empty() {
            self.find_cursor(lists);
        }
        self.follow(height);
        due
    }

    /// Arranges what came since, if the lists are short enough to do it at once.
    fn arrange(&mut self, lists: &[Shelf<T>], now: Moment) -> Due {
        if !self.order.begins(lists) {
            // Its numbers speak of other rows.
            self.order = Order::default();
        }
        if self.fit == Fit::Exact && self.order.is_of(lists) {
            return Due::Nothing;
        }
        let is_calm = self.calm_until.is_some_and(|end| now < end);
        if self.fit == Fit::Loose && is_calm && !self.is_empty() {
            return Due::Nothing;
        }
        if count(lists) > AT_ONCE {
            return Due::Later;
        }
        let before = self.arranged_from(lists, now);
        if let Some(order) = order::arrange(lists, &self.lens, &before, &|| false) {
            self.order = order;
        }
        Due::Done
    }

    /// What the next arrangement begins with, which is made of the lists as they are now.
    pub fn arranged_from(&mut self, lists: &[Shelf<T>], now: Moment) -> Order {
        match std::mem::replace(&mut self.fit, Fit::Exact) {
            Fit::Exact => self.order.clone(),
            Fit::Loose => {
                self.calm_until = (count(lists) > FEW).then(|| now.after(CALM));
                Order::default()
            }
        }
    }

    /// When it is arranged again without being asked.
    pub fn due_at(&self) -> Option<Moment> {
        let waits = self.fit == Fit::Loose && self.arranging.is_none();
        self.calm_until.filter(|_| waits)
    }

    /// Looks through another lens: filter or sort has changed. What was shown stays until the new order
    /// is there.
    pub fn refocus(&mut self, change: impl FnOnce(&mut Lens<T::By>)) {
        change(&mut self.lens);
        self.fit = Fit::Loose;
        self.calm_until = None;
        self.arranging = None;
    }

    /// Shows all rows that pass the filter from now on, or the marked ones; which were shown before.
    pub fn show(&mut self, shown: Shown) -> Shown {
        let before = std::mem::replace(&mut self.shown, shown);
        if before != shown {
            self.refocus(|_| {});
        }
        before
    }

    /// Which rows are shown.
    pub fn shown(&self) -> Shown {
        self.shown
    }

    /// Leaves out what is not marked, where the marked rows alone are shown.
    fn narrow(&mut self, lists: &[Shelf<T>]) {
        if self.shown == Shown::All {
            return;
        }
        let is_marked = |place: &Place| self.marks.has(order::row(lists, *place).item.key());
        let all = &self.order.places;
        if !all.iter().all(is_marked) {
            let marked = all.iter().copied().filter(is_marked).collect();
            self.order.places = Arc::new(marked);
        }
    }

    /// Takes an order that was made beside the drawing path, unless a newer one was asked for.
    pub fn take_order(&mut self, id: RequestId, order: Order) {
        if self.arranging == Some(id) {
            self.arranging = None;
            self.order = order;
        }
    }

    /// Rows have changed in what they may be sorted or filtered by.
    pub fn disorder(&mut self) {
        if self.lens.by.is_some() || !self.lens.text.is_empty() {
            self.fit = Fit::Loose;
        }
    }

    /// Puts the cursor back upon its identity after the order changed; where that is gone, it stays at its place.
    fn find_cursor(&mut self, lists: &[Shelf<T>]) {
        let key = |place: &Place| order::row(lists, *place).item.key();
        if self.hold == Hold::First {
            self.index = 0;
            self.cursor = self.order.places.first().map(key).cloned();
            return;
        }
        let found = self.cursor.as_ref().and_then(|cursor| {
            let here = self.order.places.get(self.index);
            if here.is_some_and(|place| key(place) == cursor) {
                return Some(self.index);
            }
            self.order
                .places
                .iter()
                .position(|place| key(place) == cursor)
        });
        if found.is_none() && self.hold == Hold::Sought && self.fit_is_due() {
            return;
        }
        if let (Some(found), Hold::Record) = (found, self.hold) {
            // Rows that came or went above it do not move it on the screen.
            self.top = (self.top + found).saturating_sub(self.index);
        }
        self.hold = Hold::Record;
        let last = self.len().saturating_sub(1);
        self.index = found.unwrap_or(self.index).min(last);
        self.cursor = self.order.places.get(self.index).map(key).cloned();
    }

    /// Whether another order is expected.
    fn fit_is_due(&self) -> bool {
        self.fit == Fit::Loose || self.arranging.is_some()
    }

    /// Puts the cursor on a record, whether the order holds it already or is still to be made.
    pub fn seek(&mut self, key: &T::Key) {
        self.hold = Hold::Sought;
        self.cursor = Some(key.clone());
    }

    /// Moves the cursor to a row, and the window with it.
    pub fn go(&mut self, index: usize, lists: &[Shelf<T>]) {
        self.hold = Hold::Record;
        self.index = index.min(self.len().saturating_sub(1));
        let place = self.order.places.get(self.index);
        self.cursor = place.map(|place| order::row(lists, *place).item.key().clone());
        self.reach(lists);
    }

    /// A range that has begun reaches from there to the cursor.
    fn reach(&mut self, lists: &[Shelf<T>]) {
        let key = |place: &Place| order::row(lists, *place).item.key();
        let Some(from) = self.marks.from() else {
            return;
        };
        let begins = self
            .order
            .places
            .iter()
            .position(|place| key(place) == from);
        if let Some(begins) = begins {
            let (first, last) = (begins.min(self.index), begins.max(self.index));
            let reached = self.order.places[first..=last].iter().map(key).cloned();
            self.marks.span(reached);
        }
    }

    /// Whether the filter lets a record through.
    pub fn lets_through(&self, item: &T) -> bool {
        self.lens.shows(item)
    }

    /// Moves the window so that the cursor is in it.
    fn follow(&mut self, height: usize) {
        let last_top = self.len().saturating_sub(height);
        if self.index < self.top {
            self.top = self.index;
        } else if self.index >= self.top + height.max(1) {
            self.top = self.index + 1 - height.max(1);
        }
        self.top = self.top.min(last_top);
    }
}

fn count<T>(lists: &[Shelf<T>]) -> u32 {
    lists.iter().map(Shelf::len).sum()
}
