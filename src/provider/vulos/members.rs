//! Members: references out of an organization's details, then one call for each.

use serde_json::Value as Json;

use super::orgs::{detail, unnamed};
use super::wire::{self, Reference, Wrong, record};
use super::{Vulos, answers, checked, roles};
use crate::domain::member::Mine;
use crate::domain::query::Page;
use crate::domain::{
    ApiError, Assignment, Fault, Member, MemberBy, MemberId, MemberRef, Membership, OrgId, Request,
    Row, Text, Told, UserId, Verb,
};

impl Vulos {
    /// All members of an organization, as references: nothing more comes in one call.
    pub(super) async fn members(&self, org: &OrgId) -> Result<Page<Member>, ApiError> {
        let verb = Verb::MemberList;
        let details = self.details(verb, org).await?;
        let memberships = details.memberships.required("memberships");
        let memberships = memberships.map_err(|wrong| answers::garbled(verb, wrong))?;
        let own = self.own_in(org).await;
        let numbered = memberships.into_iter().enumerate();
        let rows = numbered.map(|(place, json)| reference(org, &own, (place, json)));
        Ok(Page::whole(rows.collect()))
    }

    /// One member with name, address and roles.
    pub(super) async fn member(&self, at: &MemberRef) -> Result<Member, ApiError> {
        let verb = Verb::MemberShow;
        let json = self.member_document(verb, at).await?;
        let own = self.own_in(&at.org).await;
        read(at, &own, json).map_err(|wrong| answers::garbled(verb, wrong))
    }

    /// The record of a member. One that the organization's details do not hold either is missing,
    /// which the service's refusal alone does not tell.
    pub(super) async fn member_document(
        &self,
        verb: Verb,
        at: &MemberRef,
    ) -> Result<Json, ApiError> {
        let path = checked(verb, self.requests.member(at))?;
        let refused = match self.read(verb, &Request::get(path)).await {
            Err(error) if answers::may_be_missing(&error) => error,
            reply => return reply,
        };
        let details = match self.details(verb, &at.org).await {
            Ok(details) => details,
            // What we see nothing of may hold it or not.
            Err(error) if error.fault == Fault::Missing => {
                let fault = Fault::Unseen;
                return Err(ApiError { fault, ..refused });
            }
            Err(_) => return Err(refused),
        };
        let all = details.memberships.known();
        let is_gone = all.is_some_and(|all| !all.iter().any(|one| may_be(at, one)));
        Err(if is_gone {
            answers::missing(refused)
        } else {
            refused
        })
    }

    /// The roles of a member with the ids of their assignments, never out of a cache.
    pub(super) async fn member_roles(
        &self,
        verb: Verb,
        at: &MemberRef,
    ) -> Result<Vec<Assignment>, ApiError> {
        let path = checked(verb, self.requests.roles(at))?;
        let json = self.read(verb, &Request::get(path)).await?;
        let roles =
            wire::rows(json, "roles").and_then(|raw| roles::assignments(at.org.profile(), raw));
        roles.map_err(|wrong| answers::garbled(verb, wrong))
    }

    /// The caller's own memberships, as references.
    pub(super) async fn memberships(&self) -> Result<Page<Membership>, ApiError> {
        let list = self.list(Verb::UserMemberships).await?;
        let rows = list.into_iter().enumerate().map(|(place, own)| {
            let profile = own.org.profile();
            let id = own.member;
            let id = id.unwrap_or_else(|| MemberId::new(profile, unnamed(place)));
            let member = Member {
                user: Told::or_unknown(own.user),
                is_me: Told::Is(Mine::Own),
                ..Member::reference(MemberRef::id(&own.org, &id), id)
            };
            Row {
                item: Membership {
                    member,
                    org_name: Told::Unknown,
                },
                detail: detail(own.broken),
            }
        });
        Ok(Page::whole(rows.collect()))
    }
}

fn reference(org: &OrgId, own: &Told<MemberId>, (place, json): (usize, Json)) -> Row<Member> {
    let profile = org.profile();
    let wire: Reference = match record(json, "membership") {
        Ok(wire) => wire,
        Err(wrong) => return unreadable(org, place, wrong),
    };
    let id = match wire.member.required("membershipId") {
        Ok(id) => MemberId::new(profile, id.0),
        Err(wrong) => return unreadable(org, place, wrong),
    };
    let user = wire.user.optional("userId");
    Row {
        detail: detail(user.as_ref().err().copied()),
        item: Member {
            is_me: mine(own, &id),
            user: Told::or_unknown(user.ok().flatten().map(|id| UserId::new(profile, id.0))),
            ..Member::reference(MemberRef::id(org, &id), id)
        },
    }
}

fn unreadable(org: &OrgId, place: usize, wrong: Wrong) -> Row<Member> {
    let id = MemberId::new(org.profile(), unnamed(place));
    Row {
        item: Member::reference(MemberRef::id(org, &id), id),
        detail: detail(Some(wrong)),
    }
}

fn read(at: &MemberRef, own: &Told<MemberId>, json: Json) -> Result<Member, Wrong> {
    let MemberBy::Id(id) = &at.by else {
        return Err(Wrong("membershipId"));
    };
    let profile = at.org.profile();
    let wire: wire::Member = record(json, "member")?;
    let told = wire.membership_id.required("membershipId")?;
    if !told.0.raw().eq_ignore_ascii_case(id.raw()) {
        return Err(Wrong("membershipId"));
    }
    let user = wire.user_id.optional("userId")?;
    let first = wire.first_name.optional("firstName")?;
    let last = wire.last_name.optional("lastName")?;
    let email = wire.email.optional("email")?;
    let roles = wire.roles.optional("roles")?;
    let roles = roles.map(|raw| roles::assignments(profile, raw));
    Ok(Member {
        user: Told::or_unknown(user.map(|id| UserId::new(profile, id.0))),
        name: Told::or_empty(full_name(first, last)),
        email: Told::or_empty(email.filter(|email| !email.is_empty())),
        roles: Told::or_unknown(roles.transpose()?.map(Vec::into)),
        is_me: mine(own, id),
        ..Member::reference(at.clone(), id.clone())
    })
}

/// First and last name, as far as there are any.
pub(super) fn full_name(first: Option<Text>, last: Option<Text>) -> Option<Text> {
    let parts: Vec<_> = [first, last].into_iter().flatten().collect();
    let parts: Vec<_> = parts
        .iter()
        .map(Text::raw)
        .filter(|p| !p.is_empty())
        .collect();
    (!parts.is_empty()).then(|| Text::from(parts.join(" ")))
}

/// Ids of memberships are GUIDs: their case says nothing.
fn mine(own: &Told<MemberId>, id: &MemberId) -> Told<Mine> {
    own.clone().map(|own| {
        if own.raw().eq_ignore_ascii_case(id.raw()) {
            Mine::Own
        } else {
            Mine::Other
        }
    })
}

/// Whether a raw membership is the one that is asked for, or cannot be read.
fn may_be(at: &MemberRef, raw: &Json) -> bool {
    let told = raw.get("membershipId").and_then(Json::as_str);
    match (&at.by, told) {
        (MemberBy::Id(id), Some(told)) => told.eq_ignore_ascii_case(id.raw()),
        (MemberBy::Id(_) | MemberBy::User(_), _) => true,
    }
}
