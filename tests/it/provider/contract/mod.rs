//! The contract: what every adapter of the registry promises, held against its sandbox.
//!
//! Nothing here knows a service's wire: reads and writes go through link and gate, and what came of
//! them is looked up in the sandbox's world.

mod asks;
mod bombs;
mod cast;
mod differs;
mod fields;
mod gone;
mod ids;
mod links;
mod lost;
mod named;
mod once;
mod paging;
mod reads;
mod refusals;
mod secrets;
mod settled;
mod shifting;
mod slowed;
mod strange;
mod table;
mod words;
mod writes;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{Actor, Moment, News, Objection, Plan, Profile, Step, Text, Why, Wish};
use orgdeck::gate::{Crossing, Gate};
use orgdeck::job::Task;
use orgdeck::job::task::State;
use orgdeck::journal::memory::Memory;
use orgdeck::provider::http::Limits;
use orgdeck::provider::link::Link;
use orgdeck::provider::registry;
use orgdeck::sandbox::{Options, Recorded, Sandbox, Service};

use crate::sandbox::{demo, origin};
use crate::support::link::{LOOKS, limits, link, services};

/// A sandbox with one service's adapter, link and gate in front of its face.
struct Stand {
    kind: Service,
    sandbox: Sandbox,
    link: Arc<Link>,
    gate: Arc<Gate>,
    journal: Arc<Memory>,
    news: Arc<Mutex<Vec<News>>>,
    tasks: AtomicU64,
}

/// The profile of every stand.
fn profile() -> Profile {
    Profile::new("contract")
}

impl Stand {
    /// The demo world.
    fn of(service: (registry::Service, Service)) -> Self {
        Self::over(demo(), service, limits())
    }

    /// A world that was made as these options say.
    fn sized(service: (registry::Service, Service), options: &Options) -> Self {
        Self::over(Sandbox::start(options).unwrap(), service, limits())
    }

    fn over(
        sandbox: Sandbox,
        (service, kind): (registry::Service, Service),
        limits: Limits,
    ) -> Self {
        let news: Arc<Mutex<Vec<News>>> = Arc::default();
        let heard = Arc::clone(&news);
        let ear = move |news| heard.lock().unwrap().push(news);
        let face = sandbox.face(kind);
        let at = (face.url.as_str(), face.token.as_str());
        let link = link(&profile(), &service, at, (limits, ear));
        let journal = Arc::new(Memory::default());
        Self {
            kind,
            link: Arc::new(link),
            gate: Arc::new(
                Gate::new(Arc::clone(&journal) as _, origin as fn() -> Timestamp).with_looks(LOOKS),
            ),
            journal,
            news,
            tasks: AtomicU64::new(1),
            sandbox,
        }
    }

    /// Carries a wish out as every front end does: plan, consent, journal, task; how each step ended.
    async fn carry(&self, wish: Wish) -> Vec<State> {
        let plan = self.gate.prepare(&self.link, wish).await.unwrap();
        let id = TaskId(self.tasks.fetch_add(1, Ordering::Relaxed));
        let consent = plan
            .agree(id, typed(&plan))
            .expect("nothing speaks against it");
        let mut task = Task::new(id, plan.clone(), consent);
        task.recorded(self.gate.record(&actor(), (id, Why::Wished), plan).await);
        loop {
            let going = task.next(Moment::default());
            if going.is_empty() {
                return task
                    .steps()
                    .map(|(_, state): (&Step, &State)| state.clone())
                    .collect();
            }
            for go in going {
                let crossing = Crossing {
                    link: Arc::clone(&self.link),
                    actor: actor(),
                    number: go.number,
                    step: go.step,
                    consent: go.consent,
                };
                let outcome = self.gate.carry(crossing).await.unwrap();
                task.settle(Moment::default(), go.number, outcome);
            }
        }
    }

    /// Carries a wish out and expects every step of it to be done.
    async fn done(&self, wish: Wish) {
        let ends = self.carry(wish.clone()).await;
        let all = ends.iter().all(|state| matches!(state, State::Done(_)));
        assert!(all && !ends.is_empty(), "{wish:?}: {ends:?}");
    }

    /// What the face was asked.
    fn sent(&self) -> Vec<Recorded> {
        self.sandbox.requests(self.kind)
    }

    /// What the face was asked that may change something.
    fn writes(&self) -> Vec<Recorded> {
        let mut sent = self.sent();
        sent.retain(|request| request.method != "GET");
        sent
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(self.sandbox.unknown_routes(), Vec::<String>::new());
        }
    }
}

fn actor() -> Actor {
    Actor::new("contract", "test")
}

/// The first of the names that a plan asks for.
fn typed(plan: &Plan) -> Option<&str> {
    plan.objections
        .iter()
        .find_map(|objection| match objection {
            Objection::TypeName { names, .. } => names.first().map(Text::raw),
            Objection::Refused(_) => None,
        })
}
