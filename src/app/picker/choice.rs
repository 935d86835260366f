//! One line of a picker: what it stands for, what is said of it, and how well it fits what is looked for.

use crate::app::key::Key;
use crate::domain::entry::EntryNo;
use crate::domain::{DraftId, InviteRef, MemberId, OrgId, Profile, Role, Text};

/// What a line of a picker stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Pick {
    /// The action with this name.
    Action(&'static str),
    /// Only this profile.
    Profile(Profile),
    /// All profiles.
    AllProfiles,
    /// A new organization on this profile.
    CreateIn(Profile),
    /// An invite accepted on this profile.
    AcceptIn(Profile),
    /// Another token for this profile.
    TokenFor(Profile),
    /// This role, for the members that the picker is about.
    Role(Role),
    /// This role beside those that they hold.
    Give(Role),
    /// No longer this role.
    Take(Role),
    /// This organization, to go to it.
    Org(OrgId),
    /// This member of an organization, to go there.
    Member(OrgId, MemberId),
    /// This invite, to go there.
    Invite(InviteRef),
    /// This entry of the journal, to be looked at.
    Deed(EntryNo),
    /// This draft, to go on with it.
    Draft(DraftId),
    /// What could not be read, to be read again.
    Again,
    /// Nothing: it is only told.
    Nothing,
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
    /// What else is known of it, for the eye and the filter; often empty.
    pub about: Text,
    /// Why it cannot be taken, if it cannot.
    pub blocked: Option<Text>,
}

impl Choice {
    /// A line that can be taken, without a heading, keys or anything more to say.
    pub fn new(pick: Pick, title: impl Into<Text>) -> Self {
        Self {
            pick,
            section: "",
            keys: String::new(),
            title: title.into(),
            about: Text::from(""),
            blocked: None,
        }
    }

    /// Under this heading.
    #[must_use]
    pub fn under(mut self, section: &'static str) -> Self {
        self.section = section;
        self
    }

    /// Taken by these keys too.
    #[must_use]
    pub fn keys(mut self, keys: impl Into<String>) -> Self {
        self.keys = keys.into();
        self
    }

    /// With this said beside it.
    #[must_use]
    pub fn about(mut self, about: impl Into<Text>) -> Self {
        self.about = about.into();
        self
    }

    /// Not to be taken, if there is a reason.
    #[must_use]
    pub fn blocked(mut self, why: Option<Text>) -> Self {
        self.blocked = why;
        self
    }

    /// How well it fits all of these words, which are in lower case; the smaller the better.
    pub(super) fn rank(&self, words: &[String]) -> Option<u8> {
        let named = [&self.title, &self.about].map(|text| text.raw().to_lowercase());
        let keys = self.keys.to_lowercase();
        let why = self.blocked.as_ref().map(|why| why.raw().to_lowercase());
        let of_word = |word: &String| {
            let best = named.iter().filter_map(|text| rank(text, word)).min();
            best.or_else(|| keys.contains(word).then_some(4))
                .or_else(|| why.as_ref()?.contains(word).then_some(5))
        };
        words
            .iter()
            .try_fold(0, |worst, word| Some(worst.max(of_word(word)?)))
    }

    /// Whether one of its keys begins so; a key with a name is no sequence of letters.
    pub(super) fn begins(&self, typed: &str) -> bool {
        let is_letters = |key: &&str| key.len() == 1 || Key::parse(key).is_none();
        let mut letters = self.keys.split(' ').filter(is_letters);
        typed.is_empty() || letters.any(|key| !key.starts_with('^') && key.starts_with(typed))
    }
}

/// How well a text fits a word: it is the word, begins with it, has one that begins so, or has it
/// somewhere inside.
fn rank(text: &str, word: &str) -> Option<u8> {
    if text.starts_with(word) {
        return Some(u8::from(text != word));
    }
    let mut places = text.match_indices(word).peekable();
    places.peek()?;
    let begins_a_word = places.any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric));
    Some(if begins_a_word { 2 } else { 3 })
}
