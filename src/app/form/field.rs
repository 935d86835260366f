//! Fields: what a form asks for, what is in it, and what was there before.

use tui_input::Input;

use super::area::Area;
use super::checklist::Checklist;
use super::entry::{Entry, Flag};
use super::finder::{Finder, Picked};
use super::many::PARTIAL;
use super::masked::Masked;
use super::{Goal, country, proposal};
use crate::domain::field::Need;
use crate::domain::{FieldKind, FieldSpec, Org, Text, Told, Value};

/// One field with what was typed.
#[derive(Clone, Debug)]
pub struct Field {
    /// What it is.
    pub spec: FieldSpec,
    /// What is in it.
    pub entry: Entry,
    /// What was in it when the form was opened: it is sent where it has changed.
    pub before: Option<Value>,
    /// What is known of it and stands elsewhere or cannot be changed.
    pub note: Option<Text>,
    /// What emptying it means.
    pub emptying: Emptying,
    /// What is wrong with it.
    pub error: Option<Text>,
}

/// What emptying a field means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emptying {
    /// It is sent as empty.
    Sent,
    /// There is no record without it.
    Refused,
}

impl Field {
    /// A field that nobody has touched.
    pub fn new(spec: FieldSpec, goal: &Goal) -> Self {
        let entry = match (spec.need, spec.kind) {
            (Need::NotOffered(_), _) => Entry::Absent,
            (_, FieldKind::Addresses) => Entry::Area(Area::default()),
            (_, FieldKind::Flag) => Entry::Flag(flag(&spec, goal)),
            (_, FieldKind::Role) => match goal {
                Goal::SetRoles { from, .. } => Entry::Roles(Checklist::new(&[], from)),
                Goal::Invite { .. }
                | Goal::InviteMany { .. }
                | Goal::CreateOrg { .. }
                | Goal::EditOrg { .. }
                | Goal::SetLogo { .. }
                | Goal::Metadata { .. }
                | Goal::AddMember { .. }
                | Goal::AcceptInvite { .. } => Entry::Role(Vec::new(), None),
            },
            (_, FieldKind::Country) => Entry::Country(Input::default(), 0),
            (_, FieldKind::Image) => Entry::File(Picked::default()),
            (_, FieldKind::User) => Entry::User(Finder::default()),
            (_, FieldKind::Secret) => Entry::Masked(Masked::default()),
            (
                _,
                FieldKind::Text { .. }
                | FieldKind::Message
                | FieldKind::Email
                | FieldKind::Url
                | FieldKind::Number { .. }
                | FieldKind::Json,
            ) => Entry::Line(Input::default()),
        };
        let mut field = Field {
            spec,
            entry,
            before: None,
            note: None,
            emptying: Emptying::Sent,
            error: None,
        };
        field.before = field.value();
        field
    }

    /// Whether a service's name of a field means this one: `taxNumber` is `tax_number`.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let plain = |name: &str| {
            let letters = name.chars().filter(char::is_ascii_alphanumeric);
            letters.collect::<String>().to_lowercase()
        };
        let name = plain(name);
        name == plain(self.spec.key) || name == plain(self.spec.label)
    }

    /// Says what is wrong with it, behind what was said already.
    pub(super) fn blame(&mut self, message: &Text) {
        let said = self
            .error
            .take()
            .map(|said| format!("{}; {}", said.raw(), message.raw()));
        self.error = Some(said.map_or_else(|| message.clone(), Text::from));
    }

    /// As it was when the form was opened.
    pub(super) fn empty(&mut self, goal: &Goal) {
        let roles = match &self.entry {
            Entry::Role(roles, _) => roles.clone(),
            Entry::Line(_)
            | Entry::Area(_)
            | Entry::Masked(_)
            | Entry::Roles(_)
            | Entry::Flag(_)
            | Entry::Country(..)
            | Entry::User(_)
            | Entry::File(_)
            | Entry::Absent => Vec::new(),
        };
        if let Entry::Roles(list) = &mut self.entry {
            list.reset();
        } else {
            self.entry = Self::new(self.spec, goal).entry;
        }
        match (&mut self.entry, self.before.clone()) {
            (Entry::Role(known, chosen), _) => {
                *chosen = proposal(&roles, self.spec.need);
                *known = roles;
            }
            (_, Some(before)) => self.put(&before),
            (_, None) => {}
        }
        self.error = None;
    }

    /// Nothing where text is typed, else as it was at first.
    pub(super) fn empty_here(&mut self, goal: &Goal) {
        match &mut self.entry {
            Entry::Masked(masked) => masked.wipe(),
            Entry::Line(input) | Entry::Country(input, _) => input.reset(),
            Entry::Area(area) => *area = Area::default(),
            Entry::User(finder) => finder.input.reset(),
            Entry::File(picked) => picked.input.reset(),
            Entry::Roles(list) if list.is_typing() => list.other.reset(),
            Entry::Roles(_) | Entry::Role(..) | Entry::Flag(_) | Entry::Absent => self.empty(goal),
        }
    }

    /// Takes over what is known of it.
    pub(super) fn learn(&mut self, org: &Org) {
        let told = match self.spec.key {
            "name" => org.name.clone().map(Value::Text),
            "slug" => org.slug.clone().map(Value::Text),
            key => org.attribute(key).cloned().unwrap_or(Told::Unknown),
        };
        let Told::Is(value) = told else {
            return;
        };
        if let Value::Json(json) = &value {
            self.note = Some(Text::from(format!("now: {json}")));
            return;
        }
        self.put(&value);
        if self.value().as_ref() == Some(&value) || !self.typed().is_empty() {
            self.before = Some(value);
        }
    }

    /// Writes a value into it, where it fits.
    fn put(&mut self, value: &Value) {
        match (&mut self.entry, value) {
            (Entry::Line(input), Value::Text(text)) => *input = Input::new(text.raw().to_owned()),
            (Entry::Line(input), Value::Number(number)) => *input = Input::new(number.to_string()),
            (Entry::Flag(flag), Value::Flag(yes)) => *flag = Flag::of(*yes),
            (Entry::Country(input, _), Value::Text(code)) => {
                *input = Input::new(country::written(code.raw()));
            }
            (
                _,
                Value::Text(_)
                | Value::Flag(_)
                | Value::Number(_)
                | Value::Json(_)
                | Value::Image(_),
            ) => {}
        }
    }
}

/// What a question of yes and no begins with.
fn flag(spec: &FieldSpec, goal: &Goal) -> Flag {
    match goal {
        Goal::InviteMany { .. } if spec.key == PARTIAL.key => Flag::No,
        Goal::Invite { .. } | Goal::InviteMany { .. } => Flag::Yes,
        Goal::Metadata { .. } => Flag::No,
        Goal::CreateOrg { .. }
        | Goal::EditOrg { .. }
        | Goal::SetLogo { .. }
        | Goal::AddMember { .. }
        | Goal::SetRoles { .. }
        | Goal::AcceptInvite { .. } => Flag::Untold,
    }
}
