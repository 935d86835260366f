//! The guard: the terminal's modes are set in one place and put back in one place, on every way out.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use super::tty;

/// Whether the modes are set, for the panic hook, which has no guard to ask.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Alternate screen, cleared; pasted text marked; cursor hidden.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[2J\x1b[?2004h\x1b[?25l";
/// The reverse. Cleared once more for terminals that have no second screen.
const LEAVE: &[u8] = b"\x1b[0m\x1b[?2004l\x1b[?25h\x1b[H\x1b[2J\x1b[?1049l";

/// How long a terminal has to take what puts it back.
const PATIENCE: Duration = Duration::from_millis(300);

/// As long as it lives, the terminal is ours.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When there is none, or it cannot be written.
    pub fn enter() -> io::Result<Self> {
        take()?;
        Ok(Self(()))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Sets the modes.
///
/// # Errors
/// When the terminal cannot be written.
pub(super) fn take() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    Out.write_all(ENTER)
}

/// Puts the terminal back, if it was taken. Safe to call from anywhere, any number of times.
pub fn restore() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // There is nobody left to tell if this fails.
        if tty::takes_within(PATIENCE) {
            let _ = tty::write(LEAVE);
        }
        let _ = disable_raw_mode();
    }
}

/// From now on a panic on any thread restores the terminal before its report is printed, and ends the
/// program: no screen goes on over a half-known state. To be called once, after the report hook is
/// installed.
pub fn restore_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let was_taken = TAKEN.load(Ordering::SeqCst);
        restore();
        report(info);
        if was_taken {
            std::process::exit(101);
        }
    }));
}

/// The way to the terminal while it is ours; what comes later is swallowed, so that no late frame
/// lands on the normal screen.
#[derive(Clone, Copy, Debug)]
pub struct Out;

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if TAKEN.load(Ordering::SeqCst) {
            tty::write(bytes)
        } else {
            Ok(bytes.len())
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
