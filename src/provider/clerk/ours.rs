//! The checks before anything is sent: ids of this profile only, and ids that a path can hold.

use super::{Clerk, capabilities};
use crate::domain::query::{OrgAt, Thing};
use crate::domain::{
    ApiError, Fault, InviteRef, MemberBy, MemberRef, Mutation, OrgId, OrgRef, Profile, Query,
    UserAt, Verb,
};

/// The profile of an id and its text.
type Named<'a> = (&'a Profile, &'a str);

impl Clerk {
    /// Refuses a question that names what is not of this profile.
    pub(super) fn check_query(&self, query: &Query) -> Result<(), ApiError> {
        self.check(query.verb(), &in_query(query))
    }

    /// Refuses a change that names what is not of this profile, or that Clerk has no request for.
    pub(super) fn check_mutation(&self, change: &Mutation) -> Result<(), ApiError> {
        self.check_ids(change)?;
        match refusal(change) {
            Some(why) => Err(ApiError::new(change.verb(), Fault::NotOffered(why))),
            None => Ok(()),
        }
    }

    /// Refuses a change that names what is not of this profile.
    pub(super) fn check_ids(&self, change: &Mutation) -> Result<(), ApiError> {
        let verb = change.verb();
        if change.profile() != self.profile() {
            return Err(ApiError::new(verb, Fault::Foreign));
        }
        self.check(verb, &in_mutation(change))
    }

    /// Refuses a member that is not of this profile.
    pub(super) fn check_member(&self, verb: Verb, member: &MemberRef) -> Result<(), ApiError> {
        self.check(verb, &in_member(member))
    }

    /// Refuses an invite that is not of this profile.
    pub(super) fn check_invite(&self, verb: Verb, invite: &InviteRef) -> Result<(), ApiError> {
        self.check(verb, &in_invite(invite))
    }

    fn check(&self, verb: Verb, names: &[Named<'_>]) -> Result<(), ApiError> {
        if names.iter().any(|(profile, _)| *profile != self.profile()) {
            return Err(ApiError::new(verb, Fault::Foreign));
        }
        // Dots would climb out of the path, encoded or not, and nothing at all names the collection.
        let lost = |(_, key): &Named<'_>| matches!(*key, "" | "." | "..");
        if names.iter().any(lost) {
            return Err(ApiError::new(verb, Fault::Missing));
        }
        Ok(())
    }
}

/// Why there is no request for a change.
fn refusal(change: &Mutation) -> Option<&'static str> {
    match change {
        Mutation::SetRole { member, .. } | Mutation::RemoveMember { member, .. }
            if matches!(member.by, MemberBy::Id(_)) =>
        {
            Some(capabilities::BY_USER)
        }
        Mutation::GiveRole { .. } | Mutation::TakeRole { .. } => Some(capabilities::ONE_ROLE),
        Mutation::AddMember {
            org: OrgRef::Of(..),
            ..
        } => Some("the organization of this step is not made yet"),
        Mutation::AcceptInvite { .. }
        | Mutation::CreateOrg { .. }
        | Mutation::EditOrg { .. }
        | Mutation::DeleteOrg { .. }
        | Mutation::SetLogo { .. }
        | Mutation::RemoveLogo { .. }
        | Mutation::MergeMetadata { .. }
        | Mutation::AddMember { .. }
        | Mutation::SetRole { .. }
        | Mutation::RemoveMember { .. }
        | Mutation::Invite { .. }
        | Mutation::InviteBulk { .. }
        | Mutation::RevokeInvite { .. } => capabilities::table().refusal(change.verb()),
    }
}

fn in_query(query: &Query) -> Vec<Named<'_>> {
    match query {
        Query::WhoAmI | Query::Probe | Query::Orgs { .. } => Vec::new(),
        Query::Org(OrgAt::Slug(profile, slug)) => vec![(profile, slug.raw())],
        Query::Org(OrgAt::Id(org))
        | Query::Metadata { org, .. }
        | Query::Members { org, .. }
        | Query::InvitesTo { org, .. }
        | Query::Raw(Thing::Org(org)) => vec![named(org)],
        Query::Member(member) | Query::MemberRoles(member) | Query::Raw(Thing::Member(member)) => {
            in_member(member)
        }
        Query::Memberships { user, .. } => match user {
            UserAt::Id(id) => vec![(id.profile(), id.raw())],
            UserAt::Name(profile, name) => vec![(profile, name.raw())],
            UserAt::Me(profile) => vec![(profile, "me")],
        },
        Query::Invite(invite) | Query::Raw(Thing::Invite(invite)) => in_invite(invite),
        Query::Invites { org, .. } | Query::Roles { org } | Query::Users { beside: org, .. } => {
            org.iter().map(named).collect()
        }
    }
}

fn in_mutation(change: &Mutation) -> Vec<Named<'_>> {
    match change {
        Mutation::AddMember { user, .. } => {
            let mut names: Vec<_> = change.org().into_iter().map(named).collect();
            names.push((user.profile(), user.raw()));
            names
        }
        Mutation::SetRole { member, .. }
        | Mutation::GiveRole { member, .. }
        | Mutation::TakeRole { member, .. }
        | Mutation::RemoveMember { member, .. } => in_member(member),
        Mutation::RevokeInvite { invite } => in_invite(invite),
        Mutation::CreateOrg { .. }
        | Mutation::EditOrg { .. }
        | Mutation::DeleteOrg { .. }
        | Mutation::SetLogo { .. }
        | Mutation::RemoveLogo { .. }
        | Mutation::MergeMetadata { .. }
        | Mutation::Invite { .. }
        | Mutation::InviteBulk { .. }
        | Mutation::AcceptInvite { .. } => change.org().into_iter().map(named).collect(),
    }
}

fn in_member(member: &MemberRef) -> Vec<Named<'_>> {
    let by = match &member.by {
        MemberBy::Id(id) => (id.profile(), id.raw()),
        MemberBy::User(id) => (id.profile(), id.raw()),
    };
    vec![named(&member.org), by]
}

fn in_invite(invite: &InviteRef) -> Vec<Named<'_>> {
    vec![named(&invite.org), (invite.id.profile(), invite.id.raw())]
}

fn named(org: &OrgId) -> Named<'_> {
    (org.profile(), org.raw())
}
