//! Conditions: the language of `$filter`, and the terms that sorting shares with it.

use jiff::Timestamp;

use super::cursor::{Cursor, Malformed};

/// Field names, the steps over links first.
pub(in super::super) type Path = Vec<String>;

/// A value that was written out.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) enum Literal {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    Date(Timestamp),
}

/// Something that has a value for each record.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) enum Term {
    Literal(Literal),
    Path(Path),
    /// How many records the link at the end of the path leads to.
    Count(Path),
    Lower(Box<Term>),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Comparison {
    Equal,
    Unequal,
    Greater,
    AtLeast,
    Less,
    AtMost,
}

/// Where one text is looked for in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Affix {
    Anywhere,
    Start,
    End,
}

/// What stands between two conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Joint {
    And,
    Or,
}

/// Something that is true or not for each record.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) enum Condition {
    Always(bool),
    /// Conditions of one rank, evaluated from left to right.
    Chain(Box<Condition>, Vec<(Joint, Condition)>),
    Not(Box<Condition>),
    Compare(Term, Comparison, Term),
    OneOf(Term, Vec<Literal>),
    Match(Affix, Term, Term),
    /// Some record behind the path, called by the name, fulfils the condition.
    Any(Path, String, Box<Condition>),
    /// Follows the grammar, but the engine cannot make sense of it.
    Senseless,
}

const COMPARISONS: [(&str, Comparison); 6] = [
    ("eq", Comparison::Equal),
    ("ne", Comparison::Unequal),
    ("gt", Comparison::Greater),
    ("ge", Comparison::AtLeast),
    ("lt", Comparison::Less),
    ("le", Comparison::AtMost),
];

const MATCHES: [(&str, Affix); 3] = [
    ("contains", Affix::Anywhere),
    ("startswith", Affix::Start),
    ("endswith", Affix::End),
];

/// Reads a condition with all that is joined to it.
pub(super) fn condition(cursor: &mut Cursor<'_>) -> Result<Condition, Malformed> {
    let first = negatable(cursor)?;
    let mut rest = Vec::new();
    while let Some(joint) = joint(cursor) {
        rest.push((joint, negatable(cursor)?));
    }
    if rest.is_empty() {
        return Ok(first);
    }
    Ok(Condition::Chain(Box::new(first), rest))
}

/// Steps over ` and ` or ` or `; stays where it is when neither comes.
fn joint(cursor: &mut Cursor<'_>) -> Option<Joint> {
    let mut ahead = cursor.clone();
    if !ahead.spaces() {
        return None;
    }
    let joint = match ahead.coming_name() {
        "and" => Joint::And,
        "or" => Joint::Or,
        _ => return None,
    };
    ahead.name().ok()?;
    ahead.spaces().then(|| *cursor = ahead)?;
    Some(joint)
}

fn negatable(cursor: &mut Cursor<'_>) -> Result<Condition, Malformed> {
    if cursor.coming_name() != "not" {
        return simple(cursor);
    }
    cursor.need("not")?;
    cursor.spaces();
    let inner = simple(cursor)?;
    // `not name eq 'x'` is read as `(not name) eq 'x'`, which means nothing.
    let bare = matches!(inner, Condition::Compare(..) | Condition::OneOf(..));
    if bare {
        return Ok(Condition::Senseless);
    }
    Ok(Condition::Not(Box::new(inner)))
}

fn simple(cursor: &mut Cursor<'_>) -> Result<Condition, Malformed> {
    if cursor.sees("(") {
        let inner = cursor.inside(|cursor| {
            cursor.spaces();
            let inner = condition(cursor)?;
            cursor.spaces();
            Ok(inner)
        })?;
        return Ok(Condition::Chain(Box::new(inner), Vec::new()));
    }
    let name = cursor.coming_name();
    if let Some((_, affix)) = MATCHES.into_iter().find(|(word, _)| *word == name) {
        cursor.need(name)?;
        return matching(cursor, affix);
    }
    if let Some(truth) = truth(name) {
        cursor.need(name)?;
        return Ok(Condition::Always(truth));
    }
    comparison(cursor)
}

fn truth(name: &str) -> Option<bool> {
    match name {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn matching(cursor: &mut Cursor<'_>, affix: Affix) -> Result<Condition, Malformed> {
    cursor.inside(|cursor| {
        let whole = term(cursor)?;
        cursor.need(",")?;
        Ok(Condition::Match(affix, whole, term(cursor)?))
    })
}

fn comparison(cursor: &mut Cursor<'_>) -> Result<Condition, Malformed> {
    let left = term(cursor)?;
    if let (Term::Path(path), true) = (&left, cursor.sees("(")) {
        return lambda(cursor, path.clone());
    }
    space(cursor)?;
    let word = cursor.name()?;
    space(cursor)?;
    if word == "in" {
        let choices = cursor.inside(|cursor| cursor.list(",", literal))?;
        return Ok(Condition::OneOf(left, choices));
    }
    let mut known = COMPARISONS.into_iter();
    let (_, comparison) = known.find(|(name, _)| *name == word).ok_or(Malformed)?;
    Ok(Condition::Compare(left, comparison, term(cursor)?))
}

fn space(cursor: &mut Cursor<'_>) -> Result<(), Malformed> {
    if cursor.spaces() {
        Ok(())
    } else {
        Err(Malformed)
    }
}

/// Reads what follows `link/any`: `(name:condition)`.
fn lambda(cursor: &mut Cursor<'_>, mut path: Path) -> Result<Condition, Malformed> {
    let word = path.pop();
    if word.as_deref() != Some("any") || path.is_empty() {
        return Err(Malformed);
    }
    cursor.inside(|cursor| {
        let name = cursor.name()?;
        cursor.need(":")?;
        Ok(Condition::Any(path, name, Box::new(condition(cursor)?)))
    })
}

/// Reads a field, the number of records behind a link, or a value.
pub(super) fn term(cursor: &mut Cursor<'_>) -> Result<Term, Malformed> {
    let name = cursor.coming_name();
    if name.is_empty() || is_literal(name) {
        return literal(cursor).map(Term::Literal);
    }
    if name == "tolower" {
        cursor.need(name)?;
        let inner = cursor.inside(term)?;
        return Ok(Term::Lower(Box::new(inner)));
    }
    let mut path = vec![cursor.name()?];
    while cursor.eat("/") {
        if cursor.eat("$count") {
            return Ok(Term::Count(path));
        }
        path.push(cursor.name()?);
    }
    Ok(Term::Path(path))
}

fn is_literal(name: &str) -> bool {
    matches!(name, "true" | "false" | "null" | "datetime")
}

/// Reads a value.
pub(super) fn literal(cursor: &mut Cursor<'_>) -> Result<Literal, Malformed> {
    match cursor.coming_name() {
        "null" => cursor.need("null").map(|()| Literal::Null),
        "true" => cursor.need("true").map(|()| Literal::Bool(true)),
        "false" => cursor.need("false").map(|()| Literal::Bool(false)),
        "datetime" => {
            cursor.need("datetime")?;
            let moment = cursor.quoted()?.parse();
            moment.map(Literal::Date).map_err(|_| Malformed)
        }
        _ if cursor.sees("'") => cursor.quoted().map(Literal::Text),
        _ => number(cursor).map(Literal::Int),
    }
}

fn number(cursor: &mut Cursor<'_>) -> Result<i64, Malformed> {
    let negative = cursor.eat("-");
    // Beyond 64 bits any number will do: it is too large for every field.
    let number = cursor.digits()?.parse().unwrap_or(i64::MAX);
    Ok(if negative { -number } else { number })
}
