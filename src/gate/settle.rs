//! Settling: after a lost answer the record is read again, and nothing is ever sent again.

use std::time::Duration;

use super::look_since;
use crate::domain::outcome::{Made, Proof};
use crate::domain::plan::Seen;
use crate::domain::{
    ApiError, Assignment, Fault, Fields, Invite, InviteDraft, Member, Mutation, Org, Outcome,
    Receipt, Role, Text, Told, Value,
};
use crate::provider::link::Link;

/// What reading again says of a request whose answer was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The record shows the change.
    Applied,
    /// The record is as it was.
    Unchanged,
    /// It cannot be told.
    Unclear,
}

/// Reads until the record shows the change, or the looks are used up; `instead` came in place of an answer.
pub(super) async fn look_again(
    link: &Link,
    (change, before): (&Mutation, &Seen),
    (looks, instead): (&[Duration], Option<ApiError>),
) -> Outcome {
    let mut last = Verdict::Unclear;
    for wait in looks {
        tokio::time::sleep(*wait).await;
        let Ok(now) = look_since(link, change, before).await else {
            // What was seen before this look may have changed since.
            last = Verdict::Unclear;
            continue;
        };
        last = verdict(change, before, &now);
        if last == Verdict::Applied {
            return Outcome::Done(Receipt {
                made: made(before, &now),
                after: Some(now),
                proof: Proof::ReadAgain,
                instead: instead.map(Box::new),
                ..Receipt::default()
            });
        }
        if now.is_accepted() && matches!(change, Mutation::RevokeInvite { .. }) {
            return Outcome::Refused(ApiError::accepted(change.verb()));
        }
        if now == Seen::Nothing {
            break;
        }
    }
    match (last, instead) {
        (Verdict::Unchanged, None) => {
            Outcome::Refused(ApiError::new(change.verb(), Fault::NotApplied(None)))
        }
        (Verdict::Unchanged, Some(came)) => Outcome::Refused(ApiError {
            fault: Fault::NotApplied(Some(Box::new(came.fault))),
            ..came
        }),
        (Verdict::Applied | Verdict::Unclear, Some(came)) => Outcome::Unproven(came),
        (Verdict::Applied | Verdict::Unclear, None) => Outcome::Unknown,
    }
}

/// What two readings of the record, before and after, say of a change.
pub fn verdict(change: &Mutation, before: &Seen, now: &Seen) -> Verdict {
    let shown = shows(change, before, now);
    match shown {
        Some(true) => Verdict::Applied,
        Some(false) if before.agrees_with(now) => Verdict::Unchanged,
        None if *before == Seen::Gone && *now == Seen::Gone => Verdict::Unchanged,
        Some(false) | None => Verdict::Unclear,
    }
}

/// Whether the record shows the change; `None` where it cannot tell.
fn shows(change: &Mutation, before: &Seen, now: &Seen) -> Option<bool> {
    match change {
        Mutation::DeleteOrg { .. }
        | Mutation::RemoveMember { .. }
        | Mutation::RevokeInvite { .. } => (*now != Seen::Nothing).then(|| now.is_gone()),
        Mutation::CreateOrg { .. } | Mutation::AddMember { .. } | Mutation::Invite { .. } => {
            appeared(before, now)
        }
        Mutation::EditOrg { fields, .. } => org(now).map(|org| holds(org, fields)),
        Mutation::SetLogo { .. } => new_logo(before, org(now)?),
        Mutation::RemoveLogo { .. } => org(now).map(|org| org.logo == Told::Empty),
        Mutation::MergeMetadata { merge, .. } => merged(org(now)?, merge),
        Mutation::SetRole { role, .. } => {
            member(now).map(|member| has_role(member, role) && member.assignments().len() == 1)
        }
        Mutation::GiveRole { role, .. } => member(now).map(|member| has_role(member, role)),
        Mutation::TakeRole { assignment, .. } => {
            let is_taken = |held: &Assignment| held.id.as_ref() == Some(assignment);
            member(now).map(|member| !member.assignments().iter().any(is_taken))
        }
        Mutation::InviteBulk { drafts, .. } => all_appeared(drafts, before, now),
        // Nothing names what this has made: it could be somebody else's work.
        Mutation::AcceptInvite { .. } => None,
    }
}

/// Whether something is there that was not.
fn appeared(before: &Seen, now: &Seen) -> Option<bool> {
    match (before, now) {
        (Seen::Gone | Seen::Orgs(_), Seen::Org(_)) | (Seen::Gone, Seen::Member(_)) => Some(true),
        (Seen::Orgs(_), Seen::Orgs(_)) => Some(false),
        (Seen::Invites(_), Seen::Invites(_)) => Some(made(before, now).is_some()),
        _ => None,
    }
}

/// Whether each address of one call has an invite that was not there; `None` where only some have.
fn all_appeared(drafts: &[InviteDraft], before: &Seen, now: &Seen) -> Option<bool> {
    let (Seen::Invites(before), Seen::Invites(now)) = (before, now) else {
        return None;
    };
    let is_new = |invite: &&Invite| before.iter().all(|old| old.at != invite.at);
    let fresh: Vec<&Invite> = now.iter().filter(is_new).collect();
    let reached = |draft: &&InviteDraft| fresh.iter().any(|invite| draft.is_to(invite));
    match drafts.iter().filter(reached).count() {
        0 => Some(false),
        count if count == drafts.len() => Some(true),
        _ => None,
    }
}

fn org(seen: &Seen) -> Option<&Org> {
    match seen {
        Seen::Org(org) => Some(org),
        Seen::Nothing
        | Seen::Gone
        | Seen::Member(_)
        | Seen::Invite(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => None,
    }
}

/// A member whose roles were told.
fn member(seen: &Seen) -> Option<&Member> {
    match seen {
        Seen::Member(member) => member.roles.known().map(|_| &**member),
        Seen::Nothing
        | Seen::Gone
        | Seen::Org(_)
        | Seen::Invite(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => None,
    }
}

/// What is there now and was not before.
fn made(before: &Seen, now: &Seen) -> Option<Made> {
    match (before, now) {
        (Seen::Gone | Seen::Orgs(_), Seen::Org(org)) => Some(Made::Org(org.id.clone())),
        (Seen::Gone, Seen::Member(member)) => Some(Made::Member(member.id.clone())),
        (Seen::Invites(before), Seen::Invites(now)) => {
            let fresh = now
                .iter()
                .filter(|invite| before.iter().all(|old| old.at != invite.at));
            let ids: Vec<_> = fresh.map(|invite| invite.at.id.clone()).collect();
            (!ids.is_empty()).then_some(Made::Invites(ids))
        }
        _ => None,
    }
}

fn holds(org: &Org, fields: &Fields) -> bool {
    let is = |known: Option<&Text>, wanted: &Value| match wanted.text() {
        Some(text) if text.is_empty() => known.is_none_or(Text::is_empty),
        wanted => known == wanted,
    };
    fields.iter().all(|(key, wanted)| match key {
        "name" => is(org.name.known(), wanted),
        "slug" => is(org.slug.known(), wanted),
        _ => match org.attribute(key).and_then(Told::known) {
            Some(Value::Text(text)) => is(Some(text), wanted),
            Some(other) => other == wanted,
            None => is(None, wanted),
        },
    })
}

/// A logo where there was none is ours; whether one replaced another shows in its address alone.
fn new_logo(before: &Seen, now: &Org) -> Option<bool> {
    let Seen::Org(before) = before else {
        return None;
    };
    match (before.logo.known(), now.logo.known()) {
        (None, Some(_)) => Some(true),
        // The journal keeps no address: what it remembers of a logo cannot be told from another.
        (Some(old), Some(new)) if old.url.known().is_some() && !old.is_at(&new.url) => Some(true),
        (Some(_), Some(_)) => None,
        (_, None) => Some(false),
    }
}

/// Whether the metadata of an organization holds what was merged into it; `None` where it is not told.
pub(super) fn merged(org: &Org, merge: &serde_json::Value) -> Option<bool> {
    match org.attribute("public_metadata").and_then(Told::known)? {
        Value::Json(document) => Some(contains(document, merge)),
        Value::Text(_) | Value::Flag(_) | Value::Number(_) | Value::Image(_) => None,
    }
}

/// Whether a document holds what was merged into it; null stands for a key that is gone.
fn contains(document: &serde_json::Value, merge: &serde_json::Value) -> bool {
    match (document.as_object(), merge.as_object()) {
        (Some(document), Some(merge)) => merge.iter().all(|(key, wanted)| {
            let there = document.get(key);
            if wanted.is_null() {
                there.is_none_or(serde_json::Value::is_null)
            } else {
                there.is_some_and(|there| contains(there, wanted))
            }
        }),
        _ => document == merge,
    }
}

fn has_role(member: &Member, role: &Role) -> bool {
    let mut held = member.assignments().iter();
    held.any(|held| held.role.key == role.key)
}
