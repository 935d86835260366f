//! Limits: places for members in an organization, and calls that invite in an hour.

use jiff::{SignedDuration, Timestamp};

use super::case::Case;
use super::{Findings, counted};
use crate::domain::entry::{EntryNo, Event};
use crate::domain::{
    ApiError, Entry, Fault, InviteStatus, Mutation, Org, OrgRef, Outcome, Seen, Step, Told, Value,
};

const PLACES: &str = "Places";
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Whether members and pending invites together still fit after the plan.
pub(super) async fn free(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    let taken: i64 = case.steps.iter().map(places).sum();
    let (Some(key), 1..) = (case.can.rules.places, taken) else {
        return found;
    };
    match case.org().await.and_then(|org| occupied(org, key)) {
        Some(now) => judge(case, &now, taken, &mut found),
        None => found.unread(PLACES),
    }
    found
}

/// The places of an organization as they are taken now.
struct Occupied {
    members: u64,
    pending: u64,
    /// 0 is no limit.
    limit: i64,
}

fn occupied(org: &Org, key: &str) -> Option<Occupied> {
    let (Told::Is(members), Told::Is(pending)) = (&org.members, &org.invites) else {
        return None;
    };
    match org.attribute(key)?.known()? {
        Value::Number(limit) => Some(Occupied {
            members: *members,
            pending: *pending,
            limit: *limit,
        }),
        Value::Text(_) | Value::Flag(_) | Value::Json(_) | Value::Image(_) => None,
    }
}

fn judge(case: &Case<'_>, now: &Occupied, taken: i64, found: &mut Findings) {
    let used = now.members.saturating_add(now.pending);
    let free = now.limit - i64::try_from(used).unwrap_or(i64::MAX);
    let members = counted(now.members, "member", "members");
    let used = format!("{members} + {} pending", now.pending);
    if now.limit == 0 {
        found.tell(PLACES, format!("{used}, no limit"));
        return;
    }
    let words = format!("{used} of {}", now.limit);
    if taken <= free {
        found.tell(PLACES, words);
        return;
    }
    found.warn(PLACES, words);
    let error = ApiError::new(case.wish.verb(), Fault::Refused).words(format!(
        "{taken} more would be over the limit of {}, and pending invites count: raise the limit or revoke invites first",
        counted(now.limit.unsigned_abs(), "place", "places")
    ));
    found.refuse(error);
}

/// The places that a step takes, or gives back.
fn places(step: &Step) -> i64 {
    match &step.change {
        Mutation::Invite { .. }
        | Mutation::AddMember {
            org: OrgRef::Id(_), ..
        } => 1,
        Mutation::InviteBulk { drafts, .. } => i64::try_from(drafts.len()).unwrap_or(i64::MAX),
        Mutation::RevokeInvite { .. } => match &step.seen {
            Seen::Invite(invite) if invite.status == InviteStatus::Pending => -1,
            _ => 0,
        },
        _ => 0,
    }
}

/// How many of the calls that invite went out from here in the last hour: others may have sent more.
pub(super) async fn hourly(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    let Some(limit) = case.can.rules.hourly else {
        return found;
    };
    let changes = || case.steps.iter().map(|step| &step.change);
    let kinds: [(fn(&Mutation) -> bool, usize, &str); 2] = [
        (is_single, limit.single, "single invites"),
        (is_bulk, limit.bulk, "bulk invites"),
    ];
    for (is_kind, limit, called) in kinds {
        let planned = changes().filter(|change| is_kind(change)).count();
        if planned == 0 {
            continue;
        }
        let Some(sent) = sent(case, is_kind).await else {
            found.unread("This hour");
            continue;
        };
        let words = format!("at least {sent} of {limit} {called} sent from here in the last hour");
        if sent + planned > limit {
            found.warn("This hour", words);
        } else {
            found.tell("This hour", words);
        }
    }
    found
}

fn is_single(change: &Mutation) -> bool {
    matches!(change, Mutation::Invite { .. })
}

fn is_bulk(change: &Mutation) -> bool {
    matches!(change, Mutation::InviteBulk { .. })
}

async fn sent(case: &Case<'_>, is_kind: fn(&Mutation) -> bool) -> Option<usize> {
    let now: Timestamp = (case.gate.wall)();
    let start = now.checked_sub(HOUR).unwrap_or(Timestamp::MIN);
    let entries = case.gate.journal.since(start).await.ok()?;
    let profile = &case.link.connection.profile;
    let asked = |entry: &Entry| match &entry.event {
        Event::Intent { change, .. } => entry.profile == *profile && is_kind(change),
        Event::Planned { .. } | Event::Ended { .. } => false,
    };
    let counts = |(no, entry): &&(EntryNo, Entry)| asked(entry) && !was_spared(&entries, *no);
    Some(entries.iter().filter(counts).count())
}

/// Whether a request certainly took no effect, so that it may not have counted.
fn was_spared(entries: &[(EntryNo, Entry)], no: EntryNo) -> bool {
    entries.iter().any(|(_, entry)| match &entry.event {
        Event::Ended {
            intent, outcome, ..
        } => *intent == no && matches!(**outcome, Outcome::NotApplied(_) | Outcome::Refused(_)),
        Event::Planned { .. } | Event::Intent { .. } => false,
    })
}
