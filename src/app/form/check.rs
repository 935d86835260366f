//! What is wrong with what was typed, field by field, before anything is asked of the service.

use std::str::FromStr as _;

use serde_json::Value as Json;

use super::entry::Entry;
use super::{Emptying, Field, Finder, Picked, proposal};
use crate::app::store::Loaded;
use crate::domain::field::Need;
use crate::domain::{FieldKind, Text, Value, email};

impl Field {
    /// What it holds as a value; `None` where it is empty or cannot be read.
    pub fn value(&self) -> Option<Value> {
        match &self.entry {
            Entry::Line(_) => self.typed_value(),
            Entry::Flag(flag) => flag.value().map(Value::Flag),
            Entry::Country(..) => {
                let country = self.entry.country()?;
                Some(Value::Text(Text::from(country.alpha2)))
            }
            Entry::User(finder) => Some(Value::Text(finder.chosen()?.id.text().clone())),
            Entry::File(picked) => picked.image().cloned().map(Value::Image),
            Entry::Area(_)
            | Entry::Masked(_)
            | Entry::Role(..)
            | Entry::Roles(_)
            | Entry::Absent => None,
        }
    }

    fn typed_value(&self) -> Option<Value> {
        let typed = self.typed();
        match self.spec.kind {
            _ if typed.is_empty() => None,
            FieldKind::Number { .. } => typed.parse().ok().map(Value::Number),
            FieldKind::Json => serde_json::from_str(typed).ok().map(Value::Json),
            FieldKind::Text { .. }
            | FieldKind::Message
            | FieldKind::Email
            | FieldKind::Addresses
            | FieldKind::Url
            | FieldKind::Country
            | FieldKind::Flag
            | FieldKind::Role
            | FieldKind::Image
            | FieldKind::User
            | FieldKind::Secret => Some(Value::Text(Text::from(typed))),
        }
    }

    /// The text in it, without blanks around it.
    pub fn typed(&self) -> &str {
        self.entry.input().map_or("", |input| input.value().trim())
    }

    /// Whether something stands in it that did not stand there at first and would be missed.
    pub fn is_typed(&self) -> bool {
        match &self.entry {
            Entry::Masked(_) | Entry::Absent => false,
            Entry::Role(roles, chosen) => *chosen != proposal(roles, self.spec.need),
            Entry::Area(area) => !area.is_blank(),
            Entry::Roles(list) => !list.other.value().is_empty() || list.is_turned(),
            Entry::User(_) | Entry::File(_) => !self.typed().is_empty(),
            Entry::Line(_) | Entry::Flag(_) | Entry::Country(..) => {
                let unreadable = self.value().is_none() && !self.typed().is_empty();
                self.value() != self.before || unreadable
            }
        }
    }

    /// What is wrong already while it is typed.
    pub fn wrong_so_far(&self) -> Option<Text> {
        let typed = self.typed();
        let is_document = self.spec.kind == FieldKind::Json && !typed.is_empty();
        let wrong = is_document.then(|| check_json(typed).err()).flatten();
        wrong.map(Text::from)
    }

    /// Whether it can be taken as it stands.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<(), String> {
        match &self.entry {
            Entry::Line(_) | Entry::Country(..) | Entry::User(_) | Entry::File(_)
                if self.typed().is_empty() =>
            {
                self.check_empty()
            }
            Entry::Line(_) => self.check_line(self.typed()),
            Entry::Country(..) if self.entry.country().is_none() && !self.is_as_before() => {
                Err("no country has such a code or name".to_owned())
            }
            Entry::Role(_, None) if self.is_required() => Err("choose a role".to_owned()),
            Entry::Masked(masked) if masked.secret().is_empty() => self.check_empty(),
            Entry::User(finder) => check_user(finder),
            Entry::File(picked) => check_file(picked),
            Entry::Country(..)
            | Entry::Area(_)
            | Entry::Masked(_)
            | Entry::Role(..)
            | Entry::Roles(_)
            | Entry::Flag(_)
            | Entry::Absent => Ok(()),
        }
    }

    fn is_required(&self) -> bool {
        self.spec.need == Need::Required
    }

    fn is_as_before(&self) -> bool {
        let before = self.before.as_ref().and_then(Value::text);
        before.is_some_and(|before| before.raw() == self.typed())
    }

    fn check_empty(&self) -> Result<(), String> {
        let was_filled = self.before.is_some();
        let words = match (self.spec.kind, self.emptying) {
            (FieldKind::Email, _) if self.is_required() => "an address is needed",
            (FieldKind::Image, _) if self.is_required() => "the path of an image file is needed",
            _ if self.is_required() => "this is needed",
            (_, Emptying::Refused) if was_filled => "this cannot be taken away: type one",
            (FieldKind::Number { .. }, _) if was_filled => {
                "a number cannot be taken away: type one"
            }
            _ => return Ok(()),
        };
        Err(words.to_owned())
    }

    fn check_line(&self, typed: &str) -> Result<(), String> {
        match self.spec.kind {
            FieldKind::Email => addresses(typed).iter().try_for_each(|one| address(one)),
            FieldKind::Url => web(typed),
            FieldKind::Json => check_json(typed),
            FieldKind::Number { min, max } => match i64::from_str(typed) {
                Ok(number) if (min..=max).contains(&number) => Ok(()),
                Ok(_) | Err(_) => Err(format!("a whole number from {min} to {max}")),
            },
            FieldKind::Text { max } if typed.chars().count() > max => {
                Err(format!("at most {max} characters"))
            }
            FieldKind::Text { .. }
            | FieldKind::Message
            | FieldKind::Addresses
            | FieldKind::Country
            | FieldKind::Flag
            | FieldKind::Role
            | FieldKind::Image
            | FieldKind::User
            | FieldKind::Secret => Ok(()),
        }
    }
}

fn check_user(finder: &Finder) -> Result<(), String> {
    let words = match &finder.found {
        _ if finder.chosen().is_some() => return Ok(()),
        Loaded::Asked if finder.is_current() => "this is being looked up",
        Loaded::Yes(_) if finder.is_current() => "nobody was found by this",
        Loaded::Failed(_) if finder.is_current() => "the search failed: Enter looks again",
        Loaded::Yes(_) | Loaded::No | Loaded::Asked | Loaded::Failed(_) => {
            "Enter looks this up; then choose with Up and Down"
        }
    };
    Err(words.to_owned())
}

/// A file that was not read yet is read at the preview.
fn check_file(picked: &Picked) -> Result<(), String> {
    if picked.path().contains('\0') {
        return Err("no file has such a name".to_owned());
    }
    Ok(())
}

/// The addresses that were typed: separated by commas, semicolons or white space, each once.
pub(super) fn addresses(typed: &str) -> Vec<String> {
    let mut addresses: Vec<String> = Vec::new();
    let parts = typed.split(|c: char| matches!(c, ',' | ';') || c.is_whitespace());
    for address in parts.filter(|part| !part.is_empty()) {
        let known = |other: &String| other.eq_ignore_ascii_case(address);
        if !addresses.iter().any(known) {
            addresses.push(address.to_owned());
        }
    }
    addresses
}

/// Whether one address is fit to be invited.
///
/// # Errors
/// Why it is not.
pub fn address(address: &str) -> Result<(), String> {
    email::parse(address)
        .map(drop)
        .map_err(|why| format!("{address}: {why}"))
}

/// Whether a text is the address of a page.
///
/// # Errors
/// What would be one.
pub fn web(typed: &str) -> Result<(), String> {
    match url::Url::parse(typed) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(()),
        Ok(_) | Err(_) => Err("a full address, such as https://example.com/welcome".to_owned()),
    }
}

fn check_json(typed: &str) -> Result<(), String> {
    match serde_json::from_str::<Json>(typed) {
        Ok(Json::Object(_)) => Ok(()),
        Ok(_) => Err("a JSON object, such as {\"plan\":\"gold\"}".to_owned()),
        Err(error) => Err(not_json(&error)),
    }
}

/// Where a text stops being JSON, and what is missing or too much there.
pub fn not_json(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let known = JSON.iter().find(|(theirs, _)| said.starts_with(theirs));
    let ours = known.map_or("this cannot be read", |(_, ours)| ours);
    let (line, column) = (error.line(), error.column());
    format!("not JSON: line {line}, column {column}: {ours}")
}

/// The parser's sentences, by how they begin, and what they mean to somebody who types.
const JSON: &[(&str, &str)] = &[
    (
        "EOF while parsing a string",
        "the text is not closed: \" is missing",
    ),
    (
        "EOF while parsing an object",
        "it is not closed: } is missing",
    ),
    ("EOF while parsing a list", "it is not closed: ] is missing"),
    ("EOF while parsing a value", "a value is missing at the end"),
    ("key must be a string", "a name in \" is needed here"),
    ("trailing comma", "the comma before this is one too many"),
    ("expected `:`", "a colon is needed here"),
    ("expected `,` or `}`", "a comma or } is needed here"),
    ("expected `,` or `]`", "a comma or ] is needed here"),
    ("trailing characters", "nothing may follow behind the end"),
    (
        "expected value",
        "a value is needed here: a text in \", a number, true, false, null, { or [",
    ),
    (
        "expected ident",
        "only true, false and null are words without \"",
    ),
    (
        "control character",
        "a text ends in its line: \\n stands for a new one",
    ),
    (
        "invalid escape",
        "behind \\ there is one of \" \\ / b f n r t u",
    ),
    ("invalid number", "this is no number"),
    ("number out of range", "this number is too large"),
    ("recursion limit", "this is nested too deep"),
];
