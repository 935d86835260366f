//! The stage: this process's terminal, taken for as long as one session after the other runs on it.

use color_eyre::eyre::{Result, WrapErr as _};
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use futures_util::{FutureExt as _, StreamExt as _};
use rustix::process::Signal;

use super::look::Look;
use crate::app::effect::Ending;
use crate::app::{Input, Model};
use crate::runtime::front::Screen;
use crate::runtime::{self, Session, Shared};
use crate::terminal::{Guard, Out, Surface, guard, local, tty};

/// The signals that end the console.
const ENDS: &[Signal] = &[
    Signal::HUP,
    Signal::INT,
    Signal::QUIT,
    Signal::TERM,
    // By default these end it without a word, with the terminal as it is.
    Signal::ABORT,
    Signal::ALARM,
    Signal::IO,
    Signal::PROF,
    Signal::USR1,
    Signal::USR2,
    Signal::VTALARM,
    Signal::XCPU,
];

/// A terminal with everything that comes in from it.
pub(super) struct Stage {
    // In this order they are dropped: the last frame has left when the guard gives the terminal back.
    screen: Screen<Surface>,
    _guard: Guard,
    inputs: BoxStream<'static, Input>,
    signal: BoxFuture<'static, i32>,
}

/// How a session was left.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Left {
    /// By its own will.
    Ended(Ending),
    /// By a signal with this number.
    BySignal(i32),
}

impl Stage {
    /// Takes the terminal. Signals are listened to first, so that none finds it half taken.
    pub(super) fn take(look: Look) -> Result<Self> {
        let signal = local::ended_by(ENDS).wrap_err("the signals")?.boxed();
        guard::restore_on_panic();
        let size = tty::size().wrap_err("the size of the terminal")?;
        let guard = Guard::enter().wrap_err("the terminal's modes")?;
        Ok(Self {
            screen: Screen::new(Surface::over(Out), look.frames, size)?,
            _guard: guard,
            inputs: local::inputs().wrap_err("the signals")?.boxed(),
            signal,
        })
    }

    /// Runs a session to its end.
    pub(super) async fn run(&mut self, edges: (Shared, Session), model: Model) -> Left {
        // A signal is the end of the input, so that what was typed is kept first.
        let mut inputs = (&mut self.inputs).take_until(&mut self.signal);
        let ending = runtime::run(&mut self.screen, &mut inputs, edges, model).await;
        match (inputs.take_result(), ending) {
            (Some(signal), _) => Left::BySignal(signal),
            (None, Some(ending)) => Left::Ended(ending),
            // A terminal that is gone is what the signal would have said.
            (None, None) => Left::BySignal(Signal::HUP.as_raw()),
        }
    }
}
