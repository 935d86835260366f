//! The runtime: one loop that carries the core's orders out and brings it the facts.
//!
//! It takes all its I/O as parameters (input as a stream, a [`Front`] that shows, [`Shared`] with the
//! connections), so that a local terminal, an SSH channel and a test are the same to it.

pub mod backend;
pub mod browser;
mod clipboard;
pub mod clock;
mod doubt;
pub(crate) mod drafts;
pub mod export;
pub mod front;
pub mod list;
pub(crate) mod pen;
pub(crate) mod perform;
pub mod picture;
pub mod reload;
pub mod shared;
mod shown;
mod sources;

use futures_util::Stream;
use tokio::sync::mpsc;

use crate::app::effect::Ending;
use crate::app::{self, Effects, Input, Model};
use crate::domain::{Actor, News};
use crate::files::Drafts;
use crate::view;
use clock::Clock;
use drafts::Keeper;
use perform::{Performer, Telling};
use reload::Reading;
use sources::{Happened, Sources};

pub use front::Front;
pub use shared::Shared;

/// What a session brings: its time, who acts, and where news come from.
pub struct Session {
    /// The session's clock.
    pub clock: Clock,
    /// Who acts, as the journal names it.
    pub actor: Actor,
    /// What happens at the edges.
    pub news: mpsc::UnboundedReceiver<News>,
    /// What comes of the configuration when it is changed.
    pub readings: mpsc::UnboundedReceiver<Reading>,
    /// Where drafts are kept; nowhere but in memory without it.
    pub drafts: Option<Drafts>,
}

/// Runs a session to its end; none when the input ends, as nobody is there any more. Writes that are
/// under way outlive it, reads do not, and what was typed is kept first.
pub async fn run<F: Front>(
    front: &mut F,
    input: impl Stream<Item = Input> + Unpin,
    (shared, session): (Shared, Session),
    mut model: Model,
) -> Option<Ending> {
    let (facts, answers) = mpsc::unbounded_channel();
    let clock = session.clock;
    let keeper = Keeper::of(session.drafts, facts.clone());
    let mut performer = Performer::new(shared, (session.actor, keeper), facts);
    let told = (session.news, session.readings);
    let mut sources = Sources::new(input, answers, (clock, told));
    performer.read_drafts(clock.now().wall);
    performer.recover(Telling::News);
    let mut orders = app::start(&mut model, clock.now());
    let ending = loop {
        if let Some(ending) = carry_out(&mut performer, front, orders) {
            break Some(ending);
        }
        let Some(happened) = sources.next(front, &model).await else {
            break None;
        };
        orders = match happened {
            Happened::Fact(msg) => {
                performer.forget(&msg);
                app::update(&mut model, clock.now(), *msg)
            }
            Happened::Configured(reading) => {
                let msg = performer.reconfigure(reading);
                app::update(&mut model, clock.now(), msg)
            }
            Happened::Drawable => {
                front.show(&model);
                model.now = clock.now();
                let seen = view::measure(&model);
                app::shown(&mut model, seen);
                sources.drawn(model.now.moment);
                Effects::new()
            }
        };
    };
    let last = app::end(&mut model, clock.now());
    carry_out(&mut performer, front, last);
    performer.end().await;
    ending
}

fn carry_out<F: Front>(
    performer: &mut Performer,
    front: &mut F,
    orders: Effects,
) -> Option<Ending> {
    let mut orders = orders.into_iter();
    orders.find_map(|effect| performer.perform(front, effect))
}
