//! A console over one service of the demo world, and a player who presses keys and looks at the models
//! that a front is shown.

use std::sync::Arc;
use std::time::Duration;

use futures_util::stream;
use orgdeck::app::model::Settings;
use orgdeck::app::place::Size;
use orgdeck::app::store::{Account, Store};
use orgdeck::app::{Input, Model};
use orgdeck::domain::connection::Access;
use orgdeck::domain::entry::Event;
use orgdeck::domain::{Actor, Entry, Method, OrgId, Outcome, Profile, Verb};
use orgdeck::gate::Gate;
use orgdeck::journal::memory::Memory;
use orgdeck::provider::http::SecretSource;
use orgdeck::provider::link::Link;
use orgdeck::provider::registry;
use orgdeck::runtime::clock::Clock;
use orgdeck::runtime::{self, Front, Session, Shared};
use orgdeck::sandbox::faults::Rule;
use orgdeck::sandbox::world::{InviteState, Org, World};
use orgdeck::sandbox::{Sandbox, Service};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::sandbox::{demo, origin};
use crate::support::link::{LOOKS, gives, limits, link_by};
use crate::support::rig::{parse, settings};

/// The longest that anything may take; nothing waits for it when all is well.
const LIMIT: Duration = Duration::from_secs(20);

/// Whom the player invites.
pub(super) const NEW: &str = "new.person@quay.example";

/// A front that hands every model that it is shown to the player.
struct Mirror(UnboundedSender<Model>);

impl Front for Mirror {
    fn show(&mut self, model: &Model) {
        // The player may have seen enough.
        let _ = self.0.send(model.clone());
    }

    async fn ready(&self) {}
}

/// Somebody at the keys.
pub(super) struct Player {
    pub(super) keys: UnboundedSender<Input>,
    frames: UnboundedReceiver<Model>,
    /// What the service is played by, for what happens to it meanwhile.
    pub(super) sandbox: Arc<Sandbox>,
    pub(super) seen: Model,
}

impl Player {
    pub(super) fn press(&self, keys: &str) {
        for key in parse(keys) {
            self.keys.send(Input::Key(key)).unwrap();
        }
    }

    /// Looks until the screen is so.
    pub(super) async fn until(&mut self, what: &str, so: impl Fn(&Model) -> bool) -> &Model {
        while !so(&self.seen) {
            let frame = tokio::time::timeout(LIMIT, self.frames.recv()).await;
            let Ok(Some(model)) = frame else {
                let screen = crate::support::screen::plain(&self.seen, (120, 36));
                panic!("{what} did not come: {:?}\n{screen}", self.seen.notices);
            };
            self.seen = model;
        }
        &self.seen
    }

    /// Takes the frames that are waiting, so that what is looked for is newer than the key before.
    pub(super) async fn press_and_see(
        &mut self,
        keys: &str,
        so: impl Fn(&Model) -> bool,
    ) -> &Model {
        self.press(keys);
        self.until(keys, so).await
    }
}

/// A console over one service of the demo world.
pub(super) struct Walk {
    sandbox: Arc<Sandbox>,
    kind: Service,
    journal: Arc<Memory>,
    shared: Shared,
    session: Session,
    model: Model,
}

pub(super) fn profile() -> Profile {
    Profile::new("walk")
}

impl Walk {
    pub(super) fn with(service: (registry::Service, Service), access: Access) -> Self {
        Self::over(demo(), service, access)
    }

    /// The same over a sandbox of one's own.
    pub(super) fn over(
        sandbox: Sandbox,
        service: (registry::Service, Service),
        access: Access,
    ) -> Self {
        let tokens = gives(&[sandbox.face(service.1).token.as_str()]);
        Self::by(sandbox, service, access, tokens)
    }

    /// The same with tokens from a source of one's own.
    pub(super) fn by(
        sandbox: Sandbox,
        (service, kind): (registry::Service, Service),
        access: Access,
        tokens: SecretSource,
    ) -> Self {
        let sandbox = Arc::new(sandbox);
        let face = sandbox.face(kind);
        let (ear, news) = unbounded_channel();
        let hears = move |news| drop(ear.send(news));
        let at = (face.url.as_str(), tokens);
        let mut link = link_by(&profile(), &service, at, (limits(), hears));
        link.connection.access = access;
        let account = Account::new(link.connection.clone(), link.capabilities());
        let settings = Settings {
            read_only: match access {
                Access::Full => None,
                Access::ReadOnly(switch) => Some(switch),
            },
            ..settings()
        };
        let size = Size {
            width: 120,
            height: 36,
        };
        let journal = Arc::new(Memory::default());
        let gate = Gate::new(Arc::clone(&journal) as _, origin).with_looks(LOOKS);
        Self {
            model: Model::new(size, settings, Store::new(vec![account])),
            shared: Shared::new([link], gate),
            session: Session {
                readings: orgdeck::runtime::reload::unwatched(),
                clock: Clock::starting(origin),
                actor: Actor::new("player", "test"),
                news,
                drafts: None,
            },
            sandbox,
            kind,
            journal,
        }
    }

    /// Looks at the service's world, or prepares it.
    pub(super) fn world<T>(&self, visit: impl FnOnce(&mut World) -> T) -> T {
        self.sandbox.world(visit)
    }

    /// From now on requests meet this.
    pub(super) fn fail(&self, rule: Rule) {
        self.sandbox.fail(self.kind, rule);
    }

    /// Runs the program while the player plays; gives the last model that was shown.
    pub(super) async fn played(self, play: impl AsyncFnOnce(&mut Player)) -> Walked {
        let (keys, inputs) = unbounded_channel();
        let (shown, frames) = unbounded_channel();
        let input = stream::unfold(inputs, async |mut inputs: UnboundedReceiver<Input>| {
            let input = inputs.recv().await?;
            Some((input, inputs))
        });
        let input = std::pin::pin!(input);
        let mut player = Player {
            keys,
            frames,
            sandbox: Arc::clone(&self.sandbox),
            seen: self.model.clone(),
        };
        let mut front = Mirror(shown);
        let edges = (self.shared.clone(), self.session);
        let program = runtime::run(&mut front, input, edges, self.model);
        let script = async {
            let ready = |model: &Model| opened(model).is_some();
            let org = opened(player.until("an organization", ready).await).unwrap();
            play(&mut player).await;
            player.press("q");
            (player.seen, org)
        };
        let (_, (model, org)) = tokio::join!(program, script);
        assert_eq!(self.sandbox.unknown_routes(), Vec::<String>::new());
        Walked {
            sandbox: self.sandbox,
            kind: self.kind,
            journal: self.journal,
            shared: self.shared,
            model,
            org,
        }
    }
}

/// What a walk left behind.
pub(super) struct Walked {
    sandbox: Arc<Sandbox>,
    kind: Service,
    journal: Arc<Memory>,
    pub(super) shared: Shared,
    pub(super) model: Model,
    pub(super) org: OrgId,
}

impl Walked {
    /// Looks at the service's world.
    pub(super) fn world<T>(&self, visit: impl FnOnce(&mut World) -> T) -> T {
        self.sandbox.world(visit)
    }

    /// Looks at the organization that was open at first.
    pub(super) fn org_of_world<T>(&self, look: impl FnOnce(&Org) -> T) -> T {
        self.world(|world| look(world.find_org(self.kind, self.org.raw()).unwrap()))
    }

    /// The service that was walked on.
    pub(super) fn kind(&self) -> Service {
        self.kind
    }

    /// What the service was asked.
    pub(super) fn requests(&self) -> Vec<orgdeck::sandbox::Recorded> {
        self.sandbox.requests(self.kind)
    }

    /// The methods of the writes that reached the service.
    pub(super) fn writes(&self) -> Vec<String> {
        let sent = self.sandbox.requests(self.kind).into_iter();
        sent.map(|request| request.method)
            .filter(|method| method != "GET")
            .collect()
    }

    /// The states of the invites to the new person in the world, oldest first.
    pub(super) fn invited(&self) -> Vec<InviteState> {
        self.sandbox.world(|world| {
            let org = world.find_org(self.kind, self.org.raw()).unwrap().key;
            let new = world.invites_of(org).filter(|invite| invite.email == NEW);
            new.map(|invite| invite.state_at(world.now())).collect()
        })
    }

    /// The verbs of the journal: what was planned, what was to be sent, what was done.
    pub(super) fn intents(&self) -> usize {
        let entries = self.journal.entries();
        let intents = entries.iter();
        intents
            .filter(|entry| matches!(entry.event, Event::Intent { .. }))
            .count()
    }

    pub(super) fn recorded(&self) -> Vec<(&'static str, Verb)> {
        let mut verb = Verb::WhoAmI;
        let entries = self.journal.entries();
        let event = |entry: &Entry| match &entry.event {
            Event::Planned { plan, .. } => ("planned", plan.wish.verb()),
            Event::Intent { change, .. } => {
                verb = change.verb();
                ("intent", verb)
            }
            Event::Ended { outcome, .. } => {
                assert!(matches!(**outcome, Outcome::Done(_)), "{outcome:?}");
                ("done", verb)
            }
            Event::AlreadySo { .. } => ("already so", verb),
            Event::FoundSo(_) => ("found so", verb),
            Event::Closed(_) => ("closed", verb),
        };
        entries.iter().map(event).collect()
    }

    /// The lines of the activity that are writes, newest first.
    pub(super) fn told(&self) -> Vec<(Verb, Method, bool)> {
        let lines = self.model.log.window(0, usize::MAX);
        let writes = lines.filter(|line| line.sent.method != Method::Get);
        writes
            .map(|line| {
                let fine = matches!(line.sent.ended, Ok(200..=299));
                (line.sent.verb, line.sent.method, fine)
            })
            .collect()
    }

    pub(super) fn link(&self) -> &Link {
        self.shared.link(&profile()).unwrap()
    }
}

/// The organization that is open, once its own lists are read.
fn opened(model: &Model) -> Option<OrgId> {
    let open = model.panes.open.clone()?;
    let visit = model.store.visit(&open)?;
    (visit.read_at.is_some() && model.pending.is_empty()).then_some(open)
}
