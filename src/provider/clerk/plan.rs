//! Wishes as changes: which requests, in which order. May read, never writes.

use serde_json::Value as Json;

use super::super::ONE_BY_ONE;
use super::capabilities::{self, BY_LINK, LISTED, NOBODY, ONE_ROLE};
use super::{Clerk, drafts};
use crate::domain::mutation::Parting;
use crate::domain::wish::Resend;
use crate::domain::{
    ApiError, Assignment, Fault, FieldError, FieldSpec, Fields, Member, MemberRef, Mutation, OrgId,
    OrgRef, Profile, Role, Text, UserId, Value, Verb, Wish,
};

/// The key of what is merged by a call of its own.
pub(super) const METADATA: &str = "public_metadata";

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
            Wish::AddMember {
                org,
                user,
                role,
                metadata,
            } => Ok(vec![Mutation::AddMember {
                org: OrgRef::Id(org),
                user,
                role,
                metadata,
            }]),
            Wish::SetRoles { member, from, to } => self.set_role(member, &from, to).await,
            Wish::RemoveMember { member } => self.remove(*member).await,
            Wish::Invite { org, drafts } => drafts::invite(&org, &drafts),
            Wish::RevokeInvite { invite } => Ok(vec![Mutation::RevokeInvite { invite: invite.at }]),
            Wish::Resend(Resend::Listed(invite)) => self.resend(*invite).await,
            Wish::Resend(Resend::Address { .. }) => Err(not_offered(Verb::InviteResend, LISTED)),
            Wish::Leave { .. } => Err(not_offered(Verb::MemberLeave, NOBODY)),
            Wish::AcceptInvite { .. } => Err(not_offered(Verb::InviteAccept, BY_LINK)),
            Wish::Each(bulk) => Err(not_offered(Wish::Each(bulk).verb(), ONE_BY_ONE)),
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
    let first = first_member.map(|(user, role)| Mutation::AddMember {
        org,
        user,
        role,
        metadata: None,
    });
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

/// Metadata is a JSON object or nothing.
pub(super) fn check_object(verb: Verb, key: &'static str, document: &Json) -> Result<(), ApiError> {
    if document.is_object() {
        return Ok(());
    }
    Err(invalid(verb, [(key, "a JSON object is needed")]))
}

fn not_offered(verb: Verb, why: &'static str) -> ApiError {
    ApiError::new(verb, Fault::NotOffered(why))
}

/// The error of values that are not taken, by field.
pub(super) fn invalid(
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
