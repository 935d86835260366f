//! The painter: ratatui's backend over an output that is no process-wide tty.
//!
//! Size and cursor are answered from what we know, so that a session over SSH is no special case. What
//! a frame changes is collected and leaves as one write; a frame that changes nothing writes nothing.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size as CellSize};

use super::clipboard;
use super::pen::Pen;
use super::shown::{Change, Shown};
use crate::app::around::Wrap;
use crate::app::place::Size;
use crate::terminal::Output;

/// Whether the cursor is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caret {
    Hidden,
    Shown(Position),
    /// Shown, wherever painting left it.
    Astray,
}

/// Whether a terminal is told where a frame begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frames {
    /// Yes: those that know of it show the frame at once, others take no notice.
    Marked,
    /// No: this one might print the marks.
    Bare,
}

impl Frames {
    const fn marks(self) -> (&'static [u8], &'static [u8]) {
        match self {
            Self::Marked => (b"\x1b[?2026h", b"\x1b[?2026l"),
            Self::Bare => (b"", b""),
        }
    }
}

/// Turns changed cells into bytes.
pub struct Painter<O: Output> {
    painted: Vec<u8>,
    output: O,
    frames: Frames,
    size: Size,
    shown: Shown,
    caret: Caret,
}

impl<O: Output> Painter<O> {
    /// A painter on an output of this size, whose cursor is hidden.
    pub fn new(output: O, frames: Frames, size: Size) -> Self {
        Self {
            painted: Vec::new(),
            output,
            frames,
            size,
            shown: Shown::empty(size),
            caret: Caret::Hidden,
        }
    }

    /// The output has another size now.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.shown = Shown::empty(size);
    }

    /// Sends what was painted since the last frame, if anything was.
    ///
    /// # Errors
    /// When the other end is gone.
    pub fn end_frame(&mut self) -> io::Result<()> {
        if self.painted.is_empty() {
            return Ok(());
        }
        let (begin, end) = self.frames.marks();
        let frame = [begin, &self.painted, end].concat();
        self.painted.clear();
        self.output.send(frame)
    }

    /// Gives a text to the terminal for the clipboard, between two frames.
    ///
    /// # Errors
    /// When the other end is gone.
    pub fn copy(&mut self, text: &str, wrap: Wrap) -> io::Result<()> {
        self.output.send(clipboard::sequence(text, wrap))
    }

    /// Waits until the last frame has left.
    pub fn ready(&self) -> impl Future<Output = ()> + Send + use<'_, O> {
        self.output.ready()
    }

    /// Gives the terminal back until the program is continued.
    pub fn suspend(&mut self) {
        self.output.suspend();
        self.caret = Caret::Hidden;
    }

    fn paint(&mut self, sequence: std::fmt::Arguments<'_>) -> io::Result<()> {
        self.painted.write_fmt(sequence)
    }
}

impl<O: Output> Backend for Painter<O> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let changes: Vec<Change<'_>> = content.collect();
        if !changes.is_empty() && self.caret != Caret::Hidden {
            self.caret = Caret::Astray;
        }
        let mut pen = Pen::on(&mut self.painted, self.size.width);
        for changes in changes.chunk_by(|one, next| one.1 == next.1) {
            let y = changes[0].1;
            for x in self.shown.change(y, changes) {
                let position = Position { x, y };
                pen.write(position, self.shown.cell(position))?;
            }
        }
        pen.lift()
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.caret != Caret::Hidden {
            self.caret = Caret::Hidden;
            self.paint(format_args!("\x1b[?25l"))?;
        }
        Ok(())
    }

    /// Nothing yet: where it is to be shown comes next.
    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(match self.caret {
            Caret::Hidden | Caret::Astray => Position::ORIGIN,
            Caret::Shown(position) => position,
        })
    }

    /// Moves the cursor there and shows it: it is never shown anywhere else.
    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.caret == Caret::Shown(position) {
            return Ok(());
        }
        let show = match self.caret {
            Caret::Hidden => "\x1b[?25h",
            Caret::Shown(_) | Caret::Astray => "",
        };
        self.caret = Caret::Shown(position);
        let (row, column) = (position.y + 1, position.x + 1);
        self.paint(format_args!("\x1b[{row};{column}H{show}"))
    }

    fn clear(&mut self) -> io::Result<()> {
        self.shown.clear();
        self.paint(format_args!("\x1b[0m\x1b[2J"))
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<CellSize> {
        Ok(CellSize::new(self.size.width, self.size.height))
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size()?,
            pixels: CellSize::ZERO,
        })
    }

    /// Frames end in [`Painter::end_frame`], when the cursor too is where it belongs.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
