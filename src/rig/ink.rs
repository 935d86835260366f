//! Ink: what cells look like in a picture, and how their text gets into a document without being taken
//! for a part of it. Shared by SVG and HTML.

use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::{Color, Modifier};

use super::frame::Frame;

/// The colour of a screen on which nothing is written.
pub(super) const PAPER: &str = "#16181d";

/// The colour of text that has none of its own.
const USUAL: &str = "#d7dae0";

/// The sixteen colours, as the numbers of terminals order them.
const SIXTEEN: [&str; 16] = [
    "#3b4048", "#ef6b73", "#8cc265", "#e0b84c", "#5ca7f0", "#d678dd", "#4bc3cf", "#c4c8d0",
    "#7f848e", "#ff8a92", "#a5e075", "#f0cf6b", "#7cbcff", "#e69aef", "#6fdde8", "#ffffff",
];

/// How a run of cells looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink {
    pub(super) front: Rgb,
    pub(super) back: Option<Rgb>,
    pub(super) modifier: Modifier,
}

/// A colour of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rgb {
    Named(&'static str),
    Mixed(u8, u8, u8),
}

impl std::fmt::Display for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::Mixed(red, green, blue) => write!(f, "#{red:02x}{green:02x}{blue:02x}"),
        }
    }
}

impl Ink {
    fn of(cell: &Cell, under_cursor: Cursor) -> Self {
        let (front, back) = (color(cell.fg), color(cell.bg));
        let turned = cell.modifier.contains(Modifier::REVERSED) != (under_cursor == Cursor::Here);
        let (front, back) = if turned {
            let paper = back.unwrap_or(Rgb::Named(PAPER));
            (paper, Some(front.unwrap_or(Rgb::Named(USUAL))))
        } else {
            (front.unwrap_or(Rgb::Named(USUAL)), back)
        };
        Self {
            front,
            back,
            modifier: cell.modifier.difference(Modifier::REVERSED),
        }
    }

    /// What a style sheet says of its text beyond the colours.
    pub(super) fn classes(self) -> String {
        let names = [
            (Modifier::BOLD, "b"),
            (Modifier::DIM, "d"),
            (Modifier::ITALIC, "i"),
            (Modifier::UNDERLINED, "u"),
            (Modifier::CROSSED_OUT, "s"),
        ];
        let worn = names
            .iter()
            .filter(|(modifier, _)| self.modifier.contains(*modifier));
        let names: Vec<&str> = worn.map(|(_, name)| *name).collect();
        names.join(" ")
    }
}

/// The rules for [`Ink::classes`].
pub(super) const RULES: &str = ".b{font-weight:bold}.d{opacity:.6}.i{font-style:italic}\
    .u{text-decoration:underline}.s{text-decoration:line-through}";

/// Whether the cursor is on a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cursor {
    Here,
    Elsewhere,
}

/// None is the usual colour.
fn color(color: Color) -> Option<Rgb> {
    let number = match color {
        Color::Reset => return None,
        Color::Rgb(red, green, blue) => return Some(Rgb::Mixed(red, green, blue)),
        Color::Indexed(number) => return Some(indexed(number)),
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    Some(Rgb::Named(SIXTEEN[number]))
}

/// The colours of terminals with 256: sixteen, a cube of 6 by 6 by 6, and a ramp of greys.
fn indexed(number: u8) -> Rgb {
    match number {
        0..=15 => Rgb::Named(SIXTEEN[usize::from(number)]),
        16..=231 => {
            let step = |digit: u8| if digit == 0 { 0 } else { 55 + digit * 40 };
            let place = number - 16;
            Rgb::Mixed(step(place / 36), step(place / 6 % 6), step(place % 6))
        }
        232..=255 => {
            let grey = 8 + (number - 232) * 10;
            Rgb::Mixed(grey, grey, grey)
        }
    }
}

/// Cells side by side that look the same.
pub(super) struct Run {
    pub(super) x: u16,
    pub(super) columns: u16,
    pub(super) text: String,
    pub(super) ink: Ink,
    /// Whether its text is of plain letters, each as wide as the other.
    plain: bool,
}

impl Run {
    /// Whether nothing of it is to be seen.
    pub(super) fn is_blank(&self) -> bool {
        self.ink.back.is_none() && !self.is_written()
    }

    /// Whether anything is to be seen of its text.
    pub(super) fn is_written(&self) -> bool {
        let lines = Modifier::UNDERLINED.union(Modifier::CROSSED_OUT);
        self.ink.modifier.intersects(lines) || !self.text.trim().is_empty()
    }
}

/// The rows of a frame as runs. What may be drawn wider or narrower than its cells is a run of its own,
/// so that it moves nothing else.
pub(super) fn rows(frame: &Frame) -> impl Iterator<Item = Vec<Run>> {
    frame.rows().zip(0..).map(|(row, y)| {
        let cursor = frame.cursor().filter(|cursor| cursor.y == y);
        let mut runs: Vec<Run> = Vec::new();
        for (x, cell) in row {
            let here = cursor.is_some_and(|cursor| cursor.x == x);
            let under = if here {
                Cursor::Here
            } else {
                Cursor::Elsewhere
            };
            let (ink, symbol) = (Ink::of(cell, under), cell.symbol());
            let plain = is_plain(symbol);
            let columns = cell.cell_width().max(1);
            match runs.last_mut() {
                Some(run) if run.ink == ink && run.plain && plain => {
                    run.columns += columns;
                    run.text.push_str(symbol);
                }
                Some(_) | None => runs.push(Run {
                    x,
                    columns,
                    text: symbol.to_owned(),
                    ink,
                    plain,
                }),
            }
        }
        runs
    })
}

/// ASCII, and the characters of frames: every monospaced font has them in one width.
fn is_plain(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    let only = characters.next().filter(|_| characters.next().is_none());
    only.is_some_and(|only| only.is_ascii() || matches!(only, '\u{2500}'..='\u{257f}'))
}

/// A text that a document takes for nothing but text. Control characters have no place in one, and what
/// turns the direction of writing would reorder more than itself.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                out.push('\u{fffd}');
            }
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            control if control.is_control() => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}
