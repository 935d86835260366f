//! Filters: expressions such as `ana role:admin !status:expired joined:>90d`, the same everywhere.
//!
//! Words are separated by blanks and all of them must fit. A word alone is looked for in the fields
//! that name a record; `field:value` in one field; `!` turns a word around; `"..."` holds blanks
//! together; `>`, `>=`, `<`, `<=` and `=` compare numbers, dates and ages.

use std::cmp::Ordering;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::domain::Fact;

/// What a filter needs to know of a record.
pub trait Record {
    /// The fact under a public name.
    fn fact(&self, field: &str) -> Option<&Fact>;

    /// The facts that a word alone is looked for in.
    fn searched(&self) -> impl Iterator<Item = &Fact>;
}

/// An expression.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter(Vec<Term>);

#[derive(Clone, Debug, PartialEq)]
struct Term {
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

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A quotation mark has no partner.
    #[error("a quotation mark without its partner")]
    Quote,
    /// A word has nothing in it.
    #[error("`{0}` names nothing to look for")]
    Nothing(String),
    /// A comparison has no number, date or age.
    #[error("`{0}` is no number, date (2026-01-31) or age (90d, 12h, 30m)")]
    Bound(String),
    /// Regular expressions are not there.
    #[error("`{0}` looks like a regular expression, and these are not supported")]
    Regex(String),
}

impl FromStr for Filter {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        let words = words(text)?;
        words.iter().map(term).collect::<Result<_, _>>().map(Self)
    }
}

impl Filter {
    /// Whether a record fits all words.
    pub fn fits(&self, record: &impl Record, now: Timestamp) -> bool {
        self.0.iter().all(|term| term.fits(record, now))
    }

    /// Whether everything fits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The fields that it names.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|term| term.field.as_deref())
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
                (Test::Has(_) | Test::Is(_) | Test::Compared(..), _) => None,
            })
    }
}

impl Term {
    fn fits(&self, record: &impl Record, now: Timestamp) -> bool {
        let fits = match &self.field {
            None => record.searched().any(|fact| self.test.holds(fact, now)),
            Some(field) => find(record, field).is_some_and(|fact| self.test.holds(fact, now)),
        };
        fits == (self.sense == Sense::Fits)
    }
}

/// The fact under a name, or under its short form: `joined` is `joined_at`, `role` is `roles`.
fn find<'a>(record: &'a impl Record, field: &str) -> Option<&'a Fact> {
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
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        let wrong = || Wrong::Bound(text.to_owned());
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
    text: String,
    /// Where the quoted part begins, which holds no signs.
    quoted_from: usize,
}

fn words(text: &str) -> Result<Vec<Word>, Wrong> {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut within = false;
    for character in text.chars() {
        let begun = word.is_some();
        match character {
            '"' => {
                within = !within;
                let word = word.get_or_insert_with(Word::starting);
                word.quoted_from = word.quoted_from.min(word.text.len());
            }
            blank if blank.is_whitespace() && !within => {
                if begun {
                    words.extend(word.take());
                }
            }
            other => word.get_or_insert_with(Word::starting).text.push(other),
        }
    }
    words.extend(word);
    if within { Err(Wrong::Quote) } else { Ok(words) }
}

impl Word {
    fn starting() -> Self {
        Self {
            text: String::new(),
            quoted_from: usize::MAX,
        }
    }
}

fn term(word: &Word) -> Result<Term, Wrong> {
    let nothing = || Wrong::Nothing(word.text.clone());
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
    if quoted > 0 && rest.len() > 1 && rest.starts_with('/') && rest.ends_with('/') {
        return Err(Wrong::Regex(rest.to_owned()));
    }
    let colon = rest
        .find(':')
        .filter(|at| *at < quoted && is_name(&rest[..*at]));
    let Some(colon) = colon else {
        let test = Test::Has(rest.to_lowercase());
        return Ok(Term {
            sense,
            field: None,
            test,
        });
    };
    let value = &rest[colon + 1..];
    let test = if quoted == colon + 1 {
        Test::Has(value.to_lowercase())
    } else {
        test(value)?
    };
    let field = Some(rest[..colon].to_lowercase());
    Ok(Term { sense, field, test })
}

/// Whether the part before a colon can be a field; an address such as `https://x` has none.
fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !text.is_empty() && text.chars().all(fits)
}

fn test(value: &str) -> Result<Test, Wrong> {
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
