//! Tests of the runtime, mirroring `src/runtime`: the loop with everything around it scripted.

mod closed;
mod drafts;
mod export;
mod frames;
mod odd;
mod pace;
mod pen;
mod picture;
mod refresh;
mod reload;
mod session;

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::Stream;
use futures_util::future::BoxFuture;
use orgdeck::app::effect::Ending;
use orgdeck::app::place::Size;
use orgdeck::app::store::{Account, Store};
use orgdeck::app::{Input, Model};
use orgdeck::domain::connection::Access;
use orgdeck::domain::query::Reply;
use orgdeck::domain::secret::Pass;
use orgdeck::domain::{
    Actor, Answer, ApiError, Invite, Mutation, Outcome, Page, Query, Request, Row, Wish,
};
use orgdeck::files::Drafts;
use orgdeck::gate::{Gate, Permit};
use orgdeck::journal::memory::Memory;
use orgdeck::provider::Provider;
use orgdeck::provider::link::Link;
use orgdeck::runtime::clock::Clock;
use orgdeck::runtime::{self, Front, Session, Shared};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

use crate::support::fake::{self, Fake, wall};
use crate::support::rig::{everything, org_id, parse, settings, small_world};

/// A session that runs beside the test.
struct Desk {
    /// Keys and the rest, as from a terminal; without it the terminal is gone.
    input: Option<mpsc::UnboundedSender<Input>>,
    board: Board,
    /// How often the loop has woken.
    wakes: Arc<AtomicUsize>,
    town: Arc<Town>,
    journal: Arc<Memory>,
    session: JoinHandle<Option<Ending>>,
}

impl Desk {
    /// A session with one connection, over a service that answers.
    fn open() -> Self {
        Self::over(Town::new(Reads::Answered))
    }

    fn over(town: Arc<Town>) -> Self {
        Self::on(town, Board::default())
    }

    fn on(town: Arc<Town>, board: Board) -> Self {
        Self::keeping(town, board, None)
    }

    /// A session whose drafts are kept there.
    #[expect(
        clippy::disallowed_methods,
        reason = "the session runs beside its test, so that only its own wake-ups are counted"
    )]
    fn keeping(town: Arc<Town>, board: Board, drafts: Option<Drafts>) -> Self {
        let (input, queue) = mpsc::unbounded_channel();
        let wakes = Arc::new(AtomicUsize::new(0));
        let script = Script {
            queue,
            polls: Arc::clone(&wakes),
        };
        let journal = Arc::new(Memory::default());
        let ((shared, mut session), model) = edges(&town, &journal);
        session.drafts = drafts;
        let edges = (shared, session);
        let mut front = board.clone();
        let session =
            tokio::spawn(async move { runtime::run(&mut front, script, edges, model).await });
        Self {
            input: Some(input),
            board,
            wakes,
            town,
            journal,
            session,
        }
    }

    fn press(&self, keys: &str) {
        for key in parse(keys) {
            self.send(Input::Key(key));
        }
    }

    fn send(&self, input: Input) {
        // A session that has ended takes no keys any more.
        let _ = self.input.as_ref().unwrap().send(input);
    }

    fn wakes(&self) -> usize {
        self.wakes.load(Ordering::SeqCst)
    }
}

/// Time passes; everything that is due in it is done.
async fn pass(milliseconds: u64) {
    sleep(Duration::from_millis(milliseconds)).await;
}

fn edges(town: &Arc<Town>, journal: &Arc<Memory>) -> ((Shared, Session), Model) {
    let connection = fake::connection(Access::Full);
    let link = Link::new(connection, town.clone(), everything());
    let account = Account::new(link.connection.clone(), link.capabilities());
    let size = Size {
        width: 120,
        height: 36,
    };
    let model = Model::new(size, settings(), Store::new(vec![account]));
    let (_, news) = mpsc::unbounded_channel();
    let session = Session {
        readings: orgdeck::runtime::reload::unwatched(),
        clock: Clock::starting(wall),
        actor: Actor::new("ana", "test"),
        news,
        drafts: None,
    };
    let gate = Gate::new(journal.clone(), wall);
    ((Shared::new([link], gate), session), model)
}

/// Inputs as the test sends them.
struct Script {
    queue: mpsc::UnboundedReceiver<Input>,
    polls: Arc<AtomicUsize>,
}

impl Stream for Script {
    type Item = Input;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Input>> {
        self.polls.fetch_add(1, Ordering::SeqCst);
        self.queue.poll_recv(context)
    }
}

/// A front that remembers.
#[derive(Clone)]
struct Board {
    shown: Arc<Mutex<Vec<(Instant, Model)>>>,
    told: Arc<Mutex<Vec<&'static str>>>,
    ready: watch::Receiver<bool>,
    _ready: Arc<watch::Sender<bool>>,
}

impl Default for Board {
    fn default() -> Self {
        Self::new(true).0
    }
}

impl Board {
    /// A front, and whether its last frame has left.
    fn new(is_ready: bool) -> (Self, Arc<watch::Sender<bool>>) {
        let (sender, ready) = watch::channel(is_ready);
        let sender = Arc::new(sender);
        let board = Self {
            shown: Arc::default(),
            told: Arc::default(),
            ready,
            _ready: Arc::clone(&sender),
        };
        (board, sender)
    }

    fn frames(&self) -> usize {
        self.shown.lock().unwrap().len()
    }

    /// What was shown last.
    fn model(&self) -> Model {
        self.shown.lock().unwrap().last().unwrap().1.clone()
    }
}

impl Front for Board {
    fn show(&mut self, model: &Model) {
        let mut shown = self.shown.lock().unwrap();
        shown.push((Instant::now(), model.clone()));
    }

    async fn ready(&self) {
        let mut ready = self.ready.clone();
        ready.wait_for(|ready| *ready).await.unwrap();
    }

    fn redraw(&mut self) {
        self.told.lock().unwrap().push("redraw");
    }

    fn suspend(&mut self) {
        self.told.lock().unwrap().push("suspend");
    }
}

/// Whether questions are answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reads {
    Answered,
    Never,
}

/// A service with one organization whose invites are those of a fake.
struct Town {
    fake: Arc<Fake>,
    reads: Reads,
    /// Questions that are under way.
    asked: Arc<AtomicUsize>,
}

/// Is under way as long as it lives.
struct UnderWay(Arc<AtomicUsize>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Town {
    fn new(reads: Reads) -> Arc<Self> {
        let mut invite = fake::invite("inv_1", "jon@old.example");
        invite.at.org = org_id("shop", "acme");
        Arc::new(Self {
            fake: Fake::with(&[invite]),
            reads,
            asked: Arc::default(),
        })
    }

    /// How many questions are under way.
    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn begin(&self) -> UnderWay {
        self.asked.fetch_add(1, Ordering::SeqCst);
        UnderWay(Arc::clone(&self.asked))
    }

    fn invites(&self) -> Vec<Row<Invite>> {
        let invites = self.fake.invites.lock().unwrap();
        invites.values().cloned().map(Row::whole).collect()
    }
}

impl Provider for Town {
    fn query(&self, query: Query) -> BoxFuture<'_, Reply> {
        Box::pin(async move {
            let _under_way = self.begin();
            match query {
                Query::Invite(_) | Query::InvitesTo { .. } => self.fake.query(query).await,
                _ if self.reads == Reads::Never => std::future::pending().await,
                Query::Invites { .. } => Ok(Answer::Invites(Page::whole(self.invites()))),
                query => Ok(small_world(&query, everything())),
            }
        })
    }

    fn plan(&self, wish: Wish) -> BoxFuture<'_, Result<Vec<Mutation>, ApiError>> {
        self.fake.plan(wish)
    }

    fn render(&self, change: &Mutation) -> Request {
        self.fake.render(change)
    }

    fn admit(&self, _: Pass) -> BoxFuture<'_, Result<(), ApiError>> {
        unreachable!("nobody is asked for a token")
    }

    fn mutate(&self, change: Mutation, permit: Permit) -> BoxFuture<'_, Outcome> {
        self.fake.mutate(change, permit)
    }
}
