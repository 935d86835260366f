//! Single records: an organization, a member, its roles, metadata.

use super::wanted;
use crate::cli::args::{Format, Listing, Metadata};
use crate::cli::complaint::{Complaint, Halt};
use crate::cli::desk::Desk;
use crate::cli::rows::{self, Kind, MEMBERS, ORGS, ROLES, Record, Sink, View, json};
use crate::cli::{exit, resolve};
use crate::domain::query::Privacy;
use crate::domain::{Answer, ApiError, Fault, Query, Verb};

/// Writes records that are there already.
fn write(
    view: &View,
    mut sink: Sink,
    (kind, records): (&'static Kind, Vec<Record>),
) -> Result<u8, Halt> {
    let for_people = view.format.is_none_or(|format| format == Format::Table);
    if let ([record], true) = (records.as_slice(), for_people && sink.is_terminal())
        && !view.is_chosen
    {
        rows::card(&mut sink, record)?;
        return Ok(exit::DONE);
    }
    rows::write(view, sink, (kind, records), &[])?;
    Ok(exit::DONE)
}

/// `org show`.
pub(in crate::cli) async fn org(desk: &Desk, address: &str, listing: &Listing) -> Result<u8, Halt> {
    let (view, sink) = wanted(desk, &ORGS, listing)?;
    let (link, org) = resolve::org(desk, address, Verb::OrgShow).await?;
    let records = vec![rows::org(&link.connection, &org)];
    write(&view, sink, (&ORGS, records))
}

/// `member show`, and `member roles`: one row for each role that the member holds, read fresh.
pub(in crate::cli) async fn member(
    desk: &Desk,
    (verb, address, name): (Verb, &str, &str),
    listing: &Listing,
) -> Result<u8, Halt> {
    let kind = if verb == Verb::MemberRoles {
        &ROLES
    } else {
        &MEMBERS
    };
    let (view, sink) = wanted(desk, kind, listing)?;
    let (link, org) = resolve::org_id(desk, address, verb).await?;
    let member = resolve::member(&link, &org, name).await?;
    let at = member.at.clone();
    let query = if verb == Verb::MemberRoles {
        Query::MemberRoles(at)
    } else {
        Query::Member(at)
    };
    let answer = link.query(query).await.map_err(resolve::api(&link))?;
    let profile = &link.connection.profile;
    let records = if let Answer::Member(member) = answer {
        vec![rows::member(&member)]
    } else if let Answer::Assignments(held) = answer {
        let roles = held.iter();
        roles.map(|one| rows::held((profile, &org), one)).collect()
    } else {
        return Err(resolve::api(&link)(ApiError::new(verb, Fault::Missing)));
    };
    write(&view, sink, (kind, records))
}

/// `org metadata show`: the document itself.
pub(in crate::cli) async fn metadata(desk: &Desk, wish: &Metadata) -> Result<u8, Halt> {
    let Metadata::Show {
        org,
        private,
        out,
        force,
        ..
    } = wish
    else {
        return Ok(exit::OTHER);
    };
    let mut sink = Sink::open(out.as_deref(), rows::over(*force))?;
    let (link, org) = resolve::org_id(desk, org, Verb::MetadataShow).await?;
    let privacy = if *private {
        Privacy::Private
    } else {
        Privacy::Public
    };
    let query = Query::Metadata { org, privacy };
    let answer = link.query(query).await.map_err(resolve::api(&link))?;
    let Answer::Json(text) = answer else {
        return Ok(exit::OTHER);
    };
    let document = serde_json::from_str(text.raw()).map_err(|error| {
        let hint = "`orgdeck org show` reads the organization without it";
        Complaint::new(7, "garbled", format!("metadata: {error}"), hint)
    })?;
    sink.write(format!("{}\n", json::indented(&document)).as_bytes())?;
    sink.finish()?;
    Ok(exit::DONE)
}
