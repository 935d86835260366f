//! The adapter of Vulos Identity: documented answers in, domain values out; wishes in, recorded requests out.

mod answers;
mod capabilities;
mod invites;
mod members;
mod orgs;
mod own;
mod plan;
mod principal;
mod requests;
mod roles;
mod sandbox;

use std::future::ready;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::time::Duration;

use futures_util::FutureExt as _;
use jiff::Timestamp;
use orgdeck::domain::connection::Access;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::query::{OrgAt, Reply};
use orgdeck::domain::{
    Actor, Answer, ApiError, Assignment, Connection, MemberId, MemberRef, Mutation, Org, OrgId,
    Outcome, Profile, Query, Role, Secret, Text, Told, UserId, Wish,
};
use orgdeck::gate::{Crossing, Gate};
use orgdeck::journal::memory::Memory;
use orgdeck::provider::http::{Account, BodyFormat, Limits, Origin};
use orgdeck::provider::link::Link;
use orgdeck::provider::vulos::SERVICE;
use serde_json::{Value as Json, json};
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockBuilder, MockServer, Request, ResponseTemplate};

use crate::support::consent::consent as agreed;
use crate::support::permit::permit;

/// The caller's own membership in the organization 41.
const RUI: &str = "0b7c9c1e-6a54-4f0e-9d3f-2f6f5b1d0a11";
/// Somebody else's.
const INES: &str = "e0a4b7d2-3c15-4b52-9f27-1d5a6c3b8e33";
const RUI_USER: &str = "c6d2a8f4-1f0d-4a4b-8a51-0f7c1f6b7e90";
const INES_USER: &str = "a91f3b60-52c7-4e8e-b0d4-7c2e9d6f1b44";
/// The assignments of Ines.
const MODERATOR: &str = "7f0f3c52-8b0e-4f7a-a1f6-2f8f3f9f4a55";
const DISPATCH: &str = "91c9d5f8-2d6b-4f8a-9c2e-5a0d7e6b1c66";

const LIST: &str = "/api/v1/organization/list";
const ORG: &str = "/api/v1/organization/41";
const MEMBER: &str = "/api/v1/organization/41/e0a4b7d2-3c15-4b52-9f27-1d5a6c3b8e33";
const ROLES: &str = "/api/v1/organization/41/e0a4b7d2-3c15-4b52-9f27-1d5a6c3b8e33/role/list";

/// A connection with a gate before its writes.
struct Desk {
    link: Arc<Link>,
    gate: Arc<Gate>,
    tasks: AtomicU64,
}

impl Desk {
    fn new(account: Account) -> Self {
        let provider = (SERVICE.connect)(account);
        let link = Link::new(connection(), provider, (SERVICE.capabilities)());
        Self {
            link: Arc::new(link),
            gate: Arc::new(Gate::new(Arc::new(Memory::default()), wall)),
            tasks: AtomicU64::new(0),
        }
    }

    async fn ask(&self, query: Query) -> Reply {
        self.link.provider().query(query).await
    }

    /// The organization of the examples.
    async fn org(&self) -> Result<Org, ApiError> {
        let asked = Query::Org(OrgAt::Id(harbour()));
        let Answer::Org(org) = self.ask(asked).await? else {
            panic!("not an organization");
        };
        Ok(*org)
    }

    /// What a wish comes to.
    async fn plan(&self, wish: Wish) -> Result<Vec<Mutation>, ApiError> {
        self.link.provider().plan(wish).await
    }

    /// Carries a wish through the gate: the end of each of its steps, up to the first that is not done.
    async fn carry(&self, wish: Wish) -> Vec<Outcome> {
        let plan = self.gate.prepare(&self.link, wish).await.unwrap();
        let task = TaskId(self.tasks.fetch_add(1, Ordering::Relaxed));
        let consent = agreed(&plan, task);
        let mut ends = Vec::new();
        for (number, step) in plan.steps.into_iter().enumerate() {
            let end = self.gate.carry(Crossing {
                link: Arc::clone(&self.link),
                actor: Actor::new("rui", "test"),
                number,
                step,
                consent: consent.clone(),
            });
            ends.push(end.await.unwrap());
            if !matches!(ends.last(), Some(Outcome::Done(_))) {
                break;
            }
        }
        ends
    }

    /// Sends one change that no plan needs to hold.
    async fn mutate(&self, change: Mutation) -> Outcome {
        let provider = self.link.provider();
        provider.mutate(change, permit().await).await
    }
}

/// A desk before a server of canned answers.
struct Bench {
    server: MockServer,
    desk: Desk,
    next: AtomicU8,
}

impl Deref for Bench {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.desk
    }
}

impl Bench {
    /// A server that knows nothing yet.
    async fn empty() -> Self {
        Self::with_body(BodyFormat::Json).await
    }

    /// The same, with bodies in this format.
    async fn with_body(format: BodyFormat) -> Self {
        let server = MockServer::start().await;
        let account = account(&server.uri(), "access-token");
        Self {
            server,
            desk: Desk::new(Account {
                body: format,
                ..account
            }),
            next: AtomicU8::new(u8::MAX),
        }
    }

    /// A server that answers reads with the contract's examples.
    async fn documented() -> Self {
        let bench = Self::empty().await;
        bench.get(LIST, 200, list()).await;
        bench.get(ORG, 200, organization()).await;
        bench.get(MEMBER, 200, ines()).await;
        bench.get(ROLES, 200, ines()["roles"].clone()).await;
        bench
    }

    /// Answers a read.
    async fn get(&self, at: &str, status: u16, body: Json) {
        let answer = ResponseTemplate::new(status).set_body_json(body);
        self.on("GET", at, answer).await;
    }

    /// Answers a read so for the first times, and after that as before.
    async fn get_first(&self, times: u64, at: &str, body: Json) {
        let priority = self.next.fetch_sub(1, Ordering::Relaxed);
        let mock = Mock::given(method("GET")).and(path(at));
        let mock = mock.respond_with(answer(200, body)).with_priority(priority);
        mock.up_to_n_times(times).mount(&self.server).await;
    }

    /// Answers requests with this method and path.
    async fn on(&self, verb: &str, at: &str, answer: ResponseTemplate) {
        self.mount(Mock::given(method(verb)).and(path(at)), answer)
            .await;
    }

    /// Answers every write.
    async fn writes_answer(&self, answer: ResponseTemplate) {
        for verb in ["PUT", "DELETE"] {
            self.mount(Mock::given(method(verb)), answer.clone()).await;
        }
    }

    /// Answers the writes that take something away.
    async fn takes_answer(&self, answer: ResponseTemplate) {
        self.mount(Mock::given(method("DELETE")), answer).await;
    }

    /// Answers every request.
    async fn all_answer(&self, answer: ResponseTemplate) {
        self.mount(Mock::given(any()), answer).await;
    }

    /// The newest answer wins.
    async fn mount(&self, mock: MockBuilder, answer: ResponseTemplate) {
        let priority = self.next.fetch_sub(1, Ordering::Relaxed);
        let mock = mock.respond_with(answer).with_priority(priority);
        mock.mount(&self.server).await;
    }

    /// Every request so far, as `METHOD path`, encoded as it came.
    async fn heard(&self) -> Vec<String> {
        let line = |request: &Request| format!("{} {}", request.method, request.url.path());
        self.requests().await.iter().map(line).collect()
    }

    /// The writes so far.
    async fn written(&self) -> Vec<String> {
        let mut heard = self.heard().await;
        heard.retain(|line| !line.starts_with("GET"));
        heard
    }

    async fn requests(&self) -> Vec<Request> {
        self.server.received_requests().await.unwrap()
    }
}

fn wall() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

fn account(url: &str, token: &str) -> Account {
    let secret = Secret::new(token);
    Account {
        profile: me(),
        origin: Origin::parse(url).unwrap(),
        secret: Arc::new(move || ready(Ok(secret.clone())).boxed()),
        roots: None,
        body: BodyFormat::Json,
        limits: Limits {
            backoff: Duration::from_millis(1),
            ..Limits::default()
        },
        ear: Arc::new(|_| ()),
        wall,
    }
}

fn connection() -> Connection {
    Connection {
        profile: me(),
        service: SERVICE.name,
        short: SERVICE.short,
        url: Text::from(SERVICE.default_url),
        token: Text::from("a test"),
        production: Told::Unknown,
        access: Access::Full,
    }
}

fn me() -> Profile {
    Profile::new("me")
}

fn harbour() -> OrgId {
    OrgId::new(&me(), "41")
}

fn ines_at() -> MemberRef {
    MemberRef::id(&harbour(), &MemberId::new(&me(), INES))
}

fn rui_at() -> MemberRef {
    MemberRef::id(&harbour(), &MemberId::new(&me(), RUI))
}

fn user(id: &str) -> UserId {
    UserId::new(&me(), id)
}

/// The names of roles.
fn names(roles: &[Assignment]) -> Vec<&str> {
    roles.iter().map(|held| held.role.key.raw()).collect()
}

fn roles(names: &[&str]) -> Vec<Role> {
    names.iter().map(|name| Role::named(*name)).collect()
}

/// Roles as they were shown, without the ids of the assignments, which a plan reads afresh.
fn shown(names: &[&str]) -> Vec<Assignment> {
    let held = roles(names).into_iter();
    held.map(|role| Assignment { role, id: None }).collect()
}

/// The contract's example of a list.
fn list() -> Json {
    json!([
        {"organizationId": 41, "membershipId": RUI, "userId": RUI_USER},
        {"organizationId": 58, "membershipId": "5d1e2f30-77aa-4c39-8a10-6f1f0c9e4d22", "userId": RUI_USER}
    ])
}

/// The contract's example of an organization.
fn organization() -> Json {
    json!({
        "memberships": [
            {"organizationId": 41, "membershipId": RUI, "userId": RUI_USER},
            {"organizationId": 41, "membershipId": INES, "userId": INES_USER}
        ],
        "id": 41,
        "name": "Harbour Pilots Ltd",
        "website": "https://pilots.example",
        "address": "Quay 7",
        "uniqueId": "HP-2291",
        "taxNumber": "EX123456",
        "city": "Porto",
        "country": {"alpha2": "PT", "name": "Portugal"},
        "zipCode": "4050-101",
        "state": "",
        "verified": false,
        "created": 1_672_531_200_000_i64
    })
}

/// The same with one field set otherwise.
fn organization_with(field: &str, value: Json) -> Json {
    with(organization(), field, value)
}

fn with(mut record: Json, field: &str, value: Json) -> Json {
    record[field] = value;
    record
}

fn without(mut record: Json, field: &str) -> Json {
    record.as_object_mut().unwrap().remove(field);
    record
}

/// The contract's example of a member.
fn ines() -> Json {
    json!({
        "roles": [
            {"name": "Moderator", "id": MODERATOR},
            {"name": "dispatch", "id": DISPATCH}
        ],
        "firstName": "Ines",
        "lastName": "Moreira",
        "email": "ines@pilots.example",
        "organizationId": 41,
        "membershipId": INES,
        "userId": INES_USER
    })
}

/// The contract's example of a refusal.
fn refusal() -> Json {
    json!({"error": "You are not allowed to do this", "code": "E_EXAMPLE", "request": "0HMEXAMPLE:00000001"})
}

fn answer(status: u16, body: Json) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

/// An answer of a write that makes nothing.
fn success(message: &str) -> ResponseTemplate {
    answer(200, json!({"success": true, "message": message}))
}
