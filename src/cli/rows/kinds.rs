//! The kinds of records with their fields, and how the values of the domain become records.

use jiff::Timestamp;
use serde_json::{Map, Value as Json};

use super::record::{Kind, Record};
use crate::domain::connection::{Connection, Principal, PrincipalKind};
use crate::domain::id::Id;
use crate::domain::member::Mine;
use crate::domain::{
    Assignment, Capabilities, Fact, Invite, Member, Membership, Org, OrgId, Profile, Role, Text,
    Told, User, UserId, Value, Verb,
};

pub(in crate::cli) const ORGS: Kind = Kind {
    name: "orgs",
    fields: &[
        "profile",
        "provider",
        "id",
        "name",
        "slug",
        "members",
        "invites",
        "has_logo",
        "logo_url",
        "created_at",
        "updated_at",
        "attributes",
    ],
    columns: &[
        "profile",
        "id",
        "name",
        "slug",
        "members",
        "invites",
        "created_at",
    ],
    searched: &["profile", "id", "name", "slug"],
};

pub(in crate::cli) const MEMBERS: Kind = Kind {
    name: "members",
    fields: &[
        "profile",
        "org",
        "id",
        "user_id",
        "name",
        "username",
        "email",
        "roles",
        "joined_at",
        "is_me",
    ],
    columns: &[
        "id",
        "user_id",
        "name",
        "username",
        "email",
        "roles",
        "joined_at",
    ],
    searched: &["id", "user_id", "name", "username", "email", "roles"],
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
    columns: &["org", "org_name", "id", "roles", "joined_at"],
    searched: &["org", "org_name", "id", "roles"],
};

pub(in crate::cli) const INVITES: Kind = Kind {
    name: "invites",
    fields: &[
        "profile",
        "org",
        "id",
        "email",
        "role",
        "status",
        "created_at",
        "expires_at",
        "inviter",
        "message",
    ],
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
    searched: &["id", "email", "role", "status", "inviter"],
};

pub(in crate::cli) const ROLES: Kind = Kind {
    name: "roles",
    fields: &["profile", "org", "key", "name", "id"],
    columns: &["key", "name", "id"],
    searched: &["key", "name"],
};

pub(in crate::cli) const USERS: Kind = Kind {
    name: "users",
    fields: &["profile", "id", "name", "username", "email"],
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
    columns: &["target", "verb", "outcome", "message"],
    searched: &["target", "outcome"],
};

fn profile(profile: &Profile) -> Fact {
    Fact::Text(profile.text().clone())
}

fn org_id(org: &OrgId) -> Fact {
    Fact::Text(org.text().clone())
}

/// An organization of a connection.
pub(in crate::cli) fn org(connection: &Connection, org: &Org) -> Record {
    let count = |told: &Told<u64>| Fact::told(told, |count| Fact::Number(*count));
    let has_logo = match &org.logo {
        Told::Is(_) => Fact::Flag(true),
        Told::Empty => Fact::Flag(false),
        Told::Unknown => Fact::Unknown,
    };
    let logo_url = org
        .logo
        .known()
        .map_or(Fact::Empty, |logo| Fact::text(&logo.url));
    let facts = vec![
        profile(org.id.profile()),
        Fact::ours(connection.service),
        org_id(&org.id),
        Fact::text(&org.name),
        Fact::text(&org.slug),
        count(&org.members),
        count(&org.invites),
        has_logo,
        logo_url,
        Fact::time(&org.created),
        Fact::time(&org.updated),
        Fact::Json(attributes(org)),
    ];
    Record::new(&ORGS, facts)
}

fn attributes(org: &Org) -> Json {
    let value = |told: &Told<Value>| match told {
        Told::Is(Value::Text(text)) => Json::from(text.raw()),
        Told::Is(Value::Flag(flag)) => Json::from(*flag),
        Told::Is(Value::Number(number)) => Json::from(*number),
        Told::Is(Value::Json(json)) => json.clone(),
        Told::Is(Value::Image(_)) | Told::Empty | Told::Unknown => Json::Null,
    };
    let entries = org.attributes.iter();
    let entries = entries.map(|one| (one.key.to_owned(), value(&one.value)));
    Json::Object(entries.collect::<Map<_, _>>())
}

fn roles(told: &Told<Vec<Assignment>>) -> Fact {
    let keys = |held: &Vec<Assignment>| held.iter().map(|one| one.role.key.0.clone()).collect();
    Fact::told(told, |held| Fact::List(keys(held)))
}

fn user_id(told: &Told<UserId>) -> Fact {
    Fact::told(told, |id| Fact::Text(id.text().clone()))
}

/// A member of an organization.
pub(in crate::cli) fn member(member: &Member) -> Record {
    let is_me = Fact::told(&member.is_me, |mine| Fact::Flag(*mine == Mine::Own));
    let facts = vec![
        profile(member.at.org.profile()),
        org_id(&member.at.org),
        Fact::Text(member.id.text().clone()),
        user_id(&member.user),
        Fact::text(&member.name),
        Fact::text(&member.username),
        Fact::text(&member.email),
        roles(&member.roles),
        Fact::time(&member.joined),
        is_me,
    ];
    Record::new(&MEMBERS, facts)
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
        roles(&member.roles),
        Fact::time(&member.joined),
    ];
    Record::new(&MEMBERSHIPS, facts)
}

/// An invite as it stands at a point in time.
pub(in crate::cli) fn invite(invite: &Invite, now: Timestamp) -> Record {
    let facts = vec![
        profile(invite.at.profile()),
        org_id(&invite.at.org),
        Fact::Text(invite.at.id.text().clone()),
        Fact::text(&invite.email),
        Fact::told(&invite.role, |role| Fact::Text(role.key.0.clone())),
        Fact::ours(invite.status_at(now).key()),
        Fact::time(&invite.created),
        Fact::time(&invite.expires),
        Fact::text(&invite.inviter),
        Fact::text(&invite.message),
    ];
    Record::new(&INVITES, facts)
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
