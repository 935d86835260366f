//! The pen: turns changed cells into few bytes that every terminal understands.
//!
//! Columns are absolute, so that a terminal which takes a character for wider than we do has the next
//! one in its place again; where its width is in doubt, its columns are emptied before it and it may not
//! wrap. The sixteen colours are named in the old way: to old terminals the number 5
//! of the new way (`38;5;1`) is a command to blink.

use std::io::{self, Write};

use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

use super::doubt;

/// A pen on some paper. It starts nowhere, in the usual style.
pub(crate) struct Pen<'a> {
    paper: &'a mut Vec<u8>,
    /// How many columns there are.
    width: u16,
    row: Option<u16>,
    column: Option<u16>,
    style: Style,
}

/// How a cell looks.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Style {
    front: Color,
    back: Color,
    modifier: Modifier,
}

const USUAL: Style = Style {
    front: Color::Reset,
    back: Color::Reset,
    modifier: Modifier::empty(),
};

const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

impl<'a> Pen<'a> {
    pub(crate) fn on(paper: &'a mut Vec<u8>, width: u16) -> Self {
        Self {
            paper,
            width,
            row: None,
            column: None,
            style: USUAL,
        }
    }

    /// Writes one cell.
    pub(crate) fn write(&mut self, position: Position, cell: &Cell) -> io::Result<()> {
        self.go_to(position)?;
        self.dip_into(cell)?;
        if let Some(reach) = doubt::reach(cell.symbol()) {
            self.column = None;
            return self.write_doubtful((position.x, reach), cell);
        }
        self.paper.write_all(cell.symbol().as_bytes())?;
        // A wide one is followed by a cell that is not the next.
        self.column = Some(position.x + 1);
        Ok(())
    }

    /// Writes a cluster which may be drawn narrower than we think, so that something old would remain
    /// behind it, or wider, so that it would go on in the next row.
    fn write_doubtful(&mut self, (x, reach): (u16, u16), cell: &Cell) -> io::Result<()> {
        let width = cell.cell_width();
        if width > 1 {
            let (blanks, column) = (usize::from(width), u32::from(x) + 1);
            write!(self.paper, "{:blanks$}\x1b[{column}G", "")?;
        }
        let symbol = cell.symbol();
        if x.saturating_add(reach) > self.width {
            return write!(self.paper, "\x1b[?7l{symbol}\x1b[?7h");
        }
        self.paper.write_all(symbol.as_bytes())
    }

    /// Writes one cell where the one before ended.
    pub(crate) fn write_on(&mut self, cell: &Cell) -> io::Result<()> {
        self.dip_into(cell)?;
        self.paper.write_all(cell.symbol().as_bytes())
    }

    /// Leaves the usual style behind.
    pub(crate) fn lift(mut self) -> io::Result<()> {
        self.change_to(USUAL)
    }

    fn go_to(&mut self, position: Position) -> io::Result<()> {
        let (row, column) = (u32::from(position.y) + 1, u32::from(position.x) + 1);
        if self.row != Some(position.y) {
            self.row = Some(position.y);
            return write!(self.paper, "\x1b[{row};{column}H");
        }
        if self.column != Some(position.x) {
            return write!(self.paper, "\x1b[{column}G");
        }
        Ok(())
    }

    fn dip_into(&mut self, cell: &Cell) -> io::Result<()> {
        self.change_to(Style {
            front: cell.fg,
            back: cell.bg,
            modifier: cell.modifier,
        })
    }

    fn change_to(&mut self, style: Style) -> io::Result<()> {
        let mut from = self.style;
        if style == from {
            return Ok(());
        }
        self.paper.write_all(b"\x1b[")?;
        let mut codes = Codes(self.paper, "");
        if style == USUAL || !style.modifier.contains(from.modifier) {
            codes.push(0)?;
            from = USUAL;
        }
        for (modifier, code) in MODIFIERS {
            if style.modifier.contains(modifier) && !from.modifier.contains(modifier) {
                codes.push(code)?;
            }
        }
        if style.front != from.front {
            codes.push_color(30, style.front)?;
        }
        if style.back != from.back {
            codes.push_color(40, style.back)?;
        }
        self.style = style;
        self.paper.write_all(b"m")
    }
}

/// The numbers of one sequence, and what goes before the next of them.
struct Codes<'a>(&'a mut Vec<u8>, &'static str);

impl Codes<'_> {
    fn push(&mut self, code: u8) -> io::Result<()> {
        write!(self.0, "{}{code}", self.1)?;
        self.1 = ";";
        Ok(())
    }

    /// Front colours begin at 30, back colours at 40.
    fn push_color(&mut self, first: u8, color: Color) -> io::Result<()> {
        let number = match color {
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::Reset => 9,
            Color::DarkGray => 60,
            Color::LightRed => 61,
            Color::LightGreen => 62,
            Color::LightYellow => 63,
            Color::LightBlue => 64,
            Color::LightMagenta => 65,
            Color::LightCyan => 66,
            Color::White => 67,
            Color::Indexed(index) => return self.push_all([first + 8, 5, index]),
            Color::Rgb(red, green, blue) => return self.push_all([first + 8, 2, red, green, blue]),
        };
        self.push(first + number)
    }

    fn push_all<const N: usize>(&mut self, codes: [u8; N]) -> io::Result<()> {
        codes.into_iter().try_for_each(|code| self.push(code))
    }
}
