//! Records as the service sent them, for people who want to see the JSON: without what opens a door.

use serde_json::Value as Json;

use super::{Clerk, orgs, path};
use crate::domain::query::{OrgAt, Thing};
use crate::domain::{ApiError, Request, Text, Verb};

/// Stands for what is not shown.
const MASK: &str = "***";

/// What only the back end sees, shown on a request of its own.
const PRIVATE: &str = "private_metadata";

impl Clerk {
    /// One record, indented, with links masked and private metadata left out.
    pub(super) async fn raw(&self, thing: &Thing) -> Result<Text, ApiError> {
        let mut record = self.unmasked(thing).await?;
        mask(&mut record);
        Ok(indented(&record))
    }

    async fn unmasked(&self, thing: &Thing) -> Result<Json, ApiError> {
        match thing {
            Thing::Org(org) => {
                let request = orgs::one(&OrgAt::Id(org.clone()));
                self.json(Verb::OrgShow, &request).await
            }
            Thing::Member(member) => self.membership(Verb::MemberShow, member).await,
            Thing::Invite(invite) => {
                let request = Request::get(path::invitation(invite));
                self.json(Verb::InviteList, &request).await
            }
        }
    }

    async fn json(&self, verb: Verb, request: &Request) -> Result<Json, ApiError> {
        self.record(verb, request, Ok).await
    }
}

fn mask(record: &mut Json) {
    let Some(fields) = record.as_object_mut() else {
        return;
    };
    fields.remove(PRIVATE);
    if let Some(url) = fields.get_mut("url").filter(|url| !url.is_null()) {
        *url = Json::from(MASK);
    }
    if let Some(organization) = fields.get_mut("organization") {
        mask(organization);
    }
}

/// A JSON document as text for people.
pub(super) fn indented(document: &Json) -> Text {
    Text::from(format!("{document:#}"))
}
