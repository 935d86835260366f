//! Wishes as changes: what a person wants, in requests that Vulos has. Reads where it must, never writes.

use super::super::ONE_BY_ONE;
use super::{Vulos, capabilities, checked, invites, requests, roles};
use crate::domain::mutation::Parting;
use crate::domain::wish::Resend;
use crate::domain::{
    ApiError, Assignment, Fault, InviteDraft, Member, MemberRef, Mutation, OrgId, Role, Verb, Wish,
};

impl Vulos {
    /// The changes that a wish comes to. Each of them can be sent: what no request can be made of is
    /// refused here, before anybody is asked to agree.
    pub(super) async fn changes(&self, wish: Wish) -> Result<Vec<Mutation>, ApiError> {
        let verb = wish.verb();
        let changes = self.wished(wish).await?;
        for change in &changes {
            checked(verb, self.requests.change(change))?;
        }
        Ok(changes)
    }

    async fn wished(&self, wish: Wish) -> Result<Vec<Mutation>, ApiError> {
        let verb = wish.verb();
        match wish {
            Wish::CreateOrg {
                profile,
                fields,
                first_member: None,
            } => Ok(vec![Mutation::CreateOrg { profile, fields }]),
            Wish::EditOrg { fields, .. } if fields.is_empty() => Ok(Vec::new()),
            Wish::EditOrg { org, fields } => Ok(vec![Mutation::EditOrg { org, fields }]),
            Wish::DeleteOrg { org } => Ok(vec![Mutation::DeleteOrg { org }]),
            Wish::SetRoles { member, from, to } => self.set_roles(member, (from, to)).await,
            Wish::RemoveMember { member } => Ok(vec![remove(*member)]),
            Wish::Leave { org } => Ok(vec![self.leave(&org).await?]),
            Wish::Invite { org, drafts } => checked(verb, invites::invites(&org, drafts)),
            Wish::Resend(Resend::Address { org, email }) => {
                let draft = InviteDraft::to(email);
                Ok(vec![Mutation::Invite { org, draft }])
            }
            Wish::Each(_) => Err(ApiError::new(verb, Fault::NotOffered(ONE_BY_ONE))),
            Wish::CreateOrg { .. } => Err(lacking(verb, Verb::MemberAdd)),
            Wish::Resend(Resend::Listed(_)) => Err(lacking(verb, Verb::InviteList)),
            Wish::SetLogo { .. }
            | Wish::RemoveLogo { .. }
            | Wish::SetMetadata { .. }
            | Wish::AddMember { .. }
            | Wish::RevokeInvite { .. }
            | Wish::AcceptInvite { .. } => Err(lacking(verb, verb)),
        }
    }

    /// Gives, then takes, by the ids of this very membership as they are now.
    async fn set_roles(
        &self,
        member: MemberRef,
        (from, to): (Vec<Assignment>, Vec<Role>),
    ) -> Result<Vec<Mutation>, ApiError> {
        let verb = Verb::MemberRole;
        checked(verb, self.requests.member(&member))?;
        if roles::is_same(&from, &to) {
            return Ok(Vec::new());
        }
        if to.iter().any(|role| role.key.raw().trim().is_empty()) {
            let fault = requests::wrong("role", "a role needs a name");
            return Err(ApiError::new(verb, fault));
        }
        let now = self.member_roles(verb, &member).await?;
        roles::changes(&member, (&from, &to), &now)
    }

    /// The end of the caller's own membership, which only the list of organizations names.
    async fn leave(&self, org: &OrgId) -> Result<Mutation, ApiError> {
        let verb = Verb::MemberLeave;
        checked(verb, self.requests.org(org))?;
        let list = self.list(verb).await?;
        let own = list.into_iter().find(|own| own.org == *org);
        let member = own.and_then(|own| own.member);
        let member = member.ok_or_else(|| ApiError::new(verb, Fault::Missing))?;
        Ok(Mutation::RemoveMember {
            member: MemberRef::id(org, &member),
            why: Parting::Leaves,
        })
    }
}

/// The error of a wish that would need what is not offered.
fn lacking(verb: Verb, needed: Verb) -> ApiError {
    ApiError::new(verb, capabilities::not_offered(needed))
}

fn remove(member: Member) -> Mutation {
    let why = if member.is_own() {
        Parting::Leaves
    } else {
        Parting::Removed
    };
    Mutation::RemoveMember {
        member: member.at,
        why,
    }
}
