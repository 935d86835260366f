//! Keys as the core knows them: what a terminal, an SSH channel or a test script can all send.

use std::fmt;

pub use super::place::Size;
use crate::domain::Text;

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A character as typed, capitals included.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key.
    F(u8),
}

/// Whether Control was held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Held {
    /// No.
    #[default]
    Nothing,
    /// Yes.
    Control,
}

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// With Control or without.
    pub held: Held,
}

/// Something that came in from a terminal.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// A text that was pasted as a whole.
    Paste(Text),
    /// The terminal has another size now.
    Size(Size),
    /// Somebody asked the program to stop until it is continued.
    Stop,
}

/// The names of keys without a character, in key tables and scripts.
const NAMES: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("s-tab", Code::BackTab),
    ("bs", Code::Backspace),
    ("delete", Code::Delete),
    ("del", Code::Delete),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("space", Code::Char(' ')),
    ("lt", Code::Char('<')),
    ("f1", Code::F(1)),
    ("f2", Code::F(2)),
];

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            held: Held::Nothing,
        }
    }

    /// A character with Control.
    pub const fn control(character: char) -> Self {
        Self {
            code: Code::Char(character),
            held: Held::Control,
        }
    }

    /// The key that a name stands for: `j`, `D`, `enter`, `c-d`, `space`.
    pub fn parse(name: &str) -> Option<Self> {
        let mut characters = name.chars();
        if let (Some(only), None) = (characters.next(), characters.next()) {
            return Some(Self::plain(Code::Char(only)));
        }
        if let Some(character) = name.strip_prefix("c-") {
            let mut characters = character.chars();
            let only = characters.next()?;
            return characters.next().is_none().then(|| Self::control(only));
        }
        let named = NAMES.iter().find(|(known, _)| *known == name);
        named.map(|(_, code)| Self::plain(*code))
    }

    /// The character that it types into a field, if it types one.
    pub fn typed(self) -> Option<char> {
        match (self.held, self.code) {
            (Held::Nothing, Code::Char(character)) => Some(character),
            (Held::Nothing | Held::Control, _) => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.held == Held::Control {
            f.write_str("^")?;
        }
        let named = NAMES.iter().find(|(_, code)| *code == self.code);
        match (self.code, named) {
            (Code::Char('<'), _) => f.write_str("<"),
            (_, Some((name, _))) => f.write_str(name),
            (Code::Char(character), None) => write!(f, "{character}"),
            (Code::F(number), None) => write!(f, "f{number}"),
            (code, None) => write!(f, "{code:?}"),
        }
    }
}
