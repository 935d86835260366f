//! Drafts: what was typed into a form and not sent, as values. They never hold a secret: a field that is
//! masked has no place in them.

use jiff::{SignedDuration, Timestamp};

use super::{MemberBy, OrgId, Profile, Text, Verb};

/// Days for which a draft is kept after its last key.
pub const DAYS: i64 = 30;

/// What a draft is for. One that was typed for another record is never put into this one's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// On which profile.
    pub profile: Profile,
    /// In which organization, where there is one already.
    pub org: Option<OrgId>,
    /// What would be asked of the service.
    pub verb: Verb,
    /// Of what in it.
    pub target: Target,
}

/// What in an organization a draft is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The organization, or one address.
    One,
    /// As many addresses as are brought.
    Many,
    /// A member.
    Member(MemberBy),
}

/// Names a draft.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DraftId {
    /// One of this session.
    Own(u64),
    /// One that an earlier session has left, by the name of its file.
    Left(Text),
}

/// How a form was left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Left {
    /// Nothing was sent.
    #[default]
    Unsent,
    /// It was sent, and refused.
    Refused,
    /// It was sent, and what came of it was not seen.
    Sent,
}

/// What was typed into a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What it is for.
    pub about: About,
    /// The heading of the form.
    pub title: Text,
    /// When the latest of it was typed.
    pub at: Timestamp,
    /// How the form was left.
    pub left: Left,
    /// The fields in which something was typed.
    pub fields: Vec<Typed>,
}

/// What was typed into one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The key of the field.
    pub key: Text,
    /// What it is called on the screen.
    pub label: Text,
    /// What stands in it.
    pub content: Content,
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A text as it was typed.
    Text(Text),
    /// A role, by its key.
    Role(Text),
    /// Yes or no.
    Flag(bool),
    /// Roles that were ticked and unticked, and the name that was being typed.
    Ticks {
        /// Ticked, and not held.
        on: Vec<Text>,
        /// Held, and not ticked any more.
        off: Vec<Text>,
        /// The name that was being typed.
        other: Text,
    },
}

/// What earlier sessions have left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leftover {
    /// Their drafts.
    pub drafts: Vec<(DraftId, Draft)>,
    /// What is to be said of files that could not be read.
    pub problems: Vec<Text>,
}

impl Draft {
    /// Whether it is so old that it is not kept any longer.
    pub fn is_over(&self, now: Timestamp) -> bool {
        is_over(self.at, now)
    }
}

/// Whether what was kept then is so old that it is not kept any longer.
pub fn is_over(at: Timestamp, now: Timestamp) -> bool {
    let days = SignedDuration::from_hours(24 * DAYS);
    at.checked_add(days).is_ok_and(|end| end < now)
}

impl Content {
    /// In words, for somebody who wants to read what was typed.
    pub fn words(&self) -> Text {
        match self {
            Self::Text(text) | Self::Role(text) => text.clone(),
            Self::Flag(yes) => Text::from(if *yes { "yes" } else { "no" }),
            Self::Ticks { on, off, other } => {
                let signed = |sign: &'static str, roles: &[Text]| {
                    let signed = roles.iter().map(|role| format!("{sign}{}", role.raw()));
                    signed.collect::<Vec<String>>()
                };
                let mut words = signed("+", on);
                words.extend(signed("-", off));
                words.extend((!other.is_empty()).then(|| other.raw().to_owned()));
                Text::from(words.join(", "))
            }
        }
    }
}
