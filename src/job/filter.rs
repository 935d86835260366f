//! Filters: expressions such as `ana role:admin !status:expired joined:>90d`, the same everywhere.
//!
//! Words are separated by blanks and all of them must fit. A word alone is looked for in the fields
//! that name a record; `field:value` in one field; `!` turns a word around; `"..."` holds blanks
//! together; `>`, `>=`, `<`, `<=` and `=` compare numbers, dates and ages; `/.../` is a regular expression.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::pattern::Pattern;
use crate::domain::Fact;

/// What a filter needs to know of a record.
pub trait Record {
    /// The fact under a public name.
    fn fact(&self, field: &str) -> Option<Cow<'_, Fact>>;

    /// The facts that a word alone is looked for in.
    fn searched(&self) -> impl Iterator<Item = Cow<'_, Fact>>;
}

/// An expression.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter(Vec<Term>);

#[derive(Clone, Debug, PartialEq)]
struct Term {
    /// The number of the character that it begins with.
    at: usize,
    sense: Sense,
    field: Option<String>,
    test: Test,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sense {
    Fits,
    FitsNot,
}

#[derive(Clone, Debug, PartialEq)]
enum Test {
    /// Contains this, in lower case.
    Has(String),
    /// Is exactly this, in lower case.
    Is(String),
    /// Holds a match.
    Matches(Pattern),
    /// Stands so to a bound.
    Compared(Sign, Bound),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Above,
    AtLeast,
    Below,
    AtMost,
}

#[derive(Clone, Debug, PartialEq)]
enum Bound {
    Number(u64),
    Time(Timestamp),
    /// How long ago.
    Age(SignedDuration),
}

/// Why a text is no expression, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why} (at character {at})")]
pub struct Wrong {
    /// The number of the character that the wrong word begins with.
    pub at: usize,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with a word.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// A quotation mark has no partner.
    #[error("a quotation mark without its partner")]
    Quote,
    /// A word has nothing in it.
    #[error("`{0}` names nothing to look for")]
    Nothing(String),
    /// A comparison has no number, date or age.
    #[error("`{0}` is no number, date (2026-01-31) or age (90d, 12h, 30m)")]
    Bound(String),
    /// A regular expression cannot be read.
    #[error("no regular expression: {0}")]
    Pattern(String),
    /// There is no such field.
    #[error("there is no field `{0}` here")]
    Field(String),
}

impl FromStr for Filter {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        let read = |word: &Word| term(word).map_err(|why| Wrong { at: word.at, why });
        words(text)?
            .iter()
            .map(read)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl Filter {
    /// The expression in a text that names such fields only.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn over(text: &str, is_known: impl Fn(&str) -> bool) -> Result<Self, Wrong> {
        let filter: Self = text.parse()?;
        for term in &filter.0 {
            if let Some(field) = term.field.as_ref().filter(|field| !is_known(field)) {
                let why = Why::Field(field.clone());
                return Err(Wrong { at: term.at, why });
            }
        }
        Ok(filter)
    }

    /// Whether a record fits all words.
    pub fn fits(&self, record: &impl Record, now: Timestamp) -> bool {
        self.0.iter().all(|term| term.fits(record, now))
    }

    /// Whether everything fits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a service may be asked to look for beforehand: the text of the first word that every fitting
    /// record contains in one of these fields. `""` stands for a word without a field.
    pub fn sought(&self, fields: &[&str]) -> Option<&str> {
        self.0
            .iter()
            .find_map(|term| match (&term.test, term.sense) {
                (Test::Has(text) | Test::Is(text), Sense::Fits) => {
                    let field = term.field.as_deref().unwrap_or_default();
                    fields.contains(&field).then_some(text.as_str())
                }
                (Test::Has(_) | Test::Is(_) | Test::Matches(_) | Test::Compared(..), _) => None,
            })
    }

    /// What a fact under one of these names must be as a whole, in lower case.
    pub fn whole(&self, fields: &[&str]) -> Option<&str> {
        self.0
            .iter()
            .find_map(|term| match (&term.test, term.sense) {
                (Test::Is(text), Sense::Fits) if !text.is_empty() => {
                    let field = term.field.as_deref().unwrap_or_default();
                    fields.contains(&field).then_some(text.as_str())
                }
                (Test::Is(_) | Test::Has(_) | Test::Matches(_) | Test::Compared(..), _) => None,
            })
    }

    /// Whether any record fits whose fact under this name is this one: some services keep a list for each.
    pub fn may_be(&self, field: &str, fact: &Fact) -> bool {
        let own = |term: &&Term| term.field.as_deref() == Some(field);
        let mut terms = self.0.iter().filter(own);
        terms
            .all(|term| term.test.holds(fact, Timestamp::UNIX_EPOCH) == (term.sense == Sense::Fits))
    }
}

impl Term {
    fn fits(&self, record: &impl Record, now: Timestamp) -> bool {
        let fits = match &self.field {
            None => record.searched().any(|fact| self.test.holds(&fact, now)),
            Some(field) => find(record, field).is_some_and(|fact| self.test.holds(&fact, now)),
        };
        fits == (self.sense == Sense::Fits)
    }
}

/// The fact under a name, or under its short form: `joined` is `joined_at`, `role` is `roles`.
fn find<'a>(record: &'a impl Record, field: &str) -> Option<Cow<'a, Fact>> {
    names(field).iter().find_map(|name| record.fact(name))
}

/// The names that a field may be meant by.
pub fn names(field: &str) -> [String; 3] {
    [field.to_owned(), format!("{field}_at"), format!("{field}s")]
}

impl Test {
    fn holds(&self, fact: &Fact, now: Timestamp) -> bool {
        let texts = || fact.texts().into_iter().map(|text| text.to_lowercase());
        match self {
            Self::Has(part) => match fact {
                Fact::Number(number) => number.to_string() == *part,
                Fact::Flag(flag) => is_word(*flag, part),
                Fact::Text(_)
                | Fact::Time(_)
                | Fact::List(_)
                | Fact::Json(_)
                | Fact::Empty
                | Fact::Unknown => texts().any(|text| text.contains(part.as_str())),
            },
            Self::Is(whole) => match fact {
                Fact::Flag(flag) => is_word(*flag, whole),
                Fact::Empty => whole.is_empty(),
                Fact::Text(_)
                | Fact::Number(_)
                | Fact::Time(_)
                | Fact::List(_)
                | Fact::Json(_)
                | Fact::Unknown => texts().any(|text| text == *whole),
            },
            Self::Matches(pattern) => fact.texts().iter().any(|text| pattern.is_in(text)),
            Self::Compared(sign, bound) => bound
                .against(fact, now)
                .is_some_and(|order| sign.holds(order)),
        }
    }
}

fn is_word(flag: bool, word: &str) -> bool {
    let words: &[&str] = if flag {
        &["yes", "true"]
    } else {
        &["no", "false"]
    };
    words.contains(&word)
}

impl Sign {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Above => order.is_gt(),
            Self::AtLeast => order.is_ge(),
            Self::Below => order.is_lt(),
            Self::AtMost => order.is_le(),
        }
    }
}

impl Bound {
    /// How a fact stands to the bound, where they can be compared. An age is measured back from now.
    fn against(&self, fact: &Fact, now: Timestamp) -> Option<Ordering> {
        match (self, fact) {
            (Self::Number(bound), Fact::Number(number)) => Some(number.cmp(bound)),
            (Self::Time(bound), Fact::Time(time)) => Some(time.cmp(bound)),
            (Self::Age(bound), Fact::Time(time)) => Some(now.duration_since(*time).cmp(bound)),
            (Self::Number(_) | Self::Time(_) | Self::Age(_), _) => None,
        }
    }
}

impl FromStr for Bound {
    type Err = Why;

    fn from_str(text: &str) -> Result<Self, Why> {
        let wrong = || Why::Bound(text.to_owned());
        if let Ok(number) = text.parse() {
            return Ok(Self::Number(number));
        }
        if let Ok(time) = text.parse::<Timestamp>() {
            return Ok(Self::Time(time));
        }
        if let Ok(date) = text.parse::<Date>() {
            let midnight = date.to_zoned(TimeZone::UTC).map_err(|_| wrong())?;
            return Ok(Self::Time(midnight.timestamp()));
        }
        let unit = text.chars().last().ok_or_else(wrong)?;
        let count: i64 = text[..text.len() - unit.len_utf8()]
            .parse()
            .map_err(|_| wrong())?;
        let seconds = match unit {
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 604_800,
            'y' => 31_557_600,
            _ => return Err(wrong()),
        };
        let seconds = count.checked_mul(seconds).ok_or_else(wrong)?;
        Ok(Self::Age(SignedDuration::from_secs(seconds)))
    }
}

/// A word with what stands in quotation marks kept as it is.
struct Word {
    /// The number of its first character.
    at: usize,
    text: String,
    /// Where the quoted part begins, which holds no signs.
    quoted_from: usize,
    /// Where the regular expression that ends it begins, with its first slash.
    pattern_from: Option<usize>,
}

fn words(text: &str) -> Result<Vec<Word>, Wrong> {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut quote = None;
    let mut characters = (1..).zip(text.char_indices());
    while let Some((at, (byte, character))) = characters.next() {
        let begun = word.as_ref().is_none_or(Word::takes_pattern);
        let end = (character == '/' && quote.is_none() && begun)
            .then(|| pattern(&text[byte..]))
            .flatten();
        if let Some(length) = end {
            let mut whole = word.take().unwrap_or_else(|| Word::starting(at));
            whole.pattern_from = Some(whole.text.len());
            let written = &text[byte..byte + length];
            whole.text.push_str(written);
            words.push(whole);
            characters.nth(written.chars().count() - 2);
            continue;
        }
        match character {
            '"' => {
                quote = if quote.is_some() { None } else { Some(at) };
                let word = word.get_or_insert_with(|| Word::starting(at));
                word.quoted_from = word.quoted_from.min(word.text.len());
            }
            blank if blank.is_whitespace() && quote.is_none() => words.extend(word.take()),
            other => {
                let word = word.get_or_insert_with(|| Word::starting(at));
                word.text.push(other);
            }
        }
    }
    words.extend(word);
    match quote {
        Some(at) => Err(Wrong {
            at,
            why: Why::Quote,
        }),
        None => Ok(words),
    }
}

/// How long the regular expression is that a text begins with, with both slashes: it ends with one that stands
/// before a blank or at the end. A text such as `/home` is none.
fn pattern(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (byte, character) in text.char_indices().skip(1) {
        let rest = &text[byte + character.len_utf8()..];
        if character == '/'
            && !escaped
            && byte > 1
            && !rest.starts_with(|c: char| !c.is_whitespace())
        {
            return Some(byte + 1);
        }
        escaped = character == '\\' && !escaped;
    }
    None
}

impl Word {
    fn starting(at: usize) -> Self {
        Self {
            at,
            text: String::new(),
            quoted_from: usize::MAX,
            pattern_from: None,
        }
    }

    /// Whether a regular expression may follow: behind `!`, a field's colon, or both.
    fn takes_pattern(&self) -> bool {
        let rest = self.text.strip_prefix('!').unwrap_or(&self.text);
        let is_field = rest.strip_suffix(':').is_some_and(is_name);
        self.quoted_from == usize::MAX && (rest.is_empty() || is_field)
    }
}

fn term(word: &Word) -> Result<Term, Why> {
    let nothing = || Why::Nothing(word.text.clone());
    let negated = word.quoted_from > 0 && word.text.starts_with('!');
    let (sense, from) = if negated {
        (Sense::FitsNot, 1)
    } else {
        (Sense::Fits, 0)
    };
    let rest = &word.text[from..];
    let quoted = word.quoted_from.saturating_sub(from);
    if rest.is_empty() {
        return Err(nothing());
    }
    let slash = word.pattern_from.map(|at| at - from);
    let open = quoted.min(slash.unwrap_or(usize::MAX));
    let colon = rest
        .find(':')
        .filter(|at| *at < open && is_name(&rest[..*at]));
    let (field, value) = match colon {
        Some(colon) => (Some(rest[..colon].to_lowercase()), &rest[colon + 1..]),
        None => (None, rest),
    };
    let is_quoted = colon.is_some_and(|colon| quoted == colon + 1);
    let test = match (slash, colon) {
        (Some(slash), _) => {
            let written = &rest[slash + 1..rest.len() - 1];
            Test::Matches(Pattern::new(written).map_err(Why::Pattern)?)
        }
        (None, Some(_)) if !is_quoted => test(value)?,
        (None, _) => Test::Has(value.to_lowercase()),
    };
    Ok(Term {
        at: word.at,
        sense,
        field,
        test,
    })
}

/// Whether the part before a colon can be a field; an address such as `https://x` has none.
fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !text.is_empty() && text.chars().all(fits)
}

fn test(value: &str) -> Result<Test, Why> {
    let signs = [
        (">=", Sign::AtLeast),
        ("<=", Sign::AtMost),
        (">", Sign::Above),
        ("<", Sign::Below),
    ];
    for (mark, sign) in signs {
        if let Some(bound) = value.strip_prefix(mark) {
            return Ok(Test::Compared(sign, bound.parse()?));
        }
    }
    Ok(match value.strip_prefix('=') {
        Some(whole) => Test::Is(whole.to_lowercase()),
        None if value.is_empty() => Test::Is(String::new()),
        None => Test::Has(value.to_lowercase()),
    })
}
