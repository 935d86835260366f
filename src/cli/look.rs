//! How the console looks on this terminal: colours, frames, and what the terminal is told of them.

use super::args::When;
use crate::app::model::{Color, Lines};
use crate::config::Environment;
use crate::config::environment::{Charset, Wish};
use crate::runtime::backend::Frames;

/// How the console looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether colours are used.
    pub color: Color,
    /// The characters of frames.
    pub lines: Lines,
    /// Whether the terminal is told where a frame begins and ends.
    pub frames: Frames,
}

impl Look {
    /// The look that a flag, the environment and the terminal's kind ask for, in this order.
    pub fn of(when: When, environment: &Environment) -> Self {
        let kind = Kind::of(&environment.term);
        Self {
            color: color(when, environment.color, kind),
            lines: lines(environment.charset, kind),
            frames: match kind {
                Kind::Dumb | Kind::Console => Frames::Bare,
                Kind::Usual => Frames::Marked,
            },
        }
    }
}

/// Kinds of terminals, as far as they differ for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Nothing is known that it could do.
    Dumb,
    /// The Linux console: a font of 256 or 512 characters.
    Console,
    /// Everything that came after.
    Usual,
}

impl Kind {
    fn of(term: &str) -> Self {
        match term {
            "" | "dumb" | "unknown" => Self::Dumb,
            "linux" => Self::Console,
            _ => Self::Usual,
        }
    }
}

fn color(when: When, wish: Wish, kind: Kind) -> Color {
    match (when, wish, kind) {
        (When::Never, _, _)
        | (When::Auto, Wish::Never, _)
        | (When::Auto, Wish::Untold, Kind::Dumb) => Color::Off,
        (When::Always, _, _)
        | (When::Auto, Wish::Always, _)
        | (When::Auto, Wish::Untold, Kind::Console | Kind::Usual) => Color::Sixteen,
    }
}

fn lines(charset: Charset, kind: Kind) -> Lines {
    match (charset, kind) {
        (Charset::Other, _) | (_, Kind::Dumb) | (Charset::Untold, Kind::Console) => Lines::Ascii,
        (Charset::Unicode, Kind::Console) | (Charset::Unicode | Charset::Untold, Kind::Usual) => {
            Lines::Drawn
        }
    }
}
