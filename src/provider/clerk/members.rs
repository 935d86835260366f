//! Members: lists with the service's own filters, single ones, and the memberships of one person.
//!
//! Requests name a membership by its user. One that is known by its own id alone is looked for in the list.

use serde::Deserialize;
use serde_json::Value as Json;

use super::Clerk;
use super::capabilities::{BY_USER, NOBODY};
use super::field::{Field, Odd, record};
use super::pages::{self, LARGEST, List, Reading, Slice};
use super::{invites, path, wire};
use crate::domain::{
    ApiError, Assignment, Cursor, Fault, Member, MemberBy, MemberId, MemberRef, Membership, OrgId,
    Page, Profile, Request, Role, RoleKey, Text, Told, UserAt, UserId, Verb,
};
use crate::provider::encode;

/// Members on a page.
const LIMIT: u64 = 100;

/// Pages that are walked for one membership: no list of members is read further.
const MOST_PAGES: usize = 2_000;

/// What the service narrows a list of members to.
pub(super) struct Filter {
    /// Only those with this role.
    pub(super) role: Option<RoleKey>,
    /// Only those that fit this text.
    pub(super) text: Option<Text>,
}

/// What a membership is found by.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Names {
    id: Field<Text>,
    public_user_data: Field<wire::PublicUser>,
}

impl Clerk {
    /// A page of an organization's members.
    pub(super) async fn members(
        &self,
        org: &OrgId,
        filter: &Filter,
        cursor: &Cursor,
    ) -> Result<Page<Member>, ApiError> {
        let verb = Verb::MemberList;
        let slice = Slice::at(cursor, LIMIT);
        let params = slice
            .params()
            .maybe("role", filter.role.as_ref().map(RoleKey::raw))
            .maybe("query", filter.text.as_ref().map(Text::raw));
        let request = Request::get(path::memberships(org)).query(params);
        let response = self.get_page(verb, slice, &request).await?;
        let reading = Reading {
            read: |record: wire::Membership| record.read(org),
            blank: |id| blank(org, id),
        };
        pages::page((verb, &response), slice, &reading)
    }

    /// One member.
    pub(super) async fn member(&self, at: &MemberRef) -> Result<Member, ApiError> {
        self.find(Verb::MemberShow, at).await
    }

    /// The one role of a member, read fresh.
    pub(super) async fn member_roles(&self, at: &MemberRef) -> Result<Vec<Assignment>, ApiError> {
        let verb = Verb::MemberRoles;
        match self.find(verb, at).await?.roles {
            Told::Is(roles) => Ok(roles.to_vec()),
            Told::Empty | Told::Unknown => Err(Odd::missing("role").error(verb)),
        }
    }

    /// The name of a membership in requests, read from the list where its user is not known.
    pub(super) async fn by_user(&self, verb: Verb, at: MemberRef) -> Result<MemberRef, ApiError> {
        self.check_member(verb, &at)?;
        let at = match at.by {
            MemberBy::User(_) => at,
            MemberBy::Id(_) => self.find(verb, &at).await?.at,
        };
        match at.by {
            MemberBy::User(_) => Ok(at),
            MemberBy::Id(_) => Err(ApiError::new(verb, Fault::NotOffered(BY_USER))),
        }
    }

    /// A page of the memberships of one person.
    pub(super) async fn memberships(
        &self,
        user: &UserAt,
        cursor: &Cursor,
    ) -> Result<Page<Membership>, ApiError> {
        let verb = Verb::UserMemberships;
        let user = match user {
            UserAt::Id(id) => id.clone(),
            UserAt::Name(_, name) => self.user_named(verb, name).await?,
            UserAt::Me(_) => {
                return Err(ApiError::new(verb, Fault::NotOffered(NOBODY)));
            }
        };
        let slice = Slice::at(cursor, LIMIT);
        let place = format!("/v1/users/{}/organization_memberships", encode(user.raw()));
        let request = Request::get(place).query(slice.params());
        let response = self.get_page(verb, slice, &request).await?;
        let reading = Reading {
            read: |record: wire::Membership| record.of(&user),
            blank: |id| Membership {
                member: blank(&nowhere(self.profile()), id),
                org_name: Told::Unknown,
            },
        };
        pages::page((verb, &response), slice, &reading)
    }

    async fn find(&self, verb: Verb, at: &MemberRef) -> Result<Member, ApiError> {
        let found = self.membership(verb, at).await?;
        record(found)
            .and_then(|record: wire::Membership| record.read(&at.org))
            .map_err(|odd| odd.error(verb))
    }

    /// The record of one membership as it came. There is no call for it: the list is narrowed to the
    /// user, and walked where only the membership's own id is known.
    pub(super) async fn membership(&self, verb: Verb, at: &MemberRef) -> Result<Json, ApiError> {
        let mut cursor = Cursor::FIRST;
        for _ in 0..MOST_PAGES {
            let slice = Slice::at(&cursor, LARGEST);
            let params = match &at.by {
                MemberBy::User(user) => slice.params().with("user_id", user.raw()),
                MemberBy::Id(_) => slice.params(),
            };
            let request = Request::get(path::memberships(&at.org)).query(params);
            let response = self.get(verb, &request).await?;
            let list = pages::list(List::of, (verb, &response))?;
            if let Some(found) = list.records.iter().find(|json| is_named(json, &at.by)) {
                return Ok(found.clone());
            }
            cursor = slice
                .following(&list)
                .ok_or_else(|| ApiError::new(verb, Fault::Missing))?;
        }
        Err(ApiError::new(verb, Fault::TooLarge))
    }
}

fn is_named(json: &Json, by: &MemberBy) -> bool {
    let names = Names::deserialize(json).unwrap_or_default();
    let (name, wanted) = match by {
        MemberBy::Id(id) => (names.id, id.text()),
        MemberBy::User(user) => {
            let person = names.public_user_data.known();
            (
                person.map_or(Field::Absent, |person| person.user_id),
                user.text(),
            )
        }
    };
    name.known().as_ref() == Some(wanted)
}

fn blank(org: &OrgId, id: Text) -> Member {
    let id = MemberId::new(org.profile(), id);
    Member::reference(MemberRef::id(org, &id), id)
}

/// Stands for the organization of a membership that does not say it.
fn nowhere(profile: &Profile) -> OrgId {
    OrgId::new(profile, "(unknown)")
}

impl wire::Membership {
    /// The record as a member of this organization.
    pub(super) fn read(self, org: &OrgId) -> Result<Member, Odd> {
        let person = self.public_user_data.optional("public_user_data")?;
        let role = self.role.filled("role")?;
        let role_name = self.role_name.filled("role_name")?;
        let id = MemberId::new(org.profile(), self.id.id("id")?);
        let mut member = Member {
            roles: Told::or_unknown(role.map(|key| [holding(key, role_name)].into())),
            joined: self.created_at.0,
            metadata: invites::metadata(self.public_metadata)?,
            ..Member::reference(MemberRef::id(org, &id), id)
        };
        if let Some(person) = person {
            person.fill(&mut member)?;
        }
        Ok(member)
    }

    /// The record as a membership of this user, in the organization that it names.
    fn of(mut self, user: &UserId) -> Result<Membership, Odd> {
        let organization = std::mem::take(&mut self.organization);
        let organization = organization
            .optional("organization")?
            .ok_or(Odd::missing("organization"))?;
        let org = OrgId::new(user.profile(), organization.id.id("organization.id")?);
        let mut member = self.read(&org)?;
        if member.user == Told::Unknown {
            member.user = Told::Is(user.clone());
            member.at = MemberRef::user(&org, user);
        }
        Ok(Membership {
            member,
            org_name: Told::or_empty(organization.name.filled("organization.name")?),
        })
    }
}

fn holding(key: Text, name: Option<Text>) -> Assignment {
    Assignment {
        role: role(key, name),
        id: None,
    }
}

/// A role as memberships and invitations tell it: by key, with a name for people.
pub(super) fn role(key: Text, name: Option<Text>) -> Role {
    let named = Role::named(key);
    Role {
        name: name.unwrap_or_else(|| named.name.clone()),
        ..named
    }
}

impl wire::PublicUser {
    fn fill(self, member: &mut Member) -> Result<(), Odd> {
        let user = self.user_id.filled("public_user_data.user_id")?;
        if let Some(user) = user {
            let user = UserId::new(member.id.profile(), user);
            member.at = MemberRef::user(&member.at.org, &user);
            member.user = Told::Is(user);
        }
        member.email = address(self.identifier.told("public_user_data.identifier")?);
        member.name = full_name(
            self.first_name.filled("public_user_data.first_name")?,
            self.last_name.filled("public_user_data.last_name")?,
        );
        member.username = Told::or_empty(self.username.filled("public_user_data.username")?);
        Ok(())
    }

    /// What an inviter is called: by name, else by address or whatever identifies the person.
    pub(super) fn called(self) -> Result<Told<Text>, Odd> {
        let identifier = self.identifier.filled("public_inviter_data.identifier")?;
        let name = full_name(
            self.first_name.filled("public_inviter_data.first_name")?,
            self.last_name.filled("public_inviter_data.last_name")?,
        );
        Ok(match (name, identifier) {
            (Told::Is(name), _) => Told::Is(name),
            (Told::Empty | Told::Unknown, identifier) => Told::or_unknown(identifier),
        })
    }
}

/// The identifier is mostly the e-mail address; a user name or telephone number in its place is none.
fn address(identifier: Told<Text>) -> Told<Text> {
    match identifier {
        Told::Is(text) if text.raw().contains('@') => Told::Is(text),
        Told::Is(_) | Told::Unknown => Told::Unknown,
        Told::Empty => Told::Empty,
    }
}

/// First and last name as one.
pub(super) fn full_name(first: Option<Text>, last: Option<Text>) -> Told<Text> {
    match (first, last) {
        (Some(first), Some(last)) => {
            Told::Is(Text::from(format!("{} {}", first.raw(), last.raw())))
        }
        (Some(one), None) | (None, Some(one)) => Told::Is(one),
        (None, None) => Told::Empty,
    }
}
