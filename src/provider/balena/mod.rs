//! balena: organizations of balenaCloud or of an openBalena server, over its OData interface.
//!
//! The adapter finds out once which records the server keeps and asks for no others. What is
//! particular to balena (silent successes, 401 for "not allowed", quoted keys) ends in this folder.

mod ask;
mod capabilities;
mod changes;
mod errors;
mod invites;
mod members;
mod odata;
mod orgs;
mod page;
mod plan;
mod raw;
mod roles;
mod session;
mod wire;
mod write;

use std::sync::Arc;

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use tokio::sync::{Mutex, OnceCell, RwLock};

use self::capabilities::Model;
use self::members::Sieve;
use super::Provider;
use super::http::{Account, Transport};
use super::registry::Service;
use crate::domain::query::{Reply, Thing};
use crate::domain::secret::Pass;
use crate::domain::{
    Answer, ApiError, Fault, Image, Mutation, Outcome, Query, Request, Role, Secret, Skew, Text,
    Verb, Wish,
};
use crate::gate::Permit;

/// The service as the registry knows it.
pub const SERVICE: Service = Service {
    name: "balena",
    short: "bal",
    default_url: "https://api.balena-cloud.com",
    capabilities: capabilities::cloud,
    connect: |account| Arc::new(Balena::new(account)),
};

/// Optional, and what balena's own tools do.
const HEADERS: &[(&str, &str)] = &[(
    "x-balena-client",
    concat!("orgdeck/", env!("CARGO_PKG_VERSION")),
)];

/// A connection to one account of a balena server.
struct Balena {
    transport: Transport,
    /// When a session was last offered for exchange.
    exchanged: Mutex<Option<Timestamp>>,
    /// Who the caller is, and by which secret.
    actor: Mutex<Option<(Secret, wire::Actor)>>,
    model: OnceCell<Model>,
    roles: RwLock<Vec<Role>>,
}

impl Balena {
    fn new(account: Account) -> Self {
        Self {
            transport: Transport::new(account, HEADERS).with_unclear_401(),
            exchanged: Mutex::default(),
            actor: Mutex::default(),
            model: OnceCell::new(),
            roles: RwLock::default(),
        }
    }

    async fn answer(&self, query: Query) -> Reply {
        if query
            .profile()
            .is_some_and(|profile| profile != self.transport.profile())
        {
            return Err(ApiError::new(query.verb(), Fault::Foreign));
        }
        match &query {
            Query::WhoAmI => self.principal().await,
            Query::Probe => self.capabilities().await,
            Query::Orgs { scope, text, page } => self.orgs(*scope, text.as_ref(), page).await,
            Query::Org(at) => {
                let org = self.org(Verb::OrgShow, at).await?;
                Ok(Answer::Org(Box::new(org)))
            }
            Query::Members {
                org,
                role,
                text,
                page,
            } => {
                let (role, text) = (role.as_ref(), text.as_ref());
                self.members(org, Sieve { role, text }, page).await
            }
            Query::Member(at) => {
                let member = self.member(Verb::MemberShow, at).await?;
                Ok(Answer::Member(Box::new(member)))
            }
            Query::MemberRoles(at) => self.member_roles(at).await,
            Query::Memberships { user, page } => self.memberships(user, page).await,
            Query::Invites { org, status, page } => {
                self.invites(org.as_ref(), status.as_ref(), page).await
            }
            Query::Invite(at) => {
                let invite = self.invite(Verb::InviteList, at).await?;
                Ok(Answer::Invite(Box::new(invite)))
            }
            Query::InvitesTo { org, email } => self.invites_to(org, email).await,
            Query::Roles { .. } => self.roles().await,
            Query::Raw(Thing::Org(org)) => self.raw_org(org).await,
            Query::Raw(Thing::Member(at)) => self.raw_member(at).await,
            Query::Raw(Thing::Invite(at)) => self.raw_invite(at).await,
            Query::Metadata { .. } | Query::Users { .. } => Err(changes::not_offered(query.verb())),
        }
    }
}

impl Provider for Balena {
    fn query(&self, query: Query) -> BoxFuture<'_, Reply> {
        Box::pin(self.answer(query))
    }

    fn plan(&self, wish: Wish) -> BoxFuture<'_, Result<Vec<Mutation>, ApiError>> {
        Box::pin(self.changes(wish))
    }

    /// A change that balena does not have stands as a ping, which changes nothing; it is never sent.
    fn render(&self, change: &Mutation) -> Request {
        self.request(change)
            .unwrap_or_else(|_| Request::get("/ping"))
    }

    fn picture<'a>(&'a self, address: &'a Text) -> BoxFuture<'a, Result<Image, ApiError>> {
        Box::pin(self.transport.picture(address))
    }

    fn skew(&self) -> Skew {
        self.transport.skew()
    }

    fn admit(&self, pass: Pass) -> BoxFuture<'_, Result<(), ApiError>> {
        Box::pin(self.take(pass))
    }

    fn mutate(&self, change: Mutation, permit: Permit) -> BoxFuture<'_, Outcome> {
        Box::pin(async move { self.send(&change, permit).await })
    }
}
