//! Wishes as changes: which requests, in which order. May read, never writes.

use std::ops::RangeInclusive;

use serde_json::Value as Json;

use super::Clerk;
use super::capabilities::{self, BY_LINK, LISTED, NOBODY, ONE_ROLE};
use crate::domain::mutation::Parting;
use crate::domain::wish::Resend;
use crate::domain::{
    ApiError, Assignment, Fault, FieldError, FieldSpec, Fields, Invite, InviteDraft, InviteStatus,
    Member, MemberRef, Mutation, OrgId, OrgRef, Profile, Role, Text, UserId, Value, Verb, Wish,
};

/// The most invitations that one call takes.
const BULK: usize = 10;

/// For how many days an invitation may stay open.
const DAYS: RangeInclusive<u16> = 1..=365;

const METADATA: &str = "public_metadata";

impl Clerk {
    /// The requests that a wish comes to.
    pub(super) async fn changes(&self, wish: Wish) -> Result<Vec<Mutation>, ApiError> {
        let verb = wish.verb();
        if wish.profile() != self.profile() {
            return Err(ApiError::new(verb, Fault::Foreign));
        }
        let changes = self.steps(wish).await?;
        for change in &changes {
            self.check_ids(change)?;
        }
        Ok(changes)
    }

    async fn steps(&self, wish: Wish) -> Result<Vec<Mutation>, ApiError> {
        match wish {
            Wish::CreateOrg {
                profile,
                fields,
                first_member,
            } => create(profile, fields, first_member),
            Wish::EditOrg { org, fields } => edit(org, &fields),
            Wish::DeleteOrg { org } => Ok(vec![Mutation::DeleteOrg { org }]),
            Wish::SetLogo { org, image } => Ok(vec![Mutation::SetLogo { org, image }]),
            Wish::RemoveLogo { org } => Ok(vec![Mutation::RemoveLogo { org }]),
            Wish::SetMetadata { org, merge } => {
                check_object(Verb::MetadataSet, METADATA, &merge)?;
                Ok(vec![Mutation::MergeMetadata { org, merge }])
            }
            Wish::AddMember { org, user, role } => {
                let org = OrgRef::Id(org);
                Ok(vec![Mutation::AddMember { org, user, role }])
            }
            Wish::SetRoles { member, from, to } => self.set_role(member, &from, to).await,
            Wish::RemoveMember { member } => self.remove(*member).await,
            Wish::Invite { org, drafts } => invite(&org, &drafts),
            Wish::RevokeInvite { invite } => Ok(vec![Mutation::RevokeInvite { invite: invite.at }]),
            Wish::Resend(Resend::Listed(invite)) => resend(*invite),
            Wish::Resend(Resend::Address { .. }) => Err(not_offered(Verb::InviteResend, LISTED)),
            Wish::Leave { .. } => Err(not_offered(Verb::MemberLeave, NOBODY)),
            Wish::AcceptInvite { .. } => Err(not_offered(Verb::InviteAccept, BY_LINK)),
        }
    }

    async fn set_role(
        &self,
        member: MemberRef,
        from: &[Assignment],
        to: Vec<Role>,
    ) -> Result<Vec<Mutation>, ApiError> {
        let verb = Verb::MemberRole;
        let one = <[Role; 1]>::try_from(to);
        let [role] = one.map_err(|_| invalid(verb, [("role", ONE_ROLE)]))?;
        if let [held] = from
            && held.role.key == role.key
        {
            return Ok(Vec::new());
        }
        let member = self.by_user(verb, member).await?;
        Ok(vec![Mutation::SetRole { member, role }])
    }

    async fn remove(&self, member: Member) -> Result<Vec<Mutation>, ApiError> {
        let member = self.by_user(Verb::MemberRemove, member.at).await?;
        let why = Parting::Removed;
        Ok(vec![Mutation::RemoveMember { member, why }])
    }
}

fn create(
    profile: Profile,
    fields: Fields,
    first_member: Option<(UserId, Role)>,
) -> Result<Vec<Mutation>, ApiError> {
    check_fields(Verb::OrgCreate, &fields, &capabilities::table().create)?;
    // The organization has no id yet: the second step names the first.
    let org = OrgRef::Of(profile.clone(), 0);
    let first = first_member.map(|(user, role)| Mutation::AddMember { org, user, role });
    let create = Mutation::CreateOrg { profile, fields };
    Ok([create].into_iter().chain(first).collect())
}

/// Metadata left the record's own call: it is merged by a request of its own.
fn edit(org: OrgId, fields: &Fields) -> Result<Vec<Mutation>, ApiError> {
    check_fields(Verb::OrgEdit, fields, &capabilities::table().edit)?;
    let mut plain = Fields::default();
    let mut changes = Vec::new();
    for (key, value) in fields.iter() {
        match value {
            Value::Json(merge) => changes.push(Mutation::MergeMetadata {
                org: org.clone(),
                merge: merge.clone(),
            }),
            Value::Text(_) | Value::Flag(_) | Value::Number(_) | Value::Image(_) => {
                plain.set(key, value.clone());
            }
        }
    }
    if !plain.is_empty() {
        changes.insert(0, Mutation::EditOrg { org, fields: plain });
    }
    Ok(changes)
}

fn invite(org: &OrgId, drafts: &[InviteDraft]) -> Result<Vec<Mutation>, ApiError> {
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

/// An open invite is revoked first; one that is over needs, and takes, no revoking.
fn resend(invite: Invite) -> Result<Vec<Mutation>, ApiError> {
    let verb = Verb::InviteResend;
    let draft = again(&invite);
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

/// The same invite once more, as far as the list tells what it was made of.
fn again(invite: &Invite) -> InviteDraft {
    let metadata = invite.metadata.known();
    InviteDraft {
        role: invite.role.known().cloned(),
        redirect: invite.redirect.known().cloned(),
        expires_in_days: days(invite),
        public_metadata: metadata.and_then(|text| serde_json::from_str(text.raw()).ok()),
        ..InviteDraft::to(
            invite
                .email
                .known()
                .cloned()
                .unwrap_or_else(|| Text::from("")),
        )
    }
}

/// For how many days the invite was made, where that can be told.
fn days(invite: &Invite) -> Option<u16> {
    let (created, expires) = (invite.created.known()?, invite.expires.known()?);
    let hours = expires.duration_since(*created).as_hours();
    let days = u16::try_from((hours + 12) / 24).ok()?;
    DAYS.contains(&days).then_some(days)
}

fn check_draft(verb: Verb, draft: &InviteDraft) -> Result<(), ApiError> {
    let wrong_days = draft
        .expires_in_days
        .is_some_and(|days| !DAYS.contains(&days));
    let problems = [
        (draft.email.is_empty(), ("email", "an address is needed")),
        (draft.role.is_none(), ("role", "a role is needed")),
        (
            draft.message.is_some(),
            ("message", capabilities::NO_MESSAGE),
        ),
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

/// Nothing that the service has no place for is dropped in silence.
fn check_fields(verb: Verb, fields: &Fields, specs: &[FieldSpec]) -> Result<(), ApiError> {
    for (key, value) in fields.iter() {
        let known = specs.iter().find(|spec| spec.key == key);
        if !known.is_some_and(FieldSpec::is_offered) {
            return Err(invalid(verb, [(key, "there is no such field here")]));
        }
        if let Value::Json(document) = value {
            check_object(verb, key, document)?;
        }
    }
    Ok(())
}

fn check_object(verb: Verb, key: &'static str, document: &Json) -> Result<(), ApiError> {
    if document.is_object() {
        return Ok(());
    }
    Err(invalid(verb, [(key, "a JSON object is needed")]))
}

fn not_offered(verb: Verb, why: &'static str) -> ApiError {
    ApiError::new(verb, Fault::NotOffered(why))
}

fn invalid(
    verb: Verb,
    problems: impl IntoIterator<Item = (&'static str, &'static str)>,
) -> ApiError {
    let error = |(field, message)| FieldError {
        field: Text::from(field),
        message: Text::from(message),
    };
    ApiError::new(
        verb,
        Fault::Invalid(problems.into_iter().map(error).collect()),
    )
}
