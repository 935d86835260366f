//! The runtime: one loop that carries the core's orders out and brings it the facts.
//!
//! It takes all its I/O as parameters (input as a stream, a [`Front`] that shows, [`Shared`] with the
//! connections), so that a local terminal, an SSH channel and a test are the same to it.

pub mod backend;
pub mod clock;
pub mod front;
mod perform;
pub mod shared;

use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use tokio::sync::mpsc;

use crate::app::effect::Ending;
use crate::app::{self, Effects, Input, Model, Msg};
use crate::domain::{Moment, News};
use clock::Clock;
use perform::Performer;

pub use front::Front;
pub use shared::Shared;

/// How many frames are shown in a second at the most.
const FRAMES: u32 = 60;

/// What a session brings: its time, who acts, and where news come from.
pub struct Session {
    /// The session's clock.
    pub clock: Clock,
    /// Who acts, as the journal names it.
    pub actor: crate::domain::Text,
    /// What happens at the edges.
    pub news: mpsc::UnboundedReceiver<News>,
}

/// Runs a session to its end. Writes that are under way outlive it; reads do not.
pub async fn run<F: Front>(
    front: &mut F,
    input: impl Stream<Item = Input> + Unpin,
    edges: (Shared, Session),
    mut model: Model,
) -> Ending {
    let (shared, session) = edges;
    let (facts, answers) = mpsc::unbounded_channel();
    let mut sources = Sources {
        input,
        answers,
        news: session.news,
        clock: session.clock,
        last_frame: None,
    };
    let mut performer = Performer::new(shared, session.actor, facts);
    let start = app::start(&mut model, sources.clock.now());
    let mut dirty = true;
    if let Some(ending) = carry_out(&mut performer, front, start) {
        return ending;
    }
    loop {
        let Some(happened) = sources.next(front, &model, dirty).await else {
            return Ending::Quit;
        };
        match happened {
            Happened::Drawable => {
                front.show(&model);
                model.now = sources.clock.now();
                sources.last_frame = Some(model.now.moment);
                app::shown(&mut model);
                dirty = false;
            }
            Happened::Fact(first) => {
                for msg in sources.waiting(*first).await {
                    performer.forget(&msg);
                    let effects = app::update(&mut model, sources.clock.now(), msg);
                    if let Some(ending) = carry_out(&mut performer, front, effects) {
                        return ending;
                    }
                }
                dirty = true;
            }
        }
    }
}

fn carry_out<F: Front>(
    performer: &mut Performer,
    front: &mut F,
    effects: Effects,
) -> Option<Ending> {
    effects
        .into_iter()
        .find_map(|effect| performer.perform(front, effect))
}

/// Why the loop woke.
enum Happened {
    /// There is something to take in.
    Fact(Box<Msg>),
    /// The last frame has left, and there is something new to show.
    Drawable,
}

/// Where facts come from.
struct Sources<I> {
    input: I,
    answers: mpsc::UnboundedReceiver<Msg>,
    news: mpsc::UnboundedReceiver<News>,
    clock: Clock,
    last_frame: Option<Moment>,
}

impl<I: Stream<Item = Input> + Unpin> Sources<I> {
    /// Waits for the next fact, or for the moment to draw; `None` when the input has ended.
    async fn next<F: Front>(&mut self, front: &F, model: &Model, dirty: bool) -> Option<Happened> {
        let wake = app::wake_at(model).map(|moment| self.clock.instant(moment));
        let due = self.last_frame.map(|last| {
            let frame = Duration::from_secs(1) / FRAMES;
            self.clock.instant(last.after(frame))
        });
        let drawable = async {
            if let Some(due) = due {
                tokio::time::sleep_until(due).await;
            }
            front.ready().await;
        };
        let woken = async {
            match wake {
                Some(wake) => tokio::time::sleep_until(wake).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! { biased;
            input = self.input.next() => input.map(|input| Happened::Fact(Box::new(fact(input)))),
            Some(msg) = self.answers.recv() => Some(Happened::Fact(Box::new(msg))),
            Some(news) = self.news.recv() => Some(Happened::Fact(Box::new(Msg::Told(news)))),
            () = drawable, if dirty => Some(Happened::Drawable),
            () = woken => Some(Happened::Fact(Box::new(Msg::Woke))),
        }
    }

    /// An input that is there already. Polled with the loop's own waker: a stream may keep the first
    /// one it is given, and one that wakes nobody would lose the next key.
    async fn input_at_hand(&mut self) -> Option<Input> {
        let input = &mut self.input;
        let at_hand = |context: &mut Context<'_>| match input.poll_next_unpin(context) {
            Poll::Ready(input) => Poll::Ready(input),
            Poll::Pending => Poll::Ready(None),
        };
        std::future::poll_fn(at_hand).await
    }

    /// A fact and everything else that is waiting already, to be handled before one draw.
    async fn waiting(&mut self, first: Msg) -> Vec<Msg> {
        let mut batch = vec![first];
        while let Some(input) = self.input_at_hand().await {
            batch.push(fact(input));
        }
        while let Ok(msg) = self.answers.try_recv() {
            batch.push(msg);
        }
        while let Ok(news) = self.news.try_recv() {
            batch.push(Msg::Told(news));
        }
        batch
    }
}

fn fact(input: Input) -> Msg {
    match input {
        Input::Key(key) => Msg::Pressed(key),
        Input::Paste(text) => Msg::Pasted(text),
        Input::Size(size) => Msg::Resized(size),
        Input::Stop => Msg::Stopped,
    }
}
