//! The guard: the terminal's modes are set in one place and put back in one place, on every way out.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

/// Whether the modes are set, for the panic hook, which has no guard to ask.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// Alternate screen, cleared; pasted text marked; cursor hidden.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[2J\x1b[?2004h\x1b[?25l";
/// The reverse, with colours and a synchronized frame ended first.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l";

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
    ENTERED.store(true, Ordering::SeqCst);
    write(ENTER)
}

/// Puts the terminal back, if it was taken. Safe to call from anywhere, any number of times.
pub fn restore() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        // There is nobody left to tell if this fails.
        let _ = write(LEAVE);
        let _ = disable_raw_mode();
    }
}

fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// From now on a panic on any thread restores the terminal before its report is printed, and ends the
/// program: no screen goes on over a half-known state. To be called after the report hook is installed.
pub fn restore_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let was_taken = ENTERED.load(Ordering::SeqCst);
        restore();
        report(info);
        if was_taken {
            std::process::exit(101);
        }
    }));
}
