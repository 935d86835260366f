//! Organizations: reading them and their metadata.

use serde_json::{Map, Value as Json};

use super::field::{Field, Odd};
use super::pages::{self, Reading, Slice};
use super::path::{self, Params};
use super::wire::Organization;
use super::{Clerk, raw};
use crate::domain::query::{OrgAt, Privacy};
use crate::domain::{
    ApiError, Attribute, Cursor, Logo, Org, OrgId, Page, Profile, Request, Text, Told, Value, Verb,
};

/// Organizations on a page.
const LIMIT: u64 = 50;

impl Clerk {
    /// A page of the instance's organizations, with their counts.
    pub(super) async fn orgs(
        &self,
        text: Option<Text>,
        cursor: &Cursor,
    ) -> Result<Page<Org>, ApiError> {
        let verb = Verb::OrgList;
        let slice = Slice::at(cursor, LIMIT);
        let params = slice
            .params()
            .maybe("query", text.as_ref().map(Text::raw))
            .with("include_members_count", "true");
        let request = Request::get(path::ORGS).query(params);
        let response = self.get_page(verb, slice, &request).await?;
        let reading = Reading {
            read: |record: Organization| record.read(self.profile()),
            blank: |id| Org::reference(OrgId::new(self.profile(), id)),
        };
        pages::page((verb, &response), slice, &reading)
    }

    /// One organization, by id or by slug.
    pub(super) async fn org(&self, at: &OrgAt) -> Result<Org, ApiError> {
        let read = |record: Organization| record.read(self.profile());
        self.record(Verb::OrgShow, &one(at), read).await
    }

    /// One half of an organization's metadata, as indented JSON.
    pub(super) async fn metadata(&self, org: &OrgId, half: Privacy) -> Result<Text, ApiError> {
        let request = one(&OrgAt::Id(org.clone()));
        let read = |record: Organization| {
            let document = match half {
                Privacy::Public => record.public_metadata.optional("public_metadata"),
                Privacy::Private => record.private_metadata.optional("private_metadata"),
            };
            Ok(Json::Object(document?.unwrap_or_default()))
        };
        let document = self.record(Verb::MetadataShow, &request, read).await?;
        Ok(raw::indented(&document))
    }
}

/// The request for one organization, with its counts.
pub(super) fn one(at: &OrgAt) -> Request {
    let place = match at {
        OrgAt::Id(id) => path::org(id),
        OrgAt::Slug(_, slug) => path::org_at(slug.raw()),
    };
    Request::get(place).query(Params::default().with("include_members_count", "true"))
}

impl Organization {
    /// The record as an organization of this profile.
    pub(super) fn read(self, profile: &Profile) -> Result<Org, Odd> {
        Ok(Org {
            id: OrgId::new(profile, self.id.id("id")?),
            name: Told::or_empty(self.name.filled("name")?),
            slug: Told::or_empty(self.slug.filled("slug")?),
            created: self.created_at.0,
            updated: self.updated_at.0,
            logo: logo(self.has_image, self.image_url)?,
            members: self.members_count.count("members_count")?,
            invites: self
                .pending_invitations_count
                .count("pending_invitations_count")?,
            // A key belongs to nobody.
            own: Told::Empty,
            attributes: vec![
                limit(self.max_allowed_memberships)?,
                admin_delete(self.admin_delete_enabled)?,
                Attribute::text("created_by", self.created_by.filled("created_by")?),
                Attribute::text("role_set_key", self.role_set_key.filled("role_set_key")?),
                public_metadata(self.public_metadata)?,
            ],
        })
    }
}

/// There is always an address, of a generated picture where nobody set one.
fn logo(has_image: Field<bool>, url: Field<Text>) -> Result<Told<Logo>, Odd> {
    let url = Told::or_unknown(url.filled("image_url")?);
    Ok(match has_image.optional("has_image")? {
        Some(true) => Told::Is(Logo::at(url)),
        Some(false) => Told::Empty,
        None => Told::Unknown,
    })
}

fn limit(field: Field<i64>) -> Result<Attribute, Odd> {
    let key = "max_allowed_memberships";
    Ok(Attribute::new(key, field.told(key)?.map(Value::Number)))
}

fn admin_delete(field: Field<bool>) -> Result<Attribute, Odd> {
    let key = "admin_delete_enabled";
    Ok(Attribute::new(key, field.told(key)?.map(Value::Flag)))
}

fn public_metadata(field: Field<Map<String, Json>>) -> Result<Attribute, Odd> {
    let key = "public_metadata";
    let document = field.told(key)?.map(Json::Object);
    Ok(Attribute::new(key, document.map(Value::Json)))
}
