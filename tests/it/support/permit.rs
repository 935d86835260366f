//! Permits: only the gate makes them, so a test that sends a write has to pass through it.

use std::sync::{Arc, Mutex};

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use orgdeck::domain::connection::{Access, Connection};
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::query::Reply;
use orgdeck::domain::secret::Pass;
use orgdeck::domain::{
    ApiError, Capabilities, Fault, Fields, Mutation, Offer, Outcome, Profile, Query, Receipt,
    Request, Text, Told, Verb, Wish,
};
use orgdeck::gate::{Crossing, Gate, Permit};
use orgdeck::journal::memory::Memory;
use orgdeck::provider::Provider;
use orgdeck::provider::link::Link;

/// A permit for one write.
pub(crate) async fn permit() -> Permit {
    let taker = Arc::new(Taker::default());
    let profile = Profile::new("permits");
    let connection = Connection {
        profile: profile.clone(),
        service: "none",
        short: "non",
        url: Text::from("https://api.example"),
        token: Text::from("a test"),
        production: Told::Unknown,
        access: Access::Full,
    };
    let capabilities = Capabilities::offering(&[(Verb::OrgCreate, Offer::Native)]);
    let link = Arc::new(Link::new(connection, taker.clone(), capabilities));
    let gate = Arc::new(Gate::new(Arc::new(Memory::default()), || {
        Timestamp::UNIX_EPOCH
    }));
    let wish = Wish::CreateOrg {
        profile,
        fields: Fields::default(),
        first_member: None,
    };
    let plan = gate.prepare(&link, wish).await.unwrap();
    let crossing = Crossing {
        link,
        actor: orgdeck::domain::Actor::new("test", "test"),
        number: 0,
        step: plan.steps[0].clone(),
        consent: plan.agree(TaskId(0), None).unwrap(),
    };
    gate.carry(crossing).await.unwrap();
    taker.0.lock().unwrap().take().unwrap()
}

/// A service without records that keeps the permit it is handed.
#[derive(Default)]
struct Taker(Mutex<Option<Permit>>);

impl Provider for Taker {
    fn query(&self, query: Query) -> BoxFuture<'_, Reply> {
        Box::pin(async move { Err(ApiError::new(query.verb(), Fault::Missing)) })
    }

    fn plan(&self, wish: Wish) -> BoxFuture<'_, Result<Vec<Mutation>, ApiError>> {
        let profile = wish.profile().clone();
        let fields = Fields::default();
        Box::pin(async move { Ok(vec![Mutation::CreateOrg { profile, fields }]) })
    }

    fn render(&self, _: &Mutation) -> Request {
        Request::get("/")
    }

    fn admit(&self, _: Pass) -> BoxFuture<'_, Result<(), ApiError>> {
        unreachable!("nobody is asked for a token")
    }

    fn mutate(&self, _: Mutation, permit: Permit) -> BoxFuture<'_, Outcome> {
        *self.0.lock().unwrap() = Some(permit);
        Box::pin(async { Outcome::Done(Receipt::default()) })
    }
}
