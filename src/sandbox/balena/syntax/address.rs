//! What a path names: a resource, one of its records, or their number.

use super::condition::{Literal, literal};
use super::cursor::{Cursor, Malformed};
use crate::sandbox::exchange::decode;

/// What is wanted of the resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Part {
    Records,
    Count,
}

/// What names one record.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) enum Key {
    /// A value alone.
    Bare(Literal),
    /// Fields and their values.
    Named(Vec<(String, Literal)>),
}

/// A path below the version.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Address {
    /// The name of the resource.
    pub(in super::super) resource: String,
    /// What stands in the brackets behind it.
    pub(in super::super) key: Option<Key>,
    pub(in super::super) part: Part,
}

impl Address {
    /// Reads the segments below the version, undecoded.
    pub(in super::super) fn parse(segments: &[&str]) -> Result<Self, Malformed> {
        let (segment, part) = match segments {
            [segment] => (segment, Part::Records),
            [segment, "$count"] => (segment, Part::Count),
            _ => return Err(Malformed),
        };
        // The brackets themselves must not be encoded, all that is between them may be.
        let (name, key) = match segment.split_once('(') {
            Some((name, key)) => (name, Some(format!("({}", decode(key)))),
            None => (*segment, None),
        };
        let key = key.map(|text| Cursor::whole(&text, |cursor| cursor.inside(key_inside)));
        Ok(Self {
            resource: Cursor::whole(name, Cursor::name)?,
            key: key.transpose()?,
            part,
        })
    }
}

fn key_inside(cursor: &mut Cursor<'_>) -> Result<Key, Malformed> {
    if cursor.coming_name().is_empty() {
        return literal(cursor).map(Key::Bare);
    }
    let pairs = cursor.list(",", |cursor| {
        let name = cursor.name()?;
        cursor.need("=")?;
        Ok((name, literal(cursor)?))
    })?;
    Ok(Key::Named(pairs))
}
