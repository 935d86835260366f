//! A service on loopback that answers as a test wants and remembers what it was asked, with a
//! connection to it, and short names for what belongs to it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::FutureExt as _;
use jiff::Timestamp;
use orgdeck::domain::connection::Access;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::query::{Query, Reply};
use orgdeck::domain::{
    Answer, Connection, Fault, FieldError, InviteId, InviteRef, MemberId, MemberRef, Mutation,
    OrgId, Outcome, Plan, Profile, Secret, Text, Told, UserId, Wish,
};
use orgdeck::gate::{Crossing, Gate};
use orgdeck::journal::memory::Memory;
use orgdeck::provider::Provider;
use orgdeck::provider::clerk::SERVICE;
use orgdeck::provider::http::{Account, BodyFormat, Limits, Origin};
use orgdeck::provider::link::Link;
use serde_json::{Value as Json, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// The key of the connection.
pub(super) const KEY: &str = "sk_test_canary";

/// A service and a connection to it.
pub(super) struct Service {
    server: MockServer,
    pub(super) link: Arc<Link>,
    gate: Arc<Gate>,
    tasks: AtomicU64,
}

/// A request as the service saw it.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) method: String,
    /// The path, encoded as it was sent.
    pub(super) path: String,
    /// The query, decoded.
    pub(super) query: Vec<(String, String)>,
    pub(super) raw: Request,
}

impl Service {
    /// A service that answers every request like this.
    pub(super) async fn new<F>(answer: F) -> Self
    where
        F: Fn(&Request) -> ResponseTemplate + Send + Sync + 'static,
    {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(answer).mount(&server).await;
        let account = account(&server.uri());
        let connection = Connection {
            profile: shop(),
            service: SERVICE.name,
            short: SERVICE.short,
            url: Text::from(server.uri()),
            production: Told::Unknown,
            access: Access::Full,
        };
        let provider = (SERVICE.connect)(account);
        Self {
            server,
            link: Arc::new(Link::new(connection, provider, (SERVICE.capabilities)())),
            gate: Arc::new(Gate::new(Arc::new(Memory::default()), wall)),
            tasks: AtomicU64::default(),
        }
    }

    /// A service that answers every request with this document.
    pub(super) async fn saying(document: Json) -> Self {
        Self::new(move |_| ok(&document)).await
    }

    /// A service that knows these documents by method and path, and nothing else.
    pub(super) async fn knowing(documents: &[(&'static str, &'static str, Json)]) -> Self {
        let documents = documents.to_vec();
        Self::new(move |request| {
            let (method, path) = (request.method.as_str(), request.url.path());
            documents
                .iter()
                .find(|(m, p, _)| *m == method && *p == path)
                .map_or_else(missing, |(_, _, document)| ok(document))
        })
        .await
    }

    /// A service that answers every request with this status and body.
    pub(super) async fn failing(status: u16, body: Json) -> Self {
        Self::new(move |_| ResponseTemplate::new(status).set_body_json(&body)).await
    }

    pub(super) fn provider(&self) -> &Arc<dyn Provider> {
        self.link.provider()
    }

    pub(super) async fn ask(&self, query: Query) -> Reply {
        self.provider().query(query).await
    }

    pub(super) async fn plan(&self, wish: Wish) -> Vec<Mutation> {
        self.provider().plan(wish).await.unwrap()
    }

    /// Carries the only step of a wish through the gate.
    pub(super) async fn carry(&self, wish: Wish) -> Outcome {
        let plan = self.gate.prepare(&self.link, wish).await.unwrap();
        self.carry_step(&plan, 0).await
    }

    /// Prepares a wish as a plan.
    pub(super) async fn prepare(&self, wish: Wish) -> Plan {
        self.gate.prepare(&self.link, wish).await.unwrap()
    }

    /// Carries one step of a plan through the gate, with every name typed that is asked for.
    pub(super) async fn carry_step(&self, plan: &Plan, number: usize) -> Outcome {
        let task = TaskId(self.tasks.fetch_add(1, Ordering::Relaxed));
        let crossing = Crossing {
            link: Arc::clone(&self.link),
            actor: Text::from("tests"),
            number,
            step: plan.steps[number].clone(),
            consent: plan.agree(task, Some("org_1")).unwrap(),
        };
        self.gate.carry(crossing).await.unwrap()
    }

    /// All requests so far, in order.
    pub(super) async fn seen(&self) -> Vec<Seen> {
        let requests = self.server.received_requests().await.unwrap();
        requests.into_iter().map(Seen::of).collect()
    }

    /// The only request so far.
    pub(super) async fn only(&self) -> Seen {
        let mut seen = self.seen().await;
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen.remove(0)
    }

    /// The requests so far that may have changed something.
    pub(super) async fn writes(&self) -> Vec<Seen> {
        let mut seen = self.seen().await;
        seen.retain(|request| request.method != "GET");
        seen
    }
}

impl Seen {
    fn of(raw: Request) -> Self {
        let pairs = raw.url.query_pairs();
        Self {
            method: raw.method.to_string(),
            path: raw.url.path().to_owned(),
            query: pairs
                .map(|(key, value)| (key.into_owned(), value.into_owned()))
                .collect(),
            raw,
        }
    }

    pub(super) fn header(&self, name: &str) -> &str {
        let value = self.raw.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    pub(super) fn param(&self, name: &str) -> Option<&str> {
        let pair = self.query.iter().find(|(key, _)| key == name);
        pair.map(|(_, value)| value.as_str())
    }

    pub(super) fn json(&self) -> Json {
        serde_json::from_slice(&self.raw.body).unwrap()
    }
}

fn account(url: &str) -> Account {
    Account {
        profile: shop(),
        origin: Origin::parse(url).unwrap(),
        secret: Arc::new(|| async { Ok(Secret::new(KEY)) }.boxed()),
        roots: None,
        body: BodyFormat::Json,
        limits: Limits {
            read: Duration::from_secs(5),
            backoff: Duration::from_millis(1),
            ..Limits::default()
        },
        ear: Arc::new(|_| {}),
        wall,
    }
}

fn wall() -> Timestamp {
    at(1_755_700_000_000)
}

pub(super) fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap()
}

pub(super) fn ok(document: &Json) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(document)
}

pub(super) fn raw(status: u16, content_type: &str, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body.to_owned(), content_type)
}

fn missing() -> ResponseTemplate {
    ResponseTemplate::new(404).set_body_json(refusal("resource_not_found", "not found"))
}

/// Clerk's envelope around one error.
pub(super) fn refusal(code: &str, words: &str) -> Json {
    json!({
        "errors": [{"code": code, "message": "short", "long_message": words, "meta": {}}],
        "clerk_trace_id": "trace_1",
    })
}

/// A service that knows nothing.
pub(super) async fn nothing() -> Service {
    Service::saying(json!({})).await
}

/// Why a wish is refused before anything was asked.
pub(super) async fn refused(wish: Wish) -> Fault {
    let service = nothing().await;
    let error = service.provider().plan(wish).await.unwrap_err();
    assert!(service.seen().await.is_empty());
    error.fault
}

/// The fault of one field.
pub(super) fn invalid(field: &str, message: &str) -> Fault {
    Fault::Invalid(vec![FieldError {
        field: Text::from(field),
        message: Text::from(message),
    }])
}

pub(super) fn shop() -> Profile {
    Profile::new("shop")
}

pub(super) fn org() -> OrgId {
    OrgId::new(&shop(), "org_1")
}

pub(super) fn user(key: &str) -> UserId {
    UserId::new(&shop(), key)
}

pub(super) fn by_user(key: &str) -> MemberRef {
    MemberRef::user(&org(), &user(key))
}

pub(super) fn by_id(key: &str) -> MemberRef {
    MemberRef::id(&org(), &MemberId::new(&shop(), key))
}

pub(super) fn invite_ref(key: &str) -> InviteRef {
    InviteRef {
        org: org(),
        id: InviteId::new(&shop(), key),
    }
}

pub(super) fn orgs(reply: Reply) -> orgdeck::domain::Page<orgdeck::domain::Org> {
    let answer = reply.unwrap();
    let Answer::Orgs(page) = answer else {
        panic!("{answer:?}");
    };
    page
}

pub(super) fn invites(reply: Reply) -> orgdeck::domain::Page<orgdeck::domain::Invite> {
    let answer = reply.unwrap();
    let Answer::Invites(page) = answer else {
        panic!("{answer:?}");
    };
    page
}

pub(super) fn members(reply: Reply) -> orgdeck::domain::Page<orgdeck::domain::Member> {
    let answer = reply.unwrap();
    let Answer::Members(page) = answer else {
        panic!("{answer:?}");
    };
    page
}

pub(super) fn invite(reply: Reply) -> orgdeck::domain::Invite {
    let answer = reply.unwrap();
    let Answer::Invite(invite) = answer else {
        panic!("{answer:?}");
    };
    *invite
}

pub(super) fn member(reply: Reply) -> orgdeck::domain::Member {
    let answer = reply.unwrap();
    let Answer::Member(member) = answer else {
        panic!("{answer:?}");
    };
    *member
}

pub(super) fn member_id(key: &str) -> MemberId {
    MemberId::new(&shop(), key)
}
