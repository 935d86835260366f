//! Pickers: a list of lines with a filter, the one engine behind menus, help and choices.

use tui_input::Input;

use crate::domain::Text;

/// What a line of a picker stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Pick {
    /// The action with this name.
    Action(&'static str),
    /// Only this profile.
    Profile(crate::domain::Profile),
    /// All profiles.
    AllProfiles,
    /// A new organization on this profile.
    CreateIn(crate::domain::Profile),
    /// An invite accepted on this profile.
    AcceptIn(crate::domain::Profile),
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What it stands for.
    pub pick: Pick,
    /// The heading it stands under.
    pub section: &'static str,
    /// The keys that do the same.
    pub keys: String,
    /// What it is called.
    pub title: Text,
    /// Why it cannot be taken, if it cannot.
    pub blocked: Option<Text>,
}

/// A list to choose from.
#[derive(Clone, Debug)]
pub struct Picker {
    /// The heading.
    pub title: Text,
    /// All lines.
    pub choices: Vec<Choice>,
    /// What is looked for.
    pub search: Input,
    /// Whether letters go into the search or take the line with that key.
    pub letters: Letters,
    /// The line under the cursor, among those that fit.
    pub index: usize,
}

/// What letters do in a picker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// They are looked for.
    Search,
    /// They take the line that shows them.
    Take,
}

impl Picker {
    /// A picker over these lines.
    pub fn new(title: impl Into<Text>, letters: Letters, choices: Vec<Choice>) -> Self {
        Self {
            title: title.into(),
            choices,
            search: Input::default(),
            letters,
            index: 0,
        }
    }

    /// The lines that contain what is looked for: in their title, their keys or their reason.
    pub fn fitting(&self) -> Vec<&Choice> {
        let wanted = self.search.value().to_lowercase();
        let fits = |choice: &&Choice| {
            let title = choice.title.raw().to_lowercase();
            title.contains(&wanted) || choice.keys.to_lowercase().contains(&wanted)
        };
        self.choices.iter().filter(fits).collect()
    }

    /// The line under the cursor.
    pub fn chosen(&self) -> Option<&Choice> {
        self.fitting().get(self.index).copied()
    }

    /// Moves the cursor by lines, without wrapping around.
    pub fn step(&mut self, by: isize) {
        let last = self.fitting().len().saturating_sub(1);
        self.index = self.index.saturating_add_signed(by).min(last);
    }
}
