//! Addresses that are invited although they belong to members, have an invite, or stand there twice.

use std::collections::BTreeSet;

use futures_util::{StreamExt as _, stream};

use super::case::Case;
use super::{Findings, UNREAD};
use crate::domain::capabilities::Addresses;
use crate::domain::{
    Answer, ApiError, Cursor, Fault, InviteDraft, Member, Mutation, OrgId, Query, Text,
};

const WHAT: &str = "Members and invites already";
const INVITED: &str = "has an open invite already: send that one again";
/// Addresses that are looked up at the same time.
const AT_ONCE: usize = 4;
/// Addresses that are looked for, one question each.
const MOST: usize = 10;

/// Refuses an invite to a member where members are found by address, and one that is open already where
/// many go out in one call: single ones are looked up step by step.
pub(super) async fn members(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    let drafts: Vec<_> = drafts(case).collect();
    twice(case, &drafts, &mut found);
    let (Addresses::Searched, Some(org)) = (case.can.rules.addresses, case.org_id()) else {
        return found;
    };
    let asked = drafts.iter().take(MOST);
    let emails: Vec<Text> = asked.map(|draft| draft.email.clone()).collect();
    let looked = stream::iter(emails).map(|email| async move { standing(case, org, &email).await });
    let standings: Vec<_> = looked.buffered(AT_ONCE).collect().await;
    for (draft, standing) in drafts.iter().zip(&standings) {
        match standing {
            Standing::Member => refuse(case, (&draft.email, "is a member already"), &mut found),
            Standing::Invited => refuse(case, (&draft.email, INVITED), &mut found),
            Standing::New => {}
            Standing::Unread => found.unread(WHAT),
        }
    }
    if drafts.len() > MOST {
        let words = format!("{UNREAD} beyond the first {MOST} addresses");
        found.warn(WHAT, words);
    }
    found.checks.dedup();
    found
}

/// What an address is to the organization.
enum Standing {
    Member,
    Invited,
    New,
    Unread,
}

async fn standing(case: &Case<'_>, org: &OrgId, email: &Text) -> Standing {
    match is_member(case, org, email).await {
        Some(true) => Standing::Member,
        Some(false) if is_bulk(case) => match is_invited(case, org, email).await {
            Some(true) => Standing::Invited,
            Some(false) => Standing::New,
            None => Standing::Unread,
        },
        Some(false) => Standing::New,
        None => Standing::Unread,
    }
}

fn is_bulk(case: &Case<'_>) -> bool {
    let mut changes = case.steps.iter().map(|step| &step.change);
    changes.any(|change| matches!(change, Mutation::InviteBulk { .. }))
}

fn refuse(case: &Case<'_>, (email, what): (&Text, &str), found: &mut Findings) {
    let error = ApiError::new(case.wish.verb(), Fault::Conflict);
    found.refuse(error.words(format!("{} {what}", email.raw())));
}

/// One person does not get two invites by one yes.
fn twice(case: &Case<'_>, drafts: &[&InviteDraft], found: &mut Findings) {
    let mut met = BTreeSet::new();
    for draft in drafts {
        if !met.insert(draft.email.raw().to_lowercase()) {
            refuse(case, (&draft.email, "is there twice"), found);
        }
    }
}

async fn is_invited(case: &Case<'_>, org: &OrgId, email: &Text) -> Option<bool> {
    let query = Query::InvitesTo {
        org: org.clone(),
        email: email.clone(),
    };
    match case.link.query(query).await {
        Ok(Answer::Invites(page)) => Some(!page.rows.is_empty()),
        Ok(_) | Err(_) => None,
    }
}

fn drafts<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a InviteDraft> {
    case.steps.iter().flat_map(|step| step.change.drafts())
}

/// Whether somebody with this very address is among those whom the service finds by it.
async fn is_member(case: &Case<'_>, org: &OrgId, email: &Text) -> Option<bool> {
    let query = Query::Members {
        org: org.clone(),
        role: None,
        text: Some(email.clone()),
        page: Cursor::FIRST,
    };
    let Ok(Answer::Members(page)) = case.link.query(query).await else {
        return None;
    };
    let wanted = email.raw().to_lowercase();
    let same = |member: &Member| {
        let email = member.email.known();
        email.is_some_and(|email| email.raw().to_lowercase() == wanted)
    };
    Some(page.rows.iter().any(|row| same(&row.item)))
}
