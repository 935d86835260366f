//! Frames: what a screen showed, cell by cell.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Position;

use crate::app::place::Size;

/// What a screen showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    buffer: Buffer,
    /// Where the terminal's cursor was, if it was to be seen.
    cursor: Option<Position>,
}

impl Frame {
    /// What this draws on a screen of this size.
    ///
    /// # Panics
    /// Never by itself: cells in memory take everything.
    pub fn drawn(size: Size, draw: impl FnOnce(&mut ratatui::Frame<'_>)) -> Self {
        let backend = TestBackend::new(size.width, size.height);
        let mut terminal = Terminal::new(backend).expect("memory has a size");
        terminal.draw(draw).expect("memory takes every cell");
        let backend = terminal.backend();
        let cursor = backend.cursor_visible();
        Self {
            cursor: cursor.then(|| backend.cursor_position()),
            ..Self::from(backend.buffer().clone())
        }
    }

    /// The cells.
    pub fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// Where the terminal's cursor was, if it was to be seen.
    pub fn cursor(&self) -> Option<Position> {
        self.cursor
    }

    /// The text of its rows, without blanks at their ends; each row ends in a line break.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for row in self.rows() {
            let row: String = row.map(|(_, cell)| cell.symbol()).collect();
            out.push_str(row.trim_end());
            out.push('\n');
        }
        out
    }

    /// The same with its colours, as a terminal shows it.
    pub fn ansi(&self) -> String {
        super::ansi::written(self)
    }

    /// A picture for documents and pages.
    pub fn svg(&self) -> String {
        super::svg::written(self)
    }

    /// A page of its own.
    pub fn html(&self) -> String {
        super::html::written(self)
    }

    /// The rows, each as its columns and cells; cells that a wide character covers are left out.
    pub fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = (u16, &Cell)>> {
        (0..self.buffer.area.height).map(|y| self.row(y))
    }

    fn row(&self, y: u16) -> impl Iterator<Item = (u16, &Cell)> {
        let mut covered = 0;
        (0..self.buffer.area.width).filter_map(move |x| {
            let cell = &self.buffer[(x, y)];
            if x < covered {
                return None;
            }
            covered = x + cell.cell_width().max(1);
            Some((x, cell))
        })
    }
}

impl From<Buffer> for Frame {
    /// Cells that were drawn elsewhere, from the corner on; no cursor is to be seen. A control character
    /// is nothing that a screen could show.
    fn from(mut buffer: Buffer) -> Self {
        for cell in &mut buffer.content {
            if cell.symbol().contains(char::is_control) {
                cell.set_symbol("\u{fffd}");
            }
        }
        Self {
            buffer,
            cursor: None,
        }
    }
}
