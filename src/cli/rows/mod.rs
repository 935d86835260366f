//! Output: records in, bytes out, in one of five formats.
//!
//! Every text of a stranger is cleaned here; JSON alone keeps it as it was received, with what could
//! command a terminal escaped.

pub(super) mod json;
mod kinds;
mod own;
mod plain;
mod record;
mod sink;
mod table;
mod view;

pub(super) use kinds::*;
pub(super) use own::*;
pub(super) use record::{Kind, Record};
pub(super) use sink::Sink;
pub(super) use view::{Kept, View};

use std::io;

use jiff::Timestamp;

use super::args::{Format, Listing};
use super::complaint::{Complaint, Halt};
use crate::files::Over;

/// A writer of one format.
pub(super) enum Writer {
    Json(json::Document),
    Lines,
    Csv(plain::Csv),
    Tsv,
    Md(plain::Md),
    Table(table::Table),
}

/// The way to write records of a kind to a sink: what is asked for, else what fits the sink.
pub(super) fn writer(format: Option<Format>, kind: &'static Kind, sink: &Sink) -> Writer {
    match format.unwrap_or(Format::Table) {
        Format::Json => Writer::Json(json::Document::new(kind)),
        Format::Ndjson => Writer::Lines,
        Format::Csv => Writer::Csv(plain::Csv::of(sink)),
        Format::Md => Writer::Md(plain::Md::default()),
        Format::Table => match sink.columns() {
            Some(columns) => Writer::Table(table::Table::new(columns)),
            None => Writer::Tsv,
        },
    }
}

/// What is wanted of a kind of records, and where they go.
///
/// # Errors
/// When a field is not one of the kind, the filter is no expression, or there is no such place.
pub(super) fn wanted(
    kind: &'static Kind,
    listing: &Listing,
    now: Timestamp,
) -> Result<(View, Sink), Halt> {
    let view = View::of(listing, kind, now)?;
    let sink = Sink::open(listing.out.as_deref(), over(listing.force))?;
    Ok((view, sink))
}

/// What `--force` says.
pub(super) fn over(force: bool) -> Over {
    if force { Over::Forced } else { Over::Never }
}

/// Writes records that are there already, and what went wrong.
pub(super) fn write(
    view: &View,
    mut sink: Sink,
    (kind, records): (&'static Kind, Vec<Record>),
    errors: &[Complaint],
) -> io::Result<()> {
    let mut writer = writer(view.format, kind, &sink);
    let mut choice = view.choice();
    for record in records {
        if let Kept::Now(record) = choice.take(record) {
            writer.record(&mut sink, &view.fields, &record)?;
        }
    }
    for record in choice.rest() {
        writer.record(&mut sink, &view.fields, &record)?;
    }
    writer.end(&mut sink, &view.fields, errors)
}

/// Writes one record alone. On a terminal all of it is shown, unless fields were named.
pub(super) fn card(sink: &mut Sink, record: &Record) -> io::Result<()> {
    sink.write(table::card(record, record.kind.fields).as_bytes())
}

impl Writer {
    /// Writes one record, or keeps it where the format needs all of them.
    pub(super) fn record(
        &mut self,
        sink: &mut Sink,
        fields: &[&'static str],
        record: &Record,
    ) -> io::Result<()> {
        match self {
            Self::Json(document) => document.record(sink, fields, record),
            Self::Lines => json::alone(sink, fields, record),
            Self::Csv(csv) => csv.record(sink, fields, record),
            Self::Tsv => plain::tabbed(sink, fields, record),
            Self::Md(md) => md.record(sink, fields, record),
            Self::Table(table) => {
                table.keep(fields, record);
                Ok(())
            }
        }
    }

    /// Writes what is left, and the errors where the format has a place for them.
    pub(super) fn end(
        &mut self,
        sink: &mut Sink,
        fields: &[&'static str],
        errors: &[Complaint],
    ) -> io::Result<()> {
        match self {
            Self::Json(document) => document.end(sink, errors)?,
            Self::Lines | Self::Tsv => {}
            Self::Csv(csv) => csv.header(sink, fields)?,
            Self::Md(md) => md.header(sink, fields)?,
            Self::Table(table) => table.end(sink, fields)?,
        }
        sink.finish()
    }
}

/// The fields that a format shows unless others are named: all for programs, the telling ones for people.
pub(super) fn fields(format: Option<Format>, kind: &'static Kind) -> &'static [&'static str] {
    match format {
        Some(Format::Json | Format::Ndjson | Format::Csv) => kind.fields,
        Some(Format::Table | Format::Md) | None => kind.columns,
    }
}
