//! Invites: of one organization, of all that the caller sees, one by its id, those of an address.
//!
//! An invite is there while it is open and gone when it was accepted or revoked: it has no date, no
//! status and no end, and its token travels in the mail alone.

use serde_json::Value as Json;

use super::Balena;
use super::odata::{Key, Resource, all_of, contains, options};
use super::page::{Shape, Window, rows};
use super::roles::role;
use super::wire::{self, Link, text};
use crate::domain::query::Reply;
use crate::domain::{
    Answer, ApiError, Cursor, Fault, Invite, InviteId, InviteRef, InviteStatus, OrgId, Page,
    Profile, Request, Row, Text, Told, Verb,
};

const VERB: Verb = Verb::InviteList;
const PER_PAGE: usize = 100;
const LINKS: &str = "invitee($select=id,email),organization_membership_role($select=id,name),\
is_created_by__user($select=id,username)";
const ORG_LINK: &str = "is_invited_to__organization($select=id,name)";
const FIELDS: &str = "id,message";
const NEWEST_FIRST: &str = "id desc";

impl Balena {
    pub(super) async fn invites(
        &self,
        org: Option<&OrgId>,
        status: Option<&InviteStatus>,
        page: &Cursor,
    ) -> Reply {
        let window = Window::at(VERB, page, PER_PAGE)?;
        let condition = match org {
            Some(org) => of_org(&self.number(VERB, org)?),
            None => String::new(),
        };
        self.offered(VERB).await?;
        if status.is_some_and(|status| *status != InviteStatus::Pending) {
            return Ok(Answer::Invites(Page::whole(Vec::new())));
        }
        let request = Request::get(Resource::Invite.path()).query(options(&[
            ("$select", FIELDS),
            ("$expand", &links(org)),
            ("$filter", &condition),
            ("$orderby", NEWEST_FIRST),
            ("$top", &window.top()),
            ("$skip", &window.skip()),
        ]));
        let records = self.records(VERB, &request).await?;
        if let Some(org) = org
            && records.is_empty()
            && window.is_first()
        {
            self.seen_org(VERB, org).await?;
        }
        Ok(Answer::Invites(
            window.page(&records, &self.invite_shape(org)),
        ))
    }

    pub(super) async fn invites_to(&self, org: &OrgId, email: &Text) -> Reply {
        let number = self.number(VERB, org)?;
        self.offered(VERB).await?;
        let of_address = format!("invitee/any(i:{})", contains("i/email", email));
        let request = Request::get(Resource::Invite.path()).query(options(&[
            ("$select", FIELDS),
            ("$expand", &links(Some(org))),
            ("$filter", &all_of(&[of_org(&number), of_address])),
            ("$orderby", NEWEST_FIRST),
        ]));
        let records = self.records(VERB, &request).await?;
        let mut found = rows(&records, 0, &self.invite_shape(Some(org)));
        found.retain(|row: &Row<Invite>| is_to(&row.item, email));
        Ok(Answer::Invites(Page::whole(found)))
    }

    pub(super) async fn invite(&self, verb: Verb, at: &InviteRef) -> Result<Invite, ApiError> {
        let found = self.invite_record(verb, at).await;
        let json = self.within(&at.org, found).await?;
        let found = self.invite_shape(Some(&at.org)).one(verb, &json)?;
        // An id of another organization's invite would otherwise be taken for one of this.
        let here = found.at.org == at.org;
        here.then_some(found)
            .ok_or_else(|| ApiError::new(verb, Fault::Missing))
    }

    pub(super) async fn raw_invite(&self, at: &InviteRef) -> Reply {
        let json = self.invite_record(VERB, at).await?;
        Ok(super::raw::answer(json))
    }

    async fn invite_record(&self, verb: Verb, at: &InviteRef) -> Result<Json, ApiError> {
        let key = self.invite_key(verb, at)?;
        self.offered(verb).await?;
        let query = options(&[("$select", FIELDS), ("$expand", &links(None))]);
        let request = Request::get(Resource::Invite.at(&key)).query(query);
        self.record(verb, &request).await
    }

    pub(super) fn invite_key(&self, verb: Verb, at: &InviteRef) -> Result<Key, ApiError> {
        self.number(verb, &at.org)?;
        Ok(Key::id(&self.number(verb, &at.id)?))
    }

    fn invite_shape<'a>(&'a self, org: Option<&'a OrgId>) -> InviteShape<'a> {
        InviteShape {
            profile: self.transport.profile(),
            org,
        }
    }
}

fn of_org(org: &super::odata::Number) -> String {
    format!("is_invited_to__organization eq {org}")
}

/// The organization is named where it is not the one that was asked about.
fn links(org: Option<&OrgId>) -> String {
    match org {
        Some(_) => LINKS.to_owned(),
        None => format!("{LINKS},{ORG_LINK}"),
    }
}

/// The service was asked for addresses that contain this one.
fn is_to(invite: &Invite, email: &Text) -> bool {
    let same = |other: &Text| other.raw().to_lowercase() == email.raw().to_lowercase();
    invite.email.known().is_some_and(same)
}

/// Makes invites of one profile.
struct InviteShape<'a> {
    profile: &'a Profile,
    /// The organization that was asked about; what the record says of itself comes first.
    org: Option<&'a OrgId>,
}

impl Shape for InviteShape<'_> {
    type Wire = wire::Invite;
    type Item = Invite;

    fn whole(&self, record: wire::Invite) -> Result<Invite, Text> {
        let link = record.org.and_then(Link::known);
        let told = link
            .as_ref()
            .map(|org| OrgId::new(self.profile, org.id.text()));
        let org = told.as_ref().or(self.org);
        let org = org.ok_or_else(|| Text::from("field is_invited_to__organization"))?;
        let invitee = record.invitee.and_then(Link::record);
        let role_link = record.role.and_then(Link::record);
        let creator = record.creator.map(Link::known);
        Ok(Invite {
            org_name: link.map_or(Told::Unknown, |org| org.name),
            email: invitee.map_or(Told::Unknown, |invitee| invitee.email),
            role: Told::or_unknown(role_link.and_then(|record| role(self.profile, record))),
            inviter: match creator {
                Some(Some(user)) => user.username,
                Some(None) | None => Told::Empty,
            },
            message: text(record.message),
            ..blank(org, self.invite_id(record.id.text()))
        })
    }

    fn blank(&self, id: Text) -> Invite {
        let nowhere = OrgId::new(self.profile, "");
        blank(self.org.unwrap_or(&nowhere), self.invite_id(id))
    }
}

impl InviteShape<'_> {
    fn invite_id(&self, id: Text) -> InviteId {
        InviteId::new(self.profile, id)
    }
}

/// An open invite of which nothing else is known: there is none that is not open.
fn blank(org: &OrgId, id: InviteId) -> Invite {
    Invite {
        at: InviteRef {
            org: org.clone(),
            id,
        },
        org_name: Told::Unknown,
        email: Told::Unknown,
        role: Told::Unknown,
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
