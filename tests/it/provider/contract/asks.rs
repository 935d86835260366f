//! A question or a wish for every verb, about the cast.

use orgdeck::domain::invite::Link as InviteLink;
use orgdeck::domain::query::{Cursor, OrgAt, Privacy, Scope};
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{
    Answer, Assignment, Invite, InviteRef, InviteStatus, Member, Query, Role, Secret, Text, Told,
    UserAt, Verb, Wish,
};
use orgdeck::sandbox::Service;
use orgdeck::sandbox::world::{PersonKey, World};
use serde_json::json;

use super::Stand;
use super::cast::{Cast, image};
use super::fields::{draft, filled};

impl Cast {
    /// A read that belongs to this verb; `None` for a verb that writes.
    pub(super) fn query(&self, verb: Verb) -> Option<Query> {
        let (org, page) = (self.org_id(), Cursor::FIRST);
        Some(match verb {
            Verb::WhoAmI => Query::WhoAmI,
            Verb::OrgList => Query::Orgs {
                scope: Scope::Own,
                text: None,
                page,
            },
            Verb::OrgShow => Query::Org(OrgAt::Id(org)),
            Verb::MetadataShow => Query::Metadata {
                org,
                privacy: Privacy::Public,
            },
            Verb::MemberList => Query::Members {
                org,
                role: None,
                text: None,
                page,
            },
            Verb::MemberShow => Query::Member(self.member_at()),
            Verb::MemberRoles => Query::MemberRoles(self.member_at()),
            Verb::InviteList => Query::Invites {
                org: Some(org),
                status: Some(InviteStatus::Pending),
                page,
            },
            Verb::RoleList => Query::Roles { org: Some(org) },
            Verb::UserFind => Query::Users {
                text: Text::from("kim@acme.example"),
                beside: Some(org),
                page,
            },
            Verb::UserMemberships => Query::Memberships {
                user: self.follows(),
                page,
            },
            _ => return None,
        })
    }

    /// Whose memberships are asked for: the caller's where a token is a person's.
    fn follows(&self) -> UserAt {
        match self.service {
            Service::Balena | Service::Vulos => UserAt::Me(self.profile.clone()),
            Service::Clerk => UserAt::Id(self.user_id()),
        }
    }

    /// The person whose memberships are asked for.
    pub(super) fn followed(&self, world: &World) -> PersonKey {
        match self.service {
            Service::Balena | Service::Vulos => self.caller,
            Service::Clerk => self.now(world).unwrap().person,
        }
    }

    /// A wish that belongs to this verb; `None` for a verb that reads.
    pub(super) async fn wish(&self, verb: Verb, stand: &Stand) -> Option<Wish> {
        let (org, profile) = (self.org_id(), self.profile.clone());
        let can = stand.link.capabilities();
        Some(match verb {
            Verb::OrgCreate => Wish::CreateOrg {
                profile,
                fields: filled(&can.create, self),
                first_member: None,
            },
            Verb::OrgEdit => Wish::EditOrg {
                org,
                fields: filled(&can.edit, self),
            },
            Verb::OrgDelete => Wish::DeleteOrg { org },
            Verb::LogoSet => Wish::SetLogo {
                org,
                image: image(),
            },
            Verb::LogoRemove => Wish::RemoveLogo { org },
            Verb::MetadataSet => Wish::SetMetadata {
                org,
                merge: json!({"plan": null, "tier": {"level": 2}}),
            },
            Verb::MemberAdd => Wish::AddMember {
                org,
                user: self.stranger_id(),
                role: Role::named(self.role),
                metadata: None,
            },
            Verb::MemberRole => Wish::SetRoles {
                member: self.member_at(),
                from: self.held(stand).await,
                to: vec![Role::named(self.role)],
            },
            Verb::MemberRemove => Wish::RemoveMember {
                member: Box::new(self.shown()),
            },
            Verb::MemberLeave => Wish::Leave { org },
            Verb::InviteCreate => Wish::Invite {
                org,
                drafts: vec![draft(&can.invite, self)],
            },
            Verb::InviteRevoke => Wish::RevokeInvite {
                invite: Box::new(self.open(stand).await),
            },
            Verb::InviteResend => Wish::Resend(self.again(stand).await),
            Verb::InviteAccept => Wish::AcceptInvite {
                profile,
                token: Secret::new(self.token.as_str()),
            },
            _ => return None,
        })
    }

    fn shown(&self) -> Member {
        Member::reference(self.member_at(), self.member_id())
    }

    /// The roles of the member as a screen shows them.
    async fn held(&self, stand: &Stand) -> Vec<Assignment> {
        match stand.link.query(Query::MemberRoles(self.member_at())).await {
            Ok(Answer::Assignments(held)) => held,
            _ => Vec::new(),
        }
    }

    /// The open invite as a screen shows it.
    async fn open(&self, stand: &Stand) -> Invite {
        let at = self.invite_at();
        match stand.link.query(Query::Invite(at.clone())).await {
            Ok(Answer::Invite(invite)) => *invite,
            _ => unlisted(at, self.email()),
        }
    }

    /// What is sent again: an invite that is listed, else an address.
    async fn again(&self, stand: &Stand) -> Resend {
        if stand.link.check(Verb::InviteList).is_ok() {
            return Resend::Listed(Box::new(self.open(stand).await));
        }
        Resend::Address {
            org: self.org_id(),
            email: Text::from(self.email()),
        }
    }
}

/// An invite of which the service tells nothing.
fn unlisted(at: InviteRef, email: &str) -> Invite {
    Invite {
        at,
        org_name: Told::Unknown,
        email: Told::Is(Text::from(email)),
        role: Told::Unknown,
        status: InviteStatus::Pending,
        created: Told::Unknown,
        expires: Told::Unknown,
        inviter: Told::Unknown,
        message: Told::Unknown,
        has_link: Told::Is(InviteLink::Gone),
        metadata: Told::Unknown,
        redirect: Told::Unknown,
    }
}
