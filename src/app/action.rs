//! Table 2: everything a person can do, one row each.
//!
//! Keymap, hints, help, menus and the key table of the README are renderings of it. A row carries its
//! function, so nothing dispatches by name.

use std::borrow::Cow;

use super::columns::Column;
use super::effect::Effects;
use super::layer::Layer;
use super::model::Model;
use super::screen::copy::What;
use super::screen::marks;
use crate::domain::{Text, Verb};

pub mod ready;
pub mod table;

pub use ready::{Ready, availability};
pub use table::ALL;

/// What an action may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// It moves or shows.
    Reads,
    /// It opens a question or a form; nothing is sent by it.
    Opens,
    /// It sends: in dialogs and forms only.
    Sends,
}

/// The heading that help shows it under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Moving about.
    Move,
    /// Finding and ordering.
    Find,
    /// Marking rows.
    Mark,
    /// Looking closer.
    See,
    /// Acting on rows.
    Act,
    /// The program itself.
    Program,
}

impl Section {
    /// The heading.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Move => "MOVE",
            Self::Find => "FIND",
            Self::Mark => "MARK",
            Self::See => "SEE",
            Self::Act => "ACT",
            Self::Program => "PROGRAM",
        }
    }
}

/// What must be under the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// Nothing but a profile that offers it; which one is asked.
    Profile,
    /// An organization.
    Org,
    /// A row of the focused list.
    Row,
    /// Marked rows, or a row of the focused list.
    Meant,
    /// A row of a person.
    Person,
    /// A member whose roles are known.
    Roles,
    /// A row that can be marked.
    Marks,
    /// Rows that are marked.
    Marked,
    /// A list that can be filtered.
    List,
    /// A filter that is set.
    Filter,
    /// A list that is sorted.
    Sort,
    /// A list that can be sorted by this.
    Column(Column),
    /// A picker without an open filter.
    Closed,
    /// A question that shows what would be sent.
    Requests,
    /// A line of a list above the panes.
    Line,
    /// Something that can be copied.
    Copy(What),
    /// A draft that is offered, or under the cursor.
    Draft,
    /// The path of an export that is still to be written.
    Path,
}

/// One thing that a person can do.
#[derive(Clone, Copy)]
pub struct Action {
    /// Its name: `noun.verb`.
    pub name: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// The word in hint lines; empty where it is not hinted at.
    pub hint: &'static str,
    /// Where its keys count.
    pub layer: Layer,
    /// Its keys; a sequence is written with spaces.
    pub keys: &'static [&'static str],
    /// What it may lead to.
    pub class: Class,
    /// Where help shows it.
    pub section: Section,
    /// What must be under the cursor.
    pub needs: Needs,
    /// What is asked of the service, and so the subcommand that does the same.
    pub verb: Option<Verb>,
    /// What it does.
    pub run: fn(&mut Model) -> Effects,
}

impl Action {
    /// An action that reads, on every list.
    pub const fn new(
        name: &'static str,
        title: &'static str,
        run: fn(&mut Model) -> Effects,
    ) -> Self {
        Self {
            name,
            title,
            hint: "",
            layer: Layer::List,
            keys: &[],
            class: Class::Reads,
            section: Section::Move,
            needs: Needs::Nothing,
            verb: None,
            run,
        }
    }

    /// On this layer instead.
    #[must_use]
    pub const fn on(mut self, layer: Layer) -> Self {
        self.layer = layer;
        self
    }

    /// With these keys.
    #[must_use]
    pub const fn keys(mut self, keys: &'static [&'static str]) -> Self {
        self.keys = keys;
        self
    }

    /// Leading to this.
    #[must_use]
    pub const fn class(mut self, class: Class) -> Self {
        self.class = class;
        self
    }

    /// Under this heading.
    #[must_use]
    pub const fn under(mut self, section: Section) -> Self {
        self.section = section;
        self
    }

    /// Needing this under the cursor.
    #[must_use]
    pub const fn needs(mut self, needs: Needs) -> Self {
        self.needs = needs;
        self
    }

    /// Asking this of the service.
    #[must_use]
    pub const fn verb(mut self, verb: Verb) -> Self {
        self.verb = Some(verb);
        self
    }

    /// With this word in hint lines.
    #[must_use]
    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }
}

/// All rows of the table, in its order.
pub fn all() -> impl Iterator<Item = &'static Action> {
    ALL.iter().flat_map(|slice| slice.iter())
}

/// The row with this name.
pub fn named(name: &str) -> Option<&'static Action> {
    all().find(|action| action.name == name)
}

/// The ways to every other action: their hints come first.
const WAYS: [&str; 2] = ["row.actions", "help.open"];

/// The hints for the keys that count now and can be used, the most useful first: the ways to all the
/// others, what changes something, what shows more, and at last what can be found out by itself.
pub fn hints(model: &Model) -> Vec<(String, Cow<'static, str>)> {
    let layers = model.layers();
    let typing = model.takes_text();
    // Where letters are text, only the other keys are keys.
    let key = |action: &Action| {
        let mut keys = action.keys.iter();
        let chord = keys.find(|chord| !typing || chord.chars().count() > 1)?;
        Some(super::keymap::shown(chord))
    };
    let mut hinted: Vec<&Action> = all()
        .filter(|action| layers.contains(&action.layer) && !action.hint.is_empty())
        .filter(|action| availability(model, action) == Ready::Yes)
        .collect();
    hinted.sort_by_key(|action| usefulness(action));
    let hint = |action: &Action| Some((key(action)?, word(model, action)));
    hinted.into_iter().filter_map(hint).collect()
}

/// The word of a hint; where it means the marked rows, with their number.
fn word(model: &Model, action: &Action) -> Cow<'static, str> {
    if action.needs != Needs::Marked {
        return Cow::Borrowed(action.hint);
    }
    let marked = marks::counts(model, model.panes.focus).marked;
    Cow::Owned(format!("{} ({marked})", action.hint))
}

fn usefulness(action: &Action) -> u8 {
    if let Some(place) = WAYS.iter().position(|name| *name == action.name) {
        return u8::from(place > 0);
    }
    match (action.class, action.section) {
        (Class::Sends, _) => 2,
        (Class::Opens, _) => 3,
        (Class::Reads, Section::See | Section::Act) => 4,
        (Class::Reads, Section::Find | Section::Mark) => 5,
        (Class::Reads, Section::Program) => 6,
        (Class::Reads, Section::Move) => 7,
    }
}

/// The first key of an action, as it is shown.
pub fn shown_key(action: &Action) -> String {
    action
        .keys
        .first()
        .map_or_else(String::new, |chord| super::keymap::shown(chord))
}

/// All keys of an action, as they are shown.
pub fn shown_keys(action: &Action) -> String {
    let keys: Vec<String> = action
        .keys
        .iter()
        .map(|chord| super::keymap::shown(chord))
        .collect();
    keys.join(" ")
}

/// Why an action cannot be used now; `None` if it can.
pub fn blocked(model: &Model, action: &Action) -> Option<Text> {
    match availability(model, action) {
        Ready::Yes => None,
        Ready::Blocked(why) => Some(why),
    }
}
