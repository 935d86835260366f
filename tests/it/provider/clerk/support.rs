//! A service on loopback that answers as a test wants and remembers what it was asked, with a
//! connection to it.

use std::future::ready;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::FutureExt as _;
use jiff::Timestamp;
use orgdeck::domain::connection::Access;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::query::{Query, Reply};
use orgdeck::domain::{
    Actor, Connection, Fault, FieldError, Mutation, Outcome, Plan, Secret, Text, Told, Wish,
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

use super::names::shop;
use crate::support::consent::consent;

/// The key of the connection.
pub(super) const KEY: &str = "sk_test_canary";

/// A connection, and the gate in front of its writes.
pub(super) struct Console {
    link: Arc<Link>,
    gate: Arc<Gate>,
    tasks: AtomicU64,
}

/// A service and a connection to it.
pub(super) struct Service {
    server: MockServer,
    console: Console,
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

impl Console {
    /// A connection to what answers at this address.
    pub(super) fn to(url: &str, key: &str) -> Self {
        let connection = Connection {
            profile: shop(),
            service: SERVICE.name,
            short: SERVICE.short,
            url: Text::from(url),
            token: Text::from("a test"),
            production: Told::Unknown,
            access: Access::Full,
        };
        let provider = (SERVICE.connect)(account(url, key));
        Self {
            link: Arc::new(Link::new(connection, provider, (SERVICE.capabilities)())),
            gate: Arc::new(Gate::new(Arc::new(Memory::default()), wall)),
            tasks: AtomicU64::default(),
        }
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

    /// Prepares a wish as a plan.
    pub(super) async fn prepare(&self, wish: Wish) -> Plan {
        self.gate.prepare(&self.link, wish).await.unwrap()
    }

    /// Carries the first step of a wish through the gate.
    pub(super) async fn carry(&self, wish: Wish) -> Outcome {
        self.carry_step(&self.prepare(wish).await, 0).await
    }

    /// Carries one step of a plan through the gate, whatever speaks against it.
    pub(super) async fn carry_step(&self, plan: &Plan, number: usize) -> Outcome {
        let task = TaskId(self.tasks.fetch_add(1, Ordering::Relaxed));
        let crossing = Crossing {
            link: Arc::clone(&self.link),
            actor: Actor::new("tests", "test"),
            number,
            step: plan.steps[number].clone(),
            consent: consent(plan, task),
        };
        self.gate.carry(crossing).await.unwrap()
    }
}

impl Deref for Service {
    type Target = Console;

    fn deref(&self) -> &Console {
        &self.console
    }
}

impl Service {
    /// A service that answers every request like this.
    pub(super) async fn new<F>(answer: F) -> Self
    where
        F: Fn(&Request) -> ResponseTemplate + Send + Sync + 'static,
    {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(answer).mount(&server).await;
        let console = Console::to(&server.uri(), KEY);
        Self { server, console }
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

fn account(url: &str, key: &str) -> Account {
    let secret = Secret::new(key);
    Account {
        profile: shop(),
        origin: Origin::parse(url).unwrap(),
        secret: Arc::new(move || ready(Ok(secret.clone())).boxed()),
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
    Timestamp::from_millisecond(1_755_700_000_000).unwrap()
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
