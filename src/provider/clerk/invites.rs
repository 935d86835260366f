//! Invites: of one organization or of the whole instance, by status.
//!
//! The link of an invitation lets its holder join. It is never kept, only whether there is one.

use serde_json::{Map, Value as Json};

use super::field::{Field, Odd};
use super::pages::{self, LARGEST, Reading, Slice};
use super::path::{self, Params};
use super::wire;
use super::{Clerk, members};
use crate::domain::invite::Link;
use crate::domain::{
    ApiError, Cursor, Invite, InviteId, InviteRef, InviteStatus, OrgId, Page, Profile, Request,
    Role, Text, Told, Verb,
};

/// Invites on a page.
const LIMIT: u64 = 100;

impl Clerk {
    /// A page of invites; without a status those of every status, without an organization those of all.
    pub(super) async fn invites(
        &self,
        org: Option<&OrgId>,
        status: Option<&InviteStatus>,
        cursor: &Cursor,
    ) -> Result<Page<Invite>, ApiError> {
        let slice = Slice::at(cursor, LIMIT);
        let place = org.map_or("/v1/organization_invitations".to_owned(), path::invitations);
        let params = slice
            .params()
            .maybe("status", status.map(InviteStatus::key));
        let home = org.cloned();
        self.invite_page(home, slice, &Request::get(place).query(params))
            .await
    }

    /// The open invites of one address.
    pub(super) async fn invites_to(
        &self,
        org: &OrgId,
        email: &Text,
    ) -> Result<Page<Invite>, ApiError> {
        let slice = Slice::at(&Cursor::FIRST, LARGEST);
        let params = Params::default()
            .with("email_address", email.raw())
            .with("status", InviteStatus::Pending.key())
            .with("limit", &LARGEST.to_string());
        let request = Request::get(path::invitations(org)).query(params);
        let page = self.invite_page(Some(org.clone()), slice, &request).await?;
        let wanted = email.raw().to_lowercase();
        let same = |invite: &Invite| {
            let email = invite.email.known();
            email.is_some_and(|email| email.raw().to_lowercase() == wanted)
        };
        let rows = page.rows.into_iter().filter(|row| same(&row.item));
        Ok(Page::whole(rows.collect()))
    }

    /// One invite.
    pub(super) async fn invite(&self, at: &InviteRef) -> Result<Invite, ApiError> {
        let request = Request::get(path::invitation(at));
        let read = |record: wire::Invitation| record.read(self.profile(), Some(&at.org));
        self.record(Verb::InviteList, &request, read).await
    }

    async fn invite_page(
        &self,
        home: Option<OrgId>,
        slice: Slice,
        request: &Request,
    ) -> Result<Page<Invite>, ApiError> {
        let verb = Verb::InviteList;
        let response = self.get_page(verb, slice, request).await?;
        let reading = Reading {
            read: |record: wire::Invitation| record.read(self.profile(), home.as_ref()),
            blank: |id| blank(self.profile(), home.as_ref(), id),
        };
        pages::page((verb, &response), slice, &reading)
    }
}

fn blank(profile: &Profile, home: Option<&OrgId>, id: Text) -> Invite {
    let org = home.cloned();
    Invite {
        at: InviteRef {
            org: org.unwrap_or_else(|| OrgId::new(profile, "(unknown)")),
            id: InviteId::new(profile, id),
        },
        org_name: Told::Unknown,
        email: Told::Unknown,
        role: Told::Unknown,
        status: InviteStatus::Other(Text::from("unknown")),
        created: Told::Unknown,
        expires: Told::Unknown,
        inviter: Told::Unknown,
        message: Told::Unknown,
        has_link: Told::Unknown,
        metadata: Told::Unknown,
        redirect: Told::Unknown,
    }
}

impl wire::Invitation {
    /// The record as an invite; `home` is the organization that was asked for, where one was.
    pub(super) fn read(mut self, profile: &Profile, home: Option<&OrgId>) -> Result<Invite, Odd> {
        let id = std::mem::take(&mut self.id).id("id")?;
        let told = std::mem::take(&mut self.organization_id).filled("organization_id")?;
        let org = told.map(|org| OrgId::new(profile, org));
        let org = home
            .cloned()
            .or(org)
            .ok_or(Odd::missing("organization_id"))?;
        Ok(Invite {
            org_name: org_name(self.public_organization_data)?,
            email: Told::or_unknown(self.email_address.filled("email_address")?),
            role: role(self.role, self.role_name)?,
            status: status(self.status)?,
            created: self.created_at.0,
            expires: self.expires_at.0,
            inviter: inviter(self.public_inviter_data, self.inviter_id)?,
            message: Told::Empty,
            has_link: link(&self.url),
            metadata: metadata(self.public_metadata)?,
            ..blank(profile, Some(&org), id)
        })
    }
}

fn org_name(organization: Field<wire::Named>) -> Result<Told<Text>, Odd> {
    let organization = organization.optional("public_organization_data")?;
    let name = organization.map(|named| named.name.filled("public_organization_data.name"));
    Ok(Told::or_unknown(name.transpose()?.flatten()))
}

fn role(key: Field<Text>, name: Field<Text>) -> Result<Told<Role>, Odd> {
    let name = name.filled("role_name")?;
    let key = key.filled("role")?;
    Ok(Told::or_unknown(key.map(|key| members::role(key, name))))
}

fn status(status: Field<Text>) -> Result<InviteStatus, Odd> {
    let Some(status) = status.filled("status")? else {
        return Ok(InviteStatus::Other(Text::from("unknown")));
    };
    Ok(match status.raw() {
        "pending" => InviteStatus::Pending,
        "expired" => InviteStatus::Expired,
        "accepted" => InviteStatus::Accepted,
        "revoked" => InviteStatus::Revoked,
        _ => InviteStatus::Other(status),
    })
}

/// Null stands for nobody: the invite was made with the key alone.
fn inviter(person: Field<wire::PublicUser>, id: Field<Text>) -> Result<Told<Text>, Odd> {
    let id = id.told("inviter_id")?;
    match person.optional("public_inviter_data")? {
        Some(person) => match person.called()? {
            Told::Is(name) => Ok(Told::Is(name)),
            Told::Empty | Told::Unknown => Ok(id),
        },
        None => Ok(id),
    }
}

fn link<T>(url: &Field<T>) -> Told<Link> {
    match url {
        Field::Is(_) | Field::Wrong => Told::Is(Link::Held),
        Field::Null => Told::Is(Link::Gone),
        Field::Absent => Told::Unknown,
    }
}

pub(super) fn metadata(document: Field<Map<String, Json>>) -> Result<Told<Text>, Odd> {
    let document = document.told("public_metadata")?;
    if document == Told::Is(Map::new()) {
        return Ok(Told::Empty);
    }
    Ok(document.map(|document| Text::from(Json::Object(document).to_string())))
}
