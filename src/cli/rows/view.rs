//! Views: which rows of a list are written, in which order, with which fields.

use std::cmp::Ordering;

use jiff::Timestamp;

use super::record::{Kind, Record};
use crate::cli::args::{Format, Listing};
use crate::cli::complaint::{Complaint, Halt};
use crate::config;
use crate::domain::query::{Age, Start};
use crate::domain::{Capabilities, Fact, Verb};
use crate::job::filter::Why;
use crate::job::{Filter, filter};

/// What a person asked to see of a list.
#[derive(Debug)]
pub(in crate::cli) struct View {
    /// How rows are written.
    pub(in crate::cli) format: Option<Format>,
    /// The fields that are written.
    pub(in crate::cli) fields: Vec<&'static str>,
    /// Which rows.
    pub(in crate::cli) filter: Filter,
    sort: Vec<(&'static str, Direction)>,
    offset: usize,
    limit: usize,
    /// The present by our clock.
    pub(in crate::cli) now: Timestamp,
    /// Whether fields were named.
    pub(in crate::cli) is_chosen: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
}

/// What becomes of a row.
#[derive(Debug)]
pub(in crate::cli) enum Kept {
    /// It is written now.
    Now(Record),
    /// It is not written now, and perhaps never.
    Later,
    /// Neither it nor any after it is written.
    Enough,
}

impl View {
    /// The view that flags ask for.
    ///
    /// # Errors
    /// When a field is not one of the kind, or the filter is no expression.
    pub(in crate::cli) fn of(
        listing: &Listing,
        kind: &'static Kind,
        now: Timestamp,
    ) -> Result<Self, Halt> {
        let filter = parsed(listing.filter.as_deref().unwrap_or_default(), kind)?;
        let format = listing.output.format;
        let fields = match listing.fields.as_slice() {
            [] => super::fields(format, kind).to_vec(),
            named => {
                let named = named.iter();
                let named = named.map(|name| field("--fields", name.trim(), kind));
                named.collect::<Result<_, _>>()?
            }
        };
        let sort = listing.sort.iter().map(|name| {
            let name = name.trim();
            Ok::<_, Halt>(match name.strip_prefix('-') {
                Some(name) => (field("--sort", name, kind)?, Direction::Down),
                None => (field("--sort", name, kind)?, Direction::Up),
            })
        });
        Ok(Self {
            format,
            fields,
            filter,
            sort: sort.collect::<Result<_, _>>()?,
            offset: listing.offset,
            limit: listing.limit.unwrap_or(usize::MAX),
            now,
            is_chosen: !listing.fields.is_empty(),
        })
    }

    /// How a service that can do it begins one of so many lists, so that it sends no row that is not wanted.
    pub(in crate::cli) fn start(&self, can: &Capabilities, verb: Verb, lists: usize) -> Start {
        let by = self.age(verb).filter(|_| can.starts.by_age.contains(&verb));
        let in_order = self.sort.is_empty() || by.is_some();
        let is_filtered = !self.filter.is_empty();
        if !in_order || (is_filtered && lists > 1) {
            return Start::default();
        }
        if is_filtered {
            return Start {
                by,
                ..Start::default()
            };
        }
        let anywhere = lists == 1 && can.starts.anywhere.contains(&verb);
        let skip = if anywhere { self.offset } else { 0 };
        let end = (self.limit < usize::MAX).then(|| self.offset.saturating_add(self.limit) - skip);
        Start {
            by,
            skip: skip as u64,
            most: end.map(|end| end as u64),
        }
    }

    /// What the only list that is read has done already is not done again.
    pub(in crate::cli) fn leave_out(&mut self, start: Start) {
        if start.by.is_some() {
            self.sort.clear();
        }
        self.offset -= usize::try_from(start.skip).unwrap_or(self.offset);
    }

    /// The order by age that is asked for and nothing else.
    fn age(&self, verb: Verb) -> Option<Age> {
        let made = if verb == Verb::MemberList {
            "joined_at"
        } else {
            "created_at"
        };
        match self.sort.as_slice() {
            [(field, Direction::Up)] if *field == made => Some(Age::Oldest),
            [(field, Direction::Down)] if *field == made => Some(Age::Newest),
            _ => None,
        }
    }

    /// The choice among rows that come one by one.
    pub(in crate::cli) fn choice(&self) -> Choice<'_> {
        Choice {
            view: self,
            waiting: Vec::new(),
            met: 0,
            now: self.now,
        }
    }
}

/// Rows on their way through a view.
pub(in crate::cli) struct Choice<'a> {
    view: &'a View,
    waiting: Vec<Record>,
    met: usize,
    now: Timestamp,
}

impl Choice<'_> {
    /// The rows that come next are dated by a clock that shows this now.
    pub(in crate::cli) fn at(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// Takes a row in.
    pub(in crate::cli) fn take(&mut self, record: Record) -> Kept {
        if self.met >= self.view.offset.saturating_add(self.view.limit) {
            return Kept::Enough;
        }
        if !self.view.filter.fits(&record, self.now) {
            return Kept::Later;
        }
        if !self.view.sort.is_empty() {
            self.waiting.push(record);
            return Kept::Later;
        }
        self.met += 1;
        if self.met > self.view.offset {
            Kept::Now(record)
        } else {
            Kept::Later
        }
    }

    /// Whether no later row can be written.
    pub(in crate::cli) fn is_full(&self) -> bool {
        self.met >= self.view.offset.saturating_add(self.view.limit)
    }

    /// The rows that had to wait for all others, in their order.
    pub(in crate::cli) fn rest(mut self) -> impl Iterator<Item = Record> {
        let view = self.view;
        self.waiting.sort_by(|a, b| view.order(a, b));
        self.waiting.into_iter().skip(view.offset).take(view.limit)
    }
}

impl View {
    fn order(&self, a: &Record, b: &Record) -> Ordering {
        let orders = self.sort.iter();
        let mut orders = orders.map(|(field, direction)| by(a.at(field), b.at(field), *direction));
        orders
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

/// What is not known comes last in both directions.
fn by(a: &Fact, b: &Fact, direction: Direction) -> Ordering {
    match (a.is_known(), b.is_known()) {
        (true, true) if direction == Direction::Up => a.order(b),
        (true, true) => b.order(a),
        (a, b) => b.cmp(&a),
    }
}

fn parsed(text: &str, kind: &'static Kind) -> Result<Filter, Halt> {
    let known = |name: &str| {
        let names = filter::names(name);
        let fields = kind.fields.iter().chain(kind.also);
        fields
            .into_iter()
            .any(|known| names.iter().any(|name| name == known))
    };
    Filter::over(text, known).map_err(|error| match error.why {
        Why::Field(name) => unknown("--filter", &name, kind),
        Why::Quote | Why::Nothing(_) | Why::Bound(_) | Why::Pattern(_) => {
            let message = format!("--filter: {error}");
            let hint =
                "such as `ana role:admin !email:old joined:>90d`; \"..\" holds words together";
            Halt::from(Complaint::usage(message, hint))
        }
    })
}

fn field(flag: &str, name: &str, kind: &'static Kind) -> Result<&'static str, Halt> {
    let found = kind.fields.iter().find(|known| **known == name);
    found.copied().ok_or_else(|| unknown(flag, name, kind))
}

/// A kind has no such field.
fn unknown(flag: &str, name: &str, kind: &'static Kind) -> Halt {
    let near = config::nearest(name, kind.fields);
    let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    let message = format!("{flag}: there is no field `{name}` in {}{near}", kind.name);
    let hint = format!("fields: {}", kind.fields.join(", "));
    Complaint::usage(message, hint).into()
}
