//! Layers: what lies above the panes, and which table of keys each of them uses.

use tui_input::Input;

pub use super::confirm::{Asking, Bodies, Confirm, Spot};
use super::form::Form;
use super::notice::Word;
use super::picker::{Picker, Subject};
use super::place::Pane;
use super::prompt::Prompt;
use super::tasks::Tasks;
use crate::domain::Text;
use crate::domain::query::Thing;

/// Where keys mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Every pane.
    List,
    /// The organizations.
    Orgs,
    /// One organization.
    Org,
    /// Its members.
    Members,
    /// Invites.
    Invites,
    /// What was sent.
    Activity,
    /// A question with buttons.
    Dialog,
    /// A form.
    Form,
    /// A question for a token or a code.
    Prompt,
    /// The filter line.
    Line,
    /// A list to choose from.
    Menu,
    /// Help and the palette.
    Help,
    /// What was sent before.
    Journal,
    /// The details of a record.
    Details,
    /// The tasks of the session.
    Tasks,
    /// The path that their results are written to.
    Path,
    /// The first screen, when there is no profile.
    Welcome,
    /// Every place there is.
    Everywhere,
}

impl Layer {
    /// What it is called in hints.
    pub const fn word(self) -> &'static str {
        match self {
            Self::List => "lists",
            Self::Orgs => "the organizations",
            Self::Org => "the organization",
            Self::Members => "the members",
            Self::Invites => "the invites",
            Self::Activity => "the activity",
            Self::Dialog => "dialogs",
            Self::Form => "forms",
            Self::Prompt => "the question for a token",
            Self::Line => "the filter line",
            Self::Menu => "menus",
            Self::Help => "help and the palette",
            Self::Journal => "the journal",
            Self::Details => "details",
            Self::Tasks => "the tasks",
            Self::Path => "the path of an export",
            Self::Welcome => "the first screen",
            Self::Everywhere => "every place",
        }
    }

    /// The layer of a pane.
    pub const fn of(pane: Pane) -> Self {
        match pane {
            Pane::Orgs => Self::Orgs,
            Pane::Org => Self::Org,
            Pane::Members => Self::Members,
            Pane::Invites => Self::Invites,
            Pane::Activity => Self::Activity,
        }
    }
}

/// Something above the panes.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// A question.
    Confirm(Box<Confirm>),
    /// A form.
    Form(Box<Form>),
    /// A list to choose from.
    Menu(Box<Picker>),
    /// Help, the palette, or the journal.
    Help(Box<Picker>),
    /// A record in full.
    Details(Box<Details>),
    /// A question for a token or a code.
    Prompt(Box<Prompt>),
    /// The line in which a filter is typed.
    Line(Input),
    /// The tasks of the session.
    Tasks(Box<Tasks>),
}

impl Overlay {
    /// Whether it is a list of actions, which speak of the row under the cursor.
    pub fn speaks_of_a_row(&self) -> bool {
        match self {
            Self::Menu(picker) | Self::Help(picker) => match picker.of {
                Subject::Actions | Subject::Help | Subject::Palette(_) => true,
                Subject::Profiles
                | Subject::Roles(_)
                | Subject::Person(_)
                | Subject::Journal(_)
                | Subject::Drafts => false,
            },
            Self::Confirm(_)
            | Self::Form(_)
            | Self::Details(_)
            | Self::Prompt(_)
            | Self::Line(_)
            | Self::Tasks(_) => false,
        }
    }

    /// The layer whose keys it uses.
    pub fn layer(&self) -> Layer {
        match self {
            Self::Confirm(_) => Layer::Dialog,
            Self::Form(_) => Layer::Form,
            Self::Menu(_) => Layer::Menu,
            Self::Help(picker) => match picker.of {
                Subject::Journal(_) => Layer::Journal,
                Subject::Actions
                | Subject::Profiles
                | Subject::Help
                | Subject::Drafts
                | Subject::Palette(_)
                | Subject::Roles(_)
                | Subject::Person(_) => Layer::Help,
            },
            Self::Details(_) => Layer::Details,
            Self::Prompt(_) => Layer::Prompt,
            Self::Line(_) => Layer::Line,
            Self::Tasks(tasks) if tasks.export.is_some() => Layer::Path,
            Self::Tasks(_) => Layer::Tasks,
        }
    }

    /// Whether it says what this message says: a form that has come back shows why, and a question asks
    /// about the task that the message speaks of.
    pub fn says(&self, word: &Word) -> bool {
        match (self, word) {
            (Self::Form(form), Word::Failed(error, _)) => form.shows(error),
            (Self::Confirm(confirm), Word::Unfinished { task, .. }) => confirm.is_about(*task),
            (
                Self::Confirm(_)
                | Self::Form(_)
                | Self::Menu(_)
                | Self::Help(_)
                | Self::Details(_)
                | Self::Prompt(_)
                | Self::Line(_)
                | Self::Tasks(_),
                _,
            ) => false,
        }
    }
}

/// A record in full, and as the service sent it.
#[derive(Clone, Debug)]
pub struct Details {
    /// The heading.
    pub title: Text,
    /// The record that the raw text is of, if there is one.
    pub thing: Option<Thing>,
    /// What is known, by label.
    pub facts: Vec<(Text, Text)>,
    /// What the text below is.
    pub heading: &'static str,
    /// The record as the service sent it, secrets masked; or a text to be copied by hand.
    pub raw: super::store::Loaded<Text>,
    /// The first line shown.
    pub top: usize,
}

impl Details {
    /// The heading of what the service sent.
    pub const AS_SENT: &'static str = "AS THE SERVICE SENT IT (secrets and links masked)";
    /// The heading of a text that is shown because it could not be copied.
    pub const BY_HAND: &'static str = "THE TEXT";
}
