//! Clerk: organizations of one instance over the Backend API, with the instance's secret key.
//!
//! Routes questions and changes to the modules beside it, which know the wire; a key acts for the
//! instance and belongs to nobody, so that no membership here is ever the caller's own.

mod answer;
mod capabilities;
mod drafts;
mod errors;
mod field;
mod instance;
mod invites;
mod members;
mod orgs;
mod ours;
mod pages;
mod path;
mod plan;
mod proof;
mod raw;
mod render;
mod roles;
mod users;
mod wire;
mod write;

use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::Provider;
use super::http::{Account, Sent, Transport};
use super::registry::Service;
use crate::domain::query::Reply;
use crate::domain::secret::Pass;
use crate::domain::{
    Answer, ApiError, Image, Mutation, Outcome, Profile, Query, Request, Skew, Text, Wish,
};
use crate::gate::Permit;

/// Clerk's row in the registry.
pub const SERVICE: Service = Service {
    name: "clerk",
    short: "clk",
    default_url: "https://api.clerk.com",
    capabilities: capabilities::table,
    connect,
};

/// Left out, the server falls back to the oldest version it knows.
const HEADERS: &[(&str, &str)] = &[
    ("Clerk-API-Version", "2026-05-12"),
    ("Accept", "application/json"),
];

/// A connection to one Clerk instance.
struct Clerk {
    transport: Transport,
}

fn connect(mut account: Account) -> Arc<dyn Provider> {
    account.limits.pages_at_once = pages::AT_ONCE;
    Arc::new(Clerk {
        transport: Transport::new(account, HEADERS),
    })
}

impl Clerk {
    fn profile(&self) -> &Profile {
        self.transport.profile()
    }

    async fn ask(&self, query: Query) -> Reply {
        self.check_query(&query)?;
        match query {
            Query::WhoAmI => self.whoami().await.map(Answer::Principal),
            Query::Probe => self.probe().await.map(Box::new).map(Answer::Capabilities),
            Query::Orgs { text, page, .. } => self.orgs(text, &page).await.map(Answer::Orgs),
            Query::Org(at) => self.org(&at).await.map(Box::new).map(Answer::Org),
            Query::Metadata { org, privacy } => {
                self.metadata(&org, privacy).await.map(Answer::Json)
            }
            Query::Members {
                org,
                role,
                text,
                page,
            } => {
                let filter = members::Filter { role, text };
                self.members(&org, &filter, &page)
                    .await
                    .map(Answer::Members)
            }
            Query::Member(at) => self.member(&at).await.map(Box::new).map(Answer::Member),
            Query::MemberRoles(at) => self.member_roles(&at).await.map(Answer::Assignments),
            Query::Memberships { user, page } => self
                .memberships(&user, &page)
                .await
                .map(Answer::Memberships),
            Query::Invites { org, status, page } => self
                .invites(org.as_ref(), status.as_ref(), &page)
                .await
                .map(Answer::Invites),
            Query::Invite(at) => self.invite(&at).await.map(Box::new).map(Answer::Invite),
            Query::InvitesTo { org, email } => {
                self.invites_to(&org, &email).await.map(Answer::Invites)
            }
            Query::Roles { org } => self.roles(org.as_ref()).await.map(Answer::Roles),
            Query::Users { text, beside, page } => {
                let users = self.users(&text, beside.as_ref(), &page).await;
                users.map(Answer::Users)
            }
            Query::Raw(thing) => self.raw(&thing).await.map(Answer::Json),
        }
    }

    async fn send(&self, change: Mutation, permit: Permit) -> Outcome {
        if let Err(error) = self.check_mutation(&change) {
            return Outcome::Refused(error);
        }
        let request = render::request(&change);
        match self.transport.write(change.verb(), &request, permit).await {
            Sent::Answered(response) => write::outcome(&change, &response),
            Sent::NotSent(error) | Sent::Renewed(error) => Outcome::NotApplied(error),
            Sent::Lost => Outcome::Unknown,
            Sent::Instead(error) => Outcome::Unproven(error),
        }
    }
}

impl Provider for Clerk {
    fn query(&self, query: Query) -> BoxFuture<'_, Reply> {
        self.ask(query).boxed()
    }

    fn plan(&self, wish: Wish) -> BoxFuture<'_, Result<Vec<Mutation>, ApiError>> {
        self.changes(wish).boxed()
    }

    fn render(&self, change: &Mutation) -> Request {
        render::request(change)
    }

    fn picture<'a>(&'a self, address: &'a Text) -> BoxFuture<'a, Result<Image, ApiError>> {
        self.transport.picture(address).boxed()
    }

    fn skew(&self) -> Skew {
        self.transport.skew()
    }

    fn admit(&self, pass: Pass) -> BoxFuture<'_, Result<(), ApiError>> {
        self.transport.admit(pass).boxed()
    }

    fn mutate(&self, change: Mutation, permit: Permit) -> BoxFuture<'_, Outcome> {
        self.send(change, permit).boxed()
    }
}
