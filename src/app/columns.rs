//! The columns of the lists: what they are sorted by.

use std::cmp::Ordering;

use super::effect::Lists;
use super::place::Pane;
use crate::domain::rows::{Keyed, Shelf};
use crate::domain::{Invite, Member, Org, Text, Told};
use crate::job::Lens;
use crate::job::order::Arrangeable;

/// The columns that a list can be sorted by; not every list has each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The name.
    Name,
    /// The e-mail address.
    Email,
    /// The role, the strongest first.
    Role,
    /// The status.
    Status,
    /// The date it was made or joined.
    Date,
    /// When it was last seen.
    Seen,
    /// How many members.
    Members,
    /// The profile.
    Profile,
}

impl Column {
    /// What it is called.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "e-mail",
            Self::Role => "role",
            Self::Status => "status",
            Self::Date => "date",
            Self::Seen => "last seen",
            Self::Members => "members",
            Self::Profile => "profile",
        }
    }
}

/// A record that a pane lists.
pub trait Listed: Arrangeable<By = Column> + Keyed + Clone {
    /// The pane.
    const PANE: Pane;

    /// Lists of it, to be arranged beside the drawing path.
    fn lists(lists: Vec<Shelf<Self>>, lens: Lens<Column>) -> Lists;
}

impl Listed for Org {
    const PANE: Pane = Pane::Orgs;

    fn lists(lists: Vec<Shelf<Self>>, lens: Lens<Column>) -> Lists {
        Lists::Orgs(lists, lens)
    }
}

impl Listed for Member {
    const PANE: Pane = Pane::Members;

    fn lists(lists: Vec<Shelf<Self>>, lens: Lens<Column>) -> Lists {
        Lists::Members(lists, lens)
    }
}

impl Listed for Invite {
    const PANE: Pane = Pane::Invites;

    fn lists(lists: Vec<Shelf<Self>>, lens: Lens<Column>) -> Lists {
        Lists::Invites(lists, lens)
    }
}

impl Arrangeable for Org {
    type By = Column;

    fn compare(&self, other: &Self, by: Column) -> Ordering {
        match by {
            Column::Members => known_first(&self.members, &other.members),
            Column::Date => known_first(&self.created, &other.created),
            Column::Profile => self.id.profile().cmp(other.id.profile()),
            Column::Name | Column::Email | Column::Role | Column::Status | Column::Seen => {
                by_text(Some(self.display_name()), Some(other.display_name()))
            }
        }
    }
}

impl Arrangeable for Member {
    type By = Column;

    fn compare(&self, other: &Self, by: Column) -> Ordering {
        match by {
            Column::Email => by_text(self.email.known(), other.email.known()),
            Column::Role => by_text(first_role(self), first_role(other)),
            Column::Date => known_first(&self.joined, &other.joined),
            Column::Seen => known_first(&self.last_active, &other.last_active),
            Column::Name | Column::Status | Column::Members | Column::Profile => {
                by_text(Some(self.display_name()), Some(other.display_name()))
            }
        }
    }
}

impl Arrangeable for Invite {
    type By = Column;

    fn compare(&self, other: &Self, by: Column) -> Ordering {
        match by {
            Column::Role => by_text(
                self.role.known().map(|role| &role.name),
                other.role.known().map(|role| &role.name),
            ),
            Column::Status => self.status.cmp(&other.status),
            Column::Date => known_first(&self.created, &other.created),
            Column::Seen => known_first(&self.expires, &other.expires),
            Column::Profile => self.at.org.cmp(&other.at.org),
            Column::Name | Column::Email | Column::Members => {
                by_text(self.email.known(), other.email.known())
            }
        }
    }
}

fn first_role(member: &Member) -> Option<&Text> {
    member.assignments().first().map(|held| &held.role.name)
}

/// Without regard to case; what is not known comes last.
fn by_text(a: Option<&Text>, b: Option<&Text>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => Iterator::cmp(lower(a), lower(b)).then_with(|| a.cmp(b)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

fn lower(text: &Text) -> impl Iterator<Item = char> {
    text.raw().chars().flat_map(char::to_lowercase)
}

fn known_first<T: Ord>(a: &Told<T>, b: &Told<T>) -> Ordering {
    match (a.known(), b.known()) {
        (Some(a), Some(b)) => a.cmp(b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
