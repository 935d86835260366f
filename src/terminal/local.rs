//! This process's terminal: everything that comes in from it, and the signals around it.

use std::io;

use futures_util::future::select_all;
use futures_util::{Stream, stream};
use nix::unistd::{getpgrp, getsid};
use rustix::process::{Signal, kill_current_process_group};
use tokio::signal::unix::{self, SignalKind, signal};
use tokio::sync::mpsc;

use super::decode::Keyboard;
use super::tty;
use crate::app::key::Input;

/// How many chunks of bytes wait to be decoded; beyond that they wait in the terminal.
const CHUNKS: usize = 16;

/// Everything that is typed, pasted or resized, until the terminal is gone; a signal to stop is among
/// it. To be called once: its reader never lets go of the terminal.
///
/// # Errors
/// When signals cannot be listened to.
pub fn inputs() -> io::Result<impl Stream<Item = Input> + Unpin> {
    let terminal = Terminal {
        keyboard: Keyboard::new(chunks()),
        stopped: listen(Signal::TSTP)?,
        resized: listen(Signal::WINCH)?,
        continued: listen(Signal::CONT)?,
    };
    let inputs = stream::unfold(terminal, |mut terminal| async {
        terminal.next().await.map(|input| (input, terminal))
    });
    Ok(Box::pin(inputs))
}

/// Waits for one of these signals, which are listened to from now on: its number.
///
/// # Errors
/// When signals cannot be listened to.
pub fn ended_by(signals: &[Signal]) -> io::Result<impl Future<Output = i32> + use<>> {
    let listening = signals.iter().map(|end| Ok((listen(*end)?, end.as_raw())));
    let mut listening: Vec<(unix::Signal, i32)> = listening.collect::<io::Result<_>>()?;
    Ok(async move {
        let heard = listening.iter_mut().map(|(signal, number)| {
            Box::pin(async {
                signal.recv().await;
                *number
            })
        });
        select_all(heard).await.0
    })
}

/// From now on a file that may not grow is the error of whoever writes it, and not the end of the process.
///
/// # Errors
/// When signals cannot be listened to.
pub fn bear_full_files() -> io::Result<()> {
    listen(Signal::XFSZ).map(drop)
}

/// Stops this process and those around it as `Ctrl-Z` would; returns when they are continued. Does
/// nothing where there is no shell that could continue them.
pub(super) fn stop_process() {
    // A shell that knows jobs gives each a group of its own. Without one the group is the session's.
    // Either is 0 where its leader lives outside our container; `rustix` has no value for that.
    if getsid(None) != Ok(getpgrp()) {
        // The whole group, as whoever started us is waiting; SIGSTOP, as SIGTSTP is listened to.
        let _ = kill_current_process_group(Signal::STOP);
    }
}

struct Terminal {
    keyboard: Keyboard,
    stopped: unix::Signal,
    resized: unix::Signal,
    continued: unix::Signal,
}

impl Terminal {
    async fn next(&mut self) -> Option<Input> {
        loop {
            tokio::select! { biased;
                Some(()) = self.stopped.recv() => return Some(Input::Stop),
                Some(()) = self.resized.recv() => {}
                // While we were stopped it was the shell that was told of another size.
                Some(()) = self.continued.recv() => {}
                input = self.keyboard.next() => return input,
            }
            if let Ok(size) = tty::size() {
                return Some(Input::Size(size));
            }
        }
    }
}

fn listen(to: Signal) -> io::Result<unix::Signal> {
    signal(SignalKind::from_raw(to.as_raw()))
}

/// What the terminal sends, read on a thread of its own: there is no way to wait for a terminal that
/// leaves its modes as the shell wants them.
fn chunks() -> mpsc::Receiver<Vec<u8>> {
    let (chunks, queue) = mpsc::channel(CHUNKS);
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = tty::read(&mut bytes) {
            if chunks.blocking_send(bytes[..count].to_vec()).is_err() {
                break;
            }
        }
    });
    queue
}
