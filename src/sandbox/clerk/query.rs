//! The query of a call: repeated keys, flags, dates, pages and orders, as Clerk reads them.
//!
//! Form encoding makes a space of a raw `+`; an order or an id that begins with one is then refused
//! or found nowhere, as on the real service.

use super::listing::{Direction, Order, Window};
use super::refusal::Refusal;
use crate::sandbox::exchange::Request;

/// The most values that one key may be given.
const MOST_VALUES: usize = 100;

/// The most rows of a page.
const MOST_ROWS: usize = 500;

/// The decoded pairs, in the order they were sent.
pub(super) struct Query(Vec<(String, String)>);

/// Ids to keep and ids to leave out, as `+id`, `id` and `-id` name them.
#[derive(Default, PartialEq)]
pub(super) struct Signed {
    pub(super) kept: Vec<String>,
    pub(super) left_out: Vec<String>,
}

/// A stretch of time in milliseconds, without its ends.
#[derive(Default, PartialEq)]
pub(super) struct Span {
    after: Option<i64>,
    before: Option<i64>,
}

impl Query {
    pub(super) fn read(request: &Request) -> Self {
        Self(request.pairs())
    }

    /// The first value of `name`; an empty one is none.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        self.sent(name).filter(|value| !value.is_empty())
    }

    /// Every value of `name`.
    pub(super) fn all(&self, name: &str) -> Result<Vec<String>, Refusal> {
        let pairs = self.0.iter().filter(|(key, _)| key == name);
        let values: Vec<String> = pairs.map(|(_, value)| value.clone()).collect();
        if values.len() > MOST_VALUES {
            let rule = "takes at most 100 values";
            return Err(Refusal::field("form_param_array_size_exceeded", name, rule));
        }
        Ok(values)
    }

    /// The ids of `name` with their signs.
    pub(super) fn signed(&self, name: &str) -> Result<Signed, Refusal> {
        let mut signed = Signed::default();
        for value in self.all(name)? {
            match value.strip_prefix('-') {
                Some(id) => signed.left_out.push(id.to_owned()),
                None => signed
                    .kept
                    .push(value.strip_prefix('+').unwrap_or(&value).to_owned()),
            }
        }
        Ok(signed)
    }

    /// The values of `name`, each of which must be one of `allowed`.
    pub(super) fn choices(&self, name: &str, allowed: &[&str]) -> Result<Vec<String>, Refusal> {
        let values = self.all(name)?;
        if values.iter().all(|value| allowed.contains(&value.as_str())) {
            return Ok(values);
        }
        let rule = format!("must be one of {}", allowed.join(", "));
        Err(Refusal::field("form_param_value_invalid", name, &rule))
    }

    /// The value of `name` as yes or no; none when it was not sent.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.first(name) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => Err(unreadable(name, "true or false")),
        }
    }

    /// The time between `<name>_after` and `<name>_before`.
    pub(super) fn span(&self, name: &str) -> Result<Span, Refusal> {
        Ok(Span {
            after: self.millis(&format!("{name}_after"))?,
            before: self.millis(&format!("{name}_before"))?,
        })
    }

    /// The value of `name` as a date in milliseconds.
    pub(super) fn millis(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let parse = |value: &str| value.parse().map_err(|_| unreadable(name, "milliseconds"));
        self.first(name).map(parse).transpose()
    }

    /// Which rows of a list are wanted: ten from the first on, unless more is said.
    pub(super) fn window(&self) -> Result<Window, Refusal> {
        let number = |name, default: usize, least, most| match self.sent(name) {
            None => Ok(default),
            Some(value) => {
                let number = value.parse().ok();
                let number = number.filter(|number| (least..=most).contains(number));
                number.ok_or_else(|| {
                    let rule = format!("must be a whole number from {least} on, at most {most}");
                    Refusal::field("form_param_value_invalid", name, &rule)
                })
            }
        };
        Ok(Window {
            limit: number("limit", 10, 1, MOST_ROWS)?,
            offset: number("offset", 0, 0, usize::MAX)?,
        })
    }

    /// In which order the rows are wanted, the newest first unless another of `fields` is named.
    pub(super) fn order(&self, fields: &[&'static str]) -> Result<Order, Refusal> {
        let named = self.first("order_by").unwrap_or("-created_at");
        let field = named.strip_prefix(['+', '-']).unwrap_or(named);
        let known = fields.iter().find(|known| **known == field);
        let field = *known.ok_or_else(|| {
            let rule = format!("must be one of {}, after + or -", fields.join(", "));
            Refusal::field("form_param_value_invalid", "order_by", &rule)
        })?;
        let direction = match named.strip_prefix('-') {
            Some(_) => Direction::Descending,
            None => Direction::Ascending,
        };
        Ok(Order { field, direction })
    }

    fn sent(&self, name: &str) -> Option<&str> {
        let pair = self.0.iter().find(|(key, _)| key == name)?;
        Some(&pair.1)
    }
}

impl Signed {
    /// Whether something known by these ids is wanted.
    pub(super) fn wants(&self, has: impl Fn(&str) -> bool) -> bool {
        let kept = self.kept.is_empty() || self.kept.iter().any(|id| has(id));
        kept && !self.left_out.iter().any(|id| has(id))
    }
}

impl Span {
    /// Whether `moment` lies within; what never happened lies in no bounded stretch.
    pub(super) fn holds(&self, moment: Option<i64>) -> bool {
        let after = |end| moment.is_some_and(|moment| moment > end);
        let before = |end| moment.is_some_and(|moment| moment < end);
        self.after.is_none_or(after) && self.before.is_none_or(before)
    }
}

fn unreadable(name: &str, wanted: &str) -> Refusal {
    let message = format!("The query parameter {name} must be {wanted}.");
    Refusal::new(400, "invalid_query_parameter_value", message)
}
