//! Records to test with: two profiles, and one of everything.

use orgdeck::domain::{
    Assignment, AssignmentId, Invite, InviteId, InviteRef, InviteStatus, Member, MemberId,
    MemberRef, Org, OrgId, Profile, Role, Text, Told, UserId,
};

/// The profile of most records.
pub(crate) fn profile() -> Profile {
    Profile::new("work")
}

/// Another one.
pub(crate) fn other_profile() -> Profile {
    Profile::new("home")
}

/// The organization `key`, of which only the id is known.
pub(crate) fn org(key: &str) -> Org {
    Org::reference(org_id(key))
}

/// The same with a name.
pub(crate) fn named_org(key: &str, name: &str) -> Org {
    Org {
        name: Told::Is(Text::from(name)),
        ..org(key)
    }
}

/// The id of an organization.
pub(crate) fn org_id(key: &str) -> OrgId {
    OrgId::new(&profile(), key)
}

/// The id of a user.
pub(crate) fn user_id(key: &str) -> UserId {
    UserId::new(&profile(), key)
}

/// How the membership `key` of the organization `1` is addressed.
pub(crate) fn member_ref(key: &str) -> MemberRef {
    MemberRef::id(&org_id("1"), &MemberId::new(&profile(), key))
}

/// The membership `key` of the organization `1`, with these roles and their ids.
pub(crate) fn member(key: &str, roles: &[(&str, &str)]) -> Member {
    let held = |(role, id): &(&str, &str)| Assignment {
        role: Role::named(*role),
        id: (!id.is_empty()).then(|| AssignmentId::new(&profile(), *id)),
    };
    Member {
        user: Told::Is(user_id("u1")),
        roles: Told::Is(roles.iter().map(held).collect()),
        ..Member::reference(member_ref(key), MemberId::new(&profile(), key))
    }
}

/// The open invite `key` of the organization `1`.
pub(crate) fn invite(key: &str) -> Invite {
    Invite {
        at: invite_ref(key),
        org_name: Told::Unknown,
        email: Told::Is(Text::from("new@example.com")),
        role: Told::Is(Role::named("member")),
        status: InviteStatus::Pending,
        created: Told::Unknown,
        expires: Told::Unknown,
        inviter: Told::Unknown,
        message: Told::Unknown,
        has_link: Told::Unknown,
        metadata: Told::Unknown,
        redirect: Told::Unknown,
    }
}

/// How it is addressed.
pub(crate) fn invite_ref(key: &str) -> InviteRef {
    InviteRef {
        org: org_id("1"),
        id: InviteId::new(&profile(), key),
    }
}
