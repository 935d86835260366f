//! A row of buttons: `>` stands before the one that has the focus.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Focus;
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

/// Buttons in one row of so many columns, closer together where there is little room.
pub(crate) fn row(buttons: &[Button], room: u16, theme: &Theme) -> Line<'static> {
    let labels: usize = buttons.iter().map(|button| button.label.len() + 6).sum();
    let gaps = 2 * buttons.len().saturating_sub(1);
    let pad = if labels + gaps <= usize::from(room) {
        " "
    } else {
        ""
    };
    let mut spans = Vec::new();
    for (number, button) in buttons.iter().enumerate() {
        if number > 0 && !pad.is_empty() {
            spans.push(Span::raw("  "));
        }
        spans.push(Span::raw(match button.focus {
            Focus::Here => "> ",
            Focus::Elsewhere => "  ",
        }));
        let face = format!("[{pad}{}{pad}]", button.label);
        spans.push(Span::styled(face, style(button, theme)));
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
