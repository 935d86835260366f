//! Borders: a frame with its title at the upper left, and what is said of its content at the bottom.
//!
//! The focused frame has double lines (`=` where lines cannot be drawn), so that the focus shows
//! without colour.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::canvas::{Canvas, width};
use crate::app::model::Lines;

/// How a frame is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stroke {
    /// One line around.
    Single,
    /// Two lines around: it has the focus.
    Double,
    /// A line above and one below, nothing at the sides.
    Rules,
}

/// A frame.
#[derive(Clone, Debug)]
pub(crate) struct Border<'a> {
    /// At the upper left.
    pub(crate) title: Line<'a>,
    /// At the lower left, the most important first: as many as there is room for.
    pub(crate) notes: Vec<Line<'a>>,
    /// At the lower right.
    pub(crate) counter: Line<'a>,
    /// How it is drawn.
    pub(crate) stroke: Stroke,
    /// In which style.
    pub(crate) style: Style,
}

/// Horizontal, vertical, and the corners from the upper left one on, line by line.
struct Glyphs {
    across: &'static str,
    down: &'static str,
    corners: [&'static str; 4],
}

const SINGLE: Glyphs = Glyphs {
    across: "─",
    down: "│",
    corners: ["┌", "┐", "└", "┘"],
};
const DOUBLE: Glyphs = Glyphs {
    across: "═",
    down: "║",
    corners: ["╔", "╗", "╚", "╝"],
};
const ASCII_SINGLE: Glyphs = Glyphs {
    across: "-",
    down: "|",
    corners: ["+"; 4],
};
const ASCII_DOUBLE: Glyphs = Glyphs {
    across: "=",
    down: "|",
    corners: ["+"; 4],
};

impl Border<'_> {
    /// Draws the frame.
    pub(crate) fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) {
        if area.width < 2 || area.height < 2 {
            return;
        }
        let glyphs = glyphs(canvas.lines, self.stroke);
        let bottom = Rect {
            y: area.bottom() - 1,
            ..area
        };
        self.edge(canvas, area, (&glyphs, 0));
        self.edge(canvas, bottom, (&glyphs, 2));
        if self.stroke != Stroke::Rules {
            self.sides(canvas, area, &glyphs);
        }
        let counter = at_right(bottom, &self.counter);
        inset(canvas, behind_one(inner(area)), &self.title);
        inset(canvas, counter, &self.counter);
        let left = Rect {
            width: counter.x.saturating_sub(bottom.x + 1),
            ..inner(bottom)
        };
        self.notes(canvas, behind_one(left));
    }

    fn notes(&self, canvas: &mut Canvas<'_>, mut room: Rect) {
        for note in &self.notes {
            let wide = u16::try_from(width(note) + 2).unwrap_or(u16::MAX);
            if wide > room.width {
                return;
            }
            inset(canvas, room, note);
            room.x += wide;
            room.width -= wide;
        }
    }

    fn edge(&self, canvas: &mut Canvas<'_>, row: Rect, (glyphs, first): (&Glyphs, usize)) {
        let row = Rect { height: 1, ..row };
        canvas.fill(row, glyphs.across, self.style);
        if self.stroke == Stroke::Rules {
            return;
        }
        let right = row.right() - 1;
        for (x, corner) in [
            (row.x, glyphs.corners[first]),
            (right, glyphs.corners[first + 1]),
        ] {
            let cell = Rect { x, width: 1, ..row };
            canvas.fill(cell, corner, self.style);
        }
    }

    fn sides(&self, canvas: &mut Canvas<'_>, area: Rect, glyphs: &Glyphs) {
        for x in [area.x, area.right() - 1] {
            let side = Rect {
                x,
                y: area.y + 1,
                width: 1,
                height: area.height - 2,
            };
            canvas.fill(side, glyphs.down, self.style);
        }
    }
}

fn glyphs(lines: Lines, stroke: Stroke) -> Glyphs {
    match (lines, stroke) {
        (Lines::Drawn, Stroke::Single | Stroke::Rules) => SINGLE,
        (Lines::Drawn, Stroke::Double) => DOUBLE,
        (Lines::Ascii, Stroke::Single | Stroke::Rules) => ASCII_SINGLE,
        (Lines::Ascii, Stroke::Double) => ASCII_DOUBLE,
    }
}

/// The row of an edge without its corners and one more cell on each side.
fn inner(row: Rect) -> Rect {
    Rect {
        x: row.x + 1,
        width: row.width.saturating_sub(2),
        height: 1,
        ..row
    }
}

/// Without the first cell, so that a piece of the line stands before what is drawn upon it.
fn behind_one(row: Rect) -> Rect {
    let one = row.width.min(1);
    Rect {
        x: row.x + one,
        width: row.width - one,
        ..row
    }
}

/// The end of a row that is just wide enough for a line with a blank on each side.
fn at_right(row: Rect, line: &Line<'_>) -> Rect {
    let inner = inner(row);
    let wanted = u16::try_from(width(line) + 2).unwrap_or(u16::MAX);
    let width = wanted.min(inner.width);
    Rect {
        x: inner.right() - width,
        width,
        ..inner
    }
}

/// Draws a line upon an edge, with a blank before and after it.
fn inset(canvas: &mut Canvas<'_>, area: Rect, line: &Line<'_>) {
    let wide = u16::try_from(width(line)).unwrap_or(u16::MAX);
    if wide == 0 || area.width < 3 {
        return;
    }
    let wide = wide.min(area.width - 2);
    canvas.clear(Rect {
        width: wide + 2,
        ..area
    });
    canvas.line(
        Rect {
            x: area.x + 1,
            width: wide,
            ..area
        },
        line,
    );
}
