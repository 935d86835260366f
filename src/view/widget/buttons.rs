//! A row of buttons: `>` stands before the one that has the focus.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Focus;
use super::canvas::width;
use crate::view::theme::Theme;

/// A button.
#[derive(Clone, Debug)]
pub(crate) struct Button {
    /// What stands on it.
    pub(crate) label: String,
    /// Whether it has the focus.
    pub(crate) focus: Focus,
    /// Whether it can be pressed.
    pub(crate) state: State,
}

/// Whether a button can be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It can.
    Ready,
    /// Not now.
    Off,
}

/// Buttons in one row with a note behind them; closer together where there is little room.
pub(crate) fn row(buttons: &[Button], note: &str, (room, theme): (u16, &Theme)) -> Line<'static> {
    let spacious = line(buttons, note, (Space::Much, theme));
    if width(&spacious) <= usize::from(room) {
        spacious
    } else {
        line(buttons, note, (Space::Little, theme))
    }
}

/// How much room there is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    Much,
    Little,
}

fn line(buttons: &[Button], note: &str, (space, theme): (Space, &Theme)) -> Line<'static> {
    let (pad, gap) = match space {
        Space::Much => (" ", "  "),
        Space::Little => ("", ""),
    };
    let mut spans = Vec::new();
    for button in buttons {
        let before = if spans.is_empty() { "" } else { gap };
        let mark = match button.focus {
            Focus::Here => "> ",
            Focus::Elsewhere => "  ",
        };
        spans.push(Span::raw(format!("{before}{mark}")));
        let face = format!("[{pad}{}{pad}]", button.label);
        spans.push(Span::styled(face, style(button, theme)));
    }
    if !note.is_empty() {
        spans.push(Span::styled(format!("  {note}"), theme.faint));
    }
    Line::from(spans)
}

fn style(button: &Button, theme: &Theme) -> Style {
    match (button.state, button.focus) {
        (State::Off, _) => theme.button_off,
        (State::Ready, Focus::Here) => theme.button_focused,
        (State::Ready, Focus::Elsewhere) => theme.button,
    }
}
