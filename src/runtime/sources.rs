//! What the loop waits for: facts from everywhere, and the moment to draw.

use std::future::pending;
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, sleep_until};

use super::clock::Clock;
use super::front::Front;
use super::reload::Reading;
use crate::app::{self, Input, Model, Msg};
use crate::domain::{Moment, News};

/// The shortest time between two frames: 60 in a second at the most.
const FRAME: Duration = Duration::from_micros(16_667);

/// How long facts that keep coming may hold back the frame that shows them.
const LATE: Duration = Duration::from_millis(100);

/// How long they may hold back what a key did.
const PROMPT: Duration = FRAME;

/// Why the loop woke.
pub(super) enum Happened {
    /// There is something to take in.
    Fact(Box<Msg>),
    /// The configuration was read again.
    Configured(Reading),
    /// The last frame has left, nothing is waiting, and there is something new to show.
    Drawable,
}

/// What is told without having been asked for: news of the edges, and the configuration when it was changed.
type Told = (UnboundedReceiver<News>, UnboundedReceiver<Reading>);

/// Where facts come from, and what of them is on the screen.
pub(super) struct Sources<I> {
    input: I,
    answers: UnboundedReceiver<Msg>,
    news: UnboundedReceiver<News>,
    readings: UnboundedReceiver<Reading>,
    clock: Clock,
    /// When at the latest the next frame is drawn; none while there is nothing new to show.
    latest: Option<Moment>,
    /// The earliest moment of the next frame.
    next_frame: Moment,
}

impl<I: Stream<Item = Input> + Unpin> Sources<I> {
    /// Sources of a session that has shown nothing yet.
    pub(super) fn new(
        input: I,
        answers: UnboundedReceiver<Msg>,
        (clock, (news, readings)): (Clock, Told),
    ) -> Self {
        Self {
            input,
            answers,
            news,
            readings,
            clock,
            latest: Some(Moment::default().after(LATE)),
            next_frame: Moment::default(),
        }
    }

    /// A frame was drawn that shows everything.
    pub(super) fn drawn(&mut self, at: Moment) {
        self.latest = None;
        self.next_frame = at.after(FRAME);
    }

    /// Waits for the next fact, or for the moment to draw; none when the input has ended.
    pub(super) async fn next(&mut self, front: &impl Front, model: &Model) -> Option<Happened> {
        let happened = self.wait(front, model).await?;
        let patience = match &happened {
            Happened::Fact(msg) if is_of_person(msg) => PROMPT,
            Happened::Fact(_) | Happened::Configured(_) => LATE,
            Happened::Drawable => return Some(happened),
        };
        let latest = self.clock.moment().after(patience);
        self.latest = Some(self.latest.map_or(latest, |until| until.min(latest)));
        Some(happened)
    }

    async fn wait(&mut self, front: &impl Front, model: &Model) -> Option<Happened> {
        let due = self.latest.map(|_| self.clock.instant(self.next_frame));
        let wake = app::wake_at(model).map(|moment| self.clock.instant(moment));
        let drawable = || async move {
            until(due).await;
            front.ready().await;
            Some(Happened::Drawable)
        };
        tokio::select! { biased;
            drawable = drawable(), if self.is_late() => drawable,
            input = self.input.next() => input.map(of_input).map(fact),
            Some(msg) = self.answers.recv() => Some(fact(msg)),
            Some(reading) = self.readings.recv() => Some(Happened::Configured(reading)),
            Some(news) = self.news.recv() => Some(fact(Msg::Told(news))),
            drawable = drawable() => drawable,
            () = until(wake) => Some(fact(Msg::Woke)),
        }
    }

    fn is_late(&self) -> bool {
        let now = self.clock.moment();
        self.latest.is_some_and(|latest| latest <= now)
    }
}

/// Whether somebody waits to see what comes of it.
fn is_of_person(msg: &Msg) -> bool {
    matches!(msg, Msg::Pressed(_) | Msg::Pasted(_) | Msg::Resized(_))
}

/// Waits for an instant, forever if there is none.
async fn until(instant: Option<Instant>) {
    match instant {
        Some(instant) => sleep_until(instant).await,
        None => pending().await,
    }
}

fn fact(msg: Msg) -> Happened {
    Happened::Fact(Box::new(msg))
}

fn of_input(input: Input) -> Msg {
    match input {
        Input::Key(key) => Msg::Pressed(key),
        Input::Paste(text) => Msg::Pasted(text),
        Input::Size(size) => Msg::Resized(size),
        Input::Stop => Msg::Stopped,
    }
}
