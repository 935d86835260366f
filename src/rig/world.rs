//! The world of a rig: connections over which its orders are carried out, one after the other.
//!
//! Side by side they would end in another order at each run; how long a request took would differ as
//! well, so it is told the same for all.

use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::console::Rig;
use crate::app::effect::Ending;
use crate::app::{Effect, Key, Model, Msg};
use crate::domain::{Actor, News};
use crate::runtime::drafts::Keeper;
use crate::runtime::perform::Performer;
use crate::runtime::{Front, Shared};

/// What every request is said to have taken.
const TOOK: Duration = Duration::from_millis(12);

/// How long a person looks at the screen before the next key. Timers that come later than that are not
/// what the key has started.
const LOOK: Duration = Duration::from_secs(1);

/// Connections, who acts over them, and what is heard of them.
pub struct World {
    performer: Performer,
    news: UnboundedReceiver<News>,
    ending: Option<Ending>,
}

/// Effects on the screen have nothing to work on.
struct Nowhere;

impl Front for Nowhere {
    fn show(&mut self, _: &Model) {}

    async fn ready(&self) {}
}

impl World {
    /// A world of these connections, in which `actor` acts and whose news come from there.
    pub fn new(shared: Shared, actor: Actor, news: UnboundedReceiver<News>) -> Self {
        let (nobody, _) = unbounded_channel();
        let nowhere = Keeper::of(None, nobody.clone());
        Self {
            performer: Performer::new(shared, (actor, nowhere), nobody),
            news,
            ending: None,
        }
    }

    /// How the console was ended, if it was: then nothing is carried out any more.
    pub fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref()
    }

    /// Presses a key; all that it starts is finished when this returns.
    pub async fn press(&mut self, rig: &mut Rig, key: Key) {
        rig.press(key);
        self.settle(rig).await;
    }

    /// Carries out whatever waits and what comes of it, and lets the timers fire that follow at once.
    pub async fn settle(&mut self, rig: &mut Rig) {
        self.carry_out(rig).await;
        let end = rig.now().moment.after(LOOK);
        while rig.fire(end).is_some() {
            self.carry_out(rig).await;
        }
        rig.wait(end.since(rig.now().moment));
    }

    async fn carry_out(&mut self, rig: &mut Rig) {
        while let Some(effect) = rig.effects.pop_front() {
            if self.ending.is_none() {
                self.perform(rig, effect).await;
            }
        }
    }

    /// Carries one order out to its end; whatever it tells is a fact for the rig.
    async fn perform(&mut self, rig: &mut Rig, effect: Effect) {
        let (told, mut facts) = unbounded_channel();
        self.performer.tell_to(told);
        self.ending = self.performer.perform(&mut Nowhere, effect);
        // Once nobody else can tell anything, the facts have come to their end.
        self.performer.tell_to(unbounded_channel().0);
        while let Some(msg) = facts.recv().await {
            self.performer.forget(&msg);
            rig.send(msg);
        }
        while let Ok(news) = self.news.try_recv() {
            rig.send(Msg::Told(evened(news)));
        }
    }
}

/// News without what differs from run to run.
fn evened(news: News) -> News {
    match news {
        News::Sent(mut sent) => {
            sent.took = TOOK;
            News::Sent(sent)
        }
        news @ (News::Paused { .. } | News::Scarce { .. }) => news,
    }
}
