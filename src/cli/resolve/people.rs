//! The persons and invites that are meant in an organization. An id as it is written names one and no other;
//! what is called the same as somebody else is refused, never guessed.

use super::{Sought, api, collect, only};
use crate::cli::complaint::Halt;
use crate::domain::{
    ApiError, Cursor, Invite, InviteStatus, Member, OrgId, Query, Text, Told, User, UserId, email,
};
use crate::provider::link::Link;

/// The members that names stand for, in the order of the names.
///
/// # Errors
/// When one of them fits nobody, or several.
pub(in crate::cli) async fn members(
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
pub(in crate::cli) async fn member(link: &Link, org: &OrgId, name: &str) -> Result<Member, Halt> {
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
pub(in crate::cli) async fn invites(link: &Link, org: &OrgId) -> Result<Vec<Invite>, ApiError> {
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
pub(in crate::cli) fn invite(
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
pub(in crate::cli) async fn user(link: &Link, name: &str) -> Result<UserId, Halt> {
    let question = |page: Cursor| Query::Users {
        text: Text::from(name),
        beside: None,
        page,
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
