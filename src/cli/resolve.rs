//! Names into records: `PROFILE/ORG`, members, invites and users as a person writes them. What fits nothing
//! is not found, what fits several is refused with the candidates; nothing is ever guessed.

use std::sync::Arc;

use super::complaint::{Complaint, Halt};
use super::desk::Desk;
use super::exit;
use super::read::list::{self, Listed, More};
use crate::app::address::HANDLE;
use crate::domain::query::{OrgAt, Scope};
use crate::domain::{
    Answer, ApiError, Cursor, Fault, Invite, InviteStatus, Member, Org, OrgId, Profile, Query, Row,
    Text, Told, User, UserId, Verb, email,
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

/// The members that names stand for, in the order of the names.
///
/// # Errors
/// When one of them fits nobody, or several.
pub(super) async fn members(
    link: &Link,
    org: &OrgId,
    names: &[String],
) -> Result<Vec<Member>, Halt> {
    let wanted = |member: &Member| names.iter().any(|name| is_called(member, name));
    let question = |text: Option<&String>| {
        let text = text.map(|text| Text::from(text.as_str()));
        move |page: Cursor| Query::Members {
            org: org.clone(),
            role: None,
            text: text.clone(),
            page,
        }
    };
    let mut found = Vec::new();
    // A service that searches finds one person at once; not every one searches all four names.
    if let [name] = names {
        found = collect(link, question(Some(name)), wanted)
            .await
            .map_err(api(link))?;
    }
    if found.is_empty() {
        found = collect(link, question(None), wanted)
            .await
            .map_err(api(link))?;
    }
    let profile = &link.connection.profile;
    let shown = |member: &Member| (member.id.text().clone(), member.display_name().clone());
    let one = |name: &String| {
        let of = |member: &&Member| is_called(member, name);
        let mut fitting: Vec<Member> = found.iter().filter(of).cloned().collect();
        // An id as it is written names one and no other, whatever others are called.
        if fitting.iter().any(|member| has_id(member, name)) {
            fitting.retain(|member| has_id(member, name));
        }
        let place = format!("member list {}/{}", profile.as_str(), org.raw());
        only(
            fitting,
            Sought {
                profile,
                what: "member",
                name,
                place,
            },
            shown,
        )
    };
    let mut all: Vec<Member> = Vec::new();
    for member in names.iter().map(one) {
        let member = member?;
        // Two names of one person are one target.
        if !all.iter().any(|known| known.id == member.id) {
            all.push(member);
        }
    }
    Ok(all)
}

/// The member that a name stands for.
///
/// # Errors
/// When it fits nobody, or several.
pub(super) async fn member(link: &Link, org: &OrgId, name: &str) -> Result<Member, Halt> {
    let mut found = members(link, org, &[name.to_owned()]).await?;
    Ok(found.remove(0))
}

fn has_id(member: &Member, name: &str) -> bool {
    member.id.raw() == name || member.user.known().is_some_and(|user| user.raw() == name)
}

/// Some services say of their ids that large and small letters are the same.
fn is_called(member: &Member, name: &str) -> bool {
    let same = |text: &Told<Text>| {
        text.known()
            .is_some_and(|text| email::is_same(text.raw(), name))
    };
    let user = member.user.known();
    member.id.raw().eq_ignore_ascii_case(name)
        || user.is_some_and(|user| user.raw().eq_ignore_ascii_case(name))
        || same(&member.email)
        || same(&member.username)
}

/// The open and ended invites of an organization.
///
/// # Errors
/// What the service said.
pub(super) async fn invites(link: &Link, org: &OrgId) -> Result<Vec<Invite>, ApiError> {
    let mut all = Vec::new();
    for status in link.capabilities().invite_lists {
        let question = |page: Cursor| Query::Invites {
            org: Some(org.clone()),
            status: Some(status.clone()),
            page,
        };
        all.extend(collect(link, question, |_: &Invite| true).await?);
    }
    Ok(all)
}

/// The invite that an id or address stands for, open ones before ended ones.
///
/// # Errors
/// When it fits none, or several.
pub(super) fn invite(
    (link, org): (&Link, &OrgId),
    all: &[Invite],
    name: &str,
) -> Result<Invite, Halt> {
    let to = |invite: &&Invite| {
        let address = invite.email.known();
        invite.at.id.raw() == name || address.is_some_and(|to| email::is_same(to.raw(), name))
    };
    let fitting: Vec<Invite> = all.iter().filter(to).cloned().collect();
    let is_open = |invite: &&Invite| invite.status == InviteStatus::Pending;
    let open: Vec<Invite> = fitting.iter().filter(is_open).cloned().collect();
    let found = if open.is_empty() { fitting } else { open };
    let shown = |invite: &Invite| {
        let address = invite.email.known();
        (
            invite.at.id.text().clone(),
            address.unwrap_or(invite.at.id.text()).clone(),
        )
    };
    let profile = &link.connection.profile;
    let place = format!("invite list {}/{}", profile.as_str(), org.raw());
    only(
        found,
        Sought {
            profile,
            what: "invite",
            name,
            place,
        },
        shown,
    )
}

/// The user that an id, address or user name stands for.
///
/// # Errors
/// When it fits nobody, or several.
pub(super) async fn user(link: &Link, name: &str) -> Result<UserId, Halt> {
    let question = |_: Cursor| Query::Users {
        text: Text::from(name),
        beside: None,
    };
    let is_it = |user: &User| {
        let same = |text: &Told<Text>| text.known().is_some_and(|t| email::is_same(t.raw(), name));
        user.id.raw() == name || same(&user.email) || same(&user.username)
    };
    let found = collect(link, question, is_it).await.map_err(api(link))?;
    let shown = |user: &User| {
        let called = user.email.known().or(user.username.known());
        (
            user.id.text().clone(),
            called.unwrap_or(user.id.text()).clone(),
        )
    };
    let profile = &link.connection.profile;
    let place = format!("user find {} TEXT", profile.as_str());
    let found = only(
        found,
        Sought {
            profile,
            what: "user",
            name,
            place,
        },
        shown,
    )?;
    Ok(found.id)
}
