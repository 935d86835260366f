//! The records that the contract is tried on: taken from the world, not from what an adapter told.

use orgdeck::domain::{Image, InviteId, InviteRef, MemberId, MemberRef, OrgId, Profile, UserId};
use orgdeck::sandbox::Service;
use orgdeck::sandbox::world::{self, Key, PersonKey, World};

use super::{Stand, profile};

/// Who and what the verbs are tried on.
pub(super) struct Cast {
    /// The profile that the ids are of.
    pub(super) profile: Profile,
    pub(super) service: Service,
    /// An organization with members and an open invite.
    pub(super) org: Key,
    /// Somebody in it who is not the caller.
    pub(super) member: Key,
    /// Its open invite.
    pub(super) invite: Key,
    /// The caller, where a token is a person's.
    pub(super) caller: PersonKey,
    /// An account that is no member.
    pub(super) stranger: PersonKey,
    /// A role that the member does not hold.
    pub(super) role: &'static str,
    /// What opens an invite of the caller to another organization.
    pub(super) token: String,
    /// That other organization.
    pub(super) elsewhere: Key,
    ids: Ids,
}

/// The ids of the cast, as the service writes them.
struct Ids {
    org: String,
    member: String,
    user: String,
    invite: String,
    email: String,
    stranger: String,
}

impl Cast {
    pub(super) fn of(stand: &Stand) -> Self {
        stand
            .sandbox
            .world(|world| Self::in_world(world, stand.kind))
    }

    /// The same people and things under the name of another profile.
    pub(super) fn foreign(mut self) -> Self {
        self.profile = Profile::new("other");
        self
    }

    fn in_world(world: &mut World, service: Service) -> Self {
        let (org, person, invited, role) = match service {
            Service::Balena => (
                "Acme Fleet",
                "bo@acme.example",
                "hal@acme.example",
                "administrator",
            ),
            Service::Clerk => (
                "Acme Shop",
                "bo@acme.example",
                "hal@acme.example",
                "org:admin",
            ),
            Service::Vulos => (
                "Harbour Pilots",
                "ines@pilots.example",
                "new.pilot@pilots.example",
                "Admin",
            ),
        };
        let (elsewhere, token) = invited_elsewhere(world, service);
        let person_key = |email| world.person_by_email(email).unwrap().key;
        let stranger = person_key("kim@acme.example");
        let org = world.orgs(service).find(|one| one.name == org).unwrap();
        let member = world.membership(org.key, person_key(person)).unwrap();
        let invite = world
            .invites_of(org.key)
            .find(|one| one.email == invited)
            .unwrap();
        let id = |key| {
            world
                .person(key)
                .unwrap()
                .id(service)
                .unwrap_or("1")
                .to_owned()
        };
        Self {
            profile: profile(),
            service,
            org: org.key,
            member: member.key,
            invite: invite.key,
            caller: person_key("ana@acme.example"),
            stranger,
            role,
            token,
            elsewhere,
            ids: Ids {
                org: org.id.clone(),
                member: member.id.clone(),
                user: id(member.person),
                invite: invite.id.clone(),
                email: invite.email.clone(),
                stranger: id(stranger),
            },
        }
    }

    pub(super) fn org_id(&self) -> OrgId {
        OrgId::new(&self.profile, self.ids.org.as_str())
    }

    pub(super) fn user_id(&self) -> UserId {
        UserId::new(&self.profile, self.ids.user.as_str())
    }

    pub(super) fn stranger_id(&self) -> UserId {
        UserId::new(&self.profile, self.ids.stranger.as_str())
    }

    pub(super) fn member_id(&self) -> MemberId {
        MemberId::new(&self.profile, self.ids.member.as_str())
    }

    pub(super) fn invite_at(&self) -> InviteRef {
        InviteRef {
            org: self.org_id(),
            id: InviteId::new(&self.profile, self.ids.invite.as_str()),
        }
    }

    /// The address of the open invite.
    pub(super) fn email(&self) -> &str {
        &self.ids.email
    }

    /// The name under which the service addresses the member.
    pub(super) fn member_at(&self) -> MemberRef {
        match self.service {
            Service::Balena | Service::Vulos => MemberRef::id(&self.org_id(), &self.member_id()),
            Service::Clerk => MemberRef::user(&self.org_id(), &self.user_id()),
        }
    }

    /// A role that neither the caller, the member nor the invite of the cast has.
    pub(super) fn other(&self) -> &'static str {
        match self.service {
            Service::Balena => "observer",
            Service::Clerk => "org:billing",
            Service::Vulos => "another",
        }
    }

    /// The member as it is in the world.
    pub(super) fn now<'a>(&self, world: &'a World) -> Option<&'a world::Member> {
        world.member(self.member)
    }
}

/// An organization that the caller is not in, and the token of an invite to it.
fn invited_elsewhere(world: &mut World, service: Service) -> (Key, String) {
    let owner = world.person_by_email("zed@partner.example").unwrap().key;
    let org = world.add_org(service, |org| {
        "Elsewhere".clone_into(&mut org.name);
        org.created_by = Some(owner);
    });
    let invite = world.add_invite(org, "ana@acme.example", |_| {}).unwrap();
    (org, world.invite(invite).unwrap().token.clone())
}

/// A picture, as far as anybody looks at it.
pub(super) fn image() -> Image {
    Image::new("logo.png", b"\x89PNG\r\n\x1a\n and the picture".to_vec()).unwrap()
}
