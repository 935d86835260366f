//! Pickers: a list of lines with a filter, the one engine behind menus, help, the palette and every
//! list to choose from. What taking a line does is not known here.

mod choice;

use tui_input::Input;

use super::person::Person;
use crate::domain::{ApiError, History, Member, OrgId, Text};
use crate::job::order::Covered;

pub use self::choice::{Choice, Pick};

/// What stands above the lines of a picker.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// Something to be known.
    Words(Text),
    /// Something is under way.
    Busy(Text),
    /// Something could not be read.
    Failed(Box<ApiError>),
}

/// What is chosen from.
#[derive(Clone, Debug)]
pub enum Subject {
    /// The actions for a row.
    Actions,
    /// The profiles.
    Profiles,
    /// The actions of a place, as help.
    Help,
    /// Every action, and everything that was read.
    Palette(Finding),
    /// The roles that these members, as they were shown, could have.
    Roles(Vec<Member>),
    /// The organizations of a person.
    Person(Box<Person>),
    /// What was sent, by the journal.
    Journal(Box<History>),
    /// What was typed into forms and is not sent.
    Drafts,
}

/// How far the palette has looked through what was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finding {
    /// The organization whose members were looked through.
    pub open: Option<OrgId>,
    /// How much of each list was looked through.
    pub seen: Vec<Covered>,
    /// Whether there is more to look through.
    pub stage: Looking,
}

/// Whether there is more to look through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Looking {
    /// There may be.
    #[default]
    On,
    /// No.
    Done,
}

/// A list to choose from.
#[derive(Clone, Debug)]
pub struct Picker {
    /// The heading.
    pub title: Text,
    /// What is chosen from.
    pub of: Subject,
    /// All lines.
    pub choices: Vec<Choice>,
    /// What is said above them.
    pub notes: Vec<Note>,
    /// What is looked for.
    pub search: Input,
    /// Whether letters go into the search or take the line with that key.
    pub letters: Letters,
    /// The beginning of the keys of a line, typed so far.
    pub typed: String,
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
    pub fn new(title: impl Into<Text>, of: Subject, choices: Vec<Choice>) -> Self {
        Self {
            title: title.into(),
            letters: of.letters(),
            of,
            choices,
            notes: Vec::new(),
            search: Input::default(),
            typed: String::new(),
            index: 0,
        }
    }

    /// The lines that contain every word that is looked for, in their title, what is said beside it,
    /// their keys or their reason: under each heading those that fit best come first.
    pub fn fitting(&self) -> Vec<&Choice> {
        let words = self.words();
        let mut section = (0, "");
        let mut fitting: Vec<(usize, u8, &Choice)> = Vec::new();
        for choice in &self.choices {
            if choice.section != section.1 {
                section = (section.0 + 1, choice.section);
            }
            if let Some(rank) = choice.rank(&words).filter(|_| choice.begins(&self.typed)) {
                fitting.push((section.0, rank, choice));
            }
        }
        fitting.sort_by_key(|(section, rank, _)| (*section, *rank));
        fitting.into_iter().map(|(_, _, choice)| choice).collect()
    }

    /// The words that are looked for, in lower case.
    pub fn words(&self) -> Vec<String> {
        let search = self.search.value().to_lowercase();
        search.split_whitespace().map(str::to_owned).collect()
    }

    /// The line under the cursor.
    pub fn chosen(&self) -> Option<&Choice> {
        self.fitting().get(self.index).copied()
    }

    /// Moves the cursor by lines, without wrapping around; whether that was possible.
    pub fn step(&mut self, by: isize) -> bool {
        let before = self.index;
        let last = self.fitting().len().saturating_sub(1);
        self.index = before.saturating_add_signed(by).min(last);
        self.index != before
    }

    /// Other lines and notes; the cursor stays on the first line, or on what it was moved to if that is
    /// still there.
    pub fn refill(&mut self, choices: Vec<Choice>, notes: Vec<Note>) {
        let moved = self.index > 0;
        let chosen = self.chosen().filter(|_| moved);
        let chosen = chosen.map(|choice| choice.pick.clone());
        self.choices = choices;
        self.notes = notes;
        let fitting = self.fitting();
        let again = fitting
            .iter()
            .position(|choice| Some(&choice.pick) == chosen.as_ref());
        let last = fitting.len().saturating_sub(1);
        self.index = again.unwrap_or(self.index).min(last);
    }

    /// Something else is looked for: the first line that fits is under the cursor.
    pub fn searched(&mut self) {
        self.index = 0;
        if let Subject::Palette(finding) = &mut self.of {
            *finding = Finding::default();
        }
    }

    /// Whether a filter was opened that can be closed again.
    pub fn is_filtered(&self) -> bool {
        self.letters != self.of.letters() || !self.typed.is_empty()
    }

    /// Closes the filter: letters do again what they did before.
    pub fn unfilter(&mut self) {
        self.search = Input::default();
        self.typed.clear();
        self.letters = self.of.letters();
        self.index = 0;
    }
}

impl Subject {
    /// What letters do as long as nobody opened a filter.
    fn letters(&self) -> Letters {
        match self {
            Self::Help | Self::Palette(_) | Self::Journal(_) => Letters::Search,
            Self::Actions | Self::Profiles | Self::Roles(_) | Self::Person(_) | Self::Drafts => {
                Letters::Take
            }
        }
    }
}
