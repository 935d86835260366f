//! The runtime: one loop that carries the core's orders out and brings it the facts.
//!
//! It takes all its I/O as parameters (input as a stream, a [`Front`] that shows, [`Shared`] with the
//! connections), so that a local terminal, an SSH channel and a test are the same to it.

pub mod backend;
pub mod clock;
mod doubt;
pub mod export;
pub mod front;
pub mod list;
pub(crate) mod pen;
pub(crate) mod perform;
pub mod picture;
pub mod shared;
mod shown;
mod sources;

use futures_util::Stream;
use tokio::sync::mpsc;

use crate::app::effect::Ending;
use crate::app::{self, Effects, Input, Model};
use crate::domain::{Actor, News};
use crate::view;
use clock::Clock;
use perform::{Performer, Telling};
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
}

/// Runs a session to its end; none when the input ends, as nobody is there any more. Writes that are
/// under way outlive it, reads do not.
pub async fn run<F: Front>(
    front: &mut F,
    input: impl Stream<Item = Input> + Unpin,
    (shared, session): (Shared, Session),
    mut model: Model,
) -> Option<Ending> {
    let (facts, answers) = mpsc::unbounded_channel();
    let mut performer = Performer::new(shared, session.actor, facts);
    let mut sources = Sources::new(input, answers, (session.clock, session.news));
    performer.recover(Telling::News);
    let mut orders = app::start(&mut model, session.clock.now());
    loop {
        if let Some(ending) = carry_out(&mut performer, front, orders) {
            return Some(ending);
        }
        orders = match sources.next(front, &model).await? {
            Happened::Fact(msg) => {
                performer.forget(&msg);
                app::update(&mut model, session.clock.now(), *msg)
            }
            Happened::Drawable => {
                front.show(&model);
                model.now = session.clock.now();
                let seen = view::measure(&model);
                app::shown(&mut model, seen);
                sources.drawn(model.now.moment);
                Effects::new()
            }
        };
    }
}

fn carry_out<F: Front>(
    performer: &mut Performer,
    front: &mut F,
    orders: Effects,
) -> Option<Ending> {
    let mut orders = orders.into_iter();
    orders.find_map(|effect| performer.perform(front, effect))
}
