//! Organizations that are made without a short name: they are found again by their name, among those that were
//! not there before.

use super::look_at;
use crate::domain::query::OrgAt;
use crate::domain::{
    Answer, ApiError, Fault, Fields, Mutation, Next, Org, OrgId, Page, Query, Row, Seen, Text, Told,
};
use crate::provider::link::Link;

/// The fields of an organization that only its name tells from others.
pub(super) fn sought(change: &Mutation) -> Option<&Fields> {
    let Mutation::CreateOrg { fields, .. } = change else {
        return None;
    };
    fields.text("slug").is_none().then_some(fields)
}

/// Those that have the name of these fields, or may have it.
///
/// # Errors
/// When the list could not be read.
pub(super) async fn look(link: &Link, list: Query, fields: &Fields) -> Result<Seen, ApiError> {
    match link.query(list).await {
        Ok(answer) => Ok(found(answer, fields)),
        Err(error) if matches!(error.fault, Fault::Missing | Fault::NotOffered(_)) => {
            Ok(Seen::Nothing)
        }
        Err(error) => Err(error),
    }
}

/// A list of which the newest may be missing tells nothing.
fn found(answer: Answer, fields: &Fields) -> Seen {
    let Answer::Orgs(page) = answer else {
        return Seen::Nothing;
    };
    if page.next != Next::End && !is_newest_first(&page) {
        return Seen::Nothing;
    }
    let may_be = |org: &Org| org.name == Told::Unknown || is_called(org, fields);
    let orgs = page.rows.into_iter().map(|row| row.item);
    Seen::Orgs(orgs.filter(may_be).map(|org| org.id).collect())
}

/// The one of that name that has come since these were there; as before where none has.
///
/// # Errors
/// When one that has come cannot be read: it may be the one.
pub(super) async fn come(
    link: &Link,
    fields: &Fields,
    (before, now): (&[OrgId], &[OrgId]),
) -> Result<Seen, ApiError> {
    for org in now.iter().filter(|org| !before.contains(org)) {
        let seen = look_at(link, Query::Org(OrgAt::Id(org.clone()))).await?;
        if matches!(&seen, Seen::Org(org) if is_called(org, fields)) {
            return Ok(seen);
        }
    }
    Ok(Seen::Orgs(before.to_vec()))
}

fn is_called(org: &Org, fields: &Fields) -> bool {
    let plain = |name: &Text| name.raw().trim().to_owned();
    org.name.known().map(plain) == fields.text("name").map(plain)
}

/// Whether a page visibly begins with the newest: not every service heeds the order it is asked for.
fn is_newest_first(page: &Page<Org>) -> bool {
    let created: Option<Vec<_>> = page.rows.iter().map(age).collect();
    created.is_some_and(|all| all.is_sorted_by(|one, next| one >= next))
}

fn age(row: &Row<Org>) -> Option<jiff::Timestamp> {
    row.item.created.known().copied()
}
