//! Invites and the passing of time.

use jiff::Timestamp;
use orgdeck::domain::{InviteDraft, InviteStatus, Told};

use super::sample::invite;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn only_a_pending_invite_expires_at_its_end() {
    let end = at("2026-03-01T12:00:00Z");
    let mut invite = invite("7");
    invite.expires = Told::Is(end);
    let before = at("2026-03-01T11:59:59Z");
    assert_eq!(invite.status_at(before), InviteStatus::Pending);
    assert_eq!(invite.status_at(end), InviteStatus::Expired);
    for told in [Told::Unknown, Told::Empty] {
        invite.expires = told;
        assert_eq!(invite.status_at(end), InviteStatus::Pending);
    }
    invite.expires = Told::Is(end);
    for status in [InviteStatus::Accepted, InviteStatus::Revoked] {
        invite.status = status.clone();
        assert_eq!(invite.status_at(end), status);
    }
}

#[test]
fn r24_an_unknown_status_keeps_the_services_word() {
    let status = InviteStatus::Other("on_hold".into());
    assert_eq!(status.key(), "on_hold");
    let known = [
        InviteStatus::Pending,
        InviteStatus::Expired,
        InviteStatus::Accepted,
        InviteStatus::Revoked,
    ];
    let keys = known.each_ref().map(InviteStatus::key);
    assert_eq!(keys, ["pending", "expired", "accepted", "revoked"]);
}

#[test]
fn a_draft_names_nothing_that_was_not_chosen() {
    let draft = InviteDraft::to("new@example.com");
    assert_eq!(draft.email.raw(), "new@example.com");
    assert_eq!(
        (draft.role, draft.message, draft.redirect),
        (None, None, None)
    );
    assert_eq!(draft.expires_in_days, None);
}
