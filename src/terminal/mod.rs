//! The local terminal: keys in, frames out, and its modes put back whatever happens.
//!
//! No other module knows crossterm.

use std::io;

pub mod decode;
pub mod guard;
pub mod hidden;
pub mod local;
pub mod surface;
pub mod tty;

pub use decode::Keyboard;
pub use guard::{Guard, Out};
pub use surface::Surface;

/// Where frames go.
pub trait Output: Send {
    /// Takes the bytes of one frame.
    ///
    /// # Errors
    /// When the other end is gone.
    fn send(&mut self, frame: Vec<u8>) -> io::Result<()>;

    /// Waits until the last frame has left.
    fn ready(&self) -> impl Future<Output = ()> + Send;

    /// Gives the terminal back until the program is continued.
    fn suspend(&mut self) {}
}
