//! Vulos Identity: the organization API of a user's token.
//!
//! Its lists hold references, so that names come one by one; its creating calls are PUTs that must
//! never be sent twice; it knows nothing of pending invites. Which request stands for what is in
//! `requests`, what an answer means in `answers`.

mod answers;
mod capabilities;
mod invites;
mod members;
mod orgs;
mod own;
mod plan;
mod principal;
mod proof;
mod requests;
mod roles;
mod wire;

use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde_json::Value as Json;

use self::requests::Requests;
use super::Provider;
use super::http::{Account, Response, Sent, Transport, unproven};
use super::registry::Service;
use crate::domain::outcome::{Made, Proof};
use crate::domain::query::{OrgAt, Reply, Thing};
use crate::domain::secret::Pass;
use crate::domain::{
    Answer, ApiError, Fault, MemberId, Method, Mutation, OrgId, Outcome, Query, Receipt, Request,
    Skew, Text, Told, UserAt, Verb, Wish,
};
use crate::gate::Permit;

/// Vulos Identity's row in the table of services.
pub const SERVICE: Service = Service {
    name: "vulos",
    short: "vul",
    default_url: "https://identity.vulos.io",
    capabilities: capabilities::table,
    connect,
};

const HEADERS: &[(&str, &str)] = &[("Accept", "application/json")];

fn connect(account: Account) -> Arc<dyn Provider> {
    let requests = Requests {
        profile: account.profile.clone(),
        format: account.body,
    };
    Arc::new(Vulos {
        http: Transport::new(account, HEADERS),
        requests,
        own: own::Memory::default(),
    })
}

/// A connection to one user's account.
struct Vulos {
    http: Transport,
    requests: Requests,
    own: own::Memory,
}

impl Provider for Vulos {
    fn query(&self, query: Query) -> BoxFuture<'_, Reply> {
        Box::pin(self.answer(query))
    }

    fn plan(&self, wish: Wish) -> BoxFuture<'_, Result<Vec<Mutation>, ApiError>> {
        Box::pin(self.changes(wish))
    }

    /// A change that Vulos does not have, which `plan` never makes, is an empty request that `mutate` refuses.
    fn render(&self, change: &Mutation) -> Request {
        let request = self.requests.change(change);
        request.unwrap_or_else(|_| Request::new(Method::Get, ""))
    }

    /// Another token may be another person's, whose memberships are others.
    fn skew(&self) -> Skew {
        self.http.skew()
    }

    fn admit(&self, pass: Pass) -> BoxFuture<'_, Result<(), ApiError>> {
        Box::pin(async move {
            self.http.admit(pass).await?;
            self.own.forget().await;
            Ok(())
        })
    }

    fn mutate(&self, change: Mutation, permit: Permit) -> BoxFuture<'_, Outcome> {
        Box::pin(self.send(change, permit))
    }
}

impl Vulos {
    async fn answer(&self, query: Query) -> Reply {
        let verb = query.verb();
        match query {
            Query::WhoAmI => self.principal().await.map(Answer::Principal),
            Query::Probe => Ok(Answer::Capabilities(Box::new(capabilities::table()))),
            Query::Orgs { .. } => self.orgs().await.map(Answer::Orgs),
            Query::Org(OrgAt::Id(org)) => self.org(&org).await.map(Box::new).map(Answer::Org),
            Query::Members { org, .. } => self.members(&org).await.map(Answer::Members),
            Query::Member(at) => self.member(&at).await.map(Box::new).map(Answer::Member),
            Query::MemberRoles(at) => {
                let roles = self.member_roles(verb, &at).await;
                roles.map(Answer::Assignments)
            }
            Query::Memberships {
                user: UserAt::Me(profile),
                ..
            } => {
                checked(verb, self.requests.own(&profile))?;
                self.memberships().await.map(Answer::Memberships)
            }
            Query::Raw(Thing::Org(org)) => Ok(raw(&self.org_document(verb, &org).await?)),
            Query::Raw(Thing::Member(at)) => Ok(raw(&self.member_document(verb, &at).await?)),
            Query::Org(OrgAt::Slug(..)) => {
                Err(absent(verb, "Vulos knows organizations by id only"))
            }
            Query::Memberships { .. } => Err(absent(
                verb,
                "Vulos tells the caller's own memberships only",
            )),
            Query::Metadata { .. }
            | Query::Invites { .. }
            | Query::Invite(_)
            | Query::InvitesTo { .. }
            | Query::Roles { .. }
            | Query::Users { .. }
            | Query::Raw(Thing::Invite(_)) => {
                Err(ApiError::new(verb, capabilities::not_offered(verb)))
            }
        }
    }

    /// Reads one JSON document.
    async fn read(&self, verb: Verb, request: &Request) -> Result<Json, ApiError> {
        let response = self.http.read(verb, request).await?;
        answers::document(verb, &response)
    }

    /// The caller's own memberships, fresh, which is all that the list of organizations holds.
    async fn list(&self, verb: Verb) -> Result<Vec<orgs::Own>, ApiError> {
        let json = self.read(verb, &Request::get(requests::LIST)).await?;
        let raw = wire::rows(json, "organizations");
        let raw = raw.map_err(|wrong| answers::garbled(verb, wrong))?;
        let list = orgs::entries(&self.requests.profile, raw);
        self.own.learn(&list).await;
        Ok(list)
    }

    /// The caller's membership in an organization; the list is asked for once and not for every member.
    async fn own_in(&self, org: &OrgId) -> Told<MemberId> {
        if self.own.is_blank().await && self.list(Verb::OrgList).await.is_err() {
            self.own.learn(&[]).await;
        }
        self.own.known(org).await
    }

    async fn send(&self, change: Mutation, permit: Permit) -> Outcome {
        let verb = change.verb();
        let request = match self.requests.change(&change) {
            Ok(request) => request,
            Err(fault) => return Outcome::Refused(ApiError::new(verb, fault)),
        };
        match self.http.write(verb, &request, permit).await {
            Sent::NotSent(error) | Sent::Renewed(error) => Outcome::NotApplied(error),
            Sent::Lost => Outcome::Unknown,
            Sent::Instead(error) => Outcome::Unproven(error),
            Sent::Answered(response) => self.settle(&change, &response).await,
        }
    }

    async fn settle(&self, change: &Mutation, response: &Response) -> Outcome {
        let json = match answers::done(change.verb(), response) {
            Ok(json) => json.unwrap_or_default(),
            Err(outcome) => return *outcome,
        };
        let Some(proof) = proof::of(change, response, &json) else {
            return Outcome::Unproven(unproven(change.verb(), response));
        };
        let words = answers::message(&json);
        let made = self.made(change, json).await;
        let names_it = matches!(change, Mutation::CreateOrg { .. });
        let proof = if names_it && made.is_none() {
            Proof::Unread
        } else {
            proof
        };
        Outcome::Done(Receipt {
            trace: response.trace.clone(),
            words,
            made,
            proof,
            ..Receipt::default()
        })
    }

    /// What a change has made, as far as its answer can be read.
    async fn made(&self, change: &Mutation, json: Json) -> Option<Made> {
        let profile = &self.requests.profile;
        if let Mutation::GiveRole { .. } = change {
            let given = roles::assignment(profile, json).ok()?;
            return given.id.map(Made::Assignment);
        }
        let Mutation::CreateOrg { .. } = change else {
            return None;
        };
        let own = orgs::entries(profile, vec![json]).pop()?;
        if let Some(member) = own.member {
            self.own.join(own.org.clone(), member).await;
        }
        own.broken.is_none().then_some(Made::Org(own.org))
    }
}

/// The record as it was sent. The records of organizations and members hold no secret and no link.
fn raw(json: &Json) -> Answer {
    Answer::Json(Text::from(format!("{json:#}")))
}

/// What could be made of ids and fields, as the verb's own error where nothing could.
fn checked<T>(verb: Verb, made: Result<T, Fault>) -> Result<T, ApiError> {
    made.map_err(|fault| ApiError::new(verb, fault))
}

fn absent(verb: Verb, why: &'static str) -> ApiError {
    ApiError::new(verb, Fault::NotOffered(why))
}
