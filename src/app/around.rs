//! What of a person's own machine can be reached from here, decided once from the environment: the clipboard,
//! a browser, and the words by which the program can be started again.

/// What is around the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// The words that start this program with these settings.
    pub program: Vec<String>,
    /// Whether the terminal takes texts for the clipboard.
    pub clipboard: Clipboard,
    /// Whether there is a browser.
    pub browser: Browser,
}

/// A program called by its name, without a terminal or a desktop.
impl Default for Around {
    fn default() -> Self {
        Self {
            program: vec!["orgdeck".to_owned()],
            clipboard: Clipboard::default(),
            browser: Browser::default(),
        }
    }
}

/// Whether the terminal takes texts for the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clipboard {
    /// It does, as far as is known, if they are wrapped like this.
    Takes(Wrap),
    /// It may refuse them: why. They are shown instead.
    Refuses(&'static str),
}

impl Default for Clipboard {
    fn default() -> Self {
        Self::Refuses("there is no terminal")
    }
}

/// What a sequence for the terminal is wrapped in, to get through what lies before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrap {
    /// Nothing: it is the terminal itself.
    Bare,
    /// As tmux passes it on.
    Tmux,
    /// As GNU screen passes it on, in pieces.
    Screen,
}

/// Whether there is a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// There may be one.
    Here,
    /// There is none: why.
    Missing(&'static str),
}

impl Default for Browser {
    fn default() -> Self {
        Self::Missing("there is no desktop here")
    }
}
