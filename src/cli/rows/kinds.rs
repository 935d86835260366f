//! The kinds of records with their fields, and how the values of the domain become records.

use jiff::Timestamp;

use super::record::{Kind, Record};
use crate::domain::connection::{Connection, Principal, PrincipalKind};
use crate::domain::id::Id;
use crate::domain::{
    Assignment, Capabilities, Fact, Invite, Member, Membership, Org, OrgId, Profile, Role, Skew,
    Text, User, Verb,
};
use crate::job::facts::{Beside, Facts, Service, org_id, profile, roles, user_id};

pub(in crate::cli) const ORGS: Kind = Kind {
    name: "orgs",
    fields: Org::FIELDS,
    also: Org::ALSO,
    columns: &[
        "profile",
        "id",
        "name",
        "slug",
        "members",
        "invites",
        "created_at",
    ],
    searched: Org::SEARCHED,
};

pub(in crate::cli) const MEMBERS: Kind = Kind {
    name: "members",
    fields: Member::FIELDS,
    also: Member::ALSO,
    columns: &[
        "id",
        "user_id",
        "name",
        "username",
        "email",
        "roles",
        "joined_at",
    ],
    searched: Member::SEARCHED,
};

pub(in crate::cli) const MEMBERSHIPS: Kind = Kind {
    name: "memberships",
    fields: &[
        "profile",
        "org",
        "org_name",
        "id",
        "user_id",
        "roles",
        "joined_at",
    ],
    also: &[],
    columns: &["org", "org_name", "id", "roles", "joined_at"],
    searched: &["org", "org_name", "id", "roles"],
};

pub(in crate::cli) const INVITES: Kind = Kind {
    name: "invites",
    fields: Invite::FIELDS,
    also: Invite::ALSO,
    columns: &[
        "profile",
        "org",
        "id",
        "email",
        "role",
        "status",
        "created_at",
        "expires_at",
    ],
    searched: Invite::SEARCHED,
};

pub(in crate::cli) const ROLES: Kind = Kind {
    name: "roles",
    fields: &["profile", "org", "key", "name", "id"],
    also: &[],
    columns: &["key", "name", "id"],
    searched: &["key", "name"],
};

pub(in crate::cli) const USERS: Kind = Kind {
    name: "users",
    fields: &["profile", "id", "name", "username", "email"],
    also: &[],
    columns: &["id", "name", "username", "email"],
    searched: &["id", "name", "username", "email"],
};

pub(in crate::cli) const WHOAMI: Kind = Kind {
    name: "whoami",
    fields: &[
        "profile",
        "provider",
        "kind",
        "id",
        "name",
        "email",
        "can_write",
    ],
    also: &[],
    columns: &[
        "profile",
        "provider",
        "kind",
        "id",
        "name",
        "email",
        "can_write",
    ],
    searched: &["profile", "name", "email"],
};

pub(in crate::cli) const RESULTS: Kind = Kind {
    name: "results",
    fields: &[
        "profile",
        "org",
        "target",
        "verb",
        "outcome",
        "message",
        "request_id",
    ],
    also: &[],
    columns: &["target", "verb", "outcome", "message"],
    searched: &["target", "outcome"],
};

/// The record of what has public names.
fn told<T: Facts>(kind: &'static Kind, item: &T, beside: &Beside) -> Record {
    let fact = |name: &&str| item.fact(name, beside).unwrap_or(Fact::Unknown);
    Record {
        also: kind.also.iter().map(fact).collect(),
        ..Record::new(kind, kind.fields.iter().map(fact).collect())
    }
}

/// An organization of a connection.
pub(in crate::cli) fn org(connection: &Connection, org: &Org) -> Record {
    let service = Service {
        name: connection.service,
        skew: Skew::default(),
    };
    let services = vec![(connection.profile.clone(), service)];
    let beside = Beside {
        services,
        ..Beside::default()
    };
    told(&ORGS, org, &beside)
}

/// A member of an organization.
pub(in crate::cli) fn member(member: &Member) -> Record {
    told(&MEMBERS, member, &Beside::default())
}

/// A membership of one person.
pub(in crate::cli) fn membership(membership: &Membership) -> Record {
    let member = &membership.member;
    let facts = vec![
        profile(member.at.org.profile()),
        org_id(&member.at.org),
        Fact::text(&membership.org_name),
        Fact::Text(member.id.text().clone()),
        user_id(&member.user),
        roles(&member.roles, |held| &held.role.key.0),
        Fact::time(&member.joined),
    ];
    Record::new(&MEMBERSHIPS, facts)
}

/// An invite as it stands at a point in time by its service's clock.
pub(in crate::cli) fn invite(invite: &Invite, now: Timestamp) -> Record {
    let beside = Beside {
        now,
        ..Beside::default()
    };
    told(&INVITES, invite, &beside)
}

/// A role that can be given.
pub(in crate::cli) fn role(of: &Profile, org: Option<&OrgId>, role: &Role) -> Record {
    let id = role.id.as_ref().map(Id::text);
    named((of, org), role, id)
}

/// A role that a member holds in an organization. Where giving a role makes something with an id of its own,
/// that id is it.
pub(in crate::cli) fn held((of, org): (&Profile, &OrgId), held: &Assignment) -> Record {
    let own = held.id.as_ref().map(Id::text);
    let id = own.or(held.role.id.as_ref().map(Id::text));
    named((of, Some(org)), &held.role, id)
}

fn named((of, org): (&Profile, Option<&OrgId>), role: &Role, id: Option<&Text>) -> Record {
    let facts = vec![
        profile(of),
        org.map_or(Fact::Empty, org_id),
        Fact::Text(role.key.0.clone()),
        Fact::Text(role.name.clone()),
        id.map_or(Fact::Empty, |id| Fact::Text(id.clone())),
    ];
    Record::new(&ROLES, facts)
}

/// A user of a service.
pub(in crate::cli) fn user(user: &User) -> Record {
    let facts = vec![
        profile(user.id.profile()),
        Fact::Text(user.id.text().clone()),
        Fact::text(&user.name),
        Fact::text(&user.username),
        Fact::text(&user.email),
    ];
    Record::new(&USERS, facts)
}

/// Who a credential acts as, and whether anything could be changed with it from here.
pub(in crate::cli) fn principal(
    connection: &Connection,
    capabilities: &Capabilities,
    who: &Principal,
) -> Record {
    let writes = Verb::ALL.iter().filter(|verb| !verb.is_read());
    let offered = writes
        .filter(|verb| capabilities.refusal(**verb).is_none())
        .count()
        > 0;
    let open = connection.access == crate::domain::connection::Access::Full;
    let device = who.kind == PrincipalKind::Device;
    let id = who.user.as_ref();
    let facts = vec![
        profile(&connection.profile),
        Fact::ours(connection.service),
        Fact::ours(who.kind.key()),
        id.map_or(Fact::Empty, |id| Fact::Text(id.text().clone())),
        Fact::Text(who.label.clone()),
        Fact::text(&who.email),
        Fact::Flag(offered && open && !device),
    ];
    Record::new(&WHOAMI, facts)
}
