//! A scripted server with an adapter, a link and a gate in front of it, and a record of what was sent.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::FutureExt as _;
use jiff::Timestamp;
use orgdeck::domain::connection::Access;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::query::Reply;
use orgdeck::domain::{
    Actor, Answer, ApiError, Capabilities, Connection, InviteId, InviteRef, MemberId, MemberRef,
    Mutation, OrgId, Outcome, Plan, Profile, Query, Secret, Text, Told, UserId, Wish,
};
use orgdeck::gate::{Crossing, Gate};
use orgdeck::journal::memory::Memory;
use orgdeck::provider::balena::SERVICE;
use orgdeck::provider::http::{Account, BodyFormat, Limits, Origin};
use orgdeck::provider::link::Link;
use serde_json::{Value as Json, json};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

use crate::support::consent::consent;
use crate::support::permit::permit;

use super::script::{Call, Script, ok, status};

/// The time at which all tests of this adapter happen.
pub(super) const NOW: &str = "2026-11-21T18:00:00Z";
/// An API key, in the server's form.
pub(super) const KEY: &str = "abcdefghijklmnopqrstuvwxyz012345";

pub(super) fn profile() -> Profile {
    Profile::new("prod")
}

pub(super) fn org(id: &str) -> OrgId {
    OrgId::new(&profile(), id)
}

pub(super) fn user(id: &str) -> UserId {
    UserId::new(&profile(), id)
}

pub(super) fn member(org_id: &str, id: &str) -> MemberRef {
    MemberRef::id(&org(org_id), &MemberId::new(&profile(), id))
}

pub(super) fn pair(org_id: &str, user_id: &str) -> MemberRef {
    MemberRef::user(&org(org_id), &user(user_id))
}

pub(super) fn invite(org_id: &str, id: &str) -> InviteRef {
    InviteRef {
        org: org(org_id),
        id: InviteId::new(&profile(), id),
    }
}

/// An adapter in front of a scripted server.
pub(super) struct Stage {
    server: Option<MockServer>,
    script: Script,
    pub(super) link: Arc<Link>,
    gate: Arc<Gate>,
    tasks: AtomicU64,
}

impl Stage {
    /// A server without any answers yet.
    pub(super) async fn bare(token: &str) -> Self {
        let server = MockServer::start().await;
        let script = Script::default();
        let answers = Mock::given(any()).respond_with(script.clone());
        answers.mount(&server).await;
        Self {
            script,
            ..Self::new(&server.uri(), token, Some(server))
        }
    }

    /// Somebody else's server.
    pub(super) fn at(url: &str, token: &str) -> Self {
        Self::new(url, token, None)
    }

    fn new(url: &str, token: &str, server: Option<MockServer>) -> Self {
        let connection = Connection {
            profile: profile(),
            service: SERVICE.name,
            short: SERVICE.short,
            url: Text::from(url),
            token: Text::from("a test"),
            production: Told::Unknown,
            access: Access::Full,
        };
        let provider = (SERVICE.connect)(account(url, token));
        let capabilities = (SERVICE.capabilities)();
        Self {
            server,
            script: Script::default(),
            link: Arc::new(Link::new(connection, provider, capabilities)),
            gate: Arc::new(Gate::new(Arc::new(Memory::default()), now)),
            tasks: AtomicU64::new(1),
        }
    }

    /// balenaCloud, where maria (user 11) is known.
    pub(super) async fn cloud() -> Self {
        Self::cloud_for(KEY).await
    }

    pub(super) async fn cloud_for(token: &str) -> Self {
        let stage = Self::bare(token).await;
        stage.whoami();
        stage.when(
            "GET /v7/organization_membership_role",
            "$top=1",
            ok(&json!({"d": [{"id": 1}]})),
        );
        stage.when("GET /v7/organization", "$top=1&", ok(&json!({"d": []})));
        stage
    }

    /// A server with roles and invites whose organizations have a name and a handle only.
    pub(super) async fn lean() -> Self {
        let stage = Self::cloud().await;
        stage.when("GET /v7/organization", "$top=1&", status(500, ""));
        stage
    }

    /// openBalena, which answers 401 for what it does not have.
    pub(super) async fn open() -> Self {
        let stage = Self::bare(KEY).await;
        stage.whoami();
        stage.when("GET /v7/organization_membership_role", "", status(401, ""));
        stage
    }

    fn whoami(&self) {
        self.on(
            "GET /actor/v1/whoami",
            &json!({"id": 4011, "actorType": "user", "actorTypeId": 11, "username": "maria", "email": "maria@example.com"}),
        );
    }

    /// A 200 with this document from now on.
    pub(super) fn on(&self, call: &str, body: &Json) {
        self.when(call, "", ok(body));
    }

    /// A 200 with these records from now on.
    pub(super) fn records(&self, call: &str, records: &Json) {
        self.on(call, &json!({ "d": records }));
    }

    /// This answer from now on.
    pub(super) fn when(&self, call: &str, holds: &'static str, answer: ResponseTemplate) {
        self.each(call, holds, [answer]);
    }

    /// These answers one after another, the last one for good.
    pub(super) fn each<const N: usize>(
        &self,
        call: &str,
        holds: &'static str,
        answers: [ResponseTemplate; N],
    ) {
        self.script.add(call, holds, answers.into());
    }

    pub(super) async fn ask(&self, query: Query) -> Reply {
        self.link.provider().query(query).await
    }

    pub(super) async fn plan(&self, wish: Wish) -> Result<Vec<Mutation>, ApiError> {
        self.link.provider().plan(wish).await
    }

    pub(super) fn render(&self, change: &Mutation) -> orgdeck::domain::Request {
        self.link.provider().render(change)
    }

    pub(super) async fn prepare(&self, wish: Wish) -> Result<Plan, ApiError> {
        self.gate.prepare(&self.link, wish).await
    }

    /// Carries all steps of a wish out, whatever speaks against it.
    pub(super) async fn carry(&self, wish: Wish) -> Vec<Outcome> {
        let plan = self.prepare(wish).await.unwrap();
        let task = TaskId(self.tasks.fetch_add(1, Ordering::Relaxed));
        let consent = consent(&plan, task);
        let mut outcomes = Vec::new();
        for (number, step) in plan.steps.into_iter().enumerate() {
            let crossing = Crossing {
                link: Arc::clone(&self.link),
                actor: Actor::new("test", "test"),
                number,
                step,
                consent: consent.clone(),
            };
            outcomes.push(self.gate.carry(crossing).await.unwrap());
        }
        outcomes
    }

    /// Sends a change without any look before.
    pub(super) async fn mutate(&self, change: Mutation) -> Outcome {
        let provider = self.link.provider();
        provider.mutate(change, permit().await).await
    }

    /// The outcome of a wish that is one request.
    pub(super) async fn carry_one(&self, wish: Wish) -> Outcome {
        let mut outcomes = self.carry(wish).await;
        assert_eq!(outcomes.len(), 1, "one request was expected: {outcomes:?}");
        outcomes.remove(0)
    }

    /// Everything that was sent.
    pub(super) async fn sent(&self) -> Vec<Call> {
        let server = self.server.as_ref().unwrap();
        let requests = server.received_requests().await.unwrap();
        requests.iter().map(Call::of).collect()
    }

    /// The lines of everything that was sent.
    pub(super) async fn lines(&self) -> Vec<String> {
        self.sent().await.iter().map(Call::line).collect()
    }

    /// What was sent and is no GET.
    pub(super) async fn writes(&self) -> Vec<Call> {
        let mut calls = self.sent().await;
        calls.retain(|call| call.method != "GET");
        calls
    }

    /// The last call that went to this path.
    pub(super) async fn last(&self, line: &str) -> Call {
        let mut calls = self.sent().await;
        calls.retain(|call| call.line() == line);
        calls.pop().unwrap()
    }

    pub(super) async fn capabilities(&self) -> Capabilities {
        let Answer::Capabilities(found) = self.ask(Query::Probe).await.unwrap() else {
            panic!("a probe tells capabilities");
        };
        *found
    }
}

fn account(url: &str, token: &str) -> Account {
    let secret = Secret::new(token);
    Account {
        profile: profile(),
        origin: Origin::parse(url).unwrap(),
        secret: Arc::new(move || {
            let secret = secret.clone();
            async move { Ok(secret) }.boxed()
        }),
        roots: None,
        body: BodyFormat::Json,
        limits: Limits {
            backoff: std::time::Duration::from_millis(1),
            ..Limits::default()
        },
        ear: Arc::new(|_| {}),
        wall: now,
    }
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}
