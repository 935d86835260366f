//! Organizations: the list, which holds references only, and the details of one.

use jiff::Timestamp;
use serde_json::{Number, Value as Json};

use super::wire::{self, Field, Reference, Wrong, record};
use super::{Vulos, answers, checked};
use crate::domain::query::Page;
use crate::domain::{
    ApiError, Attribute, Detail, MemberId, Org, OrgId, Profile, Request, Row, Text, Told, UserId,
    Value, Verb,
};

/// Numbers up to this are seconds since 1970, larger ones milliseconds: the unit is not documented.
const LARGEST_SECOND: i64 = 100_000_000_000;

/// The caller's own membership in an organization, as the list has it.
pub(super) struct Own {
    /// The organization.
    pub(super) org: OrgId,
    /// The membership, where it was told.
    pub(super) member: Option<MemberId>,
    /// The caller.
    pub(super) user: Option<UserId>,
    /// What is wrong with the entry.
    pub(super) broken: Option<Wrong>,
}

impl Vulos {
    /// The organizations that the caller belongs to.
    pub(super) async fn orgs(&self) -> Result<Page<Org>, ApiError> {
        let list = self.list(Verb::OrgList).await?;
        let rows = list.into_iter().map(|own| Row {
            item: Org {
                own: Told::or_unknown(own.member),
                ..Org::reference(own.org)
            },
            detail: detail(own.broken),
        });
        Ok(Page::whole(rows.collect()))
    }

    /// One organization with all its details.
    pub(super) async fn org(&self, org: &OrgId) -> Result<Org, ApiError> {
        let wire = self.details(Verb::OrgShow, org).await?;
        let own = self.own.known(org).await;
        read(org, own, wire).map_err(|wrong| answers::garbled(Verb::OrgShow, wrong))
    }

    /// The details of an organization, as they were sent.
    pub(super) async fn details(
        &self,
        verb: Verb,
        org: &OrgId,
    ) -> Result<wire::Organization, ApiError> {
        let garbled = |wrong| answers::garbled(verb, wrong);
        let json = self.org_document(verb, org).await?;
        let mut wire: wire::Organization = record(json, "organization").map_err(garbled)?;
        let id = std::mem::take(&mut wire.id)
            .required("id")
            .map_err(garbled)?;
        if id.0.raw() != org.raw() {
            return Err(garbled(Wrong("id")));
        }
        Ok(wire)
    }

    /// The record of an organization. One that the caller's own list does not hold either is missing,
    /// which the service's refusal alone does not tell.
    pub(super) async fn org_document(&self, verb: Verb, org: &OrgId) -> Result<Json, ApiError> {
        let path = checked(verb, self.requests.org(org))?;
        let refused = match self.read(verb, &Request::get(path)).await {
            Err(error) if answers::may_be_missing(&error) => error,
            reply => return reply,
        };
        match self.list(verb).await {
            Ok(list)
                if list
                    .iter()
                    .all(|own| own.org != *org && own.broken.is_none()) =>
            {
                Err(answers::missing(refused))
            }
            Ok(_) | Err(_) => Err(refused),
        }
    }
}

/// The entries of the caller's list; one that cannot be read is kept, marked.
pub(super) fn entries(profile: &Profile, list: Vec<Json>) -> Vec<Own> {
    let numbered = list.into_iter().enumerate();
    numbered
        .map(|(place, json)| entry(profile, place, json))
        .collect()
}

fn entry(profile: &Profile, place: usize, json: Json) -> Own {
    let mut own = Own {
        org: OrgId::new(profile, unnamed(place)),
        member: None,
        user: None,
        broken: None,
    };
    own.broken = fill(&mut own, profile, json).err();
    own
}

fn fill(own: &mut Own, profile: &Profile, json: Json) -> Result<(), Wrong> {
    let wire: Reference = record(json, "membership")?;
    let org = wire.org.required("organizationId")?;
    own.org = OrgId::new(profile, org.0);
    let member = wire.member.optional("membershipId")?;
    own.member = member.map(|id| MemberId::new(profile, id.0));
    let user = wire.user.optional("userId")?;
    own.user = user.map(|id| UserId::new(profile, id.0));
    Ok(())
}

/// Stands in for the id of an entry without one, so that the list keeps its length.
pub(super) fn unnamed(place: usize) -> Text {
    Text::from(format!("#{}", place + 1))
}

/// How much is known of a reference.
pub(super) fn detail(broken: Option<Wrong>) -> Detail {
    broken.map_or(Detail::Wanted, |wrong| Detail::Unreadable(wrong.place()))
}

fn read(org: &OrgId, own: Told<MemberId>, wire: wire::Organization) -> Result<Org, Wrong> {
    let country = wire.country.optional("country")?.unwrap_or_default();
    let memberships = wire.memberships.optional("memberships")?;
    let text = |key, name, field: Field<Text>| Ok(Attribute::text(key, field.optional(name)?));
    Ok(Org {
        name: Told::or_empty(wire.name.optional("name")?.filter(|name| !name.is_empty())),
        slug: Told::Empty,
        created: Told::or_unknown(wire.created.known().as_ref().and_then(time)),
        members: Told::or_unknown(memberships.map(|all| all.len() as u64)),
        own,
        attributes: vec![
            text("website", "website", wire.website)?,
            text("address", "address", wire.address)?,
            text("city", "city", wire.city)?,
            text("zip_code", "zipCode", wire.zip_code)?,
            text("state", "state", wire.state)?,
            text("country_code", "country.alpha2", country.alpha2)?,
            text("country_name", "country.name", country.name)?,
            text("unique_id", "uniqueId", wire.unique_id)?,
            text("tax_number", "taxNumber", wire.tax_number)?,
            Attribute::new(
                "verified",
                Told::or_unknown(wire.verified.optional("verified")?.map(Value::Flag)),
            ),
        ],
        ..Org::reference(org.clone())
    })
}

/// The point in time that a number stands for, if there is one.
fn time(number: &Number) -> Option<Timestamp> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "parts of a second do not matter, and what is out of range is refused below"
    )]
    let number = number
        .as_i64()
        .or(number.as_f64().map(|float| float as i64))?;
    if number > LARGEST_SECOND {
        Timestamp::from_millisecond(number).ok()
    } else {
        Timestamp::from_second(number).ok()
    }
}
