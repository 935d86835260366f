//! Entries: what is in a field, one kind for each way to fill one in.

use celes::Country;
use tui_input::Input;

use super::area::Area;
use super::checklist::Checklist;
use super::country;
use super::finder::{Finder, Picked};
use super::masked::Masked;
use crate::domain::field::Need;
use crate::domain::{Role, Secret};

/// What is in a field.
#[derive(Clone, Debug)]
pub enum Entry {
    /// Text as it is typed.
    Line(Input),
    /// A text of many lines.
    Area(Area),
    /// A text that is not shown.
    Masked(Masked),
    /// One of several roles; `None` names none.
    Role(Vec<Role>, Option<usize>),
    /// Any number of roles.
    Roles(Checklist),
    /// Yes or no.
    Flag(Flag),
    /// A country, found by what is typed; the number is the one chosen among those found.
    Country(Input, usize),
    /// A user, found by the service.
    User(Finder),
    /// An image file.
    File(Picked),
    /// The service has no such field.
    Absent,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Neither was chosen: it stays as it is.
    Untold,
    /// Yes.
    Yes,
    /// No.
    No,
}

impl Flag {
    /// The one that a truth value means.
    pub const fn of(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }

    /// The truth value, if one was chosen.
    pub const fn value(self) -> Option<bool> {
        match self {
            Self::Untold => None,
            Self::Yes => Some(true),
            Self::No => Some(false),
        }
    }
}

/// What came of a move inside an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// Another choice is taken.
    Chose,
    /// Its cursor stands elsewhere; nothing is chosen by that.
    Stepped,
    /// There is no further line in it, and it keeps the focus.
    Stayed,
    /// There is no further line in it: the focus goes on.
    Out,
}

impl Entry {
    /// The text that letters go into, if there is one.
    pub fn input(&self) -> Option<&Input> {
        match self {
            Self::Line(input) | Self::Country(input, _) => Some(input),
            Self::User(finder) => Some(&finder.input),
            Self::File(picked) => Some(&picked.input),
            Self::Roles(list) if list.is_typing() => Some(&list.other),
            Self::Area(_)
            | Self::Roles(_)
            | Self::Masked(_)
            | Self::Role(..)
            | Self::Flag(_)
            | Self::Absent => None,
        }
    }

    /// The same, to be changed.
    pub fn input_mut(&mut self) -> Option<&mut Input> {
        match self {
            Self::Line(input) | Self::Country(input, _) => Some(input),
            Self::User(finder) => Some(&mut finder.input),
            Self::File(picked) => Some(&mut picked.input),
            Self::Roles(list) if list.is_typing() => Some(&mut list.other),
            Self::Area(_)
            | Self::Roles(_)
            | Self::Masked(_)
            | Self::Role(..)
            | Self::Flag(_)
            | Self::Absent => None,
        }
    }

    /// Whether letters go into it.
    pub fn takes_text(&self) -> bool {
        matches!(self, Self::Masked(_) | Self::Area(_)) || self.input().is_some()
    }

    /// The text of many lines.
    pub fn area(&self) -> Option<&Area> {
        let Self::Area(area) = self else {
            return None;
        };
        Some(area)
    }

    /// The same, to be changed.
    pub fn area_mut(&mut self) -> Option<&mut Area> {
        let Self::Area(area) = self else {
            return None;
        };
        Some(area)
    }

    /// The secret in it.
    pub fn secret(&self) -> Option<Secret> {
        let Self::Masked(masked) = self else {
            return None;
        };
        Some(masked.secret())
    }

    /// The country that is chosen.
    pub fn country(&self) -> Option<Country> {
        match self {
            Self::Country(input, index) => country::found(input.value()).get(*index).copied(),
            Self::Line(_)
            | Self::Area(_)
            | Self::Masked(_)
            | Self::Role(..)
            | Self::Roles(_)
            | Self::Flag(_)
            | Self::User(_)
            | Self::File(_)
            | Self::Absent => None,
        }
    }

    /// What was typed has changed: a choice among what was found for the text before means nothing now.
    pub fn retyped(&mut self) {
        match self {
            Self::Country(_, index) => *index = 0,
            Self::User(finder) => finder.index = 0,
            Self::Line(_)
            | Self::Area(_)
            | Self::Masked(_)
            | Self::Role(..)
            | Self::Roles(_)
            | Self::Flag(_)
            | Self::File(_)
            | Self::Absent => {}
        }
    }

    /// Takes the neighbour of what is chosen.
    pub fn step(&mut self, by: isize, need: Need) -> Moved {
        match self {
            Self::Role(roles, chosen) if !roles.is_empty() => {
                *chosen = neighbour((*chosen, roles.len()), by, need);
                Moved::Chose
            }
            Self::Area(area) => {
                if area.step(by) {
                    Moved::Stepped
                } else {
                    Moved::Out
                }
            }
            Self::Roles(list) => within(&mut list.index, list.items.len() + 1, by, Moved::Stepped),
            Self::Country(input, index) => match &country::found(input.value())[..] {
                [only] if country::shown(only) == input.value().trim() => Moved::Out,
                [only] => {
                    *input = Input::new(country::shown(only));
                    Moved::Chose
                }
                found => among(index, found.len(), by),
            },
            Self::User(finder) => {
                let count = finder.users().len();
                among(&mut finder.index, count, by)
            }
            Self::Role(..)
            | Self::Line(_)
            | Self::Masked(_)
            | Self::Flag(_)
            | Self::File(_)
            | Self::Absent => Moved::Out,
        }
    }

    /// The focus goes elsewhere: what was found is written out.
    pub fn leave(&mut self) {
        if let (Some(found), Self::Country(input, index)) = (self.country(), &mut *self) {
            *input = Input::new(country::shown(&found));
            *index = 0;
        }
    }
}

/// One line on among those that were found; at an end of several nothing moves, since the next key would be
/// meant for them too.
fn among(index: &mut usize, count: usize, by: isize) -> Moved {
    let moved = within(index, count, by, Moved::Chose);
    if moved == Moved::Out && count > 1 {
        return Moved::Stayed;
    }
    moved
}

/// One line on, as long as there is one.
fn within(index: &mut usize, count: usize, by: isize, moved: Moved) -> Moved {
    match index.checked_add_signed(by).filter(|next| *next < count) {
        Some(next) => {
            *index = next;
            moved
        }
        None => Moved::Out,
    }
}

/// The choice beside this one, around the ends; none is a choice too where none must be made.
fn neighbour((chosen, count): (Option<usize>, usize), by: isize, need: Need) -> Option<usize> {
    let none = usize::from(need != Need::Required);
    let here = match chosen {
        Some(number) => (number + none).cast_signed(),
        None if none == 1 => 0,
        None => (-by).min(0),
    };
    let next = (here + by).rem_euclid((count + none).cast_signed());
    next.unsigned_abs().checked_sub(none)
}
