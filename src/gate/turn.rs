//! Turns: what is left to be done for a way back or forward, by what is there now. Somebody else may have gone it
//! already. Reads only.

use std::collections::BTreeSet;

use super::{look, look_at, settle};
use crate::domain::aim::METADATA;
use crate::domain::history::Deed;
use crate::domain::query::OrgAt;
use crate::domain::{
    Aim, Answer, ApiError, Cursor, Fault, Fields, Image, Invite, InviteDraft, InviteRef,
    InviteStatus, Member, MemberRef, Mutation, Org, OrgId, Query, Role, RoleKey, Seen, Text, Told,
    UserId, Value, Verb, Wish,
};
use crate::provider::link::Link;

/// The field of an organization that an image is set in.
const LOGO: &str = "logo_image";
const NO_INVITE: &str = "no open invite is left of it (revoked, accepted or ended)";
const OTHER_METADATA: &str = "a member again with the same role, but other metadata";

/// What is left to be done for an aim.
pub(super) enum Turn {
    /// This is to be wished.
    Due(Wish),
    /// Nothing: it is so already.
    So,
    /// Nothing any more: why.
    Over(&'static str),
}

/// Whether a person who was removed is a member again.
pub(super) enum Returned {
    /// Not as far as can be told.
    No,
    /// As before.
    Whole,
    /// With the same role, though not quite as before: in what not.
    Nearly(&'static str),
    /// With other roles: which.
    Otherwise(Text),
}

/// What is left to be done for an aim.
///
/// # Errors
/// When that cannot be read, or when it is about what is not there any more.
pub(super) async fn turn(link: &Link, aim: Aim) -> Result<Turn, ApiError> {
    let so = |is_so: bool, wish: Wish| if is_so { Turn::So } else { Turn::Due(wish) };
    Ok(match aim {
        Aim::CreateOrg(profile, fields, first_member) => Turn::Due(Wish::CreateOrg {
            profile,
            fields,
            first_member,
        }),
        Aim::DeleteOrg(org) => {
            let now = look_at(link, Query::Org(OrgAt::Id(org.clone()))).await?;
            so(now.is_gone(), Wish::DeleteOrg { org })
        }
        Aim::EditOrg(org, fields) => {
            let fields = unlike(link, &org, fields).await?;
            so(fields.is_empty(), Wish::EditOrg { org, fields })
        }
        Aim::SetMetadata(org, merge) => {
            let now = organization(link, &org).await?;
            let is_so = now.is_some_and(|now| settle::merged(&now, &merge) == Some(true));
            so(is_so, Wish::SetMetadata { org, merge })
        }
        Aim::SetLogo(org, image) => {
            let field = Fields::default().with(LOGO, Value::Image(image.clone()));
            let is_so = unlike(link, &org, field).await?.is_empty();
            so(is_so, Wish::SetLogo { org, image })
        }
        Aim::RemoveLogo(org) => {
            let now = organization(link, &org).await?;
            let is_so = now.is_some_and(|now| now.logo == Told::Empty);
            so(is_so, Wish::RemoveLogo { org })
        }
        Aim::AddMember(org, user, (role, metadata)) => {
            let now = member(link, MemberRef::user(&org, &user)).await?;
            let is_so = now.is_some_and(|now| keys(&now) == Some(BTreeSet::from([&role.key])));
            let wish = Wish::AddMember {
                org,
                user,
                role,
                metadata,
            };
            so(is_so, wish)
        }
        Aim::RemoveMember(at) => match member(link, at).await? {
            Some(member) => Turn::Due(remove(member)),
            None => Turn::So,
        },
        Aim::RemoveInvited(at) => {
            let joined = member(link, at).await?;
            Turn::Due(remove(joined.ok_or_else(|| missing(Verb::MemberRemove))?))
        }
        Aim::SetRoles(at, to) => roles(link, at, to).await?,
        Aim::Invite(org, drafts) => {
            let drafts = uninvited(link, &org, drafts).await?;
            so(drafts.is_empty(), Wish::Invite { org, drafts })
        }
        Aim::Revoke(at) => revoked(link, at).await?,
    })
}

/// Whether the person that a request removed is a member again.
///
/// # Errors
/// When that cannot be read.
pub(super) async fn returned(link: &Link, deed: &Deed) -> Result<Returned, ApiError> {
    let (Verb::MemberRemove, Seen::Member(before)) = (deed.act.verb, &deed.before) else {
        return Ok(Returned::No);
    };
    let Told::Is(user) = &before.user else {
        return Ok(Returned::No);
    };
    let Some(now) = person(link, &before.at.org, user).await? else {
        return Ok(Returned::No);
    };
    if keys(before).is_none() || keys(before) != keys(&now) {
        return Ok(Returned::Otherwise(otherwise(before, &now)));
    }
    Ok(match (&before.metadata, &now.metadata) {
        (Told::Is(was), Told::Is(is)) if json(was) != json(is) => Returned::Nearly(OTHER_METADATA),
        _ => Returned::Whole,
    })
}

/// What somebody was and what they are now.
fn otherwise(before: &Member, now: &Member) -> Text {
    let words = |member: &Member| match keys(member) {
        None => "unknown".to_owned(),
        Some(keys) if keys.is_empty() => "none".to_owned(),
        Some(keys) => {
            let each: Vec<&str> = keys.iter().map(|key| key.raw()).collect();
            each.join(", ")
        }
    };
    Text::from(format!(
        "{} is a member again, with another role: it was {}, is now {}; change the role instead",
        now.display_name().excerpt(80),
        words(before),
        words(now)
    ))
}

/// The organization as it is now, if it is there.
async fn organization(link: &Link, org: &OrgId) -> Result<Option<Box<Org>>, ApiError> {
    let now = look_at(link, Query::Org(OrgAt::Id(org.clone()))).await?;
    Ok(match now {
        Seen::Org(org) => Some(org),
        Seen::Nothing
        | Seen::Gone
        | Seen::Member(_)
        | Seen::Invite(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => None,
    })
}

/// Whether an image is the logo now, whatever its file was called.
async fn is_shown(link: &Link, org: &Org, image: &Image) -> bool {
    let address = org.logo.known().and_then(|logo| logo.url.known());
    let Some(address) = address else {
        return false;
    };
    let now = link.picture(address).await;
    now.is_ok_and(|now| now.bytes() == image.bytes())
}

/// The fields that are not as they are wanted.
async fn unlike(link: &Link, org: &OrgId, wanted: Fields) -> Result<Fields, ApiError> {
    let Some(now) = organization(link, org).await? else {
        return Ok(wanted);
    };
    let mut fields = Fields::default();
    for (key, value) in wanted.iter() {
        let is_so = match (key, value) {
            (METADATA, Value::Json(merge)) => settle::merged(&now, merge) == Some(true),
            (_, Value::Image(image)) => is_shown(link, &now, image).await,
            ("name", value) => is_told(&now.name.clone().map(Value::Text), value),
            ("slug", value) => is_told(&now.slug.clone().map(Value::Text), value),
            (key, value) => now.attribute(key).is_some_and(|told| is_told(told, value)),
        };
        if !is_so {
            fields.set(key, value.clone());
        }
    }
    Ok(fields)
}

fn is_told(told: &Told<Value>, wanted: &Value) -> bool {
    match told {
        Told::Is(value) => value == wanted,
        Told::Empty => wanted.text().is_some_and(Text::is_empty),
        Told::Unknown => false,
    }
}

fn remove(member: Member) -> Wish {
    Wish::RemoveMember {
        member: Box::new(member),
    }
}

fn missing(verb: Verb) -> ApiError {
    ApiError::new(verb, Fault::Missing)
}

/// A member as it is now, if it is there.
async fn member(link: &Link, at: MemberRef) -> Result<Option<Member>, ApiError> {
    let now = look_at(link, Query::Member(at)).await?;
    Ok(match now {
        Seen::Member(member) => Some(*member),
        Seen::Nothing
        | Seen::Gone
        | Seen::Org(_)
        | Seen::Invite(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => None,
    })
}

/// A person's membership as it is now. Where members are not found by their user, the list names them.
async fn person(link: &Link, org: &OrgId, user: &UserId) -> Result<Option<Member>, ApiError> {
    match look_at(link, Query::Member(MemberRef::user(org, user))).await {
        Ok(Seen::Member(member)) => return Ok(Some(*member)),
        Ok(Seen::Gone) => return Ok(None),
        Ok(_) | Err(_) => {}
    }
    let list = Query::Members {
        org: org.clone(),
        role: None,
        text: None,
        page: Cursor::FIRST,
    };
    let Answer::Members(page) = link.query(list).await? else {
        return Ok(None);
    };
    let mut rows = page.rows.into_iter().map(|row| row.item);
    match rows.find(|row| row.user.known() == Some(user)) {
        Some(row) => member(link, row.at).await,
        None => Ok(None),
    }
}

/// The roles that are held, if they are told.
fn keys(member: &Member) -> Option<BTreeSet<&RoleKey>> {
    let held = member.assignments().iter().map(|held| &held.role.key);
    (member.roles != Told::Unknown).then(|| held.collect())
}

async fn roles(link: &Link, at: MemberRef, to: Vec<Role>) -> Result<Turn, ApiError> {
    let member = member(link, at).await?;
    let member = member.ok_or_else(|| missing(Verb::MemberRole))?;
    let wanted: BTreeSet<&RoleKey> = to.iter().map(|role| &role.key).collect();
    if keys(&member) == Some(wanted) {
        return Ok(Turn::So);
    }
    Ok(Turn::Due(Wish::SetRoles {
        from: member.assignments().to_vec(),
        member: member.at,
        to,
    }))
}

/// Those whom no open invite like this one is waiting for.
async fn uninvited(
    link: &Link,
    org: &OrgId,
    drafts: Vec<InviteDraft>,
) -> Result<Vec<InviteDraft>, ApiError> {
    let mut left = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let (org, change) = (org.clone(), draft.clone());
        let now = look(link, &Mutation::Invite { org, draft: change }).await?;
        let is_like = |invite: &Invite| match (&draft.role, &invite.role) {
            (Some(wanted), Told::Is(role)) => wanted.key == role.key,
            (None, _) | (Some(_), Told::Empty | Told::Unknown) => true,
        };
        let is_open = matches!(&now, Seen::Invites(open) if open.iter().any(is_like));
        if !is_open {
            left.push(draft);
        }
    }
    Ok(left)
}

/// An invite that is to be taken back. One that was accepted is over too, but somebody has come by it.
async fn revoked(link: &Link, at: InviteRef) -> Result<Turn, ApiError> {
    Ok(match look_at(link, Query::Invite(at)).await? {
        Seen::Gone => Turn::Over(NO_INVITE),
        Seen::Invite(invite) if invite.status == InviteStatus::Revoked => Turn::So,
        Seen::Invite(invite) if invite.status != InviteStatus::Accepted => {
            Turn::Due(Wish::RevokeInvite { invite })
        }
        Seen::Nothing
        | Seen::Org(_)
        | Seen::Member(_)
        | Seen::Invite(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => {
            return Err(missing(Verb::InviteRevoke));
        }
    })
}

fn json(text: &Text) -> Option<serde_json::Value> {
    serde_json::from_str(text.raw()).ok()
}
