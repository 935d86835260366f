//! Records: rows of a kind, whose fields have the names that INTERFACE gives them.

use std::borrow::Cow;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::domain::Fact;
use crate::job::filter;

/// What a record that stands alone says first.
const KIND: &str = "kind";

/// A kind of records.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    /// Its name in documents.
    pub(crate) name: &'static str,
    /// Its fields.
    pub(crate) fields: &'static [&'static str],
    /// Names that only filters have.
    pub(crate) also: &'static [&'static str],
    /// The fields that a person is shown.
    pub(crate) columns: &'static [&'static str],
    /// The fields that a word alone is looked for in.
    pub(crate) searched: &'static [&'static str],
}

/// A row: one fact for each field of its kind.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// Its kind.
    pub(crate) kind: &'static Kind,
    /// Its facts, in the order of the kind's fields.
    pub(crate) facts: Vec<Fact>,
    /// The facts that only filters name.
    pub(crate) also: Vec<Fact>,
}

/// Some fields of a record.
pub(crate) struct Chosen<'a> {
    /// The record.
    pub(crate) record: &'a Record,
    /// The fields.
    pub(crate) fields: &'a [&'static str],
    /// Whether its kind is said with it.
    pub(crate) named: Named,
}

/// Whether a record says its kind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    /// Yes: it stands alone.
    Kind,
    /// No: the document does.
    Bare,
}

impl Record {
    /// A record of a kind with these facts.
    pub(crate) fn new(kind: &'static Kind, facts: Vec<Fact>) -> Self {
        debug_assert_eq!(kind.fields.len(), facts.len(), "{}", kind.name);
        Self {
            kind,
            facts,
            also: Vec::new(),
        }
    }

    /// The fact in a field, which must be one of the kind.
    pub(crate) fn at(&self, field: &str) -> &Fact {
        self.named(field).unwrap_or(&Fact::Unknown)
    }

    fn named(&self, field: &str) -> Option<&Fact> {
        let place = |names: &[&str]| names.iter().position(|known| *known == field);
        match place(self.kind.fields) {
            Some(place) => self.facts.get(place),
            None => self.also.get(place(self.kind.also)?),
        }
    }
}

impl filter::Record for Record {
    fn fact(&self, field: &str) -> Option<Cow<'_, Fact>> {
        self.named(field).map(Cow::Borrowed)
    }

    fn searched(&self) -> impl Iterator<Item = Cow<'_, Fact>> {
        let searched = self.kind.searched.iter();
        searched.map(|field| Cow::Borrowed(self.at(field)))
    }
}

impl Serialize for Chosen<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let is_named = self.named == Named::Kind;
        if is_named {
            // A record may have a field of this name, which then says what it is.
            match self.record.named(KIND) {
                Some(own) => map.serialize_entry(KIND, own)?,
                None => map.serialize_entry(KIND, self.record.kind.name)?,
            }
        }
        let rest = self.fields.iter();
        for field in rest.filter(|field| !is_named || **field != KIND) {
            map.serialize_entry(field, self.record.at(field))?;
        }
        map.end()
    }
}
