//! What is counted over whole lists for a title or a fact: short lists only, so that a frame never
//! costs more for a longer one.

use crate::app::Model;
use crate::domain::{Invite, InviteDraft, InviteStatus, Member, Row};
use crate::job::Feed;
use crate::job::feed::Stage;

/// The longest list that is looked at with every frame.
const LONGEST: u32 = 1_000;

/// How many invites are pending and how many expired; none for long lists.
pub(crate) fn by_status(model: &Model, feeds: &[&Feed<Invite>]) -> Option<(usize, usize)> {
    if feeds.iter().any(|feed| feed.rows.len() > LONGEST) {
        return None;
    }
    let mut counts = (0, 0);
    for row in feeds.iter().flat_map(|feed| feed.rows.iter()) {
        match row.item.status_at(model.theirs(row.item.at.profile())) {
            InviteStatus::Pending => counts.0 += 1,
            InviteStatus::Expired => counts.1 += 1,
            InviteStatus::Accepted | InviteStatus::Revoked | InviteStatus::Other(_) => {}
        }
    }
    Some(counts)
}

/// Whether an address is in the lists; long ones are not searched and are taken to have it.
pub(crate) fn holds_address(feeds: &[&Feed<Invite>], draft: &InviteDraft) -> bool {
    let to = |row: &Row<Invite>| {
        let email = row.item.email.known();
        email.is_some_and(|email| email.raw().eq_ignore_ascii_case(draft.email.raw()))
    };
    let holds = |feed: &&Feed<Invite>| feed.rows.len() > LONGEST || feed.rows.iter().any(to);
    feeds.iter().any(holds)
}

/// Who holds the strongest role; none where roles are not ranked or not all members are here.
pub(crate) fn admins(feed: &Feed<Member>) -> Option<Vec<&Member>> {
    let has_level = |row: &Row<Member>, fits: fn(Option<u8>) -> bool| {
        let held = row.item.assignments();
        held.iter().any(|held| fits(held.role.level))
    };
    let is_ranked = |row: &Row<Member>| has_level(row, |level| level.is_some());
    let is_admin = |row: &&Row<Member>| has_level(row, |level| level == Some(0));
    if *feed.stage() != Stage::Whole
        || feed.rows.len() > LONGEST
        || !feed.rows.iter().any(is_ranked)
    {
        return None;
    }
    let rows = feed.rows.iter().filter(is_admin);
    Some(rows.map(|row| &row.item).collect())
}
