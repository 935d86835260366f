//! `orgdeck journal`: what was sent, for people, for scripts and for audits; and whether the record of it is
//! whole. What a program that ended left open is looked up first.

mod left;
mod mention;

use super::args::{Format, Journal, Listing};
use super::complaint::{self, Complaint, Halt};
use super::desk::Desk;
use super::exit;
use super::rows::{self, CHECKS, JOURNAL, Record};
use crate::config;
use crate::domain::entry::EntryNo;
use crate::domain::{Fact, History, Text};
use crate::journal::{Checked, check};

pub(super) use left::recover;
pub(super) use mention::mention;

/// Runs one of its commands.
pub(super) async fn run(desk: &Desk, command: &Journal) -> Result<u8, Halt> {
    match command {
        Journal::List(listing) => list(desk, listing).await,
        Journal::Show { id, listing } => show(desk, *id, listing).await,
        Journal::Export(listing) => export(desk, listing).await,
        Journal::Verify(listing) => verify(desk, listing),
    }
}

/// What happened, once what was left open is settled as far as that can be.
async fn history(desk: &Desk) -> Result<History, Halt> {
    // Where nothing can be written, what is there can be read all the same.
    if let Err(cause) = recover(desk).await {
        complaint::note(&format!("the journal cannot be written: {}", cause.clean()));
    }
    desk.gate.history().await.map_err(|cause| {
        let hint = "make the file readable for its owner";
        Complaint::new(exit::OTHER, "unread", cause.clean().to_string(), hint).into()
    })
}

async fn list(desk: &Desk, listing: &Listing) -> Result<u8, Halt> {
    let (view, sink) = rows::wanted(&JOURNAL, listing, desk.clock.now().wall)?;
    let history = history(desk).await?;
    let mut records = rows::entries(&history);
    records.reverse();
    rows::write(&view, sink, (&JOURNAL, records), &[])?;
    Ok(exit::DONE)
}

async fn export(desk: &Desk, listing: &Listing) -> Result<u8, Halt> {
    let mut listing = listing.clone();
    listing.output.format.get_or_insert(Format::Json);
    if listing.fields.is_empty() {
        listing.fields = JOURNAL
            .fields
            .iter()
            .map(|field| (*field).to_owned())
            .collect();
    }
    let (view, sink) = rows::wanted(&JOURNAL, &listing, desk.clock.now().wall)?;
    let history = history(desk).await?;
    let records = rows::entries(&history);
    rows::write(&view, sink, (&JOURNAL, records), &[])?;
    Ok(exit::DONE)
}

/// One request, or all of a plan.
async fn show(desk: &Desk, id: u64, listing: &Listing) -> Result<u8, Halt> {
    let (view, mut sink) = rows::wanted(&JOURNAL, listing, desk.clock.now().wall)?;
    let history = history(desk).await?;
    let no = EntryNo(id);
    let course = history.courses.iter().find(|course| course.no == no);
    let deed = |deed| rows::deed(&history, deed);
    let records: Vec<Record> = match (history.deed(no), course, history.finding(no)) {
        (Some(one), _, _) => vec![deed(one)],
        (None, Some(course), _) => history.deeds_of(course).map(deed).collect(),
        (None, None, Some(finding)) => vec![rows::finding(finding)],
        (None, None, None) => {
            let message = format!("the journal has no entry {id}");
            let hint = "`orgdeck journal list` tells the ids";
            return Err(Complaint::new(exit::NOT_FOUND, "missing", message, hint).into());
        }
    };
    let for_people = view.format.is_none_or(|format| format == Format::Table);
    if let ([record], true, false) = (records.as_slice(), for_people, view.is_chosen) {
        rows::card(&mut sink, record)?;
        sink.finish()?;
        return Ok(exit::DONE);
    }
    rows::write(&view, sink, (&JOURNAL, records), &[])?;
    Ok(exit::DONE)
}

fn verify(desk: &Desk, listing: &Listing) -> Result<u8, Halt> {
    let (view, sink) = rows::wanted(&CHECKS, listing, desk.clock.now().wall)?;
    let folder = config::state_folder().unwrap_or_default();
    let checked = check(&folder).map_err(|error| {
        let message = format!("{}: {error}", folder.join("journal.jsonl").display());
        Complaint::new(exit::OTHER, "unread", message, "nothing was changed")
    })?;
    let (status, words) = found(&checked);
    let facts = vec![
        Fact::ours("journal"),
        Fact::Empty,
        Fact::ours(status),
        Fact::Text(Text::from(words.as_str())),
    ];
    let errors: Vec<Complaint> = checked
        .broken
        .iter()
        .map(|_| {
            Complaint::new(
                exit::OTHER,
                "broken",
                words.as_str(),
                "keep a copy of the file",
            )
        })
        .collect();
    rows::write(
        &view,
        sink,
        (&CHECKS, vec![Record::new(&CHECKS, facts)]),
        &errors,
    )?;
    complaint::say(&errors, view.format);
    Ok(errors.first().map_or(exit::DONE, Complaint::code))
}

fn found(checked: &Checked) -> (&'static str, String) {
    if let Some(broken) = &checked.broken {
        let record = broken
            .no
            .map_or("a line that is no record".to_owned(), |no| {
                format!("record {}", no.0)
            });
        let place = format!("{}:{}", broken.file, broken.line);
        return ("failed", format!("{record} at {place}: {}", broken.why));
    }
    let begins = match checked.first {
        Some(EntryNo(first)) if first > 1 => format!(", from record {first} on"),
        Some(_) | None => String::new(),
    };
    let torn = if checked.is_torn {
        "; its last line is cut off and is kept aside by the next write"
    } else {
        ""
    };
    let count = checked.records;
    (
        "ok",
        format!("{count} records, each as it was written{begins}{torn}"),
    )
}
