//! Invites to be made: single ones, many at once, and old ones once more.

use super::Clerk;
use super::capabilities::NO_MESSAGE;
use super::plan::{METADATA, check_object, invalid};
use crate::domain::invite::DAYS;
use crate::domain::{
    ApiError, Fault, Invite, InviteDraft, InviteStatus, Mutation, OrgId, Text, Verb,
};

/// The most invitations that one call takes.
pub(super) const BULK: usize = 10;

impl Clerk {
    /// Sends an invite again. It is read once more: one that has ended needs, and takes, no revoking.
    pub(super) async fn resend(&self, shown: Invite) -> Result<Vec<Mutation>, ApiError> {
        let verb = Verb::InviteResend;
        self.check_invite(verb, &shown.at)?;
        let invite = self.invite(&shown.at).await;
        let invite = invite.map_err(|error| ApiError { verb, ..error })?;
        // A list never tells where the link led to, but whoever sent it from here knows.
        let redirect = shown.redirect;
        again(Invite { redirect, ..invite })
    }
}

/// One address is one call, several go out by ten.
pub(super) fn invite(org: &OrgId, drafts: &[InviteDraft]) -> Result<Vec<Mutation>, ApiError> {
    for draft in drafts {
        check_draft(Verb::InviteCreate, draft)?;
    }
    let change = |drafts: &[InviteDraft]| match drafts {
        [draft] => Mutation::Invite {
            org: org.clone(),
            draft: draft.clone(),
        },
        drafts => Mutation::InviteBulk {
            org: org.clone(),
            drafts: drafts.to_vec(),
        },
    };
    Ok(drafts.chunks(BULK).map(change).collect())
}

/// The same invite once more: an open one is revoked first.
fn again(invite: Invite) -> Result<Vec<Mutation>, ApiError> {
    let verb = Verb::InviteResend;
    let draft = draft(&invite);
    check_draft(verb, &draft)?;
    let org = invite.at.org.clone();
    let create = Mutation::Invite { org, draft };
    match invite.status {
        InviteStatus::Pending | InviteStatus::Other(_) => {
            let revoke = Mutation::RevokeInvite { invite: invite.at };
            Ok(vec![revoke, create])
        }
        InviteStatus::Expired | InviteStatus::Revoked => Ok(vec![create]),
        InviteStatus::Accepted => Err(ApiError::new(verb, Fault::Conflict)
            .words("the invite was accepted: the person is a member")),
    }
}

/// What an invite was made of, as far as the service tells it.
fn draft(invite: &Invite) -> InviteDraft {
    let email = invite.email.known().cloned();
    let metadata = invite.metadata.known();
    InviteDraft {
        role: invite.role.known().cloned(),
        redirect: invite.redirect.known().cloned(),
        expires_in_days: invite.days(),
        public_metadata: metadata.and_then(|text| serde_json::from_str(text.raw()).ok()),
        ..InviteDraft::to(email.unwrap_or_else(|| Text::from("")))
    }
}

fn check_draft(verb: Verb, draft: &InviteDraft) -> Result<(), ApiError> {
    let wrong_days = draft
        .expires_in_days
        .is_some_and(|days| !DAYS.contains(&days));
    let problems = [
        (draft.email.is_empty(), ("email", "an address is needed")),
        (draft.role.is_none(), ("role", "a role is needed")),
        (draft.message.is_some(), ("message", NO_MESSAGE)),
        (wrong_days, ("expires_in_days", "1 to 365")),
    ];
    let found: Vec<_> = problems
        .iter()
        .filter(|(wrong, _)| *wrong)
        .map(|(_, why)| *why)
        .collect();
    if !found.is_empty() {
        return Err(invalid(verb, found));
    }
    let documents = [
        (METADATA, &draft.public_metadata),
        ("private_metadata", &draft.private_metadata),
    ];
    for (key, document) in documents {
        document
            .as_ref()
            .map_or(Ok(()), |document| check_object(verb, key, document))?;
    }
    Ok(())
}
