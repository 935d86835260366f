//! A provider whose records are in memory and whose faults are scripted.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use orgdeck::domain::connection::Access;
use orgdeck::domain::invite::Link as InviteLink;
use orgdeck::domain::outcome::{Made, Proof};
use orgdeck::domain::query::Reply;
use orgdeck::domain::secret::Pass;
use orgdeck::domain::{
    Answer, ApiError, Capabilities, Connection, Fault, Invite, InviteDraft, InviteId, InviteRef,
    InviteStatus, Method, Mutation, Offer, OrgId, Outcome, Page, Profile, Query, Receipt, Request,
    Role, Row, Text, Told, Verb, Wish,
};
use orgdeck::gate::Permit;
use orgdeck::provider::Provider;
use orgdeck::provider::link::Link;

/// What happens to the next write.
#[derive(Clone, Debug)]
pub(crate) enum Fate {
    /// It is applied and answered.
    Applied,
    /// It is applied, and its answer is lost.
    AppliedAndLost,
    /// It is not applied, and no answer comes.
    Lost,
    /// It is refused or put off with this fault, by proof.
    NotApplied(Fault),
    /// The service says no.
    Refused,
}

/// Invites in memory.
#[derive(Default)]
pub(crate) struct Fake {
    /// The open invites.
    pub(crate) invites: Mutex<BTreeMap<InviteRef, Invite>>,
    /// What was sent, in order.
    pub(crate) sent: Mutex<Vec<Request>>,
    /// What happens to the next writes; afterwards they are applied.
    pub(crate) fates: Mutex<VecDeque<Fate>>,
    /// Reads fail while this is set.
    pub(crate) blind: Mutex<Option<Fault>>,
    /// Writes wait for a permit here while it is held.
    pub(crate) brake: tokio::sync::Mutex<()>,
}

pub(crate) fn profile() -> Profile {
    Profile::new("shop")
}

pub(crate) fn org() -> OrgId {
    OrgId::new(&profile(), "org_1")
}

/// An invite of [`org`], pending.
pub(crate) fn invite(id: &str, email: &str) -> Invite {
    Invite {
        at: InviteRef {
            org: org(),
            id: InviteId::new(&profile(), id),
        },
        org_name: Told::Unknown,
        email: Told::Is(Text::from(email)),
        role: Told::Is(Role::named("member")),
        status: InviteStatus::Pending,
        created: Told::Unknown,
        expires: Told::Unknown,
        inviter: Told::Unknown,
        message: Told::Empty,
        has_link: Told::Is(InviteLink::Gone),
        metadata: Told::Unknown,
        redirect: Told::Unknown,
    }
}

/// The wish to take an invite back.
pub(crate) fn revoke(invite: &Invite) -> Wish {
    Wish::RevokeInvite {
        invite: Box::new(invite.clone()),
    }
}

/// The wish to invite one address.
pub(crate) fn ask(email: &str) -> Wish {
    Wish::Invite {
        org: org(),
        drafts: vec![InviteDraft::to(email)],
    }
}

pub(crate) fn wall() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

/// A connection with every verb.
pub(crate) fn connection(access: Access) -> Connection {
    Connection {
        profile: profile(),
        service: "fake",
        short: "fak",
        url: Text::from("http://127.0.0.1:1"),
        token: Text::from("a test"),
        production: Told::Unknown,
        access,
    }
}

/// Capabilities with every verb native.
pub(crate) fn everything() -> Capabilities {
    let offers: Vec<(Verb, Offer)> = Verb::ALL
        .iter()
        .map(|verb| (*verb, Offer::Native))
        .collect();
    Capabilities::offering(&offers)
}

impl Fake {
    pub(crate) fn with(invites: &[Invite]) -> Arc<Self> {
        let fake = Self::default();
        let keyed = invites
            .iter()
            .map(|invite| (invite.at.clone(), invite.clone()));
        *fake.invites.lock().unwrap() = keyed.collect();
        Arc::new(fake)
    }

    /// A link over it.
    pub(crate) fn link(self: &Arc<Self>, access: Access) -> Arc<Link> {
        Arc::new(Link::new(connection(access), self.clone(), everything()))
    }

    pub(crate) fn fate(&self, fate: Fate) {
        self.fates.lock().unwrap().push_back(fate);
    }

    pub(crate) fn sent(&self) -> Vec<String> {
        let line = |request: &Request| format!("{} {}", request.method.as_str(), request.path);
        self.sent.lock().unwrap().iter().map(line).collect()
    }

    fn apply(&self, change: &Mutation) -> Receipt {
        let mut invites = self.invites.lock().unwrap();
        let mut receipt = Receipt::default();
        match change {
            Mutation::RevokeInvite { invite } => {
                invites.remove(invite);
            }
            Mutation::Invite { draft, .. } => {
                let made = invite(&format!("inv_{}", invites.len() + 100), draft.email.raw());
                receipt.made = Some(Made::Invites(vec![made.at.id.clone()]));
                invites.insert(made.at.clone(), made);
            }
            other => panic!("the fake does not know {other:?}"),
        }
        receipt.proof = Proof::Answer;
        receipt
    }
}

impl Provider for Fake {
    fn query(&self, query: Query) -> BoxFuture<'_, Reply> {
        Box::pin(async move {
            if let Some(fault) = self.blind.lock().unwrap().clone() {
                return Err(ApiError::new(query.verb(), fault));
            }
            let invites = self.invites.lock().unwrap();
            let missing = Err(ApiError::new(query.verb(), Fault::Missing));
            match query {
                Query::Invite(at) => match invites.get(&at) {
                    Some(invite) => Ok(Answer::Invite(Box::new(invite.clone()))),
                    None => missing,
                },
                Query::InvitesTo { email, .. } => {
                    let to = |invite: &&Invite| invite.email == Told::Is(email.clone());
                    let rows = invites.values().filter(to).cloned().map(Row::whole);
                    Ok(Answer::Invites(Page::whole(rows.collect())))
                }
                Query::Probe => {
                    let mut learned = everything();
                    learned.set_offer(Verb::InviteRevoke, Offer::No("switched off"));
                    Ok(Answer::Capabilities(Box::new(learned)))
                }
                Query::Orgs { .. } => Ok(Answer::Orgs(Page::whole(Vec::new()))),
                _ => missing,
            }
        })
    }

    fn plan(&self, wish: Wish) -> BoxFuture<'_, Result<Vec<Mutation>, ApiError>> {
        Box::pin(async move {
            Ok(match wish {
                Wish::RevokeInvite { invite } => vec![Mutation::RevokeInvite {
                    invite: invite.at.clone(),
                }],
                Wish::Invite { org, drafts } => drafts
                    .into_iter()
                    .map(|draft| Mutation::Invite {
                        org: org.clone(),
                        draft,
                    })
                    .collect(),
                Wish::Resend(orgdeck::domain::wish::Resend::Listed(invite)) => vec![
                    Mutation::RevokeInvite {
                        invite: invite.at.clone(),
                    },
                    Mutation::Invite {
                        org: invite.at.org.clone(),
                        draft: InviteDraft::to(invite.email.known().unwrap()),
                    },
                ],
                other => panic!("the fake does not plan {other:?}"),
            })
        })
    }

    fn render(&self, change: &Mutation) -> Request {
        match change {
            Mutation::RevokeInvite { invite } => {
                Request::new(Method::Delete, format!("/invites/{}", invite.id.raw()))
            }
            _ => Request::new(Method::Post, "/invites"),
        }
    }

    fn admit(&self, _: Pass) -> BoxFuture<'_, Result<(), ApiError>> {
        Box::pin(async { Ok(()) })
    }

    fn mutate(&self, change: Mutation, _: Permit) -> BoxFuture<'_, Outcome> {
        Box::pin(async move {
            self.sent.lock().unwrap().push(self.render(&change));
            let _held = self.brake.lock().await;
            let fate = self.fates.lock().unwrap().pop_front();
            match fate.unwrap_or(Fate::Applied) {
                Fate::Applied => Outcome::Done(self.apply(&change)),
                Fate::AppliedAndLost => {
                    self.apply(&change);
                    Outcome::Unknown
                }
                Fate::Lost => Outcome::Unknown,
                Fate::Refused => Outcome::Refused(ApiError::new(change.verb(), Fault::Refused)),
                Fate::NotApplied(fault) => Outcome::NotApplied(ApiError::new(change.verb(), fault)),
            }
        })
    }
}
