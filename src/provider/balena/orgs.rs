//! Organizations: their list with counts, one of them, and their fields.

use serde_json::Value as Json;

use super::Balena;
use super::capabilities::Model;
use super::odata::{Key, Resource, all_of, contains, options};
use super::page::{Shape, Window};
use super::wire::{self, text, time};
use crate::domain::query::{OrgAt, Reply, Scope};
use crate::domain::{
    Answer, ApiError, Attribute, Cursor, Fault, Logo, Org, OrgId, Profile, Request, Text, Told,
    Value, Verb,
};

/// The fields that only the cloud keeps. Asking another server for one of them is a 500.
pub(super) const DETAILS: &str = "company_name,website,industry,logo_image,billing_account_code,\
is_frozen,has_past_due_invoice_since__date,is_enforcing_saml_login";

const PER_PAGE: usize = 50;

impl Balena {
    pub(super) async fn orgs(
        &self,
        scope: Scope,
        looked_for: Option<&Text>,
        page: &Cursor,
    ) -> Reply {
        let window = Window::at(Verb::OrgList, page, PER_PAGE)?;
        let model = self.offered(Verb::OrgList).await?;
        let mut conditions = Vec::new();
        // openBalena shows everybody's organizations to everyone, so ours are asked for by name.
        if scope == Scope::Own
            && let Some(me) = self.me(Verb::OrgList).await?
        {
            let me = self.number(Verb::OrgList, &me)?;
            conditions.push(format!("organization_membership/any(om:om/user eq {me})"));
        }
        if let Some(looked_for) = looked_for {
            let (name, handle) = (contains("name", looked_for), contains("handle", looked_for));
            conditions.push(format!("({name} or {handle})"));
        }
        let request = Request::get(Resource::Org.path()).query(options(&[
            ("$select", &fields(model)),
            ("$expand", counts(model)),
            ("$filter", &all_of(&conditions)),
            ("$orderby", window.order("name asc,id asc")),
            ("$top", &window.top()),
            ("$skip", &window.skip()),
        ]));
        let records = self.records(Verb::OrgList, &request).await?;
        Ok(Answer::Orgs(window.page(&records, &self.org_shape(model))))
    }

    pub(super) async fn org(&self, verb: Verb, at: &OrgAt) -> Result<Org, ApiError> {
        let (model, json) = self.org_record(verb, at).await?;
        self.org_shape(model).one(verb, &json)
    }

    pub(super) async fn raw_org(&self, org: &OrgId) -> Reply {
        let at = OrgAt::Id(org.clone());
        let (_, json) = self.org_record(Verb::OrgShow, &at).await?;
        Ok(super::raw::answer(json))
    }

    /// Refuses an organization that is not there: a list of what it holds is empty then as well.
    pub(super) async fn seen_org(&self, verb: Verb, org: &OrgId) -> Result<(), ApiError> {
        let key = Key::id(&self.number(verb, org)?);
        let request = Request::get(Resource::Org.at(&key)).query(options(&[("$select", "id")]));
        self.record(verb, &request).await.map(drop)
    }

    /// A record of an organization, where it was found. One that is not there is only missing while the
    /// organization itself is there for us: of another one we see nothing, whatever it holds.
    pub(super) async fn within(
        &self,
        org: &OrgId,
        found: Result<Json, ApiError>,
    ) -> Result<Json, ApiError> {
        let missing = match found {
            Err(error) if error.fault == Fault::Missing => error,
            found => return found,
        };
        match self.seen_org(missing.verb, org).await {
            Ok(()) => Err(missing),
            Err(error) if error.fault == Fault::Missing => Err(ApiError {
                fault: Fault::Unseen,
                ..missing
            }),
            Err(error) => Err(error),
        }
    }

    async fn org_record(&self, verb: Verb, at: &OrgAt) -> Result<(Model, Json), ApiError> {
        let key = self.org_key(verb, at)?;
        let model = self.offered(verb).await?;
        let query = options(&[("$select", &fields(model)), ("$expand", counts(model))]);
        let request = Request::get(Resource::Org.at(&key)).query(query);
        Ok((model, self.record(verb, &request).await?))
    }

    fn org_key(&self, verb: Verb, at: &OrgAt) -> Result<Key, ApiError> {
        match at {
            OrgAt::Id(org) => Ok(Key::id(&self.number(verb, org)?)),
            OrgAt::Slug(_, handle) => Ok(Key::handle(handle)),
        }
    }

    fn org_shape(&self, model: Model) -> OrgShape<'_> {
        OrgShape {
            profile: self.transport.profile(),
            model,
        }
    }
}

fn fields(model: Model) -> String {
    match model {
        Model::Cloud => format!("id,name,handle,created_at,{DETAILS}"),
        Model::Lean => "id,name,handle,created_at".to_owned(),
        Model::Open => "id,name,handle,created_at,modified_at".to_owned(),
    }
}

fn counts(model: Model) -> &'static str {
    match model {
        Model::Cloud | Model::Lean => "organization_membership/$count,organization_invite/$count",
        Model::Open => "organization_membership/$count",
    }
}

/// Makes organizations of one profile.
struct OrgShape<'a> {
    profile: &'a Profile,
    model: Model,
}

impl Shape for OrgShape<'_> {
    type Wire = wire::Org;
    type Item = Org;

    fn whole(&self, record: wire::Org) -> Result<Org, Text> {
        let details = self.model.has_details();
        Ok(Org {
            attributes: if details {
                attributes(&record)
            } else {
                Vec::new()
            },
            id: OrgId::new(self.profile, record.id.text()),
            name: record.name,
            slug: record.handle,
            created: time(record.created_at),
            updated: time(record.modified_at),
            logo: record.logo_image.map(|file| Logo::at(file.href)),
            members: record.members,
            invites: record.invites,
            own: Told::Unknown,
        })
    }

    fn blank(&self, id: Text) -> Org {
        Org::reference(OrgId::new(self.profile, id))
    }
}

fn attributes(record: &wire::Org) -> Vec<Attribute> {
    let line = |key, told: &Told<Text>| Attribute::new(key, text(told.clone()).map(Value::Text));
    let flag = |key, told: Told<bool>| Attribute::new(key, told.map(Value::Flag));
    vec![
        line("company_name", &record.company_name),
        line("website", &record.website),
        line("industry", &record.industry),
        line("billing_account_code", &record.billing_account_code),
        flag("is_frozen", record.is_frozen),
        line("past_due_since", &record.past_due_since),
        flag("is_enforcing_saml_login", record.is_enforcing_saml_login),
    ]
}
