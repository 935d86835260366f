//! The console of a rig: a model, the time, and the orders that came out of it.
//!
//! Pure: nothing is carried out here. The wall clock stands still; the program's own time passes when a
//! message comes or somebody waits.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;

use super::frame::Frame;
use crate::app::{self, Effect, Effects, Key, Model, Msg};
use crate::domain::{Moment, Now};
use crate::view;

/// What passes between two messages.
const STEP: Duration = Duration::from_millis(1);

/// A console whose facts are sent by hand and whose orders wait to be looked at or carried out.
#[derive(Clone, Debug)]
pub struct Rig {
    /// Everything that is true now.
    pub model: Model,
    /// The orders that nobody has carried out yet, oldest first.
    pub effects: VecDeque<Effect>,
    now: Now,
}

impl Rig {
    /// A console in a state that was put together by hand, at the time of its model.
    pub fn of(model: Model) -> Self {
        let mut rig = Self {
            now: model.now,
            model,
            effects: VecDeque::new(),
        };
        rig.show();
        rig
    }

    /// A console that starts at this time; its first questions wait among the effects.
    pub fn start(mut model: Model, at: Timestamp) -> Self {
        let now = Now {
            // Later than every moment that stands for "never".
            moment: Moment(Duration::from_secs(1)),
            wall: at,
        };
        let effects = app::start(&mut model, now).into();
        let mut rig = Self {
            model,
            effects,
            now,
        };
        rig.show();
        rig
    }

    /// The stamp of the last message.
    pub fn now(&self) -> Now {
        self.now
    }

    /// Takes one fact in, and shows the frame that follows. Gives the orders that came of it.
    pub fn send(&mut self, msg: Msg) -> Effects {
        self.now.moment = self.now.moment.after(STEP);
        let effects = app::update(&mut self.model, self.now, msg);
        self.effects.extend(effects.iter().cloned());
        self.show();
        effects
    }

    /// The frame that shows everything has been looked at.
    fn show(&mut self) {
        let seen = view::measure(&self.model);
        app::shown(&mut self.model, seen);
    }

    /// Presses a key.
    pub fn press(&mut self, key: Key) -> Effects {
        self.send(Msg::Pressed(key))
    }

    /// Lets time pass; timers that are due fire.
    pub fn wait(&mut self, span: Duration) -> Effects {
        let end = self.now.moment.after(span);
        let mut effects = Effects::new();
        while let Some(fired) = self.fire(end) {
            effects.extend(fired);
        }
        self.now.moment = self.now.moment.max(end);
        self.model.now = self.now;
        effects
    }

    /// Lets time pass up to the next timer, if it is due by then, and fires it.
    pub(super) fn fire(&mut self, end: Moment) -> Option<Effects> {
        let wake = app::wake_at(&self.model).filter(|wake| *wake <= end)?;
        debug_assert!(wake > self.now.moment, "a timer in the past");
        self.now.moment = wake;
        Some(self.send(Msg::Woke))
    }

    /// What the screen shows now.
    pub fn frame(&self) -> Frame {
        Frame::drawn(self.model.size, |frame| {
            view::draw(frame, frame.area(), &self.model);
        })
    }
}
