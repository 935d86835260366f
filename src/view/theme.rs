//! Styles by meaning. Sixteen colours at most, so that the terminal's own palette decides how they
//! look; without colour the marks and words beside them say the same.

use ratatui::style::{Color, Modifier, Style};

use crate::app::model;

/// How each meaning looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Theme {
    /// The program's name.
    pub(crate) brand: Style,
    /// The heading of a pane or dialog.
    pub(crate) title: Style,
    /// The frame around what has the focus.
    pub(crate) focus: Style,
    /// The frame around everything else.
    pub(crate) frame: Style,
    /// The heading of a column or section.
    pub(crate) heading: Style,
    /// The name of a fact.
    pub(crate) label: Style,
    /// What may be overlooked.
    pub(crate) faint: Style,
    /// A mark that stands for a character which is not shown.
    pub(crate) mark: Style,
    /// The line under the cursor, in the pane that has the focus.
    pub(crate) cursor: Style,
    /// A key that can be pressed.
    pub(crate) key: Style,
    /// An account that real people depend on: the word.
    pub(crate) production: Style,
    /// An account that real people depend on: the frame.
    pub(crate) production_frame: Style,
    /// It is as it should be.
    pub(crate) good: Style,
    /// It wants attention.
    pub(crate) warning: Style,
    /// It failed.
    pub(crate) failure: Style,
    /// It is under way.
    pub(crate) busy: Style,
    /// A button.
    pub(crate) button: Style,
    /// The button that has the focus.
    pub(crate) button_focused: Style,
    /// A button that cannot be pressed.
    pub(crate) button_off: Style,
    /// A place to type in.
    pub(crate) input: Style,
}

const PLAIN: Style = Style::new();
const BOLD: Style = PLAIN.add_modifier(Modifier::BOLD);
const DIM: Style = PLAIN.add_modifier(Modifier::DIM);
const REVERSED: Style = PLAIN.add_modifier(Modifier::REVERSED);
const BOLD_REVERSED: Style = BOLD.add_modifier(Modifier::REVERSED);
const UNDERLINED: Style = PLAIN.add_modifier(Modifier::UNDERLINED);

impl Theme {
    /// The theme for what a terminal may show.
    pub(crate) const fn of(color: model::Color) -> &'static Self {
        match color {
            model::Color::Sixteen => &Self::SIXTEEN,
            model::Color::Off => &Self::MONOCHROME,
        }
    }

    /// Without colour: weight, reversal and underlining remain.
    const MONOCHROME: Self = Self {
        brand: BOLD,
        title: BOLD,
        focus: BOLD,
        frame: PLAIN,
        heading: BOLD,
        label: DIM,
        faint: DIM,
        mark: DIM,
        cursor: REVERSED,
        key: BOLD,
        production: BOLD_REVERSED,
        production_frame: BOLD,
        good: PLAIN,
        warning: BOLD,
        failure: BOLD,
        busy: PLAIN,
        button: PLAIN,
        button_focused: BOLD_REVERSED,
        button_off: DIM,
        input: UNDERLINED,
    };

    /// The sixteen colours of the terminal.
    const SIXTEEN: Self = Self {
        brand: BOLD.fg(Color::Cyan),
        focus: BOLD.fg(Color::Cyan),
        key: BOLD.fg(Color::Cyan),
        production: BOLD_REVERSED.fg(Color::Magenta),
        production_frame: PLAIN.fg(Color::Magenta),
        good: PLAIN.fg(Color::Green),
        warning: PLAIN.fg(Color::Yellow),
        failure: BOLD.fg(Color::Red),
        busy: PLAIN.fg(Color::Cyan),
        ..Self::MONOCHROME
    };
}
