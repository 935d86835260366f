//! Somebody who looks at the screen of a program on a terminal: every whole frame is drawn as it comes.

use std::process::Command;

use unicode_width::UnicodeWidthChar as _;

use super::odd::Odd;
use super::pty::Pty;

/// What ends a frame.
const FRAME: &str = "\x1b[?2026l";

/// A program on a terminal, and its screen.
pub(crate) struct Sight {
    pub(crate) pty: Pty,
    screen: Odd,
    drawn: usize,
}

impl Sight {
    /// Starts a program on a new terminal of this size.
    pub(crate) fn of(command: Command, size: (u16, u16)) -> Self {
        let widths = |character: char| character.width().unwrap_or(0);
        Self {
            pty: Pty::start(command, size),
            screen: Odd::new(widths, size),
            drawn: 0,
        }
    }

    /// Waits until all of this is on the screen.
    pub(crate) fn sees(&mut self, wanted: &[&str]) {
        self.until(wanted, |text| wanted.iter().all(|one| text.contains(one)));
    }

    /// Waits until the screen is so.
    pub(crate) fn until(&mut self, what: &[&str], so: impl Fn(&str) -> bool) {
        while !so(&self.text()) {
            let Some(end) = self.pty.comes(FRAME, self.drawn) else {
                panic!("{what:?} did not come:\n{}", self.text());
            };
            self.draw(end);
        }
    }

    /// The screen as it is now.
    pub(crate) fn text(&self) -> String {
        self.screen.text()
    }

    /// The place in all that was written up to which it is drawn.
    pub(crate) fn drawn(&self) -> usize {
        self.drawn
    }

    fn draw(&mut self, end: usize) {
        let frame = String::from_utf8_lossy(&self.pty.seen[self.drawn..end]).into_owned();
        self.screen.feed(&frame);
        self.drawn = end;
    }
}
