//! Query options, of a whole request and of an expanded link.

use super::condition::{Condition, Term, condition, term};
use super::cursor::{Cursor, Malformed};
use crate::sandbox::exchange::decode;

/// What is read of a collection.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in super::super) struct Options {
    /// The fields; none for all.
    pub(in super::super) select: Option<Vec<String>>,
    pub(in super::super) expand: Vec<Expand>,
    pub(in super::super) filter: Option<Condition>,
    pub(in super::super) orderby: Vec<Sort>,
    pub(in super::super) top: Option<usize>,
    pub(in super::super) skip: usize,
}

/// A link that is followed.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Expand {
    pub(in super::super) field: String,
    pub(in super::super) amount: Amount,
    pub(in super::super) options: Options,
}

/// What is wanted of the records behind a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Amount {
    Records,
    Count,
}

/// One rank of a sort.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Sort {
    pub(in super::super) by: Term,
    pub(in super::super) direction: Direction,
}

/// Which way a sort goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Direction {
    Ascending,
    Descending,
}

impl Options {
    /// Reads a raw query; names without a dollar sign are the business of others.
    pub(in super::super) fn parse(query: &str) -> Result<Self, Malformed> {
        let mut options = Self::default();
        if query.is_empty() {
            return Ok(options);
        }
        for piece in query.split('&') {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            let (name, value) = (written(name), written(value));
            if name.starts_with('$') {
                Cursor::whole(&value, |cursor| options.take(&name, cursor))?;
            } else if piece.is_empty() {
                return Err(Malformed);
            }
        }
        Ok(options)
    }

    fn take(&mut self, name: &str, cursor: &mut Cursor<'_>) -> Result<(), Malformed> {
        match name {
            "$select" => self.select = select(cursor)?,
            "$expand" => self.expand = cursor.list(",", expand)?,
            "$filter" => self.filter = Some(condition(cursor)?),
            "$orderby" => self.orderby = cursor.list(",", sort)?,
            "$top" => self.top = Some(count(cursor)?),
            "$skip" => self.skip = count(cursor)?,
            // Accepted, and without any effect.
            "$count" | "$inlinecount" => drop(cursor.name()?),
            _ => return Err(Malformed),
        }
        Ok(())
    }

    fn take_nested(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Malformed> {
        cursor.need("$")?;
        let name = format!("${}", cursor.name()?);
        cursor.need("=")?;
        self.take(&name, cursor)
    }
}

fn written(text: &str) -> String {
    decode(&text.replace('+', " "))
}

fn select(cursor: &mut Cursor<'_>) -> Result<Option<Vec<String>>, Malformed> {
    if cursor.eat("*") {
        return Ok(None);
    }
    cursor.list(",", Cursor::name).map(Some)
}

fn expand(cursor: &mut Cursor<'_>) -> Result<Expand, Malformed> {
    let field = cursor.name()?;
    let amount = if cursor.eat("/$count") {
        Amount::Count
    } else {
        Amount::Records
    };
    let mut options = Options::default();
    if cursor.sees("(") {
        cursor.inside(|cursor| cursor.list(";", |cursor| options.take_nested(cursor)))?;
    }
    Ok(Expand {
        field,
        amount,
        options,
    })
}

fn sort(cursor: &mut Cursor<'_>) -> Result<Sort, Malformed> {
    let by = term(cursor)?;
    // Without a direction the engine's database sorts downwards.
    let direction = if cursor.eat(" asc") {
        Direction::Ascending
    } else {
        cursor.eat(" desc");
        Direction::Descending
    };
    Ok(Sort { by, direction })
}

fn count(cursor: &mut Cursor<'_>) -> Result<usize, Malformed> {
    cursor.digits()?.parse().map_err(|_| Malformed)
}
