//! How the console looks on this terminal: colours, frames, and what the terminal is told of them.

use super::args::When;
use crate::app::around::{Clipboard, Wrap};
use crate::app::model::{Color, Lines};
use crate::config::Environment;
use crate::config::environment::{Between, Charset, Wish};
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
    /// Whether the terminal takes texts for the clipboard.
    pub clipboard: Clipboard,
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
            clipboard: clipboard(environment, kind),
        }
    }
}

/// The beginnings of the names of terminals that are known to take texts for the clipboard, as a rule.
const TAKERS: &[&str] = &[
    "xterm",
    "alacritty",
    "foot",
    "wezterm",
    "ghostty",
    "contour",
    "rio",
    "st-",
    "hterm",
];

fn clipboard(environment: &Environment, kind: Kind) -> Clipboard {
    let term = environment.term.as_str();
    match (environment.between, kind) {
        (_, Kind::Dumb) => Clipboard::Refuses("nothing is known of this terminal"),
        (_, Kind::Console) => Clipboard::Refuses("the console of Linux has no clipboard"),
        (Between::Tmux, Kind::Usual) => Clipboard::Takes(Wrap::Tmux),
        (Between::Screen, Kind::Usual) => Clipboard::Takes(Wrap::Screen),
        // The variable stays behind where one goes on by SSH, the kind of terminal does not.
        (Between::Nothing, Kind::Usual) if term.starts_with("tmux") => Clipboard::Takes(Wrap::Tmux),
        (Between::Nothing, Kind::Usual) => match environment.deaf {
            Some(why) => Clipboard::Refuses(why),
            None if TAKERS.iter().any(|known| term.starts_with(known)) => {
                Clipboard::Takes(Wrap::Bare)
            }
            None => Clipboard::Refuses("it is not known whether this terminal takes texts"),
        },
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
