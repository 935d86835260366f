//! What of a form goes into a draft, and how it comes back into a form. Secrets, and what only shows
//! something, stay out.

use tui_input::Input;

use super::checklist::{Checklist, Tick};
use super::{Entry, Field, Flag, Form, Goal, PRIVATE, country};
use crate::domain::draft::{About, Content, DraftId, Left, Target, Typed};
use crate::domain::{Draft, FieldKind, Moment, Role, Text};

/// What of a form is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Track {
    /// The number of its draft, once there is one.
    pub number: Option<u64>,
    /// Since when something may have been typed that is not kept.
    pub since: Option<Moment>,
    /// What is kept.
    pub kept: Option<Draft>,
}

impl Track {
    /// Its draft.
    pub fn id(&self) -> Option<DraftId> {
        self.number.map(DraftId::Own)
    }
}

impl Goal {
    /// What a draft for it is about.
    pub fn draft(&self) -> About {
        let target = match self {
            Self::InviteMany { .. } => Target::Many,
            Self::SetRoles { member, .. } => Target::Member(member.by.clone()),
            Self::Invite { .. }
            | Self::CreateOrg { .. }
            | Self::EditOrg { .. }
            | Self::SetLogo { .. }
            | Self::Metadata { .. }
            | Self::AddMember { .. }
            | Self::AcceptInvite { .. } => Target::One,
        };
        About {
            profile: self.profile().clone(),
            org: self.org().cloned(),
            verb: self.verb(),
            target,
        }
    }
}

impl Form {
    /// What was typed into it, field by field.
    pub fn typed_fields(&self) -> Vec<Typed> {
        let is_own = |field: &&Field| {
            let shows_only = field.is_second_thought() || field.spec.key == PRIVATE;
            field.spec.is_offered() && field.is_typed() && !shows_only
        };
        let own = self.fields.iter().filter(is_own);
        own.filter_map(|field| {
            Some(Typed {
                key: Text::from(field.spec.key),
                label: Text::from(field.spec.label),
                content: content(field)?,
            })
        })
        .collect()
    }

    /// Writes a draft into it: everything that stands there makes room. Gives the labels of what there is no
    /// field for any more.
    pub fn fill(&mut self, draft: &Draft) -> Vec<Text> {
        self.empty();
        let mut homeless = Vec::new();
        for typed in &draft.fields {
            let field = self.field_mut(typed.key.raw());
            let is_taken = field.is_some_and(|field| field.take(&typed.content));
            homeless.extend((!is_taken).then(|| typed.label.clone()));
        }
        self.judge();
        homeless
    }
}

/// What stands in a field; nothing for a secret.
fn content(field: &Field) -> Option<Content> {
    if field.spec.kind == FieldKind::Secret {
        return None;
    }
    match &field.entry {
        Entry::Line(input) => Some(Content::Text(Text::from(input.value()))),
        Entry::Country(input, _) => {
            let chosen = field.entry.country();
            let written = chosen.map(|country| country::shown(&country));
            let written = written.unwrap_or_else(|| input.value().to_owned());
            Some(Content::Text(Text::from(written)))
        }
        Entry::User(finder) => Some(Content::Text(Text::from(finder.input.value()))),
        Entry::File(picked) => Some(Content::Text(Text::from(picked.input.value()))),
        Entry::Area(area) => Some(Content::Text(Text::from(area.text()))),
        Entry::Role(roles, chosen) => {
            let role = chosen.and_then(|number| roles.get(number));
            Some(Content::Role(
                role.map_or_else(|| Text::from(""), |role| role.key.0.clone()),
            ))
        }
        Entry::Flag(flag) => flag.value().map(Content::Flag),
        Entry::Roles(list) => Some(list.turned()),
        Entry::Masked(_) | Entry::Absent => None,
    }
}

impl Field {
    /// Takes over what was typed into it once; whether it fits.
    fn take(&mut self, content: &Content) -> bool {
        match (&mut self.entry, content) {
            (Entry::Line(input) | Entry::Country(input, _), Content::Text(text)) => {
                *input = Input::new(text.raw().to_owned());
            }
            (Entry::User(finder), Content::Text(text)) => {
                finder.input = Input::new(text.raw().to_owned());
            }
            (Entry::File(picked), Content::Text(text)) => {
                picked.input = Input::new(text.raw().to_owned());
            }
            (Entry::Area(area), Content::Text(text)) => {
                area.put(text.raw());
            }
            (Entry::Role(known, chosen), Content::Role(key)) => {
                *chosen = named(known, key);
            }
            (Entry::Flag(flag), Content::Flag(yes)) => *flag = Flag::of(*yes),
            (Entry::Roles(list), Content::Ticks { on, off, other }) => {
                list.turn_to((on, off), other);
            }
            (
                Entry::Line(_)
                | Entry::Area(_)
                | Entry::Masked(_)
                | Entry::Role(..)
                | Entry::Roles(_)
                | Entry::Flag(_)
                | Entry::Country(..)
                | Entry::User(_)
                | Entry::File(_)
                | Entry::Absent,
                Content::Text(_) | Content::Role(_) | Content::Flag(_) | Content::Ticks { .. },
            ) => return false,
        }
        true
    }
}

/// The place of a role among those known; where none was read yet it stands there alone until they are.
fn named(known: &mut Vec<Role>, key: &Text) -> Option<usize> {
    if known.is_empty() && !key.is_empty() {
        known.push(Role::named(key.raw()));
    }
    known.iter().position(|role| role.key.0 == *key)
}

impl Checklist {
    /// What was ticked and unticked.
    fn turned(&self) -> Content {
        let turned = |tick: Tick| {
            let items = self.items.iter().filter(move |(role, now)| {
                *now == tick && self.held.contains(&role.key) != (tick == Tick::On)
            });
            items.map(|(role, _)| role.key.0.clone()).collect()
        };
        Content::Ticks {
            on: turned(Tick::On),
            off: turned(Tick::Off),
            other: Text::from(self.other.value()),
        }
    }

    /// Ticks and unticks these, and types the name of another one.
    fn turn_to(&mut self, (on, off): (&[Text], &[Text]), other: &Text) {
        for (role, tick) in &mut self.items {
            if on.contains(&role.key.0) {
                *tick = Tick::On;
            } else if off.contains(&role.key.0) {
                *tick = Tick::Off;
            }
        }
        for key in on {
            if self.items.iter().all(|(role, _)| role.key.0 != *key) {
                self.items.push((Role::named(key.raw()), Tick::On));
            }
        }
        self.other = Input::new(other.raw().to_owned());
    }
}

/// How a form was left, in words that follow "a draft from .. ".
pub const fn fate(left: Left) -> &'static str {
    match left {
        Left::Unsent => "was not sent",
        Left::Refused => "was refused",
        Left::Sent => "was sent, and what came of it is not known here",
    }
}
