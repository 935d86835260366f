//! Names into records: `PROFILE/ORG` as a person writes it, and what all names have in common. What fits nothing
//! is not found, what fits several is refused with the candidates; nothing is ever guessed.

mod people;

use std::sync::Arc;

pub(super) use people::{invite, invites, member, members, user};

use super::complaint::{Complaint, Halt};
use super::desk::Desk;
use super::exit;
use super::read::list::{self, Listed, More};
use crate::app::address::HANDLE;
use crate::domain::query::{OrgAt, Scope};
use crate::domain::{
    Answer, ApiError, Cursor, Fault, Org, OrgId, Profile, Query, Row, Text, Told, Verb,
};
use crate::provider::link::Link;

/// The two parts of `PROFILE/ORG`.
///
/// # Errors
/// When one of them is missing.
pub(super) fn split(address: &str) -> Result<(&str, &str), Halt> {
    let parts = address.split_once('/');
    let parts = parts.filter(|(profile, org)| !profile.is_empty() && !org.is_empty());
    parts.ok_or_else(|| {
        let message = format!("`{address}` is no PROFILE/ORG");
        let hint =
            "`orgdeck org list` shows profiles and the ids, names and slugs of organizations";
        Complaint::usage(message, hint).into()
    })
}

/// An error of a connection.
pub(super) fn api(link: &Link) -> impl Fn(ApiError) -> Halt + '_ {
    |error| Complaint::api(&link.connection.profile, &error).into()
}

/// The connection and the organization of an address, for a verb that the service has.
///
/// # Errors
/// When the verb is not offered, which is found out before anything is sent; when there is no such
/// organization, or several.
pub(super) async fn org(desk: &Desk, address: &str, verb: Verb) -> Result<(Arc<Link>, Org), Halt> {
    let (profile, org) = split(address)?;
    let link = desk.link(profile)?;
    link.check(verb).map_err(api(link))?;
    let found = find_org(link, org).await?;
    Ok((Arc::clone(link), found))
}

/// The same where the id is enough: one that is written down is taken as it is.
///
/// # Errors
/// As for [`org`].
pub(super) async fn org_id(
    desk: &Desk,
    address: &str,
    verb: Verb,
) -> Result<(Arc<Link>, OrgId), Halt> {
    let (profile, name) = split(address)?;
    let link = desk.link(profile)?;
    if is_number(name) {
        link.check(verb).map_err(api(link))?;
        return Ok((Arc::clone(link), OrgId::new(&link.connection.profile, name)));
    }
    let (link, org) = org(desk, address, verb).await?;
    Ok((link, org.id))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

async fn find_org(link: &Link, name: &str) -> Result<Org, Halt> {
    let profile = &link.connection.profile;
    if let Some(handle) = name.strip_prefix(HANDLE) {
        let at = OrgAt::Slug(profile.clone(), Text::from(handle));
        return ask_org(link, at).await.map_err(api(link));
    }
    if is_number(name) {
        let at = OrgAt::Id(OrgId::new(profile, name));
        return ask_org(link, at).await.map_err(api(link));
    }
    let mut found = Vec::new();
    if !link.capabilities().slug_word.is_empty() {
        let at = OrgAt::Slug(profile.clone(), Text::from(name));
        match ask_org(link, at).await {
            // An id names one and no other, whatever others are called.
            Ok(org) if org.id.raw() == name => return Ok(org),
            Ok(org) => found.push(org),
            Err(error) if matches!(error.fault, Fault::Missing | Fault::Invalid(_)) => {}
            Err(error) => return Err(api(link)(error)),
        }
    }
    for org in orgs_called(link, name).await.map_err(api(link))? {
        if !found.iter().any(|known| known.id == org.id) {
            found.push(org);
        }
    }
    let shown = |org: &Org| (org.id.text().clone(), org.display_name().clone());
    let place = format!("org list --profile {}", profile.as_str());
    only(
        found,
        Sought {
            profile,
            what: "organization",
            name,
            place,
        },
        shown,
    )
}

async fn ask_org(link: &Link, at: OrgAt) -> Result<Org, ApiError> {
    if let Answer::Org(org) = link.query(Query::Org(at)).await? {
        return Ok(*org);
    }
    Err(ApiError::new(Verb::OrgShow, Fault::Missing))
}

async fn orgs_called(link: &Link, name: &str) -> Result<Vec<Org>, ApiError> {
    let question = |page: Cursor| Query::Orgs {
        scope: Scope::Own,
        text: Some(Text::from(name)),
        page,
    };
    let is_it = |org: &Org| {
        let is = |text: &Told<Text>| text.known().is_some_and(|text| text.raw() == name);
        is(&org.name) || is(&org.slug)
    };
    collect(link, question, is_it).await
}

/// The rows of a list that are looked for.
pub(super) async fn collect<T: Listed>(
    link: &Link,
    question: impl Fn(Cursor) -> Query,
    wanted: impl Fn(&T) -> bool,
) -> Result<Vec<T>, ApiError> {
    let mut found = Vec::new();
    list::rows(link, question, async |row: Row<T>| {
        if wanted(&row.item) {
            found.push(row.item);
        }
        More::Wanted
    })
    .await?;
    Ok(found)
}

/// What is looked for, and which subcommand shows all there are.
struct Sought<'a> {
    profile: &'a Profile,
    what: &'a str,
    name: &'a str,
    place: String,
}

/// The one that fits, or why there is none.
fn only<T>(
    mut found: Vec<T>,
    sought: Sought<'_>,
    shown: impl Fn(&T) -> (Text, Text),
) -> Result<T, Halt> {
    let Sought {
        profile,
        what,
        name,
        place,
    } = sought;
    if found.len() > 1 {
        let lines: Vec<String> = found
            .iter()
            .map(shown)
            .map(|(id, name)| format!("{} ({})", id.clean(), name.clean()))
            .collect();
        let words = lines.join(", ");
        let message = format!(
            "{}: `{name}` fits several {what}s: {words}",
            profile.as_str()
        );
        let hint = "name it by its id; nothing was sent that changes anything";
        let complaint = Complaint::new(exit::REFUSED, "ambiguous", message, hint);
        return Err(complaint.on(profile).into());
    }
    found.pop().ok_or_else(|| {
        let message = format!("{}: there is no {what} `{name}`", profile.as_str());
        let hint = format!("`orgdeck {place}` shows what is there");
        Complaint::new(exit::NOT_FOUND, "missing", message, hint)
            .on(profile)
            .into()
    })
}
