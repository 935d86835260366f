//! What was seen at the target of a change: compared before it is sent, and again when its answer was lost.

use std::sync::Arc;

use super::{
    Assignment, Fields, Invite, InviteStatus, Member, Mutation, Org, OrgId, Role, Text, Told, Value,
};

/// What is at the target of a step at the time it was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// There is no record to look at.
    Nothing,
    /// There was a look, and there is no such record.
    Gone,
    /// An organization.
    Org(Box<Org>),
    /// A member.
    Member(Box<Member>),
    /// An invite.
    Invite(Box<Invite>),
    /// The open invites of the address.
    Invites(Vec<Invite>),
    /// The organizations that have the name, or may have it where the list does not tell.
    Orgs(Vec<OrgId>),
}

impl Seen {
    /// Whether both are the same in what a person decides by; counts and dates of change may move.
    pub fn agrees_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Org(before), Self::Org(now)) => {
                before.id == now.id
                    && before.name == now.name
                    && before.slug == now.slug
                    && before.agrees_on_logo(now)
                    && same_attributes(before, now)
            }
            (Self::Member(before), Self::Member(now)) => {
                before.user == now.user && same_roles(before, now)
            }
            (Self::Invite(before), Self::Invite(now)) => same_invite(before, now),
            (Self::Invites(before), Self::Invites(now)) => {
                before.len() == now.len() && before.iter().zip(now).all(|(a, b)| same_invite(a, b))
            }
            (Self::Orgs(before), Self::Orgs(now)) => before == now,
            (Self::Nothing, Self::Nothing) | (Self::Gone, Self::Gone) => true,
            (
                Self::Nothing
                | Self::Gone
                | Self::Org(_)
                | Self::Member(_)
                | Self::Invite(_)
                | Self::Invites(_)
                | Self::Orgs(_),
                _,
            ) => false,
        }
    }

    /// The record as it will be when `change` was applied to it. What cannot be known stays as it is.
    #[must_use]
    pub fn after(mut self, change: &Mutation) -> Self {
        match (&mut self, change) {
            (Self::Invites(open), Mutation::RevokeInvite { invite }) => {
                open.retain(|other| other.at != *invite);
            }
            (Self::Member(member), Mutation::SetRole { role, .. }) => {
                member.roles = Told::Is(Arc::default());
                give(member, role);
            }
            (Self::Member(_), Mutation::RemoveMember { .. })
            | (Self::Org(_), Mutation::DeleteOrg { .. }) => self = Self::Gone,
            (Self::Org(org), Mutation::RemoveLogo { .. }) => org.logo = Told::Empty,
            (Self::Invite(invite), Mutation::RevokeInvite { .. }) => {
                invite.status = InviteStatus::Revoked;
            }
            (Self::Member(member), Mutation::GiveRole { role, .. }) => give(member, role),
            (Self::Member(member), Mutation::TakeRole { assignment, .. }) => {
                let mut roles = member.assignments().to_vec();
                roles.retain(|held| held.id.as_ref() != Some(assignment));
                member.roles = Told::Is(roles.into());
            }
            (Self::Org(org), Mutation::EditOrg { fields, .. }) => edit(org, fields),
            (Self::Org(org), Mutation::MergeMetadata { merge, .. }) => merge_metadata(org, merge),
            _ => {}
        }
        self
    }

    /// Whether what should go is not there: no record, or an invite that was taken back.
    pub fn is_gone(&self) -> bool {
        *self == Self::Gone || self.has_status(&InviteStatus::Revoked)
    }

    /// Whether it is an invite that brought its person in: there is nothing to take back any more, and much
    /// less is it as if it had been.
    pub fn is_accepted(&self) -> bool {
        self.has_status(&InviteStatus::Accepted)
    }

    fn has_status(&self, status: &InviteStatus) -> bool {
        matches!(self, Self::Invite(invite) if invite.status == *status)
    }
}

/// The same attributes in any order; one that is not there is one that cannot be told.
fn same_attributes(before: &Org, now: &Org) -> bool {
    let told = |org: &Org, key: &str| org.attribute(key).cloned().unwrap_or_default();
    let all = before.attributes.iter().chain(&now.attributes);
    all.map(|attribute| attribute.key)
        .all(|key| told(before, key) == told(now, key))
}

/// The same roles in any order; an assignment whose id is not known yet is matched by its role.
fn same_roles(before: &Member, now: &Member) -> bool {
    let key = |held: &Assignment| held.role.key.clone();
    let sorted = |member: &Member| {
        let mut keys: Vec<_> = member.assignments().iter().map(key).collect();
        keys.sort();
        keys
    };
    let ids_stay = before
        .assignments()
        .iter()
        .all(|held| held.id.is_none() || now.assignments().iter().any(|other| other.id == held.id));
    before.roles.known().is_some() == now.roles.known().is_some()
        && sorted(before) == sorted(now)
        && ids_stay
}

fn same_invite(before: &Invite, now: &Invite) -> bool {
    before.at == now.at
        && before.email == now.email
        && before.role == now.role
        && before.status == now.status
}

fn give(member: &mut Member, role: &Role) {
    let mut roles = member.assignments().to_vec();
    roles.push(Assignment {
        role: role.clone(),
        id: None,
    });
    member.roles = Told::Is(roles.into());
}

fn edit(org: &mut Org, fields: &Fields) {
    for (key, value) in fields.iter() {
        let text = || Told::or_empty(value.text().filter(|text| !text.is_empty()).cloned());
        match key {
            "name" => org.name = text(),
            "slug" => org.slug = text(),
            _ => set(org, key, value.clone()),
        }
    }
}

fn set(org: &mut Org, key: &str, value: Value) {
    let is_empty = value.text().is_some_and(Text::is_empty);
    let value = if is_empty {
        Told::Empty
    } else {
        Told::Is(value)
    };
    if let Some(attribute) = org.attributes.iter_mut().find(|known| known.key == key) {
        attribute.value = value;
    }
}

pub(super) fn merge_metadata(org: &mut Org, merge: &serde_json::Value) {
    let known = org.attribute("public_metadata").and_then(Told::known);
    let mut document = match known {
        Some(Value::Json(document)) => document.clone(),
        _ => serde_json::json!({}),
    };
    deep_merge(&mut document, merge);
    set(org, "public_metadata", Value::Json(document));
}

/// Objects are merged key by key at every level, null removes its key, everything else is replaced.
pub(crate) fn deep_merge(document: &mut serde_json::Value, merge: &serde_json::Value) {
    let Some(from) = merge.as_object() else {
        *document = merge.clone();
        return;
    };
    let mut into = document.as_object().cloned().unwrap_or_default();
    for (key, value) in from {
        if value.is_null() {
            into.remove(key);
        } else {
            deep_merge(into.entry(key).or_insert(serde_json::Value::Null), value);
        }
    }
    *document = into.into();
}
