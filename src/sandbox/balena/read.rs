//! Reads: filtering, sorting and cutting a list, and what its records look like in an answer.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use super::check::Scope;
use super::model::{Field, Shape};
use super::query::Query;
use super::record::{Cell, Record};
use super::syntax::{Amount, Direction, Options, Part};
use super::view::View;
use crate::sandbox::exchange::Reply;

/// How records are written out: from one view, with links to files at one origin.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    pub(super) view: View<'a>,
    pub(super) origin: &'a str,
}

impl<'a> Writer<'a> {
    /// The answer to a read: the records, or how many there are.
    pub(super) fn answer(self, query: &Query) -> Reply {
        let records = self.view.fulfilling(query.resource, &query.filter);
        let answer = match query.part {
            Part::Count => json!(records.len()),
            Part::Records => self.list(records, &query.options),
        };
        Reply::json(200, &json!({"d": answer}))
    }

    /// One record with everything that is plain, and the ids of its links.
    pub(super) fn bare(self, record: Record<'a>) -> Value {
        self.record(record, &Options::default())
    }

    fn list(self, records: Vec<Record<'a>>, options: &Options) -> Value {
        let records = self.sorted(records, options).into_iter().skip(options.skip);
        let page = records.take(options.top.unwrap_or(usize::MAX));
        page.map(|record| self.record(record, options)).collect()
    }

    fn sorted(self, records: Vec<Record<'a>>, options: &Options) -> Vec<Record<'a>> {
        if options.orderby.is_empty() {
            return records;
        }
        let rank = |record| {
            let scope = Scope::outermost(record);
            let sorts = options.orderby.iter();
            let ranks: Vec<Cell<'_>> = sorts
                .map(|sort| self.view.worth(&sort.by, &scope))
                .collect();
            (ranks, record)
        };
        let mut ranked: Vec<_> = records.into_iter().map(rank).collect();
        ranked.sort_by(|(one, _), (other, _)| compare(one, other, options));
        ranked.into_iter().map(|(_, record)| record).collect()
    }

    fn record(self, record: Record<'a>, options: &Options) -> Value {
        let fields = record.resource().fields(self.view.kind());
        let shown = fields.filter_map(|field| {
            let value = self.field(record, field, options)?;
            Some((field.name.to_owned(), value))
        });
        Value::Object(shown.collect::<Map<_, _>>())
    }

    fn field(self, record: Record<'a>, field: &Field, options: &Options) -> Option<Value> {
        let mut expands = options.expand.iter().rev();
        if let Some(expand) = expands.find(|expand| expand.field == field.name) {
            let mut records = self.view.behind(record, field);
            if let Some(filter) = &expand.options.filter {
                records.retain(|record| self.view.holds(filter, &Scope::outermost(*record)));
            }
            return Some(match expand.amount {
                Amount::Records => self.list(records, &expand.options),
                Amount::Count => json!(records.len()),
            });
        }
        let select = options.select.as_ref();
        if select.is_some_and(|names| !names.iter().any(|name| name == field.name)) {
            return None;
        }
        let cell = self.view.cell(record, field);
        match field.shape {
            Shape::Plain(_) => Some(cell.json(self.origin)),
            Shape::One(_) | Shape::Elsewhere if cell.is_null() => Some(Value::Null),
            Shape::One(_) | Shape::Elsewhere => Some(json!({"__id": cell.json(self.origin)})),
            Shape::Many(_) => None,
        }
    }
}

fn compare(one: &[Cell<'_>], other: &[Cell<'_>], options: &Options) -> Ordering {
    let pairs = one.iter().zip(other).zip(&options.orderby);
    let orders = pairs.map(|((one, other), sort)| {
        let order = nulls_last(one, other);
        match sort.direction {
            Direction::Ascending => order,
            Direction::Descending => order.reverse(),
        }
    });
    orders.fold(Ordering::Equal, Ordering::then)
}

/// What is not there sorts as if it were larger than everything.
fn nulls_last(one: &Cell<'_>, other: &Cell<'_>) -> Ordering {
    let nulls = one.is_null().cmp(&other.is_null());
    nulls.then_with(|| one.order(other).unwrap_or(Ordering::Equal))
}
