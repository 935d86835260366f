//! The tty itself: bytes in, bytes out, its size.
//!
//! Standard input and output are used as they are, without Rust's buffers and locks: whoever restores
//! the terminal must not have to wait for a frame that a stuck terminal does not take.

use std::io;
use std::os::fd::BorrowedFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::{stdin, stdout};
use rustix::termios::tcgetwinsize;

use crate::app::key::Size;

/// The largest screen that is drawn; a terminal that claims to be larger has the rest left blank.
const LARGEST: Size = Size {
    width: 1000,
    height: 500,
};

/// What is taken for the size of a terminal that does not know it.
const USUAL: Size = Size {
    width: 80,
    height: 24,
};

/// The size of the terminal that is drawn on.
///
/// # Errors
/// When there is none.
pub fn size() -> io::Result<Size> {
    let size = tcgetwinsize(stdout())?;
    Ok(drawable(Size {
        width: size.ws_col,
        height: size.ws_row,
    }))
}

/// The part of a terminal of this size that is drawn on.
pub fn drawable(size: Size) -> Size {
    if size.width == 0 || size.height == 0 {
        return USUAL;
    }
    Size {
        width: size.width.min(LARGEST.width),
        height: size.height.min(LARGEST.height),
    }
}

/// Waits for bytes and reads them; none at the end, which is when the terminal is gone.
pub(super) fn read(into: &mut [u8]) -> io::Result<usize> {
    patiently(stdin(), PollFlags::IN, || {
        rustix::io::read(stdin(), &mut *into)
    })
}

/// Writes at least one byte.
pub(super) fn write(bytes: &[u8]) -> io::Result<usize> {
    patiently(stdout(), PollFlags::OUT, || {
        rustix::io::write(stdout(), bytes)
    })
}

/// Whether the terminal takes bytes before the limit: one that is stuck does not.
pub(super) fn takes_within(limit: Duration) -> bool {
    let stdout = stdout();
    let limit = Timespec::try_from(limit).ok();
    poll(&mut [PollFd::new(&stdout, PollFlags::OUT)], limit.as_ref()) != Ok(0)
}

/// Repeats what a signal interrupted, and waits where a program before us left the terminal in the
/// mode that does not wait.
fn patiently(
    tty: BorrowedFd<'_>,
    ready: PollFlags,
    mut act: impl FnMut() -> rustix::io::Result<usize>,
) -> io::Result<usize> {
    loop {
        match act() {
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => {
                poll(&mut [PollFd::new(&tty, ready)], None)?;
            }
            done => return Ok(done?),
        }
    }
}
