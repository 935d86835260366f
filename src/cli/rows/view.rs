//! Views: which rows of a list are written, in which order, with which fields.

use std::cmp::Ordering;

use jiff::Timestamp;

use super::record::{Kind, Record};
use crate::cli::args::{Format, Listing};
use crate::cli::complaint::{Complaint, Halt};
use crate::config;
use crate::domain::Fact;
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
    now: Timestamp,
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

    /// The choice among rows that come one by one.
    pub(in crate::cli) fn choice(&self) -> Choice<'_> {
        Choice {
            view: self,
            waiting: Vec::new(),
            met: 0,
        }
    }
}

/// Rows on their way through a view.
pub(in crate::cli) struct Choice<'a> {
    view: &'a View,
    waiting: Vec<Record>,
    met: usize,
}

impl Choice<'_> {
    /// Takes a row in.
    pub(in crate::cli) fn take(&mut self, record: Record) -> Kept {
        if self.met >= self.view.offset.saturating_add(self.view.limit) {
            return Kept::Enough;
        }
        if !self.view.filter.fits(&record, self.view.now) {
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
    let parsed: Filter = text.parse().map_err(|error| {
        let message = format!("--filter: {error}");
        let hint = "such as `ana role:admin !email:old joined:>90d`; \"..\" holds words together";
        Halt::from(Complaint::usage(message, hint))
    })?;
    let known = |name: &str| {
        let names = filter::names(name);
        names
            .iter()
            .any(|name| kind.fields.contains(&name.as_str()))
    };
    let strange = parsed.fields().find(|name| !known(name));
    match strange.map(str::to_owned) {
        Some(name) => Err(unknown("--filter", &name, kind)),
        None => Ok(parsed),
    }
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
