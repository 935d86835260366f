//! Settling: after a lost answer the record is read again, and nothing is ever sent again.

use super::{LOOKS, look};
use crate::domain::outcome::{Made, Proof};
use crate::domain::plan::Seen;
use crate::domain::{
    ApiError, Fault, Fields, Member, Mutation, Org, Outcome, Receipt, Text, Told, Value,
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

/// Reads until the record shows the change, or the looks are used up.
pub(super) async fn look_again(link: &Link, change: &Mutation, before: &Seen) -> Outcome {
    let mut last = Verdict::Unclear;
    for wait in LOOKS {
        tokio::time::sleep(*wait).await;
        let Ok(now) = look(link, change).await else {
            continue;
        };
        last = verdict(change, before, &now);
        if last == Verdict::Applied {
            return Outcome::Done(Receipt {
                made: made(before, &now),
                after: Some(now),
                proof: Proof::ReadAgain,
                ..Receipt::default()
            });
        }
        if now == Seen::Nothing {
            break;
        }
    }
    match last {
        Verdict::Unchanged => Outcome::Refused(ApiError::new(change.verb(), Fault::NotApplied)),
        Verdict::Applied | Verdict::Unclear => Outcome::Unknown,
    }
}

/// What two readings of the record, before and after, say of a change.
pub fn verdict(change: &Mutation, before: &Seen, now: &Seen) -> Verdict {
    let shown = match (change, now) {
        (
            Mutation::DeleteOrg { .. }
            | Mutation::RemoveMember { .. }
            | Mutation::RevokeInvite { .. },
            now,
        ) => Some(now.is_gone()),
        (Mutation::CreateOrg { .. }, Seen::Org(_))
        | (Mutation::AddMember { .. }, Seen::Member(_)) => Some(*before == Seen::Gone),
        (Mutation::EditOrg { fields, .. }, Seen::Org(org)) => Some(holds(org, fields)),
        (Mutation::SetLogo { .. }, Seen::Org(org)) => new_logo(before, org),
        (Mutation::RemoveLogo { .. }, Seen::Org(org)) => Some(org.logo == Told::Empty),
        (Mutation::MergeMetadata { merge, .. }, Seen::Org(org)) => merged(org, merge),
        (Mutation::SetRole { role, .. }, Seen::Member(member)) => {
            Some(has_role(member, role.key.raw()) && member.assignments().len() == 1)
        }
        (Mutation::GiveRole { role, .. }, Seen::Member(member)) => {
            Some(has_role(member, role.key.raw()))
        }
        (Mutation::TakeRole { assignment, .. }, Seen::Member(member)) => Some(
            !member
                .assignments()
                .iter()
                .any(|held| held.id.as_ref() == Some(assignment)),
        ),
        (Mutation::Invite { .. }, Seen::Invites(_)) => Some(made(before, now).is_some()),
        _ => None,
    };
    match shown {
        Some(true) => Verdict::Applied,
        Some(false) if before.agrees_with(now) => Verdict::Unchanged,
        None if *before == Seen::Gone && *now == Seen::Gone => Verdict::Unchanged,
        Some(false) | None => Verdict::Unclear,
    }
}

/// What is there now and was not before.
fn made(before: &Seen, now: &Seen) -> Option<Made> {
    match (before, now) {
        (Seen::Gone, Seen::Org(org)) => Some(Made::Org(org.id.clone())),
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
        (Some(old), Some(new)) if old != new => Some(true),
        (Some(_), Some(_)) => None,
        (_, None) => Some(false),
    }
}

fn merged(org: &Org, merge: &serde_json::Value) -> Option<bool> {
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

fn has_role(member: &Member, key: &str) -> bool {
    member
        .assignments()
        .iter()
        .any(|held| held.role.key.raw() == key)
}
