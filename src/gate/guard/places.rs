//! Limits: places for members in an organization, and calls that invite in an hour.

use jiff::{SignedDuration, Timestamp};

use super::case::Case;
use super::{Findings, counted};
use crate::domain::entry::EntryNo;
use crate::domain::record::{Ended, Says};
use crate::domain::{
    ApiError, Fault, InviteStatus, Mutation, Org, OrgRef, Record, Seen, Step, Told, Value,
};

const PLACES: &str = "Places";
const THIS_HOUR: &str = "This hour";
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
    if let (Mutation::RevokeInvite { .. }, Seen::Invite(invite)) = (&step.change, &step.seen) {
        return -i64::from(invite.status == InviteStatus::Pending);
    }
    let joins = matches!(
        step.change,
        Mutation::AddMember {
            org: OrgRef::Id(_),
            ..
        }
    );
    i64::from(joins) + i64::try_from(step.change.drafts().len()).unwrap_or(i64::MAX)
}

/// A kind of calls that a service counts by the hour.
struct Kind {
    called: &'static str,
    limit: usize,
    is: fn(&Mutation) -> bool,
}

/// How many of the calls that invite went out from here in the last hour: others may have sent more.
pub(super) async fn hourly(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    let Some(limit) = case.can.rules.hourly else {
        return found;
    };
    let single = Kind {
        called: "single invites",
        limit: limit.single,
        is: |change| matches!(change, Mutation::Invite { .. }),
    };
    let bulk = Kind {
        called: "bulk invites",
        limit: limit.bulk,
        is: |change| matches!(change, Mutation::InviteBulk { .. }),
    };
    for kind in [single, bulk] {
        let changes = case.steps.iter().map(|step| &step.change);
        let planned = changes.filter(|change| (kind.is)(change)).count();
        if planned > 0 {
            counts(case, (&kind, planned), &mut found).await;
        }
    }
    found
}

async fn counts(case: &Case<'_>, (kind, planned): (&Kind, usize), found: &mut Findings) {
    let Some(sent) = sent(case, kind.is).await else {
        found.unread(THIS_HOUR);
        return;
    };
    let words = format!(
        "at least {sent} of {} {} sent from here in the last hour",
        kind.limit, kind.called
    );
    if sent + planned > kind.limit {
        found.warn(THIS_HOUR, words);
    } else {
        found.tell(THIS_HOUR, words);
    }
}

async fn sent(case: &Case<'_>, is_kind: fn(&Mutation) -> bool) -> Option<usize> {
    let now: Timestamp = (case.gate.wall)();
    let start = now.checked_sub(HOUR).unwrap_or(Timestamp::MIN);
    let records = case.gate.journal.since(start).await.ok()?;
    let profile = &case.link.connection.profile;
    let asked = |record: &Record| match &record.says {
        Says::Intent { act, .. } => {
            record.profile == *profile && act.change.as_ref().is_some_and(is_kind)
        }
        Says::Planned { .. }
        | Says::Ended { .. }
        | Says::AlreadySo { .. }
        | Says::FoundSo(_)
        | Says::Closed(_) => false,
    };
    let counts = |record: &&Record| asked(record) && !was_spared(&records, record.no);
    Some(records.iter().filter(counts).count())
}

/// Whether a request certainly took no effect, so that it may not have counted.
fn was_spared(records: &[Record], no: EntryNo) -> bool {
    records.iter().any(|record| match &record.says {
        Says::Ended { intent, end } => {
            *intent == no && matches!(end.word, Ended::NotApplied | Ended::Refused)
        }
        Says::Planned { .. }
        | Says::Intent { .. }
        | Says::AlreadySo { .. }
        | Says::FoundSo(_)
        | Says::Closed(_) => false,
    })
}
