//! What the targets share: a service on loopback that answers with what the fuzzer wrote, and somebody
//! who asks it, through the same doors as the program: a link for reads, the gate for writes.
//!
//! An input is a letter for what is asked, and then the answers, apart by the record separator: each a
//! letter for its status and type, and a body. The last one is given again to all further requests.

mod asks;
mod server;

use std::future::ready;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use jiff::Timestamp;
use orgdeck::domain::connection::Access;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{
    Actor, ApiError, Connection, Objection, Plan, Profile, Secret, Text, Told, Wish,
};
use orgdeck::gate::{Crossing, Gate};
use orgdeck::journal::memory::Memory;
use orgdeck::provider::http::{Account, BodyFormat, Limits, Origin};
use orgdeck::provider::link::Link;
use orgdeck::provider::registry::Service;
use tokio::runtime::{Builder, Runtime};

use asks::Ask;
use server::Server;

/// No question of ours may take more requests than this, whatever is answered.
const MOST_REQUESTS: usize = 2_000;

/// Steps of one plan that are carried out.
const MOST_STEPS: usize = 4;

/// A service and the thread that it shares with whoever asks it, so that an input has one course.
struct Desk {
    runtime: Runtime,
    server: Server,
}

thread_local! {
    static DESK: Desk = Desk::open();
}

/// Asks a service that answers so.
pub fn answer(service: &Service, input: &[u8]) {
    let Some((which, answers)) = input.split_first() else {
        return;
    };
    let profile = Profile::new("fuzz");
    let asks = asks::all(&profile);
    let ask = asks[usize::from(*which) % asks.len()].clone();
    DESK.with(|desk| desk.serve((service, &profile), ask, answers));
}

impl Desk {
    fn open() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a thread can wait");
        let server = runtime.block_on(Server::start());
        Self { runtime, server }
    }

    fn serve(&self, (service, profile): (&Service, &Profile), ask: Ask, answers: &[u8]) {
        self.server.answer_with(answers);
        let link = Arc::new(self.link(service, profile));
        self.runtime.block_on(async {
            match ask {
                Ask::Read(query) => drop(format!("{:?}", link.query(query).await)),
                Ask::Write(wish) => drop(format!("{:?}", carry(link, wish).await)),
            }
        });
        assert!(self.server.asked() <= MOST_REQUESTS, "it asks without end");
    }

    /// A connection that nobody has used, so that no input depends on those before it.
    fn link(&self, service: &Service, profile: &Profile) -> Link {
        let origin = Origin::parse(self.server.url()).expect("an address on loopback");
        let account = Account {
            profile: profile.clone(),
            origin,
            secret: Arc::new(|| ready(Ok(Secret::new("fuzz-fuzz-fuzz"))).boxed()),
            roots: None,
            body: BodyFormat::Json,
            limits: Limits {
                backoff: Duration::ZERO,
                ..Limits::default()
            },
            ear: Arc::new(|_| {}),
            wall: || Timestamp::UNIX_EPOCH,
        };
        let connection = Connection {
            profile: profile.clone(),
            service: service.name,
            short: service.short,
            url: Text::from(self.server.url()),
            token: Text::from("nobody's"),
            production: Told::Unknown,
            access: Access::Full,
        };
        let provider = (service.connect)(account);
        Link::new(connection, provider, (service.capabilities)())
    }
}

/// Plans a wish, agrees to it with the name that is asked for, and carries its first steps.
async fn carry(link: Arc<Link>, wish: Wish) -> Result<(), ApiError> {
    let journal = Arc::new(Memory::default());
    let gate = Gate::new(journal, || Timestamp::UNIX_EPOCH).with_looks(&[Duration::ZERO]);
    let gate = Arc::new(gate);
    let plan = gate.prepare(&link, wish).await?;
    let Some(consent) = plan.agree(TaskId(1), asked_for(&plan)) else {
        return Ok(());
    };
    for (number, step) in plan.steps.iter().take(MOST_STEPS).enumerate() {
        let crossing = Crossing {
            link: Arc::clone(&link),
            actor: Actor::new("fuzz", "fuzz"),
            number,
            step: step.clone(),
            consent: consent.clone(),
        };
        let outcome = gate.carry(crossing).await;
        drop(format!(
            "{:?}",
            outcome.expect("a step that panics is a finding")
        ));
    }
    Ok(())
}

fn asked_for(plan: &Plan) -> Option<&str> {
    plan.objections
        .iter()
        .find_map(|objection| match objection {
            Objection::TypeName { names, .. } => names.first().map(Text::raw),
            Objection::Refused(_) => None,
        })
}
