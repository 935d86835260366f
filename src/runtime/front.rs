//! Fronts: where a model is shown.

use std::io;

use ratatui::Terminal;
use ratatui::layout::Rect;

use super::backend::{Frames, Painter};
use crate::app::Model;
use crate::app::around::Wrap;
use crate::app::place::Size;
use crate::terminal::Output;
use crate::view;

/// Something that a session is shown on.
pub trait Front {
    /// Shows the model as it is now.
    fn show(&mut self, model: &Model);

    /// Waits until the last frame has left.
    fn ready(&self) -> impl Future<Output = ()> + Send;

    /// Draws everything anew at the next showing.
    fn redraw(&mut self) {}

    /// Gives the terminal back until the program is continued.
    fn suspend(&mut self) {}

    /// Gives a text to the terminal for the clipboard.
    fn copy(&mut self, _: &str, _: Wrap) {}
}

/// A screen of cells, on whatever takes bytes.
pub struct Screen<O: Output> {
    terminal: Terminal<Painter<O>>,
    /// The size of what is on the screen; none when nothing of it counts.
    drawn: Option<Size>,
}

impl<O: Output> Screen<O> {
    /// A screen of this size, empty.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn new(output: O, frames: Frames, size: Size) -> io::Result<Self> {
        Ok(Self {
            terminal: Terminal::new(Painter::new(output, frames, size))?,
            drawn: Some(size),
        })
    }

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        if self.drawn != Some(model.size) {
            self.terminal.backend_mut().resize(model.size);
            let area = Rect::new(0, 0, model.size.width, model.size.height);
            self.terminal.resize(area)?;
            self.drawn = Some(model.size);
        }
        self.terminal
            .draw(|frame| view::draw(frame, frame.area(), model))?;
        self.terminal.backend_mut().end_frame()
    }
}

impl<O: Output> Front for Screen<O> {
    fn show(&mut self, model: &Model) {
        // A terminal that cannot be written to is gone; its signal or the end of its input ends the session.
        let _ = self.draw(model);
    }

    fn ready(&self) -> impl Future<Output = ()> + Send {
        self.terminal.backend().ready()
    }

    fn redraw(&mut self) {
        self.drawn = None;
    }

    fn suspend(&mut self) {
        self.terminal.backend_mut().suspend();
        self.redraw();
    }

    fn copy(&mut self, text: &str, wrap: Wrap) {
        // As for a frame: a terminal that is gone ends the session by itself.
        let _ = self.terminal.backend_mut().copy(text, wrap);
    }
}
